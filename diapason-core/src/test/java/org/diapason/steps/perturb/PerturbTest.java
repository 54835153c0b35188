package org.diapason.steps.perturb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
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
import org.junit.jupiter.params.provider.ValueSource;

class PerturbTest {
    private static final Geometry GRID = Geometry.of(30, 28, 24, 1, 1.5, 2);

    private interface Field {
        double at(int i, int j, int k);
    }

    /** An image of a function and a box of 10 × 10 × 10 voxels. */
    private static Exam exam(Field field) {
        float[] values = new float[GRID.voxels()];
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            int i = v % 30;
            int j = v / 30 % 28;
            int k = v / 840;
            values[v] = (float) field.at(i, j, k);
            inside[v] = i >= 10 && i < 20 && j >= 9 && j < 19 && k >= 7 && k < 17;
        }
        return Exam.of(
                "E",
                Map.of("mr", Image.of(Volume.of(GRID, values, Quantity.UNKNOWN))),
                Map.of("roi", Mask.of(GRID, inside)),
                Map.of());
    }

    private static Exam apply(Exam exam, Trace trace, double... s) {
        return new Perturb("mr", "roi", s[0], 0, s[1], s[2], s[3], s[4]).apply(exam, trace);
    }

    @Test
    void withoutLimitsNothingChanges() {
        Exam exam = exam((i, j, k) -> i * j - k);
        Exam same = apply(exam, new Trace("E", 5), 0, 0, 0, 0, 0);
        assertSame(exam.image("mr").volume(), same.image("mr").volume());
        assertArrayEquals(exam.mask("roi").voxels(), same.mask("roi").voxels());
    }

    /** Linear interpolation is exact on a plane: the image says where it was sampled. */
    @Test
    void gridIsTurnedAboutTheMaskAndShiftedByWhatTheTraceSays() {
        Trace trace = new Trace("E", 7);
        float[] x =
                apply(exam((i, j, k) -> i), trace, 0, 0.5, 8, 0, 0).image("mr").volume().values();
        float[] y =
                apply(exam((i, j, k) -> j), new Trace("E", 7), 0, 0.5, 8, 0, 0)
                        .image("mr")
                        .volume()
                        .values();
        double turn = Math.toRadians((Double) trace.notes().get("rotationDegrees"));
        Numbers shift = (Numbers) trace.notes().get("shiftVoxels");
        assertTrue(Math.abs(turn) > 0.01 && Math.abs(shift.get(0)) > 0.01, "drawn: " + turn);
        int v = GRID.index(17, 12, 10);
        double xMm = 17 - 14.5;
        double yMm = 1.5 * (12 - 13.5);
        double xTurned = Math.cos(turn) * xMm - Math.sin(turn) * yMm;
        double yTurned = Math.sin(turn) * xMm + Math.cos(turn) * yMm;
        assertEquals(14.5 + xTurned + shift.get(0), x[v], 1e-5);
        assertEquals(13.5 + yTurned / 1.5 + shift.get(1), y[v], 1e-5);
    }

    @Test
    void noiseHasTheStandardDeviationThatWasAskedFor() {
        float[] noise =
                apply(exam((i, j, k) -> 0), new Trace("E", 1), 4, 0, 0, 0, 0)
                        .image("mr")
                        .volume()
                        .values();
        double sum = 0;
        double squares = 0;
        for (float n : noise) {
            sum += n;
            squares += (double) n * n;
        }
        // 20160 voxels: the mean is known to 0.03, the standard deviation to 0.02
        assertEquals(0, sum / noise.length, 0.12);
        assertEquals(4, Math.sqrt(squares / noise.length), 0.08);
    }

    /** The mean square over 400 draws, by distance from the border: known to 5 % each. */
    @Test
    void correlatedNoiseHasTheSameStandardDeviationUpToTheBorder() {
        Geometry g = Geometry.of(12, 9, 7, 1, 1.5, 2);
        double[] squares = new double[3];
        double product = 0;
        double square = 0;
        for (int draw = 0; draw < 400; draw++) {
            float[] noise = Noise.of(g, 4, 5, new Rng(draw));
            squares[0] += square(noise[g.index(0, 0, 0)]);
            squares[1] += square(noise[g.index(1, 4, 6)]);
            squares[2] += square(noise[g.index(6, 4, 3)]);
            product += noise[g.index(5, 4, 3)] * (double) noise[g.index(7, 4, 3)];
            square += square(noise[g.index(5, 4, 3)]) / 2 + square(noise[g.index(7, 4, 3)]) / 2;
        }
        for (double sum : squares) {
            assertEquals(4, Math.sqrt(sum / 400), 0.45);
        }
        // two Gaussians of FWHM 5 mm, d = 2 mm apart: exp(-d² / 4σ²), σ = 5 / 2.3548
        assertEquals(Math.exp(-4 / (4 * square(5 / 2.3548))), product / square, 0.05);
    }

    @Test
    void aCorrelationWithoutNoiseIsAskedAbout() {
        assertEquals(
                "noise-fwhm-mm correlates noise, and noise-sd adds none. Give noise-sd, or leave"
                        + " noise-fwhm-mm out.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Perturb("mr", "roi", 0, 3, 0, 0, 0, 0))
                        .getMessage());
    }

    @Test
    void everyMaskOnTheGridTurnsWithIt() {
        Exam exam = exam((i, j, k) -> i);
        Exam two =
                new Exam(
                        "E",
                        exam.images(),
                        new java.util.TreeMap<>(
                                Map.of("roi", exam.mask("roi"), "organ", exam.mask("roi"))),
                        exam.covariates());
        Exam turned = apply(two, new Trace("E", 7), 0, 0.5, 8, 0.3, 0);
        Mask organ = turned.mask("organ");
        assertTrue(differing(exam.mask("roi"), organ) > 0, "the organ stood still");
        assertNotEquals(organ.count(), turned.mask("roi").count(), "only the named one grows");
        assertEquals(1000, organ.count(), 60);
    }

    private static double square(double x) {
        return x * x;
    }

    /** White noise tears patches apart; every one must be a single piece, and none a crumb. */
    @Test
    void patchesAreConnectedAndNoneIsSmallerThanAQuarter() {
        int[] size = {24, 20, 9};
        Rng rng = new Rng(5);
        float[] values = new float[24 * 20 * 9];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (100 * rng.nextGaussian());
        }
        int[] patch = Slic.patches(size, new double[] {1, 1, 2}, values, 6);
        int count = java.util.Arrays.stream(patch).max().getAsInt() + 1;
        int[] voxels = new int[count];
        for (int p : patch) {
            voxels[p]++;
        }
        boolean[] seen = new boolean[patch.length];
        boolean[] met = new boolean[count];
        for (int v = 0; v < patch.length; v++) {
            if (seen[v]) {
                continue;
            }
            assertTrue(!met[patch[v]], "patch " + patch[v] + " lies in two pieces");
            met[patch[v]] = true;
            java.util.ArrayDeque<Integer> next = new java.util.ArrayDeque<>(java.util.List.of(v));
            seen[v] = true;
            while (!next.isEmpty()) {
                int at = next.remove();
                int[] place = {at % 24, at / 24 % 20, at / 480};
                int[] step = {1, 24, 480};
                for (int a = 0; a < 3; a++) {
                    for (int s = -1; s <= 1; s += 2) {
                        int beside = at + s * step[a];
                        boolean within = place[a] + s >= 0 && place[a] + s < size[a];
                        if (within && !seen[beside] && patch[beside] == patch[at]) {
                            seen[beside] = true;
                            next.add(beside);
                        }
                    }
                }
            }
        }
        for (int p = 1; p < count; p++) {
            assertTrue(voxels[p] * 2 >= 6 * 6 * 6 / 4.0, voxels[p] + " voxels");
        }
        assertTrue(count > 10, count + " patches");
    }

    @ParameterizedTest(name = "a box of 1000 voxels changed by {0}")
    @ValueSource(doubles = {0.1, 0.9, -0.1, -0.3, -0.9})
    void theMaskGetsTheNumberOfVoxelsAndKeepsItsCore(double fraction) {
        Mask box = exam((i, j, k) -> 0).mask("roi");
        Mask changed = Contours.grown(box, fraction, new Rng(2));
        assertEquals(Math.rint(1000 * (1 + fraction)), changed.count());
        int both = 0;
        for (int v = 0; v < box.voxels().length; v++) {
            both += box.voxels()[v] && changed.voxels()[v] ? 1 : 0;
        }
        assertEquals(Math.min(1000, changed.count()), both, "one lies in the other");
        // the first layer off is 1000 − 8³ = 488 voxels, so a tenth less keeps all of 8³
        assertTrue(fraction < -0.4 || changed.at(12, 12, 10));
    }

    /** Patches follow an edge of the image, so the contour drawn anew stays close to it. */
    @Test
    void aContourDrawnAnewFollowsTheImage() {
        Exam exam =
                exam(
                        (i, j, k) ->
                                i >= 10 && i < 20 && j >= 9 && j < 19 && k >= 7 && k < 17 ? 9 : 0);
        Mask box = exam.mask("roi");
        Mask grown = Contours.grown(box, 0.15, new Rng(1));
        Mask drawn = Supervoxels.redrawn(exam.image("mr").volume(), grown, 4, new Rng(3));
        assertEquals(1150, grown.count());
        // what was grown beyond the edge is gone, but for patches that straddle it
        assertTrue(differing(box, drawn) < 75, differing(box, drawn) + " voxels");
    }

    @Test
    void aContourDrawnAnewDiffersFromDrawToDraw() {
        Rng rng = new Rng(8);
        double[] noise = new double[GRID.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = rng.nextGaussian();
        }
        Exam exam = exam((i, j, k) -> noise[GRID.index(i, j, k)]);
        Mask one = apply(exam, new Trace("E", 1), 0, 0, 0, 0, 5).mask("roi");
        Mask again = apply(exam, new Trace("E", 1), 0, 0, 0, 0, 5).mask("roi");
        Mask other = apply(exam, new Trace("E", 2), 0, 0, 0, 0, 5).mask("roi");
        assertArrayEquals(one.voxels(), again.voxels());
        assertNotEquals(0, differing(one, other));
        assertEquals(1000, one.count(), 350);
    }

    private static int differing(Mask a, Mask b) {
        int differing = 0;
        for (int v = 0; v < a.voxels().length; v++) {
            differing += a.voxels()[v] != b.voxels()[v] ? 1 : 0;
        }
        return differing;
    }

    @Test
    void anEmptyMaskFailsAndOneThatVanishesIsRefused() {
        Exam exam = exam((i, j, k) -> 0);
        Exam empty = exam.mapMasks((n, m) -> Mask.of(GRID, new boolean[GRID.voxels()]));
        assertThrows(DataException.class, () -> apply(empty, new Trace("E", 1), 0, 1, 0, 0, 0));
        boolean[] corner = new boolean[GRID.voxels()];
        corner[GRID.index(15, 14, 12)] = true;
        Exam one = exam.mapMasks((n, m) -> Mask.of(GRID, corner));
        boolean refused = false;
        for (int seed = 0; seed < 9; seed++) {
            try {
                apply(one, new Trace("E", seed), 0, 0.9, 0, 0, 0);
            } catch (RefusedException e) {
                refused = true;
                assertEquals(
                        "exam E, mask roi: none of its 1 voxels is left. Use smaller perturbations"
                                + " or leave this exam out.",
                        e.getMessage());
            }
        }
        assertTrue(refused);
    }

    @Test
    void aPatternWithoutAnImageFailsInsteadOfMovingTheMaskAlone() {
        Perturb step = new Perturb("ct*", "roi", 1, 0, 0, 0, 0, 0);
        assertEquals(
                "exam E, mask roi: no image matches \"ct*\", only [mr] are there. Correct image.",
                assertThrows(
                                DataException.class,
                                () -> step.apply(exam((i, j, k) -> 0), new Trace("E", 1)))
                        .getMessage());
    }

    @Test
    void aLimitThatIsNotOneIsNamed() {
        assertEquals(
                "volume-fraction must be 0 or more, at most 0.9, got -0.1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Perturb("mr", "roi", 0, 0, 0, 0, -0.1, 0))
                        .getMessage());
    }
}
