package org.diapason.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.math.SplineJet;
import org.diapason.registration.ErrorCovariance;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that select jump where a voxel changes hands: held against drawn shifts of a slice. */
class BiasMapSelectionTest {
    private static final Geometry SLICE =
            new Geometry(28, 28, 1, Numbers.of(2, 2, 2), Numbers.of(0, 0, 0), Geometry.IDENTITY);
    private static final int DRAWS = 300;

    private static Fusion rule(String name) {
        return switch (name) {
            case "swt" -> new Swt();
            case "swt max-abs" -> new Swt(4, new MaxAbs(true), Optional.empty());
            case "max" -> new Max();
            default -> new Energy(2);
        };
    }

    /** Two blobs in noise, the second wider and 4 mm off. */
    private static float[] image(double height, double width, double off, double noise, Rng rng) {
        float[] values = new float[SLICE.voxels()];
        for (int v = 0; v < values.length; v++) {
            double x = 2 * (v % 28) - 27 - off;
            double y = 2 * (v / 28) - 27;
            double blob = height * StrictMath.exp(-(x * x + y * y) / (2 * width * width));
            values[v] = (float) (blob + noise * rng.nextGaussian());
        }
        return values;
    }

    private static float[] shifted(SplineJet spline, double i, double j) {
        SplineJet.Reader reader = spline.reader();
        float[] out = new float[SLICE.voxels()];
        for (int v = 0; v < out.length; v++) {
            reader.read(v % 28 + i, v / 28 + j, 0);
            out[v] = (float) reader.value();
        }
        return out;
    }

    /**
     * The mixed derivative at a corner of a gap asks a voxel in it that those along axes do not.
     */
    @Test
    void whatLiesAcrossACornerOfAGapIsNotCounted() {
        Rng rng = new Rng(12);
        float[] b = image(60, 12, 4, 3, rng);
        for (int v = 0; v < b.length; v++) {
            b[v] = v % 28 > 17 && v / 28 > 17 ? Float.NaN : b[v];
        }
        BiasMap map =
                BiasMap.of(
                        new Max(),
                        List.of(
                                Volume.of(SLICE, image(100, 8, 0, 5, rng), Quantity.UNKNOWN),
                                Volume.of(SLICE, b, Quantity.UNKNOWN)),
                        1,
                        Misregistration.isotropic(2, SLICE),
                        BiasMap.Settings.USUAL);
        assertTrue(map.figures().meanSize() > 0, "got " + map.figures().meanSize());
        assertTrue(Double.isFinite(map.figures().largestSd()));
        long known = 0;
        for (float bias : map.bias().values()) {
            known += bias == bias ? 1 : 0;
        }
        assertEquals(map.figures().voxels(), known);
    }

    // with differences over half a voxel, whatever the shift, the bias at 3 mm was off by 4.7 to
    // 9.7 times itself, and at 0.5 mm the largest was less than half of what it is
    @ParameterizedTest(name = "{0}, {1} mm")
    @CsvSource({"swt, 0.5", "swt, 3", "swt max-abs, 3", "max, 3", "energy, 0.5", "energy, 3"})
    void aChoiceThatTurnsCountsByHowLikelyItIs(String name, double mm) {
        Rng rng = new Rng(11);
        float[] a = image(100, 8, 0, 5, rng);
        float[] b = image(60, 12, 4, 3, rng);
        Volume first = Volume.of(SLICE, a, Quantity.UNKNOWN);
        Volume second = Volume.of(SLICE, b, Quantity.UNKNOWN);
        BiasMap map =
                BiasMap.of(
                        rule(name),
                        List.of(first, second),
                        1,
                        Misregistration.isotropic(mm, SLICE),
                        BiasMap.Settings.USUAL);
        double s = mm / ErrorCovariance.meanLength(SLICE) / 2;
        SplineJet spline = new SplineJet(SLICE, b);
        float[] still = rule(name).fuse(SLICE, List.of(a, b));
        double[] mean = new double[still.length];
        for (int n = 0; n < DRAWS; n += 2) {
            double i = s * rng.nextGaussian();
            double j = s * rng.nextGaussian();
            for (int sign = -1; sign <= 1; sign += 2) {
                float[] moved = shifted(spline, sign * i, sign * j);
                float[] f = rule(name).fuse(SLICE, List.of(a, moved));
                for (int v = 0; v < f.length; v++) {
                    mean[v] += ((double) f[v] - still[v]) / DRAWS;
                }
            }
        }
        double wrong = 0;
        double whole = 0;
        double most = 0;
        double said = 0;
        for (int v = 0; v < mean.length; v++) {
            if (Math.min(v % 28, v / 28) < 5 || Math.max(v % 28, v / 28) > 22) {
                continue; // near the border the spline goes on as its mirror image
            }
            double bias = map.bias().values()[v];
            wrong += (bias - mean[v]) * (bias - mean[v]);
            whole += mean[v] * mean[v];
            most = Math.max(most, Math.abs(mean[v]));
            said = Math.max(said, Math.abs(bias));
        }
        assertTrue(Math.sqrt(wrong / whole) < 0.6, "off by " + Math.sqrt(wrong / whole));
        assertEquals(1, said / most, 0.5, "no spike: " + said + " for " + most);
    }
}
