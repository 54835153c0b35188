package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.diapason.math.Interpolation;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.Test;

/** Labels and small regions on a new grid. */
class MovedMasksTest {
    /** Twelve voxels of 2 mm: cubes of 4 mm lie on voxel borders, so that labels share a half. */
    private static final Geometry GRID = Geometry.of(12, 12, 12, 2, 2, 2);

    private static Mask where(IntPredicate inside) {
        boolean[] in = new boolean[GRID.voxels()];
        for (int v = 0; v < in.length; v++) {
            in[v] = inside.test(v);
        }
        return Mask.of(GRID, in);
    }

    private static Exam to(double mm, Map<String, Mask> masks, Trace trace) {
        Image image = Image.of(Scans.texture(1, GRID));
        return new Isotropic("*", mm, Interpolation.CUBIC, AntiAlias.AUTO, false)
                .apply(Exam.of("P1", Map.of("ct", image), masks, Map.of()), trace);
    }

    @Test
    void labelsThatWereDisjointStaySo() {
        Mask a = where(v -> v % 12 < 5);
        Mask b = where(v -> v % 12 >= 5 && v % 12 < 9);
        Mask whole = where(v -> v % 12 < 9);
        Trace trace = new Trace();
        Exam out = to(4, Map.of("b", b, "a", a, "whole", whole), trace);
        int halves = 0;
        for (int v = 0; v < 216; v++) {
            boolean inA = out.mask("a").voxels()[v];
            boolean inB = out.mask("b").voxels()[v];
            assertFalse(inA && inB);
            assertEquals(v % 6 < 3, inA, "the half that both have is a's: the first name");
            assertEquals(v % 6 == 3 || v % 6 == 4, inB);
            assertEquals(inA || inB, out.mask("whole").voxels()[v], "what overlapped still may");
            halves += v % 6 == 2 ? 1 : 0;
        }
        assertEquals((double) halves, trace.notes().get("b.maskVoxelsHalved"));
        assertFalse(trace.notes().containsKey("whole.maskVoxelsHalved"));
    }

    @Test
    void aRegionThatChangesByMoreThanATenthIsSaid() {
        // 3 × 3 × 3 voxels of 8 mm³ to cubes of 3 mm
        Mask small = where(v -> box(v, 4, 6));
        Trace trace = new Trace();
        Exam out = to(3, Map.of("lesion", small), trace);
        double now = 27 * out.mask("lesion").count();
        assertTrue(Math.abs(now - 216) > 21.6, "now " + now);
        assertEquals(
                List.of(
                        "exam P1, mask lesion: its volume went from 216.0 to "
                                + now
                                + " mm³ on the new grid, a change of more than 10 %. Choose a"
                                + " smaller spacing-mm, or read its features with that in mind."),
                trace.warnings());
    }

    @Test
    void aPartThatIsLostIsSaid() {
        Mask mask = where(v -> box(v, 1, 8) || v == GRID.index(10, 10, 10));
        Trace trace = new Trace();
        to(3, Map.of("lesion", mask), trace);
        assertTrue(
                trace.warnings()
                        .contains(
                                "exam P1, mask lesion: 1 of its connected parts has no voxel left on"
                                        + " the new grid. Choose a smaller spacing-mm to keep it."));
    }

    /** At a third of the spacing a single voxel keeps its centre; at half of it, none: 0.75³. */
    @Test
    void aSingleVoxelIsLostEvenOnAFinerGridThatMissesItsCentre() {
        Mask mask = where(v -> box(v, 1, 8) || v == GRID.index(10, 10, 10));
        Trace third = new Trace();
        to(2 / 3.0, Map.of("lesion", mask), third);
        assertFalse(third.warnings().stream().anyMatch(w -> w.contains("mask lesion")));
        Trace half = new Trace();
        to(1, Map.of("lesion", mask), half);
        assertTrue(half.warnings().stream().anyMatch(w -> w.contains("1 of its connected parts")));
    }

    private static boolean box(int v, int low, int high) {
        int i = v % 12;
        int j = v / 12 % 12;
        int k = v / 144;
        return Math.min(i, Math.min(j, k)) >= low && Math.max(i, Math.max(j, k)) <= high;
    }
}
