package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.compositing.Blended;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** What is timed is right. */
class BlendBenchTest {

    /** Inside the mask the five-point Laplacian is the source's, outside nothing changes. */
    @Test
    void theBlendHasTheSourcesLaplacian() {
        BlendBench bench = new BlendBench();
        bench.size = "64x48x1";
        bench.width = "30";
        bench.gradients = "source";
        bench.setUp();
        Blended out = bench.toAThousandthOfTheRange();
        assertEquals(900, out.unknowns());
        assertTrue(out.maxErrorBound() <= 0.255);
        for (int c = 0; c < 3; c++) {
            float[] f = out.volume().channel(c);
            for (int j = 1; j < 47; j++) {
                for (int i = 1; i < 63; i++) {
                    int v = j * 64 + i;
                    if (bench.mask.voxels()[v]) {
                        double wished = laplacian(bench.source, c, v);
                        double off = 8 * 0.255; // five values, each off by at most 0.255
                        assertEquals(wished, laplacian(out.volume(), c, v), off);
                    } else {
                        assertEquals(bench.target.channel(c)[v], f[v]);
                    }
                }
            }
        }
    }

    private static double laplacian(Volume volume, int c, int v) {
        float[] f = volume.channel(c);
        return 4.0 * f[v] - f[v - 1] - f[v + 1] - f[v - 64] - f[v + 64];
    }
}
