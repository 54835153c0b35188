package org.diapason.io.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.step.ContentHash;
import org.diapason.table.LongComBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;

/**
 * A longitudinal ComBat model as a file of its own, and files that place batches it has not seen,
 * in the form of {@link ComBatFile}: they say what they are and hold the hash of their content. The
 * model names subjects and holds what is their own: values of patients.
 */
public final class LongComBatFile {
    private static final String KIND = "long-combat-model";
    private static final String CALIBRATION = "long-combat-calibration";

    private LongComBatFile() {}

    /**
     * A model and what it was made from.
     *
     * @param table hash of names and values of the table of the fit
     * @param rows rows of the fit
     * @param model what was learned
     */
    public record Fitted(String table, int rows, LongComBatModel model) {}

    /**
     * What batches add and multiply that are not in a model.
     *
     * @param model hash of the content of the model
     * @param batches the batches
     */
    public record Calibration(String model, List<LongComBatModel.Placed> batches) {
        public Calibration {
            batches = List.copyOf(batches);
        }
    }

    /** Writes a model and the table it was made from; the file appears whole or not at all. */
    public static void write(Path file, FeatureTable table, LongComBatModel model) {
        Fitted fitted = new Fitted(ContentHash.of(table), table.size(), model);
        ComBatFile.write(file, KIND, Settings.write(fitted));
    }

    /** Writes a calibration; the file appears whole or not at all. */
    public static void write(Path file, Calibration calibration) {
        ComBatFile.write(file, CALIBRATION, Settings.write(calibration));
    }

    /** Returns the hash of the content of a model. */
    public static String hash(LongComBatModel model) {
        return ContentHash.of(Json.text(Settings.write(model)));
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
     * @throws DataException if the file is none, is of another version, or was changed after it was
     *     written
     */
    public static LongComBatModel read(Path file) {
        Map<String, Tree> fields = ComBatFile.fields(file, KIND, "combat fit --subject");
        ComBatFile.refuseVersion(
                file,
                fields.get("model") instanceof Tree.Fields model
                        ? model.values().get("combat")
                        : null);
        return ComBatFile.checked(file, fields, Fitted.class).model();
    }

    /**
     * Reads a calibration of the given model.
     *
     * @throws DataException if the file is none, belongs to another model, or was changed after it
     *     was written
     */
    public static Calibration readCalibration(Path file, LongComBatModel model) {
        Calibration calibration =
                ComBatFile.checked(
                        file,
                        ComBatFile.fields(file, CALIBRATION, ComBatFile.MAKER),
                        Calibration.class);
        ComBatFile.refuseOther(file, calibration.model(), hash(model));
        return calibration;
    }
}
