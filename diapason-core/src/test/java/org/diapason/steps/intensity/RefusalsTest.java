package org.diapason.steps.intensity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diapason.math.Cdf;
import org.diapason.math.Tails;
import org.diapason.step.Learner;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Contrast;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of brightness, contrast and histogram against everything it must not touch. */
class RefusalsTest {
    private static final Geometry ROW = Geometry.of(8, 1, 1, 1, 1, 1);
    private static final float[] VALUES = {1, 2, 3, 4, 5, 6, 7, 9};

    /** A method by its name and what messages call it; none reads a mask but the tissue. */
    private record Method(String name, String what, Consumer<Exam> apply, Mark... marks) {
        boolean has(Mark mark) {
            return Arrays.asList(marks).contains(mark);
        }
    }

    private enum Mark {
        /** A learned step: its mask was looked at when it was learned. */
        NO_MASK,
        /** HU has a sentence of its own. */
        OWN_SENTENCE,
        /** It divides by no spread. */
        NO_SPREAD,
        /** It was learned from T1. */
        T1
    }

    private static Method step(String name, String what, Step<Exam> step, Mark... marks) {
        return new Method(name, what, exam -> step.apply(exam, new Trace()), marks);
    }

    private static <S> Method learner(
            String name, String what, Learner<Exam, S> learner, Mark... marks) {
        return new Method(name, what, exam -> learner.add(learner.empty(), exam), marks);
    }

    private static List<Method> methods() {
        SortedMap<String, Double> one = new TreeMap<>(Map.of("A", 1.0));
        SortedMap<String, Double> none = new TreeMap<>(Map.of("A", 0.0));
        Optional<String> t1 = Optional.of("t1");
        Numbers two = Numbers.of(0, 1);
        String match = HistogramReference.WHAT;
        String travel = TravellingSubjects.WHAT;
        return List.of(
                step("z-score", "a z-score", new ZScore("*", "roi", false, false)),
                step("robust z-score", "a z-score", new ZScore("*", "roi", true, false)),
                step(
                        "clip",
                        "clipping at percentiles",
                        new Clip("*", "roi", 1, 99, Optional.empty(), false)),
                step(
                        "reference-tissue",
                        "mapping a reference tissue",
                        new ReferenceTissue("*", "roi", 1, OptionalDouble.of(1), false, false)),
                step(
                        "reference-tissue together",
                        "mapping a reference tissue",
                        new ReferenceTissue("*", "roi", 1, OptionalDouble.of(1), true, false)),
                step(
                        "reference-tissue by a factor",
                        "mapping a reference tissue",
                        new ReferenceTissue("*", "roi", 1, OptionalDouble.empty(), false, false),
                        Mark.NO_SPREAD),
                learner(
                        "gain-offset",
                        "gain-offset",
                        new GainOffset("mr", "roi", "site", "A"),
                        Mark.OWN_SENTENCE),
                step(
                        "gain-offset-model",
                        "gain-offset",
                        new GainOffsetModel("mr", "site", "A", one, none, t1),
                        Mark.OWN_SENTENCE,
                        Mark.NO_MASK,
                        Mark.T1),
                learner(
                        "travelling-subjects",
                        travel,
                        new TravellingSubjects(
                                "mr",
                                List.of("roi"),
                                "site",
                                "A",
                                "B",
                                "subject",
                                Mapping.AFFINE,
                                false)),
                step(
                        "travelling-subjects-model",
                        travel,
                        new TravellingSubjectsModel(
                                "mr", "site", "A", "B", two, two, false, t1, t1),
                        Mark.NO_MASK,
                        Mark.T1),
                learner(
                        "histogram-reference",
                        match,
                        new HistogramReference("*", "roi", 16, Cdf.MID_RANK, false)),
                step(
                        "histogram-match",
                        match,
                        new HistogramMatch(
                                "*",
                                "roi",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(two),
                                Cdf.MID_RANK,
                                Bands.REFUSE,
                                false,
                                t1),
                        Mark.T1),
                learner("nyul", "nyul", new Nyul("*", "roi", List.of(), 1, 9, Tails.CLAMP, false)),
                step(
                        "nyul-model",
                        "nyul",
                        new NyulModel(
                                "*", "roi", Numbers.of(1, 99), two, Tails.CLAMP, false, t1, 1),
                        Mark.T1));
    }

    private static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Method m : methods()) {
            String who = "exam P1, image mr: ";
            for (Quantity q : new Quantity[] {Quantity.HU, Quantity.of("SUVbw")}) {
                cases.add(
                        refused(
                                m,
                                q.label(),
                                exam(q, VALUES),
                                who
                                        + "the quantity is "
                                        + q.label()
                                        + (m.has(Mark.OWN_SENTENCE)
                                                ? ", whose gain and offset are an error of the"
                                                        + " scanner and not of its patients. Measure"
                                                        + " them on a phantom (column calibration)"
                                                        + " and use hu-line for CT; leave"
                                                        + " gain-offset out."
                                                : ", and "
                                                        + m.what
                                                        + " would destroy its scale. Leave the step"
                                                        + " out, or set allow-physical to true.")));
            }
            for (Quantity q : new Quantity[] {Quantity.MAPPED, Quantity.Z_SCORE}) {
                cases.add(
                        refused(
                                m,
                                "twice",
                                exam(q, VALUES),
                                who
                                        + "the quantity is "
                                        + q.label()
                                        + ", so the image is normalized already, and "
                                        + m.what
                                        + " would do it twice. Leave one of the two steps out."));
            }
            cases.add(
                    refused(
                            m,
                            "unknown",
                            exam(Quantity.UNKNOWN, VALUES),
                            who
                                    + "the quantity is unknown, so nobody can say whether "
                                    + m.what
                                    + " would destroy its scale. Name it in the cohort table, column"
                                    + " quantity.mr, MR for example."));
            float[] nothing = new float[8];
            Arrays.fill(nothing, Float.NaN);
            if (!m.has(Mark.NO_MASK)) {
                cases.add(
                        refused(
                                m,
                                "an empty mask",
                                exam(Quantity.MR, nothing),
                                who
                                        + "there is no finite value in mask roi, so there is nothing"
                                        + " for "
                                        + m.what
                                        + " to work on. Correct it or leave this exam out."));
            }
            if (!m.has(Mark.NO_MASK) && !m.has(Mark.NO_SPREAD)) {
                float[] seven = new float[8];
                Arrays.fill(seven, 7);
                cases.add(
                        refused(
                                m,
                                "a constant image",
                                exam(Quantity.MR, seven),
                                who
                                        + (m.name.equals("clip") ? "most" : "all")
                                        + " values in mask roi are about 7.000, so there is no spread"
                                        + " to divide by. Choose another mask."));
            }
            if (m.has(Mark.T1)) {
                Exam t2 =
                        exam(Quantity.MR, VALUES)
                                .mapImages(
                                        (n, i) ->
                                                new Image(
                                                        i.volume(),
                                                        AdmissionTest.tags(Contrast.T2),
                                                        Optional.empty()));
                cases.add(
                        refused(
                                m,
                                "T2 after T1",
                                t2,
                                who
                                        + "its contrast is t2 by its tags, and the step was learned"
                                        + " from t1. Only travelling subjects, scanned both ways,"
                                        + " can carry one contrast to another."));
            }
        }
        return cases.stream();
    }

    private static Arguments refused(Method method, String why, Exam exam, String sentence) {
        return Arguments.of(method.name, why, method.apply, exam, sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void isRefusedInItsSentence(
            String name, String why, Consumer<Exam> method, Exam exam, String sentence) {
        RuntimeException e = assertThrows(RuntimeException.class, () -> method.accept(exam));
        assertEquals(sentence, e.getMessage());
        assertEquals(
                why.equals("an empty mask") ? DataException.class : RefusedException.class,
                e.getClass());
    }

    private static Exam exam(Quantity quantity, float[] values) {
        boolean[] all = new boolean[8];
        Arrays.fill(all, true);
        Image image = new Image(Volume.of(ROW, values, quantity), Tags.none(), Optional.empty());
        return Exam.of(
                "P1",
                Map.of("mr", image),
                Map.of("roi", Mask.of(ROW, all)),
                Map.of("site", "A", "subject", "S1"));
    }
}
