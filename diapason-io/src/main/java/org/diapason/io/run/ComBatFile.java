package org.diapason.io.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.step.ContentHash;
import org.diapason.step.Default;
import org.diapason.step.Step;
import org.diapason.table.ComBatModel;
import org.diapason.table.CovBatModel;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * A ComBat model as a file of its own, and beside it files that place batches it has not seen.
 *
 * <p>Both are JSON to be read by people; both hold the hash of their content, so that a change by
 * accident is found, and a calibration holds the hash of the model it belongs to.
 */
public final class ComBatFile {
    /** The command that makes calibrations. */
    static final String MAKER = "combat apply --save-calibration";

    private ComBatFile() {}

    /**
     * A model and what it was made from.
     *
     * @param table hash of names and values of the table of the fit
     * @param rows rows of the fit
     * @param target what is to be predicted from the harmonized table, where the model protects it
     * @param model what was learned
     * @param covariance what CovBat learned beyond it
     */
    public record Fitted(
            String table,
            int rows,
            Optional<Target> target,
            ComBatModel model,
            Optional<CovBatModel.Covariance> covariance) {

        /** Returns what harmonizes rows, by {@link #model} or one with batches placed since. */
        public Step<FeatureTable> step(ComBatModel combat) {
            return covariance.isPresent() ? new CovBatModel(combat, covariance.get()) : combat;
        }
    }

    /**
     * A protected column that is to be predicted, and hence not to be looked at later.
     *
     * @param column its name
     * @param values what it may be, sorted
     * @param rows rows of the fit with each value
     */
    public record Target(String column, List<String> values, Numbers rows) {
        public Target {
            values = List.copyOf(values);
            if (values.isEmpty() || values.size() != rows.size()) {
                throw new IllegalArgumentException(
                        "target "
                                + column
                                + " has "
                                + values.size()
                                + " values and counts of "
                                + rows.size());
            }
        }
    }

    /**
     * What batches add and multiply that are not in a model.
     *
     * @param model hash of the content of the model
     * @param batches the batches
     * @param scores what the same batches do to the scores of components, where the model is of
     *     CovBat
     */
    public record Calibration(
            String model,
            List<ComBatModel.Batch> batches,
            @Default("") List<ComBatModel.Batch> scores) {
        public Calibration {
            batches = List.copyOf(batches);
            scores = List.copyOf(scores);
        }
    }

    /** Writes a model; the file appears whole or not at all. */
    public static void write(Path file, Fitted fitted) {
        write(file, "combat-model", Settings.write(fitted));
    }

    /** Writes a calibration; the file appears whole or not at all. */
    public static void write(Path file, Calibration calibration) {
        write(file, "combat-calibration", Settings.write(calibration));
    }

    /** Returns the hash of the content of a model. */
    public static String hash(Fitted fitted) {
        return ContentHash.of(Json.text(Settings.write(fitted)));
    }

    static void write(Path file, String kind, Map<String, Object> fields) {
        write(file, kind, Map.of(), fields);
    }

    /** Writes fields after others that follow from them and are for the reader. */
    static void write(
            Path file, String kind, Map<String, Object> derived, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", kind);
        all.putAll(derived);
        all.put("content", ContentHash.of(Json.text(fields)));
        all.putAll(fields);
        byte[] text = Json.text(all).getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, out -> out.write(text));
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    /**
     * Reads a model.
     *
     * @throws DataException if the file is none, is of another version, or was changed after it was
     *     written
     */
    public static Fitted read(Path file) {
        Map<String, Tree> fields = fields(file, "combat-model", "combat fit");
        refuseVersion(file, fields.get("model"));
        return checked(file, fields, Fitted.class);
    }

    /**
     * Reads a calibration of the given model.
     *
     * @throws DataException if the file is none, belongs to another model, or was changed after it
     *     was written
     */
    public static Calibration readCalibration(Path file, Fitted fitted) {
        Calibration calibration =
                checked(file, fields(file, "combat-calibration", MAKER), Calibration.class);
        refuseOther(file, calibration.model(), hash(fitted));
        return calibration;
    }

    /** Refuses a calibration of another model. */
    static void refuseOther(Path file, String found, String wanted) {
        if (!found.equals(wanted)) {
            throw new DataException(
                    InputFile.name(file)
                            + " places batches for another model than this one. Take the model it was"
                            + " made with, or make the calibration anew.");
        }
    }

    /**
     * Returns the fields of a file of the given kind; {@code maker} is the command of such files.
     */
    static Map<String, Tree> fields(Path file, String kind, String maker) {
        if (Json.read(file) instanceof Tree.Fields fields
                && fields.values().get("kind") instanceof Tree.Text said
                && said.value().equals(kind)) {
            return fields.values();
        }
        throw new DataException(
                InputFile.name(file)
                        + " is no "
                        + kind.replace('-', ' ')
                        + ": it does not say \"kind\": \""
                        + kind
                        + "\". Make one by diapason "
                        + maker
                        + ".");
    }

    /** Refuses the fields of a model of another version. */
    static void refuseVersion(Path file, Tree model) {
        Tree version = model instanceof Tree.Fields m ? m.values().get("version") : null;
        String found = version instanceof Tree.Text t ? t.value() : "none";
        if (!found.equals(Integer.toString(ComBatModel.VERSION))) {
            throw new DataException(
                    InputFile.name(file)
                            + ": found version "
                            + found
                            + " of ComBat models, and this program reads version "
                            + ComBatModel.VERSION
                            + ". Fit anew, or apply it with the program that wrote it.");
        }
    }

    /** Returns the content of a file whose hash is that of its content. */
    static <T> T checked(Path file, Map<String, Tree> fields, Class<T> type) {
        Map<String, Tree> content = new LinkedHashMap<>(fields);
        content.remove("kind");
        Tree hash = content.remove("content");
        T read;
        try {
            read = Settings.read(type, new Tree.Fields(content, InputFile.name(file)));
        } catch (IllegalArgumentException e) {
            throw new DataException(e.getMessage(), e);
        }
        String found = ContentHash.of(Json.text(Settings.write(read)));
        if (!(hash instanceof Tree.Text t && t.value().equals(found))) {
            throw new DataException(
                    InputFile.name(file)
                            + " was changed after it was written: its content does not have the hash"
                            + " that stands in it. Restore the file, or make it anew.");
        }
        return read;
    }
}
