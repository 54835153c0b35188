package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.volume.Affine;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * A moving image on a fixed grid through a transform, however many parts that has: one
 * interpolation.
 *
 * <p>NaN where the transform leads more than half a voxel beyond the centres of the moving image's
 * border voxels: nothing was measured there. Along an axis of the moving image that gets coarser it
 * is blurred first, σ = sqrt(k² − 1)/2.3548 voxels, unless its known resolution spans two voxels of
 * the fixed grid; k is counted by the linear parts of the transform alone.
 *
 * <p>A known resolution stays known under a linear transform: the covariance of the point-spread
 * function turns and scales with it, the filter and the interpolation add theirs. A deformation
 * leaves another width at each place, so none is stated.
 */
public final class Warp {
    private static final double NOT_COARSER = 1.05;
    private static final double ALIAS_FREE_VOXELS = 2;

    private final Volume moving;
    private final Transform transform;
    private final Geometry fixed;
    private final Interpolation how;
    private final Affine linear;

    private Warp(Volume moving, Transform transform, Geometry fixed, Interpolation how) {
        this.moving = moving;
        this.transform = transform;
        this.fixed = fixed;
        this.how = how;
        linear = GridThrough.linear(transform);
    }

    /**
     * Returns the moving image on the fixed grid, each channel alike.
     *
     * @param transform fixed mm to moving mm (LPS)
     * @throws RefusedException if the channels are components, which a transform would have to turn
     */
    public static Volume image(
            Volume moving, Transform transform, Geometry fixed, Interpolation how) {
        if (moving.meaning().kind() == Channels.Kind.COMPONENTS) {
            throw new RefusedException(
                    "the image has "
                            + moving.channels()
                            + " components, and whether they are a vector, which must turn with the"
                            + " image, is not known. Take one at a time: diapason convert IN OUT"
                            + " --frame N");
        }
        return new Warp(moving, transform, fixed, how).image();
    }

    /** Returns a mask on the fixed grid: linear interpolation of 0 and 1, then 0.5 or more. */
    public static Mask mask(Mask moving, Transform transform, Geometry fixed) {
        Transform t = onGrid(transform, fixed);
        boolean[] in = Grid.inField(moving.geometry(), fixed, t);
        boolean[] out = Resample.mask(moving.geometry(), moving.voxels(), fixed, t);
        for (int v = 0; v < out.length; v++) {
            out[v] &= in[v];
        }
        return Mask.of(fixed, out).withNotes(moving.notes());
    }

    /**
     * Returns a label image on the fixed grid: the label that linear interpolation gives most of a
     * voxel to, of equal ones the lowest, 0 outside the field; never a label that was not there.
     *
     * @throws RefusedException if a value is not a whole number, or there are several channels
     */
    public static Volume labels(Volume moving, Transform transform, Geometry fixed) {
        Transform t = onGrid(transform, fixed);
        return moving.onGrid(fixed, LabelVote.move(moving.geometry(), moving.values(), t, fixed));
    }

    /**
     * Returns a label image on the fixed grid by the label of the nearest voxel, 0 outside the
     * field.
     */
    public static Volume nearestLabels(Volume moving, Transform transform, Geometry fixed) {
        float[] out =
                Resample.within(
                        moving.geometry(),
                        moving.values(),
                        fixed,
                        onGrid(transform, fixed),
                        Interpolation.NEAREST);
        for (int v = 0; v < out.length; v++) {
            out[v] = out[v] == out[v] ? out[v] : 0;
        }
        return moving.onGrid(fixed, out);
    }

    /** Makes a field of a way back that is looked for, so that it is looked for only once. */
    private static Transform onGrid(Transform transform, Geometry fixed) {
        return Deformation.isSearched(transform)
                ? Deformation.on(fixed, transform).field()
                : transform;
    }

    private Volume image() {
        Geometry from = moving.geometry();
        if (transform.equals(Affine.IDENTITY) && from.equals(fixed)) {
            return moving;
        }
        Transform t = onGrid(transform, fixed);
        double[] sigma = sigma();
        boolean blurred = sigma[0] > 0 || sigma[1] > 0 || sigma[2] > 0;
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < moving.channels(); c++) {
            float[] values = moving.channel(c);
            if (blurred) {
                values = Gauss.blur(from, values, sigma[0], sigma[1], sigma[2]);
            }
            planes.add(Resample.within(from, values, fixed, t, how));
        }
        Optional<Numbers> width =
                transform instanceof Affine
                        ? moving.fwhmMm().map(w -> width(w, sigma))
                        : Optional.empty();
        return Volume.of(fixed, planes, moving.meaning(), moving.quantity())
                .withFwhmMm(width.orElse(null))
                .withResampled(true);
    }

    private double[] sigma() {
        Geometry from = moving.geometry();
        double[] sigma = new double[3];
        for (int a = 0; a < 3 && how != Interpolation.NEAREST; a++) {
            double[] axis = new double[3];
            for (int r = 0; r < 3; r++) {
                axis[r] = from.direction().get(3 * r + a);
            }
            double square = 0;
            for (int b = 0; b < 3; b++) {
                double part = 0;
                for (int r = 0; r < 3; r++) {
                    for (int c = 0; c < 3; c++) {
                        part += axis[r] * linear.get(r, c) * fixed.direction().get(3 * c + b);
                    }
                }
                part *= fixed.size(b) > 1 ? fixed.spacing(b) : 0;
                square += part * part;
            }
            double spacing = Math.sqrt(square);
            double k = spacing / from.spacing(a);
            int axisNumber = a;
            boolean free =
                    moving.fwhmMm()
                            .map(w -> w.get(axisNumber) >= ALIAS_FREE_VOXELS * spacing)
                            .orElse(false);
            if (from.size(a) > 1 && k > NOT_COARSER && !free) {
                sigma[a] = Gauss.antiAliasSigma(k);
            }
        }
        return sigma;
    }

    /** Returns the widths along the fixed axes: {@code sqrt(e^T L^-1 Σ L^-T e)}. */
    private Numbers width(Numbers fwhmMm, double[] sigma) {
        Geometry from = moving.geometry();
        double added =
                how == Interpolation.LINEAR ? 1 / 6.0 : how == Interpolation.NEAREST ? 1 / 12.0 : 0;
        double[] square = new double[3];
        for (int a = 0; a < 3; a++) {
            double unit = Gauss.FWHM_PER_SIGMA * from.spacing(a);
            double voxels2 = sigma[a] * sigma[a] + (from.size(a) > 1 ? added : 0);
            square[a] = fwhmMm.get(a) * fwhmMm.get(a) + unit * unit * voxels2;
        }
        Affine back = linear.inverse();
        double[] out = new double[3];
        for (int b = 0; b < 3; b++) {
            double sum = 0;
            for (int a = 0; a < 3; a++) {
                double part = 0;
                for (int r = 0; r < 3; r++) {
                    for (int c = 0; c < 3; c++) {
                        part +=
                                fixed.direction().get(3 * r + b)
                                        * back.get(r, c)
                                        * from.direction().get(3 * c + a);
                    }
                }
                sum += part * part * square[a];
            }
            out[b] = Math.sqrt(sum);
        }
        return Numbers.of(out);
    }
}
