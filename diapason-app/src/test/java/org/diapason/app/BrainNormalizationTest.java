package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.step.Cohort;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.Fcm;
import org.diapason.steps.intensity.Kde;
import org.diapason.steps.intensity.Lsq;
import org.diapason.steps.intensity.MrWeighting;
import org.diapason.steps.intensity.N4;
import org.diapason.steps.intensity.Tissue;
import org.diapason.steps.intensity.WhiteStripe;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real brain, the MNI template, as two scanners might show it: after each normalization they must
 * agree where they differed by gain (and offset), and be nearer where they differed in contrast.
 */
class BrainNormalizationTest {
    private static Volume t1;
    private static float[] grey;
    private static float[] white;
    private static Mask brain;

    @BeforeAll
    static void read() {
        t1 = Mni.read("t1");
        grey = Mni.read("gm").values();
        white = Mni.read("wm").values();
        boolean[] inside = new boolean[grey.length];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = grey[v] + white[v] > 0.05 * 255; // the maps are bytes, 255 is certain
        }
        brain = Mask.of(t1.geometry(), inside);
    }

    /** The template seen with another gain, offset and contrast (a power of the signal). */
    private static Exam scan(String id, double gain, double offset, double gamma) {
        float[] values = t1.values().clone();
        for (int v = 0; v < values.length; v++) {
            double share = Math.max(0, values[v]) / 255;
            values[v] =
                    (float)
                            (offset
                                    + gain
                                            * 255
                                            * (gamma == 1 ? share : StrictMath.pow(share, gamma)));
        }
        Volume volume = Volume.of(t1.geometry(), values, Quantity.MR);
        return Exam.of(id, Map.of("t1", Image.of(volume)), Map.of("brain", brain), Map.of());
    }

    private static Operation<Exam> method(String name) {
        return switch (name) {
            case "white-stripe" ->
                    new WhiteStripe(
                            "t1",
                            "brain",
                            MrWeighting.T1,
                            Optional.empty(),
                            0.05,
                            0.02,
                            0.05,
                            0.001,
                            false);
            case "kde" ->
                    new Kde("t1", "brain", MrWeighting.T1, OptionalDouble.empty(), 0.01, false);
            case "fcm" -> new Fcm("t1", "brain", Tissue.WM, Optional.empty(), false);
            default -> new Lsq("t1", "brain", Optional.empty(), false);
        };
    }

    private static Step<Exam> learned(String name, Exam a, Exam b) {
        TreeMap<String, Exam> exams = new TreeMap<>(Map.of(a.id(), a, b.id(), b));
        Cohort<Exam> cohort =
                new Cohort<>() {
                    @Override
                    public List<String> ids() {
                        return List.copyOf(exams.keySet());
                    }

                    @Override
                    public Exam open(String id) {
                        return exams.get(id);
                    }
                };
        return Fold.learn(List.of(method(name)), cohort, new Trace()).get(0);
    }

    private static double mean(Exam exam, float[] weights) {
        float[] values = exam.image("t1").volume().values();
        double sum = 0;
        double all = 0;
        for (int v = 0; v < values.length; v++) {
            if (weights[v] > 0.95 * 255) {
                sum += values[v];
                all++;
            }
        }
        return sum / all;
    }

    /** Returns how far the two differ in a brain, as a share of white minus grey of the first. */
    private static double apart(Exam a, Exam b) {
        float[] x = a.image("t1").volume().values();
        float[] y = b.image("t1").volume().values();
        boolean[] in = brain.voxels();
        double sum = 0;
        for (int v = 0; v < x.length; v++) {
            sum += in[v] ? ((double) x[v] - y[v]) * ((double) x[v] - y[v]) : 0;
        }
        return Math.sqrt(sum / brain.count()) / (mean(a, white) - mean(a, grey));
    }

    // WhiteStripe 2.5.0 (R 4.2.2, mgcv 1.8-41), v the values in the mask: class(v) <- "img_voi";
    // r <- whitestripe(v, "T1"); r$img.mode 219.95, r$whitestripe 215 223, mean 219.079376,
    // sd 1.96284293; the values are whole numbers of 0 to 255
    @Test
    void theStripeOfTheTemplateIsThatOfTheAuthorsProgram() {
        Trace trace = new Trace();
        ((WhiteStripe) method("white-stripe")).apply(scan("A", 1, 0, 1), trace);
        assertEquals(219.95, (Double) trace.notes().get("t1.mode"), 1.3);
        assertEquals(219.079376, (Double) trace.notes().get("t1.mean"), 1, "half its sd");
        assertEquals(1.96284293, (Double) trace.notes().get("t1.sd"), 0.02);
        assertEquals(0.247, (Double) trace.notes().get("t1.spread"), 0.02);
        assertEquals(List.of(), trace.warnings());
    }

    /**
     * In most voxels of an average of 152 heads tissues are mixed, and n4 takes that for a field.
     */
    @Test
    void theFieldThatN4FindsInTheTemplateIsToldToBeAnatomy() {
        Trace whole = new Trace();
        N4 n4 = new N4("t1", Optional.of("brain"), 4, 3, 200, 200, 0.1, 0.01, 200, 2e-4, false);
        n4.apply(scan("A", 1, 0, 1), whole);
        assertTrue((Double) whole.notes().get("t1.fieldVariation") > 0.04);
        assertTrue((Double) whole.notes().get("t1.narrowing") < 1);
        assertTrue(
                whole.warnings().stream().anyMatch(w -> w.contains("follows the anatomy")),
                whole.warnings().toString());
        boolean[] pure = new boolean[grey.length];
        for (int v = 0; v < pure.length; v++) {
            pure[v] = Math.max(grey[v], white[v]) > 0.95 * 255;
        }
        Exam scan = scan("A", 1, 0, 1);
        Mask tissue = Mask.of(t1.geometry(), pure);
        Trace part = new Trace();
        n4.apply(Exam.of("A", scan.images(), Map.of("brain", tissue), Map.of()), part);
        assertTrue((Double) part.notes().get("t1.fieldVariation") < 0.02);
        assertTrue((Double) part.notes().get("t1.narrowing") > 1);
        assertEquals(List.of(), part.warnings());
    }

    @ParameterizedTest(name = "{0} after gain {1}, offset {2}, gamma {3}: {4}")
    @CsvSource({
        "white-stripe, 3, 0, 1, 1e-4",
        "white-stripe, 0.4, 55, 1, 1e-4",
        "kde, 3, 0, 1, 1e-4",
        "fcm, 3, 0, 1, 1e-4",
        "lsq, 3, 0, 1, 1e-4",
        "white-stripe, 3, 0, 1.15, 0.12",
        "kde, 3, 0, 1.15, 0.12",
        "fcm, 3, 0, 1.15, 0.12",
        "lsq, 3, 0, 1.15, 0.12",
    })
    void twoScansOfOneBrainAgree(
            String name, double gain, double offset, double gamma, double most) {
        Exam a = scan("A", 1, 0, 1);
        Exam b = scan("B", gain, offset, gamma);
        Step<Exam> step = learned(name, a, b);
        Exam x = step.apply(a, new Trace());
        Exam y = step.apply(b, new Trace());
        double before = apart(a, b);
        double after = apart(x, y);
        assertTrue(after <= most, before + " became " + after);
        double whites = (mean(y, white) - mean(x, white)) / (mean(x, white) - mean(x, grey));
        assertEquals(0, whites, most / 2, "white matter, as a share of white minus grey");
    }
}
