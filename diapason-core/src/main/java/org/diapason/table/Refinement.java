package org.diapason.table;

import java.util.Optional;
import org.diapason.step.Trace;

/** What rows say beyond sums: other estimates of features that least squares has fitted. */
interface Refinement {
    /** Changes the estimates of features {@code from} (included) to {@code to} (excluded). */
    void refine(Regression regression, int from, int to);

    /** Writes down what was decided and warns of what could not be. */
    void report(Trace trace);

    /** Returns how spreads depend on covariates, where that was fitted. */
    default Optional<ComBatModel.Scale> scale() {
        return Optional.empty();
    }

    /** Estimates stay as they are. */
    Refinement NONE =
            new Refinement() {
                @Override
                public void refine(Regression regression, int from, int to) {}

                @Override
                public void report(Trace trace) {}
            };
}
