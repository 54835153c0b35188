package org.diapason.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * A linear mixed model for many responses on one design: y = X·β + Σ Z·b + ε, b ~ N(0, σ²·ΛΛ') per
 * group, by profiled restricted likelihood (REML), or by likelihood.
 *
 * <p>For given Λ everything else is solved exactly from sums per group ({@link MixedPoint}, {@link
 * MixedResponse}); Λ is then found by {@link Minimum} with exact derivatives. The sums of the
 * design are shared by all responses. A variance of 0 is a valid answer and is flagged ({@link
 * Fit#singular()}). A group of effects whose Λ'Λ is below 1e-8 of the noise counts as 0.
 *
 * <p>Method: Bates, Mächler, Bolker and Walker 2015, Journal of Statistical Software 67(1),
 * doi:10.18637/jss.v067.i01; degrees of freedom: Satterthwaite, as in Kuznetsova, Brockhoff and
 * Christensen 2017, doi:10.18637/jss.v082.i13.
 */
public final class MixedModel {
    /** Effects of other factors than the largest are solved densely, all together. */
    private static final int MOST_DENSE = 2000;

    final LeastSquares least;
    final MixedSums sums;
    private final MixedStart start;
    private final int terms;
    private final boolean reml;
    private final int n;
    final int p;

    private MixedModel(LeastSquares least, MixedSums sums, int terms, boolean reml) {
        this.least = least;
        this.sums = sums;
        start = new MixedStart(sums);
        this.terms = terms;
        this.reml = reml;
        n = least.rows();
        p = least.rank();
    }

    /**
     * Variances of one random term.
     *
     * @param covariance {@code k × k}, row by row
     * @param effects best linear unbiased predictions, {@code [group · k + column]}
     */
    public record Term(Numbers covariance, Numbers effects) {}

    /**
     * What one response gave.
     *
     * @param coefficients fixed effects
     * @param covariance of the fixed effects, {@code p × p}, row by row
     * @param random variances and predicted effects of every random term
     * @param residualVariance σ²
     * @param criterion −2·log of the restricted (or full) likelihood at its maximum
     * @param singular whether a variance is 0 or a correlation ±1
     * @param fitted X·β + Z·b of every row
     * @param theta Λ, in the columns of the sums
     * @param iterations steps of the search
     */
    public record Fit(
            Numbers coefficients,
            Numbers covariance,
            List<Term> random,
            double residualVariance,
            double criterion,
            boolean singular,
            Numbers fitted,
            Numbers theta,
            int iterations) {
        public Fit {
            random = List.copyOf(random);
        }

        /** Returns the standard error of a fixed effect. */
        public double standardError(int k) {
            return Math.sqrt(covariance.get(k * coefficients.size() + k));
        }
    }

    /**
     * Prepares a design.
     *
     * @param x fixed effects {@code [row][column]}, an intercept is a column of ones; not modified
     * @param random at least one term
     * @param reml restricted likelihood, else likelihood
     * @throws RefusedException if a fixed column is a sum of the ones before it, or the groups
     *     cannot be told apart from the residual
     */
    public static MixedModel of(double[][] x, List<RandomTerm> random, boolean reml) {
        if (random.isEmpty() || random.stream().anyMatch(t -> t.group.length != x.length)) {
            throw new IllegalArgumentException(
                    "a mixed model needs a random term, with a group for every one of its "
                            + x.length
                            + " rows");
        }
        LeastSquares least = LeastSquares.of(x);
        if (least.firstDependent() >= 0) {
            throw new RefusedException(
                    "mixed model: fixed column "
                            + (least.firstDependent() + 1)
                            + " is zero or a sum of the columns before it. Leave one of them out.");
        }
        if (x.length <= least.rank() + 1) {
            throw new RefusedException(
                    "mixed model: "
                            + x.length
                            + " rows are too few for "
                            + least.rank()
                            + " fixed effects and two variances. Add rows.");
        }
        List<GroupFactor> factors = new ArrayList<>(GroupFactor.of(random));
        factors.forEach(f -> check(f, x.length));
        factors.sort(Comparator.comparingInt(f -> -f.groups * f.width));
        MixedSums sums = new MixedSums(factors, least.basis());
        if (sums.others > MOST_DENSE) {
            throw new RefusedException(
                    "mixed model: the smaller groupings have "
                            + sums.others
                            + " random effects together, more than "
                            + MOST_DENSE
                            + ". Leave one of them out.");
        }
        return new MixedModel(least, sums, random.size(), reml);
    }

    private static void check(GroupFactor factor, int rows) {
        long used = Arrays.stream(factor.group).distinct().count();
        String who = "mixed model: random term " + (factor.term[0] + 1) + " has ";
        if (used < 2) {
            throw new RefusedException(
                    who + "one group, so groups cannot vary. Leave the term out.");
        }
        if (used * factor.width >= rows) {
            throw new RefusedException(
                    who
                            + used * factor.width
                            + " random effects for "
                            + rows
                            + " rows, so they cannot be told apart from the residual. Measure"
                            + " groups more often or leave an effect out.");
        }
    }

    /** Returns whether a response has anything left for variances beside the fixed effects. */
    public boolean varies(double[] y) {
        return varies(y, least.residuals(y));
    }

    private static boolean varies(double[] y, double[] residuals) {
        return squares(residuals) > 1e-24 * squares(y);
    }

    private static double squares(double[] v) {
        return Dot.of(v, 0, v, 0, v.length);
    }

    /**
     * Returns the fit of a response of finite numbers; not modified.
     *
     * @throws RefusedException if nothing is left beside the fixed or the random effects, or the
     *     search did not come to rest
     */
    public Fit fit(double[] y) {
        if (y.length != n) {
            throw new IllegalArgumentException(
                    "a response of " + y.length + " does not fit " + n + " rows");
        }
        double[] alone = y.clone();
        double[] along = least.along(alone);
        if (!varies(y, alone)) {
            throw new RefusedException(
                    "mixed model: the response is constant or a sum of the fixed effects, so there"
                            + " is no variance to divide. Leave it out.");
        }
        double scale = Math.sqrt(squares(alone));
        MixedResponse response = response(Arrays.stream(alone).map(v -> v / scale).toArray());
        MixedSearch search = new MixedSearch(start, response);
        MixedPoint point = new MixedPoint(sums).set(search.theta);
        response.solve(point);
        if (!(response.squares > 1e-13)) {
            throw new RefusedException(
                    "mixed model: the random effects explain all there is, so the residual variance"
                            + " is 0. Leave a random effect out.");
        }
        double variance = response.squares / degrees() * scale * scale;
        double criterion =
                response.logs(point)
                        + (reml ? least.logDeterminant() : 0)
                        + degrees() * (1 + StrictMath.log(2 * Math.PI * variance));
        double[] dense = response.denseEffects(point);
        Term[] random = new Term[terms];
        double[] fitted = new double[n];
        for (int r = 0; r < n; r++) {
            fitted[r] = y[r] - alone[r];
        }
        double[][] effects = response.randomEffects(point, dense);
        for (int f = 0; f < effects.length; f++) {
            GroupFactor factor = sums.factors.get(f);
            for (int i = 0; i < effects[f].length; i++) {
                effects[f][i] *= scale;
            }
            describe(factor, point.lambda[f], variance, effects[f], random);
            factor.addTo(fitted, effects[f]);
        }
        for (int k = 0; k < p; k++) {
            double b = dense[sums.others + k] * scale;
            along[k] += b;
            for (int r = 0; r < n; r++) {
                fitted[r] += b * least.basis()[k][r];
            }
        }
        least.toColumns(along);
        return new Fit(
                Numbers.of(along),
                Numbers.of(covariance(point, variance)),
                List.of(random),
                variance,
                criterion,
                search.singular,
                Numbers.of(fitted),
                Numbers.of(search.theta),
                search.iterations);
    }

    /** Returns the sums of what the fixed effects leave of a response. */
    MixedResponse response(double[] residuals) {
        return new MixedResponse(sums, reml, degrees(), residuals);
    }

    int degrees() {
        return reml ? n - p : n;
    }

    /** Returns variance × (X'V⁻¹X)⁻¹ = R⁻¹(Q'V⁻¹Q)⁻¹R⁻ᵀ, row by row. */
    double[] covariance(MixedPoint point, double variance) {
        double[] flat = point.inverse(sums.others, sums.dense);
        double[][] inverse = new double[p][];
        Arrays.setAll(inverse, k -> Arrays.copyOfRange(flat, k * p, k * p + p));
        double[] c = new double[p * p];
        for (double[] row : inverse) {
            least.toColumns(row);
        }
        double[] column = new double[p];
        for (int k = 0; k < p; k++) {
            for (int i = 0; i < p; i++) {
                column[i] = inverse[i][k];
            }
            least.toColumns(column);
            for (int i = 0; i < p; i++) {
                c[i * p + k] = column[i] * variance;
            }
        }
        return c;
    }

    private static void describe(
            GroupFactor factor, double[][] own, double variance, double[] effects, Term[] into) {
        double[][] turned = new double[factor.width][];
        for (int k = 0; k < own.length; k++) {
            double[] column = new double[own.length];
            for (int i = 0; i < own.length; i++) {
                column[i] = own[i][k];
            }
            turned[k] = factor.turned(column);
        }
        for (int t = 0; t < factor.term.length; t++) {
            int first = factor.start[t];
            int w = factor.start[t + 1] - first;
            double[] c = new double[w * w];
            for (int i = 0; i < w; i++) {
                for (int j = 0; j < w; j++) {
                    for (double[] column : turned) {
                        c[i * w + j] += column[first + i] * column[first + j] * variance;
                    }
                }
            }
            double[] e = new double[factor.groups * w];
            for (int g = 0; g < factor.groups; g++) {
                System.arraycopy(effects, g * factor.width + first, e, g * w, w);
            }
            into[factor.term[t]] = new Term(Numbers.of(c), Numbers.of(e));
        }
    }

    /**
     * Returns Satterthwaite's degrees of freedom of every fixed effect: 2·C²/(g'Ag), where C is its
     * variance, g the change of C with the parameters of variance and A their covariance, twice the
     * inverse of the Hessian of −2·log-likelihood.
     *
     * @param y the response of the fit
     */
    public Numbers degreesOfFreedom(Fit fit, double[] y) {
        return new Satterthwaite(this, fit, y).of();
    }
}
