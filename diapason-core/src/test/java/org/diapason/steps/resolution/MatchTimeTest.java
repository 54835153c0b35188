package org.diapason.steps.resolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.Channels;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class MatchTimeTest {
    private static final Geometry GRID = Geometry.of(3, 2, 2, 1, 1, 1);

    private static MatchTime to(double seconds) {
        return new MatchTime("*", seconds, OptionalDouble.empty());
    }

    /** A bolus of one unit at a time, as frames show it: its share in the frame that holds it. */
    private static Volume bolus(int frames, double duration, int at) {
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < frames; c++) {
            float[] plane = new float[GRID.voxels()];
            java.util.Arrays.fill(plane, c == at ? 100 : 0);
            planes.add(plane);
        }
        return Volume.of(GRID, planes, Channels.frames(frames, 30, duration), Quantity.BQ_ML)
                .withFwhmMm(Numbers.of(5, 5, 5));
    }

    /** The response to an instant is the frames' box and the blur: their second moments add. */
    @Test
    void theResponseToAnInstantHasTheTargetsWidth() {
        Volume frames = bolus(61, 5, 30);
        Trace trace = new Trace();
        Volume out = Scans.ct(to(20).apply(Scans.exam("P1", frames), trace));
        double sum = 0;
        double second = 0;
        for (int c = 0; c < 61; c++) {
            sum += out.channel(c)[7];
            second += out.channel(c)[7] * 25.0 * (c - 30) * (c - 30);
        }
        assertEquals(100, sum, 1e-4);
        assertEquals(20, 2.3548200 * Math.sqrt(second / sum + 25 / 12.0), 0.002 * 20);
        assertEquals(0.6797 * 5, (double) trace.notes().get("ct.sourceFwhmSeconds"), 1e-3);
        assertEquals(Quantity.BQ_ML, out.quantity());
        assertEquals(Numbers.of(5, 5, 5), out.fwhmMm().orElseThrow());
    }

    /** Each frame now means a longer time around the same middle, so a second blur is refused. */
    @Test
    void framesThatWereMatchedOverlapAndAreNotMatchedTwice() {
        Volume out = Scans.ct(to(20).apply(Scans.exam("P1", bolus(41, 5, 20)), new Trace()));
        assertEquals(20 / 0.679778, out.meaning().durationSeconds().get(3), 1e-3);
        double middle =
                out.meaning().startSeconds().get(3) + out.meaning().durationSeconds().get(3) / 2;
        assertEquals(30 + 3.5 * 5, middle, 1e-9);
        RefusedException e = refused(to(30), out);
        assertTrue(e.getMessage().contains("overlapping frames"), e.getMessage());
    }

    @Test
    void unequalFramesAreRefusedWithTheReason() {
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            planes.add(new float[GRID.voxels()]);
        }
        Volume v =
                Volume.of(
                        GRID,
                        planes,
                        Channels.frames(Numbers.of(0, 10, 20), Numbers.of(10, 10, 60)),
                        Quantity.BQ_ML);
        assertEquals(
                "exam P1, image ct: frame 3 starts at 20.00 s and lasts 60.00 s, where equal frames"
                        + " would start at 20.00 s and last 10.00 s. Unequal, gapped or overlapping"
                        + " frames have no common temporal resolution that one blur could match."
                        + " Reconstruct equal frames or leave this exam out.",
                refused(to(60), v).getMessage());
    }

    @Test
    void framesCoarserThanTheTargetAreRefused() {
        assertEquals(
                "exam P1, image ct: its frames of 60.00 s have a temporal resolution of 40.79 s,"
                        + " coarser than the target 30.00 s, and blur cannot sharpen it. Raise"
                        + " target-fwhm-seconds to at least 40.79 or leave this exam out.",
                refused(to(30), bolus(9, 60, 4)).getMessage());
    }

    @Test
    void unknownTimesAreRefused() {
        Volume v = bolus(5, Double.NaN, 2);
        assertEquals(
                "exam P1, image ct: start or duration of frame 1 is not known, so its temporal"
                        + " resolution is not. Give a file that states the times of frames or leave"
                        + " match-time out.",
                refused(to(30), v).getMessage());
    }

    @Test
    void aVoxelWithoutMeasurementStaysOneAndWeighsNothing() {
        Volume v = bolus(21, 5, 10);
        for (int c = 0; c < 21; c++) {
            v.channel(c)[0] = c == 9 ? Float.NaN : 7;
        }
        Volume out = Scans.ct(to(15).apply(Scans.exam("P1", v), new Trace()));
        for (int c = 0; c < 21; c++) {
            assertEquals(c == 9 ? Float.NaN : 7f, out.channel(c)[0], 1e-5f);
        }
    }

    @Test
    void anImageThatIsNotDynamicStaysUnlessItIsNamed() {
        Exam still = Scans.exam("P1", Scans.texture(1, GRID));
        assertSame(still.image("ct"), to(20).apply(still, new Trace()).image("ct"));
        MatchTime named = new MatchTime("ct", 20, OptionalDouble.empty());
        assertThrows(RefusedException.class, () -> named.apply(still, new Trace()));
    }

    @Test
    void aTargetMetAlreadyChangesNothing() {
        Volume v = bolus(9, 10, 4);
        MatchTime step = new MatchTime("*", 12, OptionalDouble.of(12));
        Volume out = Scans.ct(step.apply(Scans.exam("P1", v), new Trace()));
        assertArrayEquals(v.channel(4), out.channel(4));
    }

    private static RefusedException refused(MatchTime step, Volume v) {
        return assertThrows(
                RefusedException.class, () -> step.apply(Scans.exam("P1", v), new Trace()));
    }
}
