package org.diapason.stats;

/**
 * The area under the ROC curve with its variance: how likely a positive row scores higher than a
 * negative one, equal scores counting half.
 *
 * <p>With the placements V of the m positive and n negative rows and the area θ, {@code variance =
 * Σ₊(V − θ)²/(m (m − 1)) + Σ₋(V − θ)²/(n (n − 1))}: DeLong, DeLong and Clarke-Pearson 1988,
 * Biometrics 44(3):837–845, doi:10.2307/2531595, by midranks as in Sun and Xu 2014, IEEE Signal
 * Processing Letters 21(11):1389–1393, doi:10.1109/LSP.2014.2337313.
 *
 * <p>Rows that come in clusters, several lesions of a patient, are summed by cluster first: with I₊
 * clusters that hold a positive row, I₋ a negative one and I in all, {@code I₊/(I₊ − 1) Σ P²/m² +
 * I₋/(I₋ − 1) Σ N²/n² + 2 I/(I − 1) Σ P N/(m n)}, where P and N are a cluster's sums of V − θ:
 * Obuchowski 1997, Biometrics 53(2):567–578, doi:10.2307/2533958. With one row in each cluster this
 * is DeLong's variance, and it is the one code path here.
 *
 * <p>The variance is NaN where a class has one row (or lies in one cluster), and 0 where the
 * classes do not overlap at all: such an interval says nothing.
 *
 * @param positives how many rows are positive
 * @param negatives how many are not
 * @param clusters in how many clusters they lie; as many as rows where they do not
 * @param auc the area
 * @param variance of the area
 */
public record DeLong(int positives, int negatives, int clusters, double auc, double variance) {
    private static final double ROUNDING = 1e-12;

    /**
     * Two scores of the same rows.
     *
     * @param difference area of the first less that of the second
     * @param variance of the difference
     * @param z difference over its standard error; NaN where that is 0
     * @param p two-sided
     */
    public record Pair(double difference, double variance, double z, double p) {
        /** Returns the lower end of the interval of 95 % of the difference. */
        public double low() {
            return difference - Normals.Z95 * Math.sqrt(variance);
        }

        /** Returns the upper end of the interval of 95 % of the difference. */
        public double high() {
            return difference + Normals.Z95 * Math.sqrt(variance);
        }
    }

    /**
     * Returns the area of a score of which high values speak for positive; arrays are not modified.
     *
     * @throws IllegalArgumentException if a score is NaN or a class is empty
     */
    public static DeLong of(double[] scores, boolean[] positive) {
        return of(scores, positive, Clusters.single(scores.length));
    }

    /** Like {@link #of(double[], boolean[])} of rows that lie in clusters. */
    public static DeLong of(double[] scores, boolean[] positive, Clusters clusters) {
        Placements p = Placements.of(scores, positive);
        return new DeLong(
                p.positives, p.negatives, clusters.count(), p.auc, covariance(p, p, clusters));
    }

    /** Compares two scores of the same rows. */
    public static Pair compare(double[] a, double[] b, boolean[] positive) {
        return compare(a, b, positive, Clusters.single(positive.length));
    }

    /** Compares two scores of the same rows that lie in clusters. */
    public static Pair compare(double[] a, double[] b, boolean[] positive, Clusters clusters) {
        Placements pa = Placements.of(a, positive);
        Placements pb = Placements.of(b, positive);
        double own = covariance(pa, pa, clusters) + covariance(pb, pb, clusters);
        double variance = own - 2 * covariance(pa, pb, clusters);
        if (variance <= ROUNDING * own) {
            variance = 0;
        }
        double difference = pa.auc - pb.auc;
        double z = variance > 0 ? difference / Math.sqrt(variance) : Double.NaN;
        return new Pair(difference, variance, z, Normals.twoSided(z));
    }

    /** Returns the covariance of the areas of two scores of the same rows. */
    public static double covariance(double[] a, double[] b, boolean[] positive) {
        return covariance(
                Placements.of(a, positive),
                Placements.of(b, positive),
                Clusters.single(positive.length));
    }

    private static double covariance(Placements a, Placements b, Clusters of) {
        of.check(a.share.length);
        int clusters = of.count();
        double[][] sums = new double[4][clusters]; // of a and b: positive rows, negative rows
        boolean[] hasPositive = new boolean[clusters];
        boolean[] hasNegative = new boolean[clusters];
        for (int r = 0; r < a.share.length; r++) {
            int c = of.of(r);
            int side = a.positive[r] ? 0 : 1;
            sums[side][c] += a.share[r] - a.auc;
            sums[2 + side][c] += b.share[r] - b.auc;
            (side == 0 ? hasPositive : hasNegative)[c] = true;
        }
        double high = 0;
        double low = 0;
        double both = 0;
        double withPositive = 0;
        double withNegative = 0;
        for (int c = 0; c < clusters; c++) {
            high += sums[0][c] * sums[2][c];
            low += sums[1][c] * sums[3][c];
            both += sums[0][c] * sums[3][c] + sums[1][c] * sums[2][c];
            withPositive += hasPositive[c] ? 1 : 0;
            withNegative += hasNegative[c] ? 1 : 0;
        }
        if (withPositive < 2 || withNegative < 2) {
            return Double.NaN;
        }
        double m = a.positives;
        double n = a.negatives;
        return withPositive / (withPositive - 1) * high / (m * m)
                + withNegative / (withNegative - 1) * low / (n * n)
                + clusters / (clusters - 1.0) * both / (m * n);
    }

    public double standardError() {
        return Math.sqrt(variance);
    }

    /** Returns the lower end of {@code auc ± 1.96 SE}, not below 0. */
    public double low() {
        return Math.max(0, auc - Normals.Z95 * standardError());
    }

    /** Returns the upper end of {@code auc ± 1.96 SE}, not above 1. */
    public double high() {
        return Math.min(1, auc + Normals.Z95 * standardError());
    }

    /**
     * Returns the lower end of the interval on the scale of log odds, {@code logit auc ± 1.96
     * SE/(auc (1 − auc))}, which stays inside 0 … 1; NaN where the area is 0 or 1.
     */
    public double logitLow() {
        return logitEnd(-Normals.Z95);
    }

    /** Returns the upper end of {@link #logitLow()}. */
    public double logitHigh() {
        return logitEnd(Normals.Z95);
    }

    private double logitEnd(double z) {
        double spread = auc * (1 - auc);
        if (!(spread > 0)) {
            return Double.NaN;
        }
        double end = StrictMath.log(auc / (1 - auc)) + z * standardError() / spread;
        return 1 / (1 + StrictMath.exp(-end));
    }
}
