package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.io.run.SeveralComBatFile;
import org.diapason.step.Trace;
import org.diapason.table.ComBatModel;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason combat apply}: later rows by what a fit has learned. */
@Command(
        name = "apply",
        description = {
            "Harmonize rows by a model; nothing of it is fitted again.",
            "The output has the rows and columns of TABLE in their order. A row that cannot be"
                    + " harmonized keeps its place with empty features, and is counted and named."
        },
        footer = {
            "",
            "A batch that was not in the fit is placed by its own rows if there are enough of them, or"
                    + " by a file of --save-calibration made earlier from such rows.",
            "Exit code: 0 done; 1 some row could not be harmonized, or refused; 2 settings."
        })
final class ComBatApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", description = "CSV with a header, a row per sample.")
    Path table;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "JSON",
            description = "What diapason combat fit wrote.")
    Path model;

    @Option(
            names = "--new-site-rows",
            paramLabel = "K",
            description =
                    "Rows from which on a batch that was not in the fit is placed by its own rows."
                            + " Default: 20.")
    int newSiteRows = 20;

    @Option(
            names = "--calibration",
            paramLabel = "JSON",
            description = "A file that places batches; may be given several times.")
    List<Path> calibrations = new ArrayList<>();

    @Option(
            names = "--save-calibration",
            paramLabel = "JSON",
            description =
                    "Write the batches placed here, so that later single rows can be harmonized.")
    Path saved;

    @Option(
            names = "--pretend-target",
            description =
                    "Where the model protects what is to be predicted: a table per value of it,"
                            + " OUT.VALUE.csv. Without, rows get its mean effect.")
    boolean pretend;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CSV",
            description = "The harmonized table to write.")
    Path out;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        if (newSiteRows < 2) {
            throw new IllegalArgumentException(
                    "--new-site-rows must be at least 2, got " + newSiteRows);
        }
        List<Path> read = new ArrayList<>(calibrations);
        read.addAll(List.of(table, model));
        Outputs outputs = Outputs.besides(read).and("--out", out).and("--save-calibration", saved);
        if (SeveralComBatFile.is(model)) {
            if (pretend || saved != null || !calibrations.isEmpty()) {
                throw new IllegalArgumentException(
                        "--pretend-target, --calibration and --save-calibration do not go with a model"
                                + " of several --batch columns. Leave them out.");
            }
            return SeveralComBatJob.apply(model, table, out, json);
        }
        ComBatPlacing fitted = ComBatPlacing.read(model);
        if (pretend && fitted.target().isEmpty()) {
            throw new IllegalArgumentException(
                    "--pretend-target: the model protects no target. Leave the option out.");
        }
        ComBatTable csv = ComBatTable.read(table, fitted.combat().columns());
        ComBatRows rows = new ComBatRows(fitted, csv.table(), newSiteRows);
        rows.lacking().ifPresent(ComBatApplyCommand::warn);
        calibrations.forEach(fitted::take);
        rows.place();
        Trace trace = new Trace();
        Map<String, Path> files =
                pretend ? ComBatTarget.files(fitted.target().orElseThrow(), out) : Map.of();
        files.values().forEach(file -> outputs.and("--out", file));
        if (files.isEmpty()) {
            csv.write(out, rows.blind(trace));
        }
        files.forEach((value, to) -> csv.write(to, rows.pretend(value, trace)));
        if (saved != null) {
            save(fitted, rows.placed());
        }
        say(rows, trace, files);
        return rows.left().isEmpty() ? CommandLines.DONE : CommandLines.NOT_ALL;
    }

    private void save(ComBatPlacing fitted, List<ComBatModel.Batch> placed) {
        if (placed.isEmpty()) {
            throw new RefusedException(
                    "--save-calibration: no batch of "
                            + table.getFileName()
                            + " was placed by its own rows, so there is nothing to save.");
        }
        fitted.save(saved);
    }

    private static void warn(String text) {
        System.err.println("warning: " + text);
    }

    private void say(ComBatRows rows, Trace trace, Map<String, Path> files) throws IOException {
        FeatureTable all = rows.table();
        List<String> warnings = new ArrayList<>(rows.warnings());
        trace.warnings().stream().distinct().forEach(warnings::add);
        warnings.forEach(ComBatApplyCommand::warn);
        rows.reasons().forEach(r -> System.err.println("left empty: " + r));
        List<String> outputs =
                files.isEmpty()
                        ? List.of(out.toString())
                        : files.values().stream().map(Path::toString).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", all.size());
        fields.put("harmonized", all.size() - rows.left().size());
        fields.put("leftEmpty", rows.left());
        fields.put("placed", rows.errors());
        fields.put("warnings", warnings);
        fields.put("out", outputs);
        if (json.write(fields)) {
            System.out.println(
                    all.size()
                            - rows.left().size()
                            + " of "
                            + all.size()
                            + " rows harmonized"
                            + (rows.left().isEmpty()
                                    ? ""
                                    : ", " + rows.left().size() + " left empty"));
            rows.said().forEach(System.out::println);
            System.out.println("table: " + String.join(", ", outputs));
        }
    }
}
