package org.diapason.steps.resolution;

import java.util.Locale;
import java.util.Map;
import org.diapason.math.Boundary;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.registration.GridThrough;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * What the grid steps share: an image on another grid, filtered where that is coarser, with its
 * width kept in the books and all decided numbers written down.
 *
 * <p>The spacing of the new grid along an old axis is {@code sqrt(Σ_b cos²(a, b) s_b²)}, that of
 * the new axis where both point the same way. Widths turn the same way.
 */
record Regrid(
        Interpolation interpolation, AntiAlias antiAlias, Boundary boundary, boolean roundHu) {
    static final double SAME_SPACING = NextGrid.SAME_SPACING;
    private static final double FAR_VOXELS = 0.5;
    private static final double MANY_TIMES = 2;

    /** Returns the volume on the new grid, or rounded only where both grids are one. */
    Volume move(String who, String name, Volume volume, Geometry to, Trace trace) {
        return move(who, name, volume, GridThrough.of(to, Affine.IDENTITY), trace);
    }

    /** Returns the volume where the new grid lies in it, or rounded only where both are one. */
    Volume move(String who, String name, Volume volume, GridThrough through, Trace trace) {
        Geometry from = volume.geometry();
        Geometry to = through.seen();
        double[] sigma = antiAliasSigma(volume, name, to, trace);
        trace.note(name + ".oldSize", Numbers.of(from.ni(), from.nj(), from.nk()));
        trace.note(name + ".oldSpacingMm", from.spacingMm());
        trace.note(name + ".newSize", Numbers.of(to.ni(), to.nj(), to.nk()));
        trace.note(name + ".newSpacingMm", to.spacingMm());
        trace.note(name + ".interpolation", word(interpolation));
        sayWhereNothingIsNew(who, name, from, to, trace);
        float[] values = volume.values();
        if (sigma[0] > 0 || sigma[1] > 0 || sigma[2] > 0) {
            values = Gauss.blur(from, values, sigma[0], sigma[1], sigma[2]);
        }
        float[] moved = through.values(from, values, interpolation, boundary);
        if (roundHu && volume.quantity() == Quantity.HU) {
            for (int v = 0; v < moved.length; v++) {
                moved[v] = (float) Math.rint(moved[v]);
            }
        }
        if (to == from) {
            return volume.withValues(moved);
        }
        Volume out = volume.onGrid(through.grid(), moved);
        return volume.fwhmMm().isEmpty()
                ? out
                : out.withFwhmMm(widened(volume.fwhmMm().get(), from, to, sigma));
    }

    static String word(Enum<?> setting) {
        return setting.name().toLowerCase(Locale.ROOT);
    }

    /** Notes axes that get finer, and warns of those that get much finer. */
    private static void sayWhereNothingIsNew(
            String who, String name, Geometry from, Geometry to, Trace trace) {
        StringBuilder finer = new StringBuilder();
        double most = 1;
        for (int a = 0; a < 3; a++) {
            double times = from.spacing(a) / spacingAlong(from, a, to);
            if (from.size(a) > 1 && times > 1 + SAME_SPACING) {
                most = Math.max(most, times);
                finer.append(finer.length() == 0 ? "" : ", ").append(Widths.axis(a));
                finer.append(" by ").append(Numbers.fixed(times, 2));
            }
        }
        if (finer.length() > 0) {
            trace.note(name + ".upsampled", finer + ": no information was added");
        }
        if (most >= MANY_TIMES * (1 - SAME_SPACING)) {
            trace.warn(
                    who
                            + ": upsampled along "
                            + finer
                            + ": no information was added, its resolution stays what it was, and"
                            + " texture over a few voxels there is that of the interpolation.");
        }
    }

    /** Warns where the new grid reaches so far beyond the old that values are made up. */
    void warnOfMadeUp(String who, Geometry from, Geometry to, Trace trace) {
        double[] beyond = Grid.beyond(from, to);
        for (int a = 0; a < 3; a++) {
            if (from.size(a) > 1 && beyond[a] > FAR_VOXELS + SAME_SPACING) {
                trace.warn(
                        who
                                + ": voxels up to "
                                + Numbers.fixed(beyond[a], 2)
                                + " old voxels beyond the last along "
                                + Widths.axis(a)
                                + " have made-up values (boundary "
                                + word(boundary)
                                + "). Take grid ibsi or extent to stay within half a voxel.");
            }
        }
    }

    /** Warns when an image that is left alone loses its masks to one that is moved. */
    static void warnOfLostMasks(
            Exam exam, String glob, Map<Geometry, Geometry> grids, Trace trace) {
        for (Map.Entry<String, Image> other : exam.images().entrySet()) {
            Geometry g = other.getValue().volume().geometry();
            if (!Globs.matches(glob, other.getKey())
                    && !g.equals(grids.getOrDefault(g, g))
                    && exam.masks().values().stream().anyMatch(m -> m.geometry().equals(g))) {
                trace.warn(
                        "exam "
                                + exam.id()
                                + ", image "
                                + other.getKey()
                                + ": the masks on its grid went along with another image. Let image"
                                + " match both to keep them together.");
            }
        }
    }

    private double[] antiAliasSigma(Volume volume, String name, Geometry to, Trace trace) {
        double[] sigma = new double[3];
        StringBuilder rules = new StringBuilder();
        for (int a = 0; a < 3; a++) {
            double spacing = spacingAlong(volume.geometry(), a, to);
            double k = spacing / volume.geometry().spacing(a);
            String rule = "none: not coarser";
            if (volume.geometry().size(a) == 1) {
                rule = "none: one voxel";
            } else if (k > 1 + SAME_SPACING && antiAlias == AntiAlias.NONE) {
                rule = "none: switched off";
            } else if (k > 1 + SAME_SPACING && isAliasFree(volume, a, spacing)) {
                rule = "none: resolution spans 2 new voxels";
            } else if (k > 1 + SAME_SPACING) {
                rule = "cardoso";
                sigma[a] = Gauss.antiAliasSigma(k);
            }
            rules.append(a == 0 ? "" : "; ").append(Widths.axis(a)).append(' ').append(rule);
        }
        trace.note(name + ".antiAlias", rules.toString());
        trace.note(name + ".antiAliasSigmaVoxels", Numbers.of(sigma));
        return sigma;
    }

    private boolean isAliasFree(Volume volume, int axis, double spacingMm) {
        return antiAlias == AntiAlias.AUTO
                && volume.fwhmMm().isPresent()
                && NextGrid.isAliasFree(volume.fwhmMm().get().get(axis), spacingMm);
    }

    private static double spacingAlong(Geometry from, int axis, Geometry to) {
        if (Grid.parallel(from, to)) {
            return to.spacing(axis);
        }
        double square = 0;
        for (int b = 0; b < 3; b++) {
            double part = Grid.cosine(from, axis, to, b) * to.spacing(b);
            square += part * part;
        }
        return Math.sqrt(square);
    }

    private Numbers widened(Numbers fwhmMm, Geometry from, Geometry to, double[] sigma) {
        double[] wide = fwhmMm.toArray();
        for (int a = 0; a < 3; a++) {
            double voxels2 = sigma[a] * sigma[a];
            if (from.size(a) > 1) {
                voxels2 += NextGrid.interpolatorVariance(interpolation, from, to, a);
            }
            double extra = Gauss.FWHM_PER_SIGMA * from.spacing(a);
            wide[a] =
                    voxels2 == 0 ? wide[a] : Math.sqrt(wide[a] * wide[a] + extra * extra * voxels2);
        }
        if (Grid.parallel(from, to)) {
            return Numbers.of(wide);
        }
        double[] turned = new double[3];
        for (int b = 0; b < 3; b++) {
            for (int a = 0; a < 3; a++) {
                double part = Grid.cosine(from, a, to, b) * wide[a];
                turned[b] += part * part;
            }
            turned[b] = Math.sqrt(turned[b]);
        }
        return Numbers.of(turned);
    }
}
