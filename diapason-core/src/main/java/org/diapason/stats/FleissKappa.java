package org.diapason.stats;

/**
 * How far many raters agree beyond chance, each subject being rated equally often.
 *
 * <p>{@code κ = (P̄ − Pₑ)/(1 − Pₑ)}, P̄ the mean share of agreeing pairs of a subject's ratings and
 * Pₑ the sum of squared shares of the categories: Fleiss 1971, Psychological Bulletin
 * 76(5):378–382, doi:10.1037/h0031619. The standard error is linearised over subjects (Gwet 2014,
 * Handbook of Inter-Rater Reliability, 4th edition, equation 5.3.3); the one without agreement
 * beyond chance, for the test, is that of Fleiss, Nee and Landis 1979, Psychological Bulletin
 * 86(5):974–977.
 *
 * @param subjects how many
 * @param raters ratings of each
 * @param observed P̄
 * @param chance Pₑ
 * @param value κ; NaN where only one category is used
 * @param standardError of κ over subjects
 * @param nullStandardError of κ where there is no agreement beyond chance
 */
public record FleissKappa(
        int subjects,
        int raters,
        double observed,
        double chance,
        double value,
        double standardError,
        double nullStandardError) {

    /**
     * Returns the agreement in counts per subject (rows) and category (columns).
     *
     * @throws IllegalArgumentException if subjects are rated differently often, or fewer than twice
     */
    public static FleissKappa of(int[][] counts) {
        int n = counts.length;
        int raters = n == 0 ? 0 : java.util.Arrays.stream(counts[0]).sum();
        if (n < 2 || raters < 2) {
            throw new IllegalArgumentException(
                    "agreement of many raters needs 2 subjects rated twice, got "
                            + n
                            + " rated "
                            + raters
                            + " times");
        }
        double[] share = new double[counts[0].length];
        double[] own = new double[n];
        double observed = 0;
        for (int s = 0; s < n; s++) {
            double pairs = 0;
            int rated = 0;
            for (int c = 0; c < share.length; c++) {
                share[c] += (double) counts[s][c] / ((double) n * raters);
                pairs += counts[s][c] * (counts[s][c] - 1.0);
                rated += counts[s][c];
            }
            if (rated != raters) {
                throw new IllegalArgumentException(
                        "subject "
                                + (s + 1)
                                + " has "
                                + rated
                                + " ratings, the first "
                                + raters
                                + ". Leave out what not every subject has.");
            }
            own[s] = pairs / (raters * (raters - 1.0));
            observed += own[s] / n;
        }
        double chance = 0;
        double skew = 0;
        for (double p : share) {
            chance += p * p;
            skew += p * (1 - p) * (1 - 2 * p);
        }
        double rest = 1 - chance;
        double kappa = rest > 1e-15 ? (observed - chance) / rest : Double.NaN;
        double squares = 0;
        for (int s = 0; s < n; s++) {
            double ownChance = 0;
            for (int c = 0; c < share.length; c++) {
                ownChance += share[c] * counts[s][c] / raters;
            }
            double ownKappa =
                    (own[s] - chance) / rest - 2 * (1 - kappa) * (ownChance - chance) / rest;
            squares += (ownKappa - kappa) * (ownKappa - kappa);
        }
        double byChance =
                2 * (rest * rest - skew) / (n * (double) raters * (raters - 1) * rest * rest);
        return new FleissKappa(
                n,
                raters,
                observed,
                chance,
                kappa,
                Math.sqrt(squares / (n * (n - 1.0))),
                Math.sqrt(byChance));
    }

    /** Returns κ with its interval of 95 %. */
    public Estimate estimate() {
        return Estimate.of(value, standardError);
    }

    /** Returns how likely a κ at least as far from 0 is without agreement beyond chance. */
    public double p() {
        return Normals.twoSided(value / nullStandardError);
    }
}
