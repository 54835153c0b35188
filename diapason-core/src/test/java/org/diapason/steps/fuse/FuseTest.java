package org.diapason.steps.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Max;
import org.diapason.fusion.Scale;
import org.diapason.fusion.Weighted;
import org.diapason.step.Trace;
import org.diapason.volume.Affine;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class FuseTest {
    private static final Geometry GRID = Geometry.of(4, 3, 2, 1, 1, 2);

    private static Image image(Quantity quantity, float value) {
        float[] values = new float[GRID.voxels()];
        Arrays.fill(values, value);
        values[0] = Float.NaN;
        values[5] = 2 * value;
        return Image.of(Volume.of(GRID, values, quantity));
    }

    /** A lesion of voxels 0 (without a value), 4 and 5. */
    private static Exam exam(Image... images) {
        boolean[] lesion = new boolean[GRID.voxels()];
        lesion[0] = true;
        lesion[4] = true;
        lesion[5] = true;
        Map<String, Image> named = new TreeMap<>();
        for (int n = 0; n < images.length; n++) {
            named.put(String.valueOf((char) ('a' + n)), images[n]);
        }
        return Exam.of("P1", named, Map.of("lesion", Mask.of(GRID, lesion)), Map.of());
    }

    private static Fuse fuse(Fusion rule, Optional<Scale> scale) {
        return new Fuse(List.of("a", "b"), "both", rule, scale, Optional.of("lesion"));
    }

    @Test
    void aMeanOfOneQuantityKeepsItAndTheDriftInTheLesionIsRecorded() {
        Trace trace = new Trace();
        Exam exam = exam(image(Quantity.SUV_BW, 4), image(Quantity.SUV_BW, 6));
        Exam after = fuse(new Weighted(), Optional.empty()).apply(exam, trace);
        Volume both = after.image("both").volume();
        assertEquals(Quantity.SUV_BW, both.quantity());
        assertEquals(5, both.values()[1]);
        assertTrue(Float.isNaN(both.values()[0]));
        assertEquals(exam.image("a"), after.image("a"));
        Map<String, Object> notes = trace.notes();
        assertEquals("weighted", notes.get("both.rule"));
        assertEquals("SUVbw", notes.get("both.quantity"));
        assertEquals(1.0, notes.get("both.nanVoxels"));
        assertEquals(6.0, notes.get("both.lesion.a.mean"));
        assertEquals(8.0, notes.get("both.lesion.a.largest"));
        assertEquals(1.5, notes.get("both.lesion.a.meanDrift"));
        assertEquals(2.0, notes.get("both.lesion.a.largestDrift"));
        assertEquals(-1.5, notes.get("both.lesion.b.meanDrift"));
        assertEquals(-2.0, notes.get("both.lesion.b.largestDrift"));
    }

    @Test
    void whatSelectsIsNotQuantitativeAndSaysSo() {
        Trace trace = new Trace();
        Exam exam = exam(image(Quantity.SUV_BW, 4), image(Quantity.SUV_BW, 6));
        Exam after = fuse(new Max(), Optional.empty()).apply(exam, trace);
        assertEquals(6, after.image("both").volume().values()[1]);
        assertEquals(Quantity.FUSED, after.image("both").volume().quantity());
        assertEquals(
                "fused, not quantitative (the rule selects or sharpens instead of averaging)",
                trace.notes().get("both.quantity"));
    }

    /** 23 values of 4, one of 8: percentile 1 is 4, and 99 lies 0.78 of the way to 8. */
    @Test
    void unlikeQuantitiesNeedAScale() {
        Exam exam = exam(image(Quantity.HU, 40), image(Quantity.SUV_BW, 4));
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> fuse(new Weighted(), Optional.empty()).apply(exam, new Trace()));
        assertEquals(
                "exam P1: a (HU) and b (SUVbw) have no scale in common, and the larger numbers would"
                        + " win everywhere. Say scale: percentiles (1 to 99 of each become 0 to 1),"
                        + " or as-is.",
                e.getMessage());
        Trace trace = new Trace();
        Volume both =
                fuse(new Weighted(), Optional.of(Scale.PERCENTILES))
                        .apply(exam, trace)
                        .image("both")
                        .volume();
        assertEquals(0, both.values()[1], 1e-6);
        assertTrue(both.values()[5] > 1 && both.values()[5] < 1.5, "nothing is cut off");
        assertEquals(Quantity.FUSED, both.quantity());
        assertEquals(
                "fused, not quantitative (the images were put on a scale of their own)",
                trace.notes().get("both.quantity"));
        Volume asIs =
                fuse(new Weighted(), Optional.of(Scale.AS_IS))
                        .apply(exam, trace)
                        .image("both")
                        .volume();
        assertEquals(22, asIs.values()[1]);
        assertEquals(Quantity.FUSED, asIs.quantity());
    }

    @Test
    void otherGridsAndImagesThatWereNotMovedYetAreRefused() {
        Image a = image(Quantity.HU, 1);
        Geometry other =
                new Geometry(4, 3, 2, GRID.spacingMm(), Numbers.of(0, 0, 1), Geometry.IDENTITY);
        Image b = Image.of(Volume.of(other, a.volume().values(), Quantity.HU));
        Fuse fuse = fuse(new Max(), Optional.empty());
        assertEquals(
                "exam P1: b lies on another grid than a. Bring it there first: common-grid in a"
                        + " recipe, or diapason warp IN T OUT --like a.",
                assertThrows(RefusedException.class, () -> fuse.apply(exam(a, b), new Trace()))
                        .getMessage());
        TreeMap<String, Transform> found = new TreeMap<>();
        found.put("a", Affine.IDENTITY);
        found.put("b", Affine.shift(1, 0, 0));
        Exam registered = exam(a, a).withTransforms(found);
        assertEquals(
                "exam P1, image b: it was registered but not moved yet. Put common-grid before"
                        + " fuse.",
                assertThrows(RefusedException.class, () -> fuse.apply(registered, new Trace()))
                        .getMessage());
        Exam moved = registered.withApplied(List.of("a", "b"));
        Exam after = fuse.apply(moved, new Trace());
        assertTrue(after.transforms().containsKey("both"));
        assertFalse(after.carriesTransform("both"));
        assertThrows(RefusedException.class, () -> fuse.apply(after, new Trace()));
        assertThrows(DataException.class, () -> fuse.apply(exam(a), new Trace()));
    }

    @Test
    void whatWasCompressedWithLossStaysMarked() {
        Image a = image(Quantity.HU, 1);
        Tags lossy = new Tags(Map.of("LossyImageCompression", "01", "Modality", "CT"), Map.of());
        Image b = new Image(a.volume(), lossy, Optional.empty());
        Tags tags =
                fuse(new Max(), Optional.empty())
                        .apply(exam(a, b), new Trace())
                        .image("both")
                        .tags();
        assertEquals("01", tags.text("LossyImageCompression").orElseThrow());
        assertTrue(tags.text("Modality").isEmpty());
    }

    @Test
    void namesAreCheckedBeforeAnythingIsRead() {
        for (List<String> wrong :
                List.of(List.of("a"), List.of("a", "a"), List.of("a", "b*"), List.of("a", ""))) {
            assertThrows(IllegalArgumentException.class, () -> named(wrong, "both"));
        }
        assertThrows(IllegalArgumentException.class, () -> named(List.of("a", "b"), "a"));
        assertEquals(Optional.of("a"), named(List.of("a", "b"), "c").source("c"));
        assertEquals(java.util.Set.of("a", "b"), named(List.of("a", "b"), "c").images());
    }

    private static Fuse named(List<String> inputs, String into) {
        return new Fuse(inputs, into, new Max(), Optional.empty(), Optional.empty());
    }
}
