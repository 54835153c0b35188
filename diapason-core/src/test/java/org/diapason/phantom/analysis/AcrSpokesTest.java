package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.phantom.Noise;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class AcrSpokesTest {
    private static final Geometry GRID = Geometry.of(200, 200, 4, 1, 1, 10);
    private static final QaReport.Place PLACE = new QaReport.Place(0, 100, 99, 95, 2, 1, "");

    /** Slices 8 to 11 with shading, discs of a contrast over 1000, noise of 5; turned by 2°. */
    private static Volume slices(double... contrast) {
        Noise.Drawn noise = new Noise.White(5).on(GRID, 3);
        float[] v = new float[GRID.voxels()];
        for (int n = 0; n < v.length; n++) {
            int k = n / 40_000;
            double x = n % 200 - 100.5;
            double y = n / 200 % 200 - 107.0;
            double value = 1000 + 0.05 * (x * x + y * y) + 0.5 * x;
            for (int d = 0; d < 30; d++) {
                double angle = Math.toRadians(2 + 9 * k + d / 3 * 36);
                double away = 12.75 * (1 + d % 3);
                double dx = x - away * Math.sin(angle);
                double dy = y + away * Math.cos(angle);
                double radius = (7 - 0.61 * (d / 3)) / 2;
                value += dx * dx + dy * dy <= radius * radius ? contrast[k] : 0;
            }
            v[n] = (float) noise.of(n, value);
        }
        return Volume.of(GRID, v, Quantity.MR);
    }

    /** Four times the noise is seen down to the disc of 1.5 mm, 0.6 times it in some 20 voxels. */
    @Test
    void spokesAreCountedDownToWhereTheyDrownInNoise() {
        AcrSpokes found = AcrSpokes.of(slices(0, 3, 20, 40), List.of(0, 1, 2, 3), PLACE);
        assertEquals(0, found.visible().get(0));
        int some = found.visible().get(1);
        assertTrue(some >= 1 && some <= 6, "" + some);
        assertEquals(10, found.visible().get(2));
        assertEquals(10, found.visible().get(3));
        assertEquals(20 + some, found.figures().get(4).value());
    }
}
