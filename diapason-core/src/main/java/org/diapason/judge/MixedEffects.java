package org.diapason.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.stats.LeastSquares;
import org.diapason.stats.MixedModel;
import org.diapason.stats.RandomTerm;
import org.diapason.stats.Students;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Formula;
import org.diapason.volume.ModelMatrix;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * A linear mixed model of one response by a {@link Formula}, with names: what {@link MixedModel}
 * finds, and tests of the fixed effects with Satterthwaite's degrees of freedom.
 *
 * @param rows how many rows were used
 * @param groups how many groups each grouping has
 * @param fixed the fixed effects
 * @param random the variances of the random effects
 * @param correlations of random effects within a group
 * @param residualVariance of what is left
 * @param criterion −2·log of the restricted likelihood (or of the likelihood)
 * @param restricted whether it is the restricted one
 * @param singular whether a variance is 0 or a correlation ±1
 * @param predicted best linear unbiased predictions of the random effects
 */
public record MixedEffects(
        int rows,
        Map<String, Integer> groups,
        List<Fixed> fixed,
        List<Variance> random,
        List<Correlation> correlations,
        double residualVariance,
        double criterion,
        boolean restricted,
        boolean singular,
        List<Predicted> predicted) {

    /** A fixed effect; {@code t} is estimate over error, {@code p} two-sided. */
    public record Fixed(
            String name, double estimate, double standardError, double df, double t, double p) {}

    /** Variance of a random effect over the groups. */
    public record Variance(String group, String term, double value) {}

    /** Correlation of two random effects; NaN where one has no variance. */
    public record Correlation(String group, String first, String second, double value) {}

    /** The random effect of one group. */
    public record Predicted(String group, String level, String term, double value) {}

    /** The levels of a grouping and the level of each row. */
    private record Grouping(String name, List<String> levels, int[] rows) {}

    /**
     * Fits the model.
     *
     * @param table the covariates and groups of every row, none missing
     * @param response one finite number per row; not modified
     * @param restricted whether to use the restricted likelihood
     * @throws RefusedException if the model cannot be told from its rows; the message names the
     *     column
     */
    public static MixedEffects of(
            FeatureTable table, double[] response, Formula formula, boolean restricted) {
        ModelMatrix matrix = ModelMatrix.of(table, formula.fixed());
        refuseDependent(matrix);
        List<RandomTerm> terms = new ArrayList<>();
        List<Grouping> groupings = new ArrayList<>();
        List<List<String>> names = new ArrayList<>();
        Map<String, Integer> groups = new LinkedHashMap<>();
        for (Formula.Random random : formula.random()) {
            Grouping grouping = grouping(table, random.group());
            groups.put(grouping.name(), grouping.levels().size());
            for (Formula.Terms part : parts(random)) {
                ModelMatrix columns = ModelMatrix.of(table, part);
                refuse(grouping, columns.names(), response.length);
                double[][] byColumn = new double[columns.names().size()][];
                for (int k = 0; k < byColumn.length; k++) {
                    byColumn[k] = columns.column(k);
                }
                terms.add(RandomTerm.of(grouping.rows(), byColumn));
                groupings.add(grouping);
                names.add(columns.names());
            }
        }
        MixedModel model = MixedModel.of(matrix.rows(), terms, restricted);
        MixedModel.Fit fit = model.fit(response);
        List<Variance> variances = new ArrayList<>();
        List<Correlation> correlations = new ArrayList<>();
        List<Predicted> predicted = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            MixedModel.Term term = fit.random().get(t);
            describe(groupings.get(t), names.get(t), term.covariance(), variances, correlations);
            predict(groupings.get(t), names.get(t), term.effects(), predicted);
        }
        return new MixedEffects(
                response.length,
                groups,
                fixed(matrix, fit, model.degreesOfFreedom(fit, response)),
                variances,
                correlations,
                fit.residualVariance(),
                fit.criterion(),
                restricted,
                fit.singular(),
                predicted);
    }

    /**
     * Returns the share of the variance that lies between the groups of a grouping: its intercepts'
     * variance over the sum of all intercepts' variances and the residual.
     *
     * @throws IllegalArgumentException if a slope varies, for then it depends on the covariate
     */
    public double icc(String group) {
        double own = 0;
        double all = residualVariance;
        for (Variance v : random) {
            if (!v.term().equals(ModelMatrix.INTERCEPT)) {
                throw new IllegalArgumentException(
                        "the share of "
                                + group
                                + " depends on "
                                + v.term()
                                + ", whose effect varies. Leave that random effect out.");
            }
            own += v.group().equals(group) ? v.value() : 0;
            all += v.value();
        }
        return own / all;
    }

    private static void refuseDependent(ModelMatrix matrix) {
        int dependent = LeastSquares.of(matrix.rows()).firstDependent();
        if (dependent < 0) {
            return;
        }
        List<String> before = matrix.names().subList(0, dependent);
        throw new RefusedException(
                "the effect of "
                        + matrix.names().get(dependent)
                        + (before.isEmpty()
                                ? " is 0 in every row"
                                : " cannot be told apart from " + String.join(", ", before))
                        + ". Leave a term out of the formula, or add rows in which they differ.");
    }

    private static void refuse(Grouping grouping, List<String> names, int rows) {
        int groups = grouping.levels().size();
        if (groups < 2) {
            throw new RefusedException(
                    "column "
                            + grouping.name()
                            + " is the same in every row, so groups cannot vary. Leave its term out"
                            + " of the formula.");
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "the random term of " + grouping.name() + " has no effect before its bar");
        }
        if (groups * names.size() >= rows) {
            throw new RefusedException(
                    "("
                            + String.join(" + ", names)
                            + " | "
                            + grouping.name()
                            + ") has "
                            + groups * names.size()
                            + " random effects for "
                            + rows
                            + " rows, so they cannot be told apart from the residual. Measure each "
                            + grouping.name()
                            + " more often, or leave an effect out.");
        }
    }

    /** A term whose effects are not correlated is one term for each. */
    private static List<Formula.Terms> parts(Formula.Random random) {
        if (random.correlated()) {
            return List.of(random.terms());
        }
        List<Formula.Terms> parts = new ArrayList<>();
        if (random.terms().intercept()) {
            parts.add(new Formula.Terms(true, List.of()));
        }
        random.terms().terms().forEach(t -> parts.add(new Formula.Terms(false, List.of(t))));
        return parts;
    }

    private static Grouping grouping(FeatureTable table, List<String> columns) {
        List<List<String>> labels = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            List<String> label = new ArrayList<>();
            for (String column : columns) {
                if (Design.missing(table, r, column)) {
                    throw new RefusedException(
                            table.exam(r)
                                    + ": column "
                                    + column
                                    + " is missing, and it names a group. Fill it in or leave this row"
                                    + " out.");
                }
                label.add(table.covariate(r, column));
            }
            labels.add(label);
        }
        // By the list and not by the joined text: p:1 of q and p of 1:q are two groups.
        Map<List<String>, Integer> index = new LinkedHashMap<>();
        labels.stream()
                .distinct()
                .sorted(Comparator.comparing((List<String> l) -> String.join(":", l)))
                .forEach(l -> index.put(l, index.size()));
        return new Grouping(
                String.join(":", columns),
                index.keySet().stream().map(l -> String.join(":", l)).toList(),
                labels.stream().mapToInt(index::get).toArray());
    }

    private static List<Fixed> fixed(ModelMatrix matrix, MixedModel.Fit fit, Numbers freedom) {
        List<Fixed> fixed = new ArrayList<>();
        for (int k = 0; k < matrix.names().size(); k++) {
            double error = fit.standardError(k);
            double t = fit.coefficients().get(k) / error;
            double df = freedom.get(k);
            fixed.add(
                    new Fixed(
                            matrix.names().get(k),
                            fit.coefficients().get(k),
                            error,
                            df,
                            t,
                            Students.twoSided(t, df)));
        }
        return fixed;
    }

    private static void describe(
            Grouping grouping,
            List<String> names,
            Numbers covariance,
            List<Variance> variances,
            List<Correlation> correlations) {
        int w = names.size();
        for (int k = 0; k < w; k++) {
            variances.add(new Variance(grouping.name(), names.get(k), covariance.get(k * w + k)));
        }
        for (int a = 0; a < w; a++) {
            for (int b = a + 1; b < w; b++) {
                double product = covariance.get(a * w + a) * covariance.get(b * w + b);
                double r = covariance.get(a * w + b) / Math.sqrt(product);
                correlations.add(
                        new Correlation(
                                grouping.name(),
                                names.get(a),
                                names.get(b),
                                Math.max(-1, Math.min(1, r))));
            }
        }
    }

    private static void predict(
            Grouping grouping, List<String> names, Numbers effects, List<Predicted> into) {
        for (int g = 0; g < grouping.levels().size(); g++) {
            for (int k = 0; k < names.size(); k++) {
                into.add(
                        new Predicted(
                                grouping.name(),
                                grouping.levels().get(g),
                                names.get(k),
                                effects.get(g * names.size() + k)));
            }
        }
    }
}
