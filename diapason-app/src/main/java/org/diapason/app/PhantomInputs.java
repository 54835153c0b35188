package org.diapason.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Settings;
import org.diapason.io.run.RecipeFile;
import org.diapason.io.run.TreeFile;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.ScannerLibrary;
import org.diapason.phantom.VirtualScanner;
import org.diapason.step.Recipe;

/** Finds the objects, virtual scanners and recipes that commands on phantoms are given. */
final class PhantomInputs {
    private PhantomInputs() {}

    /** Returns the virtual scanner of a YAML file, or of a name. */
    static VirtualScanner scanner(String given) {
        return isFile(given)
                ? Settings.read(VirtualScanner.class, TreeFile.read(Path.of(given)))
                : ScannerLibrary.of(given);
    }

    /** Returns the digital object of a YAML file, or of a name. */
    static DigitalObject object(String given) {
        return isFile(given)
                ? Settings.read(DigitalObject.class, TreeFile.read(Path.of(given)))
                : ObjectLibrary.of(given);
    }

    static boolean isFile(String given) {
        return given.endsWith(".yaml") || given.endsWith(".yml") || given.endsWith(".json");
    }

    /** Returns the recipe of a file, or the one that ships under a name. */
    static Recipe recipe(Path file, String shipped) {
        if (file != null) {
            return RecipeFile.read(file);
        }
        try (InputStream in = PhantomInputs.class.getResourceAsStream("twin/" + shipped)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Catalogue.recipe(TreeFile.parse(shipped, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
