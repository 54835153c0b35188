package org.diapason.steps.resolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.registration.GridThrough;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Puts several images of an exam on one grid, and the masks on their grids with them, so that a
 * mask drawn on one may be measured on all.
 *
 * <p>The grid has the axes of one image: its own voxels, or cubes of {@code spacing-mm} by the rule
 * of IBSI 1 (see {@link Isotropic}), over that image's field, over what all images share, or over
 * all there is. The others are sampled where the patient coordinates in mm say, also where their
 * axes point elsewhere. What {@code register} found is done on the way: an image is sampled through
 * the transforms it carries, in one interpolation, and the masks on its grid with it. Images of
 * which nothing was found are taken to be aligned.
 *
 * <p>A voxel whose centre lies outside an image's field (more than half an old voxel beyond the
 * centres of its border voxels) was not measured: NaN there, and in no mask of that image. Along
 * each old axis that gets coarser a filter against aliasing as in {@link Isotropic}, k = {@code
 * sqrt(Σ_b cos²(a, b) s_b²)/s_a}, from 1.05 on where what was found scales; resolutions turn and
 * scale likewise, and only their widths along the new axes are kept; after a deformation none is
 * stated.
 *
 * <p>Warned of: as in {@link Isotropic}. Refused: images whose fields do not meet; a mask that
 * would vanish; axes of an image that was left out when the others were registered.
 *
 * <p>Method: IBSI 1 reference manual, section "Interpolation"; DICOM PS3.3 C.7.6.2 (image plane).
 *
 * @param image which images, a pattern on their names
 * @param onto the name of the image whose axes, and without spacing-mm whose voxels, the grid has
 * @param spacingMm cubes of this edge in mm instead of that image's voxels
 * @param cover what the grid covers: that image ({@code onto}), the box of what all images have
 *     ({@code shared}), or the box of {@code all}
 * @param interpolation how values between voxels are made
 * @param antiAlias how an image is blurred before it gets coarser
 * @param roundHu round Hounsfield units to whole numbers afterwards, as IBSI 1 does
 */
public record CommonGrid(
        @Default("*") String image,
        String onto,
        @Default("") OptionalDouble spacingMm,
        @Default("onto") Cover cover,
        @Default("cubic") Interpolation interpolation,
        @Default("auto") AntiAlias antiAlias,
        @Default("false") boolean roundHu)
        implements Step<Exam> {

    private static final double ROUNDING = 1e-6;
    private static final String ADVICE =
            "Choose a smaller spacing-mm, a cover that holds it, or leave this mask out.";

    /** What a common grid covers. */
    public enum Cover {
        /** The field of the image that gives the axes. */
        ONTO,
        /** The box of what the fields of all images share. */
        SHARED,
        /** The box of the fields of all images. */
        ALL
    }

    public CommonGrid {
        spacingMm.ifPresent(Grid::requireSpacing);
        if (!Globs.matches(image, onto)) {
            throw new IllegalArgumentException(
                    "onto needs an image that image matches, got \""
                            + onto
                            + "\" and \""
                            + image
                            + "\"");
        }
    }

    @Override
    public Set<String> images() {
        return Set.of(onto);
    }

    @Override
    public Exam apply(Exam given, Trace trace) {
        Carried carried = Carried.of(given, image, onto, trace);
        Exam exam = carried.exam();
        Geometry grid = grid(exam, carried);
        trace.note("gridRule", rule());
        trace.note("size", Numbers.of(grid.ni(), grid.nj(), grid.nk()));
        trace.note("spacingMm", grid.spacingMm());
        trace.note("boundary", "NaN beyond the border voxels' outer half");
        Map<Carried.Place, boolean[]> fields = new LinkedHashMap<>();
        Map<Carried.Place, GridThrough> seen = new LinkedHashMap<>();
        Map<Geometry, Geometry> grids = new LinkedHashMap<>();
        List<String> moved = new ArrayList<>();
        Exam images =
                Globs.mapImages(
                        exam,
                        image,
                        (name, one) -> {
                            Carried.Place place = carried.place(name);
                            GridThrough through =
                                    seen.computeIfAbsent(
                                            place, p -> GridThrough.of(grid, p.transform()));
                            boolean[] field =
                                    fields.computeIfAbsent(
                                            place, p -> through.inField(p.geometry()));
                            grids.put(place.geometry(), grid);
                            moved.add(name);
                            return one.withVolume(
                                    move(exam.id(), name, one.volume(), through, field, trace));
                        });
        Regrid.warnOfLostMasks(exam, image, grids, trace);
        SortedMap<String, Mask> masks = new TreeMap<>(exam.masks());
        for (Geometry from : grids.keySet()) {
            SortedMap<String, Mask> on = new TreeMap<>(exam.masks());
            on.values().removeIf(mask -> !mask.geometry().equals(from));
            if (!on.isEmpty()) {
                Carried.Place place = carried.ofMasks(from, on.keySet(), trace);
                GridThrough through =
                        seen.computeIfAbsent(place, p -> GridThrough.of(grid, p.transform()));
                masks.putAll(
                        MovedMasks.move(exam.id(), on, through, fields.get(place), ADVICE, trace));
            }
        }
        return images.mapMasks((name, mask) -> masks.get(name)).withApplied(moved);
    }

    private String rule() {
        String over = cover == Cover.ONTO ? onto : cover == Cover.SHARED ? "what all share" : "all";
        return (spacingMm.isPresent() ? "ibsi" : "voxels of " + onto) + " over " + over;
    }

    private Volume move(
            String exam,
            String name,
            Volume volume,
            GridThrough through,
            boolean[] field,
            Trace trace) {
        String who = "exam " + exam + ", image " + name;
        int outside = 0;
        for (boolean in : field) {
            outside += in ? 0 : 1;
        }
        if (outside == field.length) {
            throw new RefusedException(
                    who
                            + ": none of the "
                            + field.length
                            + " voxels of the common grid lies in its field, and the images of one"
                            + " grid must overlap. Let image leave it out, or register it to "
                            + onto
                            + " first.");
        }
        trace.note(name + ".outsideFieldVoxels", outside);
        Regrid regrid = new Regrid(interpolation, antiAlias, Boundary.NEAREST, roundHu);
        Geometry from = volume.geometry();
        Geometry grid = through.grid();
        if (through.seen().isClose(from, Regrid.SAME_SPACING) && through.rigid()) {
            Volume same = regrid.move(who, name, volume, from, trace);
            return same.onGrid(grid, same.values()).withResampled(volume.resampled());
        }
        Volume moved = regrid.move(who, name, volume, through, trace);
        float[] values = moved.values();
        for (int v = 0; v < values.length; v++) {
            values[v] = field[v] ? values[v] : Float.NaN;
        }
        return moved;
    }

    private Geometry grid(Exam exam, Carried carried) {
        Geometry lead = exam.image(onto).volume().geometry();
        if (cover == Cover.ONTO) {
            return spacingMm.isPresent() ? Grid.isotropic(lead, spacingMm.getAsDouble()) : lead;
        }
        double[] low = {-0.5, -0.5, -0.5};
        double[] high = {lead.ni() - 0.5, lead.nj() - 0.5, lead.nk() - 0.5};
        exam.images()
                .forEach(
                        (name, one) -> {
                            if (Globs.matches(image, name)) {
                                grow(low, high, lead, carried.place(name));
                                requireOverlap(exam.id(), name, low, high);
                            }
                        });
        return grid(lead, low, high);
    }

    /** Changes a box in voxels of the lead by the outer corners of another field. */
    private void grow(double[] low, double[] high, Geometry lead, Carried.Place place) {
        Geometry other = place.geometry();
        Affine back = GridThrough.linear(place.transform()).inverse();
        for (int a = 0; a < 3; a++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int corner = 0; corner < 8; corner++) {
                double[] w =
                        other.toWorld(
                                        (corner & 1) * other.ni() - 0.5,
                                        (corner >> 1 & 1) * other.nj() - 0.5,
                                        (corner >> 2) * other.nk() - 0.5)
                                .toArray();
                back.apply(w);
                double at = lead.toVoxel(w[0], w[1], w[2]).get(a);
                least = Math.min(least, at);
                most = Math.max(most, at);
            }
            boolean all = cover == Cover.ALL;
            low[a] = all ? Math.min(low[a], least) : Math.max(low[a], least);
            high[a] = all ? Math.max(high[a], most) : Math.min(high[a], most);
        }
    }

    private void requireOverlap(String exam, String name, double[] low, double[] high) {
        for (int a = 0; a < 3; a++) {
            if (!(high[a] > low[a])) {
                throw new RefusedException(
                        "exam "
                                + exam
                                + ", image "
                                + name
                                + ": its field does not meet that of the others along "
                                + Widths.axis(a)
                                + " of "
                                + onto
                                + ", and the images of one grid must overlap. Let image leave it"
                                + " out, or register it first.");
            }
        }
    }

    private Geometry grid(Geometry lead, double[] low, double[] high) {
        double[] middle = new double[3];
        double[] length = new double[3];
        double[] voxel = new double[3];
        for (int a = 0; a < 3; a++) {
            if (spacingMm.isEmpty()) {
                boolean all = cover == Cover.ALL;
                double first =
                        all ? Math.floor(low[a] + 0.5 + ROUNDING) : Math.ceil(low[a] - ROUNDING);
                double last =
                        all ? Math.ceil(high[a] - 0.5 - ROUNDING) : Math.floor(high[a] + ROUNDING);
                low[a] = Math.min(first, last) - 0.5;
                high[a] = Math.max(first, last) + 0.5;
            }
            middle[a] = (low[a] + high[a]) / 2;
            length[a] = (high[a] - low[a]) * lead.spacing(a);
            voxel[a] = spacingMm.orElse(lead.spacing(a));
        }
        Geometry box =
                new Geometry(
                        1,
                        1,
                        1,
                        Numbers.of(length),
                        lead.toWorld(middle[0], middle[1], middle[2]),
                        lead.direction());
        return Grid.of(box, Grid.Rule.IBSI, voxel[0], voxel[1], voxel[2]);
    }
}
