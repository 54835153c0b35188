package org.diapason.reconstruction;

import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * An image in larger voxels, each the mean of a block, that still hold its resolution: where a
 * weight is looked for, and an image begins, for a fraction of the time.
 *
 * <p>{@code Σ (A u − z)²} over a block is that of its mean times its voxels plus what no smooth u
 * changes, whether or not neighbours share noise; so the standard deviation of a mean is taken for
 * s/√B, and λ for B times as large. Counts of a block add up.
 */
final class Coarser {
    /** Voxels to a width at half maximum, at least: a Gaussian has next to nothing above. */
    private static final double TO_A_WIDTH = 2.4;

    /** Fewer voxels are not worth it. */
    private static final int ENOUGH = 1 << 16;

    final Geometry grid;

    /** B, voxels of a block; those that the far borders cut have fewer. */
    final int block;

    private final Geometry fine;
    private final int[] by;

    private Coarser(Geometry fine, int[] by) {
        this.fine = fine;
        this.by = by;
        block = by[0] * by[1] * by[2];
        grid =
                Geometry.of(
                        (fine.ni() + by[0] - 1) / by[0],
                        (fine.nj() + by[1] - 1) / by[1],
                        (fine.nk() + by[2] - 1) / by[2],
                        by[0] * fine.spacing(0),
                        by[1] * fine.spacing(1),
                        by[2] * fine.spacing(2));
    }

    /** Returns the coarsest grid that holds the resolution; empty where none is worth it. */
    static Optional<Coarser> of(Geometry fine, Numbers fwhmMm) {
        int[] by = new int[3];
        for (int a = 0; a < 3; a++) {
            double most = fwhmMm.get(a) / TO_A_WIDTH / fine.spacing(a);
            by[a] = (int) Math.max(1, Math.min(most, fine.size(a) / 4));
        }
        boolean worth = by[0] * by[1] * by[2] > 1 && fine.voxels() >= ENOUGH;
        return worth ? Optional.of(new Coarser(fine, by)) : Optional.empty();
    }

    /** Returns the means of the blocks times a factor, over what is a number; NaN where none is. */
    float[] means(float[] x, double factor) {
        float[] out = new float[grid.voxels()];
        Parallel.forEach(
                grid.nj() * grid.nk(),
                r -> {
                    for (int i = 0; i < grid.ni(); i++) {
                        out[r * grid.ni() + i] =
                                (float) (factor * mean(x, i, r % grid.nj(), r / grid.nj()));
                    }
                });
        return out;
    }

    private double mean(float[] x, int ci, int cj, int ck) {
        double sum = 0;
        int n = 0;
        for (int k = ck * by[2]; k < Math.min(fine.nk(), (ck + 1) * by[2]); k++) {
            for (int j = cj * by[1]; j < Math.min(fine.nj(), (cj + 1) * by[1]); j++) {
                for (int i = ci * by[0]; i < Math.min(fine.ni(), (ci + 1) * by[0]); i++) {
                    float v = x[fine.index(i, j, k)];
                    sum += v == v ? v : 0;
                    n += v == v ? 1 : 0;
                }
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    /**
     * Returns values between the middles of blocks, times a factor: straight along each axis, and
     * once more what the means of that lack. Straight lines alone would blur a width of 2.4 voxels
     * by a tenth of its variance more, which shows in the residual.
     */
    float[] finer(float[] x, double factor) {
        float[] out = new float[fine.voxels()];
        add(x, factor, out);
        float[] less = means(out, 1);
        for (int p = 0; p < less.length; p++) {
            less[p] = (float) (factor * x[p] - less[p]);
        }
        add(less, 1, out);
        return out;
    }

    private void add(float[] x, double factor, float[] out) {
        Parallel.forEach(
                fine.nj() * fine.nk(),
                r -> {
                    int[] j = new int[2];
                    int[] k = new int[2];
                    int[] i = new int[2];
                    double fj = between(r % fine.nj(), 1, j);
                    double fk = between(r / fine.nj(), 2, k);
                    for (int at = 0; at < fine.ni(); at++) {
                        double fi = between(at, 0, i);
                        double sum = 0;
                        for (int c = 0; c < 8; c++) {
                            double w = (c & 1) == 0 ? 1 - fi : fi;
                            w *= (c & 2) == 0 ? 1 - fj : fj;
                            w *= (c & 4) == 0 ? 1 - fk : fk;
                            sum += w * x[grid.index(i[c & 1], j[c >> 1 & 1], k[c >> 2])];
                        }
                        out[r * fine.ni() + at] += (float) (factor * sum);
                    }
                });
    }

    /** Puts the blocks on both sides, and returns how far towards the second a voxel lies. */
    private double between(int at, int axis, int[] sides) {
        double place = (at + 0.5) / by[axis] - 0.5;
        int low = (int) Math.floor(place);
        int last = grid.size(axis) - 1;
        sides[0] = Math.max(0, Math.min(last, low));
        sides[1] = Math.max(0, Math.min(last, low + 1));
        return place - low;
    }
}
