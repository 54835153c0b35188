package org.diapason.app;

import org.diapason.app.report.TaskPage;
import org.diapason.stats.Clusters;
import org.diapason.stats.DeLong;
import org.diapason.stats.PartialAuc;
import org.diapason.stats.Roc;
import org.diapason.volume.Numbers;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code diapason roc}: how well scores tell two outcomes apart. */
@Command(
        name = "roc",
        description =
                "Say how well scores tell two outcomes apart: the area under the ROC curve with its"
                        + " interval of 95 %% (DeLong), and whether two scores of the same rows differ.",
        footer = {
            "",
            "High scores speak for positive; the area of a score that points the other way is below"
                    + " 0.5 and is not turned round, unless --low names it.",
            "Example: diapason roc table.csv --label outcome --positive Poor --score wfns,s100b"
                    + " --cluster patient --by scanner"
        })
final class RocCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", description = "A table with a row per sample.")
    Path file;

    @Option(
            names = "--label",
            required = true,
            paramLabel = "COLUMN",
            description = "The outcome: 0 and 1, or two words with --positive.")
    String label;

    @Option(
            names = "--positive",
            paramLabel = "LEVEL",
            description =
                    "The level of the label that is positive. Default: 1, where it is 0 and 1.")
    String positive;

    @Option(
            names = "--score",
            required = true,
            paramLabel = "COLUMNS",
            split = ",",
            description = "Columns of scores, with commas between; all pairs are compared.")
    List<String> scores = new ArrayList<>();

    @Option(
            names = "--low",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Those of the scores of which low values speak for positive.")
    List<String> low = new ArrayList<>();

    @Option(
            names = "--cluster",
            paramLabel = "COLUMN",
            description = "Whose rows belong together, such as the lesions of a patient.")
    String cluster;

    @Option(
            names = "--interval",
            paramLabel = "SCALE",
            description =
                    "plain (auc ± 1.96 SE) or logit, which stays within 0 … 1. Default: plain.")
    String interval = "plain";

    @Option(
            names = "--specificity",
            paramLabel = "FROM,TO",
            split = ",",
            description = "Also the area of this part of the curve, with a bootstrap interval.")
    double[] specificity;

    @Option(
            names = "--sensitivity",
            paramLabel = "FROM,TO",
            split = ",",
            description = "The same of a range of sensitivity.")
    double[] sensitivity;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Bootstrap draws for parts of the curve. Default: 2000.")
    int draws = 2000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the bootstrap. Default: 1.")
    long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Write the curves as a page that opens in any browser.")
    Path report;

    @Mixin SubgroupOptions subgroups = new SubgroupOptions();

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    private LabelledTable table;
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private Clusters clusters;

    @Override
    public Integer call() throws IOException {
        common.start();
        check();
        List<String> texts = new ArrayList<>(subgroups.by);
        if (cluster != null) {
            texts.add(cluster);
        }
        table = new LabelledTable(file, label, positive, scores, texts);
        for (String name : scores) {
            double[] v = table.number(name).clone();
            for (int r = 0; r < v.length && low.contains(name); r++) {
                v[r] = -v[r];
            }
            values.put(name, v);
        }
        List<String> names = cluster == null ? null : table.text(cluster);
        clusters = names == null ? null : Clusters.of(names);
        List<String> lines = new ArrayList<>(table.lines());
        Map<String, Object> fields = new LinkedHashMap<>();
        table.put(fields);
        fields.put("interval", interval);
        if (cluster != null) {
            int many = (int) names.stream().distinct().count();
            fields.put("clusters", many);
            lines.add("rows of one " + cluster + " belong together: " + many + " of them");
        }
        fields.put("scores", areas(lines));
        fields.put("pairs", pairs(lines));
        if (!subgroups.by.isEmpty()) {
            fields.put("smallest", subgroups.smallest);
            fields.put("by", groups(lines));
        }
        if (specificity != null || sensitivity != null) {
            fields.put("draws", draws);
            fields.put("seed", seed);
        }
        if (report != null) {
            TaskPage.roc(report, table.event(), values, lines);
            lines.add("report: " + report);
        }
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }

    private void check() {
        subgroups.check();
        if (!interval.equals("plain") && !interval.equals("logit")) {
            throw new IllegalArgumentException(
                    "--interval needs plain or logit, got \"" + interval + "\"");
        }
        if (draws < 100) {
            throw new IllegalArgumentException("--draws must be at least 100, got " + draws);
        }
        for (String name : low) {
            if (!scores.contains(name)) {
                throw new IllegalArgumentException(
                        "--low " + name + " is none of the scores " + String.join(", ", scores));
            }
        }
        if (scores.stream().distinct().count() != scores.size()) {
            throw new IllegalArgumentException("--score names a column twice: " + scores);
        }
        if (cluster != null && (specificity != null || sensitivity != null)) {
            throw new IllegalArgumentException(
                    "--cluster and a part of the curve exclude each other: the bootstrap of a part"
                            + " draws rows, as if each were a patient of its own.");
        }
        range("--specificity", specificity);
        range("--sensitivity", sensitivity);
    }

    private static void range(String option, double[] range) {
        if (range != null
                && !(range.length == 2 && range[0] >= 0 && range[0] < range[1] && range[1] <= 1)) {
            throw new IllegalArgumentException(
                    option + " needs FROM,TO with 0 ≤ FROM < TO ≤ 1, as in " + option + " 0.9,1");
        }
    }

    private DeLong area(String name, int[] rows) {
        double[] v = LabelledTable.of(values.get(name), rows);
        boolean[] y = LabelledTable.of(table.event(), rows);
        if (clusters == null) {
            return DeLong.of(v, y);
        }
        return DeLong.of(v, y, clusters.of(rows));
    }

    private Map<String, Object> fields(DeLong area) {
        boolean logit = interval.equals("logit");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("auc", area.auc());
        fields.put("variance", area.variance());
        fields.put("ciLow", logit ? area.logitLow() : area.low());
        fields.put("ciHigh", logit ? area.logitHigh() : area.high());
        return fields;
    }

    private String text(DeLong area) {
        boolean logit = interval.equals("logit");
        String text =
                "AUC "
                        + Numbers.fixed(area.auc(), 3)
                        + " ("
                        + Numbers.fixed(logit ? area.logitLow() : area.low(), 3)
                        + " to "
                        + Numbers.fixed(logit ? area.logitHigh() : area.high(), 3)
                        + ")";
        if (area.variance() == 0) {
            return text + "; no overlap, so the interval says nothing";
        }
        return area.high() < 0.5 ? text + "; below 0.5: do low values speak for positive?" : text;
    }

    private int[] all() {
        int[] rows = new int[table.size()];
        java.util.Arrays.setAll(rows, r -> r);
        return rows;
    }

    private Map<String, Object> areas(List<String> lines) {
        Map<String, Object> areas = new LinkedHashMap<>();
        for (String name : scores) {
            DeLong area = area(name, all());
            Map<String, Object> fields = fields(area);
            lines.add(name + ": " + text(area));
            Roc.Point best = Roc.of(values.get(name), table.event()).best();
            double sign = low.contains(name) ? -1 : 1;
            Map<String, Object> youden = new LinkedHashMap<>();
            youden.put("threshold", sign * best.threshold());
            youden.put("sensitivity", best.sensitivity());
            youden.put("specificity", best.specificity());
            fields.put("youden", youden);
            if (specificity != null) {
                part(name, Roc.Axis.SPECIFICITY, specificity, fields, lines);
            }
            if (sensitivity != null) {
                part(name, Roc.Axis.SENSITIVITY, sensitivity, fields, lines);
            }
            areas.put(name, fields);
        }
        return areas;
    }

    private void part(
            String name,
            Roc.Axis axis,
            double[] range,
            Map<String, Object> into,
            List<String> lines) {
        PartialAuc part =
                PartialAuc.of(
                        values.get(name), table.event(), axis, range[0], range[1], draws, seed);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", range[0]);
        fields.put("to", range[1]);
        fields.put("area", part.area());
        fields.put("ciLow", part.low());
        fields.put("ciHigh", part.high());
        fields.put("corrected", part.corrected());
        fields.put("correctedLow", part.correctedLow());
        fields.put("correctedHigh", part.correctedHigh());
        String word = axis == Roc.Axis.SPECIFICITY ? "specificity" : "sensitivity";
        into.put(
                "partial" + (axis == Roc.Axis.SPECIFICITY ? "Specificity" : "Sensitivity"), fields);
        lines.add(
                "  "
                        + word
                        + " "
                        + Numbers.plain(range[0])
                        + " to "
                        + Numbers.plain(range[1])
                        + ": area "
                        + Numbers.fixed(part.area(), 4)
                        + " ("
                        + Numbers.fixed(part.low(), 4)
                        + " to "
                        + Numbers.fixed(part.high(), 4)
                        + "), "
                        + (Double.isNaN(part.corrected())
                                ? "below chance"
                                : "corrected " + Numbers.fixed(part.corrected(), 3)));
    }

    private List<Object> pairs(List<String> lines) {
        List<Object> pairs = new ArrayList<>();
        for (int a = 0; a < scores.size(); a++) {
            for (int b = a + 1; b < scores.size(); b++) {
                double[] first = values.get(scores.get(a));
                double[] second = values.get(scores.get(b));
                DeLong.Pair pair =
                        clusters == null
                                ? DeLong.compare(first, second, table.event())
                                : DeLong.compare(first, second, table.event(), clusters);
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("a", scores.get(a));
                fields.put("b", scores.get(b));
                fields.put("difference", pair.difference());
                fields.put("ciLow", pair.low());
                fields.put("ciHigh", pair.high());
                fields.put("z", pair.z());
                fields.put("p", pair.p());
                pairs.add(fields);
                lines.add(
                        scores.get(a)
                                + " − "
                                + scores.get(b)
                                + ": "
                                + Numbers.fixed(pair.difference(), 3)
                                + " ("
                                + Numbers.fixed(pair.low(), 3)
                                + " to "
                                + Numbers.fixed(pair.high(), 3)
                                + "), z = "
                                + Numbers.fixed(pair.z(), 2)
                                + ", p = "
                                + Numbers.fixed(pair.p(), 4));
            }
        }
        return pairs;
    }

    private List<Object> groups(List<String> lines) {
        List<Object> groups =
                subgroups.of(
                        table,
                        rows -> {
                            Map<String, Object> own = new LinkedHashMap<>();
                            scores.forEach(name -> own.put(name, fields(area(name, rows))));
                            return Map.of("scores", own);
                        });
        Map<String, int[]> cells = table.cells(subgroups.by);
        for (Object group : groups) {
            Map<?, ?> fields = (Map<?, ?>) group;
            String name = String.valueOf(fields.get("group"));
            if (Boolean.TRUE.equals(fields.get("suppressed"))) {
                lines.add(subgroups.withheld(name));
                continue;
            }
            for (String score : scores) {
                lines.add(name + ", " + score + ": " + text(area(score, cells.get(name))));
            }
        }
        return groups;
    }
}
