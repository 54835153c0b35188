package org.diapason.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.diapason.step.Default;

/**
 * Adds belief instead of probability: every expert commits belief to one side by the weight of its
 * evidence and leaves the rest open ({@link Mass#of}), the prior is one more, and what is given to
 * both sides at once is conflict K. The probability is the pignistic one, half of what stays open
 * on each side.
 *
 * <p>By Dempster's rule K is left out, which is where certain experts that contradict each other
 * give odd answers (Zadeh 1979); by Yager's it becomes ignorance. K of the experts alone is said
 * for every row.
 *
 * @param experts whose evidence; all where none are named
 * @param dependence how far they repeat each other: fitted, independent, or shrink. The rule holds
 *     for distinct evidence, so what is repeated is discounted first
 * @param reliability of experts, 0 to 1: the share of their mass that counts, the rest becomes
 *     ignorance (Shafer 1976, chapter 11); 1 of those not named
 * @param conflict what becomes of K: dempster or yager
 */
public record DempsterShafer(
        List<String> experts,
        @Default("fitted") Dependence dependence,
        SortedMap<String, Double> reliability,
        @Default("dempster") Mass.Normalisation conflict)
        implements DecisionRule {
    public DempsterShafer {
        experts = List.copyOf(experts);
        reliability.forEach(
                (name, r) -> {
                    if (!(r >= 0 && r <= 1)) {
                        throw new IllegalArgumentException(
                                "reliability of " + name + " must be 0 to 1, got " + r);
                    }
                });
    }

    @Override
    public List<String> named() {
        List<String> all = new ArrayList<>(experts);
        all.addAll(reliability.keySet());
        return all;
    }

    @Override
    public Combined over(Panel panel) {
        Bayes.Pooled pooled = new Bayes.Pooled(panel, this, dependence);
        List<String> names = panel.experts(this);
        Combined all = Combined.of(panel.size()).with(pooled.weights());
        Mass prior = Mass.of(panel.logPrior());
        Mass[] masses = new Mass[panel.size()];
        double[] p = new double[panel.size()];
        Arrays.fill(p, Double.NaN);
        for (int r = 0; r < p.length; r++) {
            double[] ratios = pooled.ratios(r, all);
            if (all.reason()[r] != null) {
                continue;
            }
            Mass experts = Mass.VACUOUS;
            for (int e = 0; e < ratios.length; e++) {
                double counts = reliability.getOrDefault(names.get(e), 1.0);
                experts = experts.and(Mass.of(ratios[e]).discounted(counts));
            }
            Mass open = experts.and(prior);
            if (open.contradicts() && conflict == Mass.Normalisation.DEMPSTER) {
                all.refuse(r, "the experts contradict each other wholly, and nothing is left");
                continue;
            }
            Mass m = open.normalised(conflict);
            masses[r] = new Mass(m.yes(), m.no(), m.either(), experts.conflict());
            p[r] = m.pignistic();
            all.score()[r] = StrictMath.log(p[r] / (m.no() + m.either() / 2));
        }
        return all.with(p).with(masses);
    }
}
