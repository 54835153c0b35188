package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A table, and which of its columns are what: for every command that learns ComBat from rows. */
final class ComBatTableOptions {
    /** Names of columns that may number rows: id, patient_id, subjectNumber, X. */
    private static final Pattern NUMBERED =
            Pattern.compile(
                    "(?i:(.*[^a-z])?(x|no|nr|mrn|(sub|exam|subject|patient|case)?(id|index|number)))"
                            + "|.*[a-z](Id|ID|Index|Number)");

    @Parameters(paramLabel = "TABLE", description = "CSV with a header, a row per sample.")
    Path table;

    @Option(
            names = "--batch",
            required = true,
            paramLabel = "COLUMN",
            description =
                    "The column that names the batch (site, scanner) of a row; combat fit takes several"
                            + " with commas between, see --order.")
    String batch;

    @Mixin ComBatTerms terms = new ComBatTerms();

    @Option(
            names = "--features",
            paramLabel = "GLOB",
            description =
                    "Which columns to harmonize. Default: all of numbers not named otherwise.")
    String features = "*";

    @Option(
            names = "--covariates",
            paramLabel = "COLUMNS",
            split = ",",
            description =
                    "Columns of numbers that are no features, with commas between. Columns of text"
                            + " never are.")
    private List<String> covariates = new ArrayList<>();

    /**
     * Reads the table.
     *
     * @param others further columns that must be there and are no features
     * @param warn takes what is to be said of columns that are left out
     */
    ComBatTable read(Collection<String> others, Consumer<String> warn) {
        Set<String> named = new LinkedHashSet<>(Design.covariates(terms.protect()));
        named.addAll(SeveralComBatJob.columns(batch));
        named.addAll(covariates);
        terms.target().ifPresent(named::add);
        named.addAll(others);
        ComBatTable read = ComBatTable.read(table, named, features);
        if (!read.mixed().isEmpty()) {
            boolean one = read.mixed().size() == 1;
            warn.accept(
                    (one ? "column " : "columns ")
                            + String.join(", ", read.mixed())
                            + (one ? " is" : " are")
                            + " partly numbers, partly text, so "
                            + (one ? "it is no feature." : "they are no features."));
        }
        FeatureTable rows = read.table();
        for (int f = 0; f < rows.features().size(); f++) {
            String name = rows.features().get(f);
            if (NUMBERED.matcher(name).matches() && counts(rows, f)) {
                warn.accept(
                        "column "
                                + name
                                + " is another whole number in every row and is taken for a feature. If"
                                + " it numbers the rows, name it by --covariates.");
            }
        }
        return read;
    }

    /** Says whether a feature is another whole number in every row. */
    private static boolean counts(FeatureTable rows, int feature) {
        Set<Double> seen = new HashSet<>();
        for (int r = 0; r < rows.size(); r++) {
            double value = rows.row(r)[feature];
            if (value != Math.rint(value) || !seen.add(value)) {
                return false;
            }
        }
        return rows.size() > 1;
    }
}
