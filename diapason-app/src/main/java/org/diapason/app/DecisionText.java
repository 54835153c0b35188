package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.catalogue.Settings;
import org.diapason.decision.Answer;
import org.diapason.decision.Decisions;
import org.diapason.decision.Evidence;
import org.diapason.decision.Judged;
import org.diapason.stats.Calibration;
import org.diapason.stats.DeLong;
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;

/** Decisions and what they are worth, for people and as JSON. */
final class DecisionText {
    private final Decisions decisions;
    private final Judged judged;

    DecisionText(Decisions decisions, Judged judged) {
        this.decisions = decisions;
        this.judged = judged;
    }

    private int calibrating() {
        int count = 0;
        for (int r = 0; r < decisions.readings().size(); r++) {
            count += decisions.calibrates(r) ? 1 : 0;
        }
        return count;
    }

    private int conflicting() {
        int count = 0;
        for (int r = 0; r < decisions.readings().size(); r++) {
            count += decisions.conflict(r) >= decisions.plan().conflict() ? 1 : 0;
        }
        return count;
    }

    private int withMissing() {
        int count = 0;
        for (int r = 0; r < decisions.readings().size(); r++) {
            count += decisions.missing(r).isEmpty() ? 0 : 1;
        }
        return count;
    }

    /** Returns what is printed. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int size = decisions.readings().size();
        lines.add(
                decisions.plan().finding()
                        + ": "
                        + size
                        + " rows, "
                        + calibrating()
                        + " calibrate, "
                        + decisions.judging().length
                        + " judge; "
                        + withMissing()
                        + " lack an expert, in "
                        + conflicting()
                        + " experts conflict");
        decisions.evidence().forEach((name, e) -> lines.add(line(name, e)));
        judged.experts().forEach((name, a) -> lines.add(name + ": " + text(a)));
        decisions.decided().forEach((name, d) -> lines(name, d, lines));
        return lines;
    }

    private static String line(String name, Evidence e) {
        String cap =
                e.errorRate().isPresent()
                        ? ", wrong where certain in 1 of "
                                + Numbers.fixed(1 / e.errorRate().getAsDouble(), 0)
                        : "";
        return "expert " + name + ": " + e.how() + cap;
    }

    private static String text(DeLong a) {
        return "AUC "
                + Shown.text(new Estimate(a.auc(), a.low(), a.high()))
                + " on "
                + (a.positives() + a.negatives())
                + " rows";
    }

    private void lines(String name, Decisions.Decided d, List<String> lines) {
        lines.add(
                "rule "
                        + name
                        + ": "
                        + d.count(Answer.YES)
                        + " yes, "
                        + d.count(Answer.NO)
                        + " no, "
                        + d.count(Answer.UNKNOWN)
                        + " unknown, "
                        + d.count(Answer.REFUSED)
                        + " refused");
        reasons(d)
                .forEach(
                        (reason, n) ->
                                lines.add("  " + n + (n == 1 ? " row: " : " rows: ") + reason));
        if (!d.weights().isEmpty()) {
            List<String> w = new ArrayList<>();
            d.weights().forEach((e, v) -> w.add(e + " " + Numbers.fixed(v, 2)));
            lines.add("  weights: " + String.join(", ", w));
        }
        Judged.OfRule j = judged.rules().get(name);
        if (j == null) {
            return;
        }
        lines.add("  " + text(j.area()));
        j.against()
                .forEach(
                        (expert, pair) ->
                                lines.add(
                                        "  "
                                                + name
                                                + " − "
                                                + expert
                                                + ": "
                                                + Shown.text(
                                                        new Estimate(
                                                                pair.difference(),
                                                                pair.low(),
                                                                pair.high()))
                                                + ", "
                                                + Shown.p(pair.p())));
        lines.add(
                "  sensitivity "
                        + share(j.hits(), j.misses())
                        + ", specificity "
                        + share(j.rejections(), j.falseAlarms())
                        + (j.undecided() > 0 ? ", " + j.undecided() + " rows undecided" : ""));
        j.calibration()
                .ifPresent(
                        c ->
                                lines.add(
                                        "  calibration: slope "
                                                + Shown.text(c.slope(), 2)
                                                + ", in the large "
                                                + Shown.text(c.inTheLarge(), 2)
                                                + ", Brier "
                                                + Numbers.fixed(c.brier().value(), 3)));
    }

    private static String share(int right, int wrong) {
        return right + wrong == 0 ? "none" : Shown.text(Estimate.ofShare(right, right + wrong));
    }

    /** Returns how many rows were not decided for which reason. */
    private static Map<String, Integer> reasons(Decisions.Decided d) {
        Map<String, Integer> reasons = new TreeMap<>();
        for (String reason : d.reason()) {
            if (reason != null) {
                reasons.merge(reason, 1, Integer::sum);
            }
        }
        return reasons;
    }

    /** Returns the same for machines. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("finding", decisions.plan().finding());
        fields.put("rows", decisions.readings().size());
        fields.put("calibrating", calibrating());
        fields.put("judging", decisions.judging().length);
        fields.put("missing", withMissing());
        fields.put("conflicting", conflicting());
        Map<String, Object> experts = new LinkedHashMap<>();
        for (String name : decisions.plan().experts().keySet()) {
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("finding", decisions.plan().experts().get(name).finding());
            Evidence e = decisions.evidence().get(name);
            own.put("evidence", e == null ? null : Settings.write(e));
            own.put("judged", area(judged.experts().get(name)));
            experts.put(name, own);
        }
        fields.put("experts", experts);
        Map<String, Object> rules = new LinkedHashMap<>();
        decisions.decided().forEach((name, d) -> rules.put(name, fields(name, d)));
        fields.put("rules", rules);
        return fields;
    }

    private static Map<String, Object> area(DeLong a) {
        if (a == null) {
            return null;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("auc", a.auc());
        fields.put("ciLow", a.low());
        fields.put("ciHigh", a.high());
        fields.put("variance", a.variance());
        fields.put("n", a.positives() + a.negatives());
        fields.put("events", a.positives());
        fields.put("clusters", a.clusters());
        return fields;
    }

    private Map<String, Object> fields(String name, Decisions.Decided d) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Answer a : Answer.values()) {
            fields.put(a.word(), d.count(a));
        }
        fields.put("reasons", reasons(d));
        fields.put("weights", d.weights());
        fields.put("calibration", d.calibration().map(Settings::write).orElse(null));
        Judged.OfRule j = judged.rules().get(name);
        fields.put("judged", j == null ? null : fields(j));
        return fields;
    }

    private static Map<String, Object> fields(Judged.OfRule j) {
        Map<String, Object> fields = new LinkedHashMap<>(area(j.area()));
        fields.put("hits", j.hits());
        fields.put("misses", j.misses());
        fields.put("rejections", j.rejections());
        fields.put("falseAlarms", j.falseAlarms());
        fields.put("undecided", j.undecided());
        j.calibration().ifPresent(c -> fields.put("calibration", fields(c)));
        Map<String, Object> against = new LinkedHashMap<>();
        j.against()
                .forEach(
                        (expert, pair) -> {
                            Map<String, Object> own = new LinkedHashMap<>();
                            own.put("difference", pair.difference());
                            own.put("ciLow", pair.low());
                            own.put("ciHigh", pair.high());
                            own.put("z", pair.z());
                            own.put("p", pair.p());
                            against.put(expert, own);
                        });
        fields.put("against", against);
        return fields;
    }

    private static Map<String, Object> fields(Calibration c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Shown.put(fields, "slope", c.slope());
        Shown.put(fields, "intercept", c.intercept());
        Shown.put(fields, "inTheLarge", c.inTheLarge());
        Shown.put(fields, "brier", c.brier());
        fields.put("logLoss", c.logLoss());
        return fields;
    }
}
