package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final Volume FIXED = Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 2);
    private static final Affine TRUTH =
            LinearModel.RIGID.at(new double[] {4, 1, -2, 0.1, 0.1, 0.1}, new double[] {47, 43, 39});
    private static final Registration RIGID =
            new Registration(Registration.Model.RIGID, 64, 100_000, 1);

    private static Registered found(Volume fixed, Volume moving) {
        return RIGID.find(fixed, moving, Optional.empty(), Progress.NONE);
    }

    private static boolean says(Certificate certificate, Finding.Kind kind) {
        return certificate.findings().stream().anyMatch(f -> f.kind() == kind);
    }

    @Test
    void aSoundPairPassesAndItsErrorIsToldHonestly() {
        Registered registered = found(FIXED, Scenes.of(1, Scenes.GRID, TRUTH, 2));
        Certificate certificate = registered.certificate();
        assertEquals(Status.PASS, certificate.status(), certificate.findings().toString());
        double[][] places = {{47, 43, 39}, {30, 43, 39}, {47, 60, 39}, {47, 43, 55}, {60, 30, 30}};
        double off = Distances.mean(TRUTH, registered.transform().orElseThrow(), places);
        Certificate.ErrorMm told = certificate.targetError().orElseThrow();
        assertTrue(told.mean() > off / 3, told + " though " + off);
        assertTrue(told.mean() < 0.3, told.toString());
        assertTrue(told.mean() <= told.p95() && told.p95() <= told.max(), told.toString());
        assertTrue(certificate.inverse().orElseThrow().mean() < 0.3);
        assertEquals(4, certificate.capture().size());
        assertEquals(6, certificate.capture().get(0).back());
    }

    /** The spread of squared differences themselves leaves 3.2 deviations, which failed. */
    @Test
    void aSoundPairOfOneContrastPassesBySquaredDifferences() {
        Certificate certificate = bySquares(Scenes.of(0, Scenes.GRID, TRUTH, 2));
        assertEquals(Status.PASS, certificate.status(), certificate.findings().toString());
    }

    private static Certificate bySquares(Volume moving) {
        Registration ssd =
                new Registration(
                        Registration.Model.RIGID, 64, 100_000, 1, Registration.Metric.SSD, true);
        return ssd.find(FIXED, moving, Optional.empty(), Progress.NONE).certificate();
    }

    @Test
    void withoutProbeOnlyWhatCostsNothingIsTold() {
        Registration quick =
                new Registration(
                        Registration.Model.RIGID,
                        64,
                        100_000,
                        1,
                        Registration.Metric.MUTUAL_INFORMATION,
                        false);
        Certificate certificate =
                quick.find(
                                FIXED,
                                Scenes.of(1, Scenes.GRID, TRUTH, 2),
                                Optional.empty(),
                                Progress.NONE)
                        .certificate();
        assertTrue(certificate.capture().isEmpty() && certificate.targetError().isEmpty());
        assertTrue(certificate.overlap() > 0.8);
    }

    @Test
    void noiseIsNotPassedForTheObject() {
        Rng rng = new Rng(3);
        float[] noise = new float[FIXED.values().length];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) rng.nextGaussian();
        }
        Certificate certificate =
                found(FIXED, Volume.of(Scenes.GRID, noise, Quantity.UNKNOWN)).certificate();
        assertEquals(Status.FAIL, certificate.status(), certificate.findings().toString());
        assertTrue(says(certificate, Finding.Kind.UNRELATED), certificate.findings().toString());
        for (int v = 0; v < noise.length; v++) {
            noise[v] = 40 + 40 * noise[v];
        }
        Certificate squares = bySquares(Volume.of(Scenes.GRID, noise, Quantity.UNKNOWN));
        assertEquals(Status.FAIL, squares.status(), squares.findings().toString());
        assertTrue(says(squares, Finding.Kind.UNRELATED), squares.findings().toString());
    }

    @Test
    void aBallThatMayBeTurnedAnyWayDoesNotPass() {
        Volume ball = ball(1, 0);
        Certificate certificate = found(ball, ball(-1, 5)).certificate();
        assertFalse(certificate.status() == Status.PASS, certificate.toString());
    }

    private static Volume ball(double sign, long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[Scenes.GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / 48;
            double x = 2 * (v % 48) - 47;
            double y = 2 * (row % 44) - 43;
            double z = 2 * (row / 44) - 39;
            double r = Math.sqrt(x * x + y * y + z * z);
            values[v] =
                    (float)
                            (sign * 100 / (1 + StrictMath.exp((r - 25) / 0.7))
                                    + rng.nextGaussian());
        }
        return Volume.of(Scenes.GRID, values, Quantity.UNKNOWN);
    }

    @Test
    void imagesOfTwoEndsOfTheBodyDoNotPass() {
        Geometry low = Geometry.of(48, 44, 12, 2, 2, 2);
        Geometry high =
                new Geometry(48, 44, 12, low.spacingMm(), Numbers.of(0, 0, 56), Geometry.IDENTITY);
        Certificate certificate =
                found(Scenes.of(0, low, Affine.IDENTITY, 2), Scenes.of(1, high, Affine.IDENTITY, 2))
                        .certificate();
        assertFalse(certificate.status() == Status.PASS, certificate.toString());
    }

    @Test
    void whatAMaskIsAboutDecidesTheOverlap() {
        boolean[] voxels = new boolean[Scenes.GRID.voxels()];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = Scenes.inside(Scenes.GRID, v);
        }
        Volume moving = Scenes.of(1, Scenes.GRID, TRUTH, 2);
        Mask mask = Mask.of(Scenes.GRID, voxels);
        Certificate certificate =
                RIGID.find(FIXED, moving, Optional.of(mask), Progress.NONE).certificate();
        assertTrue(certificate.overlap() > 0.95, "overlap " + certificate.overlap());
    }

    @Test
    void stretchesBeyondWhatBodiesDoAreNamed() {
        assertTrue(Verdict.distortion(TRUTH).isEmpty());
        assertTrue(Verdict.distortion(scaled(1.24)).isEmpty());
        assertEquals(Status.WARN, Verdict.distortion(scaled(1.3)).orElseThrow().status());
        Finding half = Verdict.distortion(scaled(0.45)).orElseThrow();
        assertEquals(Status.FAIL, half.status());
        assertEquals(
                "lengths change by a factor of 0.45 along one direction, and 0.80 to 1.25 is"
                        + " usual. Use a rigid transform or a mask of what both images show.",
                half.sentence());
        assertEquals(Status.FAIL, Verdict.distortion(scaled(-1)).orElseThrow().status());
    }

    private static Affine scaled(double x) {
        return new Affine(Numbers.of(x, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void theLimitsOfOverlapAreHalfAndAQuarter() {
        assertTrue(Verdict.overlap(0.5, 0).isEmpty());
        assertTrue(Verdict.overlap(0.1, 0.5).isEmpty());
        Finding low = Verdict.overlap(0.49, 0.3).orElseThrow();
        assertEquals(Status.WARN, low.status());
        assertEquals(
                "49 % of what the fixed image shows lie in the moving one and 30 % the other way"
                        + " round, and 50 % or more of either are needed to trust the place. Check"
                        + " that both show the same part, or give a start.",
                low.sentence());
        assertEquals(Status.FAIL, Verdict.overlap(0.24, 0.2).orElseThrow().status());
    }

    /** Of the object 40 % are shown, all of it in the fixed image. */
    @Test
    void aPartOfTheObjectIsNotDisjointFromTheWhole() {
        Geometry part = Geometry.of(48, 44, 16, 2, 2, 2);
        Certificate certificate = found(FIXED, Scenes.of(1, part, TRUTH, 2)).certificate();
        assertTrue(certificate.overlap() < 0.5, "overlap " + certificate.overlap());
        assertFalse(says(certificate, Finding.Kind.DISJOINT), certificate.findings().toString());
    }

    @Test
    void anotherPlaceMustBeClearlyWorse() {
        assertTrue(Verdict.alone(Lead.ALONE).isEmpty());
        assertTrue(Verdict.alone(new Lead(0.01, 2)).isEmpty());
        assertFalse(Verdict.alone(new Lead(0.009, 2.7)).isEmpty());
        assertEquals(
                "another place fits nearly as well: it lacks 5.0 % of the metric, 0.7 standard"
                        + " deviations of it, and 1 % and 2 or more are needed to choose. Look at"
                        + " the result, or give a start.",
                Verdict.alone(new Lead(0.05, 0.7)).orElseThrow().sentence());
    }

    @Test
    void aPlaceThatIsNoBetterThanTheHeadersIsSaidToBeSo() {
        Certificate.ErrorMm expected = new Certificate.ErrorMm(1, 2, 3, "");
        assertTrue(Verdict.header(new Lead(0.1, 4), 9, expected).isEmpty());
        assertTrue(Verdict.header(new Lead(0.1, 3), 2, expected).isEmpty());
        Finding same = Verdict.header(new Lead(0.1, 3), 9, expected).orElseThrow();
        assertEquals(Finding.Kind.HEADER, same.kind());
        assertEquals(
                "places were moved by 9.0 mm on average from where the headers put them, and the"
                        + " images fit there as well: the place found leads by 3.0 standard"
                        + " deviations, and 4 or more are needed to prefer it. Keep the headers'"
                        + " where both are of one session.",
                same.sentence());
        Finding hair = Verdict.header(new Lead(-0.1, -1.9), 9, expected).orElseThrow();
        assertEquals(Status.WARN, hair.status(), "by a hair is not better");
        Finding worse = Verdict.header(new Lead(-0.1, -2), 212, expected).orElseThrow();
        assertEquals(Status.FAIL, worse.status());
        assertEquals(
                "places were moved by 212.0 mm on average from where the headers put them, and the"
                        + " images fit better there. Keep the headers' place, or start a search"
                        + " there.",
                worse.sentence());
    }

    /** Where the headers are right but one image shows next to nothing, they are kept. */
    @Test
    void headersOfFaintImagesAreKept() {
        Volume faint = Scenes.of(1, Scenes.GRID, Affine.IDENTITY, 500);
        Certificate certificate = found(FIXED, faint).certificate();
        assertTrue(says(certificate, Finding.Kind.HEADER), certificate.findings().toString());
        Volume elsewhere = Scenes.of(1, Scenes.GRID, TRUTH, 2);
        assertFalse(says(found(FIXED, elsewhere).certificate(), Finding.Kind.HEADER));
    }

    @Test
    void whereTheCoarsestGridFitsBestMustBeNear() {
        List<Certificate.CapturePoint> all =
                Collections.nCopies(4, new Certificate.CapturePoint(5, 6, 6));
        assertTrue(Verdict.stable(new CaptureProbe(all, 16, 16, 1, 0, 0.1)).isEmpty());
        Finding far = Verdict.stable(new CaptureProbe(all, 17, 16, 1, 0, 0.1)).orElseThrow();
        assertEquals(Status.WARN, far.status());
        assertEquals(
                "on the coarsest grid the images fit best 17.0 mm from here, and one of its voxels"
                        + " (16.0 mm) or less is usual. Look at the result, or give a start.",
                far.sentence());
    }

    @Test
    void progressTellsEachGridAndWhatRemains() {
        List<String> told = new ArrayList<>();
        Volume moving = Scenes.of(1, Scenes.GRID, TRUTH, 2);
        RIGID.find(
                FIXED,
                moving,
                Optional.empty(),
                (stage, done, total, lost) -> told.add(stage + " " + done + "/" + total));
        assertEquals(7, told.size());
        assertEquals("register, 8 times the voxels 1/4", told.get(0));
        assertEquals("certificate: the error to expect 3/3", told.get(6));
    }
}
