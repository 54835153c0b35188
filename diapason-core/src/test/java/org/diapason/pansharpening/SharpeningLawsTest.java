package org.diapason.pansharpening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule, or every rule of a kind, must hold. */
class SharpeningLawsTest {
    private static final Geometry FINE = Geometry.of(54, 46, 26, 1, 1.2, 2);
    private static final Geometry COARSE =
            new Geometry(18, 18, 13, Numbers.of(3, 3, 4), Numbers.of(1, 1.5, 1), Geometry.IDENTITY);

    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    static List<Sharpening> rules() {
        return Pictures.rules();
    }

    static List<Sharpening> adding() {
        return rules().stream().filter(r -> !r.substitutes()).toList();
    }

    static List<Sharpening> substituting() {
        return rules().stream().filter(Sharpening::substitutes).toList();
    }

    private static Volume sharp(long seed) {
        return Volume.of(FINE, Pictures.noise(FINE, seed), Quantity.MR);
    }

    /** Noise, and some of what the sharp image of seed 1 shows. */
    private static Volume band(long seed) {
        float[] own = Pictures.noise(COARSE, seed);
        Volume any = Volume.of(COARSE, own, Quantity.SUV_BW);
        float[] shared =
                Degradation.of(sharp(1), any, Resolution.unsaid()).asBand(sharp(1).values());
        for (int v = 0; v < own.length; v++) {
            own[v] = 400 + 0.3f * (own[v] - 400) + (seed - 11.5f) * (shared[v] - 400);
        }
        return any;
    }

    private static List<Volume> three() {
        return List.of(band(11), band(12), band(13));
    }

    private static Volume mapped(Volume v, double scale, double offset) {
        float[] out = v.values().clone();
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) (scale * out[n] + offset);
        }
        return v.withValues(out);
    }

    /** A band that is b G ∗ P + c gives b P + c: what it lost is what the sharp image has. */
    @ParameterizedTest
    @EnumSource(
            value = Gain.class,
            names = {"REGRESSION", "MODULATION"})
    void aBandThatIsTheBlurredSharpImageIsFoundAgain(Gain gain) {
        Degradation way = Degradation.of(sharp(1), band(11), Resolution.unsaid());
        Volume sharp = sharp(1);
        for (double b : new double[] {0.4, -0.3}) {
            Volume band =
                    mapped(Volume.of(COARSE, way.asBand(sharp.values()), Quantity.SUV_BW), b, 600);
            Pansharpened made = Pictures.sharpened(new MtfGlp(gain), sharp, List.of(band));
            float[] truth = mapped(sharp, b, 600).values();
            // values near 600 as floats; a gain off by 1 % would leave 0.2
            assertArrayEquals(truth, Pictures.values(made, 0), 5e-3f);
            assertEquals(0, made.bands().get(0).consistency().rms(), 1e-3);
            assertTrue(made.bands().get(0).untouched().rms() > 1, "the band alone is not");
            assertEquals(Quantity.SUV_BW, made.bands().get(0).fused().volume().quantity());
        }
    }

    /** The same on the grid of the sharp image, by a width in mm that differs by axis. */
    @Test
    void aBlurredBandOnTheSameGridIsFoundAgain() {
        Volume sharp = sharp(2);
        double[] mm = {3.6, 4, 5};
        double per = Gauss.FWHM_PER_SIGMA;
        float[] low = Gauss.blur(FINE, sharp.values(), 3.6 / per / 1, 4 / per / 1.2, 5 / per / 2);
        Volume band = mapped(Volume.of(FINE, low, Quantity.BQ_ML), -0.5, 700);
        Resolution said = new Resolution(Optional.of(Numbers.of(mm)), Optional.empty(), 0.3);
        Pansharpened made =
                Pansharpened.of(
                        new MtfGlp(Gain.REGRESSION),
                        sharp,
                        List.of("pet"),
                        List.of(band),
                        said,
                        Optional.empty());
        assertArrayEquals(mapped(sharp, -0.5, 700).values(), Pictures.values(made, 0), 5e-3f);
        assertEquals(-0.5, made.bands().get(0).gain(), 1e-4);
        assertArrayEquals(mm, made.fwhmMm().toArray(), 1e-9);
        assertEquals(1, made.wald().bands().size());
        assertTrue(made.harm().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("adding")
    void aSharpImageWithoutDetailLeavesBandsAsTheyAre(Sharpening rule) {
        Volume even = mapped(sharp(1), 0, 40);
        Pansharpened made = Pictures.sharpened(rule, even, List.of(band(11)));
        assertArrayEquals(
                made.bands().get(0).fused().inputs().get(0).values(), Pictures.values(made, 0));
        assertEquals(0, made.bands().get(0).drift(whole()).meanDrift());
    }

    private static org.diapason.volume.Mask whole() {
        boolean[] in = new boolean[FINE.voxels()];
        java.util.Arrays.fill(in, true);
        return org.diapason.volume.Mask.of(FINE, in);
    }

    /** A ramp is its own mean and blur inside, so that P_low = P there. */
    @Test
    void aRampHasNoDetail() {
        float[] ramp = new float[FINE.voxels()];
        for (int v = 0; v < ramp.length; v++) {
            ramp[v] = 3 * (v % 54) + 2 * (v / 54 % 46);
        }
        Volume sharp = Volume.of(FINE, ramp, Quantity.MR);
        for (Sharpening rule : List.of(new Hpf(Gain.SD), new Atwt(Gain.SD), new MtfGlp(Gain.SD))) {
            Pansharpened made = Pictures.sharpened(rule, sharp, List.of(band(11)));
            float[] alone = made.bands().get(0).fused().inputs().get(0).values();
            int at = FINE.index(27, 23, 13);
            assertEquals(alone[at], Pictures.values(made, 0)[at], 0.05, rule.toString());
        }
    }

    /** Two bands alike are their own intensity: what is left is the sharp image. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("substituting")
    void bandsThatAreAllAlikeBecomeTheSharpImage(Sharpening rule) {
        if (rule.toString().contains("FITTED")) {
            return; // refused: their weights cannot be told apart
        }
        Volume sharp = sharp(1);
        Pansharpened made = Pictures.sharpened(rule, sharp, List.of(band(11), band(11)));
        float[] f = Pictures.values(made, 0);
        float[] p = sharp.values();
        double slope = (f[1000] - f[200]) / (double) (p[1000] - p[200]);
        for (int v = 0; v < f.length; v += 37) {
            assertEquals(f[200] + slope * (p[v] - p[200]), f[v], 0.01);
        }
    }

    /** Bands times 4 and the sharp image times 2: the same times 4, to the bit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void unitsDoNotMatter(Sharpening rule) {
        List<Volume> bands = three();
        Pansharpened one = Pictures.sharpened(rule, sharp(1), bands);
        List<Volume> larger = bands.stream().map(b -> mapped(b, 4, 0)).toList();
        Pansharpened other = Pictures.sharpened(rule, mapped(sharp(1), 2, 0), larger);
        for (int m = 0; m < 3; m++) {
            Volume f = one.bands().get(m).fused().volume();
            assertArrayEquals(mapped(f, 4, 0).values(), Pictures.values(other, m));
            assertEquals(
                    4 * one.wald().bands().get(m).rmse(), other.wald().bands().get(m).rmse(), 1e-4);
        }
    }

    /** MR may be dark where PET is bright; only the rules as in the papers take no notice. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void anInvertedSharpImageGivesTheSame(Sharpening rule) {
        if (rule.equals(new Brovey(Scaling.FITTED))) {
            return; // its quotient P/I counts from the zero of the sharp image
        }
        Pansharpened one = Pictures.sharpened(rule, sharp(1), three());
        Pansharpened other = Pictures.sharpened(rule, mapped(sharp(1), -1, 800), three());
        boolean papers = rule.toString().contains("POSITIVE") || rule.toString().contains("SD");
        double largest = 0;
        float[] a = Pictures.values(one, 1);
        float[] b = Pictures.values(other, 1);
        for (int v = 0; v < a.length; v++) {
            largest = Math.max(largest, Math.abs(a[v] - b[v]));
        }
        assertEquals(papers, largest > 0.05, "differs by " + largest);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void sameBitsOnAnyNumberOfThreadsAndInputsAsTheyWere(Sharpening rule) {
        Volume sharp = sharp(1);
        sharp.values()[FINE.index(20, 11, 6)] = Float.NaN;
        List<Volume> bands = three();
        float[] before = sharp.values().clone();
        float[] band = bands.get(1).values().clone();
        Parallel.setThreads(1);
        Pansharpened one = Pictures.sharpened(rule, sharp, bands);
        Parallel.setThreads(3);
        Pansharpened three = Pictures.sharpened(rule, sharp, bands);
        assertArrayEquals(Pictures.values(one, 2), Pictures.values(three, 2));
        assertEquals(one.wald().bands().get(0).rmse(), three.wald().bands().get(0).rmse());
        assertEquals(one.bands().get(0).consistency(), three.bands().get(0).consistency());
        assertArrayEquals(before, sharp.values());
        assertArrayEquals(band, bands.get(1).values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void flipsCommute(Sharpening rule) {
        Volume sharp = Pictures.sharp();
        List<Volume> bands = Pictures.bands();
        float[] f = Pictures.values(Pictures.sharpened(rule, sharp, bands), 1);
        List<Volume> turned = new ArrayList<>();
        bands.forEach(b -> turned.add(flipped(b)));
        float[] g = Pictures.values(Pictures.sharpened(rule, flipped(sharp), turned), 1);
        assertArrayEquals(
                flipped(sharp.withValues(f)).values(), g, 0.02f, "roundings of values near 200");
    }

    private static Volume flipped(Volume v) {
        int n = v.geometry().ni();
        float[] out = new float[v.values().length];
        for (int at = 0; at < out.length; at++) {
            out[at / n * n + n - 1 - at % n] = v.values()[at];
        }
        return v.withValues(out);
    }

    /** The same bands with their axes in another order lie where they lay. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void bandsMayHaveTheirAxesInAnotherOrder(Sharpening rule) {
        Geometry turned =
                new Geometry(
                        13,
                        18,
                        18,
                        Numbers.of(4, 3, 3),
                        COARSE.originMm(),
                        Numbers.of(0, 1, 0, 0, 0, 1, 1, 0, 0));
        List<Volume> other = new ArrayList<>();
        for (Volume b : three()) {
            float[] values = new float[b.values().length];
            for (int v = 0; v < values.length; v++) {
                int i = v % 18;
                int j = v / 18 % 18;
                int k = v / 324;
                values[turned.index(k, i, j)] = b.values()[v];
            }
            other.add(Volume.of(turned, values, Quantity.SUV_BW));
        }
        Pansharpened one = Pictures.sharpened(rule, sharp(1), three());
        Pansharpened two = Pictures.sharpened(rule, sharp(1), other);
        assertArrayEquals(one.ratio().toArray(), two.ratio().toArray(), 1e-9);
        assertArrayEquals(Pictures.values(one, 0), Pictures.values(two, 0), 0.02f);
        assertEquals(one.wald().bands().get(0).rmse(), two.wald().bands().get(0).rmse(), 0.02);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void noValueStaysNoValueAndSpoilsNoOther(Sharpening rule) {
        Volume sharp = sharp(1);
        List<Volume> bands = three();
        Pansharpened whole = Pictures.sharpened(rule, sharp, bands);
        int gap = FINE.index(20, 11, 6);
        sharp.values()[gap] = Float.NaN;
        sharp.values()[gap + 1] = Float.POSITIVE_INFINITY;
        bands.get(1).values()[COARSE.index(2, 2, 2)] = Float.NaN;
        Pansharpened made = Pictures.sharpened(rule, sharp, bands);
        long first = made.bands().get(0).nanVoxels() - whole.bands().get(0).nanVoxels();
        // what substitutes a component mixes the bands, so that they lose voxels together
        assertTrue(rule.substitutes() || first == 2, "lost " + first);
        assertTrue(Float.isNaN(Pictures.values(made, 0)[gap]));
        assertTrue(Float.isNaN(Pictures.values(made, 0)[gap + 1]));
        long coarse = 3 * 2 * 2; // the fine voxels to which that one is next, of 2 or 3 along j
        long second = made.bands().get(1).nanVoxels() - whole.bands().get(1).nanVoxels();
        assertTrue(second >= 2 + coarse && second <= 2 + 2 * coarse, "lost " + second);
        float[] f = Pictures.values(made, 0);
        float[] g = Pictures.values(whole, 0);
        assertEquals(g[0], f[0], 1, "far away");
        assertFalse(Float.isNaN(f[gap - 1]));
        assertEquals(g[gap - 1], f[gap - 1], 30, "beside the gap");
    }
}
