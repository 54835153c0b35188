package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a grid sees beyond the voxels there are: the same as if they went on. */
class BoundaryOfGridsTest {
    private static final int MORE = 40;
    private static final Geometry BOX = Geometry.of(9, 8, 7, 1, 1, 1);

    private static float[] box() {
        return GaussTest.noise(BOX.voxels(), 11);
    }

    /** The box continued by hand, so far that no interpolation sees its end. */
    private static float[] continued(float[] box, Boundary boundary) {
        Geometry big = continued();
        float[] out = new float[big.voxels()];
        for (int v = 0; v < out.length; v++) {
            int i = boundary.at(v % big.ni() - MORE, 9);
            int j = boundary.at(v / big.ni() % big.nj() - MORE, 8);
            int k = boundary.at(v / (big.ni() * big.nj()) - MORE, 7);
            out[v] = i < 0 || j < 0 || k < 0 ? 0 : box[BOX.index(i, j, k)];
        }
        return out;
    }

    private static Geometry continued() {
        return new Geometry(
                9 + 2 * MORE,
                8 + 2 * MORE,
                7 + 2 * MORE,
                Numbers.of(1, 1, 1),
                Numbers.of(-MORE, -MORE, -MORE),
                Geometry.IDENTITY);
    }

    private static Geometry around(double turn) {
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        return new Geometry(
                20,
                19,
                18,
                Numbers.of(0.8, 0.9, 1.1),
                Numbers.of(-4.3, -5.2, -6.1),
                Numbers.of(c, -s, 0, s, c, 0, 0, 0, 1));
    }

    @ParameterizedTest(name = "{0} {1}, turned by {2}")
    @CsvSource({
        "LINEAR, ZERO, 0",
        "LINEAR, ZERO, 0.3",
        "LINEAR, MIRROR, 0",
        "LINEAR, MIRROR, 0.3",
        "LINEAR, NEAREST, 0.3",
        "CUBIC, ZERO, 0",
        "CUBIC, ZERO, 0.3",
        "CUBIC, MIRROR, 0",
        "CUBIC, MIRROR, 0.3",
        "SINC, ZERO, 0",
        "SINC, MIRROR, 0",
        "SINC, MIRROR, 0.3",
        "NEAREST, ZERO, 0",
        "NEAREST, MIRROR, 0.3",
        "NEAREST, NEAREST, 0.3"
    })
    void theGridGoesOnAsItsRuleSays(Interpolation how, Boundary boundary, double turn) {
        float[] box = box();
        Geometry to = around(turn);
        float[] expected = Resample.onto(continued(), continued(box, boundary), to, how);
        float[] out = Resample.onto(BOX, box, to, how, boundary);
        assertArrayEquals(expected, out, 2e-3f, "a millionth of the range");
    }

    /** Along the axes the general way and the quick one are the same sums. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "CUBIC", "SINC"})
    void theGeneralWayIsTheQuickOne(Interpolation how) {
        Geometry nearly = around(2e-6);
        float[] quick = Resample.onto(BOX, box(), around(0), how);
        float[] general = Resample.onto(BOX, box(), nearly, how);
        assertArrayEquals(quick, general, 0.2f, "2e-6 of 20 voxels, 4e-5 of a voxel apart");
    }

    /** A grid turned by 90° about k holds the same values in another order. */
    @ParameterizedTest
    @EnumSource
    void aQuarterTurnOnlyMovesTheVoxels(Interpolation how) {
        Geometry turned =
                new Geometry(
                        8,
                        9,
                        7,
                        BOX.spacingMm(),
                        BOX.originMm(),
                        Numbers.of(0, 1, 0, 1, 0, 0, 0, 0, 1));
        float[] box = box();
        float[] out = Resample.onto(BOX, box, turned, how);
        for (int v = 0; v < out.length; v++) {
            int i = v % 8;
            int j = v / 8 % 9;
            assertEquals(box[BOX.index(j, i, v / 72)], out[v], 1e-3);
        }
    }

    @Test
    void anObliqueMaskIsWhereHalfOfItIs() {
        boolean[] inside = new boolean[BOX.voxels()];
        Arrays.fill(inside, true);
        boolean[] out = Resample.mask(BOX, inside, around(0.3));
        for (boolean in : out) {
            assertEquals(true, in);
        }
    }

    @Test
    void anObliqueNanSpreadsAsFarAsItsWeight() {
        float[] box = box();
        box[BOX.index(4, 4, 3)] = Float.NaN;
        Geometry to = around(0.3);
        float[] linear = Resample.onto(BOX, box, to, Interpolation.LINEAR);
        float[] cubic = Resample.onto(BOX, box, to, Interpolation.CUBIC);
        float[] nearest = Resample.onto(BOX, box, to, Interpolation.NEAREST);
        for (int v = 0; v < linear.length; v++) {
            Numbers w = to.toWorld(v % 20, v / 20 % 19, v / 380);
            double far =
                    Math.max(
                            Math.abs(w.get(0) - 4),
                            Math.max(Math.abs(w.get(1) - 4), Math.abs(w.get(2) - 3)));
            assertEquals(far < 1, Float.isNaN(linear[v]));
            assertEquals(Float.isNaN(nearest[v]), Float.isNaN(cubic[v]));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "0.3"})
    void aGridThatClosesOnItselfIsRefused(double turn) {
        assertEquals(
                "boundary of a grid must be nearest, mirror or zero, got periodic",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Resample.onto(
                                                BOX,
                                                box(),
                                                around(turn),
                                                Interpolation.LINEAR,
                                                Boundary.PERIODIC))
                        .getMessage());
    }
}
