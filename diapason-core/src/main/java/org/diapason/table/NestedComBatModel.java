package org.diapason.table;

import java.util.List;
import java.util.Set;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;

/**
 * What {@link NestedComBat} learned: one model after the other, for any exam whose levels they
 * know.
 *
 * @param version of this form, {@value #VERSION}; no other is read
 * @param settings of the fit
 * @param models one per variable, in the order in which they are applied
 * @param orders what was tried, with what it left
 * @param differingBefore features that differed between levels before, summed over the variables
 */
public record NestedComBatModel(
        int version,
        NestedComBat settings,
        List<ComBatModel> models,
        List<Order> orders,
        int differingBefore)
        implements Step<FeatureTable> {
    /** The form of models that this program writes and reads. */
    public static final int VERSION = 1;

    public NestedComBatModel {
        models = List.copyOf(models);
        orders = List.copyOf(orders);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "this model is of version "
                            + version
                            + ", and only version "
                            + VERSION
                            + " is read. Fit anew, or apply it with the program that wrote it.");
        }
        List<String> order = models.stream().map(m -> m.settings().batch()).sorted().toList();
        if (!order.equals(settings.batch().stream().sorted().toList())) {
            throw new IllegalArgumentException(
                    "the model is damaged: its parts are for "
                            + String.join(", ", order)
                            + " and its settings for "
                            + String.join(", ", settings.batch())
                            + ". Restore it or fit anew.");
        }
    }

    /**
     * An order that was tried.
     *
     * @param variables the first first; not all of them where the search went on from the best
     * @param differing features that differed afterwards between levels (Anderson-Darling, p under
     *     0.05), summed over all variables
     */
    public record Order(List<String> variables, int differing) {
        public Order {
            variables = List.copyOf(variables);
        }
    }

    /** Returns the names of the harmonized features. */
    public List<String> columns() {
        return models.get(0).columns();
    }

    @Override
    public Set<String> cohortColumns() {
        return settings.cohortColumns();
    }

    @Override
    public FeatureTable apply(FeatureTable table, Trace trace) {
        FeatureTable now = table;
        for (ComBatModel model : models) {
            now = model.apply(now, trace);
        }
        return now;
    }
}
