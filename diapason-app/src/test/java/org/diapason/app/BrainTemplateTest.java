package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contrast of a real brain, the MNI template: its T1, and what its tissue maps would show. */
class BrainTemplateTest {
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
            grey[v] /= 255; // the maps are bytes, 255 is certain
            white[v] /= 255;
            inside[v] = grey[v] + white[v] > 0.05;
        }
        brain = Mask.of(t1.geometry(), inside);
    }

    private static Object order(float[] values) {
        Volume stored = Volume.of(t1.geometry(), values, Quantity.STORED);
        Image image =
                new Image(stored, new Tags(Map.of("Modality", "MR"), Map.of()), Optional.empty());
        Units units =
                new Units(
                        "*",
                        Units.Target.AUTO,
                        Units.ReferenceTime.QIBA,
                        Units.PhilipsScale.FP,
                        Optional.of("brain"));
        Trace trace = new Trace();
        units.apply(Exam.of("mni", Map.of("mr", image), Map.of("brain", brain), Map.of()), trace);
        return trace.notes().get("mr.contrastByPixels");
    }

    @Test
    void theTemplateIsT1() {
        assertEquals("CSF < GM < WM", order(t1.values()));
    }

    @ParameterizedTest(name = "fluid {0}, grey {1}, white {2}")
    @CsvSource({
        "100, 300, 500, CSF < GM < WM",
        "600, 300, 150, WM < GM < CSF",
        "1000, 300, 250, WM < GM < CSF",
        "50, 400, 250, CSF < WM < GM"
    })
    void itsTissuesShowTheOrderTheyAreGiven(float csf, float gm, float wm, String order) {
        float[] values = new float[grey.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = csf * Math.max(0, 1 - grey[v] - white[v]) + gm * grey[v] + wm * white[v];
        }
        assertEquals(order, order(values));
    }
}
