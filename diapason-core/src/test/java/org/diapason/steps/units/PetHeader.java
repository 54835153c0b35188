package org.diapason.steps.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * The header of the IBSI-SUV reference object DRO_0_0, to be changed by tests: 70 kg, 1.75 m, sex
 * O, 368.08 MBq of F-18 at 10:00, a frame of 300 s at 11:00; two slices of one voxel of 4 mm.
 */
final class PetHeader {
    /** ln 2/6586.2 s. */
    static final double LAMBDA = Math.log(2) / 6586.2;

    static final double DOSE = 368080000;

    /** SUV by body weight of one Bq/ml: 70000 g/(dose · 2^(−3600/6586.2)). */
    static final double AFTER_ONE_HOUR = 70e3 / (DOSE * Math.exp(-LAMBDA * 3600));

    final Map<String, String> series = new HashMap<>();
    final Map<String, Numbers> slices = new HashMap<>();
    final Map<String, String> columns = new HashMap<>();
    Trace trace = new Trace();

    PetHeader() {
        series.put("Modality", "PT");
        series.put("Units", "BQML");
        series.put("DecayCorrection", "START");
        series.put("CorrectedImage", "NORM\\DTIM\\ATTN\\SCAT\\DECY\\RAN");
        series.put("PatientSex", "O");
        series.put("PatientSize", "1.75");
        series.put("PatientWeight", "70.0");
        series.put("RadionuclideTotalDose", "368080000.0");
        series.put("RadionuclideHalfLife", "6586.2");
        series.put("RadiopharmaceuticalStartDateTime", "20250101100000.000000");
        series.put("RadiopharmaceuticalStartTime", "100000.000000");
        series.put("SeriesDate", "20250101");
        series.put("SeriesTime", "110000.000000");
        series.put("AcquisitionDate", "20250101");
        series.put("AcquisitionTime", "110000.000000");
        slices.put("RescaleSlope", Numbers.of(1, 1));
        slices.put("RescaleIntercept", Numbers.of(0, 0));
        slices.put("ActualFrameDuration", Numbers.of(300000, 300000));
        slices.put("FrameReferenceTime", Numbers.of(150000, 150000));
        acquired(20250101, 11, 11);
    }

    PetHeader with(String keyword, String value) {
        series.put(keyword, value);
        return this;
    }

    PetHeader without(String... keywords) {
        for (String keyword : keywords) {
            series.remove(keyword);
            slices.remove(keyword);
        }
        return this;
    }

    PetHeader slice(String keyword, double... values) {
        slices.put(keyword, Numbers.of(values));
        return this;
    }

    PetHeader column(String name, String value) {
        columns.put(name, value);
        return this;
    }

    /** States the acquisition of each slice, in hours of a day. */
    PetHeader acquired(int day, double... hours) {
        double midnight =
                LocalDate.of(day / 10000, day / 100 % 100, day % 100).toEpochDay() * 86400.0;
        double[] seconds = new double[hours.length];
        for (int k = 0; k < hours.length; k++) {
            seconds[k] = midnight + 3600 * hours[k];
        }
        return slice("AcquisitionSeconds", seconds);
    }

    /** Takes every date and time out but the injection's. */
    PetHeader withoutScanTimes() {
        return without(
                "SeriesDate",
                "SeriesTime",
                "AcquisitionDate",
                "AcquisitionTime",
                "AcquisitionSeconds");
    }

    Volume apply(Units units, float... stored) {
        return apply(units, Geometry.of(1, 1, 2, 4, 4, 4), stored);
    }

    /** Applies units to any even number of voxels. */
    Volume applyTo(Units units, float... stored) {
        return apply(units, Geometry.of(1, stored.length / 2, 2, 4, 4, 4), stored);
    }

    private Volume apply(Units units, Geometry grid, float[] stored) {
        trace = new Trace();
        Volume volume = Volume.of(grid, stored, Quantity.STORED);
        Image image = new Image(volume, new Tags(series, slices), Optional.empty());
        Exam exam = Exam.of("P017", Map.of("pet", image), Map.of(), columns);
        return units.apply(exam, trace).image("pet").volume();
    }

    /** Requires that a stored million is a million times the factor, in both slices. */
    void assertFactor(Units units, double expected) {
        assertFactors(units, expected, expected);
    }

    void assertFactors(Units units, double first, double second) {
        float[] suv = apply(units, 1e6f, 1e6f).values();
        // a float has 24 bits: half of the last is 6e-8
        assertEquals(1e6 * first, suv[0], 6.1e-8 * 1e6 * first);
        assertEquals(1e6 * second, suv[1], 6.1e-8 * 1e6 * second);
    }

    void assertRefused(Units units, String reason) {
        assertEquals(
                "exam P017, image pet: " + reason,
                assertThrows(RefusedException.class, () -> apply(units, 1, 1)).getMessage());
    }

    void assertFailed(Units units, String reason) {
        assertEquals(
                "exam P017, image pet: " + reason,
                assertThrows(DataException.class, () -> apply(units, 1, 1)).getMessage());
    }

    void assertWarned(String what) {
        assertEquals(
                1,
                trace.warnings().stream()
                        .filter(w -> w.equals("exam P017, image pet: " + what))
                        .count(),
                () -> "found " + trace.warnings());
    }
}
