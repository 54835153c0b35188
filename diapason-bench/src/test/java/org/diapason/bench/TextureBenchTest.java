package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.diapason.features.Dimension;
import org.diapason.features.Feature;
import org.diapason.features.Texture;
import org.diapason.features.TextureParameters;
import org.junit.jupiter.api.Test;

class TextureBenchTest {
    private static final String CONTRAST = "ct.cm_contrast_3D_comb.fbn32";

    private static TextureBench bench(String size, double radius) {
        TextureBench bench = new TextureBench();
        bench.size = size;
        bench.radius = radius;
        bench.dimension = Dimension.VOLUME;
        bench.family = "all";
        bench.setUp();
        return bench;
    }

    /** Mean square difference of all pairs of neighbours, asked voxel by voxel. */
    private static double contrast(TextureBench bench) {
        short[] cells = bench.grid.cells();
        int ni = bench.grid.ni();
        int nj = bench.grid.nj();
        double sum = 0;
        long pairs = 0;
        for (int v = 0; v < cells.length; v++) {
            for (int u = 0; u < cells.length && cells[v] > 0; u++) {
                int di = Math.abs(u % ni - v % ni);
                int dj = Math.abs(u / ni % nj - v / ni % nj);
                int dk = Math.abs(u / (ni * nj) - v / (ni * nj));
                if (cells[u] > 0 && Math.max(di, Math.max(dj, dk)) == 1) {
                    sum += (cells[u] - cells[v]) * (cells[u] - cells[v]);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @Test
    void bothTimedMethodsFindTheContrastOfAllPairsOfNeighbours() {
        TextureBench bench = bench("24x19x18", 7.3);
        double expected = contrast(bench);
        assertEquals(expected, bench.allFeatures().column(CONTRAST)[0], 1e-9 * expected);
        Texture pairs = TextureParameters.IBSI.families().get(0);
        List<String> tags = pairs.features().stream().map(Feature::tag).toList();
        double found = bench.families().get(0)[1][tags.indexOf("cm_contrast")];
        assertEquals(expected, found, 1e-9 * expected);
    }

    @Test
    void theLesionOfTheBenchmarkHasItsSizeAndRunsLongerThanOneVoxel() {
        TextureBench bench = bench("200x200x60", 30);
        assertEquals(50_000, bench.exam.mask("gtv").count(), 500);
        List<double[][]> found = bench.families();
        assertEquals(6, found.size());
        // run and zone percentage: 1 in pure noise of very many levels
        assertEquals(0.87, found.get(1)[1][12], 0.1);
        assertEquals(0.4, found.get(2)[0][12], 0.3);
    }
}
