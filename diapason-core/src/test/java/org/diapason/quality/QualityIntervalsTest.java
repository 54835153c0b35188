package org.diapason.quality;

import static org.diapason.quality.Textures.PLANE;
import static org.diapason.quality.Textures.RANGED;
import static org.diapason.quality.Textures.noise;
import static org.diapason.quality.Textures.noisy;
import static org.diapason.quality.Textures.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Intervals hold what they say, though voxels and windows are not independent. */
class QualityIntervalsTest {
    /**
     * White noise of SD 10 added: squared errors are independent, so their mean has SE σ²√(2/n).
     */
    @Test
    void blocksOfIndependentNoiseGiveTheIntervalOfTheFormula() {
        Geometry g = Geometry.of(160, 160, 1, 1, 1, 1);
        Rng rng = new Rng(21);
        float[] x = new float[g.voxels()];
        float[] y = new float[g.voxels()];
        for (int v = 0; v < y.length; v++) {
            y[v] = (float) (10 * rng.nextGaussian());
        }
        Estimate i =
                Comparison.of(
                                volume(g, x),
                                volume(g, y),
                                Set.of(Metric.MSE),
                                Settings.usual().withDraws(2000, 4))
                        .get(Metric.MSE)
                        .interval()
                        .orElseThrow();
        double half = 1.96 * 100 * Math.sqrt(2.0 / g.voxels());
        // 64 blocks tell a standard error to 9 %, 2,000 draws a percentile to 3 %
        assertEquals(half, (i.high() - i.low()) / 2, 0.3 * half);
        assertTrue(i.low() < 100 && 100 < i.high());
    }

    /**
     * Windows of 11 overlap those of the next block: SSIM of 3,200 images of this kind has an SD of
     * 0.0037. Blocks that are drawn alone give 0.75 of its width, pairs of blocks 0.88, both to 2 %
     * over 20 images.
     */
    @Test
    void intervalsKnowThatWindowsOverlap() {
        Geometry g = Geometry.of(64, 64, 1, 1, 1, 1);
        double width = 0;
        for (int image = 0; image < 20; image++) {
            Rng rng = new Rng(1000 + image);
            float[] x = new float[g.voxels()];
            float[] y = new float[g.voxels()];
            for (int v = 0; v < x.length; v++) {
                x[v] = (float) (100 + 20 * rng.nextGaussian());
                y[v] = (float) (x[v] + 10 * rng.nextGaussian());
            }
            Settings s = RANGED.withDraws(400, image);
            Estimate ssim = interval(Metric.SSIM, volume(g, x), volume(g, y), s);
            width += (ssim.high() - ssim.low()) / 20;
        }
        assertEquals(0.9, width / (2 * 1.96 * 0.0037), 0.08);
    }

    private static Estimate interval(Metric metric, Volume x, Volume y, Settings s) {
        return Comparison.of(x, y, Set.of(metric), s).get(metric).interval().orElseThrow();
    }

    /** A draw with blocks twice holds fewer different values, and so another information. */
    @Test
    void intervalsOfInformationHoldIt() {
        for (Metric metric : new Metric[] {Metric.MI, Metric.NMI, Metric.ENTROPY}) {
            Estimate i =
                    interval(metric, noisy(PLANE, 1), noisy(PLANE, 2), RANGED.withDraws(200, 1));
            assertTrue(i.low() < i.value() && i.value() < i.high(), metric.label() + " " + i);
        }
    }

    /** Both images are 0 but for one corner: every third draw holds none of it. */
    @Test
    void whereManyDrawsAreNotDefinedThereIsNoInterval() {
        float[] x = noise(PLANE, 1);
        float[] y = noise(PLANE, 2);
        for (int v = 0; v < x.length; v++) {
            if (v % 61 >= 7 || v / 61 >= 7) {
                x[v] = 0;
                y[v] = 0;
            }
        }
        Settings s = RANGED.withDraws(200, 1);
        for (Metric metric : new Metric[] {Metric.NCC, Metric.EPI}) {
            Figure figure =
                    Comparison.of(volume(PLANE, x), volume(PLANE, y), Set.of(metric), s)
                            .get(metric);
            assertTrue(figure.defined() && figure.interval().isEmpty(), metric.label());
        }
        assertThrows(IllegalArgumentException.class, () -> RANGED.withDraws(99, 1));
    }
}
