package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Gauss;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolutionBenchTest {
    private final ResolutionBench bench = new ResolutionBench();

    @BeforeEach
    void setUp() {
        bench.size = "104x104x40";
        bench.setUp();
    }

    /** On the middle line the edge falls from water to air as the target's Gaussian does. */
    @Test
    void theTimedKernelWidensTheEdge() {
        Volume out = bench.kernel();
        Geometry g = out.geometry();
        assertEquals(4, out.fwhmMm().map(w -> w.get(0)).orElse(4.0), 0.01);
        assertEquals(0, out.at(g.ni() / 2, g.nj() / 2, g.nk() / 2), 15);
        assertEquals(-1000, out.at(1, 1, 1), 15);
    }

    @Test
    void theTimedEstimateFindsTheWidth() {
        Numbers fwhm = bench.estimateFwhm().fwhmMm().orElseThrow();
        for (int a = 0; a < 3; a++) {
            assertEquals(ResolutionBench.FWHM_MM, fwhm.get(a), 0.02 * ResolutionBench.FWHM_MM);
        }
    }

    /** The impulse becomes a Gaussian of the extra width: its second moment in frames. */
    @Test
    void theTimedMatchingSpreadsAnImpulse() {
        Volume out = bench.matchTime();
        double second = 0;
        for (int c = 0; c < 40; c++) {
            second += out.channel(c)[0] * (c - 20) * (c - 20);
        }
        double s = 5 * Gauss.FWHM_PER_SIGMA / Math.sqrt(12);
        double sigma = Math.sqrt(20 * 20 - s * s) / Gauss.FWHM_PER_SIGMA / 5;
        assertEquals(sigma * sigma, second, 0.005 * sigma * sigma);
    }

    /** Turned about the corner, a voxel of the ball's even inside is still water. */
    @Test
    void theTimedTurnShowsTheSameObject() {
        float[] out = bench.sincOntoATurnedGrid();
        int inside = 0;
        for (float v : out) {
            inside += v > -500 ? 1 : 0;
        }
        int before = 0;
        Geometry g = bench.ball.geometry();
        float[] was = bench.ball.values();
        for (int v = 0; v < was.length; v++) {
            int k = v / (g.ni() * g.nj());
            before += was[v] > -500 && k >= g.nk() / 4 && k < g.nk() / 4 + g.nk() / 2 ? 1 : 0;
        }
        assertEquals(before, inside, 0.03 * before);
    }
}
