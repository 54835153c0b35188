package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeformationsTest {
    /** Turned by 90° about z and shifted: x runs along −y of the world. */
    private static final Geometry TURNED =
            new Geometry(
                    12,
                    10,
                    9,
                    Numbers.of(4, 5, 6),
                    Numbers.of(-20, 30, -10),
                    Numbers.of(0, 1, 0, -1, 0, 0, 0, 0, 1));

    private static final Affine SHEAR =
            new Affine(Numbers.of(1.1, 0.2, 0, 3, 0, 0.9, -0.1, 1, 0.05, 0, 1, -2));

    /** Smooth shifts, at most 2 mm of wave length 60 mm: the field does not fold. */
    private static double wave(int r, Numbers p) {
        return 2 * StrictMath.sin((p.get((r + 1) % 3) + 7 * r) * 2 * Math.PI / 60);
    }

    private static DisplacementField field(Geometry g, double times) {
        float[][] u = new float[3][g.voxels()];
        for (int v = 0; v < g.voxels(); v++) {
            Numbers p = g.toWorld(v % g.ni(), v / g.ni() % g.nj(), v / g.ni() / g.nj());
            for (int r = 0; r < 3; r++) {
                u[r][v] = (float) (times * wave(r, p));
            }
        }
        return DisplacementField.of(g, u[0], u[1], u[2]);
    }

    private static BsplineTransform spline() {
        double[] phi = new double[3 * TURNED.voxels()];
        for (int v = 0; v < TURNED.voxels(); v++) {
            Numbers p = TURNED.toWorld(v % 12, v / 12 % 10, v / 120);
            for (int r = 0; r < 3; r++) {
                phi[r * TURNED.voxels() + v] = wave(r, p);
            }
        }
        return new BsplineTransform(TURNED, Numbers.of(phi));
    }

    static List<Transform> all() {
        return List.of(
                SHEAR,
                spline(),
                SHEAR.then(spline()).then(Affine.shift(1, 2, 3)),
                new Inverse(spline()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theJacobianIsThatOfDifferences(Transform t) {
        double[] p = {3.7, 12.1, 14.9};
        double[] j = t.jacobian(p);
        assertArrayEquals(new double[] {3.7, 12.1, 14.9}, p, "not modified");
        double h = 1e-3;
        for (int c = 0; c < 3; c++) {
            double[] low = p.clone();
            double[] high = p.clone();
            low[c] -= h;
            high[c] += h;
            t.apply(low);
            t.apply(high);
            for (int r = 0; r < 3; r++) {
                // the search of the inverse stops at 1e-6 mm
                assertEquals((high[r] - low[r]) / (2 * h), j[3 * r + c], 1e-3, r + " by " + c);
            }
        }
    }

    @Test
    void theJacobianOfAFieldAtAVoxelIsTheCentralDifference() {
        DisplacementField f = field(TURNED, 1);
        double[] j = f.jacobian(TURNED.toWorld(5, 4, 3).toArray());
        // axis i of the grid is −y·4 mm … as the direction says: i runs along −y, j along x
        for (int r = 0; r < 3; r++) {
            float[] u = f.shifts(r);
            double alongI = (u[TURNED.index(6, 4, 3)] - u[TURNED.index(4, 4, 3)]) / 8;
            double alongJ = (u[TURNED.index(5, 5, 3)] - u[TURNED.index(5, 3, 3)]) / 10;
            assertEquals((r == 0 ? 1 : 0) + alongJ, j[3 * r], 1e-6);
            assertEquals((r == 1 ? 1 : 0) - alongI, j[3 * r + 1], 1e-6);
        }
    }

    @Test
    void aSplineThroughALinearRampIsThatRamp() {
        // cubic B-splines reproduce polynomials of degree 1 from their own samples
        double[] phi = new double[3 * TURNED.voxels()];
        for (int v = 0; v < TURNED.voxels(); v++) {
            Numbers p = TURNED.toWorld(v % 12, v / 12 % 10, v / 120);
            phi[v] = 0.1 * p.get(1) - 0.2 * p.get(2) + 5;
        }
        BsplineTransform t = new BsplineTransform(TURNED, Numbers.of(phi));
        double[] p = {3.3, 7.7, 11.1};
        t.apply(p);
        assertArrayEquals(new double[] {3.3 + 0.77 - 2.22 + 5, 7.7, 11.1}, p, 1e-12);
    }

    @Test
    void beyondTheLastButOneControlPointNothingMoves() {
        double[] phi = new double[3 * TURNED.voxels()];
        java.util.Arrays.fill(phi, 2);
        BsplineTransform t = new BsplineTransform(TURNED, Numbers.of(phi));
        for (double i : new double[] {1, 10}) {
            double[] in = TURNED.toWorld(i, 4, 4).toArray();
            double[] was = in.clone();
            t.apply(in);
            assertEquals(was[0] + 2, in[0], 1e-12, "voxel " + i);
            double[] out = TURNED.toWorld(i == 1 ? 0.999 : 10.001, 4, 4).toArray();
            was = out.clone();
            t.apply(out);
            assertArrayEquals(was, out);
            assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, t.jacobian(out));
        }
    }

    @Test
    void aSplineOfOneSliceMovesAllSlicesAlike() {
        Geometry flat = Geometry.of(5, 5, 1, 10, 10, 1);
        double[] phi = new double[75];
        java.util.Arrays.fill(phi, 0, 25, 3);
        double[] p = {20, 20, 77};
        new BsplineTransform(flat, Numbers.of(phi)).apply(p);
        assertArrayEquals(new double[] {23, 20, 77}, p, 1e-12);
    }

    @Test
    void theWayBackOfADeformationIsMet() {
        for (Transform t : List.of(field(TURNED, 1), spline(), spline().then(SHEAR))) {
            Transform back = t.inverse();
            for (double s = 0; s < 1; s += 0.1) {
                double[] p = {2 + 9 * s, 8 + 7 * s, 12 + 11 * s};
                double[] was = p.clone();
                t.apply(p);
                back.apply(p);
                assertArrayEquals(was, p, 1e-5, "share " + s);
            }
        }
    }

    @Test
    void aSteepFieldIsStillUndone() {
        // q = p + u(p) with slopes of up to −0.94: the plain iteration hardly contracts
        DisplacementField f = field(Geometry.of(30, 30, 30, 2, 2, 2), 4.5);
        for (double s = 0; s < 1; s += 0.05) {
            double[] p = {20 + 15 * s, 18 + 20 * s, 25 + 9 * s};
            double[] q = p.clone();
            f.apply(q);
            double[] goal = q.clone();
            double miss = ((Inverse) f.inverse()).missMm(q);
            f.apply(q);
            assertArrayEquals(goal, q, 1e-5);
            assertTrue(miss < 1e-5, "miss " + miss);
        }
    }

    @Test
    void aPlaceThatNothingLeadsToIsSaidToBeMissed() {
        // all move 4 mm along x: what lies just right of the left border has nowhere to come from
        Geometry g = Geometry.of(10, 10, 10, 2, 2, 2);
        float[] four = new float[1000];
        java.util.Arrays.fill(four, 4);
        DisplacementField f = DisplacementField.of(g, four, new float[1000], new float[1000]);
        double[] p = {1, 9, 9};
        assertTrue(((Inverse) f.inverse()).missMm(p) > 1);
        double[] sound = {10, 9, 9};
        assertEquals(0, ((Inverse) f.inverse()).missMm(sound), 1e-6);
        assertArrayEquals(new double[] {6, 9, 9}, sound, 1e-6);
    }

    @Test
    void theInverseOfAFoldIsRefused() {
        DisplacementField f = field(Geometry.of(30, 30, 30, 2, 2, 2), 1);
        float[] fold = new float[27000];
        for (int v = 0; v < fold.length; v++) {
            fold[v] = -1.5f * 2 * (v % 30) + 45;
        }
        DisplacementField folded =
                DisplacementField.of(f.geometry(), fold, new float[27000], new float[27000]);
        String message =
                assertThrows(
                                RefusedException.class,
                                () -> folded.inverse().jacobian(new double[] {30, 30, 30}))
                        .getMessage();
        assertTrue(message.startsWith("the deformation folds at "), message);
    }

    @Test
    void threeControlPointsAreTooFew() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new BsplineTransform(
                                                Geometry.of(3, 5, 5, 1, 1, 1), Numbers.of()))
                        .getMessage();
        assertEquals(
                "a cubic spline needs 4 control points along an axis, or 1 to be constant, got 3",
                message);
    }
}
