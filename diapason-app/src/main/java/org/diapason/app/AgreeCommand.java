package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.table.Csv;
import org.diapason.stats.Kappa;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason agree}: how far raters or measurements agree. */
@Command(
        name = "agree",
        description =
                "Say how far raters agree on categories (kappas) or measurements of the same subjects"
                        + " on numbers (intraclass correlations, limits of agreement), with intervals of"
                        + " 95 %%.",
        footer = {
            "",
            "Categories: Cohen's kappa of every two raters, Fleiss' kappa and Gwet's AC1 (AC2 with"
                    + " weights) of all; subjects rated by some raters only count where they can.",
            "Numbers: ICC of single measurements and of their mean, one-way, agreement and"
                    + " consistency; limits of Bland and Altman for every two.",
            "Example: diapason agree reads.csv --raters anna,ben,carl --weights quadratic"
                    + " --levels none,mild,severe"
        })
final class AgreeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", description = "A table with a row per subject.")
    Path file;

    /** What is compared. */
    static final class Compared {
        @Option(
                names = "--raters",
                paramLabel = "COLUMNS",
                split = ",",
                description = "Columns of categories, one a rater, with commas between.")
        List<String> raters;

        @Option(
                names = "--measurements",
                paramLabel = "COLUMNS",
                split = ",",
                description = "Columns of numbers, one a measurement, with commas between.")
        List<String> measurements;
    }

    @ArgGroup(multiplicity = "1")
    Compared compared;

    @Option(
            names = "--weights",
            paramLabel = "WEIGHTS",
            description =
                    "What a disagreement costs: none (all alike), linear or quadratic in its distance."
                            + " Default: ${DEFAULT-VALUE}.")
    Kappa.Weights weights = Kappa.Weights.NONE;

    @Option(
            names = "--levels",
            paramLabel = "LEVELS",
            split = ",",
            description =
                    "The categories in their order; needed for weights where they are not numbers, and"
                            + " where nobody used one of them.")
    List<String> levels = new ArrayList<>();

    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() throws IOException {
        List<String> columns = compared.raters != null ? compared.raters : compared.measurements;
        String option = compared.raters != null ? "--raters" : "--measurements";
        if (columns.size() < 2 || columns.stream().distinct().count() != columns.size()) {
            throw new IllegalArgumentException(
                    option
                            + " needs two or more columns, each once, got "
                            + String.join(",", columns));
        }
        if (compared.raters == null && (weights != Kappa.Weights.NONE || !levels.isEmpty())) {
            throw new IllegalArgumentException(
                    "--weights and --levels are for categories; give those by --raters");
        }
        Csv csv = Csv.read(file);
        columns.forEach(c -> LabelledTable.need(csv, c));
        List<String> lines = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        if (compared.raters != null) {
            new RaterTable(csv, columns, levels, weights).judge(lines, fields);
        } else {
            MeasurementTable.judge(csv, columns, lines, fields);
        }
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }
}
