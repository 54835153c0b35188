package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.math.Interpolation;
import org.diapason.volume.Affine;
import org.diapason.volume.Channels;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class VectorsTest {
    private static final Geometry GRID = Geometry.of(16, 16, 16, 2, 2, 2);

    /** From fixed to moving: x goes where y was, and y stands against x; then z is doubled. */
    private static final Affine TURN_AND_STRETCH =
            new Affine(Numbers.of(0, -1, 0, 30, 1, 0, 0, 0, 0, 0, 2, -15));

    private static Volume even(double x, double y, double z) {
        float[][] v = new float[3][GRID.voxels()];
        java.util.Arrays.fill(v[0], (float) x);
        java.util.Arrays.fill(v[1], (float) y);
        java.util.Arrays.fill(v[2], (float) z);
        return Volume.of(GRID, List.of(v[0], v[1], v[2]), Channels.COMPONENTS, Quantity.UNKNOWN);
    }

    private static double[] at(Volume v, int i, int j, int k) {
        int n = GRID.index(i, j, k);
        return new double[] {v.channel(0)[n], v.channel(1)[n], v.channel(2)[n]};
    }

    private static double[] middle(Volume moving, Transform t, Vectors how) {
        return at(Warp.vectors(moving, t, GRID, Interpolation.LINEAR, how), 7, 8, 7);
    }

    /** J⁻¹ v by hand: (x, y, z) of the moving image is (y, −x, z/2) of the fixed one. */
    @Test
    void aCarriedVectorTurnsAndStretchesWithTheImage() {
        Volume moving = even(3, 5, 8);
        assertArrayEquals(
                new double[] {5, -3, 4}, middle(moving, TURN_AND_STRETCH, Vectors.CARRIED), 1e-5);
        assertArrayEquals(
                new double[] {5, -3, 8}, middle(moving, TURN_AND_STRETCH, Vectors.TURNED), 1e-5);
        assertArrayEquals(
                new double[] {3, 5, 8}, middle(moving, TURN_AND_STRETCH, Vectors.KEPT), 1e-5);
    }

    /** What J⁻¹ has done J undoes, whatever J is. */
    @Test
    void thereAndBackIsTheSameVector() {
        double[] j = {1.1, 0.2, -0.1, 0.05, 0.9, 0.3, 0, -0.2, 1.2};
        for (Vectors how : Vectors.values()) {
            double[] v = {1, -2, 3};
            Vectors.times(how.back(j), v);
            how.there(j, v);
            assertArrayEquals(new double[] {1, -2, 3}, v, 1e-12, how.name());
        }
    }

    /** The rotation of R U is R, however far U stretches; and it keeps lengths. */
    @Test
    void theRotationIsFoundUnderAnyStretch() {
        Affine turn = LinearModel.RIGID.at(new double[] {0, 0, 0, 0.4, -0.9, 1.3}, new double[3]);
        double[] stretch = {3, 0.5, 0.2, 0.5, 0.4, 0.1, 0.2, 0.1, 1.5};
        double[] j = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                for (int n = 0; n < 3; n++) {
                    j[3 * r + c] += turn.get(r, n) * stretch[3 * n + c];
                }
            }
        }
        double[] v = {1, 2, 3};
        Vectors.TURNED.there(j, v);
        double[] expected = {1, 2, 3};
        turn.apply(expected);
        assertArrayEquals(expected, v, 1e-12);
    }

    /**
     * A small shift of the moving image seen from the fixed one: {@code T(p + ε v_fixed) = T(p) + ε
     * v_moving}, through a field that bends.
     */
    @Test
    void aCarriedVectorIsTheShiftThatLeadsThere() {
        float[][] u = new float[3][GRID.voxels()];
        for (int n = 0; n < GRID.voxels(); n++) {
            u[0][n] = (float) (3 * StrictMath.sin(0.2 * (n / 16 % 16)));
            u[1][n] = (float) (2 * StrictMath.sin(0.25 * (n / 256)));
            u[2][n] = (float) (2 * StrictMath.cos(0.2 * (n % 16)));
        }
        Transform t =
                DisplacementField.of(GRID, u[0], u[1], u[2])
                        .then(new Affine(Numbers.of(1, 0.1, 0, 0, -0.1, 0.9, 0, 2, 0, 0, 1.1, 0)));
        double[] v = middle(even(1, 2, -1), t, Vectors.CARRIED);
        double[] p = GRID.toWorld(7, 8, 7).toArray();
        double[] low = p.clone();
        double[] high = p.clone();
        for (int r = 0; r < 3; r++) {
            low[r] -= v[r];
            high[r] += v[r];
        }
        t.apply(low);
        t.apply(high);
        double[] moved = new double[3];
        for (int r = 0; r < 3; r++) {
            moved[r] = (high[r] - low[r]) / 2;
        }
        // over about a voxel the field bends: 1 % of 3 mm
        assertArrayEquals(new double[] {1, 2, -1}, moved, 0.03);
        assertTrue(Math.abs(v[0] - 1) > 0.1, "left as it is it would lead elsewhere: " + v[0]);
    }

    @Test
    void throughAFoldThatIsFlatNoVectorComes() {
        float[] flat = new float[GRID.voxels()];
        for (int n = 0; n < flat.length; n++) {
            flat[n] = -2 * (n % 16) + 15;
        }
        float[] still = new float[flat.length];
        DisplacementField f = DisplacementField.of(GRID, flat, still, still);
        for (Vectors how : List.of(Vectors.CARRIED, Vectors.TURNED)) {
            assertTrue(Double.isNaN(middle(even(1, 2, 3), f, how)[1]), how.name());
        }
        assertEquals(2, middle(even(1, 2, 3), f, Vectors.KEPT)[1], 1e-6);
    }

    @Test
    void framesAreNoVectors() {
        float[] v = new float[GRID.voxels()];
        Volume frames =
                Volume.of(GRID, List.of(v, v, v), Channels.frames(3, 0, 1), Quantity.UNKNOWN);
        assertEquals(
                "the image has 3 frames, and vectors have 3 components along x, y and z. Say"
                        + " --vectors kept, or give them as NIfTI with intent 1007 and three numbers"
                        + " on axis 5.",
                assertThrows(
                                RefusedException.class,
                                () -> middle(frames, TURN_AND_STRETCH, Vectors.TURNED))
                        .getMessage());
        Volume two = Volume.of(GRID, List.of(v, v), Channels.COMPONENTS, Quantity.UNKNOWN);
        assertEquals(
                2,
                Warp.vectors(two, TURN_AND_STRETCH, GRID, Interpolation.LINEAR, Vectors.KEPT)
                        .channels());
        assertSame(
                two, Warp.vectors(two, Affine.IDENTITY, GRID, Interpolation.LINEAR, Vectors.KEPT));
    }
}
