package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.io.table.Csv;
import org.diapason.volume.DataException;
import org.diapason.volume.Quantity;

/**
 * What there is to compare with in a folder: phantoms, tables of consensus values and response
 * maps.
 *
 * <p>{@code ibsi1/} has {@code consensus/*.csv}, {@code digital_phantom/nifti} and {@code
 * ct_phantom/nifti}; {@code ibsi2/} has {@code digital_phantoms/nifti} and {@code reference}. The
 * folder is one of them or holds both.
 *
 * @param tables one per phantom and settings
 * @param maps one per response map
 */
record IbsiReferences(List<Table> tables, List<ResponseMap> maps) {

    /**
     * Values of one phantom under one settings.
     *
     * @param id what it is called: digital phantom, configuration A, filter 3.B
     * @param settings the settings that ship for it
     * @param folder where image and mask lie
     * @param quantity what the values of the image are
     * @param values consensus and tolerance by tag; empty texts where there is none
     */
    record Table(
            String id,
            String settings,
            Path folder,
            Quantity quantity,
            Map<String, Value> values) {}

    /**
     * A consensus value.
     *
     * @param consensus the value, empty where nobody agreed
     * @param tolerance how far off a value may be, rounded to three significant digits
     */
    record Value(String consensus, String tolerance) {}

    /**
     * A response map.
     *
     * @param id as in 4.a.2
     * @param settings the settings that ship for it
     * @param phantoms where the phantoms lie
     * @param file the reference
     */
    record ResponseMap(String id, String settings, Path phantoms, Path file) {}

    private static final String MAP_END = "-ValidCRM.nii.gz";

    /**
     * Looks into a folder.
     *
     * @throws DataException if there is no such folder or a table in it is broken
     */
    static IbsiReferences in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": there is no such folder.");
        }
        List<Table> tables = new ArrayList<>();
        List<ResponseMap> maps = new ArrayList<>();
        Path one = Files.isDirectory(folder.resolve("ibsi1")) ? folder.resolve("ibsi1") : folder;
        Path two = Files.isDirectory(folder.resolve("ibsi2")) ? folder.resolve("ibsi2") : folder;
        phantoms(one, tables);
        Path values = two.resolve("reference/reference_feature_values/reference_values.csv");
        Path ct = phantom(List.of(one, two, two.resolveSibling("ibsi1")), "ct_phantom/nifti");
        if (Files.isRegularFile(values) && ct != null) {
            filters(values, ct, tables);
        }
        maps(two, maps);
        return new IbsiReferences(List.copyOf(tables), List.copyOf(maps));
    }

    private static Path phantom(List<Path> folders, String name) {
        return folders.stream()
                .map(f -> f.resolve(name))
                .filter(f -> Files.isDirectory(f.resolve("image")))
                .findFirst()
                .orElse(null);
    }

    private static void phantoms(Path one, List<Table> tables) {
        Path consensus = one.resolve("consensus");
        Path digital = phantom(List.of(one), "digital_phantom/nifti");
        Path file = consensus.resolve("digital_phantom.csv");
        if (digital != null && Files.isRegularFile(file)) {
            Map<String, Value> values = values(Csv.read(file), "tag", Optional.empty());
            tables.add(
                    new Table(
                            "digital phantom", "ibsi-phantom", digital, Quantity.UNKNOWN, values));
        }
        Path ct = phantom(List.of(one), "ct_phantom/nifti");
        for (String c : ct == null ? List.<String>of() : List.of("a", "b", "c", "d", "e")) {
            Path table = consensus.resolve("ct_phantom_config_" + c + ".csv");
            Map<String, Value> values =
                    Files.isRegularFile(table)
                            ? values(Csv.read(table), "tag", Optional.empty())
                            : Map.of();
            String id = "configuration " + c.toUpperCase(Locale.ROOT);
            tables.add(new Table(id, "ibsi-" + c, ct, Quantity.HU, values));
        }
    }

    private static void filters(Path file, Path ct, List<Table> tables) {
        Csv csv = Csv.read(file);
        Map<String, Boolean> ids = new LinkedHashMap<>();
        csv.rows().forEach(row -> ids.put(csv.text(row, "filter_id"), true));
        for (String id : ids.keySet()) {
            String settings = "ibsi2-" + id.toLowerCase(Locale.ROOT).replace('.', '-');
            Map<String, Value> values = values(csv, "feature_tag", Optional.of(id));
            tables.add(new Table("filter " + id, settings, ct, Quantity.HU, values));
        }
    }

    private static Map<String, Value> values(Csv csv, String tag, Optional<String> filter) {
        Map<String, Value> values = new TreeMap<>();
        for (Csv.Row row : csv.rows()) {
            if (filter.isPresent() && !filter.get().equals(csv.text(row, "filter_id"))) {
                continue;
            }
            Value value = new Value(csv.text(row, "consensus_value"), csv.text(row, "tolerance"));
            for (String text : List.of(value.consensus(), value.tolerance())) {
                if (!text.matches("([-+]?[0-9.]+([eE][-+]?[0-9]+)?)?")) {
                    throw new DataException(
                            csv.name() + ", line " + row.line() + ": needed a number or nothing.");
                }
            }
            if (values.put(csv.text(row, tag), value) != null) {
                throw new DataException(
                        csv.name()
                                + ", line "
                                + row.line()
                                + ": the tag stands there twice. Remove one.");
            }
        }
        return values;
    }

    private static void maps(Path two, List<ResponseMap> maps) {
        Path phantoms = two.resolve("digital_phantoms/nifti");
        Path folder = two.resolve("reference/reference_response_maps");
        if (!Files.isDirectory(phantoms) || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(MAP_END)) {
                    String id = name.substring(0, name.length() - MAP_END.length());
                    maps.add(
                            new ResponseMap(
                                    id.replace('_', '.'),
                                    "ibsi2-map-" + id.replace('_', '-'),
                                    phantoms,
                                    file));
                }
            }
        } catch (IOException e) {
            throw new DataException(folder.getFileName() + ": cannot be listed.", e);
        }
    }
}
