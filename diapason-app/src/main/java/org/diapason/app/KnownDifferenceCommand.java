package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.app.report.ProofPage;
import org.diapason.phantom.KnownDifference;
import org.diapason.phantom.KnownDifference.Found;
import org.diapason.phantom.KnownDifference.Kind;
import org.diapason.phantom.VirtualScanner;
import org.diapason.step.Recipe;
import org.diapason.volume.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diapason known-difference}: does a recipe keep a difference that is there? */
@Command(
        name = "known-difference",
        description =
                "Image objects that differ by a stated contrast, texture length, volume or SUV, and"
                        + " say how much of it is left after the recipe. Exit 1 where it is less than"
                        + " 0.9 or nothing could be compared.",
        footer = {
            "",
            "Example: diapason known-difference --recipe recipe.yaml",
            "         diapason known-difference --only contrast --scanners twin-b",
            "The lower object goes through the first scanner, the higher through the second."
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
            names = "--report",
            paramLabel = "HTML",
            description = "The page to write. Default: known-difference.html.")
    Path report = Path.of("known-difference.html");

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        List<Kind> kinds = kinds();
        List<Found> found = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            for (Kind kind : kinds) {
                boolean pet = kind == Kind.SUV;
                Recipe r = PhantomInputs.recipe(recipe, pet ? "recipe-pet.yaml" : "recipe.yaml");
                List<VirtualScanner> by =
                        (pet ? petScanners : scanners)
                                .stream().map(PhantomInputs::scanner).toList();
                found.add(new KnownDifference(by, r, repeats).find(kind, progress));
            }
        }
        ProofPage.write(report, found);
        if (json.write(fields(found))) {
            print(found);
        }
        boolean compared = found.stream().anyMatch(f -> f.refused().isEmpty());
        return compared && found.stream().allMatch(f -> f.flag().isEmpty())
                ? CommandLines.DONE
                : CommandLines.NOT_ALL;
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
        String line = "%-16s %16s %12s   %-26s %s%n";
        System.out.print(
                String.format(
                        java.util.Locale.ROOT,
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
                            java.util.Locale.ROOT,
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
