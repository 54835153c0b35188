package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CovarianceTest {
    private static final int N = 40_001;

    /** Gaps here and there, a stretch without any, and a mask: all parts of the way are gone. */
    @Test
    void momentsAreThoseOfTheVoxelsWhereAllHaveAValue() {
        Rng rng = new Rng(1);
        List<float[]> images = new ArrayList<>();
        for (int m = 0; m < 3; m++) {
            float[] image = new float[N];
            for (int v = 0; v < N; v++) {
                image[v] = (float) (rng.nextGaussian() + (m == 0 ? 0 : images.get(0)[v]));
            }
            images.add(image);
        }
        for (int v = 5000; v < N; v += 7) {
            images.get(v % 3)[v] = v % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
        }
        boolean[] in = new boolean[N];
        for (int v = 0; v < N; v++) {
            in[v] = v < 4000 || v % 5 != 0;
        }
        compare(images, in);
        compare(images, null);
        compare(images.subList(0, 1), in);
    }

    private static void compare(List<float[]> images, boolean[] in) {
        int n = images.size();
        List<double[]> rows = new ArrayList<>();
        for (int v = 0; v < N; v++) {
            double[] row = new double[n];
            boolean all = in == null || in[v];
            for (int m = 0; m < n; m++) {
                row[m] = images.get(m)[v];
                all &= Double.isFinite(row[m]);
            }
            if (all) {
                rows.add(row);
            }
        }
        Covariance c = Covariance.of(images, in);
        assertEquals(rows.size(), c.count());
        assertEquals(rows.size(), Covariance.count(images, in));
        for (int p = 0; p < n; p++) {
            int one = p;
            double mean = rows.stream().mapToDouble(r -> r[one]).average().orElseThrow();
            assertEquals(mean, c.mean(p), 1e-12);
            for (int q = 0; q < n; q++) {
                int other = q;
                double product =
                        rows.stream().mapToDouble(r -> r[one] * r[other]).average().orElseThrow();
                assertEquals(product - c.mean(p) * c.mean(q), c.of(p, q), 1e-12);
            }
        }
    }

    @Test
    void withoutACommonVoxelNothingCounts() {
        float[] gap = {1, Float.NaN};
        float[] other = {Float.NaN, 2};
        Covariance c = Covariance.of(List.of(gap, other));
        assertEquals(0, c.count());
        assertEquals(0, c.mean(0));
        assertEquals(0, c.of(0, 1));
        assertEquals(0, Covariance.count(List.of(gap, other), null));
    }
}
