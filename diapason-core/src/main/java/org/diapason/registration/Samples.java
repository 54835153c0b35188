package org.diapason.registration;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;

/**
 * Places of the fixed image that are compared, each with its bin and its value.
 *
 * <p>One voxel is drawn from each run of neighbours, so that they cover the image evenly, and the
 * sample lies anywhere in it. At the voxels themselves both images would be read where their noise
 * is strongest when their grids coincide, and any other place would fit better (Pluim, Maintz and
 * Viergever 2000, CVIU 77(2):211–232, doi:10.1006/cviu.1999.0816): 1 mm off on voxels of 3 mm.
 */
final class Samples {
    private static final int FEWEST_BINS = 16;

    /** Samples that a cell of the joint histogram is to hold on average at least. */
    private static final int A_CELL = 8;

    /**
     * Samples of a voxel at most. A plane has so few voxels that with one place in each the metric
     * is jagged: slices of brains then ended 0.06 to 0.5 mm elsewhere when their header was turned.
     */
    private static final int OF_A_VOXEL = 1;

    private static final int OF_A_PIXEL = 16;

    /** Samples read at a time. */
    private static final int RUN = 1 << 12;

    /** Boxes along an axis. */
    private static final int CELLS = 4;

    static final int ALL_CELLS = CELLS * CELLS * CELLS;

    private final Geometry geometry;
    private final int bins;
    private final int size;

    /** Voxel positions, three numbers a sample. */
    private final float[] place;

    private final float[] value;
    private final byte[] bin;

    /** The box about all that were drawn: its first corner and how long it is, voxels. */
    private final float[] first;

    private final float[] extent;

    private Samples(Geometry geometry, int bins, int size) {
        this.geometry = geometry;
        this.bins = bins;
        this.size = size;
        place = new float[3 * size];
        value = new float[size];
        bin = new byte[size];
        first = new float[3];
        extent = new float[3];
    }

    private Samples(Samples from, int bins, int size) {
        geometry = from.geometry;
        this.bins = bins;
        this.size = size;
        place = Arrays.copyOf(from.place, 3 * size);
        value = Arrays.copyOf(from.value, size);
        bin = Arrays.copyOf(from.bin, size);
        first = from.first;
        extent = from.extent;
    }

    /**
     * Draws about {@code wanted} places, one in each voxel where there are fewer, or several in a
     * plane.
     *
     * @param level says which voxels there may be
     * @param spline its values between its voxels
     * @param most bins at most, 127 or fewer; the fewer samples, the fewer: a histogram of nearly
     *     empty cells says much about any place
     */
    static Samples of(Level level, Moving spline, int most, int wanted, long seed) {
        int inside = 0;
        for (int v = 0; v < level.values().length; v++) {
            inside += level.shows(v) ? 1 : 0;
        }
        Geometry g = level.geometry();
        int times = g.nk() == 1 ? OF_A_PIXEL : OF_A_VOXEL;
        double every = Math.max(1.0 / times, inside / (double) wanted);
        int fit = (int) Math.ceil(inside / every);
        Samples drawn = new Samples(g, bins(most, Math.min(fit, inside)), fit);
        Rng rng = new Rng(seed);
        int met = 0;
        int next = (int) (rng.nextDouble() * every);
        int count = 0;
        for (int v = 0; v < level.values().length; v++) {
            if (!level.shows(v)) {
                continue;
            }
            for (int n = 0; n < times && met >= next && count < fit; n++) {
                int row = v / g.ni();
                drawn.put(3 * count, v - row * g.ni(), g.ni(), rng);
                drawn.put(3 * count + 1, row % g.nj(), g.nj(), rng);
                drawn.put(3 * count + 2, row / g.nj(), g.nk(), rng);
                count++;
                next = (int) ((count + rng.nextDouble()) * every);
            }
            met++;
        }
        Samples all = new Samples(drawn, drawn.bins, count);
        all.span();
        Parallel.forEach((count + RUN - 1) / RUN, b -> all.read(spline, b * RUN));
        return all;
    }

    /** Puts a sample somewhere in its voxel: see the class. */
    private void put(int at, int voxel, int size, Rng rng) {
        double off = size == 1 ? 0 : rng.nextDouble() - 0.5;
        place[at] = (float) Math.max(0, Math.min(size - 1, voxel + off));
    }

    private void span() {
        for (int a = 0; a < 3; a++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int s = 0; s < size; s++) {
                least = Math.min(least, place[3 * s + a]);
                most = Math.max(most, place[3 * s + a]);
            }
            first[a] = least;
            extent[a] = most - least;
        }
    }

    private void read(Moving spline, int from) {
        Moving.Reader reader = spline.reader();
        double times = bins / (spline.high() - spline.low());
        for (int s = from; s < Math.min(size, from + RUN); s++) {
            reader.read(place[3 * s], place[3 * s + 1], place[3 * s + 2]);
            value[s] = reader.value();
            int b = (int) Math.floor((value[s] - spline.low()) * times);
            bin[s] = (byte) Math.max(0, Math.min(bins - 1, b));
        }
    }

    /** Returns how many bins so many samples fill. */
    static int bins(int most, int samples) {
        return Math.max(FEWEST_BINS, Math.min(most, (int) Math.sqrt(samples / A_CELL)));
    }

    /**
     * Returns those that a transform puts into a grid, so far from its border at least, and where
     * there is a value.
     *
     * <p>A metric that counts other voxels at every transform rises where it loses dull ones, which
     * stretches an affine transform; this set stays.
     */
    Samples within(Moving moving, Affine transform, double voxels) {
        Affine there = into(moving, transform);
        Samples kept = new Samples(this, bins, size);
        double[] at = new double[3];
        int count = 0;
        for (int s = 0; s < size; s++) {
            voxel(s, at);
            there.apply(at);
            if (moving.covers(at, voxels)) {
                kept.take(count++, this, s);
            }
        }
        return new Samples(kept, bins, count);
    }

    /** Returns every so manyth, from one on. */
    Samples every(int step, int from) {
        Samples kept = new Samples(this, bins, (size - from + step - 1) / step);
        for (int s = 0; s < kept.size; s++) {
            kept.take(s, this, from + s * step);
        }
        return kept;
    }

    private void take(int to, Samples from, int s) {
        System.arraycopy(from.place, 3 * s, place, 3 * to, 3);
        value[to] = from.value[s];
        bin[to] = from.bin[s];
    }

    int size() {
        return size;
    }

    int bins() {
        return bins;
    }

    int bin(int s) {
        return bin[s];
    }

    float value(int s) {
        return value[s];
    }

    /** Returns one of the three numbers of the voxel position. */
    float voxel(int s, int axis) {
        return place[3 * s + axis];
    }

    /**
     * Returns which of 4 × 4 × 4 equal boxes of what is looked at a sample lies in. Boxes of the
     * whole image would hold a small mask in one: nothing could disagree with it.
     */
    int cell(int s) {
        int cell = 0;
        for (int a = 2; a >= 0; a--) {
            float along = extent[a] > 0 ? (place[3 * s + a] - first[a]) / extent[a] : 0;
            cell = CELLS * cell + Math.min(CELLS - 1, (int) (CELLS * along));
        }
        return cell;
    }

    /** Writes the voxel position. */
    void voxel(int s, double[] at) {
        for (int a = 0; a < 3; a++) {
            at[a] = place[3 * s + a];
        }
    }

    /** Returns the map of voxel positions to world mm. */
    Affine toWorld() {
        return Affine.toWorld(geometry);
    }

    /** Returns the map of voxel positions to those of the moving image. */
    Affine into(Moving moving, Affine transform) {
        return toWorld().then(transform).then(moving.fromWorld());
    }

    /**
     * Turns the gradients of all cells into those by numbers between mm.
     *
     * @param stride numbers of a cell, of which the first twelve are its gradient
     */
    double[][] cellsToWorld(Moving moving, double[] sums, int stride) {
        double[][] parts = new double[ALL_CELLS][];
        for (int p = 0; p < parts.length; p++) {
            parts[p] = toWorld(moving, Arrays.copyOfRange(sums, stride * p, stride * p + 12));
        }
        return parts;
    }

    /** Turns the gradient by numbers between voxels into that by numbers between mm. */
    double[] toWorld(Moving moving, double[] voxels) {
        double[] out = new double[12];
        Affine back = moving.fromWorld();
        Affine there = toWorld();
        for (int c = 0; c < 4; c++) {
            for (int v = 0; v < 3; v++) {
                double sum = c == 3 ? voxels[4 * v + 3] : 0;
                for (int n = 0; n < 4 && c < 3; n++) {
                    sum += voxels[4 * v + n] * there.get(c, n);
                }
                for (int r = 0; r < 3; r++) {
                    out[4 * r + c] += sum * back.get(v, r);
                }
            }
        }
        return out;
    }
}
