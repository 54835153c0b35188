package org.diapason.fusion;

import static org.diapason.fusion.Blob.ALPHA;
import static org.diapason.fusion.Blob.GRID;
import static org.diapason.fusion.Blob.OBLIQUE;
import static org.diapason.fusion.Blob.SETTINGS;
import static org.diapason.fusion.Blob.SIGMA;
import static org.diapason.fusion.Blob.blob;
import static org.diapason.fusion.Blob.border;
import static org.diapason.fusion.Blob.centred;
import static org.diapason.fusion.Blob.map;
import static org.diapason.fusion.Blob.nothing;
import static org.diapason.fusion.Blob.turned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Rules, grids, gaps and noise that a bias map has to do with. */
class BiasMapInputTest {
    /** The same average, but known only by what it makes of shifted images. */
    @Test
    void aRuleWithoutDerivativeIsFollowedByShiftedImages() {
        FusionRule average = Weighted.of(ALPHA);
        FusionRule blind = average::fuse;
        Geometry g = centred(30, 26, 22, 1.1, 0.9, 1.4, turned(0.3, 0.5, -1));
        Volume b = blob(g, new double[3]);
        float[][] covariance = new float[6][g.voxels()];
        double[] s = {0.4, 0.1, -0.05, 0.3, 0.02, 0.2};
        for (int n = 0; n < 6; n++) {
            Arrays.fill(covariance[n], (float) s[n]);
        }
        Misregistration u = Misregistration.perVoxel(covariance);
        BiasMap exact = BiasMap.of(average, List.of(nothing(g), b), 1, u, SETTINGS);
        BiasMap found = BiasMap.of(blind, List.of(nothing(g), b), 1, u, SETTINGS);
        assertTrue(found.safeAlpha().isEmpty());
        for (int v = 0; v < g.voxels(); v++) {
            if (border(g, v) >= 4) {
                double sd = exact.sd().values()[v];
                assertEquals(exact.bias().values()[v], found.bias().values()[v], 0.2);
                assertEquals(sd, found.sd().values()[v], 0.2 + 0.01 * sd);
            }
        }
    }

    /** The larger value: the second image shows, and can be off, only where it is larger. */
    @Test
    void whereTheOtherImageShowsNothingIsOff() {
        float[] level = new float[GRID.voxels()];
        Arrays.fill(level, 500);
        Volume b = blob(GRID, new double[3]);
        FusionRule most =
                (g, both) -> {
                    float[] out = new float[g.voxels()];
                    for (int v = 0; v < out.length; v++) {
                        out[v] = Math.max(both.get(0)[v], both.get(1)[v]);
                    }
                    return out;
                };
        Misregistration u = Misregistration.isotropic(1, GRID);
        BiasMap map =
                BiasMap.of(most, List.of(Volume.of(GRID, level, Quantity.HU), b), 1, u, SETTINGS);
        BiasMap all = map(GRID, 0, u);
        int shown = 0;
        for (int v = 0; v < level.length; v++) {
            if (b.values()[v] < 350) {
                assertEquals(0, map.sd().values()[v]);
            } else if (b.values()[v] > 650) {
                shown++;
                double sd = all.sd().values()[v];
                assertEquals(sd, map.sd().values()[v], 0.3 + 0.02 * sd);
            }
        }
        assertTrue(shown > 100);
    }

    /** In a plane a mean distance is shared by two axes, not by three. */
    @Test
    void aSliceKnowsOnlyItsPlane() {
        Geometry flat = centred(48, 44, 1, 1, 1, 3, Geometry.IDENTITY);
        BiasMap map = map(flat, 0, Misregistration.isotropic(1, flat));
        int steepest = flat.index(23 + 6, 21, 0);
        Numbers p = flat.toWorld(29, 21, 0);
        double slope = 1000 / (SIGMA * SIGMA) * StrictMath.exp(-(5.5 * 5.5 + 0.25) / 72);
        double across = slope * Math.sqrt(p.get(0) * p.get(0) + p.get(1) * p.get(1));
        double s = 1 / Math.sqrt(Math.PI / 2);
        assertEquals(across * s, map.sd().values()[steepest], 0.01 * across * s);
        Volume b = blob(flat, new double[3]);
        float[] values = map.bias().values();
        // ½ s² (I_xx + I_yy): nothing across the slice
        double r2 = p.get(0) * p.get(0) + p.get(1) * p.get(1);
        double laplace = (r2 / 1296 - 2 / 36.0) * b.values()[steepest];
        assertEquals(0.5 * s * s * laplace, values[steepest], 0.01 * Math.abs(laplace) + 0.02);
    }

    /** Of three images the second moves: what it does is its share, whichever place it has. */
    @Test
    void anyImageMayBeTheOneThatMoves() {
        Volume b = blob(GRID, new double[3]);
        Volume no = nothing(GRID);
        Misregistration u = Misregistration.shift(Numbers.of(0.5, 0.2, -0.3));
        float[] all = map(GRID, 0, u).bias().values();
        FusionRule rule = new Weighted(Optional.of(Numbers.of(1, 3, 4)));
        int[] eighths = {1, 3, 4};
        for (int which = 0; which < 3; which++) {
            List<Volume> images = new ArrayList<>(List.of(no, no, no));
            images.set(which, b);
            FusionRule blind = rule::fuse;
            float[] exact = BiasMap.of(rule, images, which, u, SETTINGS).bias().values();
            float[] found = BiasMap.of(blind, images, which, u, SETTINGS).bias().values();
            for (int v = 0; v < all.length; v++) {
                assertEquals(all[v] * eighths[which] / 8.0, exact[v], 1e-4);
                if (border(GRID, v) >= 4) {
                    assertEquals(exact[v], found[v], 0.2);
                }
            }
        }
    }

    /** A rule that fills a gap with another image must not make an edge of the gap's border. */
    @Test
    void whatFillsAGapIsNoEdge() {
        float[] level = new float[GRID.voxels()];
        Arrays.fill(level, 5000);
        float[] values = level.clone();
        for (int v = 0; v < values.length; v++) {
            values[v] = v % GRID.ni() < 12 ? Float.NaN : 0;
        }
        List<Volume> images =
                List.of(Volume.of(GRID, level, Quantity.HU), Volume.of(GRID, values, Quantity.HU));
        FusionRule rule = Weighted.of(0.5);
        FusionRule blind = rule::fuse;
        Misregistration u = Misregistration.isotropic(1, GRID);
        for (FusionRule each : List.of(rule, blind)) {
            BiasMap map = BiasMap.of(each, images, 1, u, SETTINGS);
            assertEquals(0, map.figures().largestSd());
            // half a voxel of shift reads one voxel nearer to the gap
            int columns = each == rule ? 35 : 34;
            assertEquals(columns * 44L * 40, map.figures().voxels());
        }
    }

    @Test
    void besideAGapNothingIsKnown() {
        Volume whole = blob(GRID, new double[3]);
        float[] values = whole.values().clone();
        for (int v = 0; v < values.length; v++) {
            values[v] = v % GRID.ni() < 12 ? Float.NaN : values[v];
        }
        Misregistration u = Misregistration.isotropic(1, GRID);
        BiasMap all = map(GRID, ALPHA, u);
        BiasMap map =
                BiasMap.of(
                        Weighted.of(ALPHA),
                        List.of(nothing(GRID), whole.withValues(values)),
                        1,
                        u,
                        SETTINGS);
        for (int v = 0; v < values.length; v++) {
            int i = v % GRID.ni();
            float sd = map.sd().values()[v];
            assertEquals(i < 13, Float.isNaN(sd));
            if (i > 14) {
                assertEquals(all.sd().values()[v], sd, 1);
            }
        }
        assertEquals(35L * 44 * 40, map.figures().voxels());
    }

    @Test
    void theNoiseIsFoundOrAskedFor() {
        Rng rng = new Rng(3);
        float[] noisy = blob(GRID, new double[3]).values().clone();
        for (int v = 0; v < noisy.length; v++) {
            noisy[v] += (float) (8 * rng.nextGaussian());
        }
        Volume b = nothing(GRID).withValues(noisy);
        Misregistration u = Misregistration.isotropic(1, GRID);
        FusionRule rule = Weighted.of(0.5);
        BiasMap map = BiasMap.of(rule, List.of(nothing(GRID), b), 1, u, BiasMap.Settings.USUAL);
        assertEquals(4, map.figures().noiseSd(), 0.1);
        assertTrue(map.figures().noiseEstimated());
        RefusedException none =
                assertThrows(
                        RefusedException.class,
                        () ->
                                BiasMap.of(
                                        rule,
                                        List.of(nothing(GRID), nothing(GRID)),
                                        1,
                                        u,
                                        BiasMap.Settings.USUAL));
        assertEquals(
                "the noise of the fused image cannot be told: fewer than 100 voxels differ from"
                        + " their neighbours. Give its standard deviation: --noise.",
                none.getMessage());
    }

    /** A blob of σ blurred by s has the slopes of one of √(σ² + s²); noise has nearly none left. */
    @Test
    void aBlurTakesTheSlopesOfNoiseAway() {
        double fwhm = 5;
        double s = fwhm / 2.3548200450309493;
        BiasMap.Settings blur =
                new BiasMap.Settings(
                        OptionalDouble.of(2), 1, OptionalDouble.empty(), fwhm, Optional.empty());
        Misregistration u = Misregistration.isotropic(1, OBLIQUE);
        FusionRule rule = Weighted.of(0);
        Volume b = blob(OBLIQUE, new double[3]);
        BiasMap map = BiasMap.of(rule, List.of(nothing(OBLIQUE), b), 1, u, blur);
        int v = OBLIQUE.index(20, 32, 15);
        Numbers p = OBLIQUE.toWorld(20, 32, 15);
        double width = SIGMA * SIGMA + s * s;
        double r2 = p.get(0) * p.get(0) + p.get(1) * p.get(1) + p.get(2) * p.get(2);
        double height = 1000 * StrictMath.pow(SIGMA * SIGMA / width, 1.5);
        double slope = height * Math.sqrt(r2) / width * StrictMath.exp(-r2 / (2 * width));
        double sd = slope / Math.sqrt(8 / Math.PI);
        assertEquals(sd, map.sd().values()[v], 0.02 * sd);
        Rng rng = new Rng(3);
        float[] noise = new float[OBLIQUE.voxels()];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (float) rng.nextGaussian();
        }
        Volume noisy = b.withValues(noise);
        double with =
                BiasMap.of(rule, List.of(nothing(OBLIQUE), noisy), 1, u, blur).figures().rmsSd();
        double without =
                BiasMap.of(rule, List.of(nothing(OBLIQUE), noisy), 1, u, SETTINGS)
                        .figures()
                        .rmsSd();
        assertTrue(with < 0.05 * without, with + " of " + without);
    }
}
