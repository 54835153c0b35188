package org.diapason.steps.resolution;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.Boundary;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.registration.AliasFilter;
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
 * <p>What is coarser and how it is filtered {@link AliasFilter} decides; widths turn and scale by
 * {@link GridThrough#widths}, and are not known after a deformation.
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
        AliasFilter filter = filter(volume, through);
        trace.note(name + ".antiAlias", inWords(filter));
        trace.note(name + ".antiAliasSigmaVoxels", filter.sigmaVoxels());
        trace.note(name + ".oldSize", Numbers.of(from.ni(), from.nj(), from.nk()));
        trace.note(name + ".oldSpacingMm", from.spacingMm());
        trace.note(name + ".newSize", Numbers.of(to.ni(), to.nj(), to.nk()));
        trace.note(name + ".newSpacingMm", to.spacingMm());
        trace.note(name + ".interpolation", word(interpolation));
        sayWhereNothingIsNew(who, name, from, through, trace);
        float[] values = filter.blur(from, volume.values());
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
        return out.withFwhmMm(
                volume.fwhmMm()
                        .flatMap(w -> through.widths(from, widened(w, from, to, filter)))
                        .orElse(null));
    }

    static String word(Enum<?> setting) {
        return setting.name().toLowerCase(Locale.ROOT);
    }

    /** Notes axes that get finer, and warns of those that get much finer. */
    private static void sayWhereNothingIsNew(
            String who, String name, Geometry from, GridThrough through, Trace trace) {
        StringBuilder finer = new StringBuilder();
        double most = 1;
        for (int a = 0; a < 3; a++) {
            double times = from.spacing(a) / through.spacingAlong(from, a);
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

    private AliasFilter filter(Volume volume, GridThrough through) {
        Optional<Numbers> known =
                antiAlias == AntiAlias.CARDOSO ? Optional.empty() : volume.fwhmMm();
        AliasFilter filter = AliasFilter.before(volume.geometry(), known, through);
        return antiAlias == AntiAlias.NONE ? filter.off() : filter;
    }

    private static String inWords(AliasFilter filter) {
        StringBuilder rules = new StringBuilder();
        for (int a = 0; a < 3; a++) {
            rules.append(a == 0 ? "" : "; ").append(Widths.axis(a)).append(' ');
            rules.append(filter.rules().get(a));
        }
        return rules.toString();
    }

    /** Returns the widths along the old axes with what filter and interpolation add. */
    private double[] widened(Numbers fwhmMm, Geometry from, Geometry to, AliasFilter filter) {
        double[] wide = fwhmMm.toArray();
        for (int a = 0; a < 3; a++) {
            double sigma = filter.sigmaVoxels().get(a);
            double voxels2 = sigma * sigma;
            if (from.size(a) > 1) {
                voxels2 += NextGrid.interpolatorVariance(interpolation, from, to, a);
            }
            double extra = Gauss.FWHM_PER_SIGMA * from.spacing(a);
            wide[a] =
                    voxels2 == 0 ? wide[a] : Math.sqrt(wide[a] * wide[a] + extra * extra * voxels2);
        }
        return wide;
    }
}
