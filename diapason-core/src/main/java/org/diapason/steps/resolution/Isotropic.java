package org.diapason.steps.resolution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.registration.GridThrough;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Puts images, and the masks on their grids, on a grid of cubes.
 *
 * <p>Grid (IBSI 1): {@code n_b = ceil(n_a s_a / s_b − 1e-6)} voxels, same physical centre, same
 * directions; {@code grid} has other rules. Masks: linear, then 0.5 or more; those that had no
 * voxel in common have none afterwards. Samples outside the old grid take its nearest border value;
 * the cubic B-spline mirrors at the border voxels; {@code boundary} has other rules. NaN: see
 * {@link Resample}.
 *
 * <p>Where an axis gets coarser by k, a Gaussian of {@code sqrt(k² − 1)/2.3548} input voxels keeps
 * what the new grid cannot carry from aliasing (Cardoso et al. 2015, MICCAI, LNCS 9351:718–725,
 * doi:10.1007/978-3-319-24574-4_86); {@code auto} leaves it out where the known resolution spans
 * two new voxels or more. The stated resolution grows by this filter, and by what linear
 * interpolation adds: the mean over the new voxels of {@code f (1 − f)} squared voxels of variance,
 * f the place between two neighbours. Cubic and sinc add nothing. An axis that gets finer keeps its
 * resolution and is flagged.
 *
 * <p>Warned of: voxels more than half an old voxel beyond the last, an axis at least twice as fine
 * as it was measured, a mask that changes its volume by more than 10 % or loses a connected part.
 * Refused: a mask that would vanish; an image that was registered and still lies on its own grid
 * ({@link CommonGrid} does both in one interpolation).
 *
 * <p>Method: Zwanenburg et al. 2020, Radiology 295(2):328–338, doi:10.1148/radiol.2020191145, and
 * the IBSI 1 reference manual, section "Interpolation".
 *
 * @param image which images, a pattern on their names
 * @param spacingMm the new distance of voxels in mm; positive
 * @param interpolation how values between voxels are made
 * @param antiAlias how an image is blurred before it gets coarser
 * @param roundHu round Hounsfield units to whole numbers afterwards, as IBSI 1 does
 * @param grid where the new grid lies: {@code ibsi} keeps the centre, {@code corner} the first
 *     outer corner, {@code origin} the first voxel's centre, {@code extent} both outer corners at a
 *     spacing a little off
 * @param boundary what lies beyond the old grid: the {@code nearest} value, its {@code mirror}
 *     image or {@code zero}
 */
public record Isotropic(
        @Default("*") String image,
        double spacingMm,
        @Default("cubic") Interpolation interpolation,
        @Default("auto") AntiAlias antiAlias,
        @Default("false") boolean roundHu,
        @Default("ibsi") Grid.Rule grid,
        @Default("nearest") Boundary boundary)
        implements Step<Exam> {

    private static final String ADVICE = "Choose a smaller spacing-mm or leave this mask out.";

    public Isotropic {
        Grid.requireSpacing(spacingMm);
        if (boundary == Boundary.PERIODIC) {
            throw new IllegalArgumentException(
                    "boundary must be nearest, mirror or zero, got periodic: an image does not"
                            + " begin again where it ends");
        }
    }

    /** Returns the step with the grid of IBSI and its border values beyond it. */
    public Isotropic(
            String image,
            double spacingMm,
            Interpolation interpolation,
            AntiAlias antiAlias,
            boolean roundHu) {
        this(image, spacingMm, interpolation, antiAlias, roundHu, Grid.Rule.IBSI, Boundary.NEAREST);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Map<Geometry, Geometry> grids = new LinkedHashMap<>();
        Exam images =
                Globs.mapImages(
                        exam,
                        image,
                        (name, one) -> {
                            requireInPlace(exam, name);
                            Volume moved = move(exam.id(), name, one.volume(), trace);
                            grids.put(one.volume().geometry(), moved.geometry());
                            return one.withVolume(moved);
                        });
        Regrid.warnOfLostMasks(exam, image, grids, trace);
        trace.note("gridRule", Regrid.word(grid));
        trace.note(
                "boundary",
                boundary == Boundary.NEAREST
                        ? "nearest border value; cubic mirrors at the border voxels"
                        : Regrid.word(boundary));
        SortedMap<String, Mask> masks = new TreeMap<>(exam.masks());
        grids.forEach(
                (from, to) -> {
                    SortedMap<String, Mask> on = new TreeMap<>(exam.masks());
                    on.values().removeIf(mask -> !mask.geometry().equals(from));
                    GridThrough grid = GridThrough.of(to, Affine.IDENTITY);
                    masks.putAll(MovedMasks.move(exam.id(), on, grid, null, ADVICE, trace));
                });
        return images.mapMasks((name, mask) -> masks.get(name));
    }

    private static void requireInPlace(Exam exam, String name) {
        if (exam.carriesTransform(name)) {
            throw new RefusedException(
                    "exam "
                            + exam.id()
                            + ", image "
                            + name
                            + ": it was registered, and a grid of its own would interpolate it twice."
                            + " Take common-grid with spacing-mm, which does both at once.");
        }
    }

    private Volume move(String exam, String name, Volume volume, Trace trace) {
        Geometry from = volume.geometry();
        Geometry made = Grid.of(from, grid, spacingMm, spacingMm, spacingMm);
        Geometry to = made.isClose(from, Regrid.SAME_SPACING) ? from : made;
        Regrid regrid = new Regrid(interpolation, antiAlias, boundary, roundHu);
        String who = "exam " + exam + ", image " + name;
        regrid.warnOfMadeUp(who, from, to, trace);
        return regrid.move(who, name, volume, to, trace);
    }
}
