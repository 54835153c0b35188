package org.diapason.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.diapason.math.Parallel;
import org.diapason.volume.FeatureTable;

/**
 * Adds items into sums in one fixed order, whatever the number of threads: blocks of eight items,
 * each folded from the left into a fresh sum, then the blocks from the left.
 */
public final class Fold {
    private static final int BLOCK = 8;

    private Fold() {}

    /**
     * Returns the sum of items 0 … {@code count} − 1.
     *
     * @param atOnce how many items may be in work at a time
     * @param add adds item n into a sum; called in the order of n within a block
     */
    static <S> S sum(Learner<?, S> learner, int count, int atOnce, ObjIntConsumer<S> add) {
        int blocks = (count + BLOCK - 1) / BLOCK;
        int window = Math.max(1, Math.min(atOnce, Parallel.threads()));
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

    /**
     * Returns what fits table operations on any rows: each row is an item, so rows may come twice.
     *
     * <p>The learned operations treat rows one by one, so they may be applied to other rows than
     * those they were fitted on.
     */
    public static Refit<FeatureTable> refit(List<Operation<FeatureTable>> operations) {
        return rows -> {
            List<Step<FeatureTable>> steps = new ArrayList<>();
            FeatureTable now = rows;
            for (Operation<FeatureTable> operation : operations) {
                Operation<FeatureTable> learned = operation;
                while (learned instanceof Learner<FeatureTable, ?> round) {
                    learned = learn(round, now);
                }
                Step<FeatureTable> step = (Step<FeatureTable>) learned;
                steps.add(step);
                now = step.apply(now, new Trace());
            }
            return table -> {
                FeatureTable out = table;
                for (Step<FeatureTable> step : steps) {
                    out = step.apply(out, new Trace());
                }
                return out;
            };
        };
    }

    private static <S> Operation<FeatureTable> learn(
            Learner<FeatureTable, S> learner, FeatureTable t) {
        S sum = sum(learner, t.size(), 1, (into, n) -> learner.add(into, t.rows(n)));
        return learner.learn(sum, new Trace());
    }
}
