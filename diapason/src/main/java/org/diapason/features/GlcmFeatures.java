package org.diapason.features;

import java.util.Arrays;
import java.util.List;

/**
 * The 25 features of one symmetric matrix of neighbours.
 *
 * <p>Most follow from three sums of counts: the marginal p(i), the difference p(|i − j| = k) and
 * the sum p(i + j = k). For a symmetric matrix cov(i, j) = (var(i + j) − contrast)/4, and both
 * cross entropies of the information correlations are twice the entropy of the marginal.
 */
final class GlcmFeatures {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    cm_joint_max         | Joint maximum                        | GYBY | 1
                    cm_joint_avg         | Joint average                        | 60VM | level
                    cm_joint_var         | Joint variance                       | UR99 | level²
                    cm_joint_entr        | Joint entropy                        | TU9B | bit
                    cm_diff_avg          | Difference average                   | TF7R | level
                    cm_diff_var          | Difference variance                  | D3YU | level²
                    cm_diff_entr         | Difference entropy                   | NTRS | bit
                    cm_sum_avg           | Sum average                          | ZGXS | level
                    cm_sum_var           | Sum variance                         | OEEB | level²
                    cm_sum_entr          | Sum entropy                          | P6QZ | bit
                    cm_energy            | Angular second moment                | 8ZQL | 1
                    cm_contrast          | Contrast                             | ACUI | level²
                    cm_dissimilarity     | Dissimilarity                        | 8S9J | level
                    cm_inv_diff          | Inverse difference                   | IB1Z | 1
                    cm_inv_diff_norm     | Normalised inverse difference        | NDRX | 1
                    cm_inv_diff_mom      | Inverse difference moment            | WF0Z | 1
                    cm_inv_diff_mom_norm | Normalised inverse difference moment | 1QCO | 1
                    cm_inv_var           | Inverse variance                     | E8JP | 1
                    cm_corr              | Correlation                          | NI2N | 1
                    cm_auto_corr         | Autocorrelation                      | QWB0 | level²
                    cm_clust_tend        | Cluster tendency                     | DG8W | level²
                    cm_clust_shade       | Cluster shade                        | 7NFM | level³
                    cm_clust_prom        | Cluster prominence                   | AE86 | level⁴
                    cm_info_corr1        | Information correlation 1            | R8DG | 1
                    cm_info_corr2        | Information correlation 2            | JN9H | 1
                    """);

    private GlcmFeatures() {}

    /**
     * Returns the features in the order of {@link #FEATURES}, all NaN without a pair.
     *
     * @param pairs pairs of levels counted one way, row ≤ column, {@code side} × {@code side}
     * @param side how many levels the matrix spans
     * @param low the level of row 0
     * @param levels N, for the normalised features
     */
    static double[] of(int[] pairs, int side, int low, int levels) {
        long[] marginal = new long[side];
        long[] difference = new long[side];
        long[] sum = new long[2 * side - 1];
        long largest = 0;
        double energy = 0;
        double logs = 0;
        for (int a = 0; a < side; a++) {
            for (int b = a; b < side; b++) {
                long pair = pairs[a * side + b];
                if (pair == 0) {
                    continue;
                }
                marginal[a] += pair;
                marginal[b] += pair;
                difference[b - a] += 2 * pair;
                sum[a + b] += 2 * pair;
                long cell = a == b ? 2 * pair : pair;
                int cells = a == b ? 1 : 2;
                largest = Math.max(largest, cell);
                energy += cells * ((double) cell * cell);
                logs += cells * Log2.times(cell);
            }
        }
        double total = Arrays.stream(difference).sum();
        double[] f = new double[FEATURES.size()];
        if (total == 0) {
            Arrays.fill(f, Double.NaN);
            return f;
        }
        double logTotal = Log2.of(total);
        double centre = moment(marginal, 0, 1) / total;
        double mean = low + centre;
        double variance = moment(marginal, centre, 2) / total;
        double sumCentre = 2 * centre;
        double sumVariance = moment(sum, sumCentre, 2) / total;
        double contrast = moment(difference, 0, 2) / total;
        double dissimilarity = moment(difference, 0, 1) / total;
        double entropy = logTotal - logs / total;
        double marginalEntropy = entropy(marginal, total);
        boolean oneLevel = Arrays.stream(marginal).filter(c -> c > 0).count() == 1;
        int n = 0;
        f[n++] = largest / total;
        f[n++] = mean;
        f[n++] = variance;
        f[n++] = Math.max(0, entropy);
        f[n++] = dissimilarity;
        f[n++] = moment(difference, dissimilarity, 2) / total;
        f[n++] = entropy(difference, total);
        f[n++] = 2 * mean;
        f[n++] = sumVariance;
        f[n++] = entropy(sum, total);
        f[n++] = energy / (total * total);
        f[n++] = contrast;
        f[n++] = dissimilarity;
        f[n++] = inverse(difference, total, 1, false);
        f[n++] = inverse(difference, total, levels, false);
        f[n++] = inverse(difference, total, 1, true);
        f[n++] = inverse(difference, total, levels, true);
        f[n++] = inverseVariance(difference, total);
        f[n++] = oneLevel ? Double.NaN : (sumVariance - contrast) / (4 * variance);
        f[n++] = (moment(sum, -2.0 * low, 2) / total - contrast) / 4;
        f[n++] = sumVariance;
        f[n++] = moment(sum, sumCentre, 3) / total;
        f[n++] = moment(sum, sumCentre, 4) / total;
        f[n++] = oneLevel ? Double.NaN : (entropy - 2 * marginalEntropy) / marginalEntropy;
        double surplus = Math.max(0, 2 * marginalEntropy - entropy);
        f[n] = Math.sqrt(1 - StrictMath.exp(-2 * surplus));
        return f;
    }

    private static double moment(long[] count, double centre, int order) {
        double sum = 0;
        for (int k = 0; k < count.length; k++) {
            double d = k - centre;
            double square = d * d;
            sum +=
                    count[k]
                            * (order == 1
                                    ? d
                                    : order == 2
                                            ? square
                                            : order == 3 ? square * d : square * square);
        }
        return sum;
    }

    private static double entropy(long[] count, double total) {
        double logs = 0;
        for (long c : count) {
            logs += Log2.times(c);
        }
        return Math.max(0, Log2.of(total) - logs / total);
    }

    /** Returns Σ p(k)/(1 + k/n), or Σ p(k)/(1 + (k/n)²). */
    private static double inverse(long[] difference, double total, int n, boolean squared) {
        double sum = 0;
        for (int k = 0; k < difference.length; k++) {
            double d = (double) k / n;
            sum += difference[k] / (1 + (squared ? d * d : d));
        }
        return sum / total;
    }

    private static double inverseVariance(long[] difference, double total) {
        double sum = 0;
        for (int k = 1; k < difference.length; k++) {
            sum += difference[k] / ((double) k * k);
        }
        return sum / total;
    }
}
