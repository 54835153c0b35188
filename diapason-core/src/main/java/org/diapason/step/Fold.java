package org.diapason.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.FeatureTable;

/**
 * Turns learners into steps: the sorted ids are cut into blocks of eight, each block is folded from
 * the left into a fresh sum, then the blocks are folded from the left.
 *
 * <p>Blocks depend on nothing but the ids, so any number of threads gives the same bits.
 */
public final class Fold {
    /** Items per block; part of the result, hence fixed. */
    public static final int BLOCK = 8;

    private Fold() {}

    /**
     * Returns one step per operation, in order: a step as it is, a learner as what it learned from
     * the cohort as the steps before it changed it.
     *
     * <p>Every learner opens every item once per round. What a step says while an item passes
     * through it goes to a trace that is thrown away; it will be said again when the step is
     * applied.
     *
     * @param trace gets one child per learner
     */
    public static <T> List<Step<T>> learn(
            List<Operation<T>> operations, Cohort<T> cohort, Trace trace) {
        List<Step<T>> steps = new ArrayList<>();
        for (Operation<T> operation : operations) {
            Operation<T> current = operation;
            if (current instanceof Learner) {
                Trace child = trace.child(Names.of(operation));
                while (current instanceof Learner<T, ?> learner) {
                    current = round(learner, steps, cohort, child);
                }
            }
            steps.add((Step<T>) current);
        }
        return List.copyOf(steps);
    }

    /** Returns the item after all steps; each step has its own child of the trace. */
    public static <T> T apply(List<Step<T>> steps, T item, Trace trace) {
        T changed = item;
        for (Step<T> step : steps) {
            changed = step.apply(changed, trace.child(Names.of(step)));
        }
        return changed;
    }

    /**
     * Returns a cohort of which every row of the table is an item; an exam may have several rows.
     */
    public static Cohort<FeatureTable> rows(FeatureTable table) {
        int width = Integer.toString(Math.max(0, table.size() - 1)).length();
        List<String> ids = new ArrayList<>();
        for (int r = 0; r < table.size(); r++) {
            String digits = Integer.toString(r);
            ids.add("0".repeat(width - digits.length()) + digits);
        }
        List<String> sorted = List.copyOf(ids);
        return new Cohort<>() {
            @Override
            public List<String> ids() {
                return sorted;
            }

            @Override
            public FeatureTable open(String id) {
                return table.rows(Integer.parseInt(id));
            }
        };
    }

    /**
     * Returns how to fit the operations anew on the rows of a table. The fit is applied to a whole
     * table at once, which equals row by row because a step on a table treats rows independently.
     */
    public static Judge.Refit<FeatureTable> refit(List<Operation<FeatureTable>> operations) {
        return table -> {
            List<Step<FeatureTable>> steps = learn(operations, rows(table), new Trace());
            UnaryOperator<FeatureTable> fitted = rows -> apply(steps, rows, new Trace());
            return fitted;
        };
    }

    private static <T, S> Operation<T> round(
            Learner<T, S> learner, List<Step<T>> steps, Cohort<T> cohort, Trace trace) {
        List<String> ids = cohort.ids();
        ObjIntConsumer<S> add =
                (sum, n) -> {
                    Trace passing = new Trace(ids.get(n), Rng.seed(trace.seed(), ids.get(n)));
                    learner.add(sum, apply(steps, cohort.open(ids.get(n)), passing));
                };
        return learner.learn(sum(learner, ids.size(), Parallel.threads(), add), trace);
    }

    /**
     * Returns the sum of items 0 … {@code count} − 1. Holds at most four sums a thread, and of
     * large ones no more than a quarter of the memory takes, but one and the total always; how many
     * does not change the result.
     *
     * @param atOnce how many items may be open at a time
     * @param add adds item n into a sum; called in the order of n within a block
     */
    static <S> S sum(Learner<?, S> learner, int count, int atOnce, ObjIntConsumer<S> add) {
        int blocks = (count + BLOCK - 1) / BLOCK;
        long fit = Runtime.getRuntime().maxMemory() / 4 / Math.max(1, learner.sumBytes()) - 1;
        int window = (int) Math.max(1, Math.min(4L * Parallel.threads(), fit));
        S total = learner.empty();
        for (int first = 0; first < blocks; first += window) {
            int start = first;
            int many = Math.min(window, blocks - first);
            List<S> sums = new ArrayList<>();
            for (int b = 0; b < many; b++) {
                sums.add(learner.empty());
            }
            Parallel.forEach(
                    many,
                    atOnce,
                    b -> {
                        int from = (start + b) * BLOCK;
                        for (int n = from; n < Math.min(count, from + BLOCK); n++) {
                            add.accept(sums.get(b), n);
                        }
                    });
            for (S sum : sums) {
                learner.merge(total, sum);
            }
        }
        return total;
    }
}
