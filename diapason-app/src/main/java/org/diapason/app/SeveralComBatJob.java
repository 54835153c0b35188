package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.run.SeveralComBatFile;
import org.diapason.step.Fold;
import org.diapason.step.Learner;
import org.diapason.step.Operation;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.JointComBat;
import org.diapason.table.JointComBatModel;
import org.diapason.table.NestedComBat;
import org.diapason.table.NestedComBatModel;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/** {@code combat fit --batch site,scanner} and {@code combat apply} of what it wrote. */
final class SeveralComBatJob {
    /** How several batch variables are harmonized. */
    enum Order {
        JOINT,
        NESTED
    }

    private SeveralComBatJob() {}

    /** Returns the columns of {@code --batch}. */
    static List<String> columns(String batch) {
        return Arrays.stream(batch.split(",", -1)).map(String::strip).toList();
    }

    /** Refuses several batch columns where one is taken. */
    static void refuse(String command, String batch) {
        if (batch != null && batch.contains(",")) {
            throw new IllegalArgumentException(
                    "--batch names "
                            + columns(batch).size()
                            + " columns ("
                            + batch
                            + "), and "
                            + command
                            + " takes one. Join them into one column, or use combat fit.");
        }
    }

    /** Returns the learner. */
    static Learner<FeatureTable, ?> learner(List<String> batch, Order order, ComBat one) {
        return order == Order.NESTED
                ? new NestedComBat(
                        batch,
                        one.protect(),
                        one.features(),
                        one.method(),
                        one.meanOnly(),
                        one.minScaleExams(),
                        one.originalStop(),
                        one.smoothing())
                : new JointComBat(
                        batch,
                        one.protect(),
                        one.features(),
                        one.method(),
                        one.meanOnly(),
                        one.minScaleExams(),
                        one.originalStop(),
                        one.smoothing());
    }

    /**
     * Fits.
     *
     * @param one the settings of ComBat for the first column
     * @param without options that do not go with several columns, with whether they were given
     */
    static int fit(
            Order order,
            ComBat one,
            Map<String, Boolean> without,
            ComBatTableOptions rows,
            Path model,
            Path out,
            JsonOption json)
            throws IOException {
        without.forEach(
                (option, given) -> {
                    if (given) {
                        throw new IllegalArgumentException(
                                option
                                        + " does not go with several --batch columns: they are"
                                        + " brought to the average of all levels, by means and"
                                        + " variances. Leave one of them out.");
                    }
                });
        Learner<FeatureTable, ?> learner = learner(columns(rows.batch), order, one);
        List<String> warnings = new ArrayList<>();
        ComBatTable read = rows.read(learner.cohortColumns(), warnings::add);
        Trace trace = new Trace();
        List<Operation<FeatureTable>> operations = List.of(learner);
        Step<FeatureTable> fitted = Fold.learn(operations, Fold.rows(read.table()), trace).get(0);
        FeatureTable after = fitted.apply(read.table(), new Trace());
        read.write(out, rows(after, after.size()));
        SeveralComBatFile.write(model, fitted);
        Trace said = trace.children().get(0);
        warnings.addAll(said.warnings());
        warnings.forEach(w -> System.err.println("warning: " + w));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", after.size());
        fields.put("features", features(fitted));
        fields.put("batches", levels(fitted));
        fields.put("orders", orders(fitted));
        fields.put("warnings", warnings);
        fields.put("fit", said.notes());
        fields.put("model", model.toString());
        fields.put("out", List.of(out.toString()));
        if (json.write(fields)) {
            System.out.println(
                    features(fitted)
                            + " features of "
                            + after.size()
                            + " rows harmonized for "
                            + String.join(", ", levels(fitted).keySet())
                            + (order == Order.NESTED ? ", in this order" : " at once"));
            orders(fitted)
                    .forEach(
                            o ->
                                    System.out.println(
                                            "order "
                                                    + o.get("order")
                                                    + ": "
                                                    + o.get("differing")
                                                    + " differ"));
            System.out.println("table: " + out);
            System.out.println("model: " + model);
        }
        return CommandLines.DONE;
    }

    private static int features(Step<FeatureTable> fitted) {
        return fitted instanceof JointComBatModel joint
                ? joint.columns().size()
                : ((NestedComBatModel) fitted).columns().size();
    }

    private static Map<String, Map<String, Integer>> levels(Step<FeatureTable> fitted) {
        Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
        if (fitted instanceof JointComBatModel joint) {
            joint.variables().forEach(v -> all.put(v.name(), exams(v.levels())));
        } else {
            ((NestedComBatModel) fitted)
                    .models()
                    .forEach(m -> all.put(m.settings().batch(), exams(m.batches())));
        }
        return all;
    }

    private static Map<String, Integer> exams(List<ComBatModel.Batch> levels) {
        Map<String, Integer> exams = new LinkedHashMap<>();
        levels.forEach(l -> exams.put(l.name(), l.exams()));
        return exams;
    }

    private static List<Map<String, Object>> orders(Step<FeatureTable> fitted) {
        List<Map<String, Object>> all = new ArrayList<>();
        if (fitted instanceof NestedComBatModel nested) {
            for (NestedComBatModel.Order order : nested.orders()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("order", String.join(", ", order.variables()));
                one.put("differing", order.differing());
                all.add(one);
            }
        }
        return all;
    }

    /** Harmonizes later rows; one that cannot be keeps its place with empty features. */
    static int apply(Path model, Path table, Path out, JsonOption json) throws IOException {
        Step<FeatureTable> fitted = SeveralComBatFile.read(model);
        List<String> columns =
                fitted instanceof JointComBatModel joint
                        ? joint.columns()
                        : ((NestedComBatModel) fitted).columns();
        ComBatTable read = ComBatTable.read(table, columns);
        FeatureTable rows = read.table();
        SortedMap<String, List<Integer>> left = new TreeMap<>();
        int[] kept = kept(fitted, rows, left);
        Trace trace = new Trace();
        double[][] after = new double[rows.size()][];
        FeatureTable done = fitted.apply(rows.rows(kept), trace);
        for (int n = 0; n < kept.length; n++) {
            after[kept[n]] = done.row(n);
        }
        read.write(out, after);
        List<String> warnings = trace.warnings().stream().distinct().toList();
        warnings.forEach(w -> System.err.println("warning: " + w));
        left.forEach(
                (why, which) ->
                        System.err.println(
                                "left empty: "
                                        + which.size()
                                        + (which.size() == 1 ? " row: " : " rows: ")
                                        + why));
        List<String> exams =
                left.values().stream().flatMap(List::stream).sorted().map(rows::exam).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows.size());
        fields.put("harmonized", kept.length);
        fields.put("leftEmpty", exams);
        fields.put("warnings", warnings);
        fields.put("out", List.of(out.toString()));
        if (json.write(fields)) {
            System.out.println(
                    kept.length
                            + " of "
                            + rows.size()
                            + " rows harmonized"
                            + (exams.isEmpty() ? "" : ", " + exams.size() + " left empty"));
            System.out.println("table: " + out);
        }
        return exams.isEmpty() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    /** Returns the rows that can be harmonized; the others are counted by why not. */
    private static int[] kept(
            Step<FeatureTable> fitted, FeatureTable rows, Map<String, List<Integer>> left) {
        List<Integer> kept = new ArrayList<>();
        boolean all = whyNot(fitted, rows).isEmpty();
        for (int r = 0; r < rows.size(); r++) {
            Optional<String> why = all ? Optional.empty() : whyNot(fitted, rows.rows(r));
            if (why.isPresent()) {
                left.computeIfAbsent(why.get(), w -> new ArrayList<>()).add(r);
            } else {
                kept.add(r);
            }
        }
        return kept.stream().mapToInt(r -> r).toArray();
    }

    private static Optional<String> whyNot(Step<FeatureTable> fitted, FeatureTable rows) {
        try {
            fitted.apply(rows, new Trace());
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static double[][] rows(FeatureTable table, int count) {
        double[][] rows = new double[count][];
        Arrays.setAll(rows, table::row);
        return rows;
    }
}
