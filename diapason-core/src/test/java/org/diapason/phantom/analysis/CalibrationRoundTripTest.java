package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.VirtualScanner;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.HuLine;
import org.diapason.steps.resolution.Kernel;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** What a phantom scan says goes into a calibration, and the steps that take it keep its word. */
class CalibrationRoundTripTest {
    private static final DigitalObject RESOLUTION = ObjectLibrary.of("resolution");
    private static final Volume SHARP =
            new VirtualScanner("s", 1, 0, 2, 0.7, 1, 1, 1, false).scan(RESOLUTION, 5);
    private static final ScannerCalibration OF_SHARP =
            ObjectQa.analyse(SHARP, RESOLUTION, Manual.NONE)
                    .response()
                    .calibration("s", "2026-01-01");

    private static Volume after(Step<Exam> step, Volume scan, ScannerCalibration c, String day) {
        Image image =
                new Image(
                        scan.withFwhmMm(c.fwhmMm().orElse(null)),
                        new Tags(Map.of("AcquisitionDate", day), Map.of()),
                        Optional.of(c));
        Exam exam = Exam.of("P", Map.of("ct", image), Map.of(), Map.of());
        return step.apply(exam, new Trace()).image("ct").volume();
    }

    private static double value(Volume scan, DigitalObject object, String metric) {
        return ObjectQa.analyse(scan, object, Manual.NONE).figures().stream()
                .filter(m -> m.metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** A PSF of 2 mm; along k also a slice of 1 mm: √(4 + 5.545/12) = 2.112 mm. */
    @Test
    void theWidthsAndCurvesOfTheScannerAreInTheCalibration() {
        assertEquals(2, OF_SHARP.fwhmMm().orElseThrow().get(0), 0.04);
        assertEquals(2, OF_SHARP.fwhmMm().orElseThrow().get(1), 0.06);
        assertEquals(2.112, OF_SHARP.fwhmMm().orElseThrow().get(2), 0.06);
        assertTrue(OF_SHARP.mtfInPlane().isPresent() && OF_SHARP.mtfThroughPlane().isPresent());
        assertTrue(OF_SHARP.gain().isEmpty(), "the object has no rods of known HU");
        assertEquals(1, OF_SHARP.noiseSd().orElseThrow(), 0.05);
    }

    /** A Gaussian of 4 mm keeps half the contrast at 0.441271/4 per mm. */
    @Test
    void matchingByTheMeasuredWidthReachesTheTarget() {
        Volume soft = after(new MatchFwhm("*", 4, false), SHARP, OF_SHARP, "20260202");
        assertEquals(0.441271 / 4, value(soft, RESOLUTION, "mtf50.edge"), 0.02 * 0.1103);
    }

    @Test
    void softeningByTheMeasuredCurveReachesTheTarget() {
        Kernel kernel =
                new Kernel(
                        "*",
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.of(4),
                        Optional.empty(),
                        Optional.empty(),
                        0.02,
                        Optional.empty());
        Volume soft = after(kernel, SHARP, OF_SHARP, "20260202");
        assertEquals(0.441271 / 4, value(soft, RESOLUTION, "mtf50.edge"), 0.02 * 0.1103);
    }

    @Test
    void theMeasuredLineTakesGainAndOffsetOut() {
        DigitalObject rods = ObjectLibrary.of("hu-rods");
        Volume scan = new VirtualScanner("s", 0.97, -20, 3, 1.5, 5, 5, 8, true).scan(rods, 7);
        ScannerCalibration c =
                ObjectQa.analyse(scan, rods, Manual.NONE).response().calibration("s", "2026-01-01");
        assertTrue(c.fwhmMm().isEmpty(), "the object has nothing sharp");
        Volume right = after(new HuLine("*"), scan, c, "20260202");
        assertEquals(1, value(right, rods, "hu-slope"), 1e-6);
        assertEquals(0, value(right, rods, "hu-offset"), 1e-3);
    }

    @Test
    void anExpiredCalibrationIsRefusedByEveryStepThatTakesIt() {
        ScannerCalibration old = OF_SHARP.withValidUntil(Optional.of("2026-03-31"));
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> after(new MatchFwhm("*", 4, false), SHARP, old, "20260401"));
        assertTrue(e.getMessage().contains("acquired after 2026-03-31"), e.getMessage());
    }

    @Test
    void aCalibrationWithoutRodsIsNoLineOfTheScale() {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> after(new HuLine("*"), SHARP, OF_SHARP, "20260202"));
        assertEquals(
                "exam P, image ct: the calibration of scanner s is of a phantom without inserts of"
                        + " known HU, so gain and offset are not known. Scan one that has them, such as"
                        + " that of phantom --as qa.",
                e.getMessage());
    }
}
