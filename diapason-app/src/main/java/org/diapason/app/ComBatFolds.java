package org.diapason.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.io.run.ComBatFile;
import org.diapason.step.Fold;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * The rows of a fit harmonized: by the fit on all of them or, in folds, by fits that have not seen
 * them.
 *
 * @param operation what is fitted
 * @param fold the column whose values are the folds
 * @param target what is protected and to be predicted, whose own value no row may show
 */
record ComBatFolds(
        Operation<FeatureTable> operation,
        Optional<String> fold,
        Optional<ComBatFile.Target> target) {

    static Step<FeatureTable> fit(
            Operation<FeatureTable> operation, FeatureTable rows, Trace trace) {
        return Fold.learn(List.of(operation), Fold.rows(rows), trace).get(0);
    }

    /**
     * Returns the rows harmonized.
     *
     * @param whole the fit on all rows, for where there are no folds
     * @param value the value of the target that every row gets; without one, the mean effect
     */
    double[][] harmonized(FeatureTable all, Step<FeatureTable> whole, Optional<String> value) {
        double[][] after = new double[all.size()][];
        if (fold.isEmpty()) {
            put(after, all, every(all.size()), whole, value);
            return after;
        }
        String column = fold.get();
        Map<String, List<Integer>> folds = new TreeMap<>();
        for (int r = 0; r < all.size(); r++) {
            if (Design.missing(all, r, column)) {
                throw new RefusedException(
                        "exam "
                                + all.exam(r)
                                + ": column "
                                + column
                                + " is missing, so it is of no fold. Fill it in.");
            }
            folds.computeIfAbsent(all.covariate(r, column), k -> new ArrayList<>()).add(r);
        }
        if (folds.size() < 2) {
            throw new RefusedException(
                    "--fold "
                            + column
                            + " has one value, so no row is left to fit on. Name another.");
        }
        folds.forEach(
                (name, own) -> {
                    Set<Integer> held = new LinkedHashSet<>(own);
                    int[] others =
                            Arrays.stream(every(all.size()))
                                    .filter(r -> !held.contains(r))
                                    .toArray();
                    try {
                        Step<FeatureTable> model = fit(operation, all.rows(others), new Trace());
                        put(
                                after,
                                all,
                                own.stream().mapToInt(Integer::intValue).toArray(),
                                model,
                                value);
                    } catch (RefusedException e) {
                        throw new RefusedException(
                                "--fold "
                                        + column
                                        + ", rows of "
                                        + name
                                        + " by a fit on the others: "
                                        + e.getMessage());
                    }
                });
        return after;
    }

    private void put(
            double[][] after,
            FeatureTable all,
            int[] which,
            Step<FeatureTable> model,
            Optional<String> value) {
        FeatureTable rows = all.rows(which);
        FeatureTable done;
        if (value.isPresent()) {
            done =
                    ComBatTarget.pretend(
                            model, rows, target.get().column(), value.get(), new Trace());
        } else if (target.isPresent()) {
            done = ComBatTarget.blind(model, rows, target.get(), new Trace());
        } else {
            done = model.apply(rows, new Trace());
        }
        for (int n = 0; n < which.length; n++) {
            after[which[n]] = done.row(n);
        }
    }

    private static int[] every(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, r -> r);
        return all;
    }
}
