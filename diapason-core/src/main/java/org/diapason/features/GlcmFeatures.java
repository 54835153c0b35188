package org.diapason.features;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

    private static final List<Feature> WITH_EXTRAS =
            Stream.concat(
                            FEATURES.stream(),
                            Feature.list("cm_mcc | Maximal correlation coefficient | | 1").stream())
                    .toList();

    private GlcmFeatures() {}

    /** Returns the features that are measured by the rules. */
    static List<Feature> list(Rules rules) {
        return rules.extras() ? WITH_EXTRAS : FEATURES;
    }

    /** Returns the features by the rules of the manual. */
    static double[] of(Counts pairs, int levels) {
        return of(pairs, levels, Rules.IBSI);
    }

    /**
     * Returns the features in the order of {@link #list}, all NaN without a pair.
     *
     * @param pairs pairs of levels counted one way: row = lower level, column = difference
     * @param levels N, for the normalised features
     */
    static double[] of(Counts pairs, int levels, Rules rules) {
        double[] f = new double[list(rules).size()];
        if (pairs.size() == 0) {
            Arrays.fill(f, Double.NaN);
            return f;
        }
        int low = pairs.row(0);
        int high = low;
        for (int n = 0; n < pairs.size(); n++) {
            high = Math.max(high, pairs.row(n) + pairs.column(n));
        }
        int side = high - low + 1;
        double[] marginal = new double[side];
        double[] difference = new double[side];
        double[] sum = new double[2 * side - 1];
        double largest = 0;
        double energy = 0;
        double logs = 0;
        int filled = 0;
        double epsilon = rules.logEpsilon();
        for (int n = 0; n < pairs.size(); n++) {
            double pair = pairs.count(n);
            int a = pairs.row(n) - low;
            int apart = pairs.column(n);
            marginal[a] += pair;
            marginal[a + apart] += pair;
            difference[apart] += 2 * pair;
            sum[2 * a + apart] += 2 * pair;
            double cell = apart == 0 ? 2 * pair : pair;
            int cells = apart == 0 ? 1 : 2;
            largest = Math.max(largest, cell);
            energy += cells * (cell * cell);
            logs += cells * Log2.times(cell);
            filled += cells;
        }
        double total = 2 * pairs.total();
        double centre = moment(marginal, 0, 1) / total;
        double mean = low + centre;
        double variance = moment(marginal, centre, 2) / total;
        double sumCentre = 2 * centre;
        double sumVariance = moment(sum, sumCentre, 2) / total;
        double contrast = moment(difference, 0, 2) / total;
        double dissimilarity = moment(difference, 0, 1) / total;
        double entropy = Log2.entropy(logs, total);
        double marginalEntropy = entropy(marginal, total);
        int n = 0;
        f[n++] = largest / total;
        f[n++] = mean;
        f[n++] = variance;
        f[n++] = Log2.shifted(entropy, filled, epsilon);
        f[n++] = dissimilarity;
        f[n++] = moment(difference, dissimilarity, 2) / total;
        f[n++] = Log2.shifted(entropy(difference, total), filled(difference), epsilon);
        f[n++] = 2 * mean;
        f[n++] = sumVariance;
        f[n++] = Log2.shifted(entropy(sum, total), filled(sum), epsilon);
        f[n++] = energy / (total * total);
        f[n++] = contrast;
        f[n++] = dissimilarity;
        f[n++] = inverse(difference, total, 1, false);
        f[n++] = inverse(difference, total, levels, false);
        f[n++] = inverse(difference, total, 1, true);
        f[n++] = inverse(difference, total, levels, true);
        f[n++] = inverseVariance(difference, total);
        f[n++] = rules.defined((sumVariance - contrast) / (4 * variance), 1, 1);
        f[n++] = (moment(sum, -2.0 * low, 2) / total - contrast) / 4;
        f[n++] = sumVariance;
        f[n++] = moment(sum, sumCentre, 3) / total;
        f[n++] = moment(sum, sumCentre, 4) / total;
        f[n++] = rules.defined((entropy - 2 * marginalEntropy) / marginalEntropy, 0, 1);
        double surplus = Math.max(0, 2 * marginalEntropy - entropy);
        f[n++] = Math.sqrt(1 - StrictMath.exp(-2 * surplus));
        if (rules.extras()) {
            f[n] = levels == 1 ? 1 : MaximalCorrelation.of(pairs, low, marginal);
        }
        return f;
    }

    private static double moment(double[] count, double centre, int order) {
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

    private static int filled(double[] count) {
        int filled = 0;
        for (double c : count) {
            filled += c > 0 ? 1 : 0;
        }
        return filled;
    }

    private static double entropy(double[] count, double total) {
        double logs = 0;
        for (double c : count) {
            logs += Log2.times(c);
        }
        return Log2.entropy(logs, total);
    }

    /** Returns Σ p(k)/(1 + k/n), or Σ p(k)/(1 + (k/n)²). */
    private static double inverse(double[] difference, double total, int n, boolean squared) {
        double sum = 0;
        for (int k = 0; k < difference.length; k++) {
            double d = (double) k / n;
            sum += difference[k] / (1 + (squared ? d * d : d));
        }
        return sum / total;
    }

    private static double inverseVariance(double[] difference, double total) {
        double sum = 0;
        for (int k = 1; k < difference.length; k++) {
            sum += difference[k] / ((double) k * k);
        }
        return sum / total;
    }
}
