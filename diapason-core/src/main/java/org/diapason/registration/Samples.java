package org.diapason.registration;

import java.util.Arrays;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;

/**
 * Voxels of the fixed image that are compared, each with its bin.
 *
 * <p>One voxel is drawn from each run of neighbours, so that they cover the image evenly and share
 * no lattice with the moving image, whose interpolation would show in the metric (Pluim, Maintz and
 * Viergever 2003, IEEE TMI 22(8):986–1004, doi:10.1109/TMI.2003.815867).
 */
final class Samples {
    private static final int FEWEST_BINS = 16;

    /** Samples that a cell of the joint histogram is to hold on average at least. */
    private static final int A_CELL = 8;

    private final Geometry geometry;
    private final int bins;
    private final int[] index;
    private final byte[] bin;

    private Samples(Geometry geometry, int bins, int[] index, byte[] bin) {
        this.geometry = geometry;
        this.bins = bins;
        this.index = index;
        this.bin = bin;
    }

    /**
     * Draws about {@code wanted} voxels, all where there are fewer.
     *
     * @param level says which voxels there may be
     * @param values of its voxels, blurred or not
     * @param range values outside lie in the first or the last bin
     * @param most bins at most, 127 or fewer; the fewer samples, the fewer: a histogram of nearly
     *     empty cells says much about any place
     */
    static Samples of(Level level, float[] values, Range range, int most, int wanted, long seed) {
        int inside = 0;
        for (int v = 0; v < values.length; v++) {
            inside += level.shows(v) ? 1 : 0;
        }
        int every = Math.max(1, inside / wanted);
        int[] index = new int[(inside + every - 1) / every];
        byte[] bin = new byte[index.length];
        int bins = Math.max(FEWEST_BINS, Math.min(most, (int) Math.sqrt(index.length / A_CELL)));
        double times = bins / (range.high() - range.low());
        Rng rng = new Rng(seed);
        int met = 0;
        int next = rng.nextInt(every);
        int count = 0;
        for (int v = 0; v < values.length; v++) {
            if (level.shows(v) && met++ == next) {
                int place = (int) ((values[v] - range.low()) * times);
                index[count] = v;
                bin[count] = (byte) Math.max(0, Math.min(bins - 1, place));
                count++;
                next = count * every + rng.nextInt(every);
            }
        }
        return new Samples(level.geometry(), bins, index, bin).first(count);
    }

    private Samples first(int count) {
        return new Samples(geometry, bins, Arrays.copyOf(index, count), Arrays.copyOf(bin, count));
    }

    /**
     * Returns those that a transform puts into a grid, so far from its border at least.
     *
     * <p>A metric that counts other voxels at every transform rises where it loses dull ones, which
     * stretches an affine transform; this set stays.
     */
    Samples within(Geometry grid, Affine transform, double voxels) {
        Affine there = toWorld().then(transform).then(Affine.toWorld(grid).inverse());
        Samples kept = new Samples(geometry, bins, new int[size()], new byte[size()]);
        double[] at = new double[3];
        int count = 0;
        for (int s = 0; s < size(); s++) {
            voxel(s, at);
            there.apply(at);
            boolean in = true;
            for (int a = 0; a < 3; a++) {
                double edge = grid.size(a) == 1 ? -0.5 : voxels;
                in &= at[a] >= edge && at[a] <= grid.size(a) - 1 - edge;
            }
            if (in) {
                kept.index[count] = index[s];
                kept.bin[count++] = bin[s];
            }
        }
        return kept.first(count);
    }

    int size() {
        return index.length;
    }

    int bins() {
        return bins;
    }

    int bin(int s) {
        return bin[s];
    }

    /** Writes the voxel position. */
    void voxel(int s, double[] at) {
        int row = index[s] / geometry.ni();
        at[0] = index[s] - row * geometry.ni();
        at[1] = row % geometry.nj();
        at[2] = row / geometry.nj();
    }

    /** Returns the map of voxel positions to world mm. */
    Affine toWorld() {
        return Affine.toWorld(geometry);
    }
}
