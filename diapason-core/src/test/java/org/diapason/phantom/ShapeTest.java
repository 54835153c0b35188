package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.diapason.math.Rng;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {
    private static final Numbers AT = Numbers.of(0.3, -0.2, 0.1);

    static Stream<Shape> solids() {
        return Stream.of(
                new Sphere(AT, 3),
                new Sphere(AT, 0.7),
                new Ellipsoid(AT, Numbers.of(6, 7, 8)),
                new Cylinder(AT, Numbers.of(1, 2, 3), 2.5, 5),
                new Cylinder(AT, Numbers.of(0, 0.1, 1), 0.6, 50),
                new Cylinder(AT, Numbers.of(0, 0, 1), 14, 6),
                new Box(AT, Numbers.of(4, 3, 2)),
                new HalfSpace(AT, Numbers.of(1, -2, 0.5)),
                new Bars(AT, 3, 1.2, 5, 4));
    }

    /**
     * The closed form against the plain sum of the indicator under the Gaussian, 80 points an axis.
     * That sum is off by up to 1e-3; the ellipsoid's second-order form by 2e-3. A curvature left
     * out is off by 1e-2, a radius wrong by 0.02 σ by 8e-3.
     */
    @ParameterizedTest
    @MethodSource("solids")
    void aBlurredShareIsTheIndicatorUnderAGaussian(Shape shape) {
        double sigma = 0.7;
        double[][] places = {{0.3, -0.2, 0.1}, {2.2, 0.4, 0.9}, {1, 2.1, -1.5}, {6, 0.5, 0}};
        for (double[] p : places) {
            double expected = summed(shape, p, sigma);
            double share = shape.share(p[0], p[1], p[2], sigma);
            assertEquals(expected, share, 3e-3, List.of(p[0], p[1], p[2]).toString());
        }
    }

    private static double summed(Shape shape, double[] p, double sigma) {
        int n = 80;
        double sum = 0;
        double all = 0;
        double[] at = new double[n];
        double[] weight = new double[n];
        for (int m = 0; m < n; m++) {
            at[m] = 5 * sigma * (2 * (m + 0.5) / n - 1);
            weight[m] = Math.exp(-at[m] * at[m] / (2 * sigma * sigma));
        }
        for (int c = 0; c < n; c++) {
            for (int b = 0; b < n; b++) {
                for (int a = 0; a < n; a++) {
                    double w = weight[a] * weight[b] * weight[c];
                    all += w;
                    // turned twice, so that no face runs along the points
                    double u = Math.cos(0.5) * at[a] - Math.sin(0.5) * at[b];
                    double y = p[1] + Math.sin(0.5) * at[a] + Math.cos(0.5) * at[b];
                    double x = p[0] + Math.cos(0.7) * u - Math.sin(0.7) * at[c];
                    double z = p[2] + Math.sin(0.7) * u + Math.cos(0.7) * at[c];
                    sum += shape.distanceMm(x, y, z) <= 0 ? w : 0;
                }
            }
        }
        return sum / all;
    }

    /**
     * Folds are blurred to first order of their distance: within 0.035 where they are 20 mm long.
     * The slope of the folds left out is off by 0.1.
     */
    @Test
    void aFoldedSurfaceIsBlurredToFirstOrder() {
        Folded brain = new Folded(AT, Numbers.of(30, 35, 32), 3, 20);
        double[][] directions = {{1, 0, 0}, {0.6, 0.8, 0}, {-0.5, 0.5, 0.7}, {0, -0.6, 0.8}};
        for (double[] d : directions) {
            for (double r = 26; r < 40; r += 0.5) {
                double[] p = {r * d[0], r * d[1], r * d[2]};
                if (Math.abs(brain.distanceMm(p[0], p[1], p[2])) < 0.5) {
                    double expected = summed(brain, p, 0.7);
                    assertEquals(expected, brain.share(p[0], p[1], p[2], 0.7), 0.04, "at " + r);
                }
            }
        }
    }

    /** Within its distance of a place no other place lies on the other side of the surface. */
    @Test
    void theDistanceOfAFoldedSurfaceIsNeverMoreThanTheTrueOne() {
        Folded brain = new Folded(AT, Numbers.of(30, 35, 32), 4, 15);
        Rng rng = new Rng(1);
        int inside = 0;
        for (int n = 0; n < 20_000; n++) {
            double[] p = new double[3];
            double[] to = new double[3];
            double length = 0;
            for (int a = 0; a < 3; a++) {
                p[a] = 45 * (2 * rng.nextDouble() - 1);
                to[a] = rng.nextGaussian();
                length += to[a] * to[a];
            }
            double d = brain.distanceMm(p[0], p[1], p[2]);
            double step = 0.999 * Math.abs(d) / Math.sqrt(length);
            double there =
                    brain.distanceMm(p[0] + step * to[0], p[1] + step * to[1], p[2] + step * to[2]);
            assertEquals(d < 0, there < 0, "at " + d);
            inside += d < 0 ? 1 : 0;
        }
        double box = 90.0 * 90 * 90;
        assertEquals(inside / 20_000.0 * box, brain.volumeMm3(), 0.03 * brain.volumeMm3());
    }

    /** A disc of 20 σ is where the chord integral hands over to the curved edge. */
    @Test
    void theTwoFormsOfABlurredDiscMeet() {
        for (double off = -3; off <= 3; off += 0.5) {
            double chords = Cylinder.disc(20 + off, 20, 1.0000001);
            double edge = Cylinder.disc(20 + off, 20, 0.9999999);
            assertEquals(chords, edge, 4e-4, "at " + off);
        }
    }

    @Test
    void aDistanceIsNegativeInsideAndNeverMoreThanTheTrueOne() {
        Ellipsoid e = new Ellipsoid(Numbers.of(0, 0, 0), Numbers.of(3, 6, 12));
        assertEquals(-3, e.distanceMm(0, 0, 0), 1e-12);
        assertTrue(e.distanceMm(0, 0, 14) > 0 && e.distanceMm(0, 0, 14) <= 2);
        Box box = new Box(Numbers.of(0, 0, 0), Numbers.of(2, 2, 2));
        assertEquals(5, box.distanceMm(4, 5, 0), 1e-12, "3 and 4 mm beyond two faces");
        assertEquals(-1, box.distanceMm(0, 0, 0), 1e-12);
        Cylinder rod = new Cylinder(Numbers.of(0, 0, 0), Numbers.of(0, 0, 5), 2, 10);
        assertEquals(5, rod.distanceMm(5, 0, 9), 1e-12, "3 mm beside and 4 mm beyond");
        assertEquals(-2, rod.distanceMm(0, 0, 0), 1e-12);
    }

    @Test
    void aShapeWithoutExtentCannotBe() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Sphere(Numbers.of(0, 0, 0), Double.NaN));
        assertEquals("radiusMm of a sphere must be positive, got NaN mm", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new HalfSpace(Numbers.of(0, 0, 0), Numbers.of(0, 0, 0)));
    }
}
