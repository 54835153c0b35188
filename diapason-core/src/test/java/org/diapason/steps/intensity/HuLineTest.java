package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class HuLineTest {
    private static final ScannerCalibration SCANNER =
            new ScannerCalibration(
                    "B", "2026-01-05", Numbers.of(4, 4, 5), 1.03, 20, Map.of("0", 20.0));

    private final Trace trace = new Trace();

    @Test
    void waterAndAirReturnToTheirPlaces() {
        // 1.03 · x + 20 for water, air and 100 HU
        Exam exam = exam(Quantity.HU, Optional.of(SCANNER), 20, -1010, 123, Float.NaN);
        Exam corrected = new HuLine("*").apply(exam, trace);
        assertArrayEquals(
                new float[] {0, -1000, 100, Float.NaN},
                corrected.image("ct").volume().values(),
                1e-4f);
        assertEquals(Quantity.HU, corrected.image("ct").volume().quantity());
        assertEquals(
                Map.of("ct.scanner", "B", "ct.gain", 1.03, "ct.offsetHu", 20.0), trace.notes());
        assertArrayEquals(
                new float[] {20, -1010, 123, Float.NaN}, exam.image("ct").volume().values());
    }

    @Test
    void aSecondRunChangesNothing() {
        Exam once = new HuLine("*").apply(exam(Quantity.HU, Optional.of(SCANNER), 1, 2), trace);
        Exam twice = new HuLine("*").apply(once, trace);
        assertArrayEquals(once.image("ct").volume().values(), twice.image("ct").volume().values());
        assertEquals(0.0, once.image("ct").calibration().orElseThrow().inserts().get("0"));
    }

    /** The last day counts; an image without a day is taken. */
    @Test
    void anExpiredCalibrationIsRefusedByTheDayOfTheExam() {
        ScannerCalibration until = SCANNER.withValidUntil(Optional.of("2026-12-31"));
        for (String day : List.of("20261231", "2026-03-01", "", "unknown")) {
            new HuLine("*").apply(on(day, until), trace);
        }
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> new HuLine("*").apply(on("20270101", until), trace));
        assertEquals(
                "exam P, image ct: it was acquired after 2026-12-31, the last day of the calibration"
                        + " of scanner B (phantom scan of 2026-01-05). Scan the phantom again and"
                        + " give its new calibration.",
                e.getMessage());
    }

    /** Transfer functions and the last day outlive the correction. */
    @Test
    void whatElseTheCalibrationSaysIsKept() {
        Numbers curve = Numbers.of(0, 1);
        ScannerCalibration all =
                SCANNER.withMtf(curve, Optional.of(curve), Optional.empty())
                        .withValidUntil(Optional.of("2026-12-31"));
        Exam done = new HuLine("*").apply(on("", all), trace);
        ScannerCalibration left = done.image("ct").calibration().orElseThrow();
        assertEquals(Optional.of(curve), left.mtfInPlane());
        assertEquals(Optional.of("2026-12-31"), left.validUntil());
        assertEquals(1, left.gain().orElseThrow());
    }

    private static Exam on(String day, ScannerCalibration calibration) {
        Volume one = Volume.of(Geometry.of(1, 1, 1, 1, 1, 1), new float[1], Quantity.HU);
        Tags tags = new Tags(Map.of("AcquisitionDate", day), Map.of());
        return Exam.of(
                "P",
                Map.of("ct", new Image(one, tags, Optional.of(calibration))),
                Map.of(),
                Map.of());
    }

    @Test
    void anotherQuantityIsRefused() {
        assertRefused(
                "exam P017, image ct: the quantity is stored, and gain and offset are known for HU"
                        + " only. Name the CT image in the setting image, and put the step units"
                        + " first.",
                exam(Quantity.STORED, Optional.of(SCANNER), 1));
    }

    @Test
    void anUnknownQuantityIsRefusedWithTheColumnToAdd() {
        assertRefused(
                "exam P017, image ct: its quantity is not known, and gain and offset are known for"
                        + " HU only. Say what the values are in the cohort table, column"
                        + " quantity.ct.",
                exam(Quantity.UNKNOWN, Optional.of(SCANNER), 1));
    }

    @Test
    void aScannerWithoutCalibrationIsRefusedWithTheColumnToAdd() {
        assertRefused(
                "exam P017, image ct: the scanner has no calibration, so its gain and offset are"
                        + " not known. Add a phantom scan to the cohort table, column calibration.",
                exam(Quantity.HU, Optional.empty(), 1));
    }

    private void assertRefused(String message, Exam exam) {
        assertEquals(
                message,
                assertThrows(RefusedException.class, () -> new HuLine("ct").apply(exam, trace))
                        .getMessage());
    }

    private static Exam exam(
            Quantity quantity, Optional<ScannerCalibration> scanner, float... values) {
        Volume volume = Volume.of(Geometry.of(values.length, 1, 1, 1, 1, 1), values, quantity);
        return Exam.of(
                "P017", Map.of("ct", new Image(volume, Tags.none(), scanner)), Map.of(), Map.of());
    }
}
