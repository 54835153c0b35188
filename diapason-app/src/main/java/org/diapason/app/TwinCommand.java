package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.app.report.ProofPage;
import org.diapason.phantom.BinFlips;
import org.diapason.phantom.TwinProof;
import org.diapason.phantom.Twins;
import org.diapason.phantom.VirtualScanner;
import org.diapason.step.Recipe;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason twin}: what a recipe leaves between two scanners that image one object. */
@Command(
        name = "twin",
        description =
                "Image one object by two virtual scanners, send both images through one recipe, and"
                        + " say what is left between them. Exit 1 where a claim is missed.",
        footer = {
            "",
            "Example: diapason twin --recipe recipe.yaml",
            "         diapason twin --a twin-a --b my-scanner.yaml",
            "Table steps and judges need a cohort; what is left out of the proof is named."
                    + " docs/concepts/proofs.md says what is claimed."
        })
final class TwinCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 12;
    private static final int CLAIM = 67;

    @Option(
            names = "--recipe",
            paramLabel = "R",
            description =
                    "The recipe to prove. Default: hu-line, match-fwhm 6 mm, isotropic 2 mm, IBSI"
                            + " features of the image ct in the mask lesion.")
    Path recipe;

    @Option(
            names = "--a",
            paramLabel = "SCANNER",
            description = "A scanner: a name of phantom-render --list or a YAML file.")
    String a = "twin-a";

    @Option(
            names = "--b",
            paramLabel = "SCANNER",
            description =
                    "The other. Where its grid is another, the proof on one grid uses that of --a.")
    String b;

    @Option(
            names = "--objects",
            paramLabel = "N",
            description = "Objects in which voxels of another bin are counted. Default: 100.")
    int objects = 100;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "Pairs with noise; 0 for none. Default: 400.")
    int pairs = 400;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "The page to write. Default: twin.html.")
    Path report = Path.of("twin.html");

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        if (objects < 1 || pairs < 0) {
            throw new IllegalArgumentException(
                    "--objects must be 1 or more and --pairs 0 or more, got "
                            + objects
                            + " and "
                            + pairs);
        }
        TwinProof proof = proof();
        TwinProof.Result result;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            result = proof.prove(progress);
        }
        ProofPage.write(report, result);
        if (json.write(fields(result))) {
            print(result);
        }
        return result.outcome() == TwinProof.Outcome.MISSED
                ? CommandLines.NOT_ALL
                : CommandLines.DONE;
    }

    private TwinProof proof() {
        Recipe r = PhantomInputs.recipe(recipe, "recipe.yaml");
        VirtualScanner one = PhantomInputs.scanner(a);
        VirtualScanner two = PhantomInputs.scanner(b == null ? "twin-b" : b);
        VirtualScanner elsewhere = b == null ? PhantomInputs.scanner("twin-c") : two;
        boolean sameGrid = one.spacingMm().equals(elsewhere.spacingMm());
        Optional<Twins> other =
                sameGrid ? Optional.empty() : Optional.of(new Twins(one, elsewhere, r));
        Twins same = new Twins(one, two.withSpacingMm(one.spacingMm()), r);
        return new TwinProof(same, other, objects, pairs, TwinProof.WHOLE_COHORT);
    }

    private void print(TwinProof.Result result) {
        Twins twins = result.pair().twins();
        System.out.println("scanners   " + words(twins.a()) + ", " + words(twins.b()));
        names("proof of", TwinProof.proved(result.pair()));
        names("left out", TwinProof.notProved(result.pair()));
        System.out.println();
        System.out.println(Columns.left("", 15 + CLAIM) + Columns.left("found", 15) + "limit");
        for (TwinProof.Check c : result.checks()) {
            System.out.println(
                    Columns.left(word(c.outcome()), 8)
                            + Columns.left(c.name(), 7)
                            + Columns.left(c.claim(), CLAIM)
                            + Columns.left(c.found(), 15)
                            + c.limit());
            System.out.println(Columns.left("", 15) + c.detail());
        }
        if (result.outcome() == TwinProof.Outcome.STATED) {
            System.out.println();
            System.out.println(
                    "stated: for this recipe and these scanners equality is not promised, only what is"
                            + " left is said.");
        }
        if (!result.flips().isEmpty()) {
            System.out.println();
            System.out.println("voxels in another bin:");
            result.flips().stream().limit(MOST_SHOWN).forEach(f -> System.out.println(flip(f)));
            more(result.flips().size());
        }
        System.out.println();
        System.out.println(
                Columns.left("residual per feature, largest first", 46)
                        + "of its scale   once moved");
        List<TwinProof.Residual> rows = sorted(result.features());
        for (TwinProof.Residual r : rows.subList(0, Math.min(MOST_SHOWN, rows.size()))) {
            System.out.println(
                    Columns.left("  " + r.feature(), 46)
                            + Columns.left(Numbers.power(r.share(), 2), 15)
                            + Numbers.power(r.movedShare(), 2));
        }
        more(rows.size());
        System.out.println();
        System.out.println("page: " + report);
    }

    private static void names(String what, List<String> names) {
        if (!names.isEmpty()) {
            System.out.println(Columns.left(what, 11) + String.join(", ", names));
        }
    }

    private static String word(TwinProof.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static void more(int all) {
        if (all > MOST_SHOWN) {
            System.out.println("  and " + (all - MOST_SHOWN) + " more on the page");
        }
    }

    private static List<TwinProof.Residual> sorted(List<TwinProof.Residual> all) {
        List<TwinProof.Residual> rows = new ArrayList<>(all);
        rows.sort(Comparator.comparingDouble((TwinProof.Residual r) -> -r.share()));
        return rows;
    }

    private static String words(VirtualScanner s) {
        return s.name()
                + " ("
                + s.totalFwhmMm().fixed(1)
                + " mm, gain "
                + Numbers.fixed(s.gain(), 2)
                + ", offset "
                + Numbers.fixed(s.offset(), 0)
                + ")";
    }

    private static String flip(BinFlips.Flip f) {
        return "  "
                + Columns.left(f.rule(), 8)
                + Columns.left("(" + f.i() + ", " + f.j() + ", " + f.k() + ")", 16)
                + Numbers.fixed(f.valueA(), 5)
                + " in bin "
                + f.levelA()
                + ", "
                + Numbers.fixed(f.valueB(), 5)
                + " in bin "
                + f.levelB()
                + "; "
                + Numbers.power(f.awayBins(), 2)
                + " of a bin from the edge, residual "
                + Numbers.power(f.residualBins(), 2);
    }

    private static Map<String, Object> fields(TwinProof.Result result) {
        Map<String, Object> checks = new LinkedHashMap<>();
        for (TwinProof.Check c : result.checks()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("claim", c.claim());
            fields.put("outcome", word(c.outcome()));
            fields.put("found", c.found());
            fields.put("limit", c.limit());
            fields.put("detail", c.detail());
            checks.put(c.name(), fields);
        }
        List<Map<String, Object>> features = new ArrayList<>();
        for (TwinProof.Residual r : result.features()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("feature", r.feature());
            fields.put("a", r.a());
            fields.put("b", r.b());
            fields.put("scale", r.scale());
            fields.put("residual", r.share());
            fields.put("onceMoved", r.movedShare());
            features.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outcome", word(result.outcome()));
        fields.put("proved", TwinProof.proved(result.pair()));
        fields.put("leftOut", TwinProof.notProved(result.pair()));
        fields.put("imageResidual", result.imageResidual());
        fields.put("flips", result.flips().size());
        fields.put("checks", checks);
        fields.put("features", features);
        return fields;
    }
}
