package org.diapason.steps.fuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.decision.Bayes;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.DecisionRule;
import org.diapason.decision.Dependence;
import org.diapason.decision.Expert;
import org.diapason.decision.Logic;
import org.diapason.step.Recipe;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Two maps of probabilities and one of labels, of a few voxels. */
class DecideStepTest {
    private static final Geometry GRID = Geometry.of(2, 1, 3, 1, 1, 1);
    private static final float NONE = Float.NaN;

    private static Image image(Geometry g, float... values) {
        return Image.of(Volume.of(g, values, Quantity.UNKNOWN));
    }

    private static Exam exam(float... labels) {
        return Exam.of(
                "P1",
                Map.of(
                        "a", image(GRID, 0.9f, 0.9f, 0.2f, NONE, NONE, 0.5f),
                        "b", image(GRID, 0.8f, 0.2f, 0.2f, 0.3f, NONE, 0.5f),
                        "c", image(GRID, labels)),
                Map.of(),
                Map.of());
    }

    private static Expert posterior(String name) {
        return new Expert.Posterior(
                name,
                "tumour",
                OptionalDouble.of(0.5),
                Optional.of("a study"),
                OptionalDouble.of(1e-6),
                0.5);
    }

    private static DecisionPlan plan(Map<String, DecisionRule> rules) {
        return new DecisionPlan(
                "tumour",
                Optional.empty(),
                OptionalDouble.of(0.5),
                0.5,
                0.5,
                new TreeMap<>(
                        Map.of(
                                "pet",
                                posterior("pet"),
                                "mr",
                                posterior("mr"),
                                "ct",
                                new Expert.Label(
                                        "ct",
                                        "tumour",
                                        OptionalDouble.of(0.9),
                                        OptionalDouble.of(0.8),
                                        Optional.empty(),
                                        Optional.empty(),
                                        OptionalDouble.empty()))),
                new TreeMap<>(rules));
    }

    private static Decide step(Map<String, DecisionRule> rules, String rule) {
        return new Decide(
                new TreeMap<>(Map.of("pet", "a", "mr", "b", "ct", "c")),
                plan(rules),
                Optional.ofNullable(rule),
                "p",
                Optional.of("yes"));
    }

    private static final Map<String, DecisionRule> RULES =
            Map.of(
                    "together",
                            new Bayes(java.util.List.of("pet", "mr"), new Dependence.Independent()),
                    "words", new Logic("(pet > 0.5 and mr > 0.5) and not ct"));

    /** Odds 9 and 4 make 36; 9 and a quarter 9/4; a quarter twice 1/16; 3/7 alone. */
    @Test
    void independentMapsMultiplyTheirOdds() {
        Trace trace = new Trace();
        Exam after = step(RULES, "together").apply(exam(new float[6]), trace);
        float[] p = after.image("p").volume().values();
        assertArrayEquals(new float[] {36 / 37f, 9 / 13f, 1 / 17f, 0.3f, NONE, 0.5f}, p, 1e-6f);
        assertArrayEquals(
                new boolean[] {true, true, false, false, false, true}, after.mask("yes").voxels());
        Map<String, Object> notes = trace.notes();
        assertEquals(1.0, notes.get("p.unknown"));
        assertEquals(2.0, notes.get("p.no"));
        assertEquals("together", notes.get("p.rule"));
        assertEquals("the probability of \"tumour\"", notes.get(Recipe.notQuantitative("p")));
    }

    /** What is missing leaves a rule unknown only where it could turn it. */
    @Test
    void aRuleInWordsKnowsAThirdValue() {
        Trace trace = new Trace();
        Exam after = step(RULES, "words").apply(exam(0, 0, 0, 0, 1, NONE), trace);
        assertArrayEquals(new float[] {1, 0, 0, 0, 0, 0}, after.image("p").volume().values());
        assertEquals("an answer on \"tumour\"", trace.notes().get(Recipe.notQuantitative("p")));
        Exam missing = step(RULES, "words").apply(exam(NONE, 0, 0, 0, 0, 0), new Trace());
        assertArrayEquals(
                new float[] {NONE, 0, 0, 0, NONE, 0}, missing.image("p").volume().values());
    }

    @Test
    void whatIsNoLabelOrLiesElsewhereIsRefused() {
        assertEquals(
                "exam P1: 1 voxels cannot be decided: an expert that says yes or no says neither 1"
                        + " nor 0 there. Give labels as 1, 0 and NaN.",
                refusal(step(RULES, "words"), exam(0.5f, 0, 0, 0, 0, 0)));
        Exam exam = exam(new float[6]);
        TreeMap<String, Image> images = new TreeMap<>(exam.images());
        images.put("c", image(Geometry.of(2, 1, 3, 1, 1, 2), new float[6]));
        assertEquals(
                "exam P1: image b lies on another grid than c. Put common-grid before decide.",
                refusal(step(RULES, "words"), exam.withImages(images)));
    }

    private static String refusal(Decide step, Exam exam) {
        return assertThrows(RefusedException.class, () -> step.apply(exam, new Trace()))
                .getMessage();
    }

    @Test
    void thePlanIsCheckedBeforeAnythingIsRead() {
        assertEquals(
                "maps are decided by one rule; say which: --rule together or words",
                wrong(RULES, null));
        assertEquals(
                "--rule word: there is no such rule; did you mean \"words\"?",
                wrong(RULES, "word"));
        assertEquals(
                "rule words, line 1, column 1: there is neither an expert nor a map \"pett\"; did"
                        + " you mean \"pet\"?",
                wrong(Map.of("words", new Logic("pett > 0.5")), "words"));
        Decide step = step(RULES, "words");
        assertEquals(Set.of("a", "b", "c"), step.images());
        assertEquals(Set.of("yes"), step.madeMasks());
        DecisionPlan plan = plan(RULES);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Decide(
                                new TreeMap<>(Map.of("pet", "a", "mr", "b")),
                                plan,
                                Optional.of("words"),
                                "p",
                                Optional.empty()));
        DecisionPlan learning =
                new DecisionPlan(
                        "tumour",
                        Optional.of(
                                new DecisionPlan.Truth(
                                        "t", Optional.empty(), Optional.empty(), 0.5, 1)),
                        OptionalDouble.empty(),
                        0.5,
                        0.5,
                        plan.experts(),
                        plan.rules());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Decide(step.maps(), learning, step.rule(), "p", step.mask()));
    }

    private static String wrong(Map<String, DecisionRule> rules, String rule) {
        return assertThrows(IllegalArgumentException.class, () -> step(rules, rule)).getMessage();
    }
}
