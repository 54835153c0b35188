package org.diapason.features;

import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The grid on which features are measured: where its voxels lie and how image and mask get there.
 *
 * <p>The grid keeps the physical centre, {@code ceil(n_a s_a / s_b)} voxels an axis. The mask is
 * interpolated linearly and kept where it is 0.5 or more; {@link Rules} may say otherwise. There is
 * no filter against aliasing, as in the configurations of the consensus, unless {@link
 * Rules#antiAliasing} asks for one; {@code isotropic} under {@code images} has one, too.
 *
 * <p>Method: IBSI 1 reference manual, section 2.4 "Interpolation".
 *
 * @param spacingMm distance of voxels in mm; positive
 * @param inPlane only within slices: the slices keep their distance, for features in 2-D and 2.5-D
 * @param interpolation how intensities between voxels are made
 * @param roundHu round Hounsfield units to whole numbers afterwards
 */
public record Sampling(
        double spacingMm,
        @Default("false") boolean inPlane,
        @Default("linear") Interpolation interpolation,
        @Default("true") boolean roundHu) {

    /** Interpolation in float is this exact, relative to the value. */
    private static final float WHOLE = 1e-6f;

    /** A half that rounding has made a little less still belongs to the mask. */
    private static final float HALF = 0.5f - 1e-6f;

    public Sampling {
        Grid.requireSpacing(spacingMm);
    }

    /** Returns the grid by the rules of the manual. */
    Geometry grid(Geometry from) {
        return grid(from, Rules.IBSI);
    }

    /** Returns the image on the new grid by the rules of the manual. */
    Volume move(Volume volume) {
        return move(volume, Rules.IBSI);
    }

    /** Returns the mask on the new grid by the rules of the manual. */
    Mask move(Mask mask, String who) {
        return move(mask, Rules.IBSI, who);
    }

    /** Returns the grid for images on the given one. */
    Geometry grid(Geometry from, Rules rules) {
        double deep = inPlane ? from.spacing(2) : spacingMm;
        return Grid.of(from, rules.grid(), spacingMm, spacingMm, deep);
    }

    /** Returns the image on the new grid. */
    Volume move(Volume volume, Rules rules) {
        Geometry to = grid(volume.geometry(), rules);
        Geometry from = volume.geometry();
        float[] values = volume.values();
        if (rules.antiAliasing() < 1) {
            values = Smoothing.of(from, values, to, rules.antiAliasing(), !inPlane);
        }
        if (interpolation == Interpolation.CUBIC
                && rules.splineEdge() == Rules.SplineEdge.REPEATED) {
            values = Smoothing.widened(from, values);
            from = Smoothing.widened(from);
        }
        float[] moved = Resample.onto(from, values, to, interpolation);
        Rules.Rounding rounding = rules.rounding();
        if (rounding == Rules.Rounding.HU && roundHu && volume.quantity() == Quantity.HU) {
            for (int v = 0; v < moved.length; v++) {
                moved[v] = (float) Math.rint(moved[v]);
            }
        }
        if (rounding == Rules.Rounding.STORED && whole(volume.values())) {
            for (int v = 0; v < moved.length; v++) {
                moved[v] = towardsZero(moved[v]);
            }
        }
        return volume.onGrid(to, moved);
    }

    /** Leaves out what follows the point; what float arithmetic left just below a whole is it. */
    private static float towardsZero(float value) {
        float near = (float) Math.rint(value);
        boolean whole = Math.abs(value - near) <= WHOLE * Math.max(1, Math.abs(value));
        return whole ? near : (float) (value < 0 ? Math.ceil(value) : Math.floor(value));
    }

    private static boolean whole(float[] values) {
        for (float v : values) {
            if (v != Math.rint(v)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the mask on the new grid.
     *
     * @throws RefusedException if no voxel of it is left
     */
    Mask move(Mask mask, Rules rules, String who) {
        Geometry from = mask.geometry();
        Geometry to = grid(from, rules);
        boolean[] voxels =
                rules.antiAliasing() < 1
                        ? blurred(mask, to, rules)
                        : rules.maskInterpolation() == Interpolation.LINEAR
                                ? Resample.mask(from, mask.voxels(), to)
                                : Resample.nearest(from, mask.voxels(), to);
        Mask moved = Mask.of(to, voxels);
        if (mask.count() > 0 && moved.count() == 0) {
            throw new RefusedException(
                    who
                            + ": the mask's "
                            + mask.count()
                            + " voxels vanish on the grid of "
                            + Numbers.fixed(spacingMm, 2)
                            + " mm. Choose a smaller spacing-mm or leave this exam out.");
        }
        return moved;
    }

    /** Returns the mask blurred along all axes, kept where it is 0.5 or more. */
    private static boolean[] blurred(Mask mask, Geometry to, Rules rules) {
        float[] parts = new float[mask.voxels().length];
        for (int v = 0; v < parts.length; v++) {
            parts[v] = mask.voxels()[v] ? 1 : 0;
        }
        Geometry from = mask.geometry();
        float[] soft = Smoothing.of(from, parts, to, rules.antiAliasing(), true);
        float[] moved = Resample.onto(from, soft, to, rules.maskInterpolation());
        boolean[] kept = new boolean[moved.length];
        for (int v = 0; v < kept.length; v++) {
            kept[v] = moved[v] >= HALF;
        }
        return kept;
    }

    /** Returns the rule in words. */
    String words() {
        return Numbers.plain(spacingMm)
                + (inPlane ? " mm in plane, " : " mm, ")
                + switch (interpolation) {
                    case LINEAR -> "linear";
                    case CUBIC -> "cubic B-spline";
                    case NEAREST -> "nearest";
                    case SINC -> "windowed sinc";
                }
                + (roundHu ? ", HU rounded" : "");
    }
}
