package org.diapason.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.stats.Logistic;
import org.diapason.step.Default;

/**
 * Adds the log likelihood ratios of experts to the log odds of the prior: {@code logit P = logit π
 * + Σ wᵢ λᵢ}, the weights w by how far they repeat each other.
 *
 * <p>An expert that says nothing in a row adds nothing: that it is missing is taken to say nothing
 * of the finding.
 *
 * <p>Good 1950, Probability and the Weighing of Evidence, Griffin, chapter 6; with weights it is
 * the logarithmic pool of Genest and Zidek 1986, Statistical Science 1(1):114–135,
 * doi:10.1214/ss/1177013825.
 *
 * @param experts whose evidence; all where none are named
 * @param dependence how far they repeat each other: fitted, independent, or shrink
 */
public record Bayes(List<String> experts, @Default("fitted") Dependence dependence)
        implements DecisionRule {
    static final String NOTHING = "no expert says anything";

    public Bayes {
        experts = List.copyOf(experts);
    }

    @Override
    public Combined over(Panel panel) {
        Pooled pooled = new Pooled(panel, this, dependence);
        Combined all = Combined.of(panel.size()).with(pooled.weights());
        double[] p = new double[panel.size()];
        double prior = panel.logPrior();
        for (int r = 0; r < p.length; r++) {
            double sum = 0;
            for (double ratio : pooled.ratios(r, all)) {
                sum += ratio;
            }
            all.score()[r] = all.reason()[r] == null ? sum : Double.NaN;
            p[r] = Logistic.probability(prior + all.score()[r]);
        }
        return all.with(p);
    }

    /** Log likelihood ratios of the experts of a rule, discounted for what they repeat. */
    static final class Pooled {
        private final Panel panel;
        private final List<String> names;
        private final double[][] ratios;
        private final Discount discount;

        Pooled(Panel panel, DecisionRule rule, Dependence dependence) {
            this.panel = panel;
            names = panel.experts(rule);
            ratios = new double[names.size()][];
            for (int e = 0; e < ratios.length; e++) {
                ratios[e] = panel.ratios(names.get(e));
            }
            discount = panel.discount(names, dependence);
        }

        /** Returns the weight of every expert where all say something. */
        Map<String, Double> weights() {
            boolean[] all = new boolean[names.size()];
            java.util.Arrays.fill(all, true);
            double[] w = discount.weights(all);
            Map<String, Double> weights = new LinkedHashMap<>();
            for (int e = 0; e < w.length; e++) {
                weights.put(names.get(e), panel.evidence(names.get(e)).silent() ? 0 : w[e]);
            }
            return weights;
        }

        /**
         * Returns the ratios of a row; none where it is unknown or refused, which is noted with its
         * reason.
         */
        double[] ratios(int row, Combined into) {
            String problem = panel.unusable(names, row);
            if (problem != null) {
                into.refuse(row, problem);
                return new double[0];
            }
            boolean[] present = new boolean[ratios.length];
            boolean any = false;
            for (int e = 0; e < present.length; e++) {
                present[e] =
                        !Double.isNaN(ratios[e][row]) && !panel.evidence(names.get(e)).silent();
                any |= present[e];
            }
            if (!any) {
                into.reason()[row] = NOTHING;
                return new double[0];
            }
            double[] w = discount.weights(present);
            double[] own = new double[present.length];
            for (int e = 0; e < own.length; e++) {
                own[e] = present[e] ? w[e] * ratios[e][row] : 0;
            }
            return own;
        }
    }
}
