package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.diapason.stats.Normals;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussDerivativesTest {

    /** A disc, an oblique edge and a fine pattern, all whole formulas: 64 × 48. */
    static float[] picture() {
        float[] x = new float[64 * 48];
        for (int v = 0; v < x.length; v++) {
            int i = v % 64;
            int j = v / 64;
            int disc = (i - 30) * (i - 30) + (j - 22) * (j - 22) < 225 ? 100 : 0;
            int half = i + 2 * j > 110 ? 60 : 0;
            x[v] = (float) (disc + half + (i * 7919 + j * 104729) % 97 / 97.0 * 4);
        }
        return x;
    }

    static final Geometry PICTURE = Geometry.of(64, 48, 1, 1, 1, 1);

    /** On a grid of 1 × 1 × 2 mm. */
    private static float[] block() {
        float[] x = new float[16 * 18 * 10];
        for (int v = 0; v < x.length; v++) {
            int i = v % 16;
            int j = v / 16 % 18;
            int k = v / (16 * 18);
            int far = (i - 8) * (i - 8) + (j - 9) * (j - 9) + (2 * k - 10) * (2 * k - 10);
            x[v] = (i * 31 + j * 17 + k * 101) % 53 + (far < 30 ? 20 : 0);
        }
        return x;
    }

    private static double length(GaussDerivatives d, int v) {
        double sum = 0;
        for (float[] along : d.gradient()) {
            sum += (double) along[v] * along[v];
        }
        return Math.sqrt(sum);
    }

    /**
     * SciPy 1.10.1: ndi.gaussian_gradient_magnitude(x, 2.0, mode='nearest', truncate=6) and
     * ndi.gaussian_laplace(x, 2.0, mode='nearest', truncate=6); floats here leave 1e-5 of the
     * range.
     */
    @ParameterizedTest(name = "at {0}, {1}")
    @CsvSource({
        "45, 22, 19.50060110667, 2.373263653551374",
        "10, 10, 0.07783719563715841, -0.032151619977387885",
        "40, 40, 0.9297707020703542, -0.8396219751385956",
        "0, 0, 0.3206792494126122, 0.040350449777801625",
        "33, 5, 8.622772411326027, 5.130409879907719"
    })
    void slopesAndLaplaciansOfAPictureAreThoseOfSciPy(int i, int j, double slope, double bend) {
        GaussDerivatives d = GaussDerivatives.of(PICTURE, picture(), 2, 3, true);
        assertEquals(slope, length(d, i + 64 * j), 1e-4);
        assertEquals(bend, d.laplacian()[i + 64 * j], 1e-4);
    }

    /**
     * SciPy 1.10.1: sums over the axes of gaussian_filter(x, [1, 2, 2], order=…, mode='nearest',
     * truncate=6) over 2, 1, 1 mm, squared or of order 2. At 1 voxel SciPy's sampled derivatives
     * are not exact on ramps and parabolas, ours are: 1e-4 of the slopes between them.
     */
    @ParameterizedTest(name = "at {0}, {1}, {2}")
    @CsvSource({
        "13, 9, 5, 3.5008275305382845, -1.265609462806939",
        "8, 9, 5, 0.12031241352968848, -1.5240039656477784",
        "4, 3, 2, 0.21532962401957123, 0.37532138701969425"
    })
    void sigmaIsInMmOnSlicesOfTwoMm(int i, int j, int k, double slope, double bend) {
        Geometry g = Geometry.of(16, 18, 10, 1, 1, 2);
        GaussDerivatives d = GaussDerivatives.of(g, block(), 2, 3, true);
        assertEquals(slope, length(d, g.index(i, j, k)), 5e-4);
        assertEquals(bend, d.laplacian()[g.index(i, j, k)], 5e-4);
    }

    /**
     * A step that a scanner of width s has blurred: A/√(2π(σ² + s²)) at the edge, and no Laplacian.
     * One that is sharp between voxels is not what its samples say: the slope is less by 1/(12σ²) +
     * 1/(240σ⁴) + …, σ in voxels (Euler and Maclaurin).
     */
    @ParameterizedTest(name = "along axis {0}, spacing {1} mm, sigma {2} mm")
    @CsvSource({"0, 1, 2", "0, 0.7, 3", "1, 2, 2.5", "2, 3, 4"})
    void aStepHasTheSlopeOfTheFormula(int axis, double spacing, double sigma) {
        double width = 1.2 * spacing;
        GaussDerivatives soft = step(axis, spacing, sigma, width);
        double formula = 100 / Math.sqrt(2 * Math.PI * (sigma * sigma + width * width));
        assertEquals(formula, soft.gradient()[axis][EDGE[axis]], 1e-4 * formula);
        assertEquals(formula, length(soft, EDGE[axis]), 1e-4 * formula);
        assertEquals(0, soft.laplacian()[EDGE[axis]], 1e-4);
        GaussDerivatives sharp = step(axis, spacing, sigma, 0);
        double voxels = sigma / spacing;
        double square = voxels * voxels;
        double less = 1 - 1 / (12 * square) - 1 / (240 * square * square);
        double ideal = 100 / (sigma * Math.sqrt(2 * Math.PI));
        assertEquals(ideal * less, sharp.gradient()[axis][EDGE[axis]], 1e-2 * (1 - less) * ideal);
    }

    /**
     * The voxel in the middle, where the edge is, of 41 voxels along an axis and 5 along others.
     */
    private static final int[] EDGE = {
        20 + 41 * (2 + 5 * 2), 2 + 5 * (20 + 41 * 2), 2 + 5 * (2 + 5 * 20)
    };

    /** Share of a normal distribution below z. */
    private static double soft(double z) {
        double beyond = Normals.twoSided(z) / 2;
        return z < 0 ? beyond : 1 - beyond;
    }

    private static GaussDerivatives step(int axis, double spacing, double sigma, double width) {
        int[] n = {5, 5, 5};
        n[axis] = 41;
        double[] s = {1, 1, 1};
        s[axis] = spacing;
        Geometry g = Geometry.of(n[0], n[1], n[2], s[0], s[1], s[2]);
        float[] x = new float[g.voxels()];
        for (int v = 0; v < x.length; v++) {
            int at = new int[] {v % n[0], v / n[0] % n[1], v / (n[0] * n[1])}[axis] - 20;
            double share = at < 0 ? 0 : at == 0 ? 0.5 : 1;
            x[v] = (float) (100 * (width > 0 ? soft(at * spacing / width) : share));
        }
        return GaussDerivatives.of(g, x, sigma, 3, true);
    }

    @ParameterizedTest(name = "sigma {0} voxels")
    @CsvSource({"0.2", "0.5", "0.64", "0.66", "1", "3"})
    void rampsAndParabolasAreExactAwayFromTheBorder(double sigma) {
        Geometry g = Geometry.of(61, 1, 1, 2, 1, 1);
        float[] x = new float[61];
        for (int i = 0; i < 61; i++) {
            double mm = 2.0 * (i - 30);
            x[i] = (float) (3 * mm + mm * mm / 4);
        }
        GaussDerivatives d = GaussDerivatives.of(g, x, 2 * sigma, 3, true);
        assertEquals(3, d.gradient()[0][30], 1e-5);
        assertEquals(3 + 4 / 2.0, d.gradient()[0][32], 1e-5);
        assertEquals(0.5, d.laplacian()[32], 1e-4);
    }

    /** What has no value changes nothing in an even image, and a ramp beside it keeps its slope. */
    @Test
    void noValueMakesNoEdge() {
        Geometry g = Geometry.of(40, 9, 5, 1, 1, 2);
        float[] x = new float[g.voxels()];
        Arrays.fill(x, 7);
        for (int v = 0; v < x.length; v++) {
            x[v] = v % 40 > 22 && v % 40 < 30 || v == 3 ? Float.NaN : x[v];
        }
        GaussDerivatives d = GaussDerivatives.of(g, x, 2, 3, true);
        for (int v = 0; v < x.length; v++) {
            assertEquals(Float.isNaN(x[v]), Float.isNaN(d.gradient()[0][v]));
            assertEquals(Float.isNaN(x[v]), Float.isNaN(d.laplacian()[v]));
            if (!Float.isNaN(x[v])) {
                assertEquals(0, length(d, v), 2e-6);
                assertEquals(0, d.laplacian()[v], 3e-6);
            }
        }
    }

    /** u = G∗(m x)/G∗m has slopes that its own differences show. */
    @Test
    void besideNoValueTheSlopeIsThatOfTheBlurredImage() {
        Geometry g = Geometry.of(64, 1, 1, 1, 1, 1);
        float[] x = new float[64];
        for (int i = 0; i < 64; i++) {
            x[i] = i < 40 ? (float) StrictMath.sin(i / 6.0) : Float.NaN;
        }
        float[] u = Gauss.blur(g, x, 3, 0, 0);
        GaussDerivatives d = GaussDerivatives.of(g, x, 3, 3, true);
        for (int i = 4; i < 38; i++) {
            assertEquals((u[i + 1] - u[i - 1]) / 2, d.gradient()[0][i], 3e-3);
            assertEquals(u[i + 1] - 2 * u[i] + u[i - 1], d.laplacian()[i], 3e-3);
        }
    }

    @Test
    void aMirroredImageHasMirroredBitsOnAnyNumberOfThreads() {
        Geometry g = Geometry.of(16, 18, 10, 1, 1, 2);
        float[] x = block();
        float[] turned = new float[x.length];
        for (int v = 0; v < x.length; v++) {
            turned[v] = x[v - v % 16 + 15 - v % 16];
        }
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            GaussDerivatives one = GaussDerivatives.of(g, x, 1.3, 3, true);
            Parallel.setThreads(3);
            GaussDerivatives other = GaussDerivatives.of(g, turned, 1.3, 3, true);
            for (int v = 0; v < x.length; v++) {
                int w = v - v % 16 + 15 - v % 16;
                assertTrue(one.gradient()[0][v] == -other.gradient()[0][w]);
                assertTrue(one.gradient()[2][v] == other.gradient()[2][w]);
                assertTrue(one.laplacian()[v] == other.laplacian()[w]);
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void slicesKnowNothingOfEachOther() {
        Geometry g = Geometry.of(16, 18, 10, 1, 1, 2);
        Geometry slice = Geometry.of(16, 18, 1, 1, 1, 1);
        GaussDerivatives all = GaussDerivatives.of(g, block(), 1.5, 2, true);
        float[] third = Arrays.copyOfRange(block(), 3 * 288, 4 * 288);
        GaussDerivatives alone = GaussDerivatives.of(slice, third, 1.5, 3, true);
        assertArrayEquals(alone.laplacian(), Arrays.copyOfRange(all.laplacian(), 3 * 288, 4 * 288));
        assertArrayEquals(new float[g.voxels()], all.gradient()[2]);
    }

    @Test
    void aWidthThatIsNoneIsRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> GaussDerivatives.of(PICTURE, picture(), Double.NaN, 3, false));
        assertEquals("sigma must be positive, got NaN mm", e.getMessage());
    }
}
