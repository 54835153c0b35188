package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.math.Rng;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.Clip;
import org.diapason.steps.intensity.Detector;
import org.diapason.volume.DataException;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** A detector whose faults are known: an uneven field, fixed patterns, defects, a bent response. */
class DetectorAnalysisTest {
    private static final int NI = 96;
    private static final int NJ = 64;
    private static final double DOSE = 1000;
    private static final double NOISE = 8;

    /** No response, no response in a corner, hot, weak, strong, a pair and a broken line. */
    private static final int[] NONE = {
        at(20, 20), at(0, 0), at(50, 9), at(51, 9), at(30, 40), at(31, 40), at(32, 40), at(33, 40)
    };

    private static final int HOT = at(70, 12);
    private static final int WEAK = at(95, 30);
    private static final int STRONG = at(44, 63);

    private final double[] dark = new double[NI * NJ];
    private final double[] gain = new double[NI * NJ];
    private final Trace trace = new Trace();

    DetectorAnalysisTest() {
        Rng rng = new Rng(17);
        for (int p = 0; p < dark.length; p++) {
            double x = (p % NI) / (double) NI - 0.5;
            double y = (double) (p / NI) / NJ - 0.5;
            dark[p] = 100 + 6 * x + 1.5 * rng.nextGaussian();
            gain[p] = (1 - 0.5 * (x * x + y * y)) * (1 + 0.015 * rng.nextGaussian());
        }
        for (int p : NONE) {
            gain[p] = 0;
        }
        dark[HOT] += 300;
        gain[WEAK] *= 0.8;
        gain[STRONG] *= 1.25;
    }

    private static int at(int i, int j) {
        return i + j * NI;
    }

    @Test
    void plantedDefectsAreFoundToThePixel() {
        TreeSet<Integer> planted = new TreeSet<>(List.of(HOT, WEAK, STRONG));
        for (int p : NONE) {
            planted.add(p);
        }
        double[] found = calibrated(0).dead().toArray();
        assertArrayEquals(planted.stream().mapToDouble(p -> p).toArray(), found);
    }

    @Test
    void aCorrectedFlatHoldsNothingButNoise() {
        Volume raw = frames(1, DOSE, 0, 99);
        Volume flat = corrected(raw, calibrated(0));
        double expected = 0;
        int live = 0;
        for (double g : gain) {
            if (g > 0) {
                expected += NOISE * NOISE / (g * g) * meanGain() * meanGain() * (1 + 1.0 / 32);
                live++;
            }
        }
        expected = Math.sqrt(expected / live);
        assertEquals(expected, sd(flat.values()), 0.03 * expected, "6144 pixels: 1 % each SD");
        assertTrue(sd(raw.values()) > 6 * expected, "before: " + sd(raw.values()));
        assertEquals(11.0, trace.notes().get("xr.deadPixels"));
    }

    @Test
    void theMeanSignalIsKept() {
        Volume flat = corrected(frames(1, DOSE, 0, 98), calibrated(0));
        double sum = 0;
        for (float x : flat.values()) {
            sum += x;
        }
        assertEquals(DOSE * meanGain(), sum / flat.values().length, 1);
    }

    @Test
    void aBentResponseIsMadeStraight() {
        double bend = 1e-4;
        DetectorCalibration calibration = calibrated(bend);
        for (double dose : new double[] {200, 400, 600}) {
            Volume out = corrected(frames(1, dose, bend, 7), calibration);
            double sum = 0;
            for (float x : out.values()) {
                sum += x;
            }
            // straight lines between six knots of this curve are off by 0.15 % of the full signal
            double full = meanLinear(calibration);
            assertEquals(dose / DOSE * full, sum / out.values().length, 0.004 * full, "" + dose);
        }
        Volume bent = corrected(frames(1, 400, bend, 7), calibrated(bend, new TreeMap<>()));
        double sum = 0;
        for (float x : bent.values()) {
            sum += x;
        }
        double off = sum / bent.values().length / meanLinear(calibration) - 0.4;
        assertTrue(off > 0.01, "without the curve it is wrong by " + off);
    }

    private double meanLinear(DetectorCalibration calibration) {
        double sum = 0;
        Volume full = corrected(frames(1, DOSE, 1e-4, 5), calibration);
        for (float x : full.values()) {
            sum += x;
        }
        return sum / full.values().length;
    }

    @Test
    void deadPixelsTakeTheMeanOfTheLiveOnesAroundThem() {
        float[] values = new float[NI * NJ];
        for (int p = 0; p < values.length; p++) {
            values[p] = (float) (dark[p] + gain[p] * (p % NI));
        }
        Volume ramp = Volume.of(grid(1), values, Quantity.STORED);
        Volume out = corrected(ramp, calibrated(0));
        double scale = meanGain();
        assertEquals(20 * scale, out.values()[at(20, 20)], 2, "in the middle of a ramp");
        assertEquals(0.67 * scale, out.values()[at(0, 0)], 3, "in a corner");
        values[at(20, 20)] = Float.NaN;
        values[at(3, 3)] = Float.NaN;
        out = corrected(ramp, calibrated(0));
        assertTrue(Float.isNaN(out.values()[at(20, 20)]), "what was not measured is not invented");
        assertTrue(Float.isNaN(out.values()[at(3, 3)]));
    }

    @Test
    void otherDetectorsExposuresAndDaysAreRefused() {
        DetectorCalibration calibration = calibrated(0);
        Volume raw = frames(1, DOSE, 0, 3);
        assertRefused(
                "exam X1, image xr: it has 32 × 64 pixels and the calibration of panel 96 × 64."
                        + " Calibrate in the same read-out mode, without cropping.",
                image(
                        Volume.of(
                                Geometry.of(32, NJ, 1, 1, 1, 1),
                                new float[32 * NJ],
                                Quantity.STORED),
                        Map.of(),
                        calibration));
        assertRefused(
                "exam X1, image xr: it was exposed for 50.0 ms (ExposureTime) and the dark frames of"
                        + " panel for 100.0 ms, and the dark signal grows with it. Calibrate at the"
                        + " same exposure.",
                image(raw, Map.of("ExposureTime", "50"), calibration));
        assertRefused(
                "exam X1, image xr: it was taken after the calibration of panel expired on"
                        + " 2026-06-30. Calibrate anew.",
                image(raw, Map.of("AcquisitionDate", "20260701"), calibration));
        assertRefused(
                "exam X1, image xr: the quantity is HU, and a detector is corrected on the values as"
                        + " they left it. Put detector first, before units.",
                image(raw.withQuantity(Quantity.HU), Map.of(), calibration));
        Map<String, String> tags = Map.of("ExposureTime", "100.4", "AcquisitionDate", "20260630");
        Exam once = new Detector("*").apply(exam(image(raw, tags, calibration)), trace);
        assertEquals(List.of(), trace.warnings(), "the last day still counts");
        assertRefused(
                "exam X1, image xr: the detector has no calibration, or it was applied already. Make"
                        + " one with diapason detector-fit, name it in the cohort table, column"
                        + " detectorCalibration, and put detector first.",
                once.image("xr"));
    }

    @Test
    void aDayThatIsNotKnownIsSaid() {
        corrected(frames(1, DOSE, 0, 3), calibrated(0));
        assertTrue(trace.warnings().get(0).contains("its day is not known"));
    }

    @Test
    void framesThatCannotBeAreRefused() {
        Volume dark = frames(4, 0, 0, 1);
        Volume flat = frames(4, DOSE, 0, 2);
        String message = failure(List.of(flat), List.of(dark), new TreeMap<>());
        assertTrue(message.contains("no brighter than the dark ones"), message);
        message = failure(List.of(dark), List.of(), new TreeMap<>());
        assertTrue(message.contains("needs dark and flat frames"), message);
        Volume small = Volume.of(Geometry.of(4, 4, 1, 1, 1, 1), new float[16], Quantity.STORED);
        message = failure(List.of(dark), List.of(flat, small), new TreeMap<>());
        assertTrue(message.contains("4 × 4 pixels and the first one 96 × 64"), message);
        message =
                failure(
                        List.of(dark),
                        List.of(flat),
                        new TreeMap<>(Map.of(2000.0, frames(1, 600, 0, 3))));
        assertTrue(message.contains("does not rise with the dose"), message);
        Volume saturated = Volume.of(grid(1), filled(5000), Quantity.STORED);
        message =
                failure(
                        List.of(dark),
                        List.of(flat),
                        new TreeMap<>(Map.of(2000.0, saturated, 4000.0, saturated)));
        assertEquals(
                "the signal does not rise with the dose: 5000.000 was measured where",
                message.substring(0, 67),
                "two doses with one signal");
        TreeMap<Double, Volume> none = new TreeMap<>(Map.of(0.0, frames(1, 600, 0, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> DetectorAnalysis.analyse(List.of(dark), List.of(flat), DOSE, none, known()));
    }

    private static float[] filled(float value) {
        float[] values = new float[NI * NJ];
        java.util.Arrays.fill(values, value);
        return values;
    }

    /** A dead block of 25 × 25: its middle lies more than 8 pixels from live ones. */
    @Test
    void whatLiesFarFromLivePixelsIsNotMadeUp() {
        double[] places = new double[625];
        for (int n = 0; n < places.length; n++) {
            places[n] = at(30 + n % 25, 20 + n / 25);
        }
        double[] one = new double[NI * NJ];
        java.util.Arrays.fill(one, 1);
        DetectorCalibration block =
                new DetectorCalibration(
                        "panel",
                        "2026-01-01",
                        "2026-06-30",
                        OptionalDouble.empty(),
                        NI,
                        NJ,
                        Numbers.of(new double[NI * NJ]),
                        Numbers.of(one),
                        Numbers.of(places),
                        Numbers.of(),
                        Numbers.of());
        float[] out = corrected(Volume.of(grid(1), filled(7), Quantity.STORED), block).values();
        assertEquals(7, out[at(37, 32)], "8 from the border");
        assertTrue(Float.isNaN(out[at(38, 32)]), "9 from it");
    }

    @Test
    void aCurveThatDoesNotRiseAndAnExposureOfNothingAreNoCalibration() {
        DetectorCalibration good = calibrated(0);
        for (Object[] wrong :
                new Object[][] {
                    {Numbers.of(1, 2), Numbers.of(1, 1), 100.0},
                    {Numbers.of(2, 1), Numbers.of(1, 2), 100.0},
                    {Numbers.of(1, 2), Numbers.of(1, Double.NaN), 100.0},
                    {Numbers.of(1, 2), Numbers.of(1, 2), 0.0}
                }) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new DetectorCalibration(
                                    "panel",
                                    good.date(),
                                    good.expires(),
                                    OptionalDouble.of((double) wrong[2]),
                                    NI,
                                    NJ,
                                    good.dark(),
                                    good.gain(),
                                    good.dead(),
                                    (Numbers) wrong[0],
                                    (Numbers) wrong[1]));
        }
    }

    /** After a normalization nothing is raw any more: the detector stands before it. */
    @Test
    void afterANormalizationItIsRefused() {
        Exam raw = exam(image(frames(1, DOSE, 0, 3), Map.of(), calibrated(0)));
        Exam mr = raw.mapImages((n, i) -> i.withVolume(i.volume().withQuantity(Quantity.MR)));
        Exam clipped =
                new Clip("*", "", 1, 99, Optional.of(Numbers.of(0, 1)), false).apply(mr, trace);
        assertRefused(
                "exam X1, image xr: the quantity is mapped, and a detector is corrected on the"
                        + " values as they left it. Put detector first, before units.",
                clipped.image("xr"));
    }

    private String failure(
            List<Volume> darks, List<Volume> flats, SortedMap<Double, Volume> levels) {
        return assertThrows(
                        DataException.class,
                        () -> DetectorAnalysis.analyse(darks, flats, DOSE, levels, known()))
                .getMessage();
    }

    private void assertRefused(String message, Image image) {
        assertEquals(
                message,
                assertThrows(
                                RefusedException.class,
                                () -> new Detector("*").apply(exam(image), trace))
                        .getMessage());
    }

    private static DetectorAnalysis.Circumstances known() {
        return new DetectorAnalysis.Circumstances(
                "panel", "2026-01-01", "2026-06-30", OptionalDouble.of(100));
    }

    private DetectorCalibration calibrated(double bend) {
        SortedMap<Double, Volume> levels = new TreeMap<>();
        if (bend > 0) {
            for (double dose : new double[] {100, 250, 500, 750}) {
                levels.put(dose, frames(4, dose, bend, (long) dose));
            }
        }
        return calibrated(bend, levels);
    }

    private DetectorCalibration calibrated(double bend, SortedMap<Double, Volume> levels) {
        return DetectorAnalysis.analyse(
                List.of(frames(32, 0, bend, 1)),
                List.of(frames(16, DOSE, bend, 2), frames(16, DOSE, bend, 3)),
                DOSE,
                levels,
                known());
    }

    private double meanGain() {
        double sum = 0;
        int live = 0;
        for (int p = 0; p < gain.length; p++) {
            boolean counts = gain[p] > 0 && p != HOT && p != WEAK && p != STRONG;
            sum += counts ? gain[p] : 0;
            live += counts ? 1 : 0;
        }
        return sum / live;
    }

    /** Frames of a dose: {@code s − bend s²} of the signal s, with noise. */
    private Volume frames(int count, double dose, double bend, long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[NI * NJ * count];
        for (int v = 0; v < values.length; v++) {
            int p = v % (NI * NJ);
            double signal = gain[p] * dose;
            values[v] =
                    (float)
                            (dark[p]
                                    + signal
                                    - bend * signal * signal
                                    + NOISE * rng.nextGaussian());
        }
        return Volume.of(grid(count), values, Quantity.STORED);
    }

    private static Geometry grid(int frames) {
        return Geometry.of(NI, NJ, frames, 0.2, 0.2, 1);
    }

    private Volume corrected(Volume raw, DetectorCalibration calibration) {
        return new Detector("*")
                .apply(exam(image(raw, Map.of(), calibration)), trace)
                .image("xr")
                .volume();
    }

    private static Image image(
            Volume raw, Map<String, String> tags, DetectorCalibration calibration) {
        return new Image(raw, new Tags(tags, Map.of()), Optional.empty(), Optional.of(calibration));
    }

    private static Exam exam(Image image) {
        return Exam.of("X1", Map.of("xr", image), Map.of(), Map.of());
    }

    private static double sd(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (float v : values) {
            squares += (v - mean) * (v - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
