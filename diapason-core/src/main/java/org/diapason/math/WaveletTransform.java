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
        Band now = base;
        int end = details.size();
        for (int level = grids.size() - 1; level >= 0; level--) {
            Geometry grid = grids.get(level);
            boolean[] fine = FineAxes.of(grid);
            int many = (1 << count(fine)) - 1;
            List<Band> bands = new ArrayList<>(List.of(now));
            bands.addAll(details.subList(end - many, end));
            end -= many;
            now = merge(lines, bands, grid, fine);
        }
        return now == base ? base.values().clone() : now.values();
    }

    private static int count(boolean[] axes) {
        return (axes[0] ? 1 : 0) + (axes[1] ? 1 : 0) + (axes[2] ? 1 : 0);
    }

    private static List<Band> split(WaveletLines lines, Band whole, int level, boolean[] fine) {
        List<Band> bands = List.of(whole);
        for (int axis = 0; axis < 3; axis++) {
            if (fine[axis]) {
                List<Band> next = new ArrayList<>();
                for (Band band : bands) {
                    next.addAll(split(lines, band, level, axis));
                }
                bands = next;
            }
        }
        return bands;
    }

    private static List<Band> split(WaveletLines lines, Band band, int level, int axis) {
        int[] size = FineAxes.sizes(band.grid());
        int n = size[axis];
        int[] to = {lines.low(n), lines.high(n)};
        Geometry low = halved(band.grid(), axis, to[0]);
        Geometry high = halved(band.grid(), axis, to[1]);
        float[][] out = {new float[low.voxels()], new float[high.voxels()]};
        Panels.along(
                size,
                axis,
                new float[][] {band.values()},
                new int[] {n},
                out,
                to,
                (a, b, w) -> lines.split(a, n, b, w));
        return List.of(new Band(level, low, out[0]), new Band(level, high, out[1]));
    }

    private static Band merge(WaveletLines lines, List<Band> all, Geometry whole, boolean[] fine) {
        List<Band> bands = all;
        for (int axis = 2; axis >= 0; axis--) {
            if (fine[axis]) {
                List<Band> next = new ArrayList<>();
                for (int b = 0; b < bands.size(); b += 2) {
                    next.add(merge(lines, bands.get(b), bands.get(b + 1), whole, axis));
                }
                bands = next;
            }
        }
        return bands.get(0);
    }

    private static Band merge(WaveletLines lines, Band low, Band high, Geometry whole, int axis) {
        int[] size = FineAxes.sizes(low.grid());
        int n = whole.size(axis);
        int[] from = {size[axis], high.grid().size(axis)};
        size[axis] = n;
        Geometry grid = sized(low.grid(), size, axis, whole.spacing(axis));
        float[] out = new float[grid.voxels()];
        Panels.along(
                size,
                axis,
                new float[][] {low.values(), high.values()},
                from,
                new float[][] {out},
                new int[] {n},
                (a, b, w) -> lines.merge(a, n, b, w));
        return new Band(low.level(), grid, out);
    }

    private static Geometry halved(Geometry g, int axis, int n) {
        int[] size = FineAxes.sizes(g);
        size[axis] = n;
        return sized(g, size, axis, 2 * g.spacing(axis));
    }

    private static Geometry sized(Geometry g, int[] size, int axis, double spacing) {
        double[] mm = g.spacingMm().toArray();
        mm[axis] = spacing;
        return Geometry.of(size[0], size[1], size[2], mm[0], mm[1], mm[2]);
    }
}
