package org.diapason.io.run;

import java.nio.file.Path;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.step.Step;
import org.diapason.table.JointComBatModel;
import org.diapason.table.NestedComBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;

/**
 * A ComBat model of several batch variables as a file of its own, in the form of {@link
 * ComBatFile}: it says what it is and holds the hash of its content.
 */
public final class SeveralComBatFile {
    private static final Map<String, Class<? extends Step<FeatureTable>>> KINDS =
            Map.of(
                    "joint-combat-model", JointComBatModel.class,
                    "nested-combat-model", NestedComBatModel.class);

    private SeveralComBatFile() {}

    /** Writes a model; the file appears whole or not at all. */
    public static void write(Path file, Step<FeatureTable> model) {
        String kind =
                KINDS.entrySet().stream()
                        .filter(k -> k.getValue().isInstance(model))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        ComBatFile.write(file, kind, Settings.write(model));
    }

    /** Returns whether a file says that it is such a model. */
    public static boolean is(Path file) {
        return KINDS.containsKey(kind(file));
    }

    /**
     * Reads a model.
     *
     * @throws DataException if the file is none, or was changed after it was written
     */
    public static Step<FeatureTable> read(Path file) {
        String kind = kind(file);
        Map<String, Tree> fields = ComBatFile.fields(file, kind, "combat fit --order");
        return ComBatFile.checked(file, fields, KINDS.get(kind));
    }

    private static String kind(Path file) {
        return Json.read(file) instanceof Tree.Fields fields
                        && fields.values().get("kind") instanceof Tree.Text said
                ? said.value()
                : "";
    }
}
