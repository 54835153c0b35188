package org.diapason.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.app.report.TaskPage;
import org.diapason.catalogue.Settings;
import org.diapason.gate.LabelShift;
import org.diapason.gate.NetBenefit;
import org.diapason.gate.Recalibration;
import org.diapason.gate.Threshold;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.io.run.Json;
import org.diapason.stats.Calibration;
import org.diapason.stats.Clusters;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason calibrate}: whether probabilities are those with which events happen. */
@Command(
        name = "calibrate",
        description =
                "Say whether predicted probabilities are those with which events happen, with intervals"
                        + " of 95 %%, and learn the map that makes them so.",
        footer = {
            "",
            "slope and intercept: joint logistic fit on logit p (1 and 0 where right); in the large: the"
                    + " intercept with slope 1; for these and the log loss p of 0 and 1 is moved by 1e-12"
                    + " and counted.",
            "ECE: ten bins of equal width. ICI: mean distance from a loess curve (span 0.75, degree 2).",
            "Example: diapason calibrate table.csv --label y --probability p --recalibrate auto"
                    + " --out recalibration.json"
        })
final class CalibrateCommand implements Callable<Integer> {

    @Mixin OutcomeOptions outcome = new OutcomeOptions();

    @Mixin ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--probability",
            required = true,
            paramLabel = "COLUMN",
            description = "The predicted probability of the event, 0 to 1.")
    String probability;

    @Option(
            names = "--with",
            paramLabel = "JSON",
            description = "Recalibrate by this file first, one that --out wrote for other rows.")
    Path with;

    @Option(
            names = "--recalibrate",
            paramLabel = "METHOD",
            description =
                    "Learn a map: auto (by the number of events), intercept, temperature, firth,"
                            + " logistic, platt, beta or isotonic.")
    String recalibrate;

    @Option(names = "--out", paramLabel = "JSON", description = "Where to write the learned map.")
    Path out;

    @Option(
            names = "--table",
            paramLabel = "CSV",
            description = "Write the table with one more column, the recalibrated probability.")
    Path recalibrated;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            split = ",",
            description = "Net benefit of acting where p ≥ T, with commas between.")
    List<Double> thresholds = new ArrayList<>();

    @Option(
            names = "--cost",
            paramLabel = "FP:FN",
            description = "What a false alarm and a miss cost, 1:4; adds the threshold it implies.")
    String cost;

    @Option(
            names = "--target",
            paramLabel = "CSV",
            description =
                    "Rows of another site without labels: how common the event is there, and whether"
                            + " only that changed.")
    Path target;

    @Mixin DrawOptions bootstrap = new DrawOptions(200);

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Write reliability diagram and decision curve as a page.")
    Path report;

    @Mixin SubgroupOptions subgroups = new SubgroupOptions();

    @Override
    public Integer call() throws IOException {
        check();
        LabelledTable table = outcome.read(List.of(probability), cluster.with(subgroups.by));
        double[] p = mapped(table.number(probability));
        boolean[] event = table.event();
        Clusters clusters = cluster.of(table, outcome);
        List<String> lines = outcome.lines;
        Map<String, Object> fields = outcome.fields;
        Calibration c = Calibration.of(p, event, clusters, bootstrap.draws, bootstrap.seed);
        fields.putAll(CalibrationText.fields(c));
        bootstrap.put(fields);
        lines.addAll(CalibrationText.lines(c));
        netBenefit(p, event, clusters);
        if (!subgroups.by.isEmpty()) {
            groups(table, p, clusters);
        }
        if (target != null) {
            shift(p, event, CalibrationText.calibrated(c));
        }
        if (recalibrate != null) {
            learn(table, p);
        }
        if (report != null) {
            TaskPage.calibration(report, probability, p, event, clusters, lines);
            lines.add("report: " + report);
        }
        return outcome.answer();
    }

    /** Returns probabilities as the map of --with has them. */
    private double[] mapped(double[] p) {
        return with == null ? p : Settings.read(Recalibration.class, Json.read(with)).apply(p);
    }

    private void check() {
        subgroups.check();
        bootstrap.check();
        if (recalibrate == null && (out != null || recalibrated != null)) {
            throw new IllegalArgumentException(
                    "--out and --table write what --recalibrate learns; add --recalibrate auto.");
        }
        if (recalibrate != null && out == null && recalibrated == null) {
            throw new IllegalArgumentException(
                    "--recalibrate needs --out, where to write the map.");
        }
        if (recalibrate != null && with != null) {
            throw new IllegalArgumentException(
                    "--with and --recalibrate exclude each other: learn from the model's own"
                            + " probabilities.");
        }
    }

    private void netBenefit(double[] p, boolean[] event, Clusters clusters) {
        List<Double> all = new ArrayList<>(thresholds);
        if (cost != null) {
            Costs costs = Costs.parse(cost);
            double t = Threshold.ofProbability(costs.falsePositive(), costs.falseNegative());
            outcome.fields.put("costThreshold", t);
            outcome.lines.add("costs " + cost + ": act where p ≥ " + Numbers.fixed(t, 3));
            if (t > 0 && t < 1) {
                all.add(t);
            }
        }
        List<Object> worth = new ArrayList<>();
        for (double t : all) {
            NetBenefit n = NetBenefit.of(p, event, clusters, t);
            worth.add(CalibrationText.fields(n));
            outcome.lines.add(CalibrationText.line(n));
        }
        if (!worth.isEmpty()) {
            outcome.fields.put("netBenefit", worth);
        }
    }

    private void groups(LabelledTable table, double[] p, Clusters clusters) {
        Map<String, Calibration> found = new HashMap<>();
        Map<String, int[]> cells = table.cells(subgroups.by);
        List<Object> groups =
                subgroups.of(
                        table,
                        (name, rows) -> {
                            Calibration own =
                                    Calibration.of(
                                            LabelledTable.of(p, rows),
                                            LabelledTable.of(table.event(), rows),
                                            clusters.of(rows),
                                            bootstrap.draws,
                                            bootstrap.seed);
                            found.put(name, own);
                            return CalibrationText.fields(own);
                        });
        outcome.fields.put("smallest", subgroups.smallest);
        outcome.fields.put("by", groups);
        for (String name : cells.keySet()) {
            outcome.lines.add(
                    found.containsKey(name)
                            ? CalibrationText.line(name, found.get(name))
                            : subgroups.withheld(name));
        }
    }

    private void shift(double[] p, boolean[] event, boolean calibrated) {
        double[] there = mapped(LabelledTable.column(target, probability));
        LabelShift shift = LabelShift.of(p, event, there, bootstrap.draws, bootstrap.seed);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("n", there.length);
        own.put("source", shift.source());
        Shown.put(own, "prevalence", shift.target());
        own.put("distance", shift.distance());
        own.put("p", shift.p());
        own.put("labelShift", shift.holds());
        own.put("sourceCalibrated", calibrated);
        outcome.fields.put("target", own);
        outcome.lines.add(
                "events in "
                        + target.getFileName()
                        + ": "
                        + Shown.text(shift.target())
                        + (shift.holds()
                                ? ", if only their share changed ("
                                : "; not to be used: more than their share changed (")
                        + Shown.p(shift.p())
                        + ")");
        if (!calibrated) {
            outcome.lines.add(
                    "that share needs calibrated probabilities, and those of the source are not: learn a"
                            + " map with --recalibrate on other rows and give it by --with");
        }
    }

    private void learn(LabelledTable table, double[] p) throws IOException {
        List<String> lines = outcome.lines;
        Recalibration map =
                recalibrate.equals("auto")
                        ? Recalibration.choose(p, table.event())
                        : Recalibration.learn(method(), p, table.event());
        lines.add("recalibration: " + map.method().word() + ", " + map.reason());
        outcome.fields.put("recalibration", Settings.write(map));
        if (out != null) {
            byte[] text = Json.text(Settings.write(map)).getBytes(StandardCharsets.UTF_8);
            try {
                WholeFile.write(out, stream -> stream.write(text));
            } catch (IOException e) {
                throw InputFile.unwritable(out, e);
            }
            lines.add("written to " + out + "; judge it on other rows, with --with " + out);
        }
        if (recalibrated != null) {
            table.write(recalibrated, probability + "-recalibrated", map.apply(p));
            lines.add("table: " + recalibrated);
        }
    }

    private Recalibration.Method method() {
        for (Recalibration.Method known : Recalibration.Method.values()) {
            if (known.word().equals(recalibrate) && known != Recalibration.Method.NONE) {
                return known;
            }
        }
        throw new IllegalArgumentException(
                "--recalibrate needs auto, intercept, temperature, firth, logistic, platt, beta or isotonic, got \""
                        + recalibrate
                        + "\"");
    }
}
