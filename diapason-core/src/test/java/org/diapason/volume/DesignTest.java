package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesignTest {
    @Test
    void numbersStayAndLevelsBecomeOneColumnEachButTheFirst() {
        FeatureTable table = table("stage", "II", "I", "III");
        Design design = Design.of(table, List.of("stage"));
        assertEquals(List.of("stage=II", "stage=III"), design.names());
        assertArrayEquals(new double[] {1, 0}, design.encode(table, 0));
        assertArrayEquals(new double[] {0, 0}, design.encode(table, 1));
        assertArrayEquals(new double[] {0, 1}, design.encode(table, 2));
        FeatureTable ages = table("age", "41", "-1.5e1", ".5");
        assertArrayEquals(new double[] {-15}, Design.of(ages, List.of("age")).encode(ages, 1));
    }

    @Test
    void oneWordAmongNumbersMakesLevelsOfThemAll() {
        assertEquals(
                List.of("grade=2", "grade=high"),
                Design.of(table("grade", "2", "1", "high"), List.of("grade")).names());
    }

    @Test
    void aColumnWithOneValueTakesNoNumber() {
        assertEquals(0, Design.of(table("age", "40", "40"), List.of("age")).size());
        assertEquals(0, Design.of(table("sex", "F", "F"), List.of("sex")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "NA", "NaN", "nan"})
    void aMissingCovariateIsRefusedByExamAndColumn(String missing) {
        FeatureTable table = table("age", "40", missing);
        assertEquals(
                "exam P1: column age is missing, and it is a covariate of this step. Fill it in or"
                        + " leave this exam out.",
                assertThrows(RefusedException.class, () -> Design.of(table, List.of("age")))
                        .getMessage());
    }

    @Test
    void anUnseenLevelIsRefusedWithTheKnownOnes() {
        Design design = Design.of(table("sex", "F", "M"), List.of("sex"));
        assertEquals(
                "exam P0: sex is \"X\", a level the fit has not seen (it knows F, M). Correct it,"
                        + " leave this exam out or fit anew with it.",
                assertThrows(RefusedException.class, () -> design.encode(table("sex", "X"), 0))
                        .getMessage());
    }

    @Test
    void aWordWhereNumbersWereIsRefusedAndANumberOutsideTheRangeIsNamed() {
        Design design = Design.of(table("age", "40", "60"), List.of("age"));
        assertThrows(RefusedException.class, () -> design.encode(table("age", "old"), 0));
        assertEquals(List.of("age"), design.outside(table("age", "61"), 0));
        assertEquals(List.of(), design.outside(table("age", "60"), 0));
    }

    @Test
    void partsMergeToTheWhole() {
        FeatureTable table = table("stage", "II", "I", "III", "I");
        Design.Sum left = new Design.Sum(List.of("stage"));
        Design.Sum right = new Design.Sum(List.of("stage"));
        left.add(table, 0);
        left.add(table, 1);
        right.add(table, 2);
        right.add(table, 3);
        right.merge(left);
        assertEquals(Design.of(table, List.of("stage")), right.design());
    }

    @Test
    void anInteractionIsTheProductsOfItsColumns() {
        FeatureTable table = people();
        Design design = Design.of(table, List.of("age", "stage", "age:stage"));
        assertEquals(
                List.of("age", "stage=II", "stage=III", "age:stage=II", "age:stage=III"),
                design.names());
        // model.matrix(~ age * stage)[3, -1] in R
        assertArrayEquals(new double[] {60, 0, 1, 0, 60}, design.encode(table, 2));
        assertEquals(3, design.start(design.terms().get(2)));
        assertEquals("stage", design.term(2).text());
        Design levels = Design.of(table, List.of("stage", "arm", "stage:arm"));
        assertEquals("stage=II:arm=z", levels.names().get(5));
        assertArrayEquals(new double[] {1, 0, 0, 1, 0, 1, 0, 0}, levels.encode(table, 1));
    }

    @Test
    void aCurveOverLevelsIsRefusedAndOneOverNumbersCarriesItsPenalty() {
        FeatureTable table = people();
        Design design = Design.of(table, List.of("stage", "s(age,5)"));
        assertEquals(
                List.of(
                        "stage=II",
                        "stage=III",
                        "s(age,5).2",
                        "s(age,5).3",
                        "s(age,5).4",
                        "s(age,5).5"),
                design.names());
        Design.Smooth smooth = design.smooths().get(0);
        assertEquals(2, smooth.start());
        assertEquals(4, smooth.width());
        assertEquals(16, smooth.penalty().size());
        assertEquals(
                "protected term s(stage): column stage is not a number in every exam (one is"
                        + " \"I\"), so no curve can be drawn over it. Protect stage by its levels, or"
                        + " correct the cell.",
                assertThrows(RefusedException.class, () -> Design.of(table, List.of("s(stage)")))
                        .getMessage());
    }

    private static FeatureTable people() {
        List<String> ages = List.of("40", "50", "60");
        List<String> stages = List.of("I", "II", "III");
        List<String> arms = List.of("x", "z", "y");
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
            covariates.add(
                    new TreeMap<>(
                            Map.of(
                                    "age",
                                    ages.get(r),
                                    "stage",
                                    stages.get(r),
                                    "arm",
                                    arms.get(r))));
        }
        return FeatureTable.of(
                List.of(),
                List.of("P0", "P1", "P2"),
                Collections.nCopies(3, ""),
                new double[3][0],
                covariates);
    }

    private static FeatureTable table(String column, String... texts) {
        List<String> exams = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        for (int r = 0; r < texts.length; r++) {
            exams.add("P" + r);
            covariates.add(new TreeMap<>(Map.of(column, texts[r])));
        }
        return FeatureTable.of(
                List.of(),
                exams,
                Collections.nCopies(texts.length, ""),
                new double[texts.length][0],
                covariates);
    }
}
