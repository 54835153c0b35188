package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Published formulas written down once more in NumPy 1.24.2 and scipy 1.10.1 (convolve2d, valid
 * where not said) on two real slices a = r16, b = r64; fused where needed as their maximum or mean.
 */
class PublishedFormulasTest {
    private static Volume a;
    private static Volume b;
    private static Map<Metric, Figure> figures;
    private static FusionQuality greatest;
    private static FusionQuality mean;

    @BeforeAll
    static void compare() throws IOException {
        a = R16AndR64Test.read("r16");
        b = R16AndR64Test.read("r64");
        Settings s = Settings.usual().withRange(DataRange.ofWidth(255)).withBySlices(true);
        figures = Comparison.of(a, b, EnumSet.allOf(Metric.class), s);
        greatest = fused((x, y) -> Math.max(x, y), s);
        mean = fused((x, y) -> (x + y) / 2, s);
    }

    private interface Rule {
        float fuse(float x, float y);
    }

    private static FusionQuality fused(Rule rule, Settings s) {
        float[] f = new float[a.values().length];
        for (int v = 0; v < f.length; v++) {
            f[v] = rule.fuse(a.values()[v], b.values()[v]);
        }
        return FusionQuality.of(
                a.withValues(f),
                a,
                b,
                Optional.empty(),
                Optional.empty(),
                EnumSet.of(Metric.QABF, Metric.SCD, Metric.MI, Metric.NMI),
                s);
    }

    private static double value(Metric metric) {
        return figures.get(metric).value();
    }

    @Test
    void windowsAtSeveralScales() {
        // vifp_mscale.m line by line
        assertEquals(0.011585802410538325, value(Metric.VIF), 1e-8);
        // mean contrast × structure of scales 1 to 4, mean SSIM of scale 5, halved by 2 × 2
        assertEquals(0.31973876596945894, value(Metric.MS_SSIM), 1e-7);
        // img_qi.m: sums over 8 × 8, the same special cases
        assertEquals(0.5053313643359357, value(Metric.UQI), 1e-9);
    }

    @Test
    void differencesOfNeighbours() {
        // corrcoef of convolve2d(·, [[0, 1, 0], [1, -4, 1], [0, 1, 0]])
        assertEquals(-0.002811687707431647, value(Metric.EPI), 1e-12);
        assertEquals(0.9992432775788352, value(Metric.EPI_RATIO), 1e-12);
        assertEquals(3.892276779286961, value(Metric.AG), 1e-12);
        assertEquals(13.620581897462758, value(Metric.SF), 1e-12);
        // 100 * np.sqrt(((a - b)**2).mean()) / a.mean()
        assertEquals(152.4634971287607, value(Metric.ERGAS), 1e-10);
    }

    @Test
    void edgesOfBothSources() {
        assertEquals(0.5358411162793788, of(greatest, Metric.QABF).value(), 1e-12);
        assertEquals(0.38098539567226036, of(mean, Metric.QABF).value(), 1e-12);
    }

    @Test
    void sumsOverBothSources() {
        assertEquals(1.271655810298782, of(greatest, Metric.SCD).value(), 1e-12);
        // histogramdd(…, bins=256) and entropies by log2
        assertEquals(4.066829774859033, of(greatest, Metric.MI).value(), 1e-10);
        assertEquals(1.1688309276042819, of(greatest, Metric.NMI).value(), 1e-10);
    }

    private static Figure of(FusionQuality quality, Metric metric) {
        return quality.together().get(metric);
    }
}
