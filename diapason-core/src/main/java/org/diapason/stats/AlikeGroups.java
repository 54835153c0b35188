package org.diapason.stats;

import java.util.Arrays;

/**
 * Sums of products over the groups of the same Z'Z to the last bit, as many visits at the same
 * times give: they share their factor, so their products are summed before the variances are known.
 *
 * <p>A product of two columns a ≥ b of Z stands for both orders. All numbers are one behind another
 * in {@code [set][pair][c(c+1)/2 + d]}, c ≥ d.
 */
final class AlikeGroups {
    private final MixedSums sums;
    private final int pairs;

    /** Numbers of a pair: the lower triangle of the dense part. */
    private final int size;

    private final double[] products;

    AlikeGroups(MixedSums sums) {
        this.sums = sums;
        int q = sums.main.width;
        int dense = sums.dense;
        pairs = q * (q + 1) / 2;
        size = dense * (dense + 1) / 2;
        products = new double[sums.zz.length * pairs * size];
        double[][] own = new double[q][dense];
        for (int g = 0; g < sums.set.length; g++) {
            sums.spread(g, own);
            int at = sums.set[g] * pairs * size;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    for (int c = 0; c < dense; c++) {
                        for (int d = 0; d <= c; d++) {
                            products[at++] +=
                                    own[a][c] * own[b][d] + (a == b ? 0 : own[b][c] * own[a][d]);
                        }
                    }
                }
            }
        }
    }

    /** Returns the sums with a response on one side: {@code [set][pair][d, or the response]}. */
    double[] products(double[] zy) {
        int q = sums.main.width;
        int dense = sums.dense;
        double[] products = new double[sums.zz.length * pairs * (dense + 1)];
        for (int g = 0; g < sums.set.length; g++) {
            int[] place = sums.place[g];
            double[] zc = sums.zc[g];
            int at = sums.set[g] * pairs * (dense + 1);
            for (int a = 0; a < q; a++) {
                double ya = zy[g * q + a];
                for (int b = 0; b <= a; b++) {
                    double yb = a == b ? 0 : zy[g * q + b];
                    for (int d = 0; d < place.length; d++) {
                        products[at + place[d]] +=
                                (a == b ? ya : yb) * zc[a * place.length + d]
                                        + (a == b ? 0 : ya) * zc[b * place.length + d];
                    }
                    products[at + dense] += a == b ? ya * ya : 2 * ya * yb;
                    at += dense + 1;
                }
            }
        }
        return products;
    }

    /**
     * Takes the groups, weighted by {@code kernel}, out of the lower triangle of the dense part.
     */
    void downdate(double[] kernel, double[] lower) {
        double[] sum = new double[size];
        along(kernel, products, size, sum);
        int at = 0;
        for (int c = 0; c < sums.dense; c++) {
            for (int d = 0; d <= c; d++) {
                lower[c * sums.dense + d] -= sum[at++];
            }
        }
    }

    /** Adds the products of all sets and pairs times their kernels. */
    void along(double[] kernel, double[] products, int length, double[] into) {
        int q = sums.main.width;
        int at = 0;
        for (int s = 0; s < sums.zz.length; s++) {
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    double k = kernel[s * q * q + a * q + b];
                    for (int i = 0; i < length; i++) {
                        into[i] += k * products[at + i];
                    }
                    at += length;
                }
            }
        }
    }

    /** Returns Σ of the products with symmetric weights, {@code [set][pair]}. */
    double[] weighted(double[] weight) {
        double[] packed = new double[size];
        int at = 0;
        for (int c = 0; c < sums.dense; c++) {
            for (int d = 0; d <= c; d++) {
                packed[at++] = (c == d ? 1 : 2) * weight[c * sums.dense + d];
            }
        }
        double[] weighted = new double[sums.zz.length * pairs];
        Arrays.setAll(weighted, k -> Dot.of(packed, 0, products, k * size, size));
        return weighted;
    }
}
