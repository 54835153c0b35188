package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.app.report.ReconLabPage;
import org.diapason.io.Text;
import org.diapason.io.table.Csv;
import org.diapason.phantom.lab.LabLesion;
import org.diapason.phantom.lab.LabLesion.Kind;
import org.diapason.phantom.lab.LabResult;
import org.diapason.phantom.lab.LabRow;
import org.diapason.phantom.lab.ReconLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason recon-lab}: what anatomy does to a reconstruction, on a known truth. */
@Command(
        name = "recon-lab",
        description =
                "Reconstruct a head phantom from counts with every prior, with and without MR, and say"
                        + " what each invents and erases: RMSE, bias, contrast and CNR of lesions that PET"
                        + " and MR show, that PET alone and that MR alone shows, over counts and over the"
                        + " shift of MR.",
        footer = {
            "",
            "Writes DIR/report.html (words, pictures, curves, tables), results.csv, lesions.csv,"
                    + " weights.csv, settings.csv (not with --quick) and recon-lab.json. The usual run"
                    + " takes a minute or two on two cores;"
                    + " the same seed gives the same bytes. A phantom ranks methods; it does not predict"
                    + " patients.",
            "Example: diapason recon-lab --out lab",
            "         diapason recon-lab --quick --out lab",
            "         diapason recon-lab --counts 1e6 --shift-mm 0,2 --realisations 8 --out lab",
            "docs/concepts/recon-lab.md says how."
        })
final class ReconLabCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write into; it is made where there is none.")
    Path out;

    @Option(
            names = "--counts",
            paramLabel = "N,…",
            split = ",",
            description =
                    "Expected counts from the head, rising; MR is moved at the middle one. Default:"
                            + " 300000,1000000,3000000.")
    List<Double> counts;

    @Option(
            names = "--shift-mm",
            paramLabel = "S,…",
            split = ",",
            description = "How far MR is off, from 0 up. Default: 0,1,2,3,4.")
    List<Double> shifts;

    @Option(
            names = "--realisations",
            paramLabel = "N",
            description = "Draws of the noise at each condition. Default: 4.")
    Integer realisations;

    @Option(
            names = "--quick",
            description =
                    "One count level, shifts 0 and 4 mm, one realisation, usual settings alone: the"
                            + " way it goes.")
    boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes the noise. Default: ${DEFAULT-VALUE}.")
    long seed = 1;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        ReconLab usual = quick ? ReconLab.quick(seed) : ReconLab.usual(seed);
        ReconLab lab =
                new ReconLab(
                        counts == null ? usual.trues() : counts,
                        shifts == null ? usual.shiftsMm() : shifts,
                        realisations == null ? usual.realisations() : realisations,
                        usual.others(),
                        seed);
        LabResult result;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            result = lab.run(progress);
        }
        Map<String, Object> fields = fields(result);
        ReconLabPage.write(out.resolve("report.html"), result);
        results(result);
        lesions(result);
        weights(result);
        settings(result);
        Summary.write(out.resolve("recon-lab.json").toString(), fields);
        if (json.write(fields)) {
            result.answer().forEach(System.out::println);
            System.out.println();
            result.findings().forEach(System.out::println);
            System.out.println("report: " + out.resolve("report.html"));
        }
        return CommandLines.DONE;
    }

    private static List<String> condition(LabRow r) {
        return List.of(
                r.method().fromCounts() ? "counts" : "after",
                r.method().prior().word(),
                Text.of(r.trues()),
                Text.of(r.shiftMm()));
    }

    private static Map<String, Object> figures(LabRow r) {
        Map<String, Object> f = new LinkedHashMap<>();
        spread(f, "rmse", r.rmse());
        spread(f, "biasGrey", r.biasGrey());
        spread(f, "biasWhite", r.biasWhite());
        spread(f, "contrastMatched", r.contrast(Kind.MATCHED));
        spread(f, "contrastPetOnly", r.contrast(Kind.PET_ONLY));
        spread(f, "contrastMrOnly", r.contrast(Kind.MR_ONLY));
        f.put("erased", r.erased());
        f.put("invented", r.size(Kind.MR_ONLY));
        f.put("control", r.size(Kind.CONTROL));
        f.put("rmseMr", r.method().prior().guided() ? r.rmseMr().mean() : null);
        return f;
    }

    private static void spread(Map<String, Object> fields, String name, LabRow.Spread s) {
        fields.put(name, finite(s.mean()));
        fields.put(name + "Sd", finite(s.sd()));
    }

    /** A ground without any noise has a contrast over noise that no number tells. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String cell(Object value) {
        return value == null ? "" : Text.of((double) value);
    }

    private void results(LabResult result) {
        List<String> header = new ArrayList<>(List.of("family", "prior", "counts", "shiftMm"));
        header.addAll(figures(result.rows().get(0)).keySet());
        List<List<String>> rows = new ArrayList<>();
        for (LabRow r : result.rows()) {
            List<String> row = new ArrayList<>(condition(r));
            figures(r).values().forEach(v -> row.add(cell(v)));
            rows.add(row);
        }
        Csv.write(out.resolve("results.csv"), header, rows);
    }

    private void lesions(LabResult result) {
        List<String> header =
                List.of(
                        "family",
                        "prior",
                        "counts",
                        "shiftMm",
                        "lesion",
                        "kind",
                        "radiusMm",
                        "contrast",
                        "contrastSd",
                        "cnr",
                        "cnrSd");
        List<List<String>> rows = new ArrayList<>();
        for (LabRow r : result.rows()) {
            for (LabLesion l : LabResult.lesions()) {
                List<String> row = new ArrayList<>(condition(r));
                row.addAll(List.of(l.name(), l.kind().word(), Text.of(l.radiusMm())));
                Map<String, Object> f = new LinkedHashMap<>();
                spread(f, "contrast", r.contrast(l));
                spread(f, "cnr", r.cnr(l));
                f.values().forEach(v -> row.add(cell(v)));
                rows.add(row);
            }
        }
        Csv.write(out.resolve("lesions.csv"), header, rows);
    }

    private void weights(LabResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (LabResult.Weight w : result.weights()) {
            rows.add(
                    List.of(
                            w.method().fromCounts() ? "counts" : "after",
                            w.method().prior().word(),
                            Text.of(w.trues()),
                            Double.isNaN(w.weight()) ? "" : Text.of(w.weight()),
                            Text.of(w.rmse()),
                            String.valueOf(w.tried()),
                            String.valueOf(w.atEnd())));
        }
        Csv.write(
                out.resolve("weights.csv"),
                List.of("family", "prior", "counts", "weight", "trainingRmse", "tried", "atEnd"),
                rows);
    }

    private void settings(LabResult result) {
        List<Map<String, Object>> all = others(result);
        if (!all.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            for (Map<String, Object> one : all) {
                rows.add(
                        one.values().stream()
                                .map(v -> v instanceof String s ? s : cell(v))
                                .toList());
            }
            Csv.write(out.resolve("settings.csv"), new ArrayList<>(all.get(0).keySet()), rows);
        }
    }

    /** Two of each: MR in its place, and moved. */
    private static List<Map<String, Object>> others(LabResult result) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (LabResult.Other o : result.others()) {
            for (LabRow r : List.of(o.there(), o.moved())) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("prior", o.method().prior().word());
                one.put("setting", o.method().setting().name());
                one.put("value", o.method().setting().value());
                one.put("weight", o.weight());
                one.put("counts", r.trues());
                one.put("shiftMm", r.shiftMm());
                one.putAll(figures(r));
                all.add(one);
            }
        }
        return all;
    }

    private static Map<String, Object> fields(LabResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("counts", result.lab().trues());
        fields.put("shiftsMm", result.lab().shiftsMm());
        fields.put("realisations", result.lab().realisations());
        fields.put("seed", result.lab().seed());
        fields.put("answer", result.answer());
        fields.put("found", result.findings());
        List<Object> rows = new ArrayList<>();
        for (LabRow r : result.rows()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("family", r.method().fromCounts() ? "counts" : "after");
            row.put("prior", r.method().prior().word());
            row.put("counts", r.trues());
            row.put("shiftMm", r.shiftMm());
            row.putAll(figures(r));
            rows.add(row);
        }
        fields.put("rows", rows);
        fields.put("settings", others(result));
        fields.put("stops", ends(result));
        return fields;
    }

    private static List<Object> ends(LabResult result) {
        List<Object> all = new ArrayList<>();
        for (LabResult.End e : result.ends()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("family", e.method().fromCounts() ? "counts" : "after");
            one.put("prior", e.method().prior().word());
            one.put("rmse", result.usual(e).rmse().mean());
            one.put("rmseEndedNearer", e.row().rmse().mean());
            all.add(one);
        }
        return all;
    }
}
