package org.diapason.reconstruction;

import java.util.Optional;
import org.diapason.math.Rng;

/** Small scans for tests. */
final class Scans {
    private Scans() {}

    static float[] random(int n, long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[n];
        for (int v = 0; v < n; v++) {
            values[v] = (float) rng.nextDouble();
        }
        return values;
    }

    static double product(float[] a, float[] b) {
        double sum = 0;
        for (int v = 0; v < a.length; v++) {
            sum += (double) a[v] * b[v];
        }
        return sum;
    }

    /** Says by how much ⟨Ax, y⟩ and ⟨x, Aᵀy⟩ differ, of their size. */
    static double adjointError(ForwardModel model, long seed) {
        float[] x = random(model.pixels(), seed);
        float[] y = random(model.measurements(), seed + 1);
        float[] ax = new float[y.length];
        float[] aty = new float[x.length];
        model.forward(x, ax);
        model.backward(y, aty);
        double there = product(ax, y);
        return Math.abs(there - product(x, aty)) / Math.abs(there);
    }

    /** A disc of activity with a hot and a cold spot in it, 32 × 32 pixels of 4 mm. */
    static float[] spots() {
        float[] image = new float[32 * 32];
        for (int j = 0; j < 32; j++) {
            for (int i = 0; i < 32; i++) {
                double x = i - 15.5;
                double y = j - 15.5;
                boolean hot = Math.hypot(x - 5, y) < 3;
                boolean cold = Math.hypot(x + 5, y - 2) < 3.5;
                image[j * 32 + i] = Math.hypot(x, y) > 13 ? 0 : hot ? 4 : cold ? 0 : 1;
            }
        }
        return image;
    }

    /** Scans the spots with attenuation-like factors. */
    static ScanModel model(int views) {
        Projector p = Projector.of(ParallelBeam.covering(32, 4, views));
        float[] factors = random(p.measurements(), 3);
        for (int m = 0; m < factors.length; m++) {
            factors[m] = 0.2f + 0.1f * factors[m];
        }
        return ScanModel.of(p, factors, Optional.empty());
    }

    /** Counts of a mean. */
    static float[] counts(float[] mean, long seed) {
        Rng rng = new Rng(seed);
        float[] counts = new float[mean.length];
        for (int m = 0; m < mean.length; m++) {
            double left = StrictMath.exp(-mean[m]);
            for (double p = rng.nextDouble(); p > left; p *= rng.nextDouble()) {
                counts[m]++;
            }
        }
        return counts;
    }

    /** Noisy data of the spots over a background. */
    static PoissonLikelihood noisy(ScanModel model, float background, long seed) {
        float[] mean = new float[model.measurements()];
        model.forward(spots(), mean);
        float[] behind = new float[mean.length];
        for (int m = 0; m < mean.length; m++) {
            behind[m] = background;
            mean[m] += background;
        }
        return PoissonLikelihood.of(model, counts(mean, seed), behind);
    }
}
