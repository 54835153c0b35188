package org.diapason.app;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.gate.Threshold;
import org.diapason.stats.Clusters;
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason threshold}: from which score on to act, given what errors cost. */
@Command(
        name = "threshold",
        description =
                "Say from which score on to act, given what a false alarm and a miss cost and how"
                        + " common the disease is, and what that reaches, with intervals of 95 %%.",
        footer = {
            "",
            "A row is called where score ≥ threshold. What the threshold reaches on the rows it was"
                    + " found on flatters it; what to expect of other rows is found on nine tenths of them and tried"
                    + " on the rest.",
            "Of calibrated probabilities the threshold is FP/(FP + FN) at once: calibrate --cost.",
            "Example: diapason threshold table.csv --label outcome --positive Poor --score s100b"
                    + " --cost 1:4 --prevalence 0.1"
        })
final class ThresholdCommand implements Callable<Integer> {

    @Mixin OutcomeOptions outcome = new OutcomeOptions();

    @Option(
            names = "--score",
            required = true,
            paramLabel = "COLUMN",
            description = "The score; high values speak for positive, unless --low is given.")
    String score;

    @Option(names = "--low", description = "Low values of the score speak for positive.")
    boolean low;

    @Option(
            names = "--cost",
            required = true,
            paramLabel = "FP:FN",
            description = "What a false alarm and a miss cost, as in 1:4.")
    String cost;

    @Option(
            names = "--prevalence",
            paramLabel = "SHARE",
            description =
                    "Share of positive rows where the score is to be used. Default: that of the table.")
    Double prevalence;

    @Mixin ClusterOption cluster = new ClusterOption();

    @Mixin DrawOptions bootstrap = new DrawOptions(1000);

    @Override
    public Integer call() throws IOException {
        Costs costs = Costs.parse(cost);
        bootstrap.check();
        LabelledTable table = outcome.read(List.of(score), cluster.with(List.of()));
        double[] values = table.number(score).clone();
        for (int r = 0; r < values.length && low; r++) {
            values[r] = -values[r];
        }
        Clusters clusters = cluster.of(table, outcome);
        double share = prevalence == null ? table.events() / (double) table.size() : prevalence;
        Threshold t =
                Threshold.ofScores(
                        values,
                        table.event(),
                        clusters,
                        costs.falsePositive(),
                        costs.falseNegative(),
                        share,
                        bootstrap.draws,
                        bootstrap.seed);
        answer(t, costs, share);
        return outcome.answer();
    }

    private void answer(Threshold t, Costs costs, double share) {
        Map<String, Object> fields = outcome.fields;
        Estimate at = low ? turned(t.value()) : t.value();
        double expected = t.expectedNetBenefit(costs.falseNegative(), share);
        double alarms =
                share * t.sensitivity().value() + (1 - share) * (1 - t.specificity().value());
        double best = Math.max(0, t.all());
        fields.put("costFalsePositive", costs.falsePositive());
        fields.put("costFalseNegative", costs.falseNegative());
        fields.put("prevalence", share);
        Shown.put(fields, "threshold", at);
        fields.put("act", act(at.value()));
        Shown.put(fields, "sensitivity", t.sensitivity());
        Shown.put(fields, "specificity", t.specificity());
        fields.put("expectedSensitivity", t.expectedSensitivity());
        fields.put("expectedSpecificity", t.expectedSpecificity());
        fields.put("cost", t.cost());
        fields.put("expectedCost", t.expectedCost());
        fields.put("calledOf100", 100 * alarms);
        Shown.put(fields, "netBenefit", t.netBenefit());
        fields.put("expectedNetBenefit", expected);
        fields.put("netBenefitOfAll", t.all());
        fields.put("expectedGain", expected - best);
        bootstrap.put(fields);
        List<String> lines = outcome.lines;
        lines.add(
                "costs "
                        + cost
                        + ", prevalence "
                        + Numbers.fixed(share, 3)
                        + (prevalence == null ? " (that of the table)" : ""));
        lines.add(
                Double.isInfinite(at.value())
                        ? "act on " + act(at.value()) + ": no threshold costs less"
                        : "act where " + score + (low ? " ≤ " : " ≥ ") + Shown.text(at, 4));
        lines.add(
                rate("sensitivity", t.sensitivity(), t.expectedSensitivity())
                        + "; "
                        + rate("specificity", t.specificity(), t.expectedSpecificity()));
        lines.add("called of 100 rows: " + Numbers.fixed(100 * alarms, 1));
        lines.add(
                costs.falseNegative() == 0
                        ? "net benefit: none, as a miss costs nothing"
                        : rate("net benefit", t.netBenefit(), expected)
                                + "; acting on all "
                                + Numbers.fixed(t.all(), 3)
                                + ", on nobody 0"
                                + (expected > best ? "" : ": to be expected no better than that"));
    }

    /** Returns whom the threshold calls. */
    private String act(double threshold) {
        boolean all = threshold == (low ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        return all ? "all" : Double.isInfinite(threshold) ? "nobody" : "some";
    }

    private static Estimate turned(Estimate e) {
        return new Estimate(-e.value(), -e.high(), -e.low());
    }

    private static String rate(String name, Estimate found, double expected) {
        return name
                + " "
                + Shown.text(found)
                + ", expected of other rows "
                + Numbers.fixed(expected, 3);
    }
}
