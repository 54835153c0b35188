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
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class ObjectQaTest {
    private static final DigitalObject PET = ObjectLibrary.of("nema-pet");
    private static final Volume SCAN = ScannerLibrary.of("pet-old").scan(PET, 3);

    /** 7 mm of blur: the spheres' recovery falls from 37 to 10 mm. */
    @Test
    void theSpheresOfARenderedPetHaveARisingRecovery() {
        QaReport report = ObjectQa.analyse(SCAN, PET, Manual.NONE);
        assertTrue(report.place().confidence() > 0.85, "" + report.place().confidence());
        assertEquals(6, report.done());
        double before = 0;
        for (int mm : new int[] {10, 13, 17, 22, 28, 37}) {
            double rc = value(report, "rc-a50." + mm);
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
                value(ObjectQa.analyse(SCAN, PET, Manual.NONE), "rc-a50.17"),
                value(ObjectQa.analyse(there, PET, said), "rc-a50.17"),
                1e-9);
    }

    @Test
    void anotherImageIsNotTakenForTheObject() {
        float[] flat = new float[SCAN.values().length];
        flat[0] = 1;
        Volume other = SCAN.withValues(flat);
        DataException e =
                assertThrows(DataException.class, () -> ObjectQa.analyse(other, PET, Manual.NONE));
        assertEquals(
                "the object nema-pet is not in the middle of the image (correlation 0.00, 0.50 is"
                        + " needed). Say where it is: --centre x,y,z and --roll.",
                e.getMessage());
    }

    private static double value(QaReport report, String metric) {
        return report.figures().stream()
                .filter(m -> m.metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
