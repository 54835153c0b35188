package org.diapason.io.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.io.table.Csv;
import org.diapason.step.Names;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;

/**
 * Modulation transfer functions that settings name by their file: a table of two columns, {@code
 * frequency_per_mm,mtf}, or a calibration file, which has a curve within the slices and another
 * across them.
 */
public final class MtfFile {
    private static final List<String> HEADER = List.of("frequency_per_mm", "mtf");
    private static final List<String> WITHIN = List.of("target", "source");
    private static final List<String> ACROSS = List.of("target-across", "source-across");

    private MtfFile() {}

    /**
     * Returns the settings of a method with the curves themselves in place of the names of files;
     * those of other methods as they are.
     *
     * @param folder where names of files begin
     * @throws IllegalArgumentException if a file is absent or holds no such curve
     */
    public static Tree resolve(String method, Tree settings, Path folder) {
        if (!method.equals("kernel") || !(settings instanceof Tree.Fields fields)) {
            return settings;
        }
        Map<String, Tree> copy = new LinkedHashMap<>();
        fields.values()
                .forEach(
                        (key, value) -> {
                            boolean within = WITHIN.contains(Names.kebab(key));
                            boolean across = ACROSS.contains(Names.kebab(key));
                            boolean named =
                                    value instanceof Tree.Text t
                                            && !t.value().isBlank()
                                            && (within || across);
                            copy.put(
                                    key,
                                    named ? read((Tree.Text) value, key, across, folder) : value);
                        });
        return new Tree.Fields(copy, fields.where());
    }

    /** Returns a recipe with its curves in place of the names of files. */
    static Tree resolve(Tree recipe, Path folder) {
        if (!(recipe instanceof Tree.Fields fields)
                || !(fields.values().get("images") instanceof Tree.Items items)) {
            return recipe;
        }
        List<Tree> images = new ArrayList<>();
        for (Tree item : items.values()) {
            Tree entry = item;
            if (item instanceof Tree.Fields f && f.values().size() == 1) {
                String method = f.values().keySet().iterator().next();
                Tree resolved = resolve(method, f.values().get(method), folder);
                entry = new Tree.Fields(Map.of(method, resolved), f.where());
            }
            images.add(entry);
        }
        Map<String, Tree> copy = new LinkedHashMap<>(fields.values());
        copy.put("images", new Tree.Items(images, items.where()));
        return new Tree.Fields(copy, fields.where());
    }

    private static Tree read(Tree.Text name, String key, boolean across, Path folder) {
        Path file = folder.resolve(name.value().trim());
        try {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
                    ? calibration(file, name.where(), across)
                    : table(file, name.where());
        } catch (DataException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name.where() + ": " + key + ": " + e.getMessage(), e);
        }
    }

    private static Tree calibration(Path file, String where, boolean across) {
        ScannerCalibration scanner = Settings.read(ScannerCalibration.class, Json.read(file));
        Optional<Numbers> curve = across ? scanner.mtfThroughPlane() : scanner.mtfInPlane();
        if (curve.isEmpty() || scanner.mtfPerMm().isEmpty()) {
            throw new DataException(
                    file.getFileName()
                            + ": the calibration of scanner "
                            + scanner.scanner()
                            + " has no MTF "
                            + (across ? "across" : "within")
                            + " the slices. Analyse a phantom with an edge, wire or bead, or give a"
                            + " table with the columns frequency_per_mm and mtf.");
        }
        return curve(scanner.mtfPerMm().get(), curve.get(), where);
    }

    private static Tree table(Path file, String where) {
        Csv csv = Csv.read(file);
        if (!csv.header().equals(HEADER)) {
            throw new DataException(
                    csv.name()
                            + ": found the columns "
                            + String.join(", ", csv.header())
                            + ", needed frequency_per_mm, mtf.");
        }
        double[][] columns = new double[2][csv.rows().size()];
        for (int r = 0; r < csv.rows().size(); r++) {
            Csv.Row row = csv.rows().get(r);
            for (int c = 0; c < 2; c++) {
                OptionalDouble value = Numbers.parse(row.cells().get(c));
                if (value.isEmpty()) {
                    throw new DataException(
                            csv.name()
                                    + ", line "
                                    + row.line()
                                    + ", column "
                                    + HEADER.get(c)
                                    + ": \""
                                    + row.cells().get(c)
                                    + "\" is no number. Write one.");
                }
                columns[c][r] = value.getAsDouble();
            }
        }
        return curve(Numbers.of(columns[0]), Numbers.of(columns[1]), where);
    }

    private static Tree curve(Numbers perMm, Numbers values, String where) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        fields.put("per-mm", new Tree.Values(perMm, where));
        fields.put("values", new Tree.Values(values, where));
        return new Tree.Fields(fields, where);
    }
}
