package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationTest {
    private static final double[] CENTRE = {47, 43, 39};
    private static final Volume FIXED = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 2);
    private static final Registration RIGID = unproved(Registration.Model.RIGID);

    private static Registration unproved(Registration.Model model) {
        return new Registration(
                model, 64, 800_000, 1, Registration.Metric.MUTUAL_INFORMATION, false);
    }

    private static Affine truth(Registration.Model model) {
        LinearModel linear = LinearModel.valueOf(model.name());
        double[] p = new double[linear.parameters()];
        for (int n = 0; n < p.length; n++) {
            p[n] = n < 3 ? 4 - 3 * n : linear == LinearModel.AFFINE ? 0.02 * (n % 5 - 2) : 0.1;
        }
        return linear.at(p, CENTRE);
    }

    private static Affine found(Registration how, Volume fixed, Volume moving) {
        return (Affine)
                how.find(fixed, moving, Optional.empty(), Progress.NONE).transform().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSLATION", "RIGID", "SIMILARITY", "AFFINE"})
    void findsHowTheObjectMovedInAnotherContrast(Registration.Model model) {
        Affine truth = truth(model);
        Volume moving = Scenes.of(1, Scenes.GRID, truth, 2);
        Registered registered =
                unproved(model).find(FIXED, moving, Optional.empty(), Progress.NONE);
        double off = Scenes.apart(truth, (Affine) registered.transform().orElseThrow());
        // Bins blur the values and with them the edges, which a scale can make up for a little.
        boolean scales = model.ordinal() >= Registration.Model.SIMILARITY.ordinal();
        assertTrue(off < (scales ? 0.6 : 0.15), "off by " + off + " mm of 2 mm voxels");
        double overlap = registered.certificate().overlap();
        assertTrue(overlap > 0.6 && overlap <= 1, "overlap " + overlap);
    }

    @Test
    void coincidingGridsDoNotPushTheImagesApart() {
        // Read at the voxels, noise is strongest where grids coincide: 0.6 mm off.
        Volume moving = Scenes.of(1, Scenes.GRID, Affine.IDENTITY, 6);
        Volume fixed = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 6);
        double off = Scenes.apart(Affine.IDENTITY, found(RIGID, fixed, moving));
        assertTrue(off < 0.3, "off by " + off + " mm of 2 mm voxels");
    }

    /** A wrong header, as scanners and converters write them. */
    @Test
    void comesHomeFromAnywhereWithin45DegreesAnd80Mm() {
        Registration quick =
                new Registration(
                        Registration.Model.RIGID,
                        64,
                        20_000,
                        1,
                        Registration.Metric.MUTUAL_INFORMATION,
                        false);
        for (int seed = 0; seed < 12; seed++) {
            Rng rng = new Rng(seed);
            double[] axis = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
            double length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
            double angle = Math.PI / 4 * (2 * rng.nextDouble() - 1);
            double[] p = new double[6];
            for (int a = 0; a < 3; a++) {
                p[a] = 80 * (2 * rng.nextDouble() - 1);
                p[3 + a] = angle * axis[a] / length;
            }
            Affine away = LinearModel.RIGID.at(p, CENTRE);
            Volume moving = moved(Scenes.of(1, Scenes.GRID, truth(RIGID.transform()), 2), away);
            Affine truth = truth(RIGID.transform()).then(away);
            double off = Scenes.apart(truth, found(quick, FIXED, moving));
            assertTrue(off < 0.3, "seed " + seed + ": off by " + off + " mm");
        }
    }

    /** Puts an image elsewhere by its header. */
    private static Volume moved(Volume image, Affine to) {
        Affine there = Affine.toWorld(image.geometry()).then(to);
        double[] direction = new double[9];
        double[] origin = new double[3];
        for (int r = 0; r < 3; r++) {
            origin[r] = there.get(r, 3);
            for (int c = 0; c < 3; c++) {
                direction[3 * r + c] = there.get(r, c) / image.geometry().spacing(c);
            }
        }
        Geometry g = image.geometry();
        Geometry at =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk(),
                        g.spacingMm(),
                        Numbers.of(origin),
                        Numbers.of(direction));
        return Volume.of(at, image.values(), image.quantity());
    }

    @ParameterizedTest(name = "direction {0}")
    @CsvSource({
        "-1 0 0 0 1 0 0 0 1, 94 0 0",
        "0 -1 0 0 0 1 1 0 0, 90 0 0",
        "0 0 1 0 -1 0 -1 0 0, 0 90 90"
    })
    void flippedAndPermutedAxesAreOneAndTheSameImage(String direction, String origin) {
        Geometry turned =
                new Geometry(
                        48, 48, 48, Scenes.GRID.spacingMm(), numbers(origin), numbers(direction));
        Affine truth = truth(RIGID.transform());
        double off = Scenes.apart(truth, found(RIGID, FIXED, Scenes.of(1, turned, truth, 2)));
        assertTrue(off < 0.15, "off by " + off + " mm");
    }

    private static Numbers numbers(String text) {
        String[] parts = text.split(" ");
        double[] values = new double[parts.length];
        for (int n = 0; n < values.length; n++) {
            values[n] = Double.parseDouble(parts[n]);
        }
        return Numbers.of(values);
    }

    @Test
    void thickSlicesAreFoundToo() {
        Geometry thick = Geometry.of(96, 88, 16, 1, 1, 5);
        Affine truth = truth(RIGID.transform());
        Volume fixed = Scenes.of(0, thick, Affine.IDENTITY, 2);
        double off = Scenes.apart(truth, found(RIGID, fixed, Scenes.of(1, thick, truth, 2)));
        assertTrue(off < 1, "off by " + off + " mm of slices of 5 mm");
    }

    @Test
    void picturesMoveInTheirPlane() {
        Geometry flat =
                new Geometry(
                        64,
                        60,
                        1,
                        Scenes.GRID.spacingMm(),
                        Numbers.of(-10, -10, 45),
                        Geometry.IDENTITY);
        Affine truth = LinearModel.RIGID.at(new double[] {3, -2, 0, 0, 0, 0.2}, CENTRE);
        Volume fixed = Scenes.of(0, flat, Affine.IDENTITY, 1);
        Affine found = found(RIGID, fixed, Scenes.of(1, flat, truth, 1));
        double off = Scenes.apart(truth, found);
        assertTrue(off < 0.3, "off by " + off + " mm");
        assertEquals(0, found.get(2, 3), 1e-12);
    }

    /** One picture, laid into another plane and elsewhere, as sagittal scans are. */
    @Test
    void slicesOfAnyPlaneAreFoundInIt() {
        Geometry flat =
                new Geometry(
                        64,
                        60,
                        1,
                        Scenes.GRID.spacingMm(),
                        Numbers.of(-10, -10, 45),
                        Geometry.IDENTITY);
        Affine truth = LinearModel.RIGID.at(new double[] {3, -2, 0, 0, 0, 0.2}, CENTRE);
        Volume fixed = Scenes.of(0, flat, Affine.IDENTITY, 1);
        Volume moving = Scenes.of(1, flat, truth, 1);
        Affine sagittal = new Affine(Numbers.of(0, 0, 1, 7, 1, 0, 0, -20, 0, 1, 0, 30));
        Affine elsewhere = Affine.shift(5, -3, 40);
        for (Affine second : new Affine[] {sagittal, sagittal.then(Affine.shift(25, 0, 0))}) {
            Affine found = found(RIGID, moved(fixed, sagittal), moved(moving, second));
            Affine expected = sagittal.inverse().then(truth).then(second);
            double off = planeApart(sagittal, expected, found);
            assertTrue(off < 0.3, "off by " + off + " mm");
        }
        Affine found = found(RIGID, fixed, moved(moving, elsewhere));
        double off = planeApart(Affine.IDENTITY, truth.then(elsewhere), found);
        assertTrue(off < 0.3, "off by " + off + " mm");
    }

    private static double planeApart(Affine to, Affine a, Affine b) {
        double most = 0;
        for (int corner = 0; corner < 4; corner++) {
            double[] p = {corner % 2 == 0 ? 20 : 75, corner < 2 ? 20 : 70, 45};
            to.apply(p);
            most = Math.max(most, Distances.at(a, b, p));
        }
        return most;
    }

    @Test
    void aMaskThatEndsWithTheObjectDoesNotBlowItUp() {
        boolean[] object = new boolean[FIXED.values().length];
        for (int v = 0; v < object.length; v++) {
            object[v] = Scenes.inside(Scenes.GRID, v);
        }
        Mask mask = Mask.of(Scenes.GRID, object);
        Affine truth = truth(Registration.Model.AFFINE);
        Volume moving = Scenes.of(1, Scenes.GRID, truth, 2);
        Affine found =
                (Affine)
                        unproved(Registration.Model.AFFINE)
                                .find(FIXED, moving, Optional.of(mask), Progress.NONE)
                                .transform()
                                .orElseThrow();
        double scale = StrictMath.cbrt(found.determinant() / truth.determinant());
        assertEquals(1, scale, 0.004);
    }

    @Test
    void squaredDifferencesServeOneContrast() {
        Affine truth = truth(Registration.Model.AFFINE);
        Volume moving = Scenes.of(0, Scenes.GRID, truth, 2);
        Registration ssd =
                new Registration(
                        Registration.Model.AFFINE, 64, 800_000, 1, Registration.Metric.SSD, false);
        double off = Scenes.apart(truth, found(ssd, FIXED, moving));
        assertTrue(off < 0.1, "off by " + off + " mm");
    }

    @Test
    void aKnownStartIsTheOnlyOneTried() {
        Affine truth = truth(RIGID.transform());
        Volume moving = Scenes.of(1, Scenes.GRID, truth, 2);
        Affine near = truth.then(Affine.shift(3, -2, 1));
        Registered registered =
                RIGID.find(FIXED, moving, Optional.empty(), Optional.of(near), Progress.NONE);
        double off = Scenes.apart(truth, (Affine) registered.transform().orElseThrow());
        assertTrue(off < 0.15, "off by " + off + " mm");
        // No other pose is scored: the first grid asks the metric a few times only.
        assertTrue(registered.certificate().stages().get(0).evaluations() < 40);
    }

    /** Headers that differ by a half turn about z, as where x and y of one are taken for -x, -y. */
    @Test
    void aStartMayBeAHalfTurn() {
        Affine half = new Affine(Numbers.of(-1, 0, 0, 100, 0, -1, 0, 90, 0, 0, 1, 0));
        Affine truth = truth(RIGID.transform()).then(half);
        Geometry there =
                new Geometry(
                        48,
                        44,
                        40,
                        Scenes.GRID.spacingMm(),
                        Numbers.of(100, 90, 0),
                        Numbers.of(-1, 0, 0, 0, -1, 0, 0, 0, 1));
        Volume moving = Scenes.of(1, there, truth, 2);
        Registered registered =
                RIGID.find(FIXED, moving, Optional.empty(), Optional.of(half), Progress.NONE);
        double off = Scenes.apart(truth, (Affine) registered.transform().orElseThrow());
        assertTrue(off < 0.15, "off by " + off + " mm");
    }

    /**
     * Blurred, only the body is seen, which lies 8 mm elsewhere; on the voxels the texture wins.
     */
    @Test
    void theHeadersArePreferredWhereTheVoxelsFitBetterThere() {
        float[] fixed = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 0).values().clone();
        float[] moving = Scenes.of(0, Scenes.GRID, Affine.shift(8, 0, 0), 0).values().clone();
        float[] white = new float[fixed.length];
        Rng rng = new Rng(3);
        for (int v = 0; v < white.length; v++) {
            white[v] = (float) (150 * rng.nextGaussian());
        }
        float[] texture = Gauss.blur(Scenes.GRID, white, 0.5, 0.5, 0.5);
        for (int v = 0; v < white.length; v++) {
            fixed[v] += texture[v];
            moving[v] += texture[v];
        }
        Affine found = found(RIGID, FIXED.withValues(fixed), FIXED.withValues(moving));
        double off = Scenes.apart(Affine.IDENTITY, found);
        assertTrue(off < 0.2, "off by " + off + " mm");
    }

    @Test
    void aStartThatMirrorsIsRefused() {
        Affine mirror = new Affine(Numbers.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
        assertEquals(
                "the start has a determinant of -1.000 and so mirrors or flattens, which no body"
                        + " does. Give one that turns and shifts.",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        RIGID.find(
                                                FIXED,
                                                FIXED,
                                                Optional.empty(),
                                                Optional.of(mirror),
                                                Progress.NONE))
                        .getMessage());
    }

    @Test
    void theMetricOnlyRises() {
        Volume moving = Scenes.of(1, Scenes.GRID, truth(RIGID.transform()), 2);
        for (Certificate.Stage stage :
                RIGID.find(FIXED, moving, Optional.empty(), Progress.NONE).certificate().stages()) {
            for (int n = 1; n < stage.values().size(); n++) {
                assertTrue(stage.values().get(n) >= stage.values().get(n - 1), stage.toString());
            }
        }
    }

    @Test
    void theBitsAreTheSameOnAnyNumberOfThreads() {
        Volume moving = Scenes.of(1, Scenes.GRID, truth(RIGID.transform()), 2);
        Registration affine = new Registration(Registration.Model.AFFINE, 32, 20_000, 1);
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            Registered one = affine.find(FIXED, moving, Optional.empty(), Progress.NONE);
            for (int threads : new int[] {2, 3, 8}) {
                Parallel.setThreads(threads);
                assertEquals(one, affine.find(FIXED, moving, Optional.empty(), Progress.NONE));
            }
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void localCorrelationIsForDeformationsAlone() {
        assertEquals(
                "metric lncc is for diffeo, which rigid is not. Take mutual-information, or ssd for"
                        + " one contrast.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> by(Registration.Model.RIGID, Registration.Metric.LNCC))
                        .getMessage());
        Volume moving = Scenes.of(0, Scenes.GRID, truth(Registration.Model.AFFINE), 2);
        Registered found =
                by(Registration.Model.DIFFEO, Registration.Metric.LNCC)
                        .find(FIXED, moving, Optional.empty(), Progress.NONE);
        List<String> metrics =
                found.certificate().stages().stream().map(Certificate.Stage::metric).toList();
        assertEquals("mutual-information", metrics.get(0));
        assertEquals("lncc", metrics.get(metrics.size() - 1));
    }

    private static Registration by(Registration.Model model, Registration.Metric metric) {
        return new Registration(model, 64, 20_000, 1, metric, false);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertEquals(
                "bins must be 16 to 127, got 15",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Registration(Registration.Model.RIGID, 15, 1000, 1))
                        .getMessage());
        assertEquals(
                "samples must be at least 1000, got 999",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Registration(Registration.Model.RIGID, 16, 999, 1))
                        .getMessage());
    }
}
