package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class RofTest {
    private static final Geometry LINE = Geometry.of(24, 1, 1, 2, 1, 1);

    private static float[] line() {
        float[] f = new float[24];
        for (int i = 0; i < 24; i++) {
            f[i] = 7 * i * i % 19 / 4.0f + (i > 11 ? 3 : 0);
        }
        return f;
    }

    // scipy 1.10: D = np.diff(np.eye(24), axis=0)/2; lsq_linear((1.5*D.T)/np.sqrt(w)[:,None],
    // f*np.sqrt(w), bounds=(-1,1), tol=1e-15, method='bvls').x is q; u = f - 1.5*D.T@q/w
    @Test
    void aLineIsThatOfABoundedLeastSquaresSolver() {
        double[] scipy = {
            0.75, 1.75, 1.875, 1.875, 2.75, 1.333333, 1.333333, 1.333333, 2.75, 3.5, 3.5, 3.5, 3.5,
            4.125, 4.125, 5.75, 4.875, 4.875, 4.75, 4.5, 4.75, 4.875, 4.875, 6.5
        };
        Rof.Result r = new Rof(LINE).denoise(line(), null, 1.5, 1e-7, 100_000);
        assertEquals(13.895833333, r.objective(), 1e-5);
        for (int i = 0; i < 24; i++) {
            assertEquals(scipy[i], r.image()[i], 2e-3, "gap 1e-6 lets values be off by 1.7e-3");
        }
    }

    // the same with w = 0.5 + np.arange(24) % 5
    @Test
    void weightsCountAsInABoundedLeastSquaresSolver() {
        double[] scipy = {
            1.5, 1.75, 1.8125, 1.8125, 3.916667, 1.1875, 1.1875, 0.85, 2.75, 3.7, 3.7, 3.4375,
            3.4375, 4.109375, 4.109375, 4.888889, 4.888889, 4.888889, 4.75, 3.333333, 4.75, 4.78125,
            4.78125, 7.035714
        };
        float[] w = new float[24];
        for (int i = 0; i < 24; i++) {
            w[i] = 0.5f + i % 5;
        }
        Rof.Result r = new Rof(LINE).denoise(line(), w, 1.5, 1e-7, 100_000);
        assertEquals(16.112372892, r.objective(), 1e-5);
        for (int i = 0; i < 24; i++) {
            assertEquals(scipy[i], r.image()[i], 3e-3, "gap 1.6e-6 at a weight of 0.5");
        }
    }

    // scikit-image 0.19.3: denoise_tv_chambolle(f, weight=0.8, eps=1e-14, max_num_iter=200000),
    // which minimises ½Σ(u − f)² + weight Σ|∇u| by forward differences of 1
    @Test
    void aPlaneIsThatOfScikitImage() {
        double[] first = {
            1.05698, 2.13958, 2.4007, 2.51319, 2.51319, 2.51319, 2.51319, 2.32728, 2.32241
        };
        double[] last = {
            1.44567, 1.44567, 1.44567, 1.44567, 1.88009, 1.88009, 1.88009, 1.88009, 1.88009
        };
        Geometry g = Geometry.of(9, 7, 1, 1, 1, 1);
        float[] f = new float[63];
        for (int p = 0; p < 63; p++) {
            int i = p % 9;
            int j = p / 9;
            f[p] = (7 * i * i + 5 * j * i + 3 * j) % 17 / 4.0f;
        }
        Rof.Result r = new Rof(g).denoise(f, null, 0.8, 1e-7, 100_000);
        assertEquals(41.903713, r.objective(), 2e-5);
        for (int i = 0; i < 9; i++) {
            assertEquals(first[i], r.image()[i], 3e-3, "first row, " + i);
            assertEquals(last[i], r.image()[54 + i], 3e-3, "last row, " + i);
        }
    }

    /** Strong and Chan 2003, doi:10.1088/0266-5611/19/6/059: a disc of radius R sinks by 2λ/R. */
    @Test
    void aDiscSinksByTwiceTheWeightOverItsRadius() {
        int n = 81;
        double mm = 0.5;
        double radius = 10;
        Geometry g = Geometry.of(n, n, 1, mm, mm, 1);
        float[] f = new float[n * n];
        int inside = 0;
        for (int p = 0; p < f.length; p++) {
            f[p] = Math.hypot(p % n - 40, p / n - 40) * mm < radius ? 4 : 1;
            inside += f[p] == 4 ? 1 : 0;
        }
        double lambda = 4;
        float[] u = new Rof(g).denoise(f, null, lambda, 1e-5, 20_000).image();
        double sum = 0;
        for (int p = 0; p < f.length; p++) {
            sum += f[p] == 4 ? u[p] : 0;
        }
        // pixels show the rim 7 % longer; half or twice the loss would be a wrong formula
        assertEquals(2 * lambda / radius, 4 - sum / inside, 0.08 * 2 * lambda / radius);
    }

    @Test
    void theNextCallStartsWhereTheLastEnded() {
        Geometry g = Geometry.of(16, 16, 8, 1, 1, 2);
        float[] f = PriorTest.random(g, 3, 0);
        Rof rof = new Rof(g);
        int cold = rof.denoise(f, null, 0.5, 1e-4, 5000).iterations();
        f[5] += 0.1f;
        int warm = rof.denoise(f, null, 0.5, 1e-4, 5000).iterations();
        assertTrue(2 * warm <= cold, warm + " iterations after " + cold);
    }

    /** As in EM-TV, where w = Aᵀ1/u. */
    @Test
    void weightsOfManyOrdersConverge() {
        Geometry g = Geometry.of(20, 20, 1, 1, 1, 1);
        float[] f = PriorTest.random(g, 3, 0);
        float[] w = new float[f.length];
        Rng rng = new Rng(5);
        for (int p = 0; p < w.length; p++) {
            w[p] = (float) StrictMath.pow(10, 4 * rng.nextDouble() - 2);
        }
        Rof.Result r = new Rof(g).denoise(f, w, 0.3, 1e-4, 5000);
        assertTrue(r.gap() <= 1e-4 * r.objective());
    }

    @Test
    void withoutPriorTheImageStays() {
        float[] f = line();
        assertArrayEquals(f, new Rof(LINE).denoise(f, null, 0, 1e-6, 10).image(), 0);
    }

    @Test
    void anImageWithoutAValueIsNamedAtOnce() {
        float[] f = line();
        f[3] = Float.NaN;
        assertEquals(
                "the image must be finite, got NaN at 3. Give what was not measured a weight of 0.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Rof(LINE).denoise(f, null, 1, 1e-6, 10))
                        .getMessage());
        assertEquals(
                "the image has 3 voxels, the grid 24",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Rof(LINE).denoise(new float[3], null, 1, 1e-6, 10))
                        .getMessage());
    }

    @Test
    void whatDoesNotConvergeIsRefused() {
        Geometry g = Geometry.of(20, 20, 1, 1, 1, 1);
        float[] f = PriorTest.random(g, 3, 0);
        String said =
                assertThrows(RefusedException.class, () -> new Rof(g).denoise(f, null, 5, 1e-6, 7))
                        .getMessage();
        assertTrue(
                said.startsWith(
                        "after 7 iterations total variation denoising is not known to be within"),
                said);
    }
}
