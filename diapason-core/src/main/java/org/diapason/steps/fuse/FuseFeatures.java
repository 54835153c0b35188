package org.diapason.steps.fuse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.fusion.FeatureFusion;
import org.diapason.fusion.FeatureMap;
import org.diapason.fusion.ObjectCut;
import org.diapason.fusion.SeedBox;
import org.diapason.math.MaskAgreement;
import org.diapason.step.Default;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Fuses what images of an exam show, edges, boundaries or texture, into one map; its contours and
 * an object in it become masks.
 *
 * <p>The map is an image like others: features of it are measured, with the label that its values
 * are no quantity. The object is looked for around a mask that is there, a rough outline say, and
 * its agreement with that mask is recorded.
 *
 * <p>Refused: images on several grids, or that carry a transform which no grid step has applied; a
 * mask on another grid; names that are taken.
 *
 * @param inputs names of the images, one or more; the order is that of weights
 * @param into name of the map
 * @param features which features, and how they are fused
 * @param contours name of a mask of the lines; without it there is none
 * @param object which object becomes a mask; without it none does
 */
public record FuseFeatures(
        List<String> inputs,
        String into,
        FeatureFusion features,
        Optional<String> contours,
        Optional<OutlinedObject> object)
        implements Step<Exam> {
    private static final double SAME_GRID_VOXELS = 1e-3;

    /**
     * The object whose mask is made.
     *
     * @param around name of a mask that it lies in or about
     * @param marginMm how far beyond that mask it may reach, in mm
     * @param into name of its mask
     * @param threshold from which value of the map on a voxel belongs to it, with what that shuts
     *     off; by a watershed from the middle if empty
     */
    public record OutlinedObject(
            String around, double marginMm, String into, @Default("") OptionalDouble threshold) {
        public OutlinedObject {
            Inputs.requirePlain("around", around);
            Inputs.requireNew("into", into, List.of(around));
            if (!(marginMm >= 0) || Double.isInfinite(marginMm)) {
                throw new IllegalArgumentException(
                        "margin-mm must be 0 or more, got " + marginMm + " mm");
            }
        }
    }

    public FuseFeatures {
        inputs = Inputs.named(inputs, 1);
        Inputs.requireNew("into", into, inputs);
        contours.ifPresent(name -> Inputs.requirePlain("contours", name));
        if (contours.isPresent()
                && object.stream()
                        .anyMatch(o -> List.of(o.into(), o.around()).contains(contours.get()))) {
            throw new IllegalArgumentException(
                    "contours and object are masks of their own; name them apart from each other");
        }
    }

    @Override
    public Set<String> images() {
        return new TreeSet<>(inputs);
    }

    @Override
    public Set<String> masks() {
        return object.map(o -> Set.of(o.around())).orElse(Set.of());
    }

    @Override
    public Set<String> madeMasks() {
        Set<String> made = new TreeSet<>();
        contours.ifPresent(made::add);
        object.ifPresent(o -> made.add(o.into()));
        return made;
    }

    @Override
    public Optional<String> source(String made) {
        return made.equals(into) ? Optional.of(inputs.get(0)) : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Inputs.requireFree(exam, into);
        for (String name : madeMasks()) {
            Inputs.requireFree(exam, "a mask", name, exam.masks(), "it");
        }
        Inputs from = new Inputs("fuse-features", inputs);
        List<Volume> volumes = from.volumes(exam);
        SortedMap<String, Mask> masks = new TreeMap<>(exam.masks());
        try {
            for (int n = 1; n < inputs.size(); n++) {
                requireGrid(volumes.get(0), volumes.get(n).geometry(), "image " + inputs.get(n));
            }
            FeatureMap found = features.of(volumes);
            note(found, trace);
            contours.ifPresent(name -> masks.put(name, found.contours()));
            object.ifPresent(o -> masks.put(o.into(), cut(o, found, exam, trace)));
            return from.with(exam, into, found.map()).withMasks(masks);
        } catch (RefusedException | IllegalArgumentException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
    }

    private void note(FeatureMap found, Trace trace) {
        trace.note(into + ".inputs", String.join(", ", inputs));
        for (int n = 0; n < inputs.size(); n++) {
            trace.note(into + "." + inputs.get(n) + ".dividedBy", found.scales().get(n));
        }
        trace.note(into + ".low", found.low());
        trace.note(into + ".high", found.high());
        trace.note(into + ".contourVoxels", found.contours().count());
        trace.note(
                Recipe.notQuantitative(into),
                "a map of " + features.kind().name().toLowerCase(Locale.ROOT) + " strength");
    }

    private Mask cut(OutlinedObject o, FeatureMap found, Exam exam, Trace trace) {
        Mask around = exam.mask(o.around());
        Geometry grid = found.map().geometry();
        requireGrid(found.map(), around.geometry(), "mask " + o.around());
        Mask object =
                new ObjectCut(Optional.empty(), o.threshold())
                        .of(SeedBox.around(around, o.marginMm()), found);
        MaskAgreement agreement = MaskAgreement.of(grid, object.voxels(), around.voxels());
        trace.note(o.into() + ".voxels", object.count());
        trace.note(o.into() + ".ml", object.count() * grid.voxelMm3() / 1000);
        trace.note(o.into() + "." + o.around() + ".dice", agreement.dice());
        trace.note(o.into() + "." + o.around() + ".hausdorffMm", agreement.hausdorffMm());
        trace.note(o.into() + "." + o.around() + ".meanSurfaceDistanceMm", agreement.surfaceMm());
        return object;
    }

    private void requireGrid(Volume first, Geometry other, String what) {
        if (!first.geometry().isClose(other, SAME_GRID_VOXELS)) {
            throw new RefusedException(
                    what
                            + " lies on another grid than "
                            + inputs.get(0)
                            + ". Put common-grid before fuse-features.");
        }
    }
}
