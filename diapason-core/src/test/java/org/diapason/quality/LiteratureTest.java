package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The well-known programs themselves, run on two real slices a = r16, b = r64 as doubles of 0 …
 * 255, F their maximum or mean; the call stands above each number. Matlab's run in Octave 7.3 with
 * the packages image 2.14 and signal 1.4.
 */
class LiteratureTest {
    private static final Settings LITERATURE =
            Settings.usual().withRange(DataRange.ofWidth(255)).withLiterature(true);

    private static Volume a;
    private static Volume b;

    @BeforeAll
    static void read() throws IOException {
        a = R16AndR64Test.read("r16");
        b = R16AndR64Test.read("r64");
    }

    private static Figure figure(Metric metric, Volume x, Volume y, Settings s) {
        return Comparison.of(x, y, Set.of(metric), s).get(metric);
    }

    private static double variant(Figure figure, String program) {
        return figure.literature().stream()
                .filter(v -> v.program().startsWith(program))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void similarityOfScikitImageAndTorchmetrics() {
        Figure ssim = figure(Metric.SSIM, a, b, LITERATURE);
        // skimage.metrics.structural_similarity(a, b, gaussian_weights=True, data_range=255),
        // 0.19.3
        assertEquals(0.5862178801848196, variant(ssim, "scikit-image, gaussian"), 1e-12);
        // compare_ssim(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
        //     data_range=255) with the filter (4 sigma) and the crop (5) of 0.14
        assertEquals(0.5861098302870897, variant(ssim, "scikit-image before 0.15"), 1e-12);
        // torchmetrics 1.9: structural_similarity_index_measure(b, a, data_range=255.)
        assertEquals(0.6180612808411743, variant(ssim, "torchmetrics"), 1e-12);
    }

    /** X = (7 i + 13 j + 29 k) mod 97, Y = (X + (5 i + 3 j + 11 k) mod 31) mod 97, 17 x 15 x 13. */
    @Test
    void similarityOfVolumes() {
        Geometry g = Geometry.of(17, 15, 13, 1, 1, 3);
        float[] x = new float[g.voxels()];
        float[] y = new float[g.voxels()];
        for (int v = 0; v < x.length; v++) {
            int i = v % 17;
            int j = v / 17 % 15;
            int k = v / 255;
            x[v] = (7 * i + 13 * j + 29 * k) % 97;
            y[v] = (x[v] + (5 * i + 3 * j + 11 * k) % 31) % 97;
        }
        Volume vx = Volume.of(g, x, Quantity.UNKNOWN);
        Volume vy = Volume.of(g, y, Quantity.UNKNOWN);
        Settings s = LITERATURE.withRange(DataRange.ofWidth(100));
        Figure ssim = figure(Metric.SSIM, vx, vy, s);
        // skimage.metrics.structural_similarity(x, y, gaussian_weights=True, sigma=1.5,
        //     use_sample_covariance=False, data_range=100), 0.19.3
        assertEquals(0.18701067281494793, ssim.value(), 1e-12);
        // structural_similarity(x, y, data_range=100)
        assertEquals(0.2275266066773012, figure(Metric.SSIM_UNIFORM_7, vx, vy, s).value(), 1e-12);
        // torchmetrics 1.9: structural_similarity_index_measure(y, x, data_range=100.)
        assertEquals(0.23975303864611194, variant(ssim, "torchmetrics"), 1e-12);
    }

    /** Wang's own averaging, of pictures whose pixels are repeated f times. */
    @Test
    void similarityOfLargePictures() {
        // A = kron(a, ones(2))(1:401, 1:501), B likewise; ssim(A, B) of ssim.m
        assertEquals(0.53444144578245967, wang(2, 501, 401), 1e-9);
        // kron(a, ones(3))(1:641, 1:768)
        assertEquals(0.54396619071816055, wang(3, 768, 641), 1e-9);
    }

    private static double wang(int f, int ni, int nj) {
        return variant(
                figure(Metric.SSIM, grown(a, f, ni, nj), grown(b, f, ni, nj), LITERATURE), "Wang");
    }

    private static Volume grown(Volume image, int f, int ni, int nj) {
        float[] values = new float[ni * nj];
        for (int v = 0; v < values.length; v++) {
            values[v] = image.values()[v / ni / f * 256 + v % ni / f];
        }
        return Volume.of(Geometry.of(ni, nj, 1, 1, 1, 1), values, Quantity.PICTURE);
    }

    @Test
    void similarityAtFiveScales() {
        // msssim(a, b) of Wang's msssim.m; piq 0.8 multi_scale_ssim(b, a, data_range=255.)
        assertEquals(0.31973876596945877, figure(Metric.MS_SSIM, a, b, LITERATURE).value(), 1e-7);
        // msssim(a(10:186, 20:200), b(10:186, 20:200)): odd sides
        assertEquals(
                0.20533052089569151,
                figure(Metric.MS_SSIM, cut(a), cut(b), LITERATURE).value(),
                1e-7);
    }

    private static Volume cut(Volume image) {
        float[] values = new float[181 * 177];
        for (int v = 0; v < values.length; v++) {
            values[v] = image.values()[(v / 181 + 9) * 256 + v % 181 + 19];
        }
        return Volume.of(Geometry.of(181, 177, 1, 1, 1, 1), values, Quantity.PICTURE);
    }

    @Test
    void informationFidelity() {
        Figure vif = figure(Metric.VIF, a, b, LITERATURE);
        // vifp_mscale(a, b); sewar 0.4.8 vifp(a, b); torchmetrics 1.9
        //     visual_information_fidelity(b, a)
        assertEquals(0.011585802410538132, vif.value(), 1e-8);
        // vifp_mscale(b, a)
        assertEquals(0.012695919553344958, figure(Metric.VIF, b, a, LITERATURE).value(), 1e-8);
        // piq 0.8: vif_p(b, a, data_range=255.)
        assertEquals(0.011522864614065959, variant(vif, "piq"), 1e-8);
        // img_qi(a, b)
        assertEquals(0.50533136433593739, figure(Metric.UQI, a, b, LITERATURE).value(), 1e-12);
    }

    @Test
    void fusedImagesOfVifb() {
        FusionQuality greatest = fused((x, y) -> Math.max(x, y));
        FusionQuality mean = fused((x, y) -> (x + y) / 2);
        // metricsQabf(a/255, b/255, F/255)
        assertEquals(0.53331822026875086, vifb(greatest, Metric.QABF), 1e-12);
        assertEquals(0.37335864726572167, vifb(mean, Metric.QABF), 1e-12);
        // metricsMutinf(a, b, F)
        assertEquals(2.8189115922603847, vifb(greatest, Metric.MI), 1e-10);
        assertEquals(2.2132887804512968, vifb(mean, Metric.MI), 1e-10);
        // corr2(F - b, a) + corr2(F - a, b)
        assertEquals(1.2716558102999374, greatest.together().get(Metric.SCD).value(), 1e-11);
        // metricsAvg_gradient(a, b, b), metricsSpatial_frequency(a, b, b)
        assertEquals(
                3.4335230434378556, variant(figure(Metric.AG, a, b, LITERATURE), "VIFB"), 1e-12);
        assertEquals(
                13.593953168381177, variant(figure(Metric.SF, a, b, LITERATURE), "VIFB"), 1e-12);
    }

    private interface Rule {
        float fuse(float x, float y);
    }

    private static FusionQuality fused(Rule rule) {
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
                EnumSet.of(Metric.QABF, Metric.SCD, Metric.MI),
                LITERATURE);
    }

    private static double vifb(FusionQuality quality, Metric metric) {
        return variant(quality.together().get(metric), "VIFB");
    }

    /** Bands a, b, mean + 10 beside maximum, mean, a + 10. */
    @Test
    void bandsOfTorchmetrics() {
        Volume x = bands(v -> p(a, v), v -> p(b, v), v -> (p(a, v) + p(b, v)) / 2);
        Volume y =
                bands(v -> Math.max(p(a, v), p(b, v)), v -> (p(a, v) + p(b, v)) / 2, v -> p(a, v));
        // error_relative_global_dimensionless_synthesis(y, x, ratio=4); sewar 0.4.8 ergas(x, y)
        assertEquals(
                18.388650143915896,
                figure(Metric.ERGAS, x, y, LITERATURE.withRatio(0.25)).value(),
                1e-11);
        // SAM(x, y) of the pansharpening toolbox of Vivone et al., in Octave; ERGAS(x, y, 4) as
        // above
        assertEquals(8.8337102803437002, figure(Metric.SAM, x, y, LITERATURE).value(), 1e-11);
        // spectral_angle_mapper(y, x): its arccos loses small angles
        assertEquals(
                0.15417734226461705,
                variant(figure(Metric.SAM, x, y, LITERATURE), "torchmetrics"),
                1e-7);
    }

    private static float p(Volume image, int v) {
        return image.values()[v];
    }

    private interface Band {
        float at(int v);
    }

    private static Volume bands(Band... bands) {
        List<float[]> planes =
                IntStream.range(0, bands.length).mapToObj(c -> new float[256 * 256]).toList();
        for (int c = 0; c < bands.length; c++) {
            for (int v = 0; v < 256 * 256; v++) {
                planes.get(c)[v] = bands[c].at(v) + 10;
            }
        }
        return Volume.of(a.geometry(), planes, Channels.COMPONENTS, Quantity.UNKNOWN);
    }
}
