package org.diapason.stats;

/**
 * How far many raters agree beyond chance; subjects may be rated by some of them only.
 *
 * <p>{@code (P̄ − Pₑ)/(1 − Pₑ)}. With r of a subject's ratings, r_k of them in category k, and
 * weights v: P̄ is the mean of {@code Σ_k r_k (Σ_l v_kl r_l − 1)/(r (r − 1))} over subjects rated
 * twice or more, π the mean shares {@code r_k/r} of the categories over all subjects. Chance is
 * Fleiss' {@code Σ v_kl π_k π_l} (1971, Psychological Bulletin 76(5):378–382, doi:10.1037/h0031619)
 * or Gwet's {@code Σ v_kl Σ π_k (1 − π_k)/(q (q − 1))} of q categories, which does not fall where
 * one category is rare: AC1, and AC2 with weights (Gwet 2008, British Journal of Mathematical and
 * Statistical Psychology 61(1):29–48, doi:10.1348/000711006X126600).
 *
 * <p>The standard error is linearised over subjects (Gwet 2014, Handbook of Inter-Rater
 * Reliability, 4th edition, chapter 5), the interval Student's with subjects − 1. The one without
 * agreement beyond chance, for the test of Fleiss' κ, is that of Fleiss, Nee and Landis 1979,
 * Psychological Bulletin 86(5):974–977; it is NaN where subjects are rated differently often, with
 * weights, and for Gwet's.
 *
 * @param subjects rated at least once
 * @param observed P̄
 * @param chance Pₑ
 * @param value the agreement beyond chance; NaN where chance agrees wholly
 * @param standardError over subjects
 * @param nullStandardError of κ where there is no agreement beyond chance
 */
public record RaterAgreement(
        int subjects,
        double observed,
        double chance,
        double value,
        double standardError,
        double nullStandardError) {

    /** What raters would agree on who guess. */
    public enum Chance {
        FLEISS,
        GWET
    }

    /**
     * Returns the agreement in counts per subject (rows) and category (columns).
     *
     * @throws IllegalArgumentException if fewer than 2 subjects are rated twice, there are fewer
     *     than 2 categories, or a count is negative
     */
    public static RaterAgreement of(int[][] counts, Kappa.Weights weights, Chance kind) {
        int q = counts.length == 0 ? 0 : counts[0].length;
        int subjects = 0;
        int twice = 0;
        boolean even = weights == Kappa.Weights.NONE && kind == Chance.FLEISS;
        int[] rated = new int[counts.length];
        int raters = 0;
        for (int s = 0; s < counts.length; s++) {
            for (int count : counts[s]) {
                if (count < 0 || counts[s].length != q) {
                    throw new IllegalArgumentException(
                            "subject "
                                    + (s + 1)
                                    + ": counts of categories must be 0 or more, of each");
                }
                rated[s] += count;
            }
            subjects += rated[s] > 0 ? 1 : 0;
            twice += rated[s] > 1 ? 1 : 0;
            raters = Math.max(raters, rated[s]);
        }
        if (twice < 2 || q < 2) {
            throw new IllegalArgumentException(
                    "agreement of raters needs 2 categories and 2 subjects rated twice, got "
                            + q
                            + " and "
                            + twice);
        }
        double[] share = new double[q];
        for (int s = 0; s < counts.length; s++) {
            even &= rated[s] == raters;
            for (int c = 0; c < q && rated[s] > 0; c++) {
                share[c] += counts[s][c] / ((double) rated[s] * subjects);
            }
        }
        double[][] v = weights.matrix(q);
        double[] price = new double[q]; // what a rating of a category adds to chance
        double chance = 0;
        for (int c = 0; c < q; c++) {
            price[c] = price(c, v, share, kind);
            chance += share[c] * price[c];
        }
        double[] own = new double[counts.length];
        double observed = 0;
        for (int s = 0; s < counts.length; s++) {
            own[s] = rated[s] > 1 ? agreeing(counts[s], v) / (rated[s] * (rated[s] - 1.0)) : 0;
            observed += own[s] / twice;
        }
        double rest = 1 - chance;
        double value = rest > 1e-15 ? (observed - chance) / rest : Double.NaN;
        double squares = 0;
        for (int s = 0; s < counts.length; s++) {
            double ownChance = 0;
            for (int c = 0; c < q && rated[s] > 0; c++) {
                ownChance += price[c] * counts[s][c] / rated[s];
            }
            double beyond = rated[s] > 1 ? (double) subjects / twice * (own[s] - chance) / rest : 0;
            double influence = beyond - 2 * (1 - value) * (ownChance - chance) / rest - value;
            squares += rated[s] > 0 ? influence * influence : 0;
        }
        return new RaterAgreement(
                subjects,
                observed,
                chance,
                value,
                Math.sqrt(squares / (subjects * (subjects - 1.0))),
                even ? nullError(share, subjects, raters) : Double.NaN);
    }

    private static double price(int c, double[][] v, double[] share, Chance kind) {
        double sum = 0;
        if (kind == Chance.FLEISS) {
            for (int l = 0; l < share.length; l++) {
                sum += (v[c][l] + v[l][c]) / 2 * share[l];
            }
            return sum;
        }
        for (double[] row : v) {
            for (double w : row) {
                sum += w;
            }
        }
        return sum * (1 - share[c]) / (share.length * (share.length - 1.0));
    }

    private static double agreeing(int[] counts, double[][] v) {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            double near = 0;
            for (int l = 0; l < counts.length; l++) {
                near += v[c][l] * counts[l];
            }
            sum += counts[c] * (near - 1);
        }
        return sum;
    }

    private static double nullError(double[] share, int subjects, int raters) {
        double rest = 0;
        double skew = 0;
        for (double p : share) {
            rest += p * (1 - p);
            skew += p * (1 - p) * (1 - 2 * p);
        }
        double pairs = subjects * (double) raters * (raters - 1);
        return Math.sqrt(2 * (rest * rest - skew) / pairs) / rest;
    }

    /** Returns it with its interval of 95 %. */
    public Estimate estimate() {
        return Estimate.of(value, standardError, Students.t95(subjects - 1));
    }

    /** Returns how likely a κ at least as far from 0 is without agreement beyond chance. */
    public double p() {
        return Normals.twoSided(value / nullStandardError);
    }
}
