package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.math.BandChange;
import org.diapason.math.Cdf;
import org.diapason.step.Trace;
import org.diapason.volume.Channels;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class HistogramBandsTest {
    private static final Geometry GRID = Geometry.of(20, 10, 1, 1, 1, 1);

    /** Colours whose bands are gains times one pattern. */
    private static Volume colours(double... gains) {
        List<float[]> planes = new ArrayList<>();
        for (double gain : gains) {
            float[] plane = new float[GRID.voxels()];
            for (int v = 0; v < plane.length; v++) {
                plane[v] = (float) (gain * (1 + v * 37 % 200));
            }
            planes.add(plane);
        }
        return Volume.of(GRID, planes, Channels.COLOURS, Quantity.PICTURE);
    }

    private static Exam exam(Volume picture, Volume reference) {
        return Exam.of(
                "A",
                Map.of("p", Image.of(picture), "ref", Image.of(reference)),
                Map.of(),
                Map.of());
    }

    private static HistogramMatch step(Bands bands) {
        return new HistogramMatch(
                "p",
                "",
                Optional.of("ref"),
                Optional.empty(),
                Optional.empty(),
                Cdf.MID_RANK,
                bands,
                false,
                Optional.empty());
    }

    @Test
    void eachBandGoesToItsOwnAndTheTurnOfHueIsWarnedOf() {
        Exam exam = exam(colours(1, 1, 1), colours(2, 1, 0.5));
        Trace trace = new Trace();
        Volume done = step(Bands.EACH).apply(exam, trace).image("p").volume();
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(
                    exam.image("ref").volume().channel(c), done.channel(c), 1e-4f, "band " + c);
        }
        assertEquals(Channels.COLOURS, done.meaning());
        assertEquals(Quantity.MAPPED, done.quantity());
        // (1, 1, 1) and (2, 1, 1/2): acos(3.5/√(3 · 5.25)) = 28.1255°
        assertEquals(28.1255, (double) trace.notes().get("p.spectralAngleDegrees"), 1e-3);
        assertEquals(28.1255, (double) trace.notes().get("p.spectralAngle95Degrees"), 1e-3);
        Numbers shares = (Numbers) trace.notes().get("p.bandShareChange");
        assertEquals(2 / 3.5 - 1 / 3.0, shares.get(0), 1e-6);
        assertEquals(1 / 3.0 - 0.5 / 3.5, shares.get(2), 1e-6);
        assertEquals(
                List.of(
                        "exam A, image p: the ratio of its bands turned by 28.1° on average (95 %"
                                + " below 28.1°), above 5.0°: colours and ratios of bands do not"
                                + " mean what they did. Set bands to joint, or do not use ratios."),
                trace.warnings());
    }

    @Test
    void oneMapForAllKeepsHueWhereItIsAGain() {
        Exam exam = exam(colours(1, 2, 3), colours(3, 6, 9));
        Trace trace = new Trace();
        Volume done = step(Bands.JOINT).apply(exam, trace).image("p").volume();
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(exam.image("ref").volume().channel(c), done.channel(c), 1e-3f);
        }
        assertEquals(0, (double) trace.notes().get("p.spectralAngleDegrees"), 1e-3);
        assertEquals(600.0, trace.notes().get("p.voxels"));
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void severalBandsAreRefusedUnlessAskedFor() {
        Exam exam = exam(colours(1, 2, 3), colours(3, 6));
        var refused =
                assertThrows(
                        RefusedException.class, () -> step(Bands.REFUSE).apply(exam, new Trace()));
        assertEquals(
                "exam A, image p: it has 3 colours. Set bands to each (a map for every one) or joint"
                        + " (one map for all, which keeps their order), or take one: diapason"
                        + " convert IN OUT --frame N",
                refused.getMessage());
        var other =
                assertThrows(
                        RefusedException.class, () -> step(Bands.EACH).apply(exam, new Trace()));
        assertEquals(
                "exam A, image p: it has 3 colours, and reference ref has 2. Give a reference of as"
                        + " many, or set bands to joint.",
                other.getMessage());
    }

    /** A turn of 1e-9 rad, which is lost in 1 − cos. */
    @Test
    void aSmallTurnIsSeen() {
        float[] two = {1 << 12};
        BandChange change =
                BandChange.of(
                        List.of(two, new float[1]), List.of(two, new float[] {4.096e-6f}), null);
        assertEquals(Math.toDegrees(1e-9), change.meanDegrees(), 1e-14);
    }

    @Test
    void whatIsBlackOrNoNumberHasNoHue() {
        float[] nan = {Float.NaN, 0, 1};
        float[] one = {1, 0, 1};
        BandChange change =
                BandChange.of(List.of(nan, one), List.of(one, new float[] {1, 1, 0}), null);
        assertEquals(1, change.voxels());
        assertEquals(45, change.meanDegrees(), 1e-5);
        assertEquals(0, BandChange.of(List.of(one), List.of(one), new boolean[3]).meanDegrees(), 0);
    }
}
