package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.app.report.TaskPage;
import org.diapason.stats.Clusters;
import org.diapason.stats.DeLong;
import org.diapason.stats.Estimate;
import org.diapason.stats.PartialAuc;
import org.diapason.stats.Roc;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin OutcomeOptions outcome = new OutcomeOptions();

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

    @Mixin ClusterOption cluster = new ClusterOption();

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

    @Mixin DrawOptions bootstrap = new DrawOptions(2000);

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Write the curves as a page that opens in any browser.")
    Path report;

    @Mixin SubgroupOptions subgroups = new SubgroupOptions();

    private LabelledTable table;
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private Clusters clusters;

    @Override
    public Integer call() throws IOException {
        check();
        table = outcome.read(scores, cluster.with(subgroups.by));
        for (String name : scores) {
            double[] v = table.number(name).clone();
            for (int r = 0; r < v.length && low.contains(name); r++) {
                v[r] = -v[r];
            }
            values.put(name, v);
        }
        clusters = cluster.of(table, outcome);
        List<String> lines = outcome.lines;
        Map<String, Object> fields = outcome.fields;
        fields.put("interval", interval);
        fields.put("scores", areas(lines));
        fields.put("pairs", pairs(lines));
        if (!subgroups.by.isEmpty()) {
            fields.put("smallest", subgroups.smallest);
            fields.put("by", groups(lines));
        }
        if (specificity != null || sensitivity != null || report != null) {
            bootstrap.put(fields);
        }
        if (report != null) {
            TaskPage.roc(report, table.event(), clusters, values, bootstrap.seed, lines);
            lines.add("report: " + report);
        }
        return outcome.answer();
    }

    private void check() {
        subgroups.check();
        if (!interval.equals("plain") && !interval.equals("logit")) {
            throw new IllegalArgumentException(
                    "--interval needs plain or logit, got \"" + interval + "\"");
        }
        bootstrap.check();
        for (String name : low) {
            if (!scores.contains(name)) {
                throw new IllegalArgumentException(
                        "--low " + name + " is none of the scores " + String.join(", ", scores));
            }
        }
        if (scores.stream().distinct().count() != scores.size()) {
            throw new IllegalArgumentException("--score names a column twice: " + scores);
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
        return DeLong.of(v, y, clusters.of(rows));
    }

    private Estimate estimate(DeLong area) {
        boolean logit = interval.equals("logit");
        return new Estimate(
                area.auc(),
                logit ? area.logitLow() : area.low(),
                logit ? area.logitHigh() : area.high());
    }

    private Map<String, Object> fields(DeLong area) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("auc", area.auc());
        fields.put("variance", area.variance());
        fields.put("ciLow", estimate(area).low());
        fields.put("ciHigh", estimate(area).high());
        return fields;
    }

    private String text(DeLong area) {
        String text = "AUC " + Shown.text(estimate(area));
        if (area.variance() == 0) {
            text += "; no overlap, so the interval says nothing";
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
                        values.get(name),
                        table.event(),
                        clusters,
                        axis,
                        range[0],
                        range[1],
                        bootstrap.draws,
                        bootstrap.seed);
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
                        + Shown.text(new Estimate(part.area(), part.low(), part.high()), 4)
                        + ", "
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
                DeLong.Pair pair = DeLong.compare(first, second, table.event(), clusters);
                Estimate difference = new Estimate(pair.difference(), pair.low(), pair.high());
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
                                + Shown.text(difference)
                                + ", z = "
                                + Numbers.fixed(pair.z(), 2)
                                + ", "
                                + Shown.p(pair.p()));
            }
        }
        return pairs;
    }

    private List<Object> groups(List<String> lines) {
        List<Object> groups =
                subgroups.of(
                        table,
                        (group, rows) -> {
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
