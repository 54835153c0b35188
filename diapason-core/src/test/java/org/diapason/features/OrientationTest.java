package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Interpolation;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/**
 * One object in a scanner of (0.5, 0.5, 5) mm, lying in two ways: what features say of it should
 * not depend on how it lies. On the scanner's grid they do.
 */
class OrientationTest {
    private static final Geometry SCAN = Geometry.of(132, 132, 14, 0.5, 0.5, 5);
    private static final double[] SEMI_AXES_MM = {30, 20, 14};

    /**
     * An ellipsoid of waves 16 to 40 mm long, turned about i by one angle and about k by another.
     */
    private static Exam lying(double aboutI, double aboutK) {
        double[][] waves = waves();
        float[] values = new float[SCAN.voxels()];
        boolean[] inside = new boolean[values.length];
        Numbers centre = SCAN.toWorld(65.5, 65.5, 6.5);
        for (int k = 0; k < SCAN.nk(); k++) {
            for (int j = 0; j < SCAN.nj(); j++) {
                for (int i = 0; i < SCAN.ni(); i++) {
                    Numbers w = SCAN.toWorld(i, j, k);
                    double[] x = new double[3];
                    Arrays.setAll(x, a -> w.get(a) - centre.get(a));
                    turn(x, 1, 2, aboutI);
                    turn(x, 0, 1, aboutK);
                    double sum = 0;
                    for (double[] wave : waves) {
                        double phase = wave[0] * x[0] + wave[1] * x[1] + wave[2] * x[2] + wave[3];
                        sum += StrictMath.cos(phase);
                    }
                    double reach = 0;
                    for (int a = 0; a < 3; a++) {
                        reach += x[a] * x[a] / (SEMI_AXES_MM[a] * SEMI_AXES_MM[a]);
                    }
                    int v = SCAN.index(i, j, k);
                    values[v] = (float) Math.rint(40 + 12 * sum);
                    inside[v] = reach <= 1;
                }
            }
        }
        return Exam.of(
                "x",
                Map.of("ct", Image.of(Volume.of(SCAN, values, Quantity.HU))),
                Map.of("object", Mask.of(SCAN, inside)),
                Map.of());
    }

    private static double[][] waves() {
        Rng rng = new Rng(5);
        double[][] waves = new double[24][];
        for (int n = 0; n < waves.length; n++) {
            double[] u = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
            double norm = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
            double length = 2 * Math.PI / (16 + n);
            waves[n] =
                    new double[] {
                        length * u[0] / norm, length * u[1] / norm, length * u[2] / norm, n * 0.7
                    };
        }
        return waves;
    }

    private static void turn(double[] x, int a, int b, double degrees) {
        double c = StrictMath.cos(Math.toRadians(degrees));
        double s = StrictMath.sin(Math.toRadians(degrees));
        double xa = c * x[a] - s * x[b];
        x[b] = s * x[a] + c * x[b];
        x[a] = xa;
    }

    private static FeatureTable measured(
            Exam exam, boolean cubes, TextureParameters texture, Trace trace) {
        OptionalDouble none = OptionalDouble.empty();
        Ibsi settings =
                new Ibsi(
                        "ct",
                        "object",
                        Optional.empty(),
                        cubes
                                ? Optional.of(new Sampling(2, false, Interpolation.CUBIC, true))
                                : Optional.empty(),
                        List.of(),
                        List.of(
                                Family.MORPHOLOGY,
                                Family.STATISTICS,
                                Family.GLCM,
                                Family.GLRLM,
                                Family.GLSZM,
                                Family.GLDZM,
                                Family.NGTDM,
                                Family.NGLDM),
                        List.of(Dimension.VOLUME),
                        texture,
                        List.of(Discretisation.fixedWidth(10, -200)),
                        Optional.empty(),
                        none,
                        none,
                        none,
                        false);
        return settings.apply(exam, trace);
    }

    /** Median over the features whose tags start so of |a − b|/((|a| + |b|)/2), in percent. */
    private static double spread(FeatureTable a, FeatureTable b, String start) {
        double[] spreads =
                a.features().stream()
                        .filter(f -> f.startsWith("ct." + start))
                        .mapToDouble(
                                f -> {
                                    double x = a.column(f)[0];
                                    double y = b.column(f)[0];
                                    return 200 * Math.abs(x - y) / (Math.abs(x) + Math.abs(y));
                                })
                        .sorted()
                        .toArray();
        return spreads[spreads.length / 2];
    }

    @Test
    void textureDependsLessOnHowTheObjectLiesOnCubes() {
        Exam one = lying(0, 0);
        Exam other = lying(75, 35);
        Trace native1 = new Trace();
        Trace cubes1 = new Trace();
        FeatureTable a = measured(one, false, TextureParameters.IBSI, native1);
        FeatureTable b = measured(other, false, TextureParameters.IBSI, new Trace());
        FeatureTable c = measured(one, true, TextureParameters.IBSI, cubes1);
        FeatureTable d = measured(other, true, TextureParameters.IBSI, new Trace());
        for (String family : new String[] {"cm", "rlm", "szm", "dzm", "ngt", "ngl"}) {
            double before = spread(a, b, family + "_");
            double after = spread(c, d, family + "_");
            // docs/methods/ibsi.md has the numbers
            assertTrue(after < before, family + ": " + before + " % became " + after + " %");
        }
        assertEquals(1, native1.warnings().size());
        assertTrue(native1.warnings().get(0).contains("of 0.500 × 0.500 × 5.000 mm"));
        assertEquals(List.of(), cubes1.warnings());
    }

    @Test
    void neighboursInMmDependLessOnHowTheObjectLies() {
        TextureParameters mm =
                new TextureParameters(
                        Norm.EUCLIDEAN,
                        1,
                        Weighting.NONE,
                        Norm.EUCLIDEAN,
                        1,
                        1,
                        0,
                        OptionalDouble.of(5),
                        false);
        Exam one = lying(0, 0);
        Exam other = lying(75, 35);
        FeatureTable a = measured(one, false, TextureParameters.IBSI, new Trace());
        FeatureTable b = measured(other, false, TextureParameters.IBSI, new Trace());
        FeatureTable c = measured(one, false, mm, new Trace());
        FeatureTable d = measured(other, false, mm, new Trace());
        for (String family : new String[] {"cm", "ngt", "ngl"}) {
            double before = spread(a, b, family + "_");
            double after = spread(c, d, family + "_");
            // 2.5, 7.1 and 2.9 % became 1.8, 3.3 and 1.8 %
            assertTrue(after < 0.8 * before, family + ": " + before + " % became " + after + " %");
        }
    }
}
