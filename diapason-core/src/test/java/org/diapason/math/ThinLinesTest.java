package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class ThinLinesTest {
    private static final Geometry ROW = Geometry.of(9, 1, 1, 1, 1, 1);

    private static float[][] along(int n, float i, float j, float k) {
        float[][] d = new float[3][n];
        for (int v = 0; v < n; v++) {
            d[0][v] = i;
            d[1][v] = j;
            d[2][v] = k;
        }
        return d;
    }

    @Test
    void ofTwoEqualCrestsTheOneAheadStays() {
        float[] s = {0, 1, 2, 2, 1, 0, 3, 1, 0};
        assertArrayEquals(
                new float[] {0, 0, 0, 2, 0, 0, 3, 0, 0}, ThinLines.thin(ROW, s, along(9, 1, 0, 0)));
        assertArrayEquals(
                new float[] {0, 0, 2, 0, 0, 0, 3, 0, 0},
                ThinLines.thin(ROW, s, along(9, -1, 0, 0)));
    }

    @Test
    void besideNoValueNothingIsTold() {
        float[] s = {9, 1, 2, Float.NaN, 1, 2, 1, 0, 9};
        assertArrayEquals(
                new float[] {0, 0, 0, Float.NaN, 0, 2, 0, 0, 0},
                ThinLines.thin(ROW, s, along(9, 1, 0, 0)));
    }

    /**
     * On voxels of 1 × 3 mm a line at 45° in mm leaves the cube of neighbours through the side at
     * ±1 along i, a third of a voxel along j. In voxels it would be the corner.
     */
    @Test
    void directionsAreThoseInMm() {
        Geometry g = Geometry.of(3, 3, 1, 1, 3, 1);
        float[] s = {0, 0, 0, 3, 4, 3, 0, 0, 6};
        float[][] d = along(9, 1, 1, 0);
        assertEquals(0, ThinLines.thin(g, s, d)[4]); // ahead: 2/3 · 3 + 1/3 · 6 = 4, no less
        s[8] = 5.9f;
        assertEquals(4, ThinLines.thin(g, s, d)[4]);
        s[8] = 6.1f;
        assertEquals(0, ThinLines.thin(g, s, d)[4]);
    }

    @Test
    void weakPartsStayOnlyWhereTheyHangOnStrongOnes() {
        Geometry g = Geometry.of(7, 3, 2, 1, 1, 1);
        float[] s = new float[42];
        s[0] = 2;
        s[8] = 2; // shares a corner with the first
        s[2] = 5;
        s[4] = 2; // alone
        s[41] = 2; // alone in the other slice
        s[21 + 18] = 2; // alone too
        boolean[] kept = ThinLines.joined(g, s, 2, 5, 3);
        assertTrue(kept[0] && kept[8] && kept[2]);
        assertFalse(kept[4] || kept[41] || kept[1] || kept[21 + 18]);
        s[21 + 1] = 2; // below the second
        assertTrue(ThinLines.joined(g, s, 2, 5, 3)[22]);
        assertFalse(ThinLines.joined(g, s, 2, 5, 2)[22]);
    }
}
