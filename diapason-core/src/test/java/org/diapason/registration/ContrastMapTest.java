package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class ContrastMapTest {
    private static final Geometry LINE = Geometry.of(1000, 1, 1, 1, 1, 1);

    /** The moving image is bright where the fixed one is dark, and half as steep. */
    @Test
    void anotherContrastIsBroughtToTheScaleOfTheFixedImage() {
        float[] fixed = new float[1000];
        float[] moving = new float[1000];
        for (int v = 0; v < 1000; v++) {
            fixed[v] = 2000 - 2 * v;
            moving[v] = v;
        }
        fixed[3] = Float.NaN;
        moving[7] = Float.NaN;
        ContrastMap map = ContrastMap.of(LINE, fixed, moving);
        for (int v = 20; v < 980; v++) {
            assertEquals(2000 - 2 * v, map.at(v), 3, "a bin is 15.6 wide");
        }
        assertEquals(Double.NaN, map.at(Double.NaN));
    }

    /** Two values far apart leave bins without any voxel between them. */
    @Test
    void emptyBinsTakeTheNearestBelow() {
        float[] fixed = new float[1000];
        float[] moving = new float[1000];
        for (int v = 0; v < 1000; v++) {
            fixed[v] = v < 500 ? 7 : 3;
            moving[v] = v < 500 ? 0 : 640;
        }
        ContrastMap map = ContrastMap.of(LINE, fixed, moving);
        assertEquals(7, map.at(0));
        assertEquals(7, map.at(300));
        assertEquals(3, map.at(640));
    }

    @Test
    void aConstantImageIsMappedToTheMean() {
        float[] fixed = new float[1000];
        for (int v = 0; v < 1000; v++) {
            fixed[v] = v;
        }
        assertEquals(499.5, ContrastMap.of(LINE, fixed, new float[1000]).at(0), 1e-9);
    }
}
