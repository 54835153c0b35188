package org.diapason.app;

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
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

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
                    "The level of the label that is the event. Default: 1, where it is 0 and 1.")
    String positive;

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
                    "Learn a map: auto (by the number of events), intercept, logistic, platt, beta or"
                            + " isotonic.")
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

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Bootstrap draws for ECE, ICI and --target. Default: 200.")
    int draws = 200;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the bootstrap. Default: 1.")
    long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Write reliability diagram and decision curve as a page.")
    Path report;

    @Mixin SubgroupOptions subgroups = new SubgroupOptions();

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    private final List<String> lines = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        common.start();
        check();
        LabelledTable table =
                new LabelledTable(file, label, positive, List.of(probability), subgroups.by);
        double[] p = mapped(table.number(probability));
        lines.addAll(table.lines());
        Map<String, Object> fields = new LinkedHashMap<>();
        table.put(fields);
        Calibration c = Calibration.of(p, table.event(), draws, seed);
        fields.putAll(fields(c));
        fields.put("draws", draws);
        fields.put("seed", seed);
        lines.addAll(text(c));
        netBenefit(p, table.event(), fields);
        if (!subgroups.by.isEmpty()) {
            groups(table, p, fields);
        }
        if (target != null) {
            shift(p, table.event(), fields);
        }
        if (recalibrate != null) {
            learn(table, p, fields);
        }
        if (report != null) {
            TaskPage.calibration(report, probability, p, table.event(), lines);
            lines.add("report: " + report);
        }
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }

    /** Returns probabilities as the map of --with has them. */
    private double[] mapped(double[] p) {
        return with == null ? p : Settings.read(Recalibration.class, Json.read(with)).apply(p);
    }

    private void check() {
        subgroups.check();
        if (draws < 100) {
            throw new IllegalArgumentException("--draws must be at least 100, got " + draws);
        }
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

    private static void put(Map<String, Object> fields, String name, Estimate e) {
        fields.put(name, e.value());
        fields.put(name + "Low", e.low());
        fields.put(name + "High", e.high());
    }

    private static Map<String, Object> fields(Calibration c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("n", c.n());
        fields.put("events", c.events());
        fields.put("clipped", c.clipped());
        put(fields, "brier", c.brier());
        fields.put("scaledBrier", c.scaledBrier());
        fields.put("logLoss", c.logLoss());
        put(fields, "auc", new Estimate(c.auc().auc(), c.auc().low(), c.auc().high()));
        put(fields, "slope", c.slope());
        put(fields, "intercept", c.intercept());
        put(fields, "calibrationInTheLarge", c.inTheLarge());
        fields.put("observedOverExpected", c.observedOverExpected());
        put(fields, "ece", c.ece());
        put(fields, "ici", c.ici());
        fields.put("e90", c.e90());
        fields.put("eMax", c.eMax());
        fields.put("hosmerLemeshow", c.hosmerLemeshow());
        fields.put("hosmerLemeshowP", c.hosmerLemeshowP());
        return fields;
    }

    private static String text(String name, Estimate e) {
        return name
                + " "
                + Numbers.fixed(e.value(), 3)
                + " ("
                + Numbers.fixed(e.low(), 3)
                + " to "
                + Numbers.fixed(e.high(), 3)
                + ")";
    }

    private static List<String> text(Calibration c) {
        List<String> text = new ArrayList<>();
        if (c.clipped() > 0) {
            text.add(
                    c.clipped()
                            + " probabilities are 0 or 1; moved by 1e-12 where a logit is needed");
        }
        text.add(
                Double.isNaN(c.slope().value())
                        ? "slope and intercept: none, outcomes are separated or p is one number"
                        : text("slope", c.slope()) + ", " + text("intercept", c.intercept()));
        text.add(text("calibration in the large", c.inTheLarge()));
        text.add(text("Brier score", c.brier()) + ", scaled " + Numbers.fixed(c.scaledBrier(), 3));
        text.add(text("ECE", c.ece()) + ", " + text("ICI", c.ici()));
        text.add(text("AUC", new Estimate(c.auc().auc(), c.auc().low(), c.auc().high())));
        text.add(
                "Hosmer-Lemeshow "
                        + Numbers.fixed(c.hosmerLemeshow(), 2)
                        + ", p = "
                        + Numbers.fixed(c.hosmerLemeshowP(), 3)
                        + " (shown, not judged)");
        return text;
    }

    private void netBenefit(double[] p, boolean[] event, Map<String, Object> fields) {
        List<Double> all = new ArrayList<>(thresholds);
        if (cost != null) {
            double t = threshold();
            fields.put("costThreshold", t);
            lines.add("costs " + cost + ": act where p ≥ " + Numbers.fixed(t, 3));
            if (t > 0 && t < 1) {
                all.add(t);
            }
        }
        List<Object> worth = new ArrayList<>();
        for (double t : all) {
            NetBenefit n = NetBenefit.of(p, event, t);
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("threshold", t);
            put(own, "model", n.model());
            put(own, "all", n.all());
            put(own, "gain", n.gain());
            own.put("avoidedOf100", n.avoidedOf100());
            worth.add(own);
            lines.add(
                    text("net benefit at " + Numbers.fixed(t, 3) + ":", n.model())
                            + ", acting on all "
                            + Numbers.fixed(n.all().value(), 3)
                            + "; "
                            + text("gain", n.gain()));
        }
        if (!worth.isEmpty()) {
            fields.put("netBenefit", worth);
        }
    }

    private double threshold() {
        String[] parts = cost.split(":", -1);
        if (parts.length != 2
                || Numbers.parse(parts[0]).isEmpty()
                || Numbers.parse(parts[1]).isEmpty()) {
            throw new IllegalArgumentException(
                    "--cost needs FP:FN, as in 1:4, got \"" + cost + "\"");
        }
        return Threshold.ofProbability(
                Numbers.parse(parts[0]).getAsDouble(), Numbers.parse(parts[1]).getAsDouble());
    }

    private void groups(LabelledTable table, double[] p, Map<String, Object> fields) {
        List<Object> groups =
                subgroups.of(
                        table,
                        rows -> {
                            double[] own = LabelledTable.of(p, rows);
                            boolean[] event = LabelledTable.of(table.event(), rows);
                            return fields(Calibration.of(own, event, draws, seed));
                        });
        fields.put("smallest", subgroups.smallest);
        fields.put("by", groups);
        for (Object group : groups) {
            Map<?, ?> own = (Map<?, ?>) group;
            lines.add(
                    Boolean.TRUE.equals(own.get("suppressed"))
                            ? subgroups.withheld(own.get("group"))
                            : own.get("group")
                                    + ": "
                                    + text("slope", estimate(own, "slope"))
                                    + ", "
                                    + text("in the large", estimate(own, "calibrationInTheLarge"))
                                    + ", "
                                    + text("AUC", estimate(own, "auc")));
        }
    }

    private static Estimate estimate(Map<?, ?> fields, String name) {
        return new Estimate(
                (Double) fields.get(name),
                (Double) fields.get(name + "Low"),
                (Double) fields.get(name + "High"));
    }

    private void shift(double[] p, boolean[] event, Map<String, Object> fields) {
        double[] there = mapped(LabelledTable.column(target, probability));
        LabelShift shift = LabelShift.of(p, event, there, draws, seed);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("n", there.length);
        own.put("source", shift.source());
        put(own, "prevalence", shift.target());
        own.put("distance", shift.distance());
        own.put("p", shift.p());
        own.put("labelShift", shift.holds());
        fields.put("target", own);
        lines.add(
                text("events in " + target.getFileName() + ":", shift.target())
                        + (shift.holds()
                                ? ", if only their share changed (p = "
                                        + Numbers.fixed(shift.p(), 3)
                                        + ")"
                                : "; not to be used: more than their share changed (p = "
                                        + Numbers.fixed(shift.p(), 3)
                                        + ")"));
    }

    private void learn(LabelledTable table, double[] p, Map<String, Object> fields)
            throws IOException {
        Recalibration map;
        if (recalibrate.equals("auto")) {
            map = Recalibration.choose(p, table.event());
        } else {
            map = Recalibration.learn(method(), p, table.event());
        }
        String word = map.method().name().toLowerCase(Locale.ROOT);
        lines.add("recalibration: " + word + ", " + map.reason());
        fields.put("recalibration", Settings.write(map));
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
            if (known.name().toLowerCase(Locale.ROOT).equals(recalibrate)
                    && known != Recalibration.Method.NONE) {
                return known;
            }
        }
        throw new IllegalArgumentException(
                "--recalibrate needs auto, intercept, temperature, firth, logistic, platt, beta or isotonic, got \""
                        + recalibrate
                        + "\"");
    }
}
