package org.diapason.steps.resolution;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Puts images, and the masks on their grids, on a grid of cubes.
 *
 * <p>Grid (IBSI 1): {@code n_b = ceil(n_a s_a / s_b − 1e-6)} voxels, same physical centre, same
 * directions. Masks: linear, then 0.5 or more. Samples outside the old grid take its nearest border
 * value; the cubic B-spline mirrors at the border voxels. NaN: see {@link Resample}.
 *
 * <p>Where an axis gets coarser by k, a Gaussian of {@code sqrt(k² − 1)/2.3548} input voxels keeps
 * what the new grid cannot carry from aliasing (Cardoso et al. 2015, MICCAI, LNCS 9351:718–725,
 * doi:10.1007/978-3-319-24574-4_86); {@code auto} leaves it out where the known resolution spans
 * two new voxels or more. The stated resolution grows by this filter, and by what linear
 * interpolation adds: the mean over the new voxels of {@code f (1 − f)} squared voxels of variance,
 * f the place between two neighbours.
 *
 * <p>Refused: a mask that would vanish.
 *
 * <p>Method: Zwanenburg et al. 2020, Radiology 295(2):328–338, doi:10.1148/radiol.2020191145, and
 * the IBSI 1 reference manual, section "Interpolation".
 *
 * @param image which images, a pattern on their names
 * @param spacingMm the new distance of voxels in mm; positive
 * @param interpolation how values between voxels are made
 * @param antiAlias how an image is blurred before it gets coarser
 * @param roundHu round Hounsfield units to whole numbers afterwards, as IBSI 1 does
 */
public record Isotropic(
        @Default("*") String image,
        double spacingMm,
        @Default("cubic") Interpolation interpolation,
        @Default("auto") AntiAlias antiAlias,
        @Default("false") boolean roundHu)
        implements Step<Exam> {

    private static final double SAME_SPACING = NextGrid.SAME_SPACING;

    public Isotropic {
        if (!(spacingMm > 0) || Double.isInfinite(spacingMm)) {
            throw new IllegalArgumentException(
                    "spacing-mm must be positive, got " + spacingMm + " mm");
        }
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Map<Geometry, Geometry> grids = new HashMap<>();
        Exam images =
                Globs.mapImages(
                        exam,
                        image,
                        (name, one) -> {
                            Volume moved = move(name, one.volume(), trace);
                            grids.put(one.volume().geometry(), moved.geometry());
                            return one.withVolume(moved);
                        });
        warnOfLostMasks(exam, grids, trace);
        trace.note("gridRule", "ibsi");
        trace.note("boundary", "nearest border value; cubic mirrors at the border voxels");
        return images.mapMasks(
                (name, mask) -> {
                    Geometry to = grids.get(mask.geometry());
                    return to == null ? mask : move(exam.id(), name, mask, to, trace);
                });
    }

    /** Warns when an image that is left alone loses its masks to one that is moved. */
    private void warnOfLostMasks(Exam exam, Map<Geometry, Geometry> grids, Trace trace) {
        for (Map.Entry<String, Image> other : exam.images().entrySet()) {
            Geometry g = other.getValue().volume().geometry();
            if (!Globs.matches(image, other.getKey())
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

    private Volume move(String name, Volume volume, Trace trace) {
        Geometry from = volume.geometry();
        Geometry grid = Grid.isotropic(from, spacingMm);
        Geometry to = grid.isClose(from, SAME_SPACING) ? from : grid;
        double[] sigma = antiAliasSigma(volume, name, trace);
        trace.note(name + ".oldSize", Numbers.of(from.ni(), from.nj(), from.nk()));
        trace.note(name + ".oldSpacingMm", from.spacingMm());
        trace.note(name + ".newSize", Numbers.of(to.ni(), to.nj(), to.nk()));
        trace.note(name + ".newSpacingMm", to.spacingMm());
        trace.note(name + ".interpolation", interpolation.name().toLowerCase(Locale.ROOT));
        float[] values = volume.values();
        if (sigma[0] > 0 || sigma[1] > 0 || sigma[2] > 0) {
            values = Gauss.blur(from, values, sigma[0], sigma[1], sigma[2]);
        }
        float[] moved = Resample.onto(from, values, to, interpolation);
        if (roundHu && volume.quantity() == Quantity.HU) {
            for (int v = 0; v < moved.length; v++) {
                moved[v] = (float) Math.rint(moved[v]);
            }
        }
        if (to == from) {
            return volume.withValues(moved);
        }
        Volume out = volume.onGrid(to, moved);
        return volume.fwhmMm().isEmpty()
                ? out
                : out.withFwhmMm(widened(volume.fwhmMm().get(), from, to, sigma));
    }

    private double[] antiAliasSigma(Volume volume, String name, Trace trace) {
        double[] sigma = new double[3];
        StringBuilder rules = new StringBuilder();
        for (int a = 0; a < 3; a++) {
            double k = spacingMm / volume.geometry().spacing(a);
            String rule = "none: not coarser";
            if (volume.geometry().size(a) == 1) {
                rule = "none: one voxel";
            } else if (k > 1 + SAME_SPACING && antiAlias == AntiAlias.NONE) {
                rule = "none: switched off";
            } else if (k > 1 + SAME_SPACING && isAliasFree(volume, a)) {
                rule = "none: resolution spans 2 new voxels";
            } else if (k > 1 + SAME_SPACING) {
                rule = "cardoso";
                sigma[a] = NextGrid.cardosoSigma(k);
            }
            rules.append(a == 0 ? "" : "; ").append(Widths.axis(a)).append(' ').append(rule);
        }
        trace.note(name + ".antiAlias", rules.toString());
        trace.note(name + ".antiAliasSigmaVoxels", Numbers.of(sigma));
        return sigma;
    }

    private boolean isAliasFree(Volume volume, int axis) {
        return antiAlias == AntiAlias.AUTO
                && volume.fwhmMm().isPresent()
                && NextGrid.isAliasFree(volume.fwhmMm().get().get(axis), spacingMm);
    }

    private Numbers widened(Numbers fwhmMm, Geometry from, Geometry to, double[] sigma) {
        double[] wide = fwhmMm.toArray();
        for (int a = 0; a < 3; a++) {
            double voxels2 = sigma[a] * sigma[a];
            if (interpolation == Interpolation.LINEAR && from.size(a) > 1) {
                voxels2 += NextGrid.linearVariance(from, to, a);
            }
            double extra = Gauss.FWHM_PER_SIGMA * from.spacing(a);
            wide[a] =
                    voxels2 == 0 ? wide[a] : Math.sqrt(wide[a] * wide[a] + extra * extra * voxels2);
        }
        return Numbers.of(wide);
    }

    private static Mask move(String exam, String name, Mask mask, Geometry to, Trace trace) {
        Mask moved = Mask.of(to, Resample.mask(mask.geometry(), mask.voxels(), to));
        int before = mask.count();
        int after = moved.count();
        if (before > 0 && after == 0) {
            throw new RefusedException(
                    "exam "
                            + exam
                            + ", mask "
                            + name
                            + ": its "
                            + before
                            + " voxels vanish on the grid of "
                            + Numbers.fixed(to.spacing(0), 2)
                            + " mm. Choose a smaller spacing-mm or leave this mask out.");
        }
        trace.note(name + ".maskVoxels", Numbers.of(before, after));
        return moved;
    }
}
