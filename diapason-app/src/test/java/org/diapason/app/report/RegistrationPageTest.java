package org.diapason.app.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.diapason.picture.SlicePlane;
import org.diapason.registration.Certificate;
import org.diapason.registration.ErrorCovariance;
import org.diapason.registration.Finding;
import org.diapason.registration.Folding;
import org.diapason.registration.LinearModel;
import org.diapason.registration.Registered;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class RegistrationPageTest {
    private static final Geometry GRID = Geometry.of(24, 20, 16, 2, 2, 3);

    static final Certificate WARNS =
            new Certificate(
                    Status.WARN,
                    List.of(
                            new Finding(
                                    Finding.Kind.SMALL_MASK,
                                    Status.WARN,
                                    "the mask has 80 voxels <few>.",
                                    80)),
                    0.914,
                    Optional.of(new Certificate.ErrorMm(0.31, 0.7, 1.9, "spread of searches")),
                    Optional.of(
                            new ErrorCovariance(
                                    Geometry.of(1, 1, 2, 1, 1, 30),
                                    Numbers.of(0.1, 0.02, 0, 0.3, -0.1, 0.2, 1, 0, 0, 2, 0, 1. / 3),
                                    Numbers.of(
                                            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.02, 0, 0.1,
                                            0, 0.01))),
                    Optional.of(new Certificate.ErrorMm(0.02, 0.05, 0.4, "every voxel")),
                    List.of(new Certificate.CapturePoint(5, 8, 8)),
                    Optional.of(
                            new Folding(
                                    7680,
                                    0,
                                    0,
                                    12,
                                    0.4,
                                    1.7,
                                    0.01,
                                    0.1,
                                    List.of(-1.0, 0.0, 1.0),
                                    List.of(3000L, 4680L))),
                    List.of(
                            new Certificate.Stage(
                                    "mutual-information", 4, List.of(0.2, 0.4, 0.5), 90)));

    /** A ball about a place in mm. */
    private static Volume ball(Geometry g, double x, double y, double z) {
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            Numbers p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj());
            double a = p.get(0) - x;
            double b = p.get(1) - y;
            double c = p.get(2) - z;
            values[v] = a * a + b * b + c * c < 100 ? 500 : 10;
        }
        return Volume.of(g, values, Quantity.HU);
    }

    private static String page(Optional<Transform> t, Certificate c) {
        Volume fixed = ball(GRID, 20, 18, 20);
        Volume moving = ball(GRID, 26, 18, 20);
        return RegistrationPage.html(
                fixed,
                moving,
                moving,
                fixed,
                new Registered(t, c),
                new RegistrationPage.Names("ct", "<pet>"));
    }

    private static Transform bent() {
        float[] x = new float[GRID.voxels()];
        for (int v = 0; v < x.length; v++) {
            x[v] = v % GRID.ni() < 12 ? 3 : -3; // folded in the middle: 6 mm over 2 mm
        }
        float[] none = new float[x.length];
        return DisplacementField.of(GRID, x, none, none).then(Affine.shift(1, 2, 3));
    }

    @Test
    void thePageIsWellFormedHoldsNoScriptAndNoAddress() throws Exception {
        String page = page(Optional.of(bent()), WARNS);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(
                        new ByteArrayInputStream(
                                page.replaceFirst("<!DOCTYPE html>", "")
                                        .getBytes(StandardCharsets.UTF_8)));
        assertFalse(page.contains("<script"));
        assertFalse(page.contains("http://") || page.contains("https://"));
        assertEquals(page, page(Optional.of(bent()), WARNS));
    }

    @Test
    void theVerdictComesFirstAndEveryFigureHasItsUnit() {
        String page = page(Optional.of(bent()), WARNS);
        int verdict = page.indexOf("id=\"verdict\"");
        assertTrue(verdict > 0 && verdict < page.indexOf("id=\"pictures\""));
        assertTrue(page.contains("the mask has 80 voxels &lt;few&gt;."));
        assertTrue(page.contains("<dd>91 %</dd>"));
        assertTrue(
                page.contains("predicted target error, 95 % below</dt>\n<dd>0.70 mm</dd>"), page);
        assertTrue(page.contains("0 of 7,680"));
        assertTrue(page.contains("mutual information, nats"));
        assertTrue(page.contains("<dd>1.000, 2.000, 3.000 mm</dd>"));
        for (String word : List.of("Flicker", "Checkerboard", "Contours", "Difference")) {
            assertTrue(page.contains("<h3>" + word + "</h3>"), word);
        }
        assertTrue(page.contains("class=\"lines folded\" d=\"M"));
    }

    @Test
    void withoutATransformThePageSaysWhyAndShowsNoPictures() {
        Certificate fails =
                new Certificate(
                        Status.FAIL,
                        List.of(
                                new Finding(
                                        Finding.Kind.CONSTANT,
                                        Status.FAIL,
                                        "all 7680 voxels hold 0.",
                                        Double.NaN)),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
        String page = page(Optional.empty(), fails);
        assertTrue(page.contains("all 7680 voxels hold 0."));
        assertFalse(page.contains("id=\"pictures\""));
        assertFalse(page.contains("id=\"transform\""));
    }

    /** Patient's right at the left, front and head at the top, however the grid lies. */
    @Test
    void planesStandAsRadiologistsSeeThem() {
        Numbers turned = Numbers.of(0, 0, -1, 0, 1, 0, -1, 0, 0); // i to the feet, k to the right
        Geometry g = new Geometry(16, 20, 24, Numbers.of(3, 2, 2), Numbers.of(46, 0, 45), turned);
        Volume other = ball(g, 12, 30, 36);
        Volume same = ball(GRID, 12, 30, 36);
        List<SlicePlane> planes = SlicePlane.through(other);
        assertEquals(
                List.of("axial", "coronal", "sagittal"),
                planes.stream().map(SlicePlane::name).toList());
        for (int n = 0; n < 3; n++) {
            float[] there = planes.get(n).pixels(other.values());
            assertArrayEquals(SlicePlane.through(same).get(n).pixels(same.values()), there);
            int bright = 0;
            double x = 0;
            double y = 0;
            for (int p = 0; p < there.length; p++) {
                if (there[p] > 100) {
                    bright++;
                    x += p % planes.get(n).columns();
                    y += p / planes.get(n).columns();
                }
            }
            boolean sagittal = n == 2;
            // right of the body's middle, behind it and above it
            assertEquals(sagittal, x / bright > planes.get(n).columns() / 2.0);
            assertEquals(n == 0, y / bright > planes.get(n).rows() / 2.0);
            double[] place = planes.get(n).place(7.5, 11);
            assertArrayEquals(new double[] {7.5, 11}, planes.get(n).point(place), 1e-9);
        }
    }

    /** 600 × 300 voxels a slice are 200 × 150 pixels; the few slices stay apart. */
    @Test
    void onlyLongAxesAreMadeCoarser() {
        Geometry g = Geometry.of(600, 300, 5, 0.5, 0.5, 8);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = v % 600 % 3 + 100 * (v / (600 * 300));
        }
        Volume volume = Volume.of(g, values, Quantity.UNKNOWN);
        SlicePlane coronal = SlicePlane.through(volume).get(1);
        assertEquals(200, coronal.columns());
        assertEquals(5, coronal.rows());
        assertEquals(1.5, coronal.pixelAcrossMm());
        assertEquals(8, coronal.pixelDownMm());
        assertEquals(401, coronal.pixels(values)[0]); // mean of 0, 1 and 2 in the top slice
        assertEquals(1, coronal.pixels(values)[4 * 200 + 7]);
    }

    /** Before, the image covers the left half only; there both are the same. */
    @Test
    void differencesAreComparedWhereBothAreSeen() {
        Volume fixed = ball(GRID, 20, 18, 20);
        float[] half = fixed.values().clone();
        float[] after = fixed.values().clone();
        for (int v = 0; v < half.length; v++) {
            boolean left = v % GRID.ni() < 12;
            half[v] = left ? half[v] : Float.NaN;
            after[v] = left ? after[v] : -300 - v % 7;
        }
        String page =
                RegistrationPage.html(
                        fixed,
                        fixed,
                        fixed.withValues(half),
                        fixed.withValues(after),
                        new Registered(Optional.of(Affine.IDENTITY), WARNS),
                        new RegistrationPage.Names("a", "b"));
        Matcher m =
                Pattern.compile("Root mean square (\\S+) HU before, (\\S+) HU after").matcher(page);
        assertTrue(m.find());
        assertEquals(m.group(1), m.group(2));
    }

    @Test
    void aLinearTransformIsTakenApart() {
        double[] centre = GRID.toWorld(11.5, 9.5, 7.5).toArray();
        double turn = StrictMath.toRadians(30);
        Affine rigid = LinearModel.RIGID.at(new double[] {4, -5, 6, 0, 0, turn}, centre);
        Numbers stretch = Numbers.of(1.1, 0, 0, 0, 0, 0.9, 0, 0, 0, 0, 1, 0);
        LinearParts parts = LinearParts.of(rigid, GRID);
        assertEquals(30, parts.turnDegrees(), 1e-6);
        assertArrayEquals(new double[] {0, 0, 30}, parts.anglesDegrees(), 1e-6);
        assertArrayEquals(new double[] {4, -5, 6}, parts.shiftMm(), 1e-9);
        LinearParts both = LinearParts.of(new Affine(stretch).then(rigid), GRID);
        assertEquals(30, both.turnDegrees(), 1e-6);
        assertArrayEquals(new double[] {1.1, 1, 0.9}, both.stretches(), 1e-9);
        assertEquals(0.99, both.growth(), 1e-9);
        Affine mirrored = new Affine(Numbers.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
        assertEquals("mirrored", LinearParts.of(mirrored, GRID).rows().get(6)[0]);
        Affine three = LinearModel.RIGID.at(new double[] {0, 0, 0, 0.2, 0, 0}, centre);
        three = three.then(LinearModel.RIGID.at(new double[] {0, 0, 0, 0, -0.3, 0}, centre));
        three = three.then(LinearModel.RIGID.at(new double[] {0, 0, 0, 0, 0, 0.4}, centre));
        double[] angles = LinearParts.of(three, GRID).anglesDegrees();
        for (int a = 0; a < 3; a++) {
            assertEquals(new double[] {0.2, -0.3, 0.4}[a], StrictMath.toRadians(angles[a]), 1e-9);
        }
    }

    /** A linear part before the deformation says where it bends: at 30 mm what lies at 20 mm. */
    @Test
    void aDeformationIsDrawnWhereTheLinearPartBeforeItPutsIt() {
        double[] p = {30, 20, 20};
        DeformationGrid.of(Affine.shift(-10, 0, 0).then(bent()), GRID).deformation().apply(p);
        assertArrayEquals(new double[] {33, 20, 20}, p, 1e-6);
    }

    @Test
    void aPhotographHasNoPatientsSides() {
        Geometry g = Geometry.of(30, 20, 1, 1, 1, 1);
        Volume photo = Volume.of(g, new float[g.voxels()], Quantity.PICTURE);
        assertEquals(0, SlicePlane.through(photo).get(0).sides().length);
        assertEquals("R", SlicePlane.through(ball(GRID, 20, 18, 20)).get(0).sides()[0]);
    }

    @Test
    void whatPassesIsSaidWithWhatTheCertificateCannotTell() {
        assertTrue(page(Optional.of(bent()), WARNS).contains("two bodies of one outline can pass"));
    }
}
