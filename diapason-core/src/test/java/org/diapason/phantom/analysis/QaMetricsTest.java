package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.Noise;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.Region;
import org.diapason.phantom.Sphere;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

class QaMetricsTest {
    private static final Geometry SLICE = Geometry.of(201, 201, 1, 1, 1, 5);

    /** A slice whose values are a function of mm from its middle, with noise. */
    private static Volume slice(DoubleBinaryOperator f, Noise noise, long seed) {
        return slice(f, noise.on(SLICE, seed));
    }

    private static Volume slice(DoubleBinaryOperator f, Noise.Drawn drawn) {
        float[] v = new float[SLICE.voxels()];
        for (int n = 0; n < v.length; n++) {
            v[n] = (float) drawn.of(n, f.applyAsDouble(n % 201 - 100, n / 201 - 100));
        }
        return Volume.of(SLICE, v, Quantity.MR);
    }

    private static Area disc(double x, double y, double r) {
        return Area.disc("disc", 0, 100 + x, 100 + y, r);
    }

    /** The mean of x² + y² over a disc of radius r at distance d is d² + r²/2. */
    @Test
    void cuppingOfAQuadricIsTheDifferenceOfEdgeAndCentre() {
        Volume cup = slice((x, y) -> 0.003 * (x * x + y * y), new Noise.White(0), 1);
        List<Measured> u =
                Uniformity.ct(cup, disc(0, 0, 10), List.of(disc(70, 0, 10), disc(0, 60, 10)));
        assertEquals(0.003 * 70 * 70, u.get(0).value(), 0.01);
        double low = 0.003 * 50;
        double high = 0.003 * (4900 + 50);
        assertEquals((high - low) / (high + low + 2000), u.get(1).value(), 1e-4);
    }

    /** A slope of 2 per mm over 74.2 mm each way: 1000 ± 148.3. */
    @Test
    void percentIntegralUniformityIsThatOfTheSlope() {
        Volume tilted = slice((x, y) -> 1000 + 2 * x, new Noise.White(3), 2);
        Measured piu = Uniformity.piu(tilted, disc(0, 0, 79.8), Uniformity.SMALL_RADIUS_MM);
        double reach = 79.8 - Uniformity.SMALL_RADIUS_MM;
        assertEquals(100 * (1 - 2 * reach / 1000), piu.value(), 0.15);
        assertTrue(piu.high() - piu.low() < 0.4);
    }

    @Test
    void contrastToNoiseHasTheSpreadThatWasAskedFor() {
        Volume noisy = slice((x, y) -> x < 0 ? 50 : 60, two(SLICE, 3));
        Sample object = Sample.of(noisy, List.of(disc(50, 0, 30)));
        Sample ground = Sample.of(noisy, List.of(disc(-50, 0, 30)));
        Measured by = Contrast.cnr("rod", object, ground, Contrast.Spread.BACKGROUND);
        assertEquals(10 / 5.0, by.value(), 0.12);
        assertTrue(by.low() < 2 && by.high() > 2);
        assertEquals(
                10 / 2.5,
                Contrast.cnr("rod", object, ground, Contrast.Spread.OBJECT).value(),
                0.25);
    }

    /** Magnitude images at SNR 50: the Rician mean is 0.02 % high. */
    @Test
    void threeWaysToTheSignalToNoiseAgreeOnRicianNoise() {
        DoubleBinaryOperator ball = (x, y) -> x * x + y * y < 80 * 80 ? 1000 : 0;
        Volume one = slice(ball, new Noise.Rician(20), 4);
        Volume two = slice(ball, new Noise.Rician(20), 5);
        Area signal = disc(0, 0, 60);
        List<Area> air = List.of(disc(-88, -88, 11), disc(88, -88, 11), disc(88, 88, 11));
        Measured pair = Contrast.twoImages(one, two, signal);
        assertEquals(50, pair.value(), 1.0);
        assertTrue(pair.low() < 50 && pair.high() > 50);
        assertEquals(50, Contrast.air(one, signal, air).value(), 2.5);
        // what the 9 × 9 mean takes off makes it √(81/80) too good
        double smooth = 50 * Math.sqrt(81 / 80.0);
        assertEquals(smooth, Contrast.smoothed(one, List.of(signal)).value(), 1.0);
    }

    @Test
    void ghostsAlongOneAxisAreCountedAgainstTheOther() {
        Volume ghost =
                slice(
                        (x, y) -> x * x + y * y < 3600 ? 1000 : Math.abs(y) > 60 ? 30 : 10,
                        new Noise.White(1),
                        6);
        Area top = new Area("top", false, 0, 100, 20, 30, 6, 0);
        Area bottom = new Area("bottom", false, 0, 100, 180, 30, 6, 0);
        Area left = new Area("left", false, 0, 20, 100, 6, 30, 0);
        Area right = new Area("right", false, 0, 180, 100, 6, 30, 0);
        Measured psg = Ghosting.psg(ghost, disc(0, 0, 50), top, bottom, left, right);
        assertEquals(2 * 20 / 2000.0, psg.value(), 2e-4);
    }

    @Test
    void theLineThroughRenderedRodsIsTheScannersGainAndOffset() {
        DigitalObject rods = ObjectLibrary.of("hu-rods");
        VirtualScanner s = new VirtualScanner("s", 0.97, -20, 3, 1.5, 5, 5, 8, true);
        Volume scan = s.scan(rods, 7);
        List<HuLinearity.Insert> inserts = new ArrayList<>();
        rods.regions()
                .forEach(
                        r -> {
                            Mask core = rods.mask(r.name(), scan.geometry(), 5);
                            inserts.add(
                                    new HuLinearity.Insert(
                                            r.name(), r.value(), Sample.of(r.name(), scan, core)));
                        });
        HuLinearity line = HuLinearity.of(inserts);
        assertEquals(0.97, line.slope(), 1e-3);
        assertEquals(-20, line.offset(), 0.5);
        assertTrue(line.r2() > 0.99999);
        for (HuLinearity.Insert i : inserts) {
            assertEquals(0, line.residual(i), 1, i.name());
        }
    }

    /** R: confint(lm(c(0, 1.1, 1.9) ~ c(0, 1, 2))) gives slope -0.1504 to 2.0504. */
    @Test
    void theIntervalOfTheSlopeIsStudents() {
        List<HuLinearity.Insert> inserts = new ArrayList<>();
        double[] shown = {0, 1.1, 1.9};
        for (int n = 0; n < 3; n++) {
            inserts.add(new HuLinearity.Insert("rod-" + n, n, new Sample(9, shown[n], 0.1)));
        }
        Measured slope = HuLinearity.of(inserts).figures().get(0);
        assertEquals(0.95, slope.value(), 1e-12);
        assertEquals(-0.1504, slope.low(), 1e-4);
        assertEquals(2.0504, slope.high(), 1e-4);
    }

    @Test
    void twoRampsGiveTheThicknessWhateverTheTilt() {
        for (double tilt : new double[] {0, 0.02}) {
            double t = 5.2;
            double top = t / (0.1 + tilt);
            double bottom = t / (0.1 - tilt);
            Volume ramps =
                    slice(
                            (x, y) -> Math.abs(y) > 8 ? 1000 : bar(x, y < 0 ? top : bottom),
                            new Noise.White(2),
                            8);
            Area above = new Area("top ramp", true, 0, 103, 96, 60, 2, 0);
            Area below = new Area("bottom ramp", true, 0, 98, 104, 60, 2, 0);
            Measured thickness = SliceThickness.ramps(ramps, above, below, 0.1);
            assertEquals(t, thickness.value(), 0.03, "tilt " + tilt);
        }
    }

    @Test
    void aRampThatIsNotThereIsSaid() {
        Volume flat = slice((x, y) -> 10, new Noise.White(1), 9);
        Area area = new Area("top ramp", true, 0, 100, 96, 60, 2, 0);
        DataException e =
                assertThrows(
                        DataException.class, () -> SliceThickness.ramps(flat, area, area, 0.1));
        assertEquals(
                "the ramp in area top ramp is not there or longer than the area. Scan the phantom"
                        + " straight, or say where it is.",
                e.getMessage());
    }

    /** A bead through a Gaussian of 2 mm and a slice of 5 mm: half maximum near 5 mm. */
    @Test
    void aBeadAcrossTheSlicesShowsTheirProfile() {
        DigitalObject bead =
                new DigitalObject(
                        "bead",
                        Quantity.HU,
                        0,
                        Numbers.of(24, 24, 60),
                        List.of(Region.of("bead", 60_000, new Sphere(Numbers.of(0, 0, 0.2), 0.4))));
        VirtualScanner s = new VirtualScanner("s", 1, 0, 2, 1, 0.5, 5, 0, false);
        assertEquals(5, SliceThickness.bead(s.scan(bead, 1)).value(), 0.1);
    }

    private static double bar(double x, double length) {
        return 10 + 90 * (Erf.erf((length / 2 - x) / 2) + Erf.erf((length / 2 + x) / 2));
    }

    /** SD 5 on the left half, 2.5 on the right. */
    private static Noise.Drawn two(Geometry g, long seed) {
        Noise.Drawn white = new Noise.White(1).on(g, seed);
        return (v, value) -> value + (v % g.ni() < 100 ? 5 : 2.5) * white.of(v, 0);
    }
}
