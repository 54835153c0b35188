package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Interpolation;
import org.diapason.phantom.KnownDifference.Found;
import org.diapason.phantom.KnownDifference.Kind;
import org.diapason.step.Operation;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.steps.intensity.HuLine;
import org.diapason.steps.intensity.ZScore;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.volume.Exam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownDifferenceTest {
    private static final List<VirtualScanner> TWO =
            List.of(ScannerLibrary.of("twin-a"), ScannerLibrary.of("twin-b"));
    private static final Operation<Exam> GRID =
            new Isotropic("*", 2, Interpolation.CUBIC, AntiAlias.AUTO, false);
    private static final Recipe RECIPE =
            recipe(List.of(new HuLine("*"), new MatchFwhm("*", 6, false), GRID));

    private static Recipe recipe(List<Operation<Exam>> images) {
        return new Recipe(images, false, List.of(), List.of(), List.of(), 1);
    }

    private static Found find(Kind kind, Recipe recipe, List<VirtualScanner> by) {
        return new KnownDifference(by, recipe, 8).find(kind, Progress.NONE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUV")
    void aRecipeThatKeepsADifferenceRecoversItAcrossTwoScanners(Kind kind) {
        Found found = find(kind, RECIPE, TWO);
        assertEquals(1, found.ratio(), 0.07, found.toString());
        assertTrue(found.low() <= found.ratio() && found.ratio() <= found.high());
        assertEquals(Optional.empty(), found.flag());
    }

    @Test
    void uptakeIsRecoveredThroughPetScannersWithoutTheHuLine() {
        List<VirtualScanner> pet =
                List.of(ScannerLibrary.of("pet-digital"), ScannerLibrary.of("pet-old"));
        Found found = find(Kind.SUV, recipe(List.of(new MatchFwhm("*", 8, false), GRID)), pet);
        assertEquals(1, found.truth(), 0);
        assertEquals(1, found.ratio(), 0.1, found.toString());
        Found refused = find(Kind.SUV, RECIPE, pet);
        assertTrue(refused.refused().orElseThrow().contains("SUVbw"), refused.toString());
        assertEquals(Optional.empty(), refused.flag(), "a refusal says nothing");
    }

    @Test
    void aZScoreOfTheLesionErasesItsContrastAndIsFlagged() {
        Found found =
                find(
                        Kind.CONTRAST,
                        recipe(
                                List.of(
                                        new HuLine("*"),
                                        new MatchFwhm("*", 6, false),
                                        new ZScore("*", "lesion", false, true),
                                        GRID)),
                        TWO.subList(0, 1));
        assertEquals(0, found.ratio(), 0.2, found.toString());
        assertEquals("below 0.9", found.flag().orElseThrow());
    }

    @Test
    void aBlurThatMixesInTheTissueAroundIsFlagged() {
        Recipe blur = recipe(List.of(new HuLine("*"), new MatchFwhm("*", 16, false), GRID));
        Found found = find(Kind.CONTRAST, blur, TWO);
        assertTrue(found.ratio() < 0.85, found.toString());
        assertEquals("below 0.9", found.flag().orElseThrow());
    }

    @Test
    void aScannerLineThatIsNotUndoneIsNoDifferenceThatWasPlanted() {
        // a − b: 40 HU of offsets between them beside the 20 HU that are planted.
        Recipe without = recipe(List.of(new MatchFwhm("*", 6, false), GRID));
        Found added = find(Kind.CONTRAST, without, TWO);
        assertTrue(added.ratio() > 2);
        assertEquals("above 1.1", added.flag().orElseThrow());
        List<VirtualScanner> turned = List.of(TWO.get(1), TWO.get(0));
        assertEquals("below 0.9", find(Kind.CONTRAST, without, turned).flag().orElseThrow());
    }

    @Test
    void oneOrTwoScannersAndTwoRepeatsAreNeeded() {
        assertThrows(
                IllegalArgumentException.class, () -> new KnownDifference(List.of(), RECIPE, 8));
        assertThrows(IllegalArgumentException.class, () -> new KnownDifference(TWO, RECIPE, 1));
    }
}
