package org.diapason.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Geometry GRID = Geometry.of(4, 3, 2, 1, 1, 1);
    private final int threads = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(threads);
    }

    /** Subtracts the cohort's mean of the first voxel: learned, so it needs everyone. */
    record CohortMean() implements Learner<Exam, double[]> {
        @Override
        public double[] empty() {
            return new double[2];
        }

        @Override
        public void add(double[] sum, Exam exam) {
            sum[0]++;
            sum[1] += exam.image("ct").volume().values()[0];
        }

        @Override
        public void merge(double[] into, double[] from) {
            into[0] += from[0];
            into[1] += from[1];
        }

        @Override
        public Operation<Exam> learn(double[] sum, Trace trace) {
            return new Subtract(sum[1] / sum[0]);
        }
    }

    record Subtract(double value) implements Step<Exam> {
        @Override
        public Exam apply(Exam exam, Trace trace) {
            trace.note("subtracted", value);
            return exam.mapImages(
                    (name, image) -> {
                        float[] values = image.volume().values().clone();
                        for (int n = 0; n < values.length; n++) {
                            values[n] -= (float) value;
                        }
                        return image.withVolume(image.volume().withValues(values));
                    });
        }
    }

    record RefuseAbove(double limit) implements Step<Exam> {
        @Override
        public Exam apply(Exam exam, Trace trace) {
            if (exam.image("ct").volume().values()[0] > limit) {
                throw new RefusedException("exam " + exam.id() + " is above " + limit);
            }
            return exam;
        }
    }

    /** Leaves the image as it is and says that it set the mean in a mask. */
    record Sets(String mask) implements Step<Exam> {
        @Override
        public Exam apply(Exam exam, Trace trace) {
            return exam;
        }

        @Override
        public Optional<String> fixes(String image, String in) {
            return in.equals(mask) ? Optional.of("mean") : Optional.empty();
        }
    }

    record First() implements Extractor {
        @Override
        public FeatureTable apply(Exam exam, Trace trace) {
            double[][] row = {{exam.image("ct").volume().values()[0]}};
            return FeatureTable.of(
                    List.of("ct.first"),
                    List.of(exam.id()),
                    List.of("all"),
                    row,
                    List.of(exam.covariates()));
        }

        @Override
        public String image() {
            return "ct";
        }

        @Override
        public String mask() {
            return "all";
        }

        @Override
        public List<FeatureInfo> dictionary() {
            return List.of();
        }
    }

    /** Doubles a column, and refuses a cohort with too few rows when learning. */
    record Doubling(int least) implements Learner<FeatureTable, int[]> {
        @Override
        public int[] empty() {
            return new int[1];
        }

        @Override
        public void add(int[] sum, FeatureTable table) {
            sum[0] += table.size();
        }

        @Override
        public void merge(int[] into, int[] from) {
            into[0] += from[0];
        }

        @Override
        public Operation<FeatureTable> learn(int[] sum, Trace trace) {
            if (sum[0] < least) {
                throw new RefusedException("only " + sum[0] + " rows, " + least + " needed");
            }
            Step<FeatureTable> step = (t, tr) -> t.withRows(new double[][] {{2 * t.row(0)[0]}});
            return step;
        }
    }

    /** Twenty exams; three cannot be opened. */
    private static final class Twenty implements Cohort<Exam> {
        final Set<String> opened = new ConcurrentSkipListSet<>();

        @Override
        public List<String> ids() {
            List<String> ids = new ArrayList<>();
            for (int n = 10; n < 30; n++) {
                ids.add("E" + n);
            }
            return ids;
        }

        @Override
        public Exam open(String id) {
            int n = Integer.parseInt(id.substring(1));
            if (n == 13) {
                throw new DataException("E13 is cut short").at("E13.dcm");
            }
            opened.add(id);
            float[] values = new float[GRID.voxels()];
            java.util.Arrays.fill(values, 0.1f * n);
            return Exam.of(
                    id,
                    Map.of("ct", Image.of(Volume.of(GRID, values, Quantity.HU))),
                    Map.of(
                            "all",
                            Mask.of(GRID, new boolean[GRID.voxels()])
                                    .withNotes(List.of("slice 2 has no contour."))),
                    Map.of("site", n < 20 ? "A" : "B"));
        }
    }

    private static Recipe recipe(int least) {
        return new Recipe(
                List.of(new RefuseAbove(2.85), new CohortMean()),
                true,
                List.of(new First()),
                List.of(new Doubling(least)),
                List.of(),
                7);
    }

    private static Run.Result run(Store store, Twenty cohort, int least) {
        return Run.of(recipe(least), cohort, store, Progress.NONE);
    }

    @Test
    void everyExamIsCountedOnceAndNamedWithItsReason() {
        Run.Result result = run(new MemoryStore(), new Twenty(), 1);
        assertEquals(18, result.done());
        assertEquals(1, result.failed());
        assertEquals(1, result.refused());
        assertEquals(
                new Outcome.Failed("open", "E13.dcm", "E13 is cut short"),
                result.outcomes().get("E13"));
        assertEquals(
                new Outcome.Refused("refuse-above", "exam E29 is above 2.85"),
                result.outcomes().get("E29"));
        assertEquals(18, result.after().size());
        assertTrue(!result.clean());
    }

    @Test
    void whatAMaskSaysOfItselfIsAWarningOfItsExam() {
        MemoryStore memory = new MemoryStore();
        run(memory, new Twenty(), 1);
        Trace trace = memory.load(Store.IMAGES, "E10").orElseThrow().trace();
        assertEquals(
                List.of("mask all: slice 2 has no contour."), trace.children().get(0).warnings());
    }

    @Test
    void aFeatureThatItsOwnNormalizationSetIsMarked() {
        for (String mask : List.of("all", "other")) {
            Recipe recipe =
                    new Recipe(
                            List.of(new Sets(mask)),
                            false,
                            List.of(new First()),
                            List.of(),
                            List.of(),
                            1);
            MemoryStore memory = new MemoryStore();
            Run.of(recipe, new Twenty(), memory, Progress.NONE);
            Trace trace = memory.load(Store.IMAGES, "E10").orElseThrow().trace();
            Trace first =
                    trace.children().stream()
                            .filter(c -> c.name().equals("first"))
                            .findFirst()
                            .get();
            assertEquals(mask.equals("all") ? "sets" : null, first.notes().get("ct.all.fixedBy"));
            assertEquals(
                    mask.equals("all")
                            ? List.of(
                                    "exam E10, image ct: mean in mask all is what sets made it, the"
                                            + " same in every exam. Measure in another mask than the"
                                            + " one that normalizes.")
                            : List.of(),
                    first.warnings());
        }
    }

    @Test
    void aLearnerSeesThoseThatReachedItAndTheRestGoesThroughWhatItLearned() {
        Run.Result result = run(new MemoryStore(), new Twenty(), 1);
        double mean = 0;
        for (int n = 10; n < 29; n++) {
            mean += n == 13 ? 0 : (double) (0.1f * n) / 18;
        }
        Subtract learned = (Subtract) result.fitted().orElseThrow().images().get(1);
        assertEquals(mean, learned.value(), 1e-12, "mean of the eighteen, in float steps of 0.1");
        assertEquals(2 * ((float) 1.0 - (float) mean), result.after().row(0)[0], 1e-6);
        assertEquals(
                1.0,
                result.raw().orElseThrow().row(0)[0],
                1e-7,
                "raw is measured before the mean is taken");
    }

    @Test
    void aJudgeThatRefusesLeavesTheRunUnjudgedAndSaysWhy() {
        Judge<FeatureTable> judge =
                (raw, before, after, refit, trace) -> {
                    throw new RefusedException("biology has three levels");
                };
        Recipe recipe =
                new Recipe(List.of(), false, List.of(new First()), List.of(), List.of(judge), 1);
        Run.Result result = Run.of(recipe, new Twenty(), new MemoryStore(), Progress.NONE);
        assertEquals(List.of(Judgement.notJudged("biology has three levels")), result.judgements());
        assertEquals(19, result.after().size());
    }

    @Test
    void aRecipeOfImageStepsAloneMeasuresNothing() {
        Recipe recipe =
                new Recipe(List.of(new CohortMean()), false, List.of(), List.of(), List.of(), 1);
        Run.Result result = Run.of(recipe, new Twenty(), new MemoryStore(), Progress.NONE);
        assertEquals(19, result.done());
        assertEquals(0, result.after().size());
        assertTrue(result.fitted().orElseThrow().fitted());
    }

    @Test
    void theCohortTraceSaysFromWhomSomethingWasLearned() {
        Trace learner = run(new MemoryStore(), new Twenty(), 1).cohortTrace().children().get(0);
        assertEquals("cohort-mean", learner.name());
        String ids = (String) learner.children().get(0).notes().get("ids");
        assertEquals(18, ids.split(" ").length);
        assertTrue(ids.startsWith("E10 E11 E12 E14 ") && ids.endsWith(" E28"), ids);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        Parallel.setThreads(1);
        Run.Result one = run(new MemoryStore(), new Twenty(), 1);
        Parallel.setThreads(4);
        Run.Result four = run(new MemoryStore(), new Twenty(), 1);
        assertEquals(ContentHash.of(one.after()), ContentHash.of(four.after()));
        assertEquals(one.fitted().orElseThrow().images(), four.fitted().orElseThrow().images());
    }

    @Test
    void aResumedRunOpensOnlyWhatWasNotDoneAndEndsTheSame() {
        Store store = new MemoryStore();
        Run.Result whole = run(store, new Twenty(), 1);
        // What a killed run leaves: all parked before the learner, and some finished.
        Store killed = new MemoryStore();
        for (String stage : List.of("exams-0", Store.RAW, Store.IMAGES)) {
            for (String id : new Twenty().ids()) {
                if (!stage.equals(Store.IMAGES) || !id.startsWith("E2")) {
                    store.load(stage, id).ifPresent(saved -> killed.save(stage, id, saved));
                }
            }
        }
        Twenty again = new Twenty();
        Run.Result resumed = run(killed, again, 1);
        assertEquals(Set.of("E29"), again.opened, "E29 was refused, so it was never saved");
        assertEquals(ContentHash.of(whole.after()), ContentHash.of(resumed.after()));
        assertEquals(whole.outcomes(), resumed.outcomes());
    }

    @Test
    void aRefusedTableEndsTheRunButKeepsWhatWasComputed() {
        Run.Result result = run(new MemoryStore(), new Twenty(), 100);
        assertEquals(Optional.of("only 18 rows, 100 needed"), result.refusal());
        assertEquals(18, result.before().size());
        assertArrayEquals(result.before().row(0), result.after().row(0));
        assertTrue(result.fitted().isEmpty());
        assertEquals(18, result.done());
        assertTrue(!result.clean());
    }

    @Test
    void traceSeedsDependOnTheExamNotOnTheOrderOfWork() {
        Run.Result a = run(new MemoryStore(), new Twenty(), 1);
        Run.Result b = run(new MemoryStore(), new Twenty(), 1);
        assertEquals(a.traces().get("E11").seed(), b.traces().get("E11").seed());
        assertTrue(a.traces().get("E11").seed() != a.traces().get("E12").seed());
        assertEquals(new TreeMap<>(a.traces()).keySet(), b.traces().keySet());
    }
}
