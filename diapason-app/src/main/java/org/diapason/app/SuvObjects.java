package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.table.Csv;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Reference objects of SUV in a folder: {@code DRO_…/PT} (a PET series), {@code DRO_…/mask} (one
 * NIfTI mask) and {@code expected.csv} with the columns ID, SUVmin_expected, SUVmed_expected and
 * SUVmax_expected.
 *
 * @param objects one per line of the table and one per folder without a line
 */
record SuvObjects(List<Checked> objects) {
    private static final List<String> STATISTICS = List.of("SUVmin", "SUVmed", "SUVmax");

    /**
     * One object.
     *
     * @param id its name
     * @param expected least, median and largest SUV in the mask, as the table has them
     * @param measured the same as found; empty where the object could not be read
     * @param steps what one stored number is in SUV where each was found
     * @param pass whether each rounds to what is expected, to the decimals of the table, or would
     *     if the file had not cut the true value down to a whole stored number
     * @param cut whether that last clause was needed
     * @param reason why there is nothing measured; empty where there is
     * @param warnings what was said on the way
     */
    record Checked(
            String id,
            List<String> expected,
            Numbers measured,
            Numbers steps,
            boolean pass,
            boolean cut,
            String reason,
            List<String> warnings) {}

    SuvObjects {
        objects = List.copyOf(objects);
    }

    /** Says whether at least one object was compared and none missed. */
    boolean pass() {
        return !objects.isEmpty() && objects.stream().allMatch(Checked::pass);
    }

    long passed() {
        return objects.stream().filter(Checked::pass).count();
    }

    /**
     * Compares every object with what is expected of it.
     *
     * @throws DataException if the folder has no readable table
     */
    static SuvObjects check(Path folder, Units units) {
        Csv table = Csv.read(folder.resolve("expected.csv"));
        SortedMap<String, List<String>> expected = new TreeMap<>();
        for (Csv.Row row : table.rows()) {
            String id = table.text(row, "ID");
            List<String> before =
                    expected.put(
                            id,
                            STATISTICS.stream()
                                    .map(s -> table.text(row, s + "_expected"))
                                    .toList());
            if (before != null) {
                throw new DataException(
                        "expected.csv: has two lines for " + id + ", one is expected. Remove one.");
            }
        }
        folders(folder).forEach(id -> expected.putIfAbsent(id, List.of()));
        List<Checked> objects = new ArrayList<>();
        expected.forEach((id, values) -> objects.add(check(folder, id, values, units)));
        return new SuvObjects(objects);
    }

    private static Checked check(Path folder, String id, List<String> expected, Units units) {
        Trace trace = new Trace();
        try {
            if (expected.isEmpty()) {
                throw new DataException(id + ": has no line in expected.csv.");
            }
            if (!id.matches("[A-Za-z0-9._-]+") || !Files.isDirectory(folder.resolve(id))) {
                throw new DataException(id + ": there is no folder of this name.");
            }
            Statistics found = measure(folder.resolve(id), id, units, trace);
            boolean pass = true;
            boolean cut = false;
            for (int n = 0; n < expected.size(); n++) {
                double measured = found.values().get(n);
                boolean exact = rounds(measured, expected.get(n));
                boolean within = within(measured, found.steps().get(n), expected.get(n));
                cut |= !exact && within;
                pass &= exact || within;
            }
            return new Checked(
                    id,
                    expected,
                    found.values(),
                    found.steps(),
                    pass,
                    pass && cut,
                    "",
                    trace.warnings());
        } catch (DataException | RefusedException e) {
            return new Checked(
                    id,
                    expected,
                    Numbers.of(),
                    Numbers.of(),
                    false,
                    false,
                    e.getMessage(),
                    trace.warnings());
        }
    }

    private record Statistics(Numbers values, Numbers steps) {}

    private static Statistics measure(Path object, String id, Units units, Trace trace) {
        Image image = Images.read(object.resolve("PT"));
        Exam exam = Exam.of(id, Map.of("pet", image), Map.of(), Map.of());
        Volume suv = units.apply(exam, trace).image("pet").volume();
        boolean[] inside = Masks.read(only(object.resolve("mask")), suv.geometry()).voxels();
        float[] values = new float[inside.length];
        int n = 0;
        for (int v = 0; v < inside.length; v++) {
            if (inside[v]) {
                values[n++] = suv.values()[v];
            }
        }
        if (n == 0) {
            throw new DataException(id + ": the mask is empty.");
        }
        Arrays.sort(values, 0, n);
        float[] ranked = {values[0], values[(n - 1) / 2], values[n - 1]};
        double[] steps = new double[3];
        for (int v = 0; v < inside.length; v++) {
            for (int s = 0; s < 3; s++) {
                if (inside[v] && suv.values()[v] == ranked[s] && steps[s] == 0) {
                    steps[s] = ranked[s] / image.volume().values()[v];
                }
            }
        }
        double median = (ranked[1] + (double) values[n / 2]) / 2;
        return new Statistics(Numbers.of(ranked[0], median, ranked[2]), Numbers.of(steps));
    }

    /** Says whether a number rounds to a text, to the decimals of the text. */
    private static boolean rounds(double measured, String expected) {
        int point = expected.indexOf('.');
        int decimals = point < 0 ? 0 : expected.length() - point - 1;
        return !expected.isEmpty() && Numbers.fixed(measured, decimals).equals(expected);
    }

    /** Says whether the expected value, cut down to a whole stored number, is the measured one. */
    private static boolean within(double measured, double step, String expected) {
        try {
            double value = Double.parseDouble(expected);
            return measured <= value && value < measured + step;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Path only(Path folder) {
        List<Path> files = list(folder);
        if (files.size() != 1) {
            throw new DataException(
                    folder.getFileName() + ": holds " + files.size() + " files, one is expected.");
        }
        return files.get(0);
    }

    private static List<String> folders(Path folder) {
        return list(folder).stream()
                .filter(Files::isDirectory)
                .map(p -> p.getFileName().toString())
                .filter(name -> name.startsWith("DRO_"))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder.getFileName() + ": there is no such folder.");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new DataException(folder.getFileName() + ": cannot be listed.");
        }
    }
}
