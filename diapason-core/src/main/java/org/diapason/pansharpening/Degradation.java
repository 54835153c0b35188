package org.diapason.pansharpening;

import java.util.Optional;
import org.diapason.math.GapFill;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The way from the sharp image's resolution to that of bands, and back to its grid.
 *
 * <p>Down: a Gaussian blur by the width of the bands, then, where the bands lie on a grid of their
 * own, sampling there. Up: interpolation by cubic B-splines. Where the bands lie on the sharp
 * image's grid already nothing is sampled: on which grid they once lay is not known.
 *
 * <p>NaN is no value: gaps are filled smoothly before anything is interpolated, and are gaps again
 * where the nearest voxel is one, as are places outside the field.
 *
 * @param fine grid of the sharp image
 * @param bands grid of the bands, which may be the same
 * @param sigmaMm standard deviation of the blur along i, j, k of the fine grid; 0 along axes where
 *     the bands are not coarser
 * @param ratio by how much the bands are coarser along these axes, 1 or more
 */
record Degradation(Geometry fine, Geometry bands, Numbers sigmaMm, Numbers ratio) {
    /** An axis whose widths differ by less is as sharp in both. */
    private static final double ALIKE = 1.05;

    /**
     * Finds what is between a sharp image and bands.
     *
     * @param band one of the bands; all have its grid and its width
     * @throws RefusedException if the resolution of the bands is not known, or no coarser along any
     *     axis
     */
    static Degradation of(Volume sharp, Volume band, Resolution said) {
        Geometry fine = sharp.geometry();
        boolean own = !sameGrid(fine, band.geometry());
        Geometry bands = own ? band.geometry() : fine;
        if (own && said.spacingMm().isPresent()) {
            throw new RefusedException(
                    "the bands lie on a grid of their own, with voxels of "
                            + bands.spacingMm().fixed(3)
                            + " mm; spacing-mm is for bands that were brought to another grid. Leave"
                            + " it out.");
        }
        double per = said.sigmaPerVoxel();
        Optional<double[]> width =
                said.spacingMm().isPresent() ? Optional.empty() : width(fine, bands, band, said);
        double[] sigma;
        if (width.isPresent()) {
            sigma = width.get();
            for (int a = 0; a < 3; a++) {
                double known = sharp.fwhmMm().isPresent() ? sharp.fwhmMm().get().get(a) : 0;
                double left = sigma[a] * sigma[a] - known * known;
                sigma[a] = Math.sqrt(Math.max(0, left)) / Gauss.FWHM_PER_SIGMA;
            }
        } else if (own) {
            sigma = scaled(along(fine, bands, bands.spacingMm().toArray()), per);
        } else if (said.spacingMm().isPresent()) {
            sigma = scaled(three(said.spacingMm().get()), per);
        } else {
            throw new RefusedException(
                    "the bands lie on the grid of the sharp image, and how coarse they are is not"
                            + " known. Say their width in mm (fwhm-mm), or their voxels before they"
                            + " were brought there (spacing-mm).");
        }
        return of(fine, bands, sigma, per);
    }

    /** Returns the width of the bands along the axes of the sharp image: what is said, or known. */
    private static Optional<double[]> width(
            Geometry fine, Geometry bands, Volume band, Resolution said) {
        return said.fwhmMm().isPresent()
                ? said.fwhmMm().map(Degradation::three)
                : band.fwhmMm().map(known -> along(fine, bands, known.toArray()));
    }

    private static Degradation of(Geometry fine, Geometry bands, double[] sigma, double per) {
        double[] ratio = new double[3];
        boolean coarser = false;
        for (int a = 0; a < 3; a++) {
            double r = fine.size(a) > 1 ? sigma[a] / (per * fine.spacing(a)) : 1;
            ratio[a] = r > ALIKE ? r : 1;
            sigma[a] = r > ALIKE ? sigma[a] : 0;
            coarser |= r > ALIKE;
        }
        if (!coarser) {
            throw new RefusedException(
                    "the bands are no coarser than the sharp image along any axis, so there is"
                            + " nothing to sharpen. Take diapason fuse, or say the width of the bands"
                            + " in mm (fwhm-mm).");
        }
        return new Degradation(fine, bands, Numbers.of(sigma), Numbers.of(ratio));
    }

    static boolean sameGrid(Geometry one, Geometry other) {
        return one.isClose(other, 1e-3);
    }

    /** Says whether the bands lie on a grid of their own. */
    boolean apart() {
        return !bands.equals(fine);
    }

    /** Returns the standard deviation of the blur in voxels along an axis of the fine grid. */
    double sigma(int axis) {
        return sigmaMm.get(axis) / fine.spacing(axis);
    }

    /** Returns values of the fine grid at the resolution of the bands. */
    float[] blurred(float[] values) {
        return Gauss.blur(fine, values, sigma(0), sigma(1), sigma(2));
    }

    /** Returns values of the fine grid as bands: of their resolution and on their grid. */
    float[] asBand(float[] values) {
        float[] blurred = blurred(values);
        return apart() ? moved(fine, blurred, bands) : blurred;
    }

    /** Returns a band on the fine grid; the array itself where it lies there. */
    float[] expanded(float[] band) {
        return apart() ? moved(bands, band, fine) : band;
    }

    /**
     * Returns what the bands' resolution leaves of values of the fine grid, on that grid; NaN where
     * they are. A gap does not grow to the size of a coarse voxel on the way.
     */
    float[] lowPass(float[] values) {
        float[] low = blurred(values);
        if (apart()) {
            float[] coarse = GapFill.of(bands, moved(fine, low, bands));
            low = moved(bands, coarse, fine);
            for (int v = 0; v < low.length; v++) {
                low[v] = values[v] == values[v] ? low[v] : Float.NaN;
            }
        }
        return low;
    }

    /** Returns the mean ratio of the axes along which the bands are coarser. */
    double meanRatio() {
        double log = 0;
        int many = 0;
        for (int a = 0; a < 3; a++) {
            log += StrictMath.log(ratio.get(a));
            many += ratio.get(a) > 1 ? 1 : 0;
        }
        return StrictMath.exp(log / many);
    }

    /** Returns the grid one step down: that of the bands, or one as coarse as they are. */
    Geometry down() {
        return apart()
                ? bands
                : Grid.of(
                        fine,
                        Grid.Rule.IBSI,
                        fine.spacing(0) * ratio.get(0),
                        fine.spacing(1) * ratio.get(1),
                        fine.spacing(2) * ratio.get(2));
    }

    /** Returns values of the fine grid one step down; without a blur, which is the caller's. */
    float[] movedDown(float[] values) {
        return moved(fine, values, down());
    }

    /** Returns the same way one step down: every length is longer by the ratio. */
    Degradation reduced() {
        Geometry from = down();
        double[] by = along(from, fine, ratio.toArray());
        double[] sigma = along(from, fine, sigmaMm.toArray());
        double[] mm = new double[3];
        for (int a = 0; a < 3; a++) {
            sigma[a] *= by[a];
            mm[a] = from.spacing(a) * by[a];
        }
        Geometry to = apart() ? Grid.of(from, Grid.Rule.IBSI, mm[0], mm[1], mm[2]) : from;
        return new Degradation(from, to, Numbers.of(sigma), Numbers.of(by));
    }

    /** Returns lengths along the axes of one grid as they are along those of another. */
    private static double[] along(Geometry to, Geometry from, double[] lengths) {
        double[] out = new double[3];
        for (int a = 0; a < 3; a++) {
            double square = 0;
            for (int b = 0; b < 3; b++) {
                double part = Grid.cosine(to, a, from, b) * lengths[b];
                square += part * part;
            }
            out[a] = Math.sqrt(square);
        }
        return out;
    }

    private static double[] three(Numbers n) {
        return n.size() == 3 ? n.toArray() : new double[] {n.get(0), n.get(0), n.get(0)};
    }

    private static double[] scaled(double[] values, double by) {
        for (int a = 0; a < 3; a++) {
            values[a] *= by;
        }
        return values;
    }

    private static float[] moved(Geometry from, float[] values, Geometry to) {
        float[] whole = GapFill.of(from, values);
        float[] out = Resample.within(from, whole, to, Affine.IDENTITY, Interpolation.CUBIC);
        if (whole != values) {
            float[] next = Resample.onto(from, values, to, Interpolation.NEAREST);
            for (int v = 0; v < out.length; v++) {
                out[v] = Float.isFinite(next[v]) ? out[v] : Float.NaN;
            }
        }
        return out;
    }
}
