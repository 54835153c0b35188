package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.io.run.ComBatSumsFile;
import org.diapason.table.ComBat;
import org.diapason.table.FederatedLevels;
import org.diapason.table.FederatedSums;
import org.diapason.volume.FeatureTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin ComBatTableOptions rows = new ComBatTableOptions();

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
        SeveralComBatJob.refuse("combat summarise", rows.batch);
        if (levelsOnly && levels != null) {
            throw new IllegalArgumentException(
                    "--levels-only asks for levels and --levels gives them. Take one.");
        }
        Outputs.besides(rows.table, levels).and("--out", out);
        rows.terms.refuseLeak("");
        ComBat settings =
                new ComBatOptions().settings(rows.batch, rows.terms.protect(), rows.features);
        List<String> warnings = new ArrayList<>();
        FeatureTable read = rows.read(List.of(), warnings::add).table();
        warnings.forEach(w -> System.err.println("warning: " + w));
        Map<String, Object> fields = new LinkedHashMap<>();
        List<FederatedSums.LeftOut> left;
        String said;
        if (levelsOnly) {
            FederatedLevels own = FederatedLevels.of(settings, read, fewest);
            ComBatSumsFile.write(out, own);
            left = own.leftOut();
            said =
                    "levels of "
                            + own.columns().size()
                            + (own.columns().size() == 1
                                    ? " protected column"
                                    : " protected columns");
        } else {
            Optional<FederatedLevels> agreed =
                    Optional.ofNullable(levels).map(ComBatSumsFile::readLevels);
            FederatedSums sums = FederatedSums.of(settings, read, agreed, fewest);
            ComBatSumsFile.write(out, sums);
            left = sums.leftOut();
            int count = sums.batches().stream().mapToInt(FederatedSums.Batch::rows).sum();
            said =
                    "sums of "
                            + sums.columns().size()
                            + (sums.columns().size() == 1 ? " feature over " : " features over ")
                            + count
                            + " of "
                            + read.size()
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
                l ->
                        System.err.println(
                                "left out: "
                                        + rows.batch
                                        + " \""
                                        + l.name()
                                        + "\": "
                                        + l.why()
                                        + "."));
        fields.put("rows", read.size());
        fields.put("leftOut", left.stream().map(FederatedSums.LeftOut::name).toList());
        fields.put("warnings", warnings);
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
                        + rows.batch
                        + " \""
                        + b.name()
                        + "\": sums would tell of fewer than "
                        + fewest
                        + " rows that lack the same features.");
    }
}
