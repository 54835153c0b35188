package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Spelling;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.io.transform.Transforms;
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
                        + " mm (LPS) are replaced, all others kept.",
        footer = {
            "",
            "Example: diapason transform-points t.tfm landmarks.csv moved.csv",
            "T: ITK's .tfm or .txt, ANTs' .mat, elastix's TransformParameters.*.txt, a NIfTI field"
                    + " or our .json (docs/concepts/transforms.md)."
        })
final class TransformPointsCommand implements Callable<Integer> {
    private static final List<String> AXES = List.of("x", "y", "z");

    @Parameters(index = "0", paramLabel = "T", description = "The transform.")
    Path file;

    @Parameters(index = "1", paramLabel = "IN", description = "A table with x, y and z in mm.")
    Path in;

    @Parameters(index = "2", paramLabel = "OUT", description = "The table to write.")
    Path out;

    @Option(names = "--inverse", description = "From the moving to the fixed image.")
    boolean inverse;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Outputs.besides(file, in).and("OUT", out);
        Transform there = Transforms.read(file);
        Transform t = inverse ? there.inverse() : there;
        Csv csv = Csv.read(in);
        int[] columns = new int[3];
        for (int a = 0; a < 3; a++) {
            columns[a] = column(csv, AXES.get(a));
        }
        List<List<String>> rows = new ArrayList<>();
        double sum = 0;
        double most = 0;
        double miss = 0;
        for (Csv.Row row : csv.rows()) {
            double[] p = new double[3];
            for (int a = 0; a < 3; a++) {
                p[a] = number(csv, row, columns[a]);
            }
            double[] q = p.clone();
            t.apply(q);
            if (inverse) {
                double[] again = q.clone();
                there.apply(again);
                miss = Math.max(miss, apart(again, p));
            }
            double moved = apart(p, q);
            sum += moved;
            most = Math.max(most, moved);
            List<String> cells = new ArrayList<>(row.cells());
            for (int a = 0; a < 3; a++) {
                cells.set(columns[a], Text.of(q[a]));
            }
            rows.add(cells);
        }
        Csv.write(out, csv.header(), rows);
        double mean = rows.isEmpty() ? 0 : sum / rows.size();
        if (json.write(fields(rows.size(), mean, most, miss))) {
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
        WarpCommand.warnOfMiss(miss);
        return CommandLines.DONE;
    }

    private static double apart(double[] p, double[] q) {
        double x = p[0] - q[0];
        double y = p[1] - q[1];
        double z = p[2] - q[2];
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static int column(Csv csv, String name) {
        int column = csv.header().indexOf(name);
        if (column < 0) {
            throw new DataException(
                    csv.name()
                            + ": has no column \""
                            + name
                            + "\", and places need x, y and z in mm (LPS); "
                            + Spelling.hint(name, csv.header()));
        }
        return column;
    }

    private static double number(Csv csv, Csv.Row row, int column) {
        String cell = row.cells().get(column);
        OptionalDouble value = Numbers.parse(cell);
        if (value.isEmpty()) {
            throw new DataException(
                    csv.name()
                            + ", line "
                            + row.line()
                            + ", column "
                            + csv.header().get(column)
                            + ": \""
                            + cell
                            + "\" is no number. Write one, in mm.");
        }
        return value.getAsDouble();
    }

    private static Map<String, Object> fields(int places, double mean, double most, double miss) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("places", places);
        fields.put("meanMm", mean);
        fields.put("maxMm", most);
        fields.put("worstMissMm", miss);
        return fields;
    }
}
