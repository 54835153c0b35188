package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Interpolation;
import org.diapason.registration.Deformation;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarpBenchTest {

    /** A ramp shows where each voxel was taken; away from the border, where the spline mirrors. */
    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "CUBIC"})
    void theTimedMethodsTakeVoxelsWhereTheTransformLeads(Interpolation how) {
        WarpBench bench = new WarpBench();
        bench.size = "40x44x42";
        bench.interpolation = how;
        bench.setUp();
        assertRamp(bench.throughAnAffine(), bench.affine);
        assertRamp(bench.throughAFieldAndAnAffine(), bench.field.then(bench.affine));
        Deformation back = bench.theWayBackOfAField();
        double[] p = bench.grid.toWorld(20, 20, 20).toArray();
        back.field().apply(p);
        bench.field.apply(p);
        for (double at : p) {
            // the field between its voxels is straight, the way back is not
            assertEquals(20, at, 1e-5);
        }
        assertTrue(back.missed() < bench.grid.voxels() / 10, "missed " + back.missed());
    }

    private static void assertRamp(Volume out, Transform t) {
        Geometry g = out.geometry();
        for (int k = 14; k < 28; k++) {
            for (int j = 14; j < 30; j++) {
                for (int i = 14; i < 26; i++) {
                    double[] p = g.toWorld(i, j, k).toArray();
                    t.apply(p);
                    assertEquals(p[0] + 2 * p[1] + 3 * p[2], out.at(i, j, k), 2e-3);
                }
            }
        }
    }
}
