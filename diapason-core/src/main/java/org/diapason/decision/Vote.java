package org.diapason.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.diapason.step.Default;

/**
 * Counts votes: yes where more than half of the weight of those who speak says yes, no where less,
 * unknown at a draw. A probability or score votes yes from its cut on.
 *
 * <p>Nitzan and Paroush 1982, International Economic Review 23(2):289–297, doi:10.2307/2526438,
 * show that {@code ln(p/(1 − p))} of an expert who is right with probability p is the best weight
 * of independent ones; weights are not learned here.
 *
 * @param experts who votes; all where none are named
 * @param weights of experts; 1 of those not named
 * @param quorum the share of all weight that must speak, 0 to 1
 */
public record Vote(
        List<String> experts, SortedMap<String, Double> weights, @Default("0.5") double quorum)
        implements DecisionRule {
    /** Weights such as 0.1 + 0.2 and 0.3 are equal. */
    private static final double ROUNDING = 1e-12;

    public Vote {
        experts = List.copyOf(experts);
        weights.forEach(
                (name, w) -> {
                    if (!(w >= 0 && Double.isFinite(w))) {
                        throw new IllegalArgumentException(
                                "the weight of " + name + " must not be negative, got " + w);
                    }
                });
        if (!(quorum >= 0 && quorum <= 1)) {
            throw new IllegalArgumentException("quorum must be 0 to 1, got " + quorum);
        }
    }

    @Override
    public List<String> named() {
        List<String> all = new ArrayList<>(experts);
        all.addAll(weights.keySet());
        return all;
    }

    @Override
    public Combined over(Panel panel) {
        List<String> names = panel.experts(this);
        Map<String, Double> own = new LinkedHashMap<>();
        double whole = 0;
        for (String name : names) {
            own.put(name, weights.getOrDefault(name, 1.0));
            whole += own.get(name);
        }
        if (!(whole > 0)) {
            throw new IllegalArgumentException("weights must not all be 0");
        }
        Combined all = Combined.of(panel.size()).with(own);
        Answer[] answers = new Answer[panel.size()];
        for (int r = 0; r < answers.length; r++) {
            String problem = panel.unreadable(names, r);
            answers[r] = problem == null ? count(panel, own, whole, r, all) : Answer.REFUSED;
            if (problem != null) {
                all.refuse(r, problem);
            }
        }
        return all.with(answers);
    }

    private Answer count(
            Panel panel, Map<String, Double> own, double whole, int row, Combined into) {
        double spoken = 0;
        double yes = 0;
        for (Map.Entry<String, Double> w : own.entrySet()) {
            double said = panel.said(w.getKey())[row];
            if (!Double.isNaN(said)) {
                spoken += w.getValue();
                yes += said >= panel.cut(w.getKey()) ? w.getValue() : 0;
            }
        }
        if (spoken == 0 || spoken < (quorum - ROUNDING) * whole) {
            into.reason()[row] = spoken == 0 ? Bayes.NOTHING : "too few experts speak";
            return Answer.UNKNOWN;
        }
        into.score()[row] = yes / spoken;
        if (Math.abs(yes * 2 - spoken) <= ROUNDING * spoken) {
            into.reason()[row] = "the votes are even";
            return Answer.UNKNOWN;
        }
        return Answer.of(yes * 2 > spoken);
    }
}
