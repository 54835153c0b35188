package org.diapason.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.diapason.io.run.ComBatFile;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBatModel;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** Rows of a table under a model: which can be harmonized, which not and why. */
final class ComBatRows {
    private static final int MOST_NAMED = 5;

    private final ComBatPlacing model;
    private final FeatureTable table;
    private final int newSiteRows;
    private final List<ComBatModel.Batch> placed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Reason, then the rows it holds for. */
    private final SortedMap<String, List<Integer>> reasons = new TreeMap<>();

    /** Why a batch could not be placed by rows of its own although there are enough. */
    private final Map<String, String> refused = new HashMap<>();

    private boolean sorted;

    ComBatRows(ComBatPlacing model, FeatureTable table, int newSiteRows) {
        this.model = model;
        this.table = table;
        this.newSiteRows = newSiteRows;
    }

    FeatureTable table() {
        return table;
    }

    /** Says which features of the model the table lacks. */
    Optional<String> lacking() {
        List<String> absent = new ArrayList<>(model.combat().columns());
        absent.removeAll(new HashSet<>(table.features()));
        if (absent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "the table lacks "
                        + absent.size()
                        + (absent.size() == 1 ? " feature" : " features")
                        + " of the model ("
                        + named(absent)
                        + ").");
    }

    /** Places batches that are not in the model where there are enough complete rows of them. */
    void place() {
        SortedMap<String, List<Integer>> unknown = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            String batch = table.covariate(r, column());
            if (!batch.isEmpty() && !model.combat().knows(batch) && wrong(r).isEmpty()) {
                unknown.computeIfAbsent(batch, b -> new ArrayList<>()).add(r);
            }
        }
        unknown.forEach(
                (batch, own) -> {
                    if (own.size() >= newSiteRows && places()) {
                        place(batch, own.stream().mapToInt(Integer::intValue).toArray());
                    }
                });
        for (int r = 0; r < table.size(); r++) {
            int row = r;
            whyNot(r, unknown).ifPresent(why -> count(why, row));
        }
        sorted = true;
    }

    private void place(String batch, int[] rows) {
        Trace trace = new Trace();
        try {
            placed.add(model.place(table.rows(rows), trace));
            warnings.addAll(trace.warnings());
        } catch (RefusedException e) {
            refused.put(batch, e.getMessage());
        }
    }

    private String column() {
        return model.combat().settings().batch();
    }

    /** Says whether a batch may be placed by rows of its own. */
    private boolean places() {
        return model.target().isEmpty();
    }

    private void count(String why, int row) {
        reasons.computeIfAbsent(why, w -> new ArrayList<>()).add(row);
    }

    /** Returns the batches placed by rows of the table. */
    List<ComBatModel.Batch> placed() {
        return List.copyOf(placed);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private Optional<String> whyNot(int row, Map<String, List<Integer>> unknown) {
        String column = column();
        String batch = table.covariate(row, column);
        if (batch.isEmpty()) {
            return Optional.of("column " + column + " is missing, so the batch is unknown");
        }
        if (refused.containsKey(batch)) {
            return Optional.of(refused.get(batch));
        }
        if (!model.combat().knows(batch)) {
            int count = unknown.getOrDefault(batch, List.of()).size();
            return Optional.of(
                    column
                            + " \""
                            + batch
                            + "\" was not in the fit (it knows "
                            + named(
                                    model.combat().batches().stream()
                                            .map(ComBatModel.Batch::name)
                                            .toList())
                            + ") and has "
                            + count
                            + (count == 1 ? " complete row" : " complete rows")
                            + (!places()
                                    ? ", and a model that protects its target places no batch: fit"
                                            + " anew with rows of it"
                                    : " where --new-site-rows asks for "
                                            + newSiteRows
                                            + ": collect more, or give its file by --calibration"));
        }
        return wrong(row);
    }

    /** Says what is wrong with a row but for its batch. */
    private Optional<String> wrong(int row) {
        try {
            model.check(pretended(table.rows(row), 0));
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.getMessage().replace("exam " + table.exam(row) + ": ", ""));
        }
    }

    /** Returns the row with a value of the target that the fit knows. */
    private FeatureTable pretended(FeatureTable rows, int value) {
        if (model.target().isEmpty()) {
            return rows;
        }
        ComBatFile.Target target = model.target().get();
        return ComBatTarget.with(rows, target.column(), target.values().get(value));
    }

    /** Returns the rows harmonized, null where one is left empty. */
    double[][] blind(Trace trace) {
        Step<FeatureTable> step = model.step();
        return spread(
                rows ->
                        model.target().isPresent()
                                ? ComBatTarget.blind(step, rows, model.target().get(), trace)
                                : step.apply(rows, trace));
    }

    /** Returns the rows harmonized as if each had the given value of the target. */
    double[][] pretend(String value, Trace trace) {
        String column = model.target().orElseThrow().column();
        Step<FeatureTable> step = model.step();
        return spread(rows -> ComBatTarget.pretend(step, rows, column, value, trace));
    }

    private double[][] spread(UnaryOperator<FeatureTable> harmonize) {
        if (!sorted) {
            throw new IllegalStateException("rows are sorted out by place()");
        }
        boolean[] out = new boolean[table.size()];
        reasons.values().forEach(rows -> rows.forEach(r -> out[r] = true));
        int[] kept = IntStream.range(0, out.length).filter(r -> !out[r]).toArray();
        double[][] after = new double[out.length][];
        FeatureTable done = harmonize.apply(table.rows(kept));
        for (int n = 0; n < kept.length; n++) {
            after[kept[n]] = done.row(n);
        }
        return after;
    }

    /** Returns who is left empty. */
    List<String> left() {
        return reasons.values().stream().flatMap(List::stream).sorted().map(table::exam).toList();
    }

    /** Returns a line per reason, with how many and who. */
    List<String> reasons() {
        List<String> lines = new ArrayList<>();
        reasons.forEach(
                (why, rows) ->
                        lines.add(
                                rows.size()
                                        + (rows.size() == 1 ? " row (" : " rows (")
                                        + named(rows.stream().map(table::exam).toList())
                                        + "): "
                                        + why
                                        + (why.endsWith(".") ? "" : ".")));
        return lines;
    }

    /** Returns rows and the median standard error of the shift, in σ, of each batch placed. */
    Map<String, Object> errors() {
        Map<String, Object> errors = new LinkedHashMap<>();
        for (ComBatModel.Batch batch : placed) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("rows", batch.exams());
            one.put("standardErrorMedian", quantile(batch, 0.5));
            one.put("standardErrorMax", quantile(batch, 1));
            errors.put(batch.name(), one);
        }
        return errors;
    }

    /** Returns a line per batch placed. */
    List<String> said() {
        List<String> lines = new ArrayList<>();
        for (ComBatModel.Batch batch : placed) {
            lines.add(
                    column()
                            + " \""
                            + batch.name()
                            + "\" was not in the fit and is placed by its "
                            + batch.exams()
                            + " rows; standard error of its shift "
                            + Numbers.fixed(quantile(batch, 0.5), 2)
                            + " σ (median), "
                            + Numbers.fixed(quantile(batch, 1), 2)
                            + " σ (largest)");
        }
        return lines;
    }

    private static double quantile(ComBatModel.Batch batch, double share) {
        double[] known =
                Arrays.stream(batch.error().toArray()).filter(Double::isFinite).sorted().toArray();
        return known.length == 0 ? Double.NaN : known[(int) (share * (known.length - 1))];
    }

    private static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED
                        ? " and " + (names.size() - MOST_NAMED) + " more"
                        : "");
    }
}
