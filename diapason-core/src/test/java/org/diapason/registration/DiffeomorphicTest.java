package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.registration.Diffeomorphic.Metric;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffeomorphicTest {
    private static final Geometry GRID = Geometry.of(44, 40, 36, 2, 2, 2);

    /** x, y, z, radius in mm, first and second contrast: a body full of small things. */
    private static final double[][] THINGS = things();

    private static double[][] things() {
        List<double[]> all = new ArrayList<>();
        all.add(new double[] {43, 39, 35, 30, 100, 60});
        Rng rng = new Rng(4);
        while (all.size() < 40) {
            double[] p = new double[6];
            double far = 0;
            for (int a = 0; a < 3; a++) {
                p[a] = all.get(0)[a] + 56 * (rng.nextDouble() - 0.5);
                far += (p[a] - all.get(0)[a]) * (p[a] - all.get(0)[a]);
            }
            p[3] = 3 + 4 * rng.nextDouble();
            boolean light = rng.nextDouble() < 0.5;
            p[4] = light ? 60 : -50;
            p[5] = light ? -40 : 80;
            if (Math.sqrt(far) < 26) {
                all.add(p);
            }
        }
        return all.toArray(double[][]::new);
    }

    @AfterEach
    void allThreadsAgain() {
        Parallel.setThreads(Runtime.getRuntime().availableProcessors());
    }

    /** Draws a contrast of the still object; {@code back} brings a place of the image to it. */
    private static Volume drawn(
            int contrast, Geometry g, UnaryOperator<double[]> back, double noise) {
        float[] values = new float[g.voxels()];
        Rng rng = new Rng(contrast + 5);
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            double[] p = back.apply(g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray());
            double sum = noise * rng.nextGaussian();
            for (double[] b : THINGS) {
                double d = 0;
                for (int a = 0; a < 3; a++) {
                    d += (p[a] - b[a]) * (p[a] - b[a]);
                }
                sum += b[4 + contrast] / (1 + StrictMath.exp((Math.sqrt(d) - b[3]) / 0.7));
            }
            values[v] = (float) sum;
        }
        return Volume.of(g, values, Quantity.UNKNOWN);
    }

    /** The shift of a place, at most about 3 mm along an axis, no two alike. */
    private static double[] warp(double[] p, boolean flat) {
        return new double[] {
            3 * StrictMath.sin(p[1] / 14) * StrictMath.cos(p[0] / 23),
            3 * StrictMath.cos(p[0] / 16 + p[2] / 30),
            flat ? 0 : 2.5 * StrictMath.sin(p[0] / 19 + p[1] / 17)
        };
    }

    /** Brings a place of the warped image back: p with p + u(p) = q. */
    private static double[] back(double[] q, boolean flat) {
        double[] p = q.clone();
        for (int n = 0; n < 40; n++) {
            double[] u = warp(p, flat);
            for (int a = 0; a < 3; a++) {
                p[a] = q[a] - u[a];
            }
        }
        return p;
    }

    /** Returns the mean distance to the truth over the inner 24 mm of the body, and of no map. */
    private static double[] error(Transform found, boolean flat, double warped) {
        double sum = 0;
        double before = 0;
        int n = 0;
        Rng rng = new Rng(9);
        while (n < 300) {
            double[] p = THINGS[0].clone();
            double[] q = {
                p[0] + 48 * (rng.nextDouble() - 0.5),
                p[1] + 48 * (rng.nextDouble() - 0.5),
                flat ? p[2] : p[2] + 48 * (rng.nextDouble() - 0.5)
            };
            double far = 0;
            for (int a = 0; a < 3; a++) {
                far += (q[a] - p[a]) * (q[a] - p[a]);
            }
            if (far > 24 * 24) {
                continue;
            }
            double[] u = warp(q, flat);
            double[] to = q.clone();
            found.apply(to);
            double d = 0;
            double b = 0;
            for (int a = 0; a < 3; a++) {
                d += (to[a] - q[a] - warped * u[a]) * (to[a] - q[a] - warped * u[a]);
                b += warped * u[a] * warped * u[a];
            }
            sum += Math.sqrt(d);
            before += Math.sqrt(b);
            n++;
        }
        return new double[] {sum / n, before / n};
    }

    private static Diffeomorphic of(Metric metric) {
        return new Diffeomorphic(metric, 10, metric == Metric.SSD ? 100 : 20, 64, 2, false);
    }

    private static Diffeomorphic.Found find(Metric metric, int contrast) {
        Volume fixed = drawn(0, GRID, p -> p, 2);
        Volume moving = drawn(contrast, GRID, q -> back(q, false), 2);
        return of(metric).find(fixed, moving, Affine.IDENTITY, Optional.empty(), Progress.NONE);
    }

    @ParameterizedTest(name = "{0} finds the way of contrast {1} to {2} mm")
    @CsvSource({"MUTUAL_INFORMATION, 1, 0.6", "SSD, 0, 0.4", "LNCC, 0, 0.7"})
    void findsAWarpWithoutFoldsAndItsWayBack(Metric metric, int contrast, double most) {
        Diffeomorphic.Found found = find(metric, contrast);
        double[] error = error(found.field(), false, 1);
        assertTrue(error[0] < most, "off by " + error[0] + " of " + error[1] + " mm");
        assertEquals(0, found.folding().folded());
        assertTrue(found.folding().least() > 0.3, "least " + found.folding().least());
        // The border draws 3 mm to nothing within five voxels, there the most.
        assertTrue(found.inverseError().mean() < 0.05, "way back " + found.inverseError());
        assertTrue(found.inverseError().max() < 0.5, "way back " + found.inverseError());
        List<Double> last = found.stages().get(found.stages().size() - 1).values();
        assertTrue(last.get(last.size() - 1) >= last.get(0), "the fit grows");
    }

    @Test
    void whatLiesRightAlreadyStaysWithinATenthOfAVoxel() {
        Volume fixed = drawn(0, GRID, p -> p, 2);
        Volume moving = drawn(0, GRID, p -> p, 2.5);
        var found =
                of(Metric.SSD)
                        .find(fixed, moving, Affine.IDENTITY, Optional.empty(), Progress.NONE);
        assertEquals(0, error(found.field(), false, 0)[0], 0.2, "mm of 2 mm voxels");
    }

    @Test
    void onePlaneMovesInItself() {
        Geometry g =
                new Geometry(
                        88, 80, 1, Numbers.of(1, 1, 4), Numbers.of(0, 0, 35), Geometry.IDENTITY);
        Volume fixed = drawn(0, g, p -> p, 2);
        Volume moving = drawn(1, g, q -> back(q, true), 2);
        var found =
                of(Metric.MUTUAL_INFORMATION)
                        .find(fixed, moving, Affine.IDENTITY, Optional.empty(), Progress.NONE);
        double[] error = error(found.field(), true, 1);
        assertTrue(error[0] < 0.25 * error[1], "off by " + error[0] + " of " + error[1] + " mm");
        assertArrayEquals(new float[g.voxels()], found.field().shifts(2), "nothing leaves it");
    }

    @Test
    void flippedAxesSlabsAndHolesDoNotMatter() {
        Geometry g =
                new Geometry(
                        40,
                        44,
                        18,
                        Numbers.of(2, 2, 4),
                        Numbers.of(86, 0, 0),
                        Numbers.of(0, -1, 0, 1, 0, 0, 0, 0, 1));
        Volume fixed = drawn(0, g, p -> p, 2);
        float[] holes = drawn(0, GRID, q -> back(q, false), 2).values().clone();
        for (int n = 0; n < 400; n++) {
            holes[GRID.index(20 + n % 5, 10 + n / 100, 12 + n % 7)] = Float.NaN;
        }
        boolean[] in = new boolean[g.voxels()];
        for (int v = 0; v < in.length; v++) {
            in[v] = v % g.ni() > 3;
        }
        Volume moving = Volume.of(GRID, holes, Quantity.UNKNOWN);
        var found =
                of(Metric.SSD)
                        .find(
                                fixed,
                                moving,
                                Affine.IDENTITY,
                                Optional.of(Mask.of(g, in)),
                                Progress.NONE);
        double[] error = error(found.field(), false, 1);
        assertTrue(error[0] < 0.25 * error[1], "off by " + error[0] + " of " + error[1] + " mm");
        assertEquals(0, found.folding().folded());
    }

    @Test
    void theBytesAreTheSameOnAnyNumberOfThreads() {
        Geometry g = Geometry.of(30, 27, 24, 3, 3, 3);
        Volume fixed = drawn(0, g, p -> p, 2);
        Volume moving = drawn(1, g, q -> back(q, false), 2);
        for (Metric metric : Metric.values()) {
            float[][] first = null;
            for (int threads : new int[] {1, 2, 8}) {
                Parallel.setThreads(threads);
                Diffeomorphic settings = new Diffeomorphic(metric, 12, 20, 64, 2, true);
                var found =
                        settings.find(
                                fixed, moving, Affine.IDENTITY, Optional.empty(), Progress.NONE);
                float[][] now = new float[6][];
                for (int a = 0; a < 3; a++) {
                    now[a] = found.field().shifts(a);
                    now[3 + a] = found.inverse().shifts(a);
                }
                first = first == null ? now : first;
                for (int a = 0; a < 6; a++) {
                    assertArrayEquals(first[a], now[a], metric + " on " + threads + " threads");
                }
            }
        }
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Diffeomorphic(Metric.SSD, 0, 1, 64, 2, true));
        assertEquals("spacing-mm must be positive, got 0.0 mm", e.getMessage());
    }

    @Test
    void theDriverDeformsAfterItsAffineSearchAndTellsHowFarItIsOff() {
        Volume fixed = drawn(0, GRID, p -> p, 2);
        Affine away = Affine.shift(6, -4, 3);
        Volume moving =
                drawn(
                        1,
                        GRID,
                        q -> {
                            away.inverse().apply(q);
                            return back(q, false);
                        },
                        2);
        Registered registered =
                Registration.of(Registration.Model.DIFFEO)
                        .find(fixed, moving, Optional.empty(), Progress.NONE);
        Certificate certificate = registered.certificate();
        Transform found = registered.transform().orElseThrow();
        double[] off = error(found.then(away.inverse()), false, 1);
        assertTrue(off[0] < 0.8, off[0] + " mm of " + off[1]);
        assertEquals(0, certificate.folding().orElseThrow().folded());
        assertTrue(certificate.inverse().orElseThrow().mean() < 0.05);
        double told = certificate.targetError().orElseThrow().mean();
        assertTrue(told > 0.7 * off[0] && told < 3 * off[0], told + " mm told, " + off[0]);
        ErrorCovariance spread = certificate.errorCovariance().orElseThrow();
        List<Level> levels = Level.pyramid(fixed, null, 2);
        double[][] places = TargetPlaces.of(levels.get(levels.size() - 1), Optional.empty());
        double mean = TargetErrorTest.meanLength(spread, places);
        assertEquals(1, mean / told, 0.15);
        assertEquals(Status.WARN, certificate.status(), certificate.findings().toString());
        assertEquals(
                List.of(
                        "where tissue is even, no image says how its places moved: there the"
                                + " deformation is a smooth guess, and can be off by several times"
                                + " the expected error. Trust it at edges, and look at the"
                                + " deformation grid."),
                certificate.findings().stream()
                        .filter(f -> f.kind() == Finding.Kind.GUESSED)
                        .map(Finding::sentence)
                        .toList());
        assertEquals(
                told > 0.4,
                certificate.findings().stream().anyMatch(f -> f.kind() == Finding.Kind.IMPRECISE),
                certificate.findings().toString());
    }

    @Test
    void anErrorThatWasNotAskedForIsSaidToBeUnknown() {
        Volume fixed = drawn(0, GRID, p -> p, 2);
        Volume moving = drawn(1, GRID, q -> back(q, false), 2);
        Registered registered =
                new Registration(
                                Registration.Model.DIFFEO,
                                64,
                                800_000,
                                1,
                                Registration.Metric.MUTUAL_INFORMATION,
                                false)
                        .find(fixed, moving, Optional.empty(), Progress.NONE);
        Certificate certificate = registered.certificate();
        assertEquals(Optional.empty(), certificate.targetError());
        assertEquals(Status.WARN, certificate.status());
        Finding finding = certificate.findings().get(0);
        assertEquals(Finding.Kind.GUESSED, finding.kind());
        assertEquals(
                "where tissue is even, no image says how its places moved: there the deformation"
                        + " is a smooth guess, and how far it can be off is not told. Trust it at"
                        + " edges, and look at the deformation grid.",
                finding.sentence());
    }

    @Test
    void coarserVoxelsAreHeldLessByTheUsualStiffness() {
        assertEquals(300, Diffeomorphic.usual(Geometry.of(40, 40, 40, 1, 1, 1)).stiffness());
        assertEquals(300, Diffeomorphic.usual(Geometry.of(40, 40, 40, 0.5, 0.5, 1)).stiffness());
        double two = Diffeomorphic.usual(Geometry.of(40, 40, 40, 2, 2, 2)).stiffness();
        assertEquals(106.066, two, 1e-3, "300 / sqrt(8)");
        assertEquals(300, Diffeomorphic.usual(Geometry.of(40, 40, 1, 2, 2, 5)).stiffness());
    }

    /** Of a bent body the affine metric may be flat, so its error cannot be told; of noise, too. */
    @Test
    void whatAnAffineTransformCannotDoStopsNoDeformation() {
        Finding imprecise = new Finding(Finding.Kind.IMPRECISE, Status.FAIL, "found", 1);
        Finding inconsistent = new Finding(Finding.Kind.INCONSISTENT, Status.FAIL, "found", 1);
        Finding shaky = new Finding(Finding.Kind.UNSTABLE, Status.WARN, "found", 1);
        Finding lost = new Finding(Finding.Kind.UNSTABLE, Status.FAIL, "found", 1);
        assertFalse(Deforming.hopeless(linear(Status.PASS)));
        assertFalse(Deforming.hopeless(linear(Status.FAIL, imprecise, inconsistent)));
        assertFalse(Deforming.hopeless(linear(Status.WARN, shaky)));
        assertTrue(Deforming.hopeless(linear(Status.FAIL, imprecise, shaky)));
        assertTrue(Deforming.hopeless(linear(Status.FAIL, lost)));
    }

    private static Certificate linear(Status status, Finding... findings) {
        return new Certificate(
                status,
                List.of(findings),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }
}
