package org.diapason.math;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Geometry;

/**
 * The decimated discrete wavelet transform of an image, and back.
 *
 * <p>A level splits every axis into a low and a high half, and the next level splits what is low
 * along all of them; axes of one voxel, and those whose spacing is more than 1.5 times the
 * smallest, are left whole. Any size. Moving the image by one voxel changes all coefficients: flips
 * and shifts do not commute with what is done to them. Needs a value at every voxel.
 *
 * <p>Wavelets: haar, db2 to db8 ({@link FilterBank}: more coefficients than voxels, since lines are
 * continued), cdf-5-3 and cdf-9-7 ({@link Lifting}: as many as voxels).
 */
public final class WaveletTransform {

    /**
     * Coefficients of one kind.
     *
     * @param level 0 is the finest
     * @param grid their number along i, j and k, and twice the spacing where halved
     * @param values not modified
     */
    public record Band(int level, Geometry grid, float[] values) {}

    private final WaveletLines lines;
    private final List<Geometry> grids;
    private final List<Band> details;
    private final Band base;

    private WaveletTransform(
            WaveletLines lines, List<Geometry> grids, List<Band> details, Band base) {
        this.lines = lines;
        this.grids = List.copyOf(grids);
        this.details = List.copyOf(details);
        this.base = base;
    }

    /**
     * Makes the transform, of fewer levels where no axis can be halved. Does not modify its input.
     */
    public static WaveletTransform of(Geometry g, float[] values, String wavelet, int levels) {
        WaveletLines lines = WaveletLines.of(wavelet);
        List<Geometry> grids = new ArrayList<>();
        List<Band> details = new ArrayList<>();
        Band now = new Band(0, g, values);
        for (int level = 0; level < levels; level++) {
            boolean[] fine = FineAxes.of(now.grid());
            if (!FineAxes.any(fine)) {
                break;
            }
            grids.add(now.grid());
            List<Band> bands = split(lines, now, level, fine);
            details.addAll(bands.subList(1, bands.size()));
            now = bands.get(0);
        }
        return new WaveletTransform(lines, grids, details, now);
    }

    /**
     * Returns all bands but the smooth one, finest level first; within a level the highest axis
     * changes fastest: of a volume LLH, LHL, LHH, HLL …, named along i, j, k.
     */
    public List<Band> details() {
        return details;
    }

    /** Returns what is low along all axes of all levels. */
    public Band base() {
        return base;
    }

    /** Returns the same transform with other coefficients, which are kept. */
    public WaveletTransform with(List<float[]> newDetails, float[] newBase) {
        List<Band> bands = new ArrayList<>();
        for (int b = 0; b < details.size(); b++) {
            Band old = details.get(b);
            bands.add(new Band(old.level(), old.grid(), newDetails.get(b)));
        }
        return new WaveletTransform(
                lines, grids, bands, new Band(base.level(), base.grid(), newBase));
    }

    /** Returns the image. */
    public float[] merged() {
        float[] now = base.values();
        int end = details.size();
        for (int level = grids.size() - 1; level >= 0; level--) {
            Geometry grid = grids.get(level);
            boolean[] fine = FineAxes.of(grid);
            float[][] bands = new float[1 << count(fine)][];
            end -= bands.length - 1;
            bands[0] = now;
            for (int b = 1; b < bands.length; b++) {
                bands[b] = details.get(end + b - 1).values();
            }
            now = lines.merge(FineAxes.sizes(grid), fine, bands);
        }
        return now == base.values() ? now.clone() : now;
    }

    private static int count(boolean[] axes) {
        return (axes[0] ? 1 : 0) + (axes[1] ? 1 : 0) + (axes[2] ? 1 : 0);
    }

    private static List<Band> split(WaveletLines lines, Band whole, int level, boolean[] fine) {
        Geometry g = whole.grid();
        float[][] values = lines.split(FineAxes.sizes(g), fine, whole.values());
        List<Band> bands = new ArrayList<>();
        for (int b = 0; b < values.length; b++) {
            bands.add(new Band(level, halved(lines, g, fine, b), values[b]));
        }
        return bands;
    }

    /** Returns the grid of a band: of its number the last bit belongs to the highest axis. */
    private static Geometry halved(WaveletLines lines, Geometry g, boolean[] fine, int band) {
        int[] size = FineAxes.sizes(g);
        int bits = band;
        for (int axis = 2; axis >= 0; axis--) {
            if (fine[axis]) {
                size[axis] = bits % 2 == 0 ? lines.low(size[axis]) : lines.high(size[axis]);
                bits /= 2;
            }
        }
        return FineAxes.coarser(g, fine, size);
    }
}
