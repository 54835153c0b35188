package org.diapason.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Default;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class SettingsTest {
    enum Way {
        THIS_WAY,
        THAT
    }

    record Inner(double widthMm, @Default("4") int count) {}

    record Outer(
            double targetFwhmMm,
            @Default("that") Way way,
            @Default("") List<String> protect,
            Optional<String> note,
            OptionalDouble limit,
            @Default("false") boolean robust,
            @Default("") List<Inner> inner,
            @Default("") Map<String, Double> inserts,
            @Default("") Numbers numbers) {
        Outer {
            if (!(targetFwhmMm > 0)) {
                throw new IllegalArgumentException(
                        "targetFwhmMm must be positive, got " + targetFwhmMm + " mm");
            }
        }
    }

    private static Tree text(String value) {
        return new Tree.Text(value, "r.yaml, line 3, column 9");
    }

    private static Tree fields(Object... pairs) {
        Map<String, Tree> map = new LinkedHashMap<>();
        for (int n = 0; n < pairs.length; n += 2) {
            map.put(
                    (String) pairs[n],
                    pairs[n + 1] instanceof Tree t ? t : text((String) pairs[n + 1]));
        }
        return new Tree.Fields(map, "r.yaml, line 2, column 5");
    }

    private static Tree items(Tree... items) {
        return new Tree.Items(List.of(items), "here");
    }

    @Test
    void readsEveryKindOfSettingUnderItsKebabName() {
        Outer read =
                Settings.read(
                        Outer.class,
                        fields(
                                "target-fwhm-mm", "6.5",
                                "way", "this-way",
                                "protect", items(text("age"), text("sex")),
                                "note", "x",
                                "limit", "3",
                                "robust", "true",
                                "inner",
                                        items(
                                                fields("width-mm", "1"),
                                                fields("widthMm", "2", "count", "7")),
                                "inserts", fields("100", "97.5"),
                                "numbers", items(text("1"), text("2e-3"))));
        assertEquals(
                new Outer(
                        6.5,
                        Way.THIS_WAY,
                        List.of("age", "sex"),
                        Optional.of("x"),
                        OptionalDouble.of(3),
                        true,
                        List.of(new Inner(1, 4), new Inner(2, 7)),
                        Map.of("100", 97.5),
                        Numbers.of(1, 2e-3)),
                read);
    }

    @Test
    void whatIsNotNamedTakesItsDefault() {
        Outer read = Settings.read(Outer.class, fields("target-fwhm-mm", "6"));
        assertEquals(Way.THAT, read.way());
        assertEquals(List.of(), read.protect());
        assertEquals(Optional.empty(), read.note());
        assertEquals(OptionalDouble.empty(), read.limit());
        assertEquals(Numbers.of(), read.numbers());
    }

    @Test
    void anUnknownSettingIsNamedWithItsPlaceAndTheLikelyWord() {
        assertMessage(
                "r.yaml, line 3, column 9: outer has no setting \"target-fwmh-mm\"; did you mean"
                        + " \"target-fwhm-mm\"?",
                fields("target-fwmh-mm", "6"));
    }

    @Test
    void aMissingSettingIsNamed() {
        assertMessage(
                "r.yaml, line 2, column 5: outer needs the setting \"target-fwhm-mm\".", fields());
    }

    @Test
    void aWrongKindOfValueIsShownWithWhatIsNeeded() {
        assertMessage(
                "r.yaml, line 3, column 9: target-fwhm-mm needs a number, found \"six\"",
                fields("target-fwhm-mm", "six"));
        assertMessage(
                "r.yaml, line 3, column 9: way needs one of this-way, that, found \"thta\"",
                fields("target-fwhm-mm", "6", "way", "thta"));
        assertMessage(
                "r.yaml, line 3, column 9: count needs a whole number, found \"1.5\"",
                fields(
                        "target-fwhm-mm",
                        "6",
                        "inner",
                        items(fields("width-mm", "1", "count", "1.5"))));
        assertMessage(
                "r.yaml, line 3, column 9: robust needs true or false, found \"yes\"",
                fields("target-fwhm-mm", "6", "robust", "yes"));
    }

    @Test
    void whatARecordRefusesIsSaidWithItsPlace() {
        assertMessage(
                "r.yaml, line 2, column 5: outer: targetFwhmMm must be positive, got -1.0 mm",
                fields("target-fwhm-mm", "-1"));
    }

    private static void assertMessage(String expected, Tree tree) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> Settings.read(Outer.class, tree));
        assertEquals(expected, e.getMessage());
    }

    sealed interface Shape permits Ball, Brick {}

    record Ball(double radiusMm) implements Shape {}

    record Brick(@Default("2") int sides) implements Shape {}

    record Shapes(@Default("") List<Shape> shapes, Optional<Shape> first) {}

    private static Shapes shapes(Tree... items) {
        return Settings.read(Shapes.class, fields("shapes", items(items)));
    }

    @Test
    void aMemberOfAFamilyIsItsNameOrItsNameWithSettings() {
        assertEquals(
                new Shapes(List.of(new Brick(2), new Ball(1.5), new Brick(3)), Optional.empty()),
                shapes(
                        text("brick"),
                        fields("ball", fields("radius-mm", "1.5")),
                        fields("brick", fields("sides", "3"))));
    }

    @Test
    void aFamilySurvivesBeingWrittenAndRead() {
        Shapes shapes = new Shapes(List.of(new Brick(2)), Optional.of(new Ball(1.5)));
        assertEquals(
                Map.of(
                        "shapes",
                        List.of(Map.of("brick", Map.of("sides", 2))),
                        "first",
                        Map.of("ball", Map.of("radiusMm", 1.5))),
                Settings.write(shapes));
        assertEquals(
                shapes, Settings.read(Shapes.class, CatalogueTest.tree(Settings.write(shapes))));
    }

    @Test
    void aMemberThatIsNotKnownGetsTheLikelyOne() {
        assertFamily(
                "r.yaml, line 3, column 9: shapes has no \"bal\"; did you mean \"ball\"?",
                text("bal"));
        assertFamily(
                "r.yaml, line 2, column 5: shapes has no \"prism\"; known: ball, brick.",
                fields("prism", fields("sides", "3")));
        assertFamily(
                "r.yaml, line 2, column 5: brick has no setting \"side\"; did you mean"
                        + " \"sides\"?",
                fields("brick", fields("side", new Tree.Text("3", "r.yaml, line 2, column 5"))));
        assertFamily(
                "r.yaml, line 3, column 9: ball needs the setting \"radius-mm\".", text("ball"));
    }

    @Test
    void aMemberWithTwoNamesIsNoMember() {
        assertFamily(
                "r.yaml, line 2, column 5: shapes needs a name, or one name with its settings,"
                        + " found a list or named entries",
                fields("ball", "", "brick", ""));
    }

    private static void assertFamily(String message, Tree item) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> shapes(item));
        assertEquals(message, e.getMessage());
    }
}
