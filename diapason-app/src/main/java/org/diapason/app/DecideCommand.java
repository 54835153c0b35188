package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Settings;
import org.diapason.decision.Answer;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.Decisions;
import org.diapason.decision.Judged;
import org.diapason.decision.Mass;
import org.diapason.io.ImageFormat;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.run.TreeFile;
import org.diapason.io.table.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason decide}: what several experts say of a finding, as one answer. */
@Command(
        name = "decide",
        description =
                "Put together what several experts (models, readers, tests) say of one finding: by Bayes,"
                        + " votes, belief or a rule in words; judge it where the truth is known.",
        footer = {
            "",
            "RULES.yaml names the finding, the experts with their columns, and the rules; half of the rows"
                    + " with a truth calibrate, the others judge.",
            "Every row of the table comes back: yes, no, unknown or refused, with the reason.",
            "Example: diapason decide examples/decide/rules.yaml --cohort"
                    + " examples/decide/lesions.csv --out decided.csv",
            "         diapason decide rules.yaml --maps pet=pet.nii.gz mr=mr.nii.gz --rule together --out p.nii.gz"
        })
final class DecideCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RULES", description = "Experts and rules, as YAML.")
    Path rules;

    @Option(
            names = "--cohort",
            paramLabel = "CSV",
            description =
                    "A table with a row per patient, lesion or region. With --maps it is learned from.")
    Path cohort;

    @Option(
            names = "--maps",
            arity = "1..*",
            paramLabel = "NAME=FILE",
            description = "Experts that speak voxel by voxel: an image of each, on one grid.")
    Map<String, Path> maps = new LinkedHashMap<>();

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "The rule that decides maps, where there are several.")
    String rule;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The same table with what every rule says; of maps the probability, and beside it"
                            + " .answer (1, 0, NaN unknown) and .conflict.")
    Path out;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        check();
        DecisionPlan plan = Settings.read(DecisionPlan.class, TreeFile.read(rules));
        DecisionMaps voxels = maps.isEmpty() ? null : new DecisionMaps(plan, maps, rule);
        if (cohort == null && plan.truth().isPresent()) {
            throw new IllegalArgumentException(
                    "the plan learns from the column \""
                            + plan.truth().get().column()
                            + "\", and maps have none: add --cohort with the table to learn from.");
        }
        DecisionTable table = cohort == null ? null : new DecisionTable(plan, cohort);
        Decisions decisions = table == null ? null : Decisions.of(plan, table.readings());
        List<String> lines = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        if (decisions != null) {
            DecisionText text = new DecisionText(decisions, Judged.of(decisions));
            lines.addAll(text.lines());
            fields.putAll(text.fields());
        }
        if (voxels != null) {
            voxels.decide(decisions);
            voxels.write(out);
            lines.add(voxels.line());
            fields.put("maps", voxels.fields());
        } else {
            write(table.csv(), decisions);
            lines.add("table: " + out);
        }
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        boolean refused =
                voxels != null
                        ? voxels.refused()
                        : decisions.decided().values().stream()
                                .anyMatch(d -> d.count(Answer.REFUSED) > 0);
        return refused ? CommandLines.NOT_ALL : CommandLines.DONE;
    }

    private void check() {
        if (cohort == null && maps.isEmpty()) {
            throw new IllegalArgumentException(
                    "decide needs --cohort with a table, or --maps with images");
        }
        List<Path> read = new ArrayList<>(List.of(rules));
        if (cohort != null) {
            read.add(cohort);
        }
        read.addAll(maps.values());
        Outputs outputs = Outputs.besides(read).and("--out", out);
        if (!maps.isEmpty()) {
            if (!ImageFormat.of(out).map(ImageFormat::placed).orElse(false)) {
                throw new IllegalArgumentException(
                        "--out "
                                + InputFile.name(out)
                                + ": maps are written as .nii.gz, .nii, .nrrd, .mha or .mhd.");
            }
            outputs.and("--out", Outputs.named(out, ".answer"))
                    .and("--out", Outputs.named(out, ".conflict"));
        }
        outputs.and("--json", json.path());
    }

    private void write(Csv csv, Decisions decisions) {
        List<String> header = new ArrayList<>(csv.header());
        header.addAll(List.of("half", "missing", "conflict", "conflicting"));
        decisions
                .decided()
                .forEach(
                        (name, d) -> {
                            header.addAll(List.of(name, name + ".probability", name + ".reason"));
                            if (d.masses().isPresent()) {
                                header.addAll(
                                        List.of(
                                                name + ".belief",
                                                name + ".plausibility",
                                                name + ".conflict"));
                            }
                        });
        Set<String> known = new HashSet<>();
        for (String column : header) {
            if (!known.add(column)) {
                throw new IllegalArgumentException(
                        csv.name()
                                + " or another rule has a column \""
                                + column
                                + "\" already. Rename it, or the rule.");
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < csv.rows().size(); r++) {
            rows.add(row(csv.rows().get(r), r, decisions));
        }
        Csv.write(out, header, rows);
    }

    private static List<String> row(Csv.Row row, int r, Decisions decisions) {
        List<String> cells = new ArrayList<>(row.cells());
        List<Answer> truth = decisions.readings().truth();
        boolean known = !truth.isEmpty() && truth.get(r).known();
        cells.add(!known ? "" : decisions.calibrates(r) ? "calibrates" : "judges");
        cells.add(String.join(" ", decisions.missing(r)));
        double conflict = decisions.conflict(r);
        cells.add(Text.of(conflict));
        cells.add(
                Double.isNaN(conflict)
                        ? ""
                        : Answer.of(conflict >= decisions.plan().conflict()).word());
        for (Decisions.Decided d : decisions.decided().values()) {
            cells.add(d.answer()[r].word());
            cells.add(Text.of(d.probability()[r]));
            cells.add(d.reason()[r] == null ? "" : d.reason()[r]);
            if (d.masses().isPresent()) {
                Mass m = d.masses().get()[r];
                cells.add(m == null ? "" : Text.of(m.yes()));
                cells.add(m == null ? "" : Text.of(m.plausibility()));
                cells.add(m == null ? "" : Text.of(m.conflict()));
            }
        }
        return cells;
    }
}
