package org.diapason.steps.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.diapason.fusion.FeatureFusion;
import org.diapason.fusion.SeedBox;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Recipe;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** A ball of 8 mm, bright in one image and dark in the other, and a rough box around it. */
class FuseFeaturesTest {
    private static final Geometry GRID = Geometry.of(36, 34, 15, 1, 1, 2);
    private static final FeatureFusion EDGES =
            new FeatureFusion(
                    FeatureFusion.Kind.EDGE,
                    FeatureFusion.By.TENSOR,
                    1.5,
                    Optional.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    false,
                    true);

    private static double awayMm(int v) {
        double x = v % 36 - 17;
        double y = v / 36 % 34 - 16;
        double z = 2 * (v / (36 * 34)) - 14;
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static Image image(Quantity quantity, IntToDoubleFunction value) {
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) value.applyAsDouble(v);
        }
        return Image.of(Volume.of(GRID, values, quantity));
    }

    private static Mask mask(IntToDoubleFunction inside) {
        boolean[] voxels = new boolean[GRID.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = inside.applyAsDouble(v) > 0;
        }
        return Mask.of(GRID, voxels);
    }

    private static Exam exam() {
        return Exam.of(
                "P1",
                Map.of(
                        "ct", image(Quantity.HU, v -> awayMm(v) < 8 ? 60 : 20),
                        "pet", image(Quantity.SUV_BW, v -> awayMm(v) < 8 ? 1 : 4)),
                Map.of("rough", mask(v -> 1 - Math.abs(v % 36 - 17) / 6.0)),
                Map.of());
    }

    private static FuseFeatures step(String around, double marginMm) {
        return new FuseFeatures(
                List.of("ct", "pet"),
                "edges",
                EDGES,
                Optional.of("lines"),
                Optional.of(
                        new FuseFeatures.OutlinedObject(
                                around, marginMm, "lesion", OptionalDouble.empty())));
    }

    @Test
    void theBallIsFoundAgainAndItsLinesLieAroundIt() {
        Exam exam = exam();
        Exam rough =
                exam.withMasks(
                        new java.util.TreeMap<>(Map.of("rough", mask(v -> awayMm(v) < 6 ? 1 : 0))));
        Trace trace = new Trace();
        Exam after = step("rough", 6).apply(rough, trace);
        assertTrue(dice(after.mask("lesion"), mask(v -> 8 - awayMm(v))) > 0.93);
        Mask lines = after.mask("lines");
        assertTrue(lines.count() > 100);
        for (int v = 0; v < GRID.voxels(); v++) {
            assertFalse(lines.voxels()[v] && Math.abs(awayMm(v) - 8) > 2.1, "at " + awayMm(v));
        }
        Map<String, Object> notes = trace.notes();
        assertEquals("ct, pet", notes.get("edges.inputs"));
        assertEquals(40.0, notes.get("edges.ct.dividedBy"));
        assertEquals(3.0, notes.get("edges.pet.dividedBy"));
        assertEquals("a map of edge strength", notes.get(Recipe.notQuantitative("edges")));
        assertEquals((double) lines.count(), notes.get("edges.contourVoxels"));
        assertEquals(after.mask("lesion").count() * 0.002, notes.get("lesion.ml"));
        assertEquals(
                dice(after.mask("lesion"), rough.mask("rough")),
                (double) notes.get("lesion.rough.dice"),
                1e-12);
        assertEquals(Quantity.UNKNOWN, after.image("edges").volume().quantity());
        assertEquals(exam.image("ct"), after.image("ct"));
    }

    private static double dice(Mask a, Mask b) {
        int both = 0;
        for (int v = 0; v < a.voxels().length; v++) {
            both += a.voxels()[v] && b.voxels()[v] ? 1 : 0;
        }
        return 2.0 * both / (a.count() + b.count());
    }

    /** 12 voxels from 11 to 23 along i, all along j and k; 2.5 mm are 3 voxels, at least one. */
    @Test
    void aBoxGoesAroundAMaskUpToTheEndsOfTheGrid() {
        SeedBox box = SeedBox.around(exam().mask("rough"), 2.5);
        assertEquals(Numbers.of(9, 0, 0), box.first());
        assertEquals(Numbers.of(25, 33, 14), box.last());
        assertEquals(Numbers.of(11, 0, 0), SeedBox.around(exam().mask("rough"), 0).first());
        RefusedException e =
                assertThrows(RefusedException.class, () -> SeedBox.around(mask(v -> 0), 1));
        assertEquals("no voxel is in the mask, so it shows no object.", e.getMessage());
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheExam() {
        Exam exam = exam();
        Geometry other = Geometry.of(36, 34, 15, 1, 1, 2.1);
        Volume ct = exam.image("ct").volume();
        Exam moved =
                Exam.of(
                        "P1",
                        Map.of(
                                "ct", exam.image("ct"),
                                "pet", Image.of(Volume.of(other, ct.values(), Quantity.HU))),
                        exam.masks(),
                        Map.of());
        assertEquals(
                "exam P1: image pet lies on another grid than ct. Put common-grid before"
                        + " fuse-features.",
                refusal(moved, step("rough", 2)));
        Exam again = step("rough", 2).apply(exam, new Trace());
        assertEquals(
                "exam P1: there is an image \"edges\" already. Choose another name for into.",
                refusal(again, step("rough", 2)));
        assertTrue(refusal(exam.withMasks(again.masks()), step("rough", 2)).contains("a mask \"l"));
        Exam empty = exam.withMasks(new java.util.TreeMap<>(Map.of("rough", mask(v -> 0))));
        assertEquals(
                "exam P1: no voxel is in the mask, so it shows no object.",
                refusal(empty, step("rough", 2)));
    }

    private static String refusal(Exam exam, FuseFeatures step) {
        return assertThrows(RefusedException.class, () -> step.apply(exam, new Trace()))
                .getMessage();
    }

    @Test
    void namesAreCheckedAndTellWhatIsReadAndMade() {
        FuseFeatures step = step("rough", 2);
        assertEquals(Set.of("ct", "pet"), step.images());
        assertEquals(Set.of("rough"), step.masks());
        assertEquals(Set.of("lesion", "lines"), step.madeMasks());
        assertEquals(Optional.of("ct"), step.source("edges"));
        assertEquals(Optional.empty(), step.source("pet"));
        assertThrows(IllegalArgumentException.class, () -> step("l*", 2));
        assertThrows(IllegalArgumentException.class, () -> step("lesion", 2));
        assertThrows(IllegalArgumentException.class, () -> step("lines", 2));
        assertThrows(IllegalArgumentException.class, () -> step("rough", -1));
    }

    /** A mask that a step makes is no column of the cohort, and is not there at the start. */
    @Test
    void whatIsMeasuredInAMadeMaskNeedsNoColumnAndNoRaw() {
        FuseFeatures step = step("rough", 2);
        Recipe recipe = measuring("edges", "lesion", false, step);
        assertEquals(Set.of("rough"), recipe.maskNames());
        assertEquals(Set.of("ct", "pet"), recipe.imageNames());
        assertEquals(Set.of("other", "rough"), measuring("ct", "other", false, step).maskNames());
        assertEquals(
                "raw measures before anything is harmonized, and the mask \"lesion\" is only made by"
                        + " fuse-features. Remove raw, or measure what the cohort table has",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> measuring("ct", "lesion", true, step))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> measuring("edges", "rough", true, step));
        measuring("ct", "rough", true, step);
    }

    private static Recipe measuring(String image, String mask, boolean raw, FuseFeatures step) {
        Extractor extractor =
                new Extractor() {
                    @Override
                    public FeatureTable apply(Exam exam, Trace trace) {
                        throw new IllegalStateException();
                    }

                    @Override
                    public String image() {
                        return image;
                    }

                    @Override
                    public String mask() {
                        return mask;
                    }

                    @Override
                    public List<FeatureInfo> dictionary() {
                        return List.of();
                    }
                };
        return new Recipe(List.of(step), raw, List.of(extractor), List.of(), List.of(), 1);
    }
}
