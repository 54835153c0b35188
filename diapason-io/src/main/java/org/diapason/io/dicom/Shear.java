package org.diapason.io.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.math.Resample;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A stack whose slices are shifted within their plane from one to the next, as a tilted gantry
 * makes it, put on a grid with right angles.
 *
 * <p>Each slice stays where it is; its pixels are interpolated within it at the places that the
 * common grid has. The grid keeps the pixel spacing and grows to hold every slice. Where a slice
 * has no pixel, and where it was padded, there is NaN.
 *
 * @param iMm how far each slice is shifted along i against the first, in mm
 * @param jMm the same along j
 * @param how linear or cubic
 */
record Shear(double[] iMm, double[] jMm, Interpolation how) {
    /** A slice may lie this share of a pixel beside the stack's axis. */
    private static final double SHIFT_TOLERANCE = 0.1;

    /** A grid with right angles may have this many times the voxels that were measured. */
    private static final double MOST_GROWN = 100;

    /**
     * Returns how the slices are shifted within their plane; empty where they are not.
     *
     * @param straight the grid they would have unshifted
     * @throws DataException if they are and no interpolation is asked for, or not in proportion;
     *     both slices are named
     */
    static Optional<Shear> of(
            List<SliceStack.Slice> slices, Geometry straight, Optional<Interpolation> how) {
        int n = slices.size();
        double[] i = new double[n];
        double[] j = new double[n];
        int worst = 0;
        double most = 0;
        for (int s = 0; s < n; s++) {
            for (int r = 0; r < 3; r++) {
                double d = slices.get(s).position()[r] - slices.get(0).position()[r];
                i[s] += d * straight.direction().get(3 * r);
                j[s] += d * straight.direction().get(3 * r + 1);
            }
            double shift = Math.hypot(i[s], j[s]);
            if (shift > most) {
                most = shift;
                worst = s;
            }
        }
        double allowed = SHIFT_TOLERANCE * Math.min(straight.spacing(0), straight.spacing(1));
        if (most <= allowed) {
            return Optional.empty();
        }
        boolean even = true;
        for (int s = 0; s < n; s++) {
            double share = s / (double) (n - 1);
            even &= Math.abs(i[s] - share * i[n - 1]) <= allowed;
            even &= Math.abs(j[s] - share * j[n - 1]) <= allowed;
        }
        if (even && how.isPresent()) {
            Shear shear = new Shear(i, j, how.get());
            double voxels =
                    (straight.ni() + most / straight.spacing(0) + 1)
                            * (straight.nj() + most / straight.spacing(1) + 1)
                            * n;
            if (voxels > MOST_GROWN * straight.voxels()) {
                throw new DataException(
                        slices.get(0).frame().name()
                                + " and "
                                + slices.get(worst).frame().name()
                                + " are shifted by "
                                + Numbers.fixed(most, 3)
                                + " mm within their plane, so far that a grid that holds both would"
                                + " be mostly empty. Export the series again.");
            }
            return Optional.of(shear);
        }
        double depth = slices.get(worst).depth() - slices.get(0).depth();
        double degrees = StrictMath.toDegrees(StrictMath.atan2(most, depth));
        throw new DataException(
                slices.get(0).frame().name()
                        + " and "
                        + slices.get(worst).frame().name()
                        + " are shifted by "
                        + Numbers.fixed(most, 3)
                        + " mm within their plane over "
                        + Numbers.fixed(depth, 3)
                        + " mm ("
                        + (even
                                ? "a gantry tilt or shear of "
                                        + Numbers.fixed(degrees, 1)
                                        + "°), which no grid with right angles holds. Add"
                                        + " #tilt=linear or #tilt=cubic to the path to have each"
                                        + " slice interpolated onto such a grid."
                                : "not in proportion), which is no stack. Export the series"
                                        + " again."));
    }

    /** Returns the grid with right angles that holds all slices of a grid that is sheared. */
    Geometry grid(Geometry g) {
        double[] i = extent(iMm);
        double[] j = extent(jMm);
        double[] origin = g.originMm().toArray();
        for (int r = 0; r < 3; r++) {
            origin[r] += g.direction().get(3 * r) * i[0] + g.direction().get(3 * r + 1) * j[0];
        }
        return new Geometry(
                g.ni() + grown(i, g.spacing(0)),
                g.nj() + grown(j, g.spacing(1)),
                g.nk(),
                g.spacingMm(),
                Numbers.of(origin),
                g.direction());
    }

    private static double[] extent(double[] mm) {
        return new double[] {Arrays.stream(mm).min().orElse(0), Arrays.stream(mm).max().orElse(0)};
    }

    private static int grown(double[] extent, double spacing) {
        return (int) Math.ceil((extent[1] - extent[0]) / spacing - 1e-6);
    }

    /** Returns the values on {@link #grid}; {@code values} are written to (padding). */
    float[] apply(List<Frame> frames, Geometry sheared, Geometry grid, float[] values) {
        float[] out = new float[grid.voxels()];
        int plane = sheared.ni() * sheared.nj();
        int wide = grid.ni() * grid.nj();
        double i0 = extent(iMm)[0];
        double j0 = extent(jMm)[0];
        Parallel.forEach(
                sheared.nk(),
                k -> {
                    float[] slice = Arrays.copyOfRange(values, k * plane, (k + 1) * plane);
                    unpad(frames.get(k), slice);
                    Geometry from = flat(sheared, sheared, iMm[k], jMm[k]);
                    Geometry to = flat(grid, grid, i0, j0);
                    float[] moved = Resample.onto(from, slice, to, how);
                    outside(moved, sheared, grid, (i0 - iMm[k]), (j0 - jMm[k]));
                    System.arraycopy(moved, 0, out, k * wide, wide);
                });
        return out;
    }

    private static Geometry flat(Geometry size, Geometry spacing, double x, double y) {
        return new Geometry(
                size.ni(),
                size.nj(),
                1,
                spacing.spacingMm(),
                Numbers.of(x, y, 0),
                Geometry.IDENTITY);
    }

    private static void outside(float[] moved, Geometry from, Geometry to, double x, double y) {
        for (int j = 0; j < to.nj(); j++) {
            double v = y / from.spacing(1) + j;
            for (int i = 0; i < to.ni(); i++) {
                double u = x / from.spacing(0) + i;
                if (!(u >= -0.5 && u <= from.ni() - 0.5 && v >= -0.5 && v <= from.nj() - 0.5)) {
                    moved[j * to.ni() + i] = Float.NaN;
                }
            }
        }
    }

    /** Puts NaN where a slice says it has no measurement (PS3.3 C.7.5.1.1.2). */
    static void unpad(Frame frame, float[] slice) {
        OptionalDouble value = frame.values().number(Keyword.PixelPaddingValue);
        if (value.isEmpty()) {
            return;
        }
        double limit =
                frame.values().number(Keyword.PixelPaddingRangeLimit).orElse(value.getAsDouble());
        double low = Math.min(limit, value.getAsDouble());
        double high = Math.max(limit, value.getAsDouble());
        for (int n = 0; n < slice.length; n++) {
            if (slice[n] >= low && slice[n] <= high) {
                slice[n] = Float.NaN;
            }
        }
    }
}
