package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
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
 * border voxels, since nothing was measured there, and where a way back that is looked for is not
 * found. Along an axis of the moving image that gets coarser it is blurred first ({@link
 * AliasFilter}).
 *
 * <p>A known resolution stays known under a linear transform: the covariance of the point-spread
 * function turns and scales with it, the filter and the interpolation add theirs. A deformation
 * leaves another width at each place, so none is stated.
 */
public final class Warp {
    private final Volume moving;
    private final GridThrough through;
    private final Interpolation how;
    private final AliasFilter filter;

    private Warp(Volume moving, GridThrough through, Interpolation how) {
        this.moving = moving;
        this.through = through;
        this.how = how;
        AliasFilter before = AliasFilter.before(moving, through);
        filter = how == Interpolation.NEAREST ? before.off() : before;
    }

    /**
     * Returns the moving image on the fixed grid, each channel alike.
     *
     * @param transform fixed mm to moving mm (LPS)
     * @throws RefusedException if the channels are components, which may be those of a vector
     */
    public static Volume image(
            Volume moving, Transform transform, Geometry fixed, Interpolation how) {
        if (moving.meaning().kind() == Channels.Kind.COMPONENTS) {
            throw new RefusedException(
                    "the image has "
                            + moving.channels()
                            + " components, and whether they are a vector, which must turn with the"
                            + " image, is not known. Say it: warp --vectors carried, turned or"
                            + " kept.");
        }
        return vectors(moving, transform, fixed, how, Vectors.KEPT);
    }

    /**
     * Returns an image of vectors on the fixed grid: interpolated component by component, then
     * turned as is asked with the Jacobian of the transform at each voxel.
     *
     * @param moving three components along LPS; if they are to be kept, whatever there is
     * @throws RefusedException if there are not three components to turn
     */
    public static Volume vectors(
            Volume moving,
            Transform transform,
            Geometry fixed,
            Interpolation how,
            Vectors vectors) {
        boolean three =
                moving.channels() == 3 && moving.meaning().kind() == Channels.Kind.COMPONENTS;
        if (vectors != Vectors.KEPT && !three) {
            throw new RefusedException(
                    "the image has "
                            + moving.channels()
                            + " "
                            + moving.meaning().kind().plural()
                            + ", and vectors have 3 components along x, y and z. Say --vectors"
                            + " kept, or give them as NIfTI with intent 1007 and three numbers on"
                            + " axis 5.");
        }
        if (transform.equals(Affine.IDENTITY) && moving.geometry().equals(fixed)) {
            return moving;
        }
        return new Warp(moving, GridThrough.of(fixed, transform), how).image(vectors);
    }

    /** Returns a mask on the fixed grid: linear interpolation of 0 and 1, then 0.5 or more. */
    public static Mask mask(Mask moving, Transform transform, Geometry fixed) {
        GridThrough through = GridThrough.of(fixed, transform);
        boolean[] in = through.inField(moving.geometry());
        boolean[] out = through.mask(moving.geometry(), moving.voxels());
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
        LabelVote.requireLabels(moving.values());
        GridThrough through = GridThrough.of(fixed, transform);
        return moving.onGrid(fixed, through.labels(moving.geometry(), moving.values()));
    }

    /**
     * Returns a label image on the fixed grid by the label of the nearest voxel, 0 outside the
     * field.
     *
     * @throws RefusedException if a value is not a whole number, or there are several channels
     */
    public static Volume nearestLabels(Volume moving, Transform transform, Geometry fixed) {
        LabelVote.requireLabels(moving.values());
        float[] out =
                GridThrough.of(fixed, transform)
                        .within(moving.geometry(), moving.values(), Interpolation.NEAREST);
        for (int v = 0; v < out.length; v++) {
            out[v] = out[v] == out[v] ? out[v] : 0;
        }
        return moving.onGrid(fixed, out);
    }

    private Volume image(Vectors vectors) {
        Geometry from = moving.geometry();
        Geometry fixed = through.grid();
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < moving.channels(); c++) {
            planes.add(through.within(from, filter.blur(from, moving.channel(c)), how));
        }
        if (vectors != Vectors.KEPT) {
            turn(planes, vectors);
        }
        Optional<Numbers> width = moving.fwhmMm().flatMap(this::width);
        return Volume.of(fixed, planes, moving.meaning(), moving.quantity())
                .withFwhmMm(width.orElse(null))
                .withResampled(true);
    }

    private void turn(List<float[]> planes, Vectors vectors) {
        Geometry fixed = through.grid();
        Transform t = through.transform();
        double[] all = t instanceof Affine a ? vectors.back(a.jacobian(new double[3])) : null;
        Parallel.forEach(
                fixed.nk(),
                k -> {
                    double[] v = new double[3];
                    for (int at = fixed.index(0, 0, k); at < fixed.index(0, 0, k + 1); at++) {
                        for (int r = 0; r < 3; r++) {
                            v[r] = planes.get(r)[at];
                        }
                        if (!(v[0] + v[1] + v[2] == v[0] + v[1] + v[2])) {
                            continue;
                        }
                        double[] m = all;
                        if (m == null) {
                            int i = at % fixed.ni();
                            int j = at / fixed.ni() % fixed.nj();
                            m = vectors.back(t.jacobian(fixed.toWorld(i, j, k).toArray()));
                        }
                        Vectors.times(m, v);
                        for (int r = 0; r < 3; r++) {
                            planes.get(r)[at] = (float) v[r];
                        }
                    }
                });
    }

    /** Returns the widths along the fixed axes, with what filter and interpolation add. */
    private Optional<Numbers> width(Numbers fwhmMm) {
        Geometry from = moving.geometry();
        double added =
                how == Interpolation.LINEAR ? 1 / 6.0 : how == Interpolation.NEAREST ? 1 / 12.0 : 0;
        double[] wide = new double[3];
        for (int a = 0; a < 3; a++) {
            double sigma = filter.sigmaVoxels().get(a);
            double unit = Gauss.FWHM_PER_SIGMA * from.spacing(a);
            double voxels2 = sigma * sigma + (from.size(a) > 1 ? added : 0);
            wide[a] = Math.sqrt(fwhmMm.get(a) * fwhmMm.get(a) + unit * unit * voxels2);
        }
        return through.widths(from, wide);
    }
}
