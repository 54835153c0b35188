package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.io.transform.Transforms;
import org.diapason.registration.Deformation;
import org.diapason.registration.Vectors;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason transform-points}: places of a table, moved. */
@Command(
        name = "transform-points",
        description =
                "Move the places of a table from the fixed to the moving image: columns x, y, z in"
                        + " mm (LPS), and dx, dy, dz of vectors there, are replaced, all others"
                        + " kept.",
        footer = {
            "",
            "Example: diapason transform-points t.tfm landmarks.csv moved.csv",
            "         diapason transform-points t.tfm fibres.csv moved.csv --vectors turned",
            "T: ITK's .tfm or .txt, ANTs' .mat, elastix's TransformParameters.*.txt, a NIfTI field"
                    + " or our .json (docs/concepts/transforms.md)."
        })
final class TransformPointsCommand implements Callable<Integer> {
    private static final List<String> PLACE = List.of("x", "y", "z");
    private static final List<String> VECTOR = List.of("dx", "dy", "dz");

    private static final int MOST_NAMED = 20;

    /** Below this a place that was looked for is found. */
    private static final double FOUND_MM = 1e-3;

    @Parameters(index = "0", paramLabel = "T", description = "The transform.")
    Path file;

    @Parameters(index = "1", paramLabel = "IN", description = "A table with x, y and z in mm.")
    Path in;

    @Parameters(index = "2", paramLabel = "OUT", description = "The table to write.")
    Path out;

    @Option(names = "--inverse", description = "From the moving to the fixed image.")
    boolean inverse;

    @Option(
            names = "--vectors",
            paramLabel = "HOW",
            description =
                    "What becomes of dx, dy, dz: carried (turned and stretched by the Jacobian, as"
                            + " small shifts are), turned (by its rotation alone) or kept.")
    Vectors vectors;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Outputs.besides(file, in).and("OUT", out);
        Transform there = Transforms.read(file);
        Transform t = inverse ? there.inverse() : there;
        Optional<Transform> again =
                Deformation.isSearched(t) ? Optional.of(t.inverse()) : Optional.empty();
        Csv csv = Csv.read(in);
        int[] places = columns(csv, PLACE);
        int[] arrows = arrows(csv);
        List<List<String>> rows = new ArrayList<>();
        double sum = 0;
        double most = 0;
        double miss = 0;
        int missed = 0;
        for (Csv.Row row : csv.rows()) {
            double[] p = numbers(csv, row, places);
            double[] v = numbers(csv, row, arrows);
            double[] q = p.clone();
            t.apply(q);
            double off = again.map(back -> apart(after(back, q), p)).orElse(0.0);
            miss = Math.max(miss, off);
            List<String> cells = new ArrayList<>(row.cells());
            if (off <= FOUND_MM) {
                turn(there, p, q, v);
                sum += apart(p, q);
                most = Math.max(most, apart(p, q));
            } else {
                missed++;
                Arrays.fill(q, Double.NaN);
                Arrays.fill(v, Double.NaN);
            }
            put(cells, places, q);
            put(cells, arrows, v);
            rows.add(cells);
        }
        Csv.write(out, csv.header(), rows);
        int found = rows.size() - missed;
        double mean = found == 0 ? 0 : sum / found;
        if (json.write(fields(rows.size(), mean, most, miss, missed))) {
            System.out.println(
                    InputFile.name(out)
                            + ": "
                            + rows.size()
                            + " places, moved by "
                            + Numbers.fixed(mean, 3)
                            + " mm on average and "
                            + Numbers.fixed(most, 3)
                            + " mm at most");
        }
        WarpCommand.warnOfMiss(missed, miss, "places are left empty");
        return CommandLines.DONE;
    }

    /** Turns a vector at p into the one at q, which is where p went. */
    private void turn(Transform there, double[] p, double[] q, double[] v) {
        if (v.length == 0) {
            return;
        }
        if (inverse) {
            vectors.back(there.jacobian(q), v);
        } else {
            vectors.there(there.jacobian(p), v);
        }
    }

    private static double[] after(Transform t, double[] place) {
        double[] p = place.clone();
        t.apply(p);
        return p;
    }

    /** Returns the columns of vectors that are to be turned; none without them. */
    private int[] arrows(Csv csv) {
        if (vectors == null && csv.header().containsAll(VECTOR)) {
            throw new DataException(
                    csv.name()
                            + ": has vectors in dx, dy, dz, which may turn with their places. Say"
                            + " --vectors carried, turned or kept.");
        }
        return vectors == null || vectors == Vectors.KEPT ? new int[0] : columns(csv, VECTOR);
    }

    /** Writes numbers into cells, nothing where there is none. */
    private static void put(List<String> cells, int[] columns, double[] values) {
        for (int a = 0; a < columns.length; a++) {
            cells.set(columns[a], Double.isNaN(values[a]) ? "" : Text.of(values[a]));
        }
    }

    private static double apart(double[] p, double[] q) {
        double x = p[0] - q[0];
        double y = p[1] - q[1];
        double z = p[2] - q[2];
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static int[] columns(Csv csv, List<String> names) {
        return names.stream().mapToInt(name -> column(csv, name, names)).toArray();
    }

    private static int column(Csv csv, String name, List<String> all) {
        int column = csv.header().indexOf(name);
        if (column < 0) {
            throw new DataException(
                    csv.name()
                            + ": has no column \""
                            + name
                            + "\", and "
                            + (all == PLACE
                                    ? "places need x, y and z"
                                    : "vectors need dx, dy and dz")
                            + " in mm (LPS); found "
                            + csv.header().stream()
                                    .limit(MOST_NAMED)
                                    .collect(Collectors.joining(", "))
                            + ". Rename or add it.");
        }
        return column;
    }

    private static double[] numbers(Csv csv, Csv.Row row, int[] columns) {
        double[] values = new double[columns.length];
        for (int a = 0; a < values.length; a++) {
            String cell = row.cells().get(columns[a]);
            OptionalDouble value = Numbers.parse(cell);
            if (value.isEmpty()) {
                throw new DataException(
                        csv.name()
                                + ", line "
                                + row.line()
                                + ", column "
                                + csv.header().get(columns[a])
                                + ": \""
                                + cell
                                + "\" is no number. Write one, in mm.");
            }
            values[a] = value.getAsDouble();
        }
        return values;
    }

    private static Map<String, Object> fields(
            int places, double mean, double most, double miss, int missed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("places", places);
        fields.put("meanMm", mean);
        fields.put("maxMm", most);
        fields.put("worstMissMm", miss);
        fields.put("missedPlaces", missed);
        return fields;
    }
}
