package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two slices of real heads. Numbers by scikit-image 0.19.3 and scipy 1.10.1 with {@code a, b} the
 * pixels as float64; the call stands above each.
 */
class R16AndR64Test {
    private static Map<Metric, Figure> figures;

    @BeforeAll
    static void compare() throws IOException {
        figures =
                Comparison.of(
                        read("r16"),
                        read("r64"),
                        Set.of(Metric.values()),
                        Settings.usual().withRange(DataRange.ofWidth(255)));
    }

    static Volume read(String name) throws IOException {
        Path file =
                Path.of(System.getProperty("diapason.data"))
                        .resolve("references/" + name + "_pixels.csv");
        assumeTrue(Files.exists(file), "needs " + file.getFileName());
        float[] values = new float[256 * 256];
        int v = 0;
        for (String line : Files.readAllLines(file)) {
            for (String cell : line.split(",")) {
                values[v++] = Float.parseFloat(cell);
            }
        }
        return Volume.of(Geometry.of(256, 256, 1, 1, 1, 1), values, Quantity.PICTURE);
    }

    private static double value(Metric metric) {
        return figures.get(metric).value();
    }

    @Test
    void similarityIsThatOfScikitImage() {
        // structural_similarity(a, b, gaussian_weights=True, sigma=1.5,
        //     use_sample_covariance=False, data_range=255)
        assertEquals(0.58637821569845, value(Metric.SSIM), 1e-12);
        // structural_similarity(a, b, data_range=255)
        assertEquals(0.5933305322223477, value(Metric.SSIM_UNIFORM_7), 1e-12);
    }

    @Test
    void errorsAreThoseOfScikitImage() {
        // mean_squared_error(a, b)
        assertEquals(5919.019058227539, value(Metric.MSE), 1e-9);
        // peak_signal_noise_ratio(a, b, data_range=255)
        assertEquals(10.40830622539961, value(Metric.PSNR), 1e-12);
    }

    @Test
    void informationIsThatOfScikitImage() {
        // normalized_mutual_information(a, b, bins=100)
        assertEquals(1.073039918068247, value(Metric.NMI), 1e-12);
        // numpy.histogram2d(a, b, bins=256, range=((0, 255), (0, 255))), entropies by log2
        assertEquals(0.6153189827053289, value(Metric.MI), 1e-10);
        // skimage.measure.shannon_entropy(b)
        assertEquals(3.272624599690264, value(Metric.ENTROPY), 1e-12);
    }

    @Test
    void distributionsAreThoseOfScipy() {
        // scipy.stats.ks_2samp(a.ravel(), b.ravel()).statistic
        assertEquals(0.042999267578125, value(Metric.KS), 1e-15);
        // scipy.stats.wasserstein_distance(a.ravel(), b.ravel())
        assertEquals(3.3626251220703125, value(Metric.W1), 1e-12);
        // scipy.stats.pearsonr(a.ravel(), b.ravel())[0]
        assertEquals(0.565772037791564, value(Metric.NCC), 1e-13);
    }
}
