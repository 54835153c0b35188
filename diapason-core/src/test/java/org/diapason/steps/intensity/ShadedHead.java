package org.diapason.steps.intensity;

import java.util.Map;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * A head of three tissues (CSF 300, grey 600, white 1000; folded cortex, ventricles, deep grey
 * matter) of 156 × 184 × 140 mm, eight samples a voxel, under a field of which the truth is known.
 */
final class ShadedHead {
    static final double GREY = 600;
    static final double WHITE = 1000;

    final Geometry grid;
    final boolean[] mask;
    final boolean[] lesion;
    private final float[] clean;

    /**
     * Makes a head; a lesion value of 0 leaves the lesion out, a ball of 77 mm, 11 % of the head.
     */
    ShadedHead(int ni, int nj, int nk, double mm, double lesionValue) {
        grid = Geometry.of(ni, nj, nk, mm, mm, mm);
        clean = new float[grid.voxels()];
        mask = new boolean[clean.length];
        lesion = new boolean[clean.length];
        Parallel.forEach(
                nk,
                k -> {
                    double z = (k - (nk - 1) / 2.0) * mm;
                    for (int j = 0; j < nj; j++) {
                        double y = (j - (nj - 1) / 2.0) * mm;
                        for (int i = 0; i < ni; i++) {
                            double x = (i - (ni - 1) / 2.0) * mm;
                            int v = grid.index(i, j, k);
                            mask[v] = Math.hypot(Math.hypot(x / 78, y / 92), z / 70) <= 1;
                            lesion[v] = lesionValue > 0 && ball(x - 30, y - 25, z - 10) < 38.5;
                            clean[v] = (float) (lesion[v] ? lesionValue : mean(x, y, z, mm / 4));
                        }
                    }
                });
    }

    private static double ball(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double mean(double x, double y, double z, double e) {
        double sum = 0;
        for (int c = 0; c < 8; c++) {
            sum += tissue(x + (c & 1) * 2 * e - e, y + (c & 2) * e - e, z + (c & 4) * e / 2 - e);
        }
        return sum / 8;
    }

    private static double tissue(double x, double y, double z) {
        double r = ball(x / 78, y / 92, z / 70);
        if (r > 1) {
            return 0;
        }
        if (ball(x / 18, y / 34, z / 14) < 1) {
            return 300;
        }
        if (ball((Math.abs(x) - 24) / 9, (y - 2) / 16, (z - 4) / 11) < 1) {
            return GREY;
        }
        double fold =
                Math.sin(x / 5.5) * Math.cos(y / 6.5)
                        + Math.sin(z / 6 + 1) * Math.cos(x / 7.5)
                        + Math.sin(y / 5 + 2) * Math.cos(z / 8);
        double depth = r + 0.06 * fold;
        return depth > 0.94 ? 300 : depth > 0.74 ? GREY : WHITE;
    }

    /** Returns a field that spans 1 − span … 1 + span in the mask: a cubic, or waves. */
    float[] field(double span, boolean waves) {
        double[] shape = new double[clean.length];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < shape.length; v++) {
            double mm = grid.spacing(0);
            double x = (v % grid.ni() - (grid.ni() - 1) / 2.0) * mm / 80;
            double y = (v / grid.ni() % grid.nj() - (grid.nj() - 1) / 2.0) * mm / 95;
            double z = (v / (grid.ni() * grid.nj()) - (grid.nk() - 1) / 2.0) * mm / 75;
            shape[v] =
                    waves
                            ? Math.sin(1.3 * x * Math.PI / 1.6 + 0.4)
                                            * Math.cos(0.9 * y * Math.PI / 1.6)
                                    + 0.5 * Math.sin(z * Math.PI / 1.5 + x)
                            : 0.5 * x
                                    - 0.4 * y
                                    + 0.3 * z
                                    + 0.6 * x * y
                                    - 0.5 * z * z
                                    + 0.4 * y * y * x;
            if (mask[v]) {
                least = Math.min(least, shape[v]);
                most = Math.max(most, shape[v]);
            }
        }
        float[] field = new float[shape.length];
        for (int v = 0; v < field.length; v++) {
            field[v] = (float) (1 + span * (2 * (shape[v] - least) / (most - least) - 1));
        }
        return field;
    }

    /** Returns the head under the field, with Rician noise of a share of grey matter. */
    float[] image(float[] field, double noise) {
        Rng rng = new Rng(11);
        float[] image = new float[clean.length];
        for (int v = 0; v < image.length; v++) {
            double real = clean[v] * field[v] + noise * GREY * rng.nextGaussian();
            double imaginary = noise * GREY * rng.nextGaussian();
            image[v] = (float) Math.hypot(real, imaginary);
        }
        return image;
    }

    Exam exam(float[] image) {
        return Exam.of(
                "P017",
                Map.of("t1", Image.of(Volume.of(grid, image, Quantity.MR))),
                Map.of("brain", Mask.of(grid, mask)),
                Map.of());
    }

    /** Returns the coefficient of variation of true over found field in the mask, in percent. */
    double errorPercent(float[] truth, float[] found) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int v = 0; v < truth.length; v++) {
            if (mask[v]) {
                double ratio = truth[v] / found[v];
                sum += ratio;
                squares += ratio * ratio;
                n++;
            }
        }
        double mean = sum / n;
        return 100 * Math.sqrt(Math.max(0, squares / n - mean * mean)) / mean;
    }

    /** Returns the mean of the lesion over that of white matter. */
    double lesionToWhite(float[] image) {
        double[] sum = new double[2];
        int[] n = new int[2];
        for (int v = 0; v < image.length; v++) {
            int which = lesion[v] && mask[v] ? 0 : clean[v] == (float) WHITE ? 1 : 2;
            if (which < 2) {
                sum[which] += image[v];
                n[which]++;
            }
        }
        return sum[0] / n[0] / (sum[1] / n[1]);
    }
}
