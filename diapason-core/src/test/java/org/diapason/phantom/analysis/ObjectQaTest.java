package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.ScannerLibrary;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class ObjectQaTest {
    private static final DigitalObject PET = ObjectLibrary.of("nema-pet");
    private static final Volume SCAN = ScannerLibrary.of("pet-old").scan(PET, 3);
    private static final QaReport REPORT = ObjectQa.analyse(SCAN, PET, Manual.NONE);

    /** 7 mm of blur: the spheres' recovery falls from 37 to 10 mm. */
    @Test
    void theSpheresOfARenderedPetHaveARisingRecovery() {
        assertTrue(REPORT.place().confidence() > 0.85, "" + REPORT.place().confidence());
        assertEquals(8, REPORT.done(), REPORT.modules().toString());
        double before = 0;
        for (int mm : new int[] {10, 13, 17, 22, 28, 37}) {
            double rc = value(REPORT, "rc-a50." + mm);
            assertTrue(rc > before, mm + " mm: " + rc);
            before = rc;
        }
        assertEquals(0.9, before, 0.06);
    }

    /** Gaussian of 2 mm: f50 = 0.441271/2 by all three; slices of 1 mm. */
    @Test
    void edgeWireAndBeadOfTheResolutionObjectGiveOneSharpness() {
        DigitalObject object = ObjectLibrary.of("resolution");
        VirtualScanner s = new VirtualScanner("s", 1, 0, 2, 0.7, 1, 1, 1, false);
        QaReport report = ObjectQa.analyse(s.scan(object, 5), object, Manual.NONE);
        for (String way : List.of("edge", "wire", "bead")) {
            assertEquals(0.2206, value(report, "mtf50." + way), 0.03 * 0.2206, way);
        }
        assertEquals(4, report.done(), "the noise of the plateau is the fourth");
        assertEquals(0, report.failed(), report.modules().toString());
    }

    /** 100 HU polyethylene … over water with noise of 20 HU: contrast over noise. */
    @Test
    void rodsHaveTheirContrastOverNoiseAndTheirLine() {
        DigitalObject object = ObjectLibrary.of("hu-rods");
        VirtualScanner s = new VirtualScanner("s", 1, 0, 3, 1.5, 5, 5, 20, false);
        QaReport report = ObjectQa.analyse(s.scan(object, 6), object, Manual.NONE);
        assertEquals(120 / 20.0, value(report, "cnr.acrylic"), 0.2);
        assertEquals(900 / 20.0, value(report, "cnr.bone"), 1);
        assertEquals(1, value(report, "hu-slope"), 2e-3);
        assertEquals(20, value(report, "noise-sd"), 0.6);
        assertEquals(0, report.failed(), report.modules().toString());
    }

    /** The same scan moved by (10, −20, 30) mm and turned by 15° gives the same figures. */
    @Test
    void whereAPersonSaysItLiesItIsMeasured() {
        Geometry g = SCAN.geometry();
        double cos = Math.cos(Math.toRadians(15));
        double sin = Math.sin(Math.toRadians(15));
        Numbers o = g.originMm();
        Geometry moved =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk(),
                        g.spacingMm(),
                        Numbers.of(
                                cos * o.get(0) - sin * o.get(1) + 10,
                                sin * o.get(0) + cos * o.get(1) - 20,
                                o.get(2) + 30),
                        Numbers.of(cos, -sin, 0, sin, cos, 0, 0, 0, 1));
        Volume there = Volume.of(moved, SCAN.values(), SCAN.quantity());
        Manual said = new Manual(Optional.of(Numbers.of(10, -20, 30)), OptionalDouble.of(15));
        assertEquals(
                value(REPORT, "rc-a50.17"),
                value(ObjectQa.analyse(there, PET, said), "rc-a50.17"),
                1e-9);
    }

    /** The same scan moved by (12, −17, 6) mm and turned by 10°: nobody says so. */
    @Test
    void anObjectThatLiesElsewhereIsFoundWithItsTurn() {
        Geometry g = SCAN.geometry();
        double cos = Math.cos(Math.toRadians(10));
        double sin = Math.sin(Math.toRadians(10));
        float[] there = new float[g.voxels()];
        for (int n = 0; n < there.length; n++) {
            Numbers w = g.toWorld(n % g.ni(), n / g.ni() % g.nj(), n / g.ni() / g.nj());
            double x = w.get(0) - 12;
            double y = w.get(1) + 17;
            double z = w.get(2) - 6;
            Numbers v = g.toVoxel(cos * x + sin * y, cos * y - sin * x, z);
            int i = (int) Math.rint(v.get(0));
            int j = (int) Math.rint(v.get(1));
            int k = (int) Math.rint(v.get(2));
            boolean in = i >= 0 && j >= 0 && k >= 0 && i < g.ni() && j < g.nj() && k < g.nk();
            there[n] = in ? SCAN.at(i, j, k) : 0;
        }
        QaReport report = ObjectQa.analyse(SCAN.withValues(there), PET, Manual.NONE);
        assertEquals("found by correlation", report.place().how());
        assertEquals(10, report.place().rollDegrees(), 1);
        assertEquals((g.ni() - 1) / 2.0 * g.spacing(0) + 12, report.place().uMm(), 1);
        assertEquals((g.nj() - 1) / 2.0 * g.spacing(1) - 17, report.place().vMm(), 1);
        assertEquals(value(REPORT, "rc-a50.22"), value(report, "rc-a50.22"), 0.03);
    }

    /** Counts of 90 a unit in voxels of 1: SD √(1/90); the recovery of a blurred ball rises. */
    @Test
    void theBackgroundHasItsVariationAndTheCurveRises() {
        assertEquals(Math.sqrt(1 / 90.0), value(REPORT, "background-cov"), 2e-3);
        assertEquals(1, value(REPORT, "background-rc"), 2e-3);
        assertEquals(0, value(REPORT, "rc-a50-fall"), 1e-12);
    }

    /**
     * Voxels of 4 mm: 7 of them across the edge; the line of the scale is measured all the same.
     */
    @Test
    void anEdgeInTooFewVoxelsFailsAlone() {
        DigitalObject object = ObjectLibrary.of("resolution");
        VirtualScanner s = new VirtualScanner("s", 1, 0, 5, 4, 4, 4, 1, false);
        QaReport report = ObjectQa.analyse(s.scan(object, 5), object, Manual.NONE);
        String why =
                report.modules().stream()
                        .filter(m -> m.name().equals("sharpness, edge"))
                        .findFirst()
                        .flatMap(QaReport.Module::failure)
                        .orElse("");
        assertTrue(why.startsWith("the edge shows in only 7 × "), why);
    }

    @Test
    void anObjectOfWhichNothingCanBeMeasuredIsRefused() {
        DigitalObject object = ObjectLibrary.of("head-t1");
        VirtualScanner s = new VirtualScanner("s", 1, 0, 6, 4, 4, 4, 1, false);
        Volume scan = s.scan(object, 5);
        RefusedException e =
                assertThrows(
                        RefusedException.class, () -> ObjectQa.analyse(scan, object, Manual.NONE));
        assertTrue(e.getMessage().startsWith("nothing of the object head-t1 can be measured"));
    }

    @Test
    void anotherImageIsNotTakenForTheObject() {
        float[] flat = new float[SCAN.values().length];
        flat[0] = 1;
        Volume other = SCAN.withValues(flat);
        DataException e =
                assertThrows(DataException.class, () -> ObjectQa.analyse(other, PET, Manual.NONE));
        assertEquals(
                "the object nema-pet was not found in the image (correlation 0.",
                e.getMessage().substring(0, 62));
    }

    private static double value(QaReport report, String metric) {
        return report.figures().stream()
                .filter(m -> m.metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
