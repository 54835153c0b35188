package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.run.LongComBatFile;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.table.LongComBat;
import org.diapason.table.LongComBatModel;
import org.diapason.volume.FeatureTable;

/** {@code combat fit --subject}. */
final class LongComBatJob {
    private LongComBatJob() {}

    static int fit(
            LongComBat settings, ComBatTableOptions rows, Path model, Path out, JsonOption json)
            throws IOException {
        List<String> warnings = new ArrayList<>();
        ComBatTable read = rows.read(settings.cohortColumns(), warnings::add);
        FeatureTable before = read.table();
        Trace trace = new Trace();
        LongComBatModel fitted =
                (LongComBatModel) Fold.learn(List.of(settings), Fold.rows(before), trace).get(0);
        write(read, fitted.apply(before, new Trace()), out);
        LongComBatFile.write(model, before, fitted);
        Trace said = trace.children().get(0);
        warnings.addAll(said.warnings());
        Map<String, Object> batches = new LinkedHashMap<>();
        fitted.batches().forEach(b -> batches.put(b.name(), b.exams()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", before.size());
        fields.put("features", fitted.columns().size());
        fields.put("batches", batches);
        fields.put("subjects", fitted.subjects().size());
        fields.put("warnings", warnings);
        fields.put("fit", said.notes());
        fields.put("model", model.toString());
        fields.put("out", List.of(out.toString()));
        String line =
                fitted.columns().size()
                        + (fitted.columns().size() == 1 ? " feature of " : " features of ")
                        + before.size()
                        + " rows of "
                        + fitted.subjects().size()
                        + " subjects from "
                        + batches.size()
                        + (batches.size() == 1 ? " batch" : " batches")
                        + " harmonized";
        say(warnings, fields, line, out, json);
        if (!"-".equals(json.file)) {
            System.out.println("model: " + model);
        }
        return CommandLines.DONE;
    }

    private static void write(ComBatTable read, FeatureTable after, Path out) {
        List<double[]> rows = new ArrayList<>();
        for (int r = 0; r < after.size(); r++) {
            rows.add(after.row(r));
        }
        read.write(out, rows.toArray(new double[0][]));
    }

    private static void say(
            List<String> warnings,
            Map<String, Object> fields,
            String line,
            Path out,
            JsonOption json)
            throws IOException {
        warnings.forEach(w -> System.err.println("warning: " + w));
        if (json.write(fields)) {
            System.out.println(line);
            System.out.println("table: " + out);
        }
    }
}
