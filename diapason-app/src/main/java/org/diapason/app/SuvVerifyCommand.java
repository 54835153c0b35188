package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.steps.units.Units;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diapason suv-verify}: is SUV right, on objects whose SUV is known? */
@Command(
        name = "suv-verify",
        description =
                "Compare SUV with what is expected of reference objects: DIR/DRO_*/PT, DIR/DRO_*/mask"
                        + " and DIR/expected.csv. Exit 1 on any miss or when nothing was compared.")
final class SuvVerifyCommand implements Callable<Integer> {
    private static final List<String> HEADER =
            List.of("object", "least", "", "median", "", "largest", "", "");

    @Parameters(paramLabel = "DIR", description = "The folder of reference objects.")
    Path folder;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        SuvObjects found = SuvObjects.check(folder, Units.of("suvbw").orElseThrow());
        if (json.write(fields(found))) {
            print(found);
        }
        return found.pass() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private static Map<String, Object> fields(SuvObjects found) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (SuvObjects.Checked one : found.objects()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", one.id());
            fields.put("expected", one.expected());
            fields.put("measured", one.measured());
            fields.put("step", one.steps());
            fields.put("pass", one.pass());
            fields.put("cutByFile", one.cut());
            fields.put("reason", one.reason());
            fields.put("warnings", one.warnings());
            objects.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("objects", objects);
        fields.put("passed", found.passed());
        fields.put("compared", found.objects().size());
        fields.put("pass", found.pass());
        return fields;
    }

    private static void print(SuvObjects found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (SuvObjects.Checked one : found.objects()) {
            rows.add(row(one));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int c = 0; c < row.size() - 1; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                int width = c < row.size() - 1 ? widths[c] : 0;
                line.append(row.get(c))
                        .append(" ".repeat(Math.max(0, width - row.get(c).length())))
                        .append("  ");
            }
            System.out.println(line.toString().stripTrailing());
        }
        for (SuvObjects.Checked one : found.objects()) {
            one.warnings().forEach(w -> System.err.println("warning: " + w));
        }
        System.out.println(
                found.objects().isEmpty()
                        ? "nothing was compared: expected.csv has no line"
                        : found.passed() + " of " + found.objects().size() + " pass");
    }

    /** Returns expected and measured of each statistic, then the outcome. */
    private static List<String> row(SuvObjects.Checked one) {
        List<String> row = new ArrayList<>(List.of(one.id()));
        boolean measured = one.measured().size() > 0;
        for (int n = 0; n < 3; n++) {
            row.add(n < one.expected().size() ? one.expected().get(n) : "-");
            row.add(measured ? Numbers.fixed(one.measured().get(n), 4) : "-");
        }
        row.add(outcome(one));
        return row;
    }

    private static String outcome(SuvObjects.Checked one) {
        if (one.cut()) {
            return "pass, as far as the file's steps of "
                    + Numbers.fixed(one.steps().max(), 4)
                    + " SUV allow";
        }
        if (one.pass()) {
            return "pass";
        }
        return one.reason().isEmpty() ? "MISS" : "MISS: " + one.reason();
    }
}
