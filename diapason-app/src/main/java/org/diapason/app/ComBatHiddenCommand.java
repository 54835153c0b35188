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
import org.diapason.io.table.Csv;
import org.diapason.table.HiddenBatch;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason combat hidden}: a batch that no column names, where the acquisition agrees. */
@Command(
        name = "hidden",
        description = {
            "Look for groups of rows that no column names, and write them as a batch column where a"
                    + " column of the acquisition or of a phantom agrees.",
            "Groups without such evidence may be biology: they are refused with the reason."
        },
        footer = {
            "",
            "Example: diapason combat hidden features.csv --protect age,sex --evidence kvp,kernel"
                    + " --out with-batch.csv",
            "         diapason combat fit with-batch.csv --batch hidden-batch --model model.json --out"
                    + " harmonized.csv",
            "Exit code: 0 a batch column was written, or there is no hidden batch and nothing was; 1"
                    + " refused; 2 settings."
        })
final class ComBatHiddenCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 5;

    @Parameters(paramLabel = "TABLE", description = "CSV with a header, a row per sample.")
    Path table;

    @Option(
            names = "--batch",
            paramLabel = "COLUMN",
            description = "A known batch column; groups within it are looked for.")
    String batch;

    @Option(
            names = "--protect",
            paramLabel = "TERMS",
            description = "What is known of the biology, as in combat fit; taken out first.")
    List<String> protect = new ArrayList<>();

    @Option(
            names = "--evidence",
            paramLabel = "COLUMNS",
            split = ",",
            description =
                    "Columns of the acquisition or of a phantom that may explain groups, with commas"
                            + " between.")
    List<String> evidence = new ArrayList<>();

    @Option(
            names = "--features",
            paramLabel = "GLOB",
            description = "Which columns to look at. Default: all of numbers not named otherwise.")
    String features = "*";

    @Option(
            names = "--covariates",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Columns of numbers that are no features, with commas between.")
    List<String> covariates = new ArrayList<>();

    @Option(
            names = "--most",
            paramLabel = "K",
            description = "Largest number of groups to try, 2 to 4. Default: 3.")
    int most = 3;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of folds, first guesses and permutations. Default: 1.")
    long seed = 1;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Name of the column to write. Default: hidden-batch.")
    String column = "hidden-batch";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CSV",
            description = "The table to write, with the column.")
    Path out;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws IOException {
        common.start();
        SeveralComBatJob.refuse("combat hidden", batch);
        Outputs.besides(table).and("--out", out);
        HiddenBatch settings =
                new HiddenBatch(
                        Optional.ofNullable(batch),
                        ComBatTerms.split(protect),
                        evidence,
                        features,
                        most,
                        0.25,
                        10,
                        0.5,
                        999,
                        seed);
        Set<String> named = new LinkedHashSet<>(settings.cohortColumns());
        named.addAll(covariates);
        ComBatTable read = ComBatTable.read(table, named, features);
        if (read.csv().header().contains(column)) {
            throw new RefusedException(
                    read.csv().name()
                            + " has a column \""
                            + column
                            + "\" already. Give another name by --column.");
        }
        HiddenBatch.Proposal found = settings.propose(read.table());
        boolean proposed = found.verdict() == HiddenBatch.Verdict.PROPOSED;
        if (proposed) {
            write(read.csv(), found.labels());
        }
        if (json.write(fields(found, proposed))) {
            say(found, proposed);
        }
        if (found.verdict() == HiddenBatch.Verdict.REFUSED) {
            System.err.println("diapason: refused: " + found.reason());
            return CommandLines.NOT_ALL;
        }
        return CommandLines.DONE;
    }

    private void write(Csv csv, List<String> labels) {
        List<String> header = new ArrayList<>(csv.header());
        header.add(column);
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < labels.size(); r++) {
            List<String> cells = new ArrayList<>(csv.rows().get(r).cells());
            cells.add(labels.get(r));
            rows.add(cells);
        }
        Csv.write(out, header, rows);
    }

    private Map<String, Object> fields(HiddenBatch.Proposal found, boolean proposed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", found.verdict().name().toLowerCase(java.util.Locale.ROOT));
        fields.put("reason", found.reason());
        fields.put("rows", found.exams());
        fields.put("features", found.features());
        fields.put("components", found.components());
        fields.put("groups", found.groups());
        fields.put("stability", found.stability());
        fields.put("uncertain", found.uncertain());
        fields.put("seed", seed);
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (HiddenBatch.Candidate c : found.candidates()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("groups", c.groups());
            one.put("gain", c.gain());
            one.put("standardError", c.error());
            one.put("smallest", c.smallest());
            one.put("separation", c.separation());
            candidates.add(one);
        }
        fields.put("candidates", candidates);
        List<Map<String, Object>> columns = new ArrayList<>();
        for (HiddenBatch.Evidence e : found.evidence()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("column", e.column());
            one.put("measure", e.measure());
            one.put("value", e.value());
            one.put("p", e.p());
            one.put("rows", e.rows());
            one.put("agrees", e.agrees());
            columns.add(one);
        }
        fields.put("evidence", columns);
        List<Map<String, Object>> apart = new ArrayList<>();
        for (HiddenBatch.Apart a : found.apart()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("feature", a.feature());
            one.put("eta", a.eta());
            one.put("gain", a.gain());
            one.put("standardError", a.error());
            apart.add(one);
        }
        fields.put("apart", apart);
        fields.put("out", proposed ? List.of(out.toString()) : List.of());
        return fields;
    }

    private void say(HiddenBatch.Proposal found, boolean proposed) {
        for (HiddenBatch.Candidate c : found.candidates()) {
            System.out.println(
                    c.groups()
                            + " groups: held-out log likelihood per exam "
                            + Numbers.fixed(c.gain(), 3)
                            + " ± "
                            + Numbers.fixed(c.error(), 3)
                            + " over one, smallest group "
                            + Numbers.fixed(100 * c.smallest(), 0)
                            + " %");
        }
        if (!found.apart().isEmpty()) {
            System.out.println(
                    "most apart: "
                            + String.join(
                                    ", ",
                                    found.apart().stream()
                                            .limit(MOST_NAMED)
                                            .map(
                                                    a ->
                                                            a.feature()
                                                                    + " η "
                                                                    + Numbers.fixed(a.eta(), 2))
                                            .toList()));
        }
        if (found.verdict() != HiddenBatch.Verdict.REFUSED) {
            System.out.println(found.reason());
        }
        if (proposed) {
            System.out.println("column " + column + " of table: " + out);
        }
    }
}
