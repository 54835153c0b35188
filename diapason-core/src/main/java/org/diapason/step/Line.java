package org.diapason.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.RefusedException;

/**
 * Carries many items through a list of operations. Items that are refused or fail leave the line,
 * the others go on; a learner looks at all that reached it.
 *
 * @param <T> an exam or the feature rows of an exam
 */
final class Line<T> {

    /** The outside of a line: where items come from, rest and go to. */
    interface Yard<T> {
        /** Opens an item at the start of the line and makes its trace. */
        Item<T> open(String id);

        /** Puts an item aside before a learner. */
        void park(int phase, String id, Item<T> item);

        /**
         * Says whether an item that was parked, or finished, before a run was killed is still
         * there.
         */
        boolean isParked(int phase, String id);

        Item<T> fetch(int phase, String id);

        /** Takes an item that went through all operations. */
        void finish(String id, Item<T> item);

        boolean isFinished(String id);
    }

    record Item<T>(T value, Trace trace) {}

    private final List<Operation<T>> operations;
    private final Yard<T> yard;
    private final Trace cohortTrace;
    private final String stage;
    private final int atOnce;
    private final Progress progress;
    private final Map<String, Outcome> ended;
    private final Map<String, Trace> left = new ConcurrentHashMap<>();
    private final SortedSet<String> alive;

    Line(
            String stage,
            List<Operation<T>> operations,
            List<String> ids,
            Yard<T> yard,
            int atOnce,
            Trace cohortTrace,
            Progress progress) {
        this.stage = stage;
        this.operations = operations;
        this.yard = yard;
        this.atOnce = atOnce;
        this.cohortTrace = cohortTrace;
        this.progress = progress;
        this.ended = new ConcurrentHashMap<>();
        this.alive = new TreeSet<>(ids);
    }

    /** Returns those that left the line before its end. */
    SortedMap<String, Outcome> lost() {
        return new TreeMap<>(ended);
    }

    /** Returns what steps noted of the items that they sent off the line. */
    SortedMap<String, Trace> left() {
        return new TreeMap<>(left);
    }

    /**
     * Carries all items to the end of the line.
     *
     * @return the operations with every learner replaced by the step it learned
     * @throws RefusedException if a learner refuses what it has seen of the whole cohort
     */
    List<Operation<T>> carry() {
        List<Operation<T>> learned = new ArrayList<>();
        List<Step<T>> segment = new ArrayList<>();
        int phase = 0;
        for (Operation<T> operation : operations) {
            if (operation instanceof Step<T> step) {
                segment.add(step);
                learned.add(step);
                continue;
            }
            int here = phase;
            List<Step<T>> steps = List.copyOf(segment);
            pass(
                    Names.of(operation) + ": before",
                    id -> {
                        if (!yard.isParked(here, id)) {
                            yard.park(here, id, through(steps, start(here, id)));
                        }
                    });
            Step<T> step = learn((Learner<T, ?>) operation, here);
            learned.add(step);
            segment.clear();
            segment.add(step);
            phase++;
        }
        int last = phase;
        pass(
                stage,
                id -> {
                    if (!yard.isFinished(id)) {
                        yard.finish(id, through(segment, start(last, id)));
                    }
                });
        return learned;
    }

    private Item<T> start(int phase, String id) {
        return phase == 0 ? yard.open(id) : yard.fetch(phase - 1, id);
    }

    /** Holds no value but the newest, so that a step needs room for its input and its output. */
    private Item<T> through(List<Step<T>> steps, Item<T> item) {
        for (Step<T> step : steps) {
            item = next(step, item);
        }
        return item;
    }

    private Item<T> next(Step<T> step, Item<T> item) {
        Trace child = item.trace().child(Names.of(step));
        try {
            T value = Blame.on(Names.of(step), () -> step.apply(item.value(), child));
            return new Item<>(value, item.trace());
        } catch (Blame blame) {
            left.put(item.trace().name(), item.trace());
            throw blame;
        }
    }

    private Step<T> learn(Learner<T, ?> learner, int phase) {
        Trace trace = cohortTrace.child(Names.of(learner));
        Operation<T> operation = learner;
        while (operation instanceof Learner<T, ?> round) {
            operation = learnRound(round, phase, trace);
        }
        // An item that is lost later stays in what was learned; this says whom it knows.
        trace.child("learned-from").note("ids", String.join(" ", alive));
        return (Step<T>) operation;
    }

    private <S> Operation<T> learnRound(Learner<T, S> learner, int phase, Trace trace) {
        List<String> ids = List.copyOf(alive);
        S sum =
                Fold.sum(
                        learner,
                        ids.size(),
                        atOnce,
                        (into, n) -> guarded(ids.get(n), id -> add(learner, into, phase, id)));
        alive.removeAll(ended.keySet());
        trace.note("items", alive.size());
        if (alive.isEmpty()) {
            throw new RefusedException(
                    Names.of(learner)
                            + " has no exam to learn from: each was refused or failed, there or"
                            + " before. Do what their own reasons say.");
        }
        return learner.learn(sum, trace);
    }

    private <S> void add(Learner<T, S> learner, S sum, int phase, String id) {
        T value = yard.fetch(phase, id).value();
        Blame.on(
                Names.of(learner),
                () -> {
                    learner.add(sum, value);
                    return value;
                });
    }

    private void pass(String what, Consumer<String> body) {
        List<String> ids = List.copyOf(alive);
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                ids.size(),
                atOnce,
                n -> {
                    guarded(ids.get(n), body);
                    progress.at(what, done.incrementAndGet(), ids.size(), ended.size());
                });
        alive.removeAll(ended.keySet());
    }

    private void guarded(String id, Consumer<String> body) {
        try {
            body.accept(id);
        } catch (Blame blame) {
            ended.put(id, outcome(blame.operation(), (RuntimeException) blame.getCause()));
        } catch (RefusedException | DataException e) {
            ended.put(id, outcome("open", e));
        }
    }

    private static Outcome outcome(String operation, RuntimeException cause) {
        return cause instanceof DataException failure
                ? new Outcome.Failed(operation, failure.file(), failure.getMessage())
                : new Outcome.Refused(operation, cause.getMessage());
    }
}
