package org.diapason.pansharpening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** What is refused, what is said, and that bands get nearer to the truth where they can. */
class PansharpenedTest {
    private static final Sharpening GLP = new MtfGlp(Gain.REGRESSION);
    private static final Geometry FINE = Pictures.FINE;

    private static String refusal(
            Sharpening rule, Volume sharp, List<Volume> bands, Resolution said) {
        return assertThrows(
                        RefusedException.class,
                        () ->
                                Pansharpened.of(
                                        rule,
                                        sharp,
                                        List.of("a", "b", "c").subList(0, bands.size()),
                                        bands,
                                        said,
                                        Optional.empty()))
                .getMessage();
    }

    private static Volume fine(long seed) {
        return Volume.of(FINE, Pictures.noise(FINE, seed), Quantity.MR);
    }

    @Test
    void ofASingleBandSubstitutionWouldReturnTheSharpImage() {
        List<Volume> one = Pictures.bands().subList(0, 1);
        for (Scaling scaling : Scaling.values()) {
            assertEquals(
                    "gram-schmidt of a single band is the sharp image: the band is its own"
                            + " intensity, so that it takes itself away and nothing of it is left. Take"
                            + " mtf-glp, atwt or hpf, or give more bands.",
                    refusal(new GramSchmidt(scaling), Pictures.sharp(), one, Resolution.unsaid()));
            refusal(new Brovey(scaling), Pictures.sharp(), one, Resolution.unsaid());
        }
        refusal(new Ihs(Scaling.SIGNED), Pictures.sharp(), one, Resolution.unsaid());
        assertThrows(IllegalArgumentException.class, () -> new Ihs(Scaling.FITTED));
    }

    @Test
    void howCoarseBandsAreIsNeverGuessed() {
        List<Volume> bands = List.of(fine(3));
        assertEquals(
                "the bands lie on the grid of the sharp image, and how coarse they are is not known."
                        + " Say their width in mm (fwhm-mm), or their voxels before they were brought"
                        + " there (spacing-mm).",
                refusal(GLP, fine(1), bands, Resolution.unsaid()));
        String nothing = refusal(GLP, fine(1), bands, Resolution.unsaid().withSpacingMm(1));
        assertTrue(nothing.startsWith("the bands are no coarser than the sharp image"), nothing);
        String own = refusal(GLP, fine(1), Pictures.bands(), Resolution.unsaid().withSpacingMm(3));
        assertTrue(own.contains("voxels of 3.000 × 3.000 × 1.000 mm; spacing-mm is for"), own);
        for (Numbers wrong : List.of(Numbers.of(0), Numbers.of(1, 2), Numbers.of(Double.NaN))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Resolution(Optional.of(wrong), Optional.empty(), 0.3));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Resolution(Optional.empty(), Optional.empty(), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Resolution.unsaid().withFwhmMm(4).withSpacingMm(3));
    }

    /** √(−2 ln 0.3)/π = 0.49394, times 2.35482; widths known add in quadrature. */
    @Test
    void theBlurFollowsFromWhatIsKnown() {
        Volume sharp = Pictures.sharp();
        List<Volume> bands = Pictures.bands().subList(0, 1);
        assertArrayEquals(
                new double[] {3.48942, 3.48942, 0}, blur(sharp, bands, Resolution.unsaid()), 1e-4);
        List<Volume> known = List.of(bands.get(0).withFwhmMm(Numbers.of(5, 6, 7)));
        assertArrayEquals(new double[] {5, 6, 0}, blur(sharp, known, Resolution.unsaid()), 1e-9);
        Volume softer = sharp.withFwhmMm(Numbers.of(3, 3, 1));
        assertArrayEquals(
                new double[] {4, Math.sqrt(27), 0}, blur(softer, known, Resolution.unsaid()), 1e-9);
        assertArrayEquals(
                new double[] {8, 8, 0},
                blur(sharp, known, Resolution.unsaid().withFwhmMm(8)),
                1e-9);
        Volume there = sharp.withFwhmMm(Numbers.of(1, 1, 1)); // what is said goes before that
        assertArrayEquals(
                new double[] {3.48942, 3.48942, 0},
                blur(sharp, List.of(there), Resolution.unsaid().withSpacingMm(3)),
                1e-4);
        Pansharpened made = Pictures.sharpened(GLP, sharp, bands);
        assertArrayEquals(new double[] {3, 3, 1}, made.ratio().toArray(), 1e-9);
    }

    private static double[] blur(Volume sharp, List<Volume> bands, Resolution said) {
        return Pansharpened.of(GLP, sharp, List.of("a"), bands, said, Optional.empty())
                .fwhmMm()
                .toArray();
    }

    @Test
    void unlikeBandsAreRefusedWhereTheyAreMixed() {
        List<Volume> bands = Pictures.bands();
        List<Volume> mixed = List.of(bands.get(0), bands.get(1).withQuantity(Quantity.HU));
        assertEquals(
                "b and a have different quantities (HU and SUVbw), and ihs adds them up. Take"
                        + " mtf-glp, atwt or hpf, which treat each band alone.",
                refusal(new Ihs(Scaling.SIGNED), Pictures.sharp(), mixed, Resolution.unsaid()));
        assertEquals(2, Pictures.sharpened(GLP, Pictures.sharp(), mixed).bands().size());
        String grid = refusal(GLP, fine(1), List.of(bands.get(0), fine(2)), Resolution.unsaid());
        assertTrue(grid.startsWith("b and a lie on different grids."), grid);
        List<Volume> widths =
                List.of(
                        bands.get(0).withFwhmMm(Numbers.of(4, 4, 4)),
                        bands.get(1).withFwhmMm(Numbers.of(6, 6, 6)));
        String width = refusal(GLP, fine(1), widths, Resolution.unsaid());
        assertTrue(width.startsWith("b and a have different resolutions."), width);
        List<Volume> twice = List.of(bands.get(0), bands.get(0));
        String same =
                refusal(
                        new GramSchmidt(Scaling.FITTED),
                        Pictures.sharp(),
                        twice,
                        Resolution.unsaid());
        assertTrue(same.startsWith("one of the bands is a sum of others"), same);
        Volume even = Pictures.sharp().withValues(new float[FINE.voxels()]);
        String flat = refusal(new Ihs(Scaling.SIGNED), even, bands, Resolution.unsaid());
        assertTrue(flat.startsWith("the sharp image has no contrast"), flat);
    }

    @Test
    void imagesThatDoNotMeetAreRefused() {
        float[] none = new float[FINE.voxels()];
        Arrays.fill(none, Float.NaN);
        Volume empty = Pictures.sharp().withValues(none);
        String message = refusal(GLP, empty, Pictures.bands(), Resolution.unsaid());
        assertTrue(message.contains("no voxel in common where all have a value."), message);
    }

    /** Where there is nothing to multiply bands stay, and are counted; below zero is refused. */
    @Test
    void aQuotientOfNothingLeavesTheBandAlone() {
        List<Volume> bands = new ArrayList<>();
        for (Volume b : Pictures.bands()) {
            float[] values = b.values().clone();
            for (int v = 0; v < values.length; v++) {
                values[v] = v % 15 < 7 ? 0 : values[v];
            }
            bands.add(b.withValues(values));
        }
        Pansharpened made = Pictures.sharpened(new Brovey(Scaling.SIGNED), Pictures.sharp(), bands);
        Pansharpened.Band first = made.bands().get(0);
        assertEquals(0, first.nanVoxels());
        assertTrue(first.leftVoxels() > 0 && first.leftVoxels() < FINE.voxels() / 2);
        for (float f : first.fused().volume().values()) {
            assertTrue(Float.isFinite(f));
            // at most three times P′, which is I's mean and some standard deviations
            assertTrue(Math.abs(f) < 3000, "value " + f);
        }
        List<Volume> hu = new ArrayList<>();
        for (Volume b : Pictures.bands()) {
            float[] values = b.values().clone();
            for (int v = 0; v < values.length; v++) {
                values[v] -= 1000;
            }
            hu.add(b.withValues(values));
        }
        String below =
                refusal(new Brovey(Scaling.SIGNED), Pictures.sharp(), hu, Resolution.unsaid());
        assertTrue(below.startsWith("brovey takes a quotient, which needs values that"), below);
        refusal(new MtfGlp(Gain.MODULATION), Pictures.sharp(), hu, Resolution.unsaid());
    }

    @Test
    void onlyAddedDetailThatKeepsTheBandKeepsItsQuantity() {
        Pansharpened kept = Pictures.sharpened(GLP, Pictures.sharp(), Pictures.bands());
        assertEquals(Quantity.SUV_BW, kept.bands().get(0).fused().volume().quantity());
        assertEquals(
                "SUVbw as means over regions wider than the band's resolution; the detail is the sharp"
                        + " image's",
                kept.bands().get(0).meaning());
        assertTrue(kept.bands().get(0).fused().volume().resampled());
        Pansharpened lost =
                Pictures.sharpened(new Ihs(Scaling.SIGNED), Pictures.sharp(), Pictures.bands());
        assertEquals(Quantity.FUSED, lost.bands().get(0).fused().volume().quantity());
        assertEquals(
                "sharpened, not quantitative (the rule puts the sharp image in the place of the bands'"
                        + " intensity)",
                lost.bands().get(0).meaning());
        Pansharpened off = Pictures.sharpened(new MtfGlp(Gain.SD), fine(77), Pictures.bands());
        assertEquals(
                "sharpened, not quantitative (degraded again it is further from the band than the band"
                        + " left alone)",
                off.bands().get(0).meaning());
        List<Volume> fused =
                Pictures.bands().stream().map(b -> b.withQuantity(Quantity.FUSED)).toList();
        assertEquals(
                "sharpened, not quantitative (the band measures nothing since it was fused)",
                Pictures.sharpened(GLP, Pictures.sharp(), fused).bands().get(0).meaning());
    }

    /**
     * Noise that has nothing to do with the bands does harm as loud as they are, and is refused.
     */
    @Test
    void aRuleThatIsWorseThanNothingIsRefused() {
        Pansharpened made =
                Pictures.sharpened(new MtfGlp(Gain.SD), fine(77), Pictures.bands().subList(1, 2));
        String harm = made.harm().orElseThrow();
        assertTrue(
                harm.startsWith(
                        "mtf-glp does harm: one resolution step down, where the truth is known, it is"
                                + " further from it than the band left alone (m1: RMSE "),
                harm);
        assertTrue(
                assertThrows(RefusedException.class, made::refuseHarm)
                        .getMessage()
                        .contains("harm: warn"));
        Pansharpened careful =
                Pictures.sharpened(GLP, Pictures.sharp(), Pictures.bands().subList(1, 2));
        assertTrue(careful.harm().isEmpty());
        careful.refuseHarm();
    }

    /**
     * An even image that is missing on one side changes nothing, so that both errors are the same.
     */
    @Test
    void bothAreJudgedOverTheSameVoxels() {
        float[] even = new float[FINE.voxels()];
        for (int v = 0; v < even.length; v++) {
            even[v] = v % 45 < 12 ? Float.NaN : 50;
        }
        Volume sharp = Pictures.sharp().withValues(even);
        List<Volume> one = Pictures.bands().subList(0, 1);
        Wald.Judged part = Pictures.sharpened(GLP, sharp, one).wald().bands().get(0);
        assertEquals(part.untouchedRmse(), part.rmse());
        Wald.Judged whole = Pictures.sharpened(GLP, Pictures.sharp(), one).wald().bands().get(0);
        assertFalse(Math.abs(whole.untouchedRmse() - part.untouchedRmse()) < 0.01);
    }

    @Test
    void tooFewVoxelsAreNotJudged() {
        Geometry fine = Geometry.of(12, 12, 1, 1, 1, 1);
        Volume sharp = Volume.of(fine, Pictures.noise(fine, 1), Quantity.MR);
        Volume band = Volume.of(fine, Pictures.noise(fine, 2), Quantity.MR);
        Pansharpened made =
                Pansharpened.of(
                        GLP,
                        sharp,
                        List.of("a"),
                        List.of(band),
                        Resolution.unsaid().withSpacingMm(4, 4, 1),
                        Optional.empty());
        assertEquals(
                "the bands have too few voxels along an axis to be degraded once more.",
                made.wald().notJudged().orElseThrow());
        assertTrue(made.harm().isEmpty());
    }

    /** What is fitted within a mask does not look at the rest. */
    @Test
    void aMaskBoundsWhatIsFitted() {
        boolean[] left = new boolean[FINE.voxels()];
        Volume sharp = Pictures.sharp();
        float[] other = sharp.values().clone();
        for (int v = 0; v < left.length; v++) {
            left[v] = v % 45 < 10;
            other[v] = v % 45 < 41 ? other[v] : 1000 - 5 * other[v];
        }
        Optional<Mask> within = Optional.of(Mask.of(FINE, left));
        double one = gain(sharp, within);
        double two = gain(sharp.withValues(other), within);
        assertEquals(one, two, 1e-5, "splines reach far, and weakly");
        assertFalse(Math.abs(gain(sharp, Optional.empty()) - one) < 1e-3);
    }

    private static double gain(Volume sharp, Optional<Mask> within) {
        return Pansharpened.of(
                        GLP,
                        sharp,
                        List.of("a"),
                        Pictures.bands().subList(0, 1),
                        Resolution.unsaid(),
                        within)
                .bands()
                .get(0)
                .gain();
    }

    /**
     * Three truths that share edges with the sharp image, two of them with the other sign: every
     * rule that follows the sign is nearer to them than the bands interpolated.
     */
    @Test
    void bandsThatShareEdgesWithTheSharpImageComeNearerToTheTruth() {
        Geometry fine = Geometry.of(96, 96, 1, 1, 1, 1);
        float[] p = Pictures.noise(fine, 5);
        double[][] mix = {{0.5, 0.1}, {-0.4, 0.15}, {0.9, -0.1}};
        Volume sharp = Volume.of(fine, p, Quantity.MR);
        Geometry coarse =
                new Geometry(
                        32, 32, 1, Numbers.of(3, 3, 1), Numbers.of(1, 1, 0), Geometry.IDENTITY);
        Volume any = Volume.of(coarse, new float[coarse.voxels()], Quantity.MR);
        Degradation way = Degradation.of(sharp, any, Resolution.unsaid());
        List<float[]> truth = new ArrayList<>();
        List<Volume> bands = new ArrayList<>();
        for (double[] m : mix) {
            float[] own = Pictures.noise(fine, 6 + truth.size());
            float[] t = new float[p.length];
            for (int v = 0; v < t.length; v++) {
                t[v] = (float) (700 + m[0] * (p[v] - 400) + m[1] * (own[v] - 400));
            }
            truth.add(t);
            bands.add(Volume.of(coarse, way.asBand(t), Quantity.MR));
        }
        for (Sharpening rule :
                List.of(
                        GLP,
                        new Hpf(Gain.REGRESSION),
                        new Atwt(Gain.REGRESSION),
                        new MtfGlp(Gain.MODULATION),
                        new GramSchmidt(Scaling.SIGNED),
                        new GramSchmidt(Scaling.FITTED))) {
            Pansharpened made = Pictures.sharpened(rule, sharp, bands);
            for (int m = 0; m < 3; m++) {
                float[] alone = made.bands().get(m).fused().inputs().get(0).values();
                double after = rms(truth.get(m), Pictures.values(made, m));
                double before = rms(truth.get(m), alone);
                assertTrue(after < 0.7 * before, rule + " " + m + ": " + after + " of " + before);
            }
            assertTrue(made.harm().isEmpty(), rule + " " + made.harm());
            Map<Metric, Figure> full = made.fullResolution();
            assertTrue(full.get(Metric.QNR).value() > 0.7, rule + " " + full);
        }
    }

    private static double rms(float[] a, float[] b) {
        double sum = 0;
        for (int v = 0; v < a.length; v++) {
            sum += (a[v] - b[v]) * (double) (a[v] - b[v]);
        }
        return Math.sqrt(sum / a.length);
    }
}
