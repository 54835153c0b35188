package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.diapason.features.Bins;
import org.diapason.features.Discretisation;
import org.diapason.features.Family;
import org.diapason.features.Ibsi;
import org.diapason.features.Sampling;
import org.diapason.math.Interpolation;
import org.diapason.phantom.TwinProof.Check;
import org.diapason.phantom.TwinProof.Outcome;
import org.diapason.step.Extractor;
import org.diapason.step.Operation;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.steps.intensity.Clip;
import org.diapason.steps.intensity.HuLine;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.CoarsestFwhm;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.steps.resolution.Kernel;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.table.ComBat;
import org.diapason.volume.Exam;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;

class TwinProofTest {
    private static final VirtualScanner A = ScannerLibrary.of("twin-a");
    private static final VirtualScanner B = ScannerLibrary.of("twin-b");
    private static final VirtualScanner C = ScannerLibrary.of("twin-c");
    private static final Operation<Exam> GRID =
            new Isotropic("*", 2, Interpolation.CUBIC, AntiAlias.AUTO, false);
    private static final Recipe RECIPE =
            recipe(List.of(new HuLine("*"), new MatchFwhm("*", 6, false), GRID));

    private static Recipe recipe(List<Operation<Exam>> images) {
        Extractor ibsi =
                Ibsi.of(
                        "ct",
                        "lesion",
                        Discretisation.fixedWidth(10, -200),
                        Discretisation.fixedCount(32));
        return new Recipe(images, false, List.of(ibsi), List.of(), List.of(), 1);
    }

    private static Twins small(Recipe recipe) {
        return new Twins(A, B, recipe, 8, 40);
    }

    private static TwinProof proof(Recipe recipe, int objects) {
        return new TwinProof(small(recipe), Optional.empty(), objects, 0, 6);
    }

    private static Map<String, Check> checks(TwinProof proof) {
        return proof.prove(Progress.NONE).checks().stream()
                .collect(Collectors.toMap(Check::name, c -> c));
    }

    @Test
    void twinsOnOneGridAreOneAfterTheRecipe() {
        TwinProof.Result result = proof(RECIPE, 100).prove(Progress.NONE);
        for (Check check : result.checks()) {
            assertEquals(Outcome.HELD, check.outcome(), check.toString());
        }
        assertEquals(Outcome.HELD, result.outcome());
        // Float holds 64 … 128 HU in steps of 7.6e-6, 1e-7 of the range of about 80 HU.
        assertTrue(result.imageResidual() > 1e-8, "two roundings cannot agree better");
        assertTrue(result.imageResidual() <= 1e-6, () -> "" + result.imageResidual());
        assertTrue(result.features().stream().anyMatch(r -> r.feature().equals("ct.stat_mean")));
    }

    @Test
    void aRecipeThatLeavesTheResolutionApartMisses() {
        Map<String, Check> checks = checks(proof(recipe(List.of(new HuLine("*"), GRID)), 4));
        assertEquals(Outcome.MISSED, checks.get("i").outcome());
        assertEquals(Outcome.MISSED, checks.get("ii").outcome());
        assertEquals(Outcome.MISSED, checks.get("iv").outcome());
        assertEquals(Outcome.MISSED, checks.get("v").outcome(), "no width is used at all");
        assertTrue(checks.get("iii").detail().contains(" bin, 0 of them further from"));
    }

    @Test
    void whereAKernelIsNarrowTheResidualIsStatedAndNotJudged() {
        // From 5 to 5.5 mm the kernel has 0.97 voxels of 1 mm.
        Check narrow =
                checks(
                                proof(
                                        recipe(
                                                List.of(
                                                        new HuLine("*"),
                                                        new MatchFwhm("*", 5.5, false),
                                                        GRID)),
                                        1))
                        .get("i");
        assertEquals(Outcome.STATED, narrow.outcome());
        assertTrue(narrow.detail().contains("kernels from 0.97 voxels,"), narrow.detail());
    }

    @Test
    void aFourierTransferIsPromisedTheSame() {
        Kernel kernel =
                new Kernel(
                        "*",
                        Optional.empty(),
                        Optional.of(org.diapason.math.Mtf.gaussian(6)),
                        OptionalDouble.of(6),
                        Optional.empty(),
                        Optional.empty(),
                        1e-6,
                        Optional.empty());
        TwinPair pair = small(recipe(List.of(new HuLine("*"), kernel, GRID))).quiet(1);
        assertTrue(pair.fourier());
        assertTrue(pair.imageResidual() <= TwinProof.IMAGES, () -> "" + pair.imageResidual());
    }

    @Test
    void stepsThatLearnDoSoFromTheTwins() {
        TwinPair pair =
                small(recipe(List.of(new HuLine("*"), new CoarsestFwhm("*"), GRID))).quiet(1);
        assertEquals(5, pair.b().image("ct").volume().fwhmMm().orElseThrow().get(0), 1e-9);
        assertTrue(pair.imageResidual() <= TwinProof.IMAGES, () -> "" + pair.imageResidual());
    }

    @Test
    void aFlippedVoxelIsListedWithItsEdgeAndMovingItMakesLevelsEqual() {
        // A residual of 1e-3 HU, far over rounding, so that voxels do change their bins.
        VirtualScanner off = new VirtualScanner("off", 1.03, 20.001, 5, 1, 1, 0, 0, false);
        TwinPair right = small(RECIPE).quiet(1);
        Exam a = right.a();
        Exam b =
                right.b()
                        .mapImages(
                                (name, one) -> {
                                    float[] shifted = one.volume().values().clone();
                                    for (int v = 0; v < shifted.length; v++) {
                                        shifted[v] += off.offset() - 20 > 0 ? 0.05f : 0;
                                    }
                                    return one.withVolume(one.volume().withValues(shifted));
                                });
        TwinPair pair =
                new TwinPair(
                        right.twins(),
                        right.seed(),
                        right.scannedA(),
                        right.scannedB(),
                        a,
                        b,
                        right.traceA(),
                        right.traceB(),
                        right.steps(),
                        right.passages());
        BinFlips found = BinFlips.of(pair);
        List<BinFlips.Flip> wide =
                found.flips().stream().filter(f -> f.rule().equals("fbs10")).toList();
        int expected = 0;
        List<Bins> bins = Bins.of((Ibsi) RECIPE.features().get(0), a);
        for (float v : bins.get(0).values()) {
            // The upper value is rounded to float, which the shift in the image is too.
            float w = v + 0.05f;
            expected += Math.floor(v / 10.0) != Math.floor(w / 10.0) ? 1 : 0;
        }
        assertTrue(expected > 0, "the shift moves voxels over an edge");
        assertEquals(expected, wide.size());
        for (BinFlips.Flip f : wide) {
            assertTrue(f.explained(), f.toString());
            assertEquals(0.005, f.residualBins(), 1e-5);
            assertEquals(1, f.levelB() - f.levelA());
        }
        List<String> apart = new ArrayList<>();
        int texture = 0;
        for (Map.Entry<String, double[]> e : found.moved().entrySet()) {
            double[] two = e.getValue();
            if (!e.getKey().contains(".ivh_")) {
                texture++;
                if (TwinProof.part(two[0], two[1], Math.abs(two[0])) > 1e-12) {
                    apart.add(e.getKey());
                }
            }
        }
        assertEquals(List.of(), apart);
        assertTrue(texture > 150, () -> "two rules of all texture families: " + found.moved());
    }

    @Test
    void onDifferentGridsTheDifferenceStaysWithinWhatAnEdgePredicts() {
        TwinPair pair = new Twins(A, C, RECIPE, 8, 40).quiet(1);
        EdgeTwins predicted = EdgeTwins.of(pair).orElseThrow();
        double found = pair.imageResidual();
        assertTrue(found > 1e-4, "the grids do matter: " + found);
        assertTrue(found <= predicted.bound(), found + " against " + predicted);
        assertTrue(predicted.edge() < predicted.bound(), predicted.toString());
        assertTrue(predicted.bound() < 0.03, () -> "it says something: " + predicted);
        double wrong = new Twins(A, C, RECIPE, 8, 40).quiet(1, 1.05).imageResidual();
        assertTrue(wrong > predicted.bound(), "a width wrong by 5 % leaves more: " + wrong);
        double none = EdgeTwins.of(small(RECIPE).quiet(1)).orElseThrow().bound();
        // Rounding of floats adds up over two hundred edges; aliasing is a hundred times as much.
        assertEquals(0, none, 1e-4, "on one grid nothing is predicted");
    }

    @Test
    void nothingIsPredictedOfStepsThatAreNotLinearOrResponsesWithoutAClosedForm() {
        Operation<Exam> bent = new Clip("*", "", 2, 98, Optional.empty(), true);
        Recipe clipped = recipe(List.of(new HuLine("*"), new MatchFwhm("*", 6, false), GRID, bent));
        assertEquals(Optional.empty(), EdgeTwins.of(new Twins(A, C, clipped, 8, 40).quiet(1)));
        VirtualScanner boosted =
                new VirtualScanner(
                        "boosted",
                        1,
                        0,
                        C.psfMm(),
                        C.spacingMm(),
                        C.boxMm(),
                        Optional.of(new ReconstructionKernel.Boost(0.5, 4)),
                        Optional.empty(),
                        Optional.empty(),
                        false);
        assertEquals(Optional.empty(), EdgeTwins.of(new Twins(A, boosted, RECIPE, 8, 40).quiet(1)));
    }

    @Test
    void noObjectOfItsRangeExceedsTheBoundWhateverItsTexture() {
        double most = 0;
        for (int seed = 2; seed <= 4; seed++) { // 1 is looked at above
            TwinPair pair = new Twins(A, C, RECIPE, 8, 40).quiet(seed);
            double share = pair.imageResidual() / EdgeTwins.of(pair).orElseThrow().bound();
            most = Math.max(most, share);
        }
        // A single edge reaches a third of the bound, so it is not a bound by being far away.
        assertTrue(most < 1 && most > 0.05, "largest part of the bound: " + most);
    }

    @Test
    void widthsAreCountedInVoxelsOfTheGridThatIsMatched() {
        Operation<Exam> late = new MatchFwhm("*", 6, true);
        TwinPair pair = small(recipe(List.of(new HuLine("*"), GRID, late))).quiet(1);
        // 5 to 6 mm on voxels of 2 mm: sqrt(36 − 25) / 2.3548 / 2, and 4 / 2.3548 / 2.
        assertEquals(0.704, pair.leastKernelSigma(), 1e-3);
        assertEquals(0.849, pair.leastSourceSigma(), 1e-3);
        Check i = checks(proof(recipe(List.of(new HuLine("*"), GRID, late)), 1)).get("i");
        assertEquals(Outcome.STATED, i.outcome(), i.toString());
    }

    @Test
    void whatIsLeftOutIsNamed() {
        Recipe whole =
                new Recipe(
                        List.of(
                                new HuLine("*"),
                                new CoarsestFwhm("*"),
                                new MatchFwhm("*", 5, false),
                                GRID),
                        true,
                        RECIPE.features(),
                        List.of(ComBat.of("site", List.of())),
                        List.of(),
                        1);
        TwinPair pair = small(whole).quiet(1);
        assertEquals(List.of("hu-line", "match-fwhm", "isotropic", "ibsi"), TwinProof.proved(pair));
        List<String> out = TwinProof.notProved(pair);
        assertEquals(
                List.of(
                        "match-fwhm (changed nothing in these images)",
                        "combat (a table step needs a cohort)"),
                out);
    }

    @Test
    void aRecipeWithoutFeaturesIsProvedOnImagesAlone() {
        Recipe images = new Recipe(RECIPE.images(), false, List.of(), List.of(), List.of(), 1);
        TwinProof.Result result =
                new TwinProof(small(images), Optional.empty(), 3, 5, 6).prove(Progress.NONE);
        Map<String, Check> checks =
                result.checks().stream().collect(Collectors.toMap(Check::name, c -> c));
        assertEquals(Outcome.HELD, checks.get("i").outcome());
        assertEquals(Outcome.HELD, checks.get("v").outcome());
        assertEquals("the recipe measures none", checks.get("ii").detail());
        assertEquals(Outcome.STATED, checks.get("iv").outcome());
        assertFalse(checks.containsKey("noise"));
    }

    @Test
    void twinsLeftOnDifferentGridsAreRefused() {
        Twins apart = new Twins(A, C, recipe(List.of(new HuLine("*"))), 8, 40);
        String said =
                assertThrows(RefusedException.class, () -> apart.quiet(1).imageResidual())
                        .getMessage();
        assertTrue(said.endsWith("Add a grid step (isotropic) to the recipe."), said);
    }

    @Test
    void withNoiseTheIntervalCoversAndAWrongWidthIsNotCovered() {
        Twins twins = new Twins(A, B, RECIPE);
        NoisyTwins right = NoisyTwins.of(twins, 100, 79, 1, Progress.NONE);
        // 20 features of one region are much alike: of 100 pairs the share has an SD of about 3 %.
        assertEquals(0.95, right.covered(), 0.06, right.toString());
        NoisyTwins wrong = NoisyTwins.of(twins, 20, 79, 1.15, Progress.NONE);
        assertTrue(wrong.lowest() < 0.5, wrong.toString());
        assertFalse(wrong.covered() > 0.92, wrong.toString());
    }

    @Test
    void binsOfAGridOfItsOwnAreSaidNotToBeLookedAt() {
        Ibsi plain = Ibsi.of("ct", "lesion", Discretisation.fixedCount(32));
        Ibsi sampled =
                new Ibsi(
                        "ct",
                        "lesion",
                        Optional.empty(),
                        Optional.of(new Sampling(3, false, Interpolation.LINEAR, false)),
                        List.of(),
                        List.of(Family.STATISTICS, Family.GLCM),
                        plain.dimensions(),
                        plain.texture(),
                        plain.discretisations(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        false);
        Recipe own = new Recipe(RECIPE.images(), false, List.of(sampled), List.of(), List.of(), 1);
        Map<String, Check> checks = checks(proof(own, 1));
        assertEquals(Outcome.HELD, checks.get("ii").outcome(), checks.toString());
        assertEquals(Outcome.STATED, checks.get("iii").outcome());
        assertEquals("bins were not looked at", checks.get("iii").detail());
        assertEquals(Outcome.STATED, checks.get("iv").outcome());
    }
}
