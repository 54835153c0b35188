package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.io.run.ComBatFile;
import org.diapason.io.run.ComBatSumsFile;
import org.diapason.step.ContentHash;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.table.ComBatModel;
import org.diapason.table.FederatedLevels;
import org.diapason.table.FederatedSums;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason combat merge}: one model of the sums of several hospitals. */
@Command(
        name = "merge",
        description = {
            "Fit ComBat on the sums of several hospitals: the model of the pooled rows, without them.",
            "With --levels: make of the files of summarise --levels-only what all must agree on."
        },
        footer = {
            "",
            "Example: diapason combat merge sums1.json sums2.json --model model.json",
            "Each hospital then harmonizes its own table by combat apply.",
            "Exit code: 0 done; 1 refused; 2 settings."
        })
final class ComBatMergeCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JSON",
            arity = "1..*",
            description = "What combat summarise wrote at each hospital.")
    List<Path> files;

    @Option(names = "--model", paramLabel = "JSON", description = "The model to write.")
    Path model;

    @Option(
            names = "--levels",
            paramLabel = "JSON",
            description = "The levels to write; the files are those of --levels-only.")
    Path levels;

    @Option(
            names = "--shared-batches",
            description = "A batch that is in several files is one and the same scanner.")
    boolean shared;

    @Mixin ComBatOptions options = new ComBatOptions();

    @Mixin JsonOption json = new JsonOption();

    @Override
    public Integer call() throws IOException {
        if ((model == null) == (levels == null)) {
            throw new IllegalArgumentException(
                    "combat merge needs --model FILE to fit on sums, or --levels FILE to make one file of"
                            + " those of --levels-only; one of the two.");
        }
        List<String> names = ComBatSumsFile.names(files);
        Outputs.besides(files).and("--model", model).and("--levels", levels);
        if (levels != null) {
            refuseSettings();
            FederatedLevels merged =
                    FederatedLevels.merge(
                            names, files.stream().map(ComBatSumsFile::readLevels).toList());
            ComBatSumsFile.write(levels, merged);
            if (json.write(Map.of("levels", levels.toString()))) {
                System.out.println("levels: " + levels);
            }
            return CommandLines.DONE;
        }
        List<FederatedSums> parts = files.stream().map(ComBatSumsFile::readSums).toList();
        refuseTwice(parts, names);
        FederatedSums first = parts.get(0);
        ComBat chosen = options.settings(first.batch(), first.protect(), first.features());
        Trace trace = new Trace();
        ComBatModel fitted = FederatedSums.merge(names, parts, chosen, shared, trace);
        int rows = fitted.batches().stream().mapToInt(ComBatModel.Batch::exams).sum();
        List<String> hashes = parts.stream().map(ComBatSumsFile::hash).sorted().toList();
        String source = ContentHash.of(String.join(" ", hashes));
        ComBatFile.Fitted file =
                new ComBatFile.Fitted(source, rows, Optional.empty(), fitted, Optional.empty());
        ComBatFile.write(model, file);
        List<String> warnings = new ArrayList<>(trace.warnings());
        for (int n = 0; n < parts.size(); n++) {
            for (FederatedSums.LeftOut l : parts.get(n).leftOut()) {
                warnings.add(
                        names.get(n)
                                + " left out "
                                + parts.get(n).batch()
                                + " \""
                                + l.name()
                                + "\": "
                                + l.why()
                                + ".");
            }
        }
        warnings.forEach(w -> System.err.println("warning: " + w));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows);
        fields.put("features", fitted.columns().size());
        Map<String, Object> batches = new LinkedHashMap<>();
        fitted.batches().forEach(b -> batches.put(b.name(), b.exams()));
        fields.put("batches", batches);
        fields.put("warnings", warnings);
        fields.put("fit", trace.notes());
        fields.put("model", model.toString());
        fields.put("modelContent", ComBatFile.hash(file));
        if (json.write(fields)) {
            System.out.println(
                    fitted.columns().size()
                            + (fitted.columns().size() == 1 ? " feature of " : " features of ")
                            + rows
                            + " rows from "
                            + batches.size()
                            + (batches.size() == 1 ? " batch" : " batches")
                            + " in "
                            + parts.size()
                            + (parts.size() == 1 ? " file" : " files"));
            System.out.println("model: " + model);
        }
        return CommandLines.DONE;
    }

    private void refuseSettings() {
        List<String> given = new ArrayList<>(options.given());
        if (shared) {
            given.add("--shared-batches");
        }
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    given.get(0)
                            + " does not go with --levels: nothing is fitted yet. Give it when the"
                            + " sums are merged.");
        }
    }

    private static void refuseTwice(List<FederatedSums> parts, List<String> names) {
        Map<String, String> known = new HashMap<>();
        for (int n = 0; n < parts.size(); n++) {
            String other = known.put(ComBatSumsFile.hash(parts.get(n)), names.get(n));
            if (other != null) {
                throw new RefusedException(
                        other
                                + " and "
                                + names.get(n)
                                + " are the same sums, which would count every row twice. Give each"
                                + " file once.");
            }
        }
    }
}
