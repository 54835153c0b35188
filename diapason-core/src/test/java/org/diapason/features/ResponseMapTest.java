package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.diapason.features.filter.Filter;
import org.diapason.features.filter.Mean;
import org.diapason.features.filter.Space;
import org.diapason.math.Boundary;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class ResponseMapTest {
    private static final Geometry GRID = Geometry.of(4, 3, 3, 1, 1, 1);
    private static final Filter MEAN = new Mean(3, Boundary.MIRROR, Space.VOLUME);
    private final Trace trace = new Trace();

    private float[] respond(float[] values) {
        Volume volume = Volume.of(GRID, values, Quantity.HU);
        return ResponseMap.of(MEAN, volume, "exam P01, image ct", "ct.", trace);
    }

    private static float[] ramp() {
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = v * v % 17 - 5;
        }
        return values;
    }

    @Test
    void voxelsWithoutAValueAreTakenAsTheLowestAndStayWithoutOne() {
        float[] gaps = ramp();
        gaps[7] = Float.NaN;
        gaps[20] = Float.POSITIVE_INFINITY;
        float[] filled = ramp();
        filled[7] = -5;
        filled[20] = -5;
        float[] expected = MEAN.respond(GRID, filled);
        expected[7] = Float.NaN;
        expected[20] = Float.NaN;
        assertArrayEquals(expected, respond(gaps));
        assertEquals(2.0, trace.notes().get("ct.filled"));
        assertEquals(-5.0, trace.notes().get("ct.filledWith"));
        assertEquals(
                List.of(
                        "exam P01, image ct: 2 of 36 voxels have no value and were given the lowest,"
                                + " -5.00, for the filter "
                                + MEAN.label()
                                + "; responses within its reach of them depend on that."),
                trace.warnings());
        assertTrue(Float.isNaN(gaps[7]), "the input is not modified");
    }

    @Test
    void anImageWithAValueEverywhereIsFilteredAsItIs() {
        assertArrayEquals(MEAN.respond(GRID, ramp()), respond(ramp()));
        assertTrue(trace.warnings().isEmpty());
    }

    @Test
    void anImageWithoutAValueFails() {
        float[] none = new float[GRID.voxels()];
        Arrays.fill(none, Float.NaN);
        assertEquals(
                "exam P01, image ct: no voxel has a value. Leave this exam out.",
                assertThrows(DataException.class, () -> respond(none)).getMessage());
    }
}
