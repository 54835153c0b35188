package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.judge.MixedEffects;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Formula;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason lmm}: a linear mixed model of one column of a table. */
@Command(
        name = "lmm",
        description =
                "Fit a linear mixed model to the rows of a table by restricted likelihood: fixed"
                        + " effects with Satterthwaite's degrees of freedom, variances of random"
                        + " effects.",
        footer = {
            "",
            "  diapason lmm sleep.csv --formula 'reaction ~ days + (days | subject)'",
            "Terms: a + b, a:b, a*b, - 1 or 0 + (no intercept), factor(a) (numbers as levels),",
            "(1 | site) an intercept per site, (days | subject) intercept and slope per subject,",
            "correlated, (days || subject) not correlated, (1 | a) + (1 | b) crossed, (1 | a/b) nested.",
            "Columns of text are factors: sexM is what M has more than the first level."
        })
final class LmmCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "A table with a header, a row per measurement.")
    Path table;

    @Option(
            names = "--formula",
            required = true,
            paramLabel = "FORMULA",
            description = "The model, as in lme4: 'y ~ days + (days | subject)'.")
    String formula;

    @Option(names = "--ml", description = "Maximise the likelihood, not the restricted likelihood.")
    boolean likelihood;

    @Option(
            names = "--effects",
            paramLabel = "CSV",
            description = "Write the predicted effect of every group.")
    Path effects;

    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() throws IOException {
        Formula model = Formula.parse(formula);
        if (model.response().isEmpty() || model.random().isEmpty()) {
            throw new IllegalArgumentException(
                    "--formula needs a response before ~ and a random term after it, as in"
                            + " 'y ~ days + (days | subject)'; got \""
                            + formula
                            + "\".");
        }
        Csv csv = Csv.read(table);
        for (String column : model.columns()) {
            if (!csv.header().contains(column)) {
                throw new IllegalArgumentException(
                        csv.name()
                                + ": has no column \""
                                + column
                                + "\" of the formula; "
                                + Spelling.hint(column, csv.header()));
            }
        }
        List<Csv.Row> rows =
                csv.rows().stream()
                        .filter(
                                r ->
                                        model.columns().stream()
                                                .noneMatch(c -> missing(csv.text(r, c))))
                        .toList();
        int left = csv.rows().size() - rows.size();
        if (rows.isEmpty()) {
            throw new DataException(
                    csv.name()
                            + ": no row has a value in each of the columns "
                            + String.join(", ", model.columns())
                            + ".");
        }
        MixedEffects fit =
                MixedEffects.of(
                        covariates(csv, rows, model),
                        response(csv, rows, model.response()),
                        model,
                        !likelihood);
        if (effects != null) {
            write(fit);
        }
        if (json.write(fields(fit, left))) {
            System.out.print(LmmText.of(fit, formula, left));
        }
        return CommandLines.DONE;
    }

    /** Says whether a cell is empty, in capitals or not: no group is called na. */
    private static boolean missing(String text) {
        return text.isEmpty() || text.equalsIgnoreCase("NA") || text.equalsIgnoreCase("NaN");
    }

    private static FeatureTable covariates(Csv csv, List<Csv.Row> rows, Formula model) {
        List<String> names = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> cells = new ArrayList<>();
        for (Csv.Row row : rows) {
            SortedMap<String, String> own = new TreeMap<>();
            model.columns().forEach(c -> own.put(c, csv.text(row, c)));
            cells.add(own);
            names.add("line " + row.line());
            regions.add("");
        }
        return FeatureTable.of(List.of(), names, regions, new double[rows.size()][0], cells);
    }

    private static double[] response(Csv csv, List<Csv.Row> rows, String column) {
        double[] y = new double[rows.size()];
        for (int r = 0; r < y.length; r++) {
            String text = csv.text(rows.get(r), column);
            OptionalDouble value = Numbers.parse(text);
            if (value.isEmpty()) {
                throw new DataException(
                        csv.name()
                                + ", line "
                                + rows.get(r).line()
                                + ", column \""
                                + column
                                + "\": \""
                                + text
                                + "\" is not a number, and it is the response. Correct it, or leave"
                                + " the cell empty.");
            }
            y[r] = value.getAsDouble();
        }
        return y;
    }

    private void write(MixedEffects fit) {
        List<List<String>> lines = new ArrayList<>();
        fit.predicted()
                .forEach(
                        e ->
                                lines.add(
                                        List.of(
                                                e.group(),
                                                e.level(),
                                                e.term(),
                                                Text.of(e.value()))));
        Csv.write(effects, List.of("group", "level", "term", "effect"), lines);
    }

    private Map<String, Object> fields(MixedEffects fit, int left) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("formula", formula);
        fields.put("method", fit.restricted() ? "REML" : "ML");
        fields.put("rows", fit.rows());
        fields.put("leftOut", left);
        fields.put("groups", fit.groups());
        Map<String, Object> fixed = new LinkedHashMap<>();
        for (MixedEffects.Fixed f : fit.fixed()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("estimate", f.estimate());
            one.put("standardError", f.standardError());
            one.put("df", f.df());
            one.put("t", f.t());
            one.put("p", f.p());
            fixed.put(f.name(), one);
        }
        fields.put("fixed", fixed);
        List<Object> random = new ArrayList<>();
        for (MixedEffects.Variance v : fit.random()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("group", v.group());
            one.put("term", v.term());
            one.put("variance", v.value());
            random.add(one);
        }
        fields.put("random", random);
        List<Object> correlations = new ArrayList<>();
        for (MixedEffects.Correlation c : fit.correlations()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("group", c.group());
            one.put("first", c.first());
            one.put("second", c.second());
            one.put("correlation", c.value());
            correlations.add(one);
        }
        fields.put("correlations", correlations);
        fields.put("residualVariance", fit.residualVariance());
        fields.put(fit.restricted() ? "remlCriterion" : "deviance", fit.criterion());
        fields.put("singular", fit.singular());
        return fields;
    }
}
