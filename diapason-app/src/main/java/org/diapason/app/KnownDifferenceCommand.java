package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.app.report.ProofPage;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.phantom.KnownDifference;
import org.diapason.phantom.KnownDifference.Found;
import org.diapason.phantom.KnownDifference.Kind;
import org.diapason.phantom.StatedDifference;
import org.diapason.phantom.VirtualScanner;
import org.diapason.step.Cohort;
import org.diapason.step.Recipe;
import org.diapason.step.Spelling;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason known-difference}: does a recipe keep a difference that is there? */
@Command(
        name = "known-difference",
        description =
                "Image objects that differ by a stated contrast, texture length, volume or SUV, and"
                        + " say how much of it is left after the recipe; or take two scans of a"
                        + " physical phantom. Exit 1 where it is less than 0.9 or more than 1.1, or"
                        + " nothing could be compared.",
        footer = {
            "",
            "Example: diapason known-difference --recipe recipe.yaml",
            "         diapason known-difference --only contrast --scanners twin-b",
            "The lower object goes through the first scanner, the higher through the second.",
            "",
            "A physical phantom: two exams of a cohort table, and the difference that its maker states"
                    + " for the regions that the recipe measures:",
            "  diapason known-difference --cohort scans.csv --recipe recipe.yaml --low water"
                    + " --high rod --true 120"
        })
final class KnownDifferenceCommand implements Callable<Integer> {

    @Option(
            names = "--recipe",
            paramLabel = "R",
            description =
                    "The recipe to prove, on CT and on PET. Default: one for CT and one for PET that"
                            + " ship.")
    Path recipe;

    @Option(
            names = "--scanners",
            paramLabel = "A[,B]",
            split = ",",
            description = "One or two CT scanners. Default: twin-a,twin-b.")
    List<String> scanners = List.of("twin-a", "twin-b");

    @Option(
            names = "--pet-scanners",
            paramLabel = "A[,B]",
            split = ",",
            description = "One or two PET scanners. Default: pet-digital,pet-old.")
    List<String> petScanners = List.of("pet-digital", "pet-old");

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Some of contrast, texture-length, volume, suv. Default: all.")
    List<String> only = List.of();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Pairs of objects for the interval. Default: 20.")
    int repeats = 20;

    @Option(
            names = "--cohort",
            paramLabel = "CSV",
            description =
                    "A cohort table with two scans of a physical phantom, or two regions of one.")
    Path cohort;

    @Option(names = "--low", paramLabel = "EXAM", description = "The exam of the lower value.")
    String low;

    @Option(names = "--high", paramLabel = "EXAM", description = "The exam of the higher value.")
    String high;

    @Option(
            names = "--true",
            paramLabel = "D",
            description = "The stated difference, in the unit of the image (HU, SUV).")
    Double truth;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Where relative paths start. Default: the folder of the cohort table.")
    Path root;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "The page to write. Default: known-difference.html.")
    Path report = Path.of("known-difference.html");

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        List<Found> found = physical() ? scans() : objects();
        ProofPage.write(report, found);
        if (json.write(fields(found))) {
            print(found);
        }
        boolean compared = found.stream().anyMatch(f -> f.refused().isEmpty());
        return compared && found.stream().allMatch(f -> f.flag().isEmpty())
                ? CommandLines.DONE
                : CommandLines.NOT_ALL;
    }

    private List<Found> objects() {
        List<Found> found = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            for (Kind kind : kinds()) {
                boolean pet = kind == Kind.SUV;
                Recipe r = PhantomInputs.recipe(recipe, pet ? "recipe-pet.yaml" : "recipe.yaml");
                List<VirtualScanner> by =
                        (pet ? petScanners : scanners)
                                .stream().map(PhantomInputs::scanner).toList();
                found.add(new KnownDifference(by, r, repeats).find(kind, progress));
            }
        }
        return found;
    }

    private boolean physical() {
        boolean any = cohort != null || low != null || high != null || truth != null;
        if (any
                && (cohort == null
                        || recipe == null
                        || low == null
                        || high == null
                        || truth == null)) {
            throw new IllegalArgumentException(
                    "two scans of a physical phantom need --cohort, --recipe, --low, --high and --true.");
        }
        return any;
    }

    /** One line for each image and mask that the recipe measures. */
    private List<Found> scans() {
        Recipe r = RecipeFile.read(recipe);
        CohortFile table = CohortFile.read(cohort, root);
        for (String exam : List.of(low, high)) {
            if (!table.ids().contains(exam)) {
                throw new IllegalArgumentException(
                        "the cohort table has no exam \""
                                + exam
                                + "\"; "
                                + Spelling.hint(exam, table.ids()));
            }
        }
        if (r.features().isEmpty()) {
            throw new IllegalArgumentException(
                    "the recipe measures nothing, so neither image nor mask is named. Add under"
                            + " features: - ibsi: {image: ct, mask: rod}");
        }
        table.check(r);
        Cohort<Exam> exams = table.of(r);
        List<StatedDifference> asked =
                r.features().stream()
                        .map(e -> new StatedDifference(e.image(), e.mask(), truth, r))
                        .distinct()
                        .toList();
        return asked.stream().map(s -> s.find(exams.open(low), exams.open(high))).toList();
    }

    private List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (only.isEmpty() || only.contains(kind.word())) {
                kinds.add(kind);
            }
        }
        for (String word : only) {
            if (kinds.stream().noneMatch(k -> k.word().equals(word))) {
                throw new IllegalArgumentException(
                        "--only needs contrast, texture-length, volume or suv, got \""
                                + word
                                + "\"");
            }
        }
        return kinds;
    }

    private void print(List<Found> found) {
        int name = Math.max(16, found.stream().mapToInt(f -> f.name().length()).max().orElse(0));
        String line = "%-" + name + "s %16s %12s   %-26s %s%n";
        System.out.print(
                String.format(
                        Locale.ROOT,
                        line,
                        "difference",
                        "true",
                        "recovered",
                        "recovered / true (95 %)",
                        ""));
        for (Found f : found) {
            if (f.refused().isPresent()) {
                System.out.println(f.name() + ": refused: " + f.refused().get());
                continue;
            }
            System.out.print(
                    String.format(
                            Locale.ROOT,
                            line,
                            f.name(),
                            Numbers.fixed(f.truth(), 2) + " " + f.unit(),
                            Numbers.fixed(f.recovered(), 2),
                            Numbers.fixed(f.ratio(), 3)
                                    + " ("
                                    + Numbers.fixed(f.low(), 3)
                                    + " to "
                                    + Numbers.fixed(f.high(), 3)
                                    + ")",
                            f.flag().map(w -> "FLAGGED: " + w).orElse("kept")));
        }
        System.out.println("page: " + report);
    }

    private static Map<String, Object> fields(List<Found> found) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Found f : found) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("true", f.truth());
            fields.put("unit", f.unit());
            fields.put("recovered", f.recovered());
            fields.put("ratio", f.ratio());
            fields.put("low", f.low());
            fields.put("high", f.high());
            fields.put("flagged", f.flag().isPresent());
            fields.put("refused", f.refused().orElse(null));
            all.put(f.name(), fields);
        }
        return all;
    }
}
