package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * First derivatives and Laplacian of an image blurred by a Gaussian, per mm along the axes of the
 * grid; σ in mm, so that all axes are blurred alike whatever their spacing.
 *
 * <p>Along one axis, with e(t) = exp(−t²/2σ²) at the voxels t = −r … r, r = ⌈6σ⌉, σ in voxels:
 * first derivative {@code ∝ t e(t)}, scaled to be exact on a ramp; second {@code ∝ (t² − v) e(t)},
 * v the variance of the samples, so that it is 0 on a ramp and exact on a parabola. Below σ = 0.65
 * voxel the three taps of {@link Gauss} and central differences stand for them. A step of height A
 * has the derivative A/(σ√(2π)) where it is. Borders repeat the border voxel; an axis of one voxel
 * has no derivative.
 *
 * <p>NaN means no value: with m = 0 there and 1 elsewhere, the derivatives are those of {@code u =
 * G∗(m x) / G∗m} (Knutsson and Westin 1993, CVPR, doi:10.1109/CVPR.1993.341081), by the rule of
 * quotients; NaN stays NaN.
 *
 * <p>Same bits on any number of threads; an image mirrored along an axis gives mirrored bits, the
 * derivative along that axis with the other sign.
 *
 * @param gradient along i, j, k, per mm; zeros along axes without neighbours
 * @param laplacian sum of the second derivatives, per mm²; null unless asked for
 */
public record GaussDerivatives(float[][] gradient, float[] laplacian) {
    private static final double SAMPLED_FROM = 0.65;

    /**
     * Derives an image; does not modify it.
     *
     * @param sigmaMm σ in mm, positive
     * @param axes 3, or 2 for each slice by itself
     * @param bend whether the Laplacian is wanted
     */
    public static GaussDerivatives of(
            Geometry g, float[] values, double sigmaMm, int axes, boolean bend) {
        if (!(sigmaMm > 0) || Double.isInfinite(sigmaMm)) {
            throw new IllegalArgumentException("sigma must be positive, got " + sigmaMm + " mm");
        }
        boolean gaps = false;
        for (float x : values) {
            gaps |= x != x;
        }
        if (!gaps) {
            return plain(g, values, sigmaMm, axes, bend);
        }
        float[] known = new float[values.length];
        float[] there = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            boolean is = values[v] == values[v];
            known[v] = is ? values[v] : 0;
            there[v] = is ? 1 : 0;
        }
        float[] n = blur(g, known, sigmaMm, axes, -1);
        float[] d = blur(g, there, sigmaMm, axes, -1);
        GaussDerivatives up = plain(g, known, sigmaMm, axes, bend);
        GaussDerivatives down = plain(g, there, sigmaMm, axes, bend);
        up.divide(down, n, d, values);
        return up;
    }

    /** Turns the derivatives of N into those of N/D: u' = (N' − u D')/D, and so on. */
    private void divide(GaussDerivatives down, float[] n, float[] d, float[] values) {
        for (int v = 0; v < n.length; v++) {
            if (values[v] != values[v]) {
                for (float[] along : gradient) {
                    along[v] = Float.NaN;
                }
                if (laplacian != null) {
                    laplacian[v] = Float.NaN;
                }
                continue;
            }
            double u = n[v] / (double) d[v];
            double cross = 0;
            for (int a = 0; a < 3; a++) {
                double slope = (gradient[a][v] - u * down.gradient[a][v]) / d[v];
                cross += slope * down.gradient[a][v];
                gradient[a][v] = (float) slope;
            }
            if (laplacian != null) {
                double whole = laplacian[v] - 2 * cross - u * down.laplacian[v];
                laplacian[v] = (float) (whole / d[v]);
            }
        }
    }

    private static GaussDerivatives plain(
            Geometry g, float[] values, double sigmaMm, int axes, boolean bend) {
        float[][] gradient = new float[3][values.length];
        float[] laplacian = bend ? new float[values.length] : null;
        float[] within =
                axes == 3 ? along(g, values.clone(), sigmaMm, 2) : values; // i and j need it
        for (int a = 0; a < axes; a++) {
            if (g.size(a) == 1) {
                continue;
            }
            double sigma = sigmaMm / g.spacing(a);
            float[] others =
                    a == 2 ? blur(g, values, sigmaMm, 2, -1) : blur(g, within, sigmaMm, 2, a);
            Kernel slope = Kernel.odd(slopes(sigma, g.spacing(a)));
            Convolve.along(g, others, a, slope, Boundary.NEAREST, gradient[a], Convolve.Store.SET);
            if (bend) {
                Kernel kernel = bends(sigma, g.spacing(a));
                Convolve.Store add = Convolve.Store.ADD;
                Convolve.along(g, others, a, kernel, Boundary.NEAREST, laplacian, add);
            }
        }
        return new GaussDerivatives(gradient, laplacian);
    }

    /** Blurs along all axes but one. */
    private static float[] blur(Geometry g, float[] values, double sigmaMm, int axes, int but) {
        float[] out = values.clone();
        for (int a = 0; a < axes; a++) {
            if (a != but) {
                along(g, out, sigmaMm, a);
            }
        }
        return out;
    }

    /** Blurs along one axis, in place. */
    private static float[] along(Geometry g, float[] values, double sigmaMm, int a) {
        if (g.size(a) > 1) {
            Kernel w = Gauss.weights(sigmaMm / g.spacing(a), g.size(a));
            Convolve.along(g, values, a, w, Boundary.NEAREST, values, Convolve.Store.SET);
        }
        return values;
    }

    /** Returns what differences of voxels t = 1, 2, … up and down count; σ in voxels. */
    static double[] slopes(double sigma, double spacingMm) {
        double[] half;
        if (sigma < SAMPLED_FROM) {
            double a = sigma * sigma / 2;
            half = new double[] {0, (1 - 2 * a) / 2, a / 2};
        } else {
            half = new double[(int) Math.ceil(6 * sigma) + 1];
            for (int t = 1; t < half.length; t++) {
                half[t] = t * StrictMath.exp(-t * (double) t / (2 * sigma * sigma));
            }
        }
        double ramp = 0;
        for (int t = half.length - 1; t > 0; t--) {
            ramp += 2 * t * half[t];
        }
        for (int t = 1; t < half.length; t++) {
            half[t] /= ramp * spacingMm;
        }
        return half;
    }

    private static Kernel bends(double sigma, double spacingMm) {
        double scale = 1 / (spacingMm * spacingMm);
        if (sigma < SAMPLED_FROM) {
            double a = sigma * sigma / 2;
            double one = 1 - 4 * a;
            return Kernel.centred(a, one, 6 * a - 2, one, a).times(scale);
        }
        int reach = (int) Math.ceil(6 * sigma);
        double[] gauss = new double[reach + 1];
        double sum = 0;
        double square = 0;
        for (int t = reach; t >= 0; t--) {
            gauss[t] = StrictMath.exp(-t * (double) t / (2 * sigma * sigma));
            sum += t == 0 ? gauss[t] : 2 * gauss[t];
            square += 2.0 * t * t * gauss[t];
        }
        double variance = square / sum;
        double parabola = 0;
        for (int t = reach; t > 0; t--) {
            parabola += (double) t * t * (t * (double) t - variance) * gauss[t]; // Σ t² w / 2
        }
        double[] w = new double[2 * reach + 1];
        for (int t = -reach; t <= reach; t++) {
            double at = gauss[Math.abs(t)];
            w[t + reach] = (t * (double) t - variance) * at * scale / parabola;
        }
        return Kernel.centred(w);
    }
}
