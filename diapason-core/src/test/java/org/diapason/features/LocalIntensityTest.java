package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Peaks against consensus values and plain sums over spheres. */
class LocalIntensityTest {

    @Test
    void meetsTheConsensusOfTheDigitalPhantom() {
        float[] values = DigitalPhantom.values();
        double[] f = LocalIntensity.of(values, region(DigitalPhantom.GRID, values));
        assertEquals(2.6, f[0], 0.005); // IBSI reference manual: 2.6 ± 0
        assertEquals(3.1, f[1], 0.005); // IBSI reference manual: 3.1 ± 0
    }

    @Test
    void peaksAreTheBestOfPlainSums() {
        Geometry g = Geometry.of(15, 14, 6, 1.1, 2.3, 3);
        Random random = new Random(6);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = random.nextInt(20) == 0 ? Float.NaN : random.nextInt(30);
        }
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = v % 3 == 0;
        }
        Region region = Region.of(Volume.of(g, values, Quantity.MR), Mask.of(g, inside), "noise");
        double local = 0;
        double global = 0;
        for (int n = 0; n < region.size(); n++) {
            double mean = mean(g, values, region.voxels()[n]);
            global = Math.max(global, mean);
            local = region.values()[n] == 29 ? Math.max(local, mean) : local;
        }
        assertArrayEquals(new double[] {local, global}, LocalIntensity.of(values, region), 1e-12);
    }

    @Test
    void voxelsLargerThanTheSphereStandForThemselves() {
        Geometry g = Geometry.of(3, 1, 1, 7, 7, 7);
        float[] values = {1, 5, 2};
        assertArrayEquals(
                new double[] {5, 5},
                LocalIntensity.of(values, new Region(g, new int[] {0, 1}, new float[] {1, 5})),
                0);
    }

    @Test
    void anEmptyRegionHasNoPeak() {
        Region none = new Region(DigitalPhantom.GRID, new int[0], new float[0]);
        double[] f = LocalIntensity.of(DigitalPhantom.values(), none);
        assertTrue(Double.isNaN(f[0]) && Double.isNaN(f[1]));
    }

    private static double mean(Geometry g, float[] values, int centre) {
        double sum = 0;
        int count = 0;
        for (int v = 0; v < values.length; v++) {
            double x = (v % g.ni() - centre % g.ni()) * g.spacing(0);
            double y = (v / g.ni() % g.nj() - centre / g.ni() % g.nj()) * g.spacing(1);
            double z = (v / g.ni() / g.nj() - centre / g.ni() / g.nj()) * g.spacing(2);
            // 4/3 π r³ = 1000 mm³
            if (x * x + y * y + z * z <= 6.2035 * 6.2035 && !Float.isNaN(values[v])) {
                sum += values[v];
                count++;
            }
        }
        return sum / count;
    }

    private static Region region(Geometry g, float[] values) {
        Mask mask = Mask.of(g, DigitalPhantom.inside());
        return Region.of(Volume.of(g, values, Quantity.UNKNOWN), mask, "the phantom");
    }
}
