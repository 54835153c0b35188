package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IsotropicTest {
    private static final Geometry GRID = Geometry.of(20, 16, 10, 0.8, 0.8, 2);

    private static Isotropic to(double mm, Interpolation interpolation, AntiAlias antiAlias) {
        return new Isotropic("*", mm, interpolation, antiAlias, false);
    }

    private static Mask box(Geometry g, int size) {
        boolean[] in = new boolean[g.voxels()];
        for (int k = 2; k < Math.min(g.nk(), 2 + size); k++) {
            for (int j = 2; j < 2 + size; j++) {
                Arrays.fill(in, g.index(2, j, k), g.index(2 + size, j, k), true);
            }
        }
        return Mask.of(g, in);
    }

    @ParameterizedTest
    @EnumSource
    void imageAndMaskGoTogether(Interpolation how) {
        Volume v = Scans.texture(1, GRID);
        Trace trace = new Trace();
        Exam out = to(1, how, AntiAlias.AUTO).apply(Scans.exam("P1", v, box(GRID, 5)), trace);
        Volume moved = Scans.ct(out);
        assertEquals(16, moved.geometry().ni());
        assertEquals(13, moved.geometry().nj());
        assertEquals(20, moved.geometry().nk());
        assertTrue(moved.resampled());
        assertEquals(moved.geometry(), out.mask("lesion").geometry());
        double before = 125 * GRID.voxelMm3();
        assertEquals(before, out.mask("lesion").count(), 0.15 * before, "volume in mm³");
        assertEquals("ibsi", trace.notes().get("gridRule"));
        assertEquals(Numbers.of(20, 16, 10), trace.notes().get("ct.oldSize"));
        assertEquals(Numbers.of(16, 13, 20), trace.notes().get("ct.newSize"));
    }

    /** Cardoso: sqrt(k² − 1)/2.3548 = 0.736 input voxels at k = 2. */
    @ParameterizedTest(name = "{0}, known width {1} mm: sigma {2}")
    @CsvSource({
        "CARDOSO, 3.0, 0.7355",
        "AUTO, 3.0, 0.7355",
        "AUTO, 4.0, 0",
        "AUTO, 0, 0.7355",
        "NONE, 3.0, 0"
    })
    void coarserAxesAreFilteredByTheNamedRule(AntiAlias rule, double fwhm, double sigma) {
        Geometry g = Geometry.of(20, 16, 10, 1, 2, 4);
        Volume v = Scans.texture(1, g);
        if (fwhm > 0) {
            v = v.withFwhmMm(Numbers.of(fwhm, fwhm, fwhm));
        }
        Trace trace = new Trace();
        Volume out = Scans.ct(to(2, Interpolation.CUBIC, rule).apply(Scans.exam("P1", v), trace));
        Numbers sigmas = (Numbers) trace.notes().get("ct.antiAliasSigmaVoxels");
        assertEquals(sigma, sigmas.get(0), 1e-4);
        assertEquals(0, sigmas.get(1));
        assertEquals(0, sigmas.get(2));
        if (fwhm > 0) {
            double wide = Math.sqrt(fwhm * fwhm + Math.pow(2.35482 * sigma, 2));
            assertEquals(wide, out.fwhmMm().orElseThrow().get(0), 1e-3);
            assertEquals(fwhm, out.fwhmMm().orElseThrow().get(2));
        }
    }

    @Test
    void theRuleIsWrittenDown() {
        Volume v = Scans.texture(1, Geometry.of(9, 9, 1, 1, 2, 1)).withFwhmMm(Numbers.of(1, 1, 1));
        Trace trace = new Trace();
        to(2, Interpolation.LINEAR, AntiAlias.AUTO).apply(Scans.exam("P1", v), trace);
        assertEquals(
                "axis i cardoso; axis j none: not coarser; axis k none: one voxel",
                trace.notes().get("ct.antiAlias"));
        assertEquals("linear", trace.notes().get("ct.interpolation"));
    }

    /** Between voxels a straight line adds f (1 − f) h² of variance; at f = ½ that is h²/4. */
    @Test
    void linearInterpolationWidensWhatItBlurs() {
        Geometry g = Geometry.of(60, 3, 3, 1, 0.5, 0.5);
        Volume v = Scans.edge(g, 30, 4);
        Volume out =
                Scans.ct(
                        to(0.5, Interpolation.LINEAR, AntiAlias.AUTO)
                                .apply(Scans.exam("P1", v), new Trace()));
        double stated = out.fwhmMm().orElseThrow().get(0);
        assertEquals(Scans.measuredFwhmMm(out), stated, 1e-3);
        assertTrue(stated > 4.1);
        assertEquals(4, out.fwhmMm().orElseThrow().get(1));
    }

    @Test
    void theSameGridIsNoResampling() {
        Volume v = Scans.texture(1, Geometry.of(9, 8, 7, 2, 2, 2));
        Volume out =
                Scans.ct(
                        to(2, Interpolation.CUBIC, AntiAlias.AUTO)
                                .apply(Scans.exam("P1", v), new Trace()));
        assertArrayEquals(v.values(), out.values());
        assertFalse(out.resampled());
    }

    @Test
    void aMaskThatWouldVanishIsRefused() {
        Volume v = Scans.texture(1, GRID);
        Exam exam = Scans.exam("P1", v, box(GRID, 1));
        var e =
                assertThrows(
                        RefusedException.class,
                        () -> to(6, Interpolation.CUBIC, AntiAlias.AUTO).apply(exam, new Trace()));
        assertEquals(
                "exam P1, mask lesion: its 1 voxels vanish on the grid of 6.00 mm. Choose a smaller"
                        + " spacing-mm or leave this mask out.",
                e.getMessage());
    }

    @Test
    void anEmptyMaskStaysEmpty() {
        Mask none = Mask.of(GRID, new boolean[GRID.voxels()]);
        Exam exam = Scans.exam("P1", Scans.texture(1, GRID), none);
        Exam out = to(1, Interpolation.CUBIC, AntiAlias.AUTO).apply(exam, new Trace());
        assertEquals(0, out.mask("lesion").count());
    }

    @Test
    void hounsfieldUnitsAreRoundedOnlyOnRequest() {
        Exam exam = Scans.exam("P1", Scans.texture(1, GRID));
        Isotropic plain = to(1, Interpolation.CUBIC, AntiAlias.AUTO);
        float[] exact = Scans.ct(plain.apply(exam, new Trace())).values();
        Isotropic rounding = new Isotropic("*", 1, Interpolation.CUBIC, AntiAlias.AUTO, true);
        float[] whole = Scans.ct(rounding.apply(exam, new Trace())).values();
        assertTrue(exact[5] != Math.rint(exact[5]));
        for (int n = 0; n < exact.length; n++) {
            assertEquals(Math.rint(exact[n]), whole[n]);
        }
        Exam mr = Scans.exam("P1", Scans.texture(1, GRID).withQuantity(Quantity.MR));
        assertArrayEquals(exact, Scans.ct(rounding.apply(mr, new Trace())).values());
    }

    @Test
    void anImageThatIsNotNamedStaysAndTheLossOfItsMasksIsSaid() {
        Image other = Image.of(Scans.texture(2, GRID));
        Exam exam =
                Exam.of(
                        "P1",
                        Map.of("ct", Image.of(Scans.texture(1, GRID)), "other", other),
                        Map.of("lesion", box(GRID, 4)),
                        Map.of());
        Trace trace = new Trace();
        Exam out =
                new Isotropic("ct", 1, Interpolation.CUBIC, AntiAlias.AUTO, false)
                        .apply(exam, trace);
        assertSame(other, out.image("other"));
        assertTrue(
                trace.warnings()
                        .contains(
                                "exam P1, image other: the masks on its grid went along with another"
                                        + " image. Let image match both to keep them together."));
    }

    @Test
    void nanStaysNan() {
        Volume v = Scans.texture(1, GRID);
        float[] gaps = v.values().clone();
        Arrays.fill(gaps, 0, GRID.ni() * GRID.nj(), Float.NaN);
        Volume out =
                Scans.ct(
                        to(1, Interpolation.CUBIC, AntiAlias.AUTO)
                                .apply(Scans.exam("P1", v.withValues(gaps)), new Trace()));
        int plane = out.geometry().ni() * out.geometry().nj();
        for (int n = 0; n < out.values().length; n++) {
            assertEquals(n < 2 * plane, Float.isNaN(out.values()[n]));
        }
    }

    @Test
    void oneThreadAndFourGiveTheSameBitsAndTheInputStays() {
        Volume v = Scans.texture(3, GRID);
        float[] before = v.values().clone();
        Isotropic step = to(1, Interpolation.CUBIC, AntiAlias.CARDOSO);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            float[] one = Scans.ct(step.apply(Scans.exam("P1", v), new Trace())).values();
            Parallel.setThreads(4);
            assertArrayEquals(one, Scans.ct(step.apply(Scans.exam("P1", v), new Trace())).values());
        } finally {
            Parallel.setThreads(threads);
        }
        assertArrayEquals(before, v.values());
    }

    @Test
    void aSpacingThatIsNoneIsNamed() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> to(-1, Interpolation.CUBIC, AntiAlias.AUTO));
        assertEquals("spacing-mm must be positive, got -1.0 mm", e.getMessage());
    }

    /** 10 slices of 2 mm: 20 of 1 mm between the outer faces, or from the first centre on. */
    @Test
    void aGridFromTheOriginReachesBeyondTheFieldAndSaysSo() {
        Volume v = Scans.texture(1, Geometry.of(10, 10, 10, 1, 1, 2));
        Isotropic step =
                new Isotropic(
                        "*",
                        1,
                        Interpolation.LINEAR,
                        AntiAlias.NONE,
                        false,
                        Grid.Rule.ORIGIN,
                        Boundary.ZERO);
        Trace trace = new Trace();
        Volume out = Scans.ct(step.apply(Scans.exam("P1", v), trace));
        assertEquals("origin", trace.notes().get("gridRule"));
        assertEquals("zero", trace.notes().get("boundary"));
        assertEquals(v.geometry().originMm(), out.geometry().originMm());
        assertEquals(v.at(4, 4, 9) / 2, out.at(4, 4, 19), 1e-4);
        assertFalse(trace.warnings().stream().anyMatch(w -> w.contains("made-up")), "half is fair");
        Geometry third = Geometry.of(10, 10, 10, 1, 1, 3);
        Trace far = new Trace();
        step.apply(Scans.exam("P1", Scans.texture(1, third)), far);
        assertTrue(
                far.warnings()
                        .contains(
                                "exam P1, image ct: voxels up to 0.67 old voxels beyond the last"
                                        + " along axis k have made-up values (boundary zero). Take"
                                        + " grid ibsi or extent to stay within half a voxel."));
    }

    @Test
    void anUpsampledImageKeepsItsWidthAndIsFlagged() {
        Volume v = Scans.texture(1, Geometry.of(10, 10, 10, 1, 0.8, 3));
        Trace trace = new Trace();
        Volume out =
                Scans.ct(
                        to(1, Interpolation.CUBIC, AntiAlias.NONE)
                                .apply(Scans.exam("P1", v.withFwhmMm(Numbers.of(1, 1, 4))), trace));
        assertEquals(Numbers.of(1, 1, 4), out.fwhmMm().orElseThrow());
        assertEquals("axis k by 3.00: no information was added", trace.notes().get("ct.upsampled"));
        assertEquals(
                List.of(
                        "exam P1, image ct: upsampled along axis k by 3.00: no information was"
                                + " added, its resolution stays what it was, and texture over a few"
                                + " voxels there is that of the interpolation."),
                trace.warnings());
        Trace little = new Trace();
        to(2, Interpolation.CUBIC, AntiAlias.NONE).apply(Scans.exam("P1", v), little);
        assertEquals(
                "axis k by 1.50: no information was added", little.notes().get("ct.upsampled"));
        assertEquals(List.of(), little.warnings());
    }

    @Test
    void anImageDoesNotBeginAgainWhereItEnds() {
        assertEquals(
                "boundary must be nearest, mirror or zero, got periodic: an image does not begin"
                        + " again where it ends",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new Isotropic(
                                                "*",
                                                1,
                                                Interpolation.CUBIC,
                                                AntiAlias.NONE,
                                                false,
                                                Grid.Rule.IBSI,
                                                Boundary.PERIODIC))
                        .getMessage());
    }
}
