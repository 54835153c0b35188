package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

/** What metrics ask of a value is how their fit grows with it, and nothing where there is none. */
class PullTest {
    private static final Geometry GRID = Geometry.of(14, 12, 10, 1, 1, 1);
    private static final int N = GRID.voxels();

    private static float[][] pair() {
        Rng rng = new Rng(2);
        float[][] pair = new float[2][N];
        for (int v = 0; v < N; v++) {
            double x = StrictMath.sin(v % 14 / 3.0) + StrictMath.cos(v / 14 % 12 / 2.0);
            pair[0][v] = (float) (100 + 20 * x + rng.nextGaussian());
            pair[1][v] = (float) (-1000 + 30 * x + 4 * rng.nextGaussian());
        }
        return pair;
    }

    private static void growsAsItSays(Pull pull, float[] drawn, float h, double tolerance) {
        float[] p = new float[N];
        float[] s = new float[N];
        pull.at(drawn, p, s);
        float[] other = new float[N];
        for (int v : new int[] {0, 5, GRID.index(7, 6, 5), GRID.index(2, 11, 3), N - 1}) {
            float was = drawn[v];
            drawn[v] = was + h;
            double up = pull.at(drawn, other, s);
            drawn[v] = was - h;
            double down = pull.at(drawn, other, s);
            drawn[v] = was;
            double slope = (up - down) / (2 * h);
            assertEquals(slope, p[v], tolerance * Math.max(0.01, Math.abs(slope)), "voxel " + v);
            assertTrue(s[v] >= 0);
        }
    }

    @Test
    void squaredDifferencesGrowAsTheySay() {
        float[][] pair = pair();
        for (int v = 0; v < N; v++) {
            pair[1][v] += 1100;
        }
        growsAsItSays(new Ssd(pair[0]), pair[1], 0.5f, 0.01);
    }

    @Test
    void localCorrelationGrowsAsItSaysAlsoAtTheBorderAndFarFromZero() {
        float[][] pair = pair();
        pair[0][GRID.index(6, 6, 5)] = Float.NaN;
        growsAsItSays(new Lncc(GRID, pair[0], 2), pair[1], 0.5f, 0.02);
    }

    @Test
    void informationGrowsAsItSays() {
        float[][] pair = pair();
        Level fixed = new Level(GRID, pair[0], null);
        Level moving = new Level(GRID, pair[1], null);
        InformationPull pull =
                new InformationPull(
                        pair[0], Range.of(fixed, "fixed"), Range.of(moving, "moving"), 16);
        growsAsItSays(pull, pair[1], 0.5f, 0.1);
    }

    @Test
    void localCorrelationIsOneWhereContrastIsAStraightLineAndBlindToIt() {
        float[][] pair = pair();
        float[] line = new float[N];
        for (int v = 0; v < N; v++) {
            line[v] = 3000 - 7 * pair[0][v];
        }
        double all = new Lncc(GRID, pair[0], 2).at(line, new float[N], new float[N]);
        assertEquals(N, all, 1e-2);
    }

    @Test
    void nothingIsAskedWhereThereIsNoValueAndFlatBoxesSayNothing() {
        float[][] pair = pair();
        int hole = GRID.index(7, 6, 5);
        pair[1][hole] = Float.NaN;
        float[] flat = new float[N];
        Level fixed = new Level(GRID, pair[0], null);
        Level moving = new Level(GRID, pair[1], null);
        Pull[] pulls = {
            new Ssd(pair[0]),
            new Lncc(GRID, pair[0], 1),
            new InformationPull(pair[0], Range.of(fixed, "f"), Range.of(moving, "m"), 16)
        };
        for (Pull pull : pulls) {
            float[] p = new float[N];
            float[] s = new float[N];
            assertTrue(Double.isFinite(pull.at(pair[1], p, s)), pull.name());
            assertEquals(0, p[hole], pull.name());
            assertEquals(0, s[hole], pull.name());
            assertTrue(p[hole + 1] != 0 && p[hole + 1] == p[hole + 1], pull.name());
        }
        assertEquals(0, new Lncc(GRID, flat, 2).at(pair[1], new float[N], new float[N]));
    }

    @Test
    void sumsOfBoxesAreThoseWrittenOut() {
        float[] values = pair()[0];
        float[] sums = values.clone();
        BoxSum.over(GRID, sums, 2);
        for (int v = 0; v < N; v += 37) {
            double sum = 0;
            for (int w = 0; w < N; w++) {
                int di = Math.abs(v % 14 - w % 14);
                int dj = Math.abs(v / 14 % 12 - w / 14 % 12);
                int dk = Math.abs(v / 168 - w / 168);
                sum += Math.max(di, Math.max(dj, dk)) <= 2 ? values[w] : 0;
            }
            assertEquals(sum, sums[v], 1e-5 * sum);
        }
    }

    @Test
    void selfSimilarityIsANumberAlsoBesideAnInfiniteValue() {
        float[] values = pair()[0];
        values[GRID.index(6, 6, 5)] = Float.POSITIVE_INFINITY;
        for (float[] channel : Mind.of(GRID, values)) {
            for (float c : channel) {
                assertTrue(c >= 0 && c <= 1, "channel " + c);
            }
        }
    }

    @Test
    void selfSimilarityFindsALargeShiftInAnotherContrast() {
        Geometry g = Geometry.of(40, 36, 30, 8, 8, 8);
        Rng rng = new Rng(8);
        float[] noise = new float[g.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) rng.nextGaussian();
        }
        float[] fixed = org.diapason.math.Gauss.blur(g, noise, 2, 2, 2);
        float[] moving = new float[g.voxels()];
        for (int v = 0; v < moving.length; v++) {
            int i = Math.max(0, v % 40 - 3);
            int j = Math.min(35, v / 40 % 36 + 2);
            // the fixed image 3 voxels on and 2 back, its brightness upside down
            moving[v] = -2 * fixed[g.index(i, j, v / 1440)];
        }
        float[][] u = new MindSearch(g).of(fixed, moving);
        int right = 0;
        for (int b = 0; b < u[0].length; b++) {
            right += Math.abs(u[0][b] - 24) < 4 && Math.abs(u[1][b] + 16) < 4 ? 1 : 0;
        }
        assertTrue(right > 0.7 * u[0].length, right + " of " + u[0].length + " blocks");
    }
}
