package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Interpolation;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** The grid on which features are measured. */
class SamplingTest {
    private static final Geometry FROM = Geometry.of(10, 8, 6, 0.9, 1.1, 3);

    private static Sampling to(double spacing, boolean inPlane, boolean round) {
        return new Sampling(spacing, inPlane, Interpolation.LINEAR, round);
    }

    private static Numbers centre(Geometry g) {
        return g.toWorld((g.ni() - 1) / 2.0, (g.nj() - 1) / 2.0, (g.nk() - 1) / 2.0);
    }

    private static void assertSameCentre(Geometry a, Geometry b) {
        for (int axis = 0; axis < 3; axis++) {
            assertEquals(centre(a).get(axis), centre(b).get(axis), 1e-9);
        }
    }

    /** IBSI: ceil(n s / s'), about the same centre: 9/2, 8.8/2 and 18/2 mm. */
    @Test
    void theGridCoversTheImageAboutItsCentre() {
        Geometry g = to(2, false, true).grid(FROM);
        assertEquals("5 5 9", g.ni() + " " + g.nj() + " " + g.nk());
        assertEquals(Numbers.of(2, 2, 2), g.spacingMm());
        assertSameCentre(FROM, g);
    }

    @Test
    void inPlaneTheSlicesStayWhereTheyAre() {
        Geometry g = to(2, true, true).grid(FROM);
        assertEquals("5 5 6", g.ni() + " " + g.nj() + " " + g.nk());
        assertEquals(Numbers.of(2, 2, 3), g.spacingMm());
        assertSameCentre(FROM, g);
    }

    /** A plane in world coordinates stays that plane wherever no border is near. */
    @Test
    void aPlaneIsThePlaneOnAnyGrid() {
        float[] values = new float[FROM.voxels()];
        for (int k = 0; k < FROM.nk(); k++) {
            for (int j = 0; j < FROM.nj(); j++) {
                for (int i = 0; i < FROM.ni(); i++) {
                    values[FROM.index(i, j, k)] = (float) plane(FROM.toWorld(i, j, k));
                }
            }
        }
        Volume moved = to(1.3, false, true).move(Volume.of(FROM, values, Quantity.MR));
        Geometry g = moved.geometry();
        for (int k = 2; k < g.nk() - 2; k++) {
            assertEquals(plane(g.toWorld(3, 3, k)), moved.at(3, 3, k), 1e-4);
        }
    }

    private static double plane(Numbers w) {
        return 0.37 * w.get(0) - 1.21 * w.get(1) + 0.77 * w.get(2);
    }

    /** Interpolated Hounsfield units are rounded, as the scanner's are; other units are not. */
    @Test
    void onlyHounsfieldUnitsAreRoundedAndOnlyWhereAsked() {
        float[] values = new float[FROM.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = v % 7;
        }
        assertTrue(whole(to(2, false, true).move(Volume.of(FROM, values, Quantity.HU))));
        assertTrue(!whole(to(2, false, false).move(Volume.of(FROM, values, Quantity.HU))));
        assertTrue(!whole(to(2, false, true).move(Volume.of(FROM, values, Quantity.MR))));
    }

    private static boolean whole(Volume volume) {
        for (float v : volume.values()) {
            if (v != Math.rint(v)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aMaskThatVanishesIsRefused() {
        boolean[] one = new boolean[FROM.voxels()];
        one[FROM.index(4, 4, 3)] = true;
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> to(8, false, true).move(Mask.of(FROM, one), "exam x"));
        assertEquals(
                "exam x: the mask's 1 voxels vanish on the grid of 8.00 mm. Choose a smaller"
                        + " spacing-mm or leave this exam out.",
                e.getMessage());
    }

    @Test
    void theSpacingIsPositive() {
        for (double spacing : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> to(spacing, false, true));
        }
    }

    @Test
    void theRuleInWordsSaysEverySetting() {
        assertEquals("2 mm in plane, linear, HU rounded", to(2, true, true).words());
        assertEquals(
                "0.75 mm, cubic B-spline",
                new Sampling(0.75, false, Interpolation.CUBIC, false).words());
    }
}
