package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.diapason.volume.Design;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A table, and which of its columns are what: for every command that learns ComBat from rows. */
final class ComBatTableOptions {

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
        return read;
    }
}
