package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EffectiveVoxelsTest {
    private static final int N = 48;

    /** White noise under a Gaussian of s voxels, on a circle: Σρ = 4π s², Σρ² = 2π s². */
    private static double[] noise(double s, long seed) {
        Rng rng = new Rng(seed);
        double[] white = new double[N * N];
        for (int v = 0; v < white.length; v++) {
            white[v] = rng.nextGaussian();
        }
        double[] out = new double[N * N];
        int reach = (int) Math.ceil(4 * s);
        for (int v = 0; v < out.length; v++) {
            for (int b = -reach; b <= reach; b++) {
                for (int a = -reach; a <= reach; a++) {
                    int i = Math.floorMod(v % N + a, N);
                    int j = Math.floorMod(v / N + b, N);
                    out[v] += StrictMath.exp(-(a * a + b * b) / (2 * s * s)) * white[j * N + i];
                }
            }
        }
        return out;
    }

    private static double[] mean(double s) {
        boolean[] in = new boolean[N * N];
        Arrays.fill(in, true);
        double[] sum = new double[2];
        for (int seed = 0; seed < 20; seed++) {
            EffectiveVoxels e = EffectiveVoxels.of(noise(s, seed), in, N, N, 1);
            sum[0] += 1 / e.forMean() / 20;
            sum[1] += 1 / e.forSpread() / 20;
        }
        return new double[] {1 / sum[0], 1 / sum[1]};
    }

    @Test
    void independentVoxelsCountInFull() {
        double[] m = mean(0.1);
        assertEquals(N * N, m[0], 0.1 * N * N);
        assertEquals(N * N, m[1], 0.02 * N * N);
    }

    @Test
    void correlatedVoxelsCountByTheirArea() {
        double s = 1.2;
        double[] m = mean(s);
        assertEquals(1, m[0] / (N * N / (4 * Math.PI * s * s)), 0.15);
        assertEquals(1, m[1] / (N * N / (2 * Math.PI * s * s)), 0.15);
    }
}
