package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.volume.Affine;
import org.diapason.volume.Channels;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarpTest {
    private static final int THREADS = Parallel.threads();
    private static final Geometry MOVING =
            new Geometry(
                    24,
                    22,
                    20,
                    Numbers.of(2, 2, 2.5),
                    Numbers.of(40, -30, 12),
                    Numbers.of(-1, 0, 0, 0, 1, 0, 0, 0, 1));
    private static final Geometry FIXED = Geometry.of(17, 16, 15, 2, 2.1, 2.2);
    private static final Affine TURN =
            LinearModel.RIGID.at(
                    new double[] {1, -22, 20, 0.1, 0.05, -0.2}, new double[] {15, 15, 15});

    @AfterEach
    void restore() {
        Parallel.setThreads(THREADS);
    }

    private static DisplacementField bump(Geometry g) {
        float[][] u = new float[3][g.voxels()];
        for (int v = 0; v < g.voxels(); v++) {
            double[] p = g.toWorld(v % g.ni(), v / g.ni() % g.nj(), v / g.ni() / g.nj()).toArray();
            for (int r = 0; r < 3; r++) {
                u[r][v] = (float) (1.5 * StrictMath.sin(0.15 * p[(r + 1) % 3] + r));
            }
        }
        return DisplacementField.of(g, u[0], u[1], u[2]);
    }

    private static Volume ramp() {
        float[] values = new float[MOVING.voxels()];
        for (int v = 0; v < values.length; v++) {
            double[] p = MOVING.toWorld(v % 24, v / 24 % 22, v / 24 / 22).toArray();
            values[v] = (float) ramp(p);
        }
        return Volume.of(MOVING, values, Quantity.HU);
    }

    private static double ramp(double[] p) {
        return 3 * p[0] - 2 * p[1] + p[2] + 100;
    }

    /** A ramp is met exactly by straight lines, so each voxel shows where it was taken. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "CUBIC"})
    void everyVoxelIsTakenWhereTheTransformLeads(Interpolation how) {
        for (Transform t : List.of(TURN, bump(FIXED).then(TURN), TURN.then(bump(MOVING)))) {
            // so smooth that no filter bends the ramp at the border
            Volume smooth = ramp().withFwhmMm(Numbers.of(6, 6, 6));
            Volume out = Warp.image(smooth, t, FIXED, how);
            int seen = 0;
            for (int v = 0; v < FIXED.voxels(); v++) {
                double[] p = FIXED.toWorld(v % 17, v / 17 % 16, v / 17 / 16).toArray();
                t.apply(p);
                Numbers at = MOVING.toVoxel(p[0], p[1], p[2]);
                double beyond = -1e9;
                for (int a = 0; a < 3; a++) {
                    beyond = Math.max(beyond, -at.get(a));
                    beyond = Math.max(beyond, at.get(a) - (MOVING.size(a) - 1));
                }
                if (beyond > 0.501) {
                    assertTrue(Float.isNaN(out.values()[v]), "beyond the field");
                } else if (beyond < 0.499) {
                    assertTrue(Float.isFinite(out.values()[v]), "inside the field");
                }
                // the spline mirrors at the border and meets the ramp some voxels inside
                if (beyond < (how == Interpolation.CUBIC ? -6 : 0)) {
                    assertEquals(ramp(p), out.values()[v], 2e-3);
                    seen++;
                }
            }
            assertTrue(seen > 100, "voxels inside: " + seen);
            assertTrue(out.resampled());
            assertEquals(Quantity.HU, out.quantity());
        }
    }

    @Test
    void aFieldOnAnotherGridGivesWhatItsSamplesOnTheFixedGridGive() {
        Transform field = bump(Geometry.of(40, 40, 40, 1, 1, 1)).then(TURN);
        Transform onFixed = Deformation.on(FIXED, field).field();
        float[] a = Warp.image(ramp(), field, FIXED, Interpolation.LINEAR).values();
        float[] b = Warp.image(ramp(), onFixed, FIXED, Interpolation.LINEAR).values();
        assertArrayEquals(a, b, 2e-3f);
    }

    @Test
    void warpingThereAndBackIsWhereOneBegan() {
        Transform there = bump(FIXED).then(TURN);
        Deformation both = Deformation.on(FIXED, there.then(there.inverse()));
        double most = 0;
        for (int v = 0; v < FIXED.voxels(); v++) {
            // what the field leads out of its grid comes back from there, where nothing moves
            if (v % 17 > 0 && v % 17 < 16 && v / 17 % 16 > 0 && v / 17 % 16 < 15) {
                for (int r = 0; r < 3 && v / 272 > 0 && v / 272 < 14; r++) {
                    most = Math.max(most, Math.abs(both.field().shifts(r)[v]));
                }
            }
        }
        assertTrue(most < 1e-5, "there and back: " + most + " mm");
        assertEquals(0, both.missed());
    }

    /** All that a transform can be: linear, a field on the grid, a chain, a way back. */
    private static List<Transform> kinds() {
        return List.of(
                TURN,
                bump(FIXED),
                bump(FIXED).then(TURN),
                bump(FIXED).then(TURN).inverse(),
                TURN.then(bump(MOVING)));
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void theBitsAreTheSameOnAnyNumberOfThreads(Interpolation how) {
        for (Transform t : kinds()) {
            Parallel.setThreads(1);
            Volume one = Warp.image(ramp(), t, FIXED, how);
            for (int threads : new int[] {2, 3, 8}) {
                Parallel.setThreads(threads);
                assertArrayEquals(one.values(), Warp.image(ramp(), t, FIXED, how).values());
            }
        }
    }

    @Test
    void labelsVectorsAndDeterminantsAreTheSameOnAnyNumberOfThreads() {
        float[] labels = new float[MOVING.voxels()];
        for (int v = 0; v < labels.length; v++) {
            labels[v] = v * 7 % 5;
        }
        Volume image = Volume.of(MOVING, labels, Quantity.UNKNOWN);
        for (Transform t : kinds()) {
            List<float[]> one = null;
            for (int threads : new int[] {1, 2, 3, 8}) {
                Parallel.setThreads(threads);
                Volume vectors =
                        Warp.vectors(field(), t, FIXED, Interpolation.LINEAR, Vectors.TURNED);
                List<float[]> now =
                        List.of(
                                Warp.labels(image, t, FIXED).values(),
                                Warp.nearestLabels(image, t, FIXED).values(),
                                vectors.channel(0),
                                vectors.channel(2),
                                Jacobian.of(t, FIXED).determinant().values(),
                                Deformation.on(FIXED, t).field().shifts(1));
                for (int n = 0; one != null && n < now.size(); n++) {
                    assertArrayEquals(one.get(n), now.get(n), threads + " threads, " + n);
                }
                one = now;
            }
        }
    }

    private static Volume field() {
        float[][] v = new float[3][MOVING.voxels()];
        for (int n = 0; n < MOVING.voxels(); n++) {
            for (int r = 0; r < 3; r++) {
                v[r][n] = (float) StrictMath.sin(0.1 * n + r);
            }
        }
        return Volume.of(MOVING, List.of(v[0], v[1], v[2]), Channels.COMPONENTS, Quantity.UNKNOWN);
    }

    @Test
    void framesMoveAlikeAndComponentsAreRefused() {
        float[] ramp = ramp().values();
        float[] twice = new float[ramp.length];
        for (int v = 0; v < ramp.length; v++) {
            twice[v] = 2 * ramp[v];
        }
        Volume frames =
                Volume.of(MOVING, List.of(ramp, twice), Channels.frames(2, 0, 3), Quantity.HU);
        Volume out = Warp.image(frames, TURN, FIXED, Interpolation.LINEAR);
        for (int v = 0; v < FIXED.voxels(); v++) {
            assertEquals(2 * out.channel(0)[v], out.channel(1)[v], 1e-3);
        }
        assertEquals(frames.meaning(), out.meaning());
        Volume vector = Volume.of(MOVING, List.of(ramp, twice), Channels.COMPONENTS, Quantity.HU);
        assertEquals(
                "the image has 2 components, and whether they are a vector, which must turn with"
                        + " the image, is not known. Say it: warp --vectors carried, turned or kept.",
                assertThrows(
                                RefusedException.class,
                                () -> Warp.image(vector, TURN, FIXED, Interpolation.LINEAR))
                        .getMessage());
    }

    @Test
    void labelsAreThoseThatWereThere() {
        float[] labels = new float[MOVING.voxels()];
        for (int v = 0; v < labels.length; v++) {
            labels[v] = v % 24 < 8 ? 7 : v / 24 % 22 < 11 ? 2 : 30;
        }
        Volume image = Volume.of(MOVING, labels, Quantity.UNKNOWN);
        float[] out = Warp.labels(image, bump(FIXED).then(TURN), FIXED).values();
        TreeSet<Float> found = new TreeSet<>();
        for (float v : out) {
            found.add(v);
        }
        assertEquals(new TreeSet<>(List.of(0f, 2f, 7f, 30f)), found);
    }

    /** Half a voxel from four: of two labels with half of it each the lower, wherever it stands. */
    @Test
    void ofEqualLabelsTheLowestWins() {
        Geometry g = Geometry.of(4, 1, 1, 1, 1, 1);
        Volume image = Volume.of(g, new float[] {5, 3, 4, 4}, Quantity.UNKNOWN);
        float[] out = Warp.labels(image, Affine.shift(0.5, 0, 0), g).values();
        assertArrayEquals(new float[] {3, 3, 4, 4}, out);
        float[] most = Warp.labels(image, Affine.shift(0.4, 0, 0), g).values();
        assertArrayEquals(new float[] {5, 3, 4, 4}, most);
        assertEquals(0, Warp.labels(image, Affine.shift(0.6, 0, 0), g).values()[3], "outside");
    }

    /** All move 4 mm along x: nothing leads to the first voxels, and no value may be made up. */
    @Test
    void whereTheWayBackIsNotFoundThereIsNothing() {
        Geometry g = Geometry.of(10, 4, 4, 2, 2, 2);
        float[] four = new float[160];
        java.util.Arrays.fill(four, 4);
        Transform back = DisplacementField.of(g, four, new float[160], new float[160]).inverse();
        float[] ones = new float[160];
        java.util.Arrays.fill(ones, 1);
        Volume image = Volume.of(g, ones, Quantity.HU);
        boolean[] all = new boolean[160];
        java.util.Arrays.fill(all, true);
        Mask mask = Warp.mask(Mask.of(g, all), back, g);
        for (Interpolation how : Interpolation.values()) {
            float[] out = Warp.image(image, back, g, how).values();
            assertTrue(Float.isNaN(out[1]), how + " at 2 mm, where nothing leads: " + out[1]);
            assertEquals(1, out[5], 1e-6, how + " at 10 mm, which comes from 6 mm");
        }
        assertEquals(0, Warp.labels(image, back, g).values()[1]);
        assertEquals(0, Warp.nearestLabels(image, back, g).values()[1]);
        assertTrue(!mask.voxels()[1] && mask.voxels()[5]);
        Jacobian map = Jacobian.of(back, g);
        assertTrue(Float.isNaN(map.determinant().values()[1]));
        assertEquals(1, map.determinant().values()[6], 1e-5);
        assertEquals(1, map.most(), 1e-5);
    }

    /** A registration that ended flat leads to an image that is smeared, not moved. */
    @Test
    void aTransformOntoAPlaneIsRefused() {
        Affine flat = new Affine(Numbers.of(1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0));
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> Warp.image(ramp(), flat, FIXED, Interpolation.LINEAR))
                        .getMessage();
        assertTrue(message.startsWith("the transform maps all of space onto a plane"), message);
        assertEquals(0, Jacobian.of(flat, FIXED).most(), "its determinant is still told");
    }

    @Test
    void grayValuesAreNoLabels() {
        Volume image = Volume.of(Geometry.of(1, 1, 1, 1, 1, 1), new float[] {1.5f}, Quantity.HU);
        assertEquals(
                "the image holds the value 1.5, and labels are whole numbers. Warp it without"
                        + " --labels.",
                assertThrows(
                                RefusedException.class,
                                () -> Warp.labels(image, Affine.IDENTITY, image.geometry()))
                        .getMessage());
        assertThrows(
                RefusedException.class,
                () -> Warp.nearestLabels(image, Affine.IDENTITY, image.geometry()));
    }

    @Test
    void aMaskMovesWithItsVolume() {
        boolean[] ball = new boolean[MOVING.voxels()];
        for (int v = 0; v < ball.length; v++) {
            Numbers p = MOVING.toWorld(v % 24, v / 24 % 22, v / 24 / 22);
            double x = p.get(0) - 17;
            double y = p.get(1) + 9;
            double z = p.get(2) - 34;
            ball[v] = x * x + y * y + z * z < 64;
        }
        Mask moved = Warp.mask(Mask.of(MOVING, ball), TURN, FIXED);
        double before = Mask.of(MOVING, ball).count() * MOVING.voxelMm3();
        assertEquals(before, moved.count() * FIXED.voxelMm3(), 0.05 * before);
        Mask gone = Warp.mask(Mask.of(MOVING, ball), Affine.shift(500, 0, 0), FIXED);
        assertEquals(0, gone.count());
    }

    /** Twice as large in the fixed image: half as wide there, and linear adds h²/6 before. */
    @Test
    void theResolutionScalesWithTheImage() {
        Volume sharp = ramp().withFwhmMm(Numbers.of(6, 6, 6));
        Affine half = new Affine(Numbers.of(0.5, 0, 0, 20, 0, 0.5, 0, 0, 0, 0, 0.5, 20));
        Geometry fine = Geometry.of(8, 8, 8, 1, 1, 1);
        Numbers cubic = Warp.image(sharp, half, fine, Interpolation.CUBIC).fwhmMm().orElseThrow();
        assertArrayEquals(new double[] {12, 12, 12}, cubic.toArray(), 1e-9);
        Numbers linear = Warp.image(sharp, half, fine, Interpolation.LINEAR).fwhmMm().orElseThrow();
        assertEquals(2 * Math.sqrt(36 + 5.545177444 * 4 / 6), linear.get(0), 1e-6);
        assertTrue(
                Warp.image(sharp, bump(fine), fine, Interpolation.CUBIC).fwhmMm().isEmpty(),
                "a deformation leaves another width at each place");
    }

    /** Stripes finer than the fixed grid must not come back as other stripes. */
    @Test
    void stripesFinerThanTheGridFadeInsteadOfComingBack() {
        Geometry fine = Geometry.of(64, 8, 8, 1, 1, 1);
        float[] stripes = new float[fine.voxels()];
        for (int v = 0; v < stripes.length; v++) {
            stripes[v] = v % 2 == 0 ? 100 : -100;
        }
        Geometry coarse = Geometry.of(12, 2, 2, 4, 4, 4);
        Affine off = Affine.shift(4.1, 2, 2);
        float[] out =
                Warp.image(Volume.of(fine, stripes, Quantity.MR), off, coarse, Interpolation.LINEAR)
                        .values();
        for (float v : out) {
            assertTrue(Math.abs(v) < 1, "stripe of " + v);
        }
    }

    @Test
    void theDeterminantIsHowVolumesChange() {
        Jacobian map = Jacobian.of(bump(FIXED).then(TURN), FIXED);
        assertEquals(0, map.share());
        Jacobian linear =
                Jacobian.of(new Affine(Numbers.of(2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0)), FIXED);
        assertEquals(24, linear.least(), 1e-6);
        assertEquals(24, linear.most(), 1e-6);
        assertEquals(StrictMath.log(24), linear.logarithm().values()[5], 1e-6);
        Jacobian turned =
                Jacobian.of(new Affine(Numbers.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)), FIXED);
        assertEquals(1, turned.share());
        assertTrue(Float.isNaN(turned.logarithm().values()[0]));
    }

    @Test
    void theWayBackMultipliesVolumesByTheReciprocal() {
        DisplacementField f = bump(FIXED);
        Jacobian back = Jacobian.of(f.inverse(), FIXED);
        List<Double> off = new ArrayList<>();
        for (int v = 0; v < FIXED.voxels(); v++) {
            int i = v % 17;
            int j = v / 17 % 16;
            int k = v / 17 / 16;
            if (i < 3 || j < 3 || k < 3 || i > 13 || j > 12 || k > 11) {
                continue;
            }
            double[] p = FIXED.toWorld(i, j, k).toArray();
            double[] j0 = f.inverse().jacobian(p);
            double det =
                    j0[0] * (j0[4] * j0[8] - j0[5] * j0[7])
                            - j0[1] * (j0[3] * j0[8] - j0[5] * j0[6])
                            + j0[2] * (j0[3] * j0[7] - j0[4] * j0[6]);
            off.add(Math.abs(det - back.determinant().values()[v]));
        }
        // differences over 4 mm of a wave of 42 mm: a few per cent of its slope of 0.2
        assertTrue(off.stream().mapToDouble(x -> x).max().orElseThrow() < 0.05);
    }
}
