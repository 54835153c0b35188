package org.diapason.io.run;

import java.nio.file.Path;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.table.LongComBatModel;
import org.diapason.volume.DataException;

/**
 * A longitudinal ComBat model as a file of its own, in the form of {@link ComBatFile}: it says what
 * it is and holds the hash of its content.
 */
public final class LongComBatFile {
    private static final String KIND = "long-combat-model";

    private LongComBatFile() {}

    /** Writes a model; the file appears whole or not at all. */
    public static void write(Path file, LongComBatModel model) {
        ComBatFile.write(file, KIND, Settings.write(model));
    }

    /** Returns whether a file says that it is such a model. */
    public static boolean is(Path file) {
        return Json.read(file) instanceof Tree.Fields fields
                && fields.values().get("kind") instanceof Tree.Text said
                && said.value().equals(KIND);
    }

    /**
     * Reads a model.
     *
     * @throws DataException if the file is none, or was changed after it was written
     */
    public static LongComBatModel read(Path file) {
        Map<String, Tree> fields = ComBatFile.fields(file, KIND, "combat fit --subject");
        return ComBatFile.checked(file, fields, LongComBatModel.class);
    }
}
