package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.stats.AndersonDarling;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;

/** The search of {@link NestedComBat} for the order of its variables. */
final class OrderSearch {
    /** Variables up to which all orders are fitted: 120 of them. */
    static final int MOST = 5;

    private static final double LEVEL = 0.05;
    private static final int BLOCK = 16;

    private final NestedComBat settings;
    private final FeatureTable rows;

    /** Level of each row {@code [variable][row]}, variables by text. */
    private final int[][] levels;

    private final List<String> variables;
    private final int[] sizes;
    private final List<NestedComBatModel.Order> orders = new ArrayList<>();
    private State best;

    /** Variables that were harmonized, the rows after them, and what was learned. */
    private record State(
            List<String> done, FeatureTable rows, List<ComBatModel> models, Trace trace) {
        private State after(String variable, NestedComBat settings) {
            Trace own = new Trace();
            ComBatModel model =
                    (ComBatModel)
                            Fold.learn(List.of(settings.of(variable)), Fold.rows(rows), own).get(0);
            List<String> more = new ArrayList<>(done);
            more.add(variable);
            List<ComBatModel> learned = new ArrayList<>(models);
            learned.add(model);
            Trace all = new Trace();
            trace.children().forEach(all::adopt);
            own.children().forEach(all::adopt);
            return new State(more, model.apply(rows, new Trace()), learned, all);
        }
    }

    OrderSearch(NestedComBat settings, FeatureTable rows) {
        this.settings = settings;
        this.rows = rows;
        variables = settings.batch().stream().sorted().toList();
        levels = new int[variables.size()][];
        sizes = new int[variables.size()];
        for (int v = 0; v < sizes.length; v++) {
            ComBat alone = settings.of(variables.get(v));
            SortedMap<String, Integer> index = new TreeMap<>();
            for (int r = 0; r < rows.size(); r++) {
                index.put(alone.batchOf(rows, r), 0);
            }
            int next = 0;
            for (String text : index.keySet()) {
                index.put(text, next++);
            }
            sizes[v] = next;
            levels[v] =
                    IntStream.range(0, rows.size())
                            .map(r -> index.get(alone.batchOf(rows, r)))
                            .toArray();
        }
    }

    NestedComBatModel learn(Trace trace) {
        State start = new State(List.of(), rows, List.of(), new Trace());
        int before = differing(rows);
        if (variables.size() <= MOST) {
            all(start);
        } else {
            greedy(start);
        }
        trace.note("order", String.join(", ", best.done()));
        trace.note("differingBefore", before);
        for (NestedComBatModel.Order order : orders) {
            trace.note("differing." + String.join(", ", order.variables()), order.differing());
        }
        for (Trace child : best.trace().children()) {
            child.warnings().forEach(trace::warn);
        }
        return new NestedComBatModel(
                NestedComBatModel.VERSION, settings, best.models(), orders, before);
    }

    /** Fits every order that goes on from here; orders come by text, so the first least stays. */
    private void all(State state) {
        if (state.done().size() == variables.size()) {
            take(state);
            return;
        }
        for (String variable : variables) {
            if (!state.done().contains(variable)) {
                all(state.after(variable, settings));
            }
        }
    }

    private void take(State state) {
        int count = differing(state.rows());
        int least =
                orders.stream()
                        .filter(o -> o.variables().size() == state.done().size())
                        .mapToInt(NestedComBatModel.Order::differing)
                        .min()
                        .orElse(Integer.MAX_VALUE);
        orders.add(new NestedComBatModel.Order(state.done(), count));
        if (count < least) {
            best = state;
        }
    }

    private void greedy(State start) {
        best = start;
        while (best.done().size() < variables.size()) {
            State from = best;
            for (String variable : variables) {
                if (!from.done().contains(variable)) {
                    take(from.after(variable, settings));
                }
            }
        }
    }

    /** Returns how many features differ between levels, summed over the variables. */
    private int differing(FeatureTable table) {
        int[] places = Columns.places(columns(table), table.features());
        AtomicInteger found = new AtomicInteger();
        Parallel.forEach(
                (places.length + BLOCK - 1) / BLOCK,
                b -> {
                    for (int f = b * BLOCK; f < Math.min(places.length, (b + 1) * BLOCK); f++) {
                        found.addAndGet(differing(table, places[f]));
                    }
                });
        return found.get();
    }

    private List<String> columns(FeatureTable table) {
        return table.features().stream()
                .filter(f -> org.diapason.step.Globs.matches(settings.features(), f))
                .toList();
    }

    private int differing(FeatureTable table, int column) {
        int[] finite =
                IntStream.range(0, table.size())
                        .filter(r -> Double.isFinite(table.row(r)[column]))
                        .toArray();
        double[] values = Arrays.stream(finite).mapToDouble(r -> table.row(r)[column]).toArray();
        int count = 0;
        for (int v = 0; v < sizes.length; v++) {
            int[] of = levels[v];
            int[] sample = Arrays.stream(finite).map(r -> of[r]).toArray();
            count += AndersonDarling.of(values, sample, sizes[v]).p() < LEVEL ? 1 : 0;
        }
        return count;
    }
}
