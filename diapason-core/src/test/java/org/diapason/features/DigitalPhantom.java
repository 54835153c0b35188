package org.diapason.features;

import java.util.Map;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/** The digital phantom of the IBSI reference manual (section 5.1): 5 × 4 × 4 voxels of 2 mm. */
final class DigitalPhantom {
    static final Geometry GRID = Geometry.of(5, 4, 4, 2, 2, 2);

    private static final int[] VALUES = {
        1, 4, 4, 1, 1, /* */ 1, 4, 6, 1, 1, /* */ 4, 1, 6, 4, 1, /* */ 4, 4, 6, 4, 1, //
        1, 4, 4, 1, 1, /* */ 1, 1, 6, 1, 1, /* */ 1, 1, 3, 1, 1, /* */ 4, 4, 6, 1, 1, //
        1, 4, 4, 1, 1, /* */ 1, 1, 1, 1, 1, /* */ 1, 1, 9, 1, 1, /* */ 1, 1, 6, 1, 1, //
        1, 4, 4, 1, 1, /* */ 1, 1, 1, 1, 1, /* */ 1, 1, 1, 1, 1, /* */ 1, 1, 6, 1, 1
    };

    /** Positions outside the region; the 9 is one of them. */
    private static final int[] OUTSIDE = {30, 43, 44, 52, 63, 64};

    private DigitalPhantom() {}

    static float[] values() {
        float[] values = new float[VALUES.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = VALUES[v];
        }
        return values;
    }

    static boolean[] inside() {
        boolean[] inside = new boolean[VALUES.length];
        java.util.Arrays.fill(inside, true);
        for (int v : OUTSIDE) {
            inside[v] = false;
        }
        return inside;
    }

    static Exam exam() {
        return exam(GRID, values(), inside(), Quantity.UNKNOWN);
    }

    static Exam exam(Geometry grid, float[] values, boolean[] inside, Quantity quantity) {
        return Exam.of(
                "phantom",
                Map.of("ct", Image.of(Volume.of(grid, values, quantity))),
                Map.of("gtv", Mask.of(grid, inside)),
                Map.of("site", "A"));
    }
}
