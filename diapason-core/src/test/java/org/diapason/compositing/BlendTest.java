package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blends whose outcome is known beforehand. */
class BlendTest {
    private static final int N = 33;
    private static final Geometry SQUARE = Geometry.of(N, N, 1, 1, 1, 1);

    private static float[] blended(Guidance guidance, Volume source, Volume target, Mask mask) {
        Optional<Layer> layer = Optional.ofNullable(source).map(Layer::of);
        return Scene.blend(guidance).of(layer, target, mask).volume().values();
    }

    /** A target that is the truth outside the mask and 40 × (i mod 3) inside. */
    private static Volume spoilt(Volume truth, Mask mask) {
        float[] values = truth.values().clone();
        for (int v = 0; v < values.length; v++) {
            values[v] = mask.voxels()[v] ? 40 * (v % 3) : values[v];
        }
        return truth.withValues(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"square", "circle", "star", "swiss cheese", "holes", "border", "two parts"})
    void anyPictureIsFoundAgainByItsOwnDifferences(String shape) {
        Volume truth = Scene.noise(SQUARE, 1);
        Mask mask = Scene.shape(shape, N);
        float[] found = blended(new Seamless(), truth, spoilt(truth, mask), mask);
        // half a spacing of floats up to 255 is 7.6e-6; 1e-9 of 255 is the solver's
        assertArrayEquals(truth.values(), found, 7.7e-6f);
    }

    /** Five points find the Laplacian of polynomials of third degree without error. */
    @ParameterizedTest
    @ValueSource(strings = {"square", "circle", "star", "swiss cheese", "holes", "two parts"})
    void harmonicFunctionsAreTheirOwnMembrane(String shape) {
        Mask drawn = Scene.shape(shape, N);
        Mask mask = // nothing is harmonic at the border, where there is no neighbour
                Scene.mask(
                        SQUARE,
                        (i, j, k) -> drawn.at(i, j, k) && i > 0 && i < N - 1 && j > 0 && j < N - 1);
        List<Scene.At> harmonic =
                List.of(
                        (i, j, k) -> (i - 9) * (i - 9) - (j - 4) * (j - 4),
                        (i, j, k) -> (i - 9) * (j - 20),
                        (i, j, k) -> Math.pow(i - 16, 3) - 3.0 * (i - 16) * (j - 16) * (j - 16));
        for (Scene.At u : harmonic) {
            Volume truth = Scene.volume(SQUARE, u); // whole numbers below 2^24: floats hold them
            float[] found = blended(new Membrane(), null, spoilt(truth, mask), mask);
            assertArrayEquals(truth.values(), found, 1e-3f);
        }
    }

    /** Spacing 1, 2, 3 mm: u = x² + y² − 2 z² in mm is harmonic only with weights 1/h². */
    @Test
    void spacingCountsInVolumes() {
        Geometry g = Geometry.of(9, 8, 7, 1, 2, 3);
        Volume truth = Scene.volume(g, (i, j, k) -> i * i + 4.0 * j * j - 18.0 * k * k + 3 * i * k);
        Mask mask =
                Scene.mask(
                        g, (i, j, k) -> i % 8 > 0 && j % 7 > 0 && k % 6 > 0 && (i + j + k) % 5 > 0);
        float[] found = blended(new Membrane(), null, spoilt(truth, mask), mask);
        assertArrayEquals(truth.values(), found, 1e-4f);
        Volume noise = Scene.noise(g, 3);
        Mask touching = Scene.mask(g, (i, j, k) -> k < 4 && i > 2);
        float[] again = blended(new Seamless(), noise, spoilt(noise, touching), touching);
        assertArrayEquals(noise.values(), again, 7.7e-6f);
    }

    @Test
    void theTargetsOwnDifferencesReturnItBitForBit() {
        float[] values = Scene.noise(SQUARE, 2).values().clone();
        values[40] = -0f;
        Volume target = Volume.of(SQUARE, values, Quantity.PICTURE);
        for (String shape : List.of("square", "border", "holes")) {
            Mask mask = Scene.shape(shape, N);
            assertBits(values, blended(new Seamless(), target, target, mask));
            assertBits(values, blended(new Mixed(false), target, target, mask));
            assertBits(values, blended(new Average(), target, target, mask));
        }
        Mask all = Scene.mask(SQUARE, (i, j, k) -> true);
        assertBits(values, blended(new Seamless(), target, target, all));
    }

    private static void assertBits(float[] expected, float[] found) {
        for (int v = 0; v < expected.length; v++) {
            assertEquals(Float.floatToRawIntBits(expected[v]), Float.floatToRawIntBits(found[v]));
        }
    }

    @Test
    void aConstantInAConstantLeavesNoTrace() {
        Volume target = Scene.volume(SQUARE, (i, j, k) -> 0.1);
        Volume source = Scene.volume(SQUARE, (i, j, k) -> 200.3);
        Mask mask = Scene.shape("star", N);
        assertBits(target.values(), blended(new Seamless(), source, target, mask));
        assertBits(target.values(), blended(new Average(), source, target, mask));
    }

    @Test
    void aFlatSourceMixedInReturnsTheTarget() {
        Volume target = Scene.noise(SQUARE, 4);
        Volume flat = Scene.volume(SQUARE, (i, j, k) -> 12);
        Mask mask = Scene.shape("circle", N);
        assertBits(target.values(), blended(new Mixed(false), flat, target, mask));
        assertBits(target.values(), blended(new Mixed(true), flat, target, mask));
    }

    @Test
    void whatIsOutsideTheMaskAndWhatTheCallerHoldsNeverChange() {
        Volume target = Scene.noise(SQUARE, 5);
        Volume source = Scene.noise(SQUARE, 6);
        Mask mask = Scene.shape("two parts", N);
        float[] targetWas = target.values().clone();
        float[] sourceWas = source.values().clone();
        boolean[] maskWas = mask.voxels().clone();
        float[] out = blended(new Seamless(), source, target, mask);
        assertBits(targetWas, target.values());
        assertBits(sourceWas, source.values());
        assertArrayEquals(maskWas, mask.voxels());
        int changed = 0;
        for (int v = 0; v < out.length; v++) {
            assertTrue(
                    mask.voxels()[v]
                            || Float.floatToRawIntBits(out[v])
                                    == Float.floatToRawIntBits(targetWas[v]));
            changed += out[v] != targetWas[v] ? 1 : 0;
        }
        assertTrue(changed > 0.99 * mask.count(), "the blend itself did change the mask");
    }

    /** The average field is half way between both, and so is its solution. */
    @Test
    void theAverageIsHalfWayBetweenCloneAndTarget() {
        Volume target = Scene.noise(SQUARE, 7);
        Volume source = Scene.noise(SQUARE, 8);
        Mask mask = Scene.shape("border", N);
        float[] whole = blended(new Seamless(), source, target, mask);
        float[] half = blended(new Average(), source, target, mask);
        for (int v = 0; v < half.length; v++) {
            assertEquals((whole[v] + target.values()[v]) / 2, half[v], 1e-4);
        }
    }

    /**
     * One row, the middle in the mask, its neighbours 0: f = (v from the left + v from the right)/2
     * by hand. Differences to the left and right: source (3, 1, 0) and (0, 0, 2), target (2, 2, 1)
     * and (1, 1, 1).
     */
    @Test
    void mixedComparesColoursTogetherOrOneByOne() {
        Geometry g = Geometry.of(3, 1, 1, 1, 1, 1);
        double[][] source = {{0, 3, 3}, {0, 1, 1}, {0, 0, -2}};
        double[][] target = {{0, 2, 1}, {0, 2, 1}, {0, 1, 0}};
        Volume s = row(g, source);
        Volume t = row(g, target);
        Mask mask = Scene.mask(g, (i, j, k) -> i == 1);
        Layer layer = Layer.of(s);
        // left: |s|² = 10 > |t|² = 9: source (3, 1, 0); right: |s|² = 4 > 3: source (0, 0, 2)
        Volume together = Scene.blend(new Mixed(false)).of(Optional.of(layer), t, mask).volume();
        // f = (v_left + f_left + v_right + f_right)/2
        assertEquals((3 + 0 + 0 + 1) / 2.0, together.channel(0)[1], 1e-6);
        assertEquals((1 + 0 + 0 + 1) / 2.0, together.channel(1)[1], 1e-6);
        assertEquals((0 + 0 + 2 + 0) / 2.0, together.channel(2)[1], 1e-6);
        Volume single = Scene.blend(new Mixed(true)).of(Optional.of(layer), t, mask).volume();
        assertEquals((3 + 0 + 1 + 1) / 2.0, single.channel(0)[1], 1e-6);
        assertEquals((2 + 0 + 1 + 1) / 2.0, single.channel(1)[1], 1e-6);
        assertEquals((1 + 0 + 2 + 0) / 2.0, single.channel(2)[1], 1e-6);
    }

    private static Volume row(Geometry g, double[][] colours) {
        List<Volume> planes = new ArrayList<>();
        for (double[] colour : colours) {
            planes.add(Scene.volume(g, (i, j, k) -> colour[i]));
        }
        return Scene.colours(planes.toArray(Volume[]::new));
    }

    /** 0.299 · 30 + 0.587 · (−10) + 0.114 · 50 = 8.8 (ITU-R BT.601). */
    @Test
    void monochromeGivesEveryColourTheDifferenceOfTheGrey() {
        Geometry g = Geometry.of(3, 1, 1, 1, 1, 1);
        Volume s = row(g, new double[][] {{0, 30, 0}, {0, -10, 0}, {0, 50, 0}});
        Volume t = row(g, new double[][] {{4, 9, 4}, {5, 9, 5}, {6, 9, 6}});
        Mask mask = Scene.mask(g, (i, j, k) -> i == 1);
        Volume out = Scene.blend(new Monochrome()).of(Optional.of(Layer.of(s)), t, mask).volume();
        for (int c = 0; c < 3; c++) {
            assertEquals(4 + c + 8.8, out.channel(c)[1], 1e-5);
        }
    }

    @Test
    void flatteningWithEdgesEverywhereClonesAndNowhereIsAMembrane() {
        Volume target = Scene.noise(SQUARE, 9);
        Mask mask = Scene.shape("circle", N);
        Mask everywhere = Scene.mask(SQUARE, (i, j, k) -> true);
        Mask nowhere = Scene.mask(SQUARE, (i, j, k) -> false);
        assertBits(target.values(), blended(new Flatten(everywhere), target, target, mask));
        assertArrayEquals(
                blended(new Membrane(), null, target, mask),
                blended(new Flatten(nowhere), target, target, mask),
                1e-4f);
    }

    /** Two plateaus and noise: the step at the edge stays, the noise on the plateaus does not. */
    @Test
    void flatteningKeepsStepsAtEdgesAndNothingElse() {
        Rng rng = new Rng(11);
        Volume target =
                Scene.volume(
                        SQUARE,
                        (i, j, k) ->
                                (i < 16 ? 50 : 150)
                                        + (i % (N - 1) * j % (N - 1) > 0
                                                ? 4 * rng.nextDouble() - 2
                                                : 0));
        Mask mask = Scene.mask(SQUARE, (i, j, k) -> i > 2 && i < N - 3 && j > 2 && j < N - 3);
        Mask edge = Scene.mask(SQUARE, (i, j, k) -> i == 15);
        float[] flat = blended(new Flatten(edge), target, target, mask);
        double rough = 0;
        double was = 0;
        for (int j = 8; j < N - 8; j++) {
            for (int i = 6; i < 13; i++) {
                int v = SQUARE.index(i, j, 0);
                rough += Math.abs(flat[v + 1] - flat[v]);
                was += Math.abs(target.values()[v + 1] - target.values()[v]);
            }
            int v = SQUARE.index(15, j, 0);
            assertEquals(100, flat[v + 1] - flat[v], 5);
        }
        assertTrue(rough < 0.2 * was, rough + " of " + was);
    }

    /**
     * A row of 1, 3, 7 from a pixel of 0 to one of 11: differences 1, 2, 4, 4 in the mask of three.
     * n is √((1 + 4)/2), √((4 + 16)/2) and √((16 + 16)/2), between pixels of the mask their mean.
     */
    @Test
    void illuminationRaisesSmallDifferencesAsThePaperSays() {
        Geometry g = Geometry.of(5, 1, 1, 1, 1, 1);
        double[] u = {0, 1, 3, 7, 11};
        Volume image = Scene.volume(g, (i, j, k) -> u[i]);
        Mask mask = Scene.mask(g, (i, j, k) -> i > 0 && i < 4);
        float[] out = blended(new Illumination(0.2, 0.5), image, image, mask);
        double[] n = {Math.sqrt(2.5), Math.sqrt(10), 4};
        double alpha = 0.2 * (n[0] + n[1] + n[2]) / 3;
        double[] v = {
            Math.sqrt(alpha / n[0]),
            2 * Math.sqrt(alpha / ((n[0] + n[1]) / 2)),
            4 * Math.sqrt(alpha / ((n[1] + n[2]) / 2)),
            4 * Math.sqrt(alpha / n[2])
        };
        double missing = (11 - (v[0] + v[1] + v[2] + v[3])) / 4; // in one row shared equally
        assertEquals(v[0] + missing, out[1], 1e-6);
        assertEquals(v[0] + v[1] + 2 * missing, out[2], 1e-6);
        assertEquals(v[0] + v[1] + v[2] + 3 * missing, out[3], 1e-6);
        assertBits(image.values(), blended(new Illumination(0.2, 0), image, image, mask));
    }

    /**
     * On a line with the mask beyond pixel 0, f = h + (t − h) rⁿ, where r + 1/r = 2 + λ: the
     * screened membrane leaves its border within about 1/√λ.
     */
    @Test
    void aScreenLeadsBackToTheLevelOfTheSource() {
        Geometry g = Geometry.of(60, 1, 1, 1, 1, 1);
        Volume target = Scene.volume(g, (i, j, k) -> 10);
        Volume source = Scene.volume(g, (i, j, k) -> 90);
        Mask mask = Scene.mask(g, (i, j, k) -> i > 0);
        double lambda = 0.5;
        double r = 1 + lambda / 2 - Math.sqrt(lambda + lambda * lambda / 4);
        float[] out =
                Scene.blend(new Seamless(), lambda, Blend.Hold.SOURCE)
                        .of(Optional.of(Layer.of(source)), target, mask)
                        .volume()
                        .values();
        for (int n = 0; n < 30; n++) {
            assertEquals(90 - 80 * Math.pow(r, n), out[n], 2e-5);
        }
        float[] held =
                Scene.blend(new Seamless(), lambda, Blend.Hold.TARGET)
                        .of(Optional.of(Layer.of(source)), target, mask)
                        .volume()
                        .values();
        assertBits(target.values(), held);
    }

    @Test
    void aMaskOfEverythingTakesTheSourcesMeanAndSaysSo() {
        Volume target = Scene.noise(SQUARE, 12);
        Volume source = Scene.noise(SQUARE, 13);
        Mask all = Scene.mask(SQUARE, (i, j, k) -> true);
        Blended clone = Scene.blend(new Seamless()).of(Optional.of(Layer.of(source)), target, all);
        assertArrayEquals(source.values(), clone.volume().values(), 2e-5f);
        assertEquals(
                List.of(
                        "the mask covers every pixel, so nothing holds the level: it is the mean of"
                                + " the source."),
                clone.notes());
        Blended flat = Scene.blend(new Membrane()).of(Optional.empty(), target, all);
        double mean = 0;
        for (float x : target.values()) {
            mean += x / target.values().length;
        }
        for (float x : flat.volume().values()) {
            assertEquals(mean, x, 1e-5);
        }
        Geometry one = Geometry.of(1, 1, 1, 1, 1, 1);
        float[] single =
                blended(
                        new Seamless(),
                        Scene.volume(one, (i, j, k) -> 7),
                        Scene.volume(one, (i, j, k) -> 3),
                        Scene.mask(one, (i, j, k) -> true));
        assertEquals(7, single[0]);
    }

    @Test
    void unknownNumbersBecomeFusedOnesWithTheirDrift() {
        Volume target = Scene.volume(SQUARE, (i, j, k) -> 5).withQuantity(Quantity.HU);
        Volume source = Scene.volume(SQUARE, (i, j, k) -> i == 16 && j == 16 ? 40 : 0);
        Mask mask = Scene.mask(SQUARE, (i, j, k) -> i == 16 && j == 16);
        Blended out = Scene.blend(new Seamless()).of(Optional.of(Layer.of(source)), target, mask);
        assertEquals(Quantity.FUSED, out.volume().quantity());
        assertEquals(45, out.volume().at(16, 16, 0), 1e-5);
        assertEquals(40, out.drifts().get(0).meanShift(), 1e-5);
        assertEquals(40, out.drifts().get(0).largestChange(), 1e-5);
        assertEquals(1, out.unknowns());
    }

    /** Left and right, and rows and columns, are alike. */
    @Test
    void flipsAndTurnsCommuteWithABlend() {
        Geometry g = Geometry.of(12, 9, 5, 1, 2, 3);
        Geometry turned = Geometry.of(5, 12, 9, 3, 1, 2);
        Volume source = Scene.noise(g, 14);
        Volume target = Scene.noise(g, 15);
        Mask mask = Scene.mask(g, (i, j, k) -> (i * 7 + j * 5 + k * 3) % 4 > 0);
        for (Guidance guidance :
                List.of(new Seamless(), new Mixed(false), new Illumination(0.2, 0.2))) {
            float[] straight = blended(guidance, source, target, mask);
            Scene.At at = (i, j, k) -> straight[g.index(11 - j, k, i)];
            float[] after =
                    blended(
                            guidance,
                            Scene.volume(turned, (i, j, k) -> source.at(11 - j, k, i)),
                            Scene.volume(turned, (i, j, k) -> target.at(11 - j, k, i)),
                            Scene.mask(turned, (i, j, k) -> mask.at(11 - j, k, i)));
            assertArrayEquals(Scene.volume(turned, at).values(), after, 1e-4f);
        }
    }

    @Test
    void aSourceMayLieAnywhereOnTheTarget() {
        Geometry small = Geometry.of(9, 7, 1, 1, 1, 1);
        Volume source = Scene.noise(small, 16);
        Volume target = Scene.noise(SQUARE, 17);
        Volume laid =
                Scene.volume(
                        SQUARE,
                        (i, j, k) ->
                                i >= 4 && i < 13 && j >= 6 && j < 13
                                        ? source.at(i - 4, j - 6, 0)
                                        : 0);
        Mask mask = Scene.mask(SQUARE, (i, j, k) -> i > 4 && i < 12 && j > 6 && j < 12);
        float[] shifted =
                Scene.blend(new Seamless())
                        .of(Optional.of(new Layer(source, 4, 6, 0)), target, mask)
                        .volume()
                        .values();
        assertBits(blended(new Seamless(), laid, target, mask), shifted);
    }

    @Test
    void greyGoesIntoColoursColoursIntoGreyAndOpacityStays() {
        Volume grey = Scene.noise(SQUARE, 18);
        Volume r = Scene.noise(SQUARE, 19);
        Volume g = Scene.noise(SQUARE, 20);
        Volume b = Scene.noise(SQUARE, 21);
        Volume opacity = Scene.noise(SQUARE, 22);
        Mask mask = Scene.shape("circle", N);
        Volume target = Scene.colours(r, g, b, opacity);
        Blended into = Scene.blend(new Seamless()).of(Optional.of(Layer.of(grey)), target, mask);
        assertEquals(3, into.channels());
        assertBits(blended(new Seamless(), grey, g, mask), into.volume().channel(1));
        assertBits(opacity.values(), into.volume().channel(3));
        Volume luma =
                Scene.volume(
                        SQUARE,
                        (i, j, k) ->
                                0.299 * r.at(i, j, k)
                                        + 0.587 * g.at(i, j, k)
                                        + 0.114 * b.at(i, j, k));
        assertArrayEquals(
                blended(new Seamless(), luma, grey, mask),
                blended(new Seamless(), target, grey, mask),
                1e-4f);
    }

    /** Slices of 1 mm and rows of 2 mm: only the ratio of spacings counts. */
    @Test
    void theUnitOfLengthDoesNotCount() {
        Geometry mm = Geometry.of(7, 6, 5, 1, 1, 2);
        Geometry other =
                new Geometry(
                        7, 6, 5, Numbers.of(0.5, 0.5, 1), Numbers.of(9, 8, 7), Geometry.IDENTITY);
        Volume source = Scene.noise(mm, 23);
        Volume target = Scene.noise(mm, 24);
        Mask mask = Scene.mask(mm, (i, j, k) -> i > 1 && k > 0);
        assertBits(
                blended(new Seamless(), source, target, mask),
                blended(
                        new Seamless(),
                        Volume.of(other, source.values(), Quantity.PICTURE),
                        Volume.of(other, target.values(), Quantity.PICTURE),
                        Mask.of(other, mask.voxels())));
    }
}
