package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.phantom.Noise;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalisationTest {
    private static final double THICK = 5.3;

    /** An ACR phantom by closed forms: bar and ramps in one end slice, a ring in the others. */
    private static Volume acr(double cu, double cv, double roll, boolean flipped, int slices) {
        Geometry g = Geometry.of(256, 256, slices, 1, 1, 10);
        Noise.Drawn noise = new Noise.Rician(5).on(g, 3);
        float[] v = new float[g.voxels()];
        double cos = Math.cos(Math.toRadians(roll));
        double sin = Math.sin(Math.toRadians(roll));
        for (int n = 0; n < v.length; n++) {
            int k = n / (256 * 256);
            double u = n % 256 - cu;
            double w = n / 256 % 256 - cv;
            double a = u * cos + w * sin;
            double b = w * cos - u * sin;
            double r = Math.sqrt(u * u + w * w);
            double value = 1000 * (1 + a / 1000) * edge(95 - r);
            int slice = flipped ? 10 - k : k;
            if (slice == 0) {
                double ramp = 200 * edge(THICK / 0.2 - Math.abs(b < 0 ? a - 6 : a + 4));
                double bar = edge(5 - Math.abs(b)) * edge(90 - Math.abs(a));
                value = value * (1 - bar) + ramp * bar;
            } else if (slice != 5 && slice != 6 && slice != 10) {
                value *= 1 - edge(3 - Math.abs(r - 50));
            }
            if (slice == 0 || slice == 10) {
                double length = slice == 0 ? -64 + (a > 0 ? 1.5 : -1.5) : -63;
                value *= 1 - edge(6 - Math.abs(a)) * edge(length - b);
            }
            v[n] = (float) noise.of(n, value);
        }
        return Volume.of(g, v, Quantity.MR);
    }

    private static double edge(double d) {
        return 0.5 * (1 + Erf.erf(d / 0.9));
    }

    @ParameterizedTest(name = "centre {0}, {1}, roll {2}, upside down {3}")
    @CsvSource({"128, 127, 0, false", "121.4, 133.7, 2.5, false", "131, 126, -1.5, true"})
    void theAcrPhantomIsFoundAndMeasured(double u, double v, double roll, boolean flipped) {
        QaReport report =
                AcrMri.analyse(acr(u, v, roll, flipped, 11), Optional.empty(), Manual.NONE);
        assertEquals(u, report.place().uMm(), 0.3);
        assertEquals(v, report.place().vMm(), 0.3);
        assertEquals(roll, report.place().rollDegrees(), 0.3);
        assertTrue(report.place().confidence() > 0.8, report.place().how());
        assertEquals(0, report.failed(), report.modules().toString());
        assertEquals(THICK, value(report, "slice-thickness"), 0.1);
        assertEquals(3, value(report, "bar-difference.1"), 0.2);
        assertEquals(0, value(report, "bar-difference.11"), 0.2);
        assertEquals(190, value(report, "diameter"), 0.4);
        // edge(d) is a Gaussian of σ 0.9/√2, f50 = 0.187391/σ
        assertEquals(0.187391 / (0.9 / Math.sqrt(2)), value(report, "mtf50"), 0.01);
        assertEquals(0, value(report, "spokes"), 1, "there are none");
        double slope = 79.8 - Uniformity.SMALL_RADIUS_MM;
        assertEquals(100 - slope / 10, value(report, "piu"), 0.3);
        assertEquals(0, value(report, "ghosting"), 2e-3);
        assertEquals(1000 / 5.0, value(report, "snr"), 12);
        assertEquals(1000 / 5.0, value(report, "snr-air"), 20);
    }

    /** Six slices from slice 1: no slice 7. */
    @Test
    void modulesThatAreMissingFailAloneEachWithItsSentence() {
        QaReport report = AcrMri.analyse(acr(128, 128, 0, false, 6), Optional.empty(), Manual.NONE);
        assertEquals(2, report.done());
        assertEquals(7, report.failed());
        assertEquals(THICK, value(report, "slice-thickness"), 0.1);
        assertEquals(
                Optional.of(
                        "slice 7, 60 mm from slice 1, is not among the 6 slices. Scan all eleven"
                                + " slices."),
                report.modules().get(4).failure());
    }

    @Test
    void anImageWithoutThePhantomIsRefusedUnlessAPersonSaysWhereItIs() {
        Geometry g = Geometry.of(256, 256, 2, 1, 1, 10);
        Noise.Drawn noise = new Noise.Rician(50).on(g, 4);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) noise.of(n, n % 256 < 128 ? 0 : 1000);
        }
        Volume half = Volume.of(g, v, Quantity.MR);
        DataException e =
                assertThrows(
                        DataException.class,
                        () -> AcrMri.analyse(half, Optional.empty(), Manual.NONE));
        assertTrue(
                e.getMessage().startsWith("the ACR MRI phantom was not found: ")
                        && e.getMessage().endsWith("Say where it is: --centre x,y,z and --roll."),
                e.getMessage());
        Manual said = new Manual(Optional.of(Numbers.of(128, 128, 0)), OptionalDouble.of(3));
        QaReport.Place place = AcrMri.analyse(half, Optional.empty(), said).place();
        assertEquals(128, place.uMm(), 1e-9);
        assertEquals(3, place.rollDegrees());
        assertEquals(1, place.confidence());
    }

    /** A leaning rod of 85 HU in a thick skull that is not round. */
    private static Volume head(double hu) {
        Geometry g = Geometry.of(300, 300, 8, 0.5, 0.5, 5);
        Noise.Drawn noise = new Noise.White(4).on(g, 5);
        float[] v = new float[g.voxels()];
        for (int n = 0; n < v.length; n++) {
            double u = n % 300 * 0.5 - 75;
            double w = n / 300 % 300 * 0.5 - 75;
            int k = n / 90_000;
            double skull = Math.sqrt(u * u + w * w * 0.6);
            double d = Math.sqrt(u * u + (w - 0.5 * k) * (w - 0.5 * k));
            double value = skull > 50 && skull < 57 ? 900 : -1000;
            value += k < 6 ? (hu + 1000) * 0.5 * (1 + Erf.erf((18 - d) / 0.9)) : 0;
            v[n] = (float) noise.of(n, value);
        }
        return Volume.of(g, v, Quantity.HU);
    }

    /** The edge Φ(x √2/0.9) is a Gaussian of σ 0.6364 mm: f50 = 0.187391/σ. */
    @Test
    void theRodOfAHeadPhantomIsFoundAndMeasured() {
        QaReport report = CtHead.analyse(head(85), Manual.NONE);
        // 85 HU pass -200 HU 0.4 mm inside of the surface
        assertEquals(17.6, report.place().radiusMm(), 0.2);
        assertTrue(report.place().how().endsWith(" in slices 1 to 6"), report.place().how());
        assertTrue(report.place().confidence() > 0.95);
        assertEquals(0, report.failed(), report.modules().toString());
        assertEquals(85, value(report, "hu.rod"), 0.3);
        assertEquals(4, value(report, "sd.rod"), 0.15);
        assertEquals(4, value(report, "noise-sd"), 0.15);
        assertEquals(0.187391 / (0.9 / Math.sqrt(2)), value(report, "mtf50"), 0.01);
    }

    @Test
    void aHeadWithoutARodIsSaid() {
        DataException e =
                assertThrows(DataException.class, () -> CtHead.analyse(head(600), Manual.NONE));
        assertTrue(e.getMessage().startsWith("no rod was found in the head phantom"));
    }

    private static double value(QaReport report, String metric) {
        List<Measured> all = report.figures();
        return all.stream().filter(m -> m.metric().equals(metric)).findFirst().get().value();
    }
}
