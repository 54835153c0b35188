package org.diapason.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Rng;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Experts whose truth is known, for tests. */
final class Panels {
    static final OptionalDouble NO = OptionalDouble.empty();
    static final Dependence INDEPENDENT = new Dependence.Independent();

    private Panels() {}

    static Expert score(String finding) {
        return new Expert.Score("s", finding, false, Expert.Curve.LOGISTIC, NO, NO);
    }

    static Expert posterior(double prior, OptionalDouble errorRate) {
        return new Expert.Posterior(
                "p", "x", OptionalDouble.of(prior), Optional.of("a study"), errorRate, 0.5);
    }

    static Expert label(double sensitivity, double specificity, OptionalDouble errorRate) {
        return new Expert.Label(
                "l",
                "x",
                OptionalDouble.of(sensitivity),
                OptionalDouble.of(specificity),
                Optional.empty(),
                Optional.empty(),
                errorRate);
    }

    static DecisionPlan plan(
            boolean truth, OptionalDouble prior, Map<String, Expert> experts, DecisionRule rule) {
        return new DecisionPlan(
                "x",
                truth
                        ? Optional.of(
                                new DecisionPlan.Truth(
                                        "y", Optional.empty(), Optional.empty(), 0.5, 1))
                        : Optional.empty(),
                prior,
                0.5,
                0.5,
                new TreeMap<>(experts),
                new TreeMap<>(Map.of("fused", rule)));
    }

    static Readings readings(Map<String, double[]> said, List<Answer> truth) {
        int size = said.values().iterator().next().length;
        return new Readings(
                size,
                said,
                Map.of(),
                truth,
                List.of(),
                r ->
                        new Row() {
                            @Override
                            public double number(String name) {
                                return said.get(name)[r];
                            }

                            @Override
                            public String text(String name) {
                                return "";
                            }

                            @Override
                            public Answer answer(String name) {
                                double v = number(name);
                                return Double.isNaN(v) ? Answer.UNKNOWN : Answer.of(v == 1);
                            }
                        });
    }

    /** One row without a truth, decided by stated experts. */
    static Decisions.Decided decide(
            double prior, DecisionRule rule, Map<String, Expert> experts, Map<String, Double> row) {
        Map<String, double[]> said = new HashMap<>();
        row.forEach((name, v) -> said.put(name, new double[] {v}));
        return Decisions.of(
                        plan(false, OptionalDouble.of(prior), experts, rule),
                        readings(said, List.of()))
                .decided()
                .get("fused");
    }

    /** A study of 1,000 + 1,000 rows to calibrate and as many to judge. */
    static Judged study(double[] d, double rho, long seed, DecisionRule rule) {
        return Judged.of(decisions(d, rho, seed, rule));
    }

    /**
     * Gaussian scores of separation d, correlated by rho within classes; half of the rows
     * calibrate.
     */
    static Decisions decisions(double[] d, double rho, long seed, DecisionRule rule) {
        return decisions(d, rho, seed, rule, s -> s);
    }

    /** The same of scores that are bent. */
    static Decisions decisions(
            double[] d, double rho, long seed, DecisionRule rule, DoubleUnaryOperator bent) {
        int n = 4000;
        Rng rng = new Rng(Rng.seed(seed, "study"));
        List<Answer> truth = new ArrayList<>(Collections.nCopies(n / 2, Answer.YES));
        truth.addAll(Collections.nCopies(n / 2, Answer.NO));
        double[][] s = new double[d.length][n];
        for (int r = 0; r < n; r++) {
            double shared = rng.nextGaussian();
            for (int e = 0; e < d.length; e++) {
                double own = rng.nextGaussian();
                double off = r < n / 2 ? d[e] : 0;
                s[e][r] =
                        bent.applyAsDouble(
                                Math.sqrt(rho) * shared + Math.sqrt(1 - rho) * own + off);
            }
        }
        SortedMap<String, Expert> experts = new TreeMap<>();
        Map<String, double[]> said = new HashMap<>();
        for (int e = 0; e < d.length; e++) {
            experts.put("e" + e, score("x"));
            said.put("e" + e, s[e]);
        }
        return Decisions.of(plan(true, NO, experts, rule), readings(said, truth));
    }

    static double phi(double z) {
        return new NormalDistribution().cumulativeProbability(z);
    }
}
