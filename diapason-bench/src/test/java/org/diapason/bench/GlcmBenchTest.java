package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.diapason.features.Discretisation;
import org.diapason.features.Ibsi;
import org.diapason.step.FeatureInfo;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class GlcmBenchTest {
    private static final String CONTRAST = "ct.cm_contrast_3D_comb.fbn32";

    private static GlcmBench bench(String size, double radius) {
        GlcmBench bench = new GlcmBench();
        bench.size = size;
        bench.radius = radius;
        bench.setUp();
        return bench;
    }

    /** Mean square difference of all pairs of neighbours, asked voxel by voxel. */
    private static double contrast(GlcmBench bench) {
        Volume volume = bench.exam.image("ct").volume();
        Geometry g = volume.geometry();
        boolean[] inside = bench.exam.mask("gtv").voxels();
        double sum = 0;
        long pairs = 0;
        for (int v = 0; v < inside.length; v++) {
            for (int u = 0; u < inside.length && inside[v]; u++) {
                int di = Math.abs(u % g.ni() - v % g.ni());
                int dj = Math.abs(u / g.ni() % g.nj() - v / g.ni() % g.nj());
                int dk = Math.abs(u / (g.ni() * g.nj()) - v / (g.ni() * g.nj()));
                if (inside[u] && Math.max(di, Math.max(dj, dk)) == 1) {
                    double d = volume.values()[u] - volume.values()[v];
                    sum += d * d;
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @Test
    void bothTimedMethodsFindTheContrastOfAllPairsOfNeighbours() {
        GlcmBench bench = bench("20x19x18", 5.3);
        double expected = contrast(bench);
        assertEquals(expected, bench.allFeatures().column(CONTRAST)[0], 1e-9 * expected);
        List<String> merged =
                Ibsi.of("ct", "gtv", Discretisation.fixedCount(GlcmBench.LEVELS))
                        .dictionary()
                        .stream()
                        .map(FeatureInfo::column)
                        .filter(c -> c.endsWith("_3D_comb.fbn32"))
                        .toList();
        double found = bench.cooccurrence().merged()[merged.indexOf(CONTRAST)];
        assertEquals(expected, found, 1e-9 * expected);
    }

    /** Two independent levels of 1 … 32 differ by (32² − 1)/6 in the mean square. */
    @Test
    void theBallOfTheBenchmarkHasItsSizeAndTheContrastOfChance() {
        GlcmBench bench = bench("200x200x60", 22.85);
        assertEquals(50_000, bench.exam.mask("gtv").count(), 200);
        double expected = (32 * 32 - 1) / 6.0;
        // 600,000 pairs among 50,000 voxels: the standard error is about 1
        assertEquals(expected, bench.allFeatures().column(CONTRAST)[0], 5);
    }
}
