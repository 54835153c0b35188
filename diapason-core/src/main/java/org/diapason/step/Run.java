package org.diapason.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Carries a cohort along the line: images, features, table, judgement.
 *
 * <p>Every exam is carried on its own; one that is refused or fails is counted and the others go
 * on. The outcome does not depend on the number of threads, nor on whether the run was killed and
 * resumed.
 */
public final class Run {
    private final Recipe recipe;
    private final Cohort<Exam> cohort;
    private final ExamRows measured;
    private final Store store;
    private final Progress progress;
    private final Trace cohortTrace;
    private final Map<String, Trace> traces = new ConcurrentHashMap<>();
    private final SortedMap<String, Outcome> outcomes = new TreeMap<>();
    private Optional<String> refusal = Optional.empty();

    private Run(Recipe recipe, Cohort<Exam> cohort, Store store, Progress progress) {
        this.recipe = recipe;
        this.cohort = cohort;
        this.measured = new ExamRows(recipe);
        this.store = store;
        this.progress = progress;
        this.cohortTrace = new Trace("cohort", recipe.seed());
    }

    /**
     * What a run leaves.
     *
     * @param fitted the recipe with every learner replaced by what it learned, without judges;
     *     empty where a learner refused the cohort
     * @param raw features before harmonization, where the recipe asks for them
     * @param before what entered the table operations
     * @param after what left them; {@code before} where they refused
     * @param outcomes how each exam ended; done + refused + failed = all
     * @param refusal why a learner refused the cohort, where one did
     * @param judgements one per judge of the recipe, none after a refusal
     * @param traces the trace of each exam whose features were measured
     * @param left the trace of each exam that an image step refused or could not do, up to there
     * @param cohortTrace what was learned from the cohort
     */
    public record Result(
            Optional<Recipe> fitted,
            Optional<FeatureTable> raw,
            FeatureTable before,
            FeatureTable after,
            SortedMap<String, Outcome> outcomes,
            Optional<String> refusal,
            List<Judgement> judgements,
            SortedMap<String, Trace> traces,
            SortedMap<String, Trace> left,
            Trace cohortTrace) {

        public long done() {
            return outcomes.values().stream().filter(o -> o instanceof Outcome.Done).count();
        }

        public long refused() {
            return outcomes.values().stream().filter(o -> o instanceof Outcome.Refused).count();
        }

        public long failed() {
            return outcomes.values().stream().filter(o -> o instanceof Outcome.Failed).count();
        }

        /** Says whether nothing was refused, nothing failed and no verdict of harm stands. */
        public boolean clean() {
            return refusal.isEmpty()
                    && done() == outcomes.size()
                    && judgements.stream().noneMatch(j -> j.verdict() == Judgement.Verdict.HARM);
        }
    }

    /** Carries the whole cohort through the recipe. */
    public static Result of(Recipe recipe, Cohort<Exam> cohort, Store store, Progress progress) {
        return new Run(recipe, cohort, store, progress).go();
    }

    private Result go() {
        List<Operation<Exam>> withRaw = recipe.raw() ? withRaw() : recipe.images();
        Line<Exam> imageLine =
                new Line<>(
                        "images and features",
                        withRaw,
                        cohort.ids(),
                        new ExamYard(),
                        examsAtOnce(),
                        cohortTrace,
                        progress);
        Optional<List<Operation<Exam>>> images = carry(imageLine);
        images = images.map(all -> all.stream().filter(o -> !(o instanceof RawFeatures)).toList());

        List<String> ids = images.isEmpty() ? List.of() : remaining();
        RowYard rows = new RowYard();
        Line<FeatureTable> tableLine =
                new Line<>(
                        "table",
                        recipe.table(),
                        ids,
                        rows,
                        Parallel.threads(),
                        cohortTrace,
                        Progress.NONE);
        Optional<List<Operation<FeatureTable>>> table =
                images.isEmpty() ? Optional.empty() : carry(tableLine);

        List<String> done = images.isEmpty() ? List.of() : remaining();
        String cohortRefusal = refusal.orElse("");
        for (String id : remaining()) {
            outcomes.put(
                    id,
                    images.isEmpty()
                            ? new Outcome.Refused("*", cohortRefusal)
                            : new Outcome.Done());
        }
        FeatureTable before = gather(done, id -> saved(Store.IMAGES, id));
        FeatureTable after = table.isEmpty() ? before : gather(done, rows.finished::get);
        Optional<FeatureTable> raw =
                recipe.raw()
                        ? Optional.of(gather(done, id -> saved(Store.RAW, id)))
                        : Optional.empty();
        List<Judgement> judgements = table.isEmpty() ? List.of() : judge(raw, before, after);
        return new Result(
                table.isEmpty() ? Optional.empty() : Optional.of(fitted(images.get(), table.get())),
                raw,
                before,
                after,
                outcomes,
                refusal,
                judgements,
                new TreeMap<>(traces),
                imageLine.left(),
                cohortTrace);
    }

    private <T> Optional<List<Operation<T>>> carry(Line<T> line) {
        Optional<List<Operation<T>>> learned = Optional.empty();
        try {
            learned = Optional.of(line.carry());
        } catch (RefusedException e) {
            refusal = Optional.of(e.getMessage());
        }
        outcomes.putAll(line.lost());
        return learned;
    }

    private List<String> remaining() {
        return cohort.ids().stream().filter(id -> !outcomes.containsKey(id)).toList();
    }

    private Recipe fitted(List<Operation<Exam>> images, List<Operation<FeatureTable>> table) {
        return new Recipe(images, recipe.raw(), recipe.features(), table, List.of(), recipe.seed());
    }

    private List<Judgement> judge(
            Optional<FeatureTable> raw, FeatureTable before, FeatureTable after) {
        List<Judgement> judgements = new ArrayList<>();
        for (Judge<FeatureTable> judge : recipe.judge()) {
            progress.at("judging", judgements.size(), recipe.judge().size(), 0);
            Trace trace = cohortTrace.child(Names.of(judge));
            try {
                judgements.add(
                        judge.judge(
                                raw.orElse(null),
                                before,
                                after,
                                Fold.refit(recipe.table()),
                                trace));
            } catch (RefusedException e) {
                judgements.add(Judgement.notJudged(e.getMessage()));
            }
        }
        return judgements;
    }

    /** Exams at a time: each takes about three times its size (input, output, slabs). */
    private int examsAtOnce() {
        long largest = 1;
        for (String id : cohort.ids()) {
            largest = Math.max(largest, cohort.bytes(id));
        }
        long fit = Runtime.getRuntime().maxMemory() / (3 * largest);
        return (int) Math.max(1, Math.min(Parallel.threads(), fit));
    }

    private List<Operation<Exam>> withRaw() {
        List<Operation<Exam>> operations = new ArrayList<>(recipe.images());
        int place = 0;
        while (place < operations.size() && !operations.get(place).harmonizes()) {
            place++;
        }
        operations.add(place, new RawFeatures());
        return operations;
    }

    private static void describe(Exam exam, Trace trace) {
        exam.images()
                .forEach(
                        (name, image) -> {
                            Volume volume = image.volume();
                            Geometry g = volume.geometry();
                            trace.note("image." + name, ContentHash.of(volume));
                            trace.note("quantity." + name, volume.quantity().label());
                            trace.note("grid." + name, g.ni() + " × " + g.nj() + " × " + g.nk());
                            trace.note("spacingMm." + name, g.spacingMm());
                        });
        exam.masks()
                .forEach(
                        (name, mask) -> {
                            trace.note("mask." + name, ContentHash.of(mask));
                            mask.notes().forEach(n -> trace.warn("mask " + name + ": " + n));
                        });
        exam.transforms().forEach((name, t) -> trace.note("transform." + name, ContentHash.of(t)));
        exam.applied().forEach((name, t) -> trace.note("applied." + name, ContentHash.of(t)));
        exam.pictures()
                .forEach((name, p) -> trace.note("picture." + name, ContentHash.ofPicture(p)));
    }

    private FeatureTable saved(String stage, String id) {
        return store.load(stage, id).orElseThrow().rows().orElseThrow();
    }

    private static FeatureTable gather(List<String> ids, Function<String, FeatureTable> rows) {
        return FeatureTable.concat(ids.stream().map(rows).toList());
    }

    /** Measures before anything is harmonized and passes the exam on unchanged. */
    private final class RawFeatures implements Step<Exam> {
        @Override
        public Exam apply(Exam exam, Trace trace) {
            FeatureTable rows = measured.of(exam, new Trace(exam.id(), trace.seed()));
            store.save(
                    Store.RAW,
                    exam.id(),
                    new Store.Saved(trace, Optional.empty(), Optional.of(rows)));
            return exam;
        }
    }

    private final class ExamYard implements Line.Yard<Exam> {
        @Override
        public Line.Item<Exam> open(String id) {
            Exam exam = cohort.open(id);
            Trace trace = new Trace(id, Rng.seed(recipe.seed(), id));
            Trace child = trace.child("open");
            describe(exam, child);
            return new Line.Item<>(exam, trace);
        }

        @Override
        public void park(int phase, String id, Line.Item<Exam> item) {
            store.save(
                    "exams-" + phase,
                    id,
                    new Store.Saved(item.trace(), Optional.of(item.value()), Optional.empty()));
        }

        @Override
        public boolean isParked(int phase, String id) {
            return store.has("exams-" + phase, id);
        }

        @Override
        public Line.Item<Exam> fetch(int phase, String id) {
            Store.Saved saved = store.load("exams-" + phase, id).orElseThrow();
            return new Line.Item<>(saved.exam().orElseThrow(), saved.trace());
        }

        @Override
        public void finish(String id, Line.Item<Exam> item) {
            Exam exam = item.value();
            FeatureTable rows = measured.of(exam, item.trace());
            Trace child = item.trace().child("result");
            describe(exam, child);
            child.note("features", ContentHash.of(rows));
            store.save(
                    Store.IMAGES,
                    id,
                    new Store.Saved(item.trace(), Optional.of(exam), Optional.of(rows)));
        }

        @Override
        public boolean isFinished(String id) {
            return store.has(Store.IMAGES, id);
        }
    }

    /** Rows of features are small: they rest in memory. */
    private final class RowYard implements Line.Yard<FeatureTable> {
        private final Map<Integer, Map<String, Line.Item<FeatureTable>>> parked =
                new ConcurrentHashMap<>();
        private final Map<String, FeatureTable> finished = new ConcurrentHashMap<>();

        @Override
        public Line.Item<FeatureTable> open(String id) {
            Store.Saved saved = store.load(Store.IMAGES, id).orElseThrow();
            traces.put(id, saved.trace());
            return new Line.Item<>(saved.rows().orElseThrow(), saved.trace());
        }

        @Override
        public void park(int phase, String id, Line.Item<FeatureTable> item) {
            parked.computeIfAbsent(phase, p -> new ConcurrentHashMap<>()).put(id, item);
        }

        @Override
        public boolean isParked(int phase, String id) {
            return false;
        }

        @Override
        public Line.Item<FeatureTable> fetch(int phase, String id) {
            return parked.get(phase).get(id);
        }

        @Override
        public void finish(String id, Line.Item<FeatureTable> item) {
            item.trace().child("row").note("features", ContentHash.of(item.value()));
            finished.put(id, item.value());
        }

        @Override
        public boolean isFinished(String id) {
            return false;
        }
    }
}
