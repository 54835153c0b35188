package org.diapason.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.volume.Numbers;

/**
 * Groups with the same Z'Z to the last bit, as many visits at the same times give: they share their
 * factor, so their products can be summed before the variances are known.
 */
final class AlikeGroups {
    /** Sums of products are kept where they are no more numbers than this. */
    private static final long MOST = 2_000_000;

    final int[] groups;
    private final int width;
    private final int dense;

    /** Σ of (Z'C)'(Z'C) over the groups: {@code [a, b][c ≥ d]}. */
    private final double[] products;

    private AlikeGroups(int[] groups, double[][] zc, int width, int dense) {
        this.groups = groups;
        this.width = width;
        this.dense = dense;
        products = new double[width * width * dense * dense];
        for (int g : groups) {
            for (int ab = 0; ab < width * width; ab++) {
                int left = ab / width * dense;
                int right = ab % width * dense;
                for (int c = 0; c < dense; c++) {
                    int at = (ab * dense + c) * dense;
                    double x = zc[g][left + c];
                    for (int d = 0; d <= c; d++) {
                        products[at + d] += x * zc[g][right + d];
                    }
                }
            }
        }
    }

    /** Returns the sets of equal groups; none where there are too many for it to pay. */
    static List<AlikeGroups> of(double[][] zz, double[][] zc, int width, int dense) {
        Map<Numbers, List<Integer>> sets = new LinkedHashMap<>();
        for (int g = 0; g < zz.length; g++) {
            sets.computeIfAbsent(Numbers.of(zz[g]), k -> new ArrayList<>()).add(g);
        }
        long size = (long) sets.size() * width * width * dense * dense;
        if (sets.size() * 3L * width > zz.length || size > MOST) {
            return List.of();
        }
        return sets.values().stream()
                .map(s -> s.stream().mapToInt(Integer::intValue).toArray())
                .map(s -> new AlikeGroups(s, zc, width, dense))
                .toList();
    }

    /** Returns the sums with a response in the place of one side: {@code [a, b][d or itself]}. */
    double[] products(double[][] zc, double[] zy) {
        double[] own = new double[width * width * (dense + 1)];
        for (int g : groups) {
            for (int ab = 0; ab < width * width; ab++) {
                double y = zy[g * width + ab / width];
                int at = ab * (dense + 1);
                int right = ab % width * dense;
                for (int d = 0; d < dense; d++) {
                    own[at + d] += y * zc[g][right + d];
                }
                own[at + dense] += y * zy[g * width + ab % width];
            }
        }
        return own;
    }

    /** Takes the groups out of the lower triangle of the dense part. */
    void downdate(double[] kernel, double[] response, double[] lower) {
        int w = dense + 1;
        for (int ab = 0; ab < width * width; ab++) {
            double k = kernel[ab];
            if (k == 0) {
                continue;
            }
            for (int c = 0; c < dense; c++) {
                int at = (ab * dense + c) * dense;
                for (int d = 0; d <= c; d++) {
                    lower[c * w + d] -= k * products[at + d];
                }
            }
            for (int d = 0; d < w; d++) {
                lower[dense * w + d] -= k * response[ab * w + d];
            }
        }
    }
}
