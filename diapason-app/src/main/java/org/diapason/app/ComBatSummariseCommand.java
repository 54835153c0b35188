package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diapason.io.run.ComBatSumsFile;
import org.diapason.table.ComBat;
import org.diapason.table.FederatedLevels;
import org.diapason.table.FederatedSums;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason combat summarise}: sums of one hospital's table, to be merged with others'. */
@Command(
        name = "summarise",
        description = {
            "Write the sums of a table that ComBat needs, and no row: run it at each hospital, then"
                    + " combat merge on the files.",
            "A batch with fewer rows than --fewest, or fewer of one combination of protected levels,"
                    + " is left out by name: sums of one row are the row."
        },
        footer = {
            "",
            "Example: diapason combat summarise features.csv --batch site --protect age --out sums.json",
            "Where a protected column is text or under a curve, all hospitals run --levels-only first,"
                    + " combat merge makes one levels.json of the files, and --levels takes it.",
            "Exit code: 0 done; 1 refused, or some batch left out; 2 settings."
        })
final class ComBatSummariseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", description = "CSV with a header, a row per sample.")
    Path table;

    @Option(
            names = "--batch",
            required = true,
            paramLabel = "COLUMN",
            description = "The column that names the batch (site, scanner) of a row.")
    String batch;

    @Option(
            names = "--protect",
            paramLabel = "TERMS",
            description = "What keeps its effect, as in combat fit; the same at every hospital.")
    List<String> protect = new ArrayList<>();

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
            description = "Columns of numbers that are no features, with commas between.")
    List<String> covariates = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description =
                    "What will be predicted from the harmonized table; not a feature, and not to be"
                            + " protected.")
    String target;

    @Option(
            names = "--fewest",
            paramLabel = "K",
            description = "Rows that every sum is made of at least. Default and least: 5.")
    int fewest = FederatedSums.FEWEST;

    @Option(
            names = "--levels-only",
            description = "Write the levels and rounded ranges to agree on, no sums.")
    boolean levelsOnly;

    @Option(
            names = "--levels",
            paramLabel = "JSON",
            description = "What combat merge made of the files of --levels-only.")
    Path levels;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "JSON",
            description = "The file to write; read it before it leaves the hospital.")
    Path out;

    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() throws IOException {
        SeveralComBatJob.refuse("combat summarise", batch);
        if (levelsOnly && levels != null) {
            throw new IllegalArgumentException(
                    "--levels-only asks for levels and --levels gives them. Take one.");
        }
        List<String> terms = ComBatFitCommand.terms(protect);
        if (target != null && ComBatTarget.isProtected(target, terms)) {
            throw new RefusedException(
                    "--protect names "
                            + target
                            + ", which is to be predicted: every row would be moved by its own answer."
                            + " Leave "
                            + target
                            + " out of --protect.");
        }
        ComBat settings = new ComBatOptions().settings(batch, terms, features);
        Set<String> named = new LinkedHashSet<>(Design.covariates(terms));
        named.add(batch);
        named.addAll(covariates);
        Optional.ofNullable(target).ifPresent(named::add);
        ComBatTable read = ComBatTable.read(table, named, features);
        if (!read.mixed().isEmpty()) {
            System.err.println(
                    "warning: some cells are numbers, some text, so not summed: "
                            + String.join(", ", read.mixed())
                            + ".");
        }
        FeatureTable rows = read.table();
        Map<String, Object> fields = new LinkedHashMap<>();
        List<FederatedSums.LeftOut> left;
        String said;
        if (levelsOnly) {
            FederatedLevels own = FederatedLevels.of(settings, rows, fewest);
            ComBatSumsFile.write(out, own);
            left = own.leftOut();
            said = "levels of " + own.columns().size() + " protected columns";
        } else {
            Optional<FederatedLevels> agreed =
                    Optional.ofNullable(levels).map(ComBatSumsFile::readLevels);
            FederatedSums sums = FederatedSums.of(settings, rows, agreed, fewest);
            ComBatSumsFile.write(out, sums);
            left = sums.leftOut();
            int count = sums.batches().stream().mapToInt(FederatedSums.Batch::rows).sum();
            said =
                    "sums of "
                            + sums.columns().size()
                            + " features over "
                            + count
                            + " of "
                            + rows.size()
                            + " rows from "
                            + sums.batches().size()
                            + (sums.batches().size() == 1 ? " batch" : " batches")
                            + "\nsettings: "
                            + ComBatSumsFile.settings(sums);
            Map<String, Object> batches = new LinkedHashMap<>();
            sums.batches().forEach(b -> batches.put(b.name(), b.rows()));
            fields.put("batches", batches);
            fields.put("settings", ComBatSumsFile.settings(sums));
            sums.batches().stream().filter(b -> b.dropped() > 0).forEach(this::sayDropped);
        }
        left.forEach(
                l -> System.err.println("left out: " + batch + " " + l.name() + ": " + l.why()));
        fields.put("rows", rows.size());
        fields.put("leftOut", left.stream().map(FederatedSums.LeftOut::name).toList());
        fields.put("out", out.toString());
        if (json.write(fields)) {
            System.out.println(said);
            System.out.println("file: " + out);
        }
        return left.isEmpty() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private void sayDropped(FederatedSums.Batch b) {
        System.err.println(
                "left out: "
                        + b.dropped()
                        + (b.dropped() == 1 ? " row of " : " rows of ")
                        + batch
                        + " "
                        + b.name()
                        + ": fewer than "
                        + fewest
                        + " rows lack the same features");
    }
}
