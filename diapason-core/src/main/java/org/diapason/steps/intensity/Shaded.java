package org.diapason.steps.intensity;

import java.util.Optional;
import org.diapason.math.BlockMeans;
import org.diapason.math.Otsu;
import org.diapason.math.Parallel;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** The voxels of an image that show its bias field: positive, finite, in the mask. */
final class Shaded {
    private static final double LEAST_SPREAD = 1e-6;

    private final Geometry grid;
    private final float[] values;
    private final boolean[] in;

    private Shaded(Geometry grid, float[] values, boolean[] in) {
        this.grid = grid;
        this.values = values;
        this.in = in;
    }

    /**
     * Returns the voxels of the mask, or above Otsu's threshold without one, and notes how many are
     * left out.
     */
    static Shaded of(
            Exam exam, String who, String name, Volume volume, Optional<String> mask, Trace trace) {
        Shaded shaded =
                new Shaded(
                        volume.geometry(),
                        volume.values(),
                        mask.isPresent()
                                ? Admission.ofWitness(exam, name, "n4").inside(mask.get())
                                : bright(who, name, volume.values(), trace));
        shaded.check(who, name, mask, trace);
        return shaded;
    }

    private static boolean[] bright(String who, String name, float[] values, Trace trace) {
        double threshold = Otsu.threshold(values);
        if (Double.isNaN(threshold)) {
            throw new DataException(
                    who
                            + ": there is no positive value in the image, so there is no bias field"
                            + " to see. Check the file.");
        }
        trace.note(name + ".foreground", "above Otsu's threshold");
        trace.note(name + ".threshold", threshold);
        boolean[] in = new boolean[values.length];
        for (int v = 0; v < in.length; v++) {
            in[v] = values[v] >= threshold;
        }
        return in;
    }

    private boolean counts(int v) {
        return in[v] && values[v] > 0 && values[v] <= Float.MAX_VALUE;
    }

    private void check(String who, String name, Optional<String> mask, Trace trace) {
        String where = mask.map(m -> "in mask " + m).orElse("in the image");
        long masked = 0;
        long missing = 0;
        long dark = 0;
        float least = Float.POSITIVE_INFINITY;
        float most = 0;
        for (int v = 0; v < in.length; v++) {
            if (counts(v)) {
                least = Math.min(least, values[v]);
                most = Math.max(most, values[v]);
            }
            if (in[v]) {
                masked++;
                missing += Float.isFinite(values[v]) ? 0 : 1;
                dark += values[v] <= 0 && Float.isFinite(values[v]) ? 1 : 0;
            }
        }
        trace.note(name + ".maskVoxels", masked);
        trace.note(name + ".nanVoxels", missing);
        trace.note(name + ".notPositiveVoxels", dark);
        if (masked == missing + dark) {
            throw new DataException(
                    who
                            + (masked == 0
                                    ? ": there is no voxel " + where
                                    : ": none of the "
                                            + masked
                                            + " voxels "
                                            + where
                                            + " has a positive value")
                            + ", so there is no bias field to see. Correct it"
                            + " or leave this exam out.");
        }
        if (most - least <= LEAST_SPREAD * most) {
            throw new RefusedException(
                    who
                            + ": all positive values "
                            + where
                            + " are about "
                            + Numbers.fixed(most, 3)
                            + ", so there is no bias field to see. Choose another mask or leave the"
                            + " step out.");
        }
    }

    BlockMeans means(int[] block) {
        return BlockMeans.of(grid, values, in, block[0], block[1], block[2]);
    }

    /** Scales the field, in place, to mean 1 over these voxels; notes what it spans there. */
    void scaleToMeanOne(float[] field, String name, Trace trace) {
        int plane = grid.ni() * grid.nj();
        double[][] slices = new double[grid.nk()][];
        Parallel.forEach(grid.nk(), k -> slices[k] = span(field, k * plane, (k + 1) * plane));
        double[] all = span(field, 0, 0);
        for (double[] s : slices) {
            all[0] += s[0];
            all[1] += s[1];
            all[2] = Math.min(all[2], s[2]);
            all[3] = Math.max(all[3], s[3]);
        }
        double mean = all[1] / all[0];
        trace.note(name + ".fieldLeast", all[2] / mean);
        trace.note(name + ".fieldMost", all[3] / mean);
        Parallel.forEach(
                grid.nk(),
                k -> {
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        field[v] = (float) (field[v] / mean);
                    }
                });
    }

    /** Returns number, sum, least and most of the field over these voxels of a range. */
    private double[] span(float[] field, int from, int to) {
        double[] span = {0, 0, Double.POSITIVE_INFINITY, 0};
        for (int v = from; v < to; v++) {
            if (counts(v)) {
                span[0]++;
                span[1] += field[v];
                span[2] = Math.min(span[2], field[v]);
                span[3] = Math.max(span[3], field[v]);
            }
        }
        return span;
    }

    /** Writes image over field; {@code out} may be the field itself. */
    void divide(float[] field, float[] out) {
        int plane = grid.ni() * grid.nj();
        Parallel.forEach(
                grid.nk(),
                k -> {
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        out[v] = values[v] / field[v];
                    }
                });
    }
}
