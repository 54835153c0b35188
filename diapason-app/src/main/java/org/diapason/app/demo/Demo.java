package org.diapason.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.diapason.app.Calibrations;
import org.diapason.app.Job;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.judge.BiologyAndSite;
import org.diapason.phantom.PlantedCohort;
import org.diapason.phantom.VirtualScanner;
import org.diapason.report.Section;
import org.diapason.step.Fold;
import org.diapason.step.Judge;
import org.diapason.step.Judgement;
import org.diapason.step.Operation;
import org.diapason.step.Progress;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.steps.resolution.MatchFwhm;
import org.diapason.table.ComBat;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/**
 * Plants a cohort, writes it to disk, harmonizes it from there as any user's data, and compares
 * what was planted with what was recovered.
 *
 * @param seed makes the cohort
 * @param folder where everything goes: {@code data}, {@code results} and {@code held-out}
 * @param progress is told how far it is
 */
public record Demo(long seed, Path folder, Progress progress) {
    private static final int MOST_SHOWN = 20;

    /** What the demo leaves. */
    public record Outcome(
            DemoFigures.Found found, Run.Result run, Run.Result heldOut, Path report) {

        /** Returns how many exams went through the line. */
        public int exams() {
            return run.outcomes().size() + heldOut.outcomes().size();
        }
    }

    /** Does it all. */
    public Outcome go() throws IOException {
        PlantedCohort planted = new PlantedCohort(seed);
        DemoData data = new DemoData(planted, folder.resolve("data"));
        data.write(progress);
        for (VirtualScanner scanner : PlantedCohort.SCANNERS) {
            Calibrations.write(
                    data.calibration(scanner),
                    Calibrations.measure(data.phantomScan(scanner), null, null));
        }
        Recipe recipe = RecipeFile.read(data.recipe());
        Job job =
                new Job(
                        recipe,
                        Files.readString(data.recipe()),
                        CohortFile.read(data.cohort(), null),
                        folder.resolve("results"),
                        false,
                        true);
        Run.Result run = job.carry(progress);
        Path fitted = folder.resolve("results/fitted.json");
        Job apply =
                new Job(
                        RecipeFile.read(fitted),
                        Files.readString(fitted),
                        CohortFile.read(data.heldOut(), null),
                        folder.resolve("held-out"),
                        false,
                        true);
        Run.Result heldOut = apply.carry(progress);
        apply.report(heldOut, List.of());

        List<String> shownOnly = judge(recipe).shownOnly();
        Recipe learned = run.fitted().orElseThrow();
        FeatureTable truth =
                DemoFigures.planted(
                        planted, recipe.features(), targetFwhmMm(learned), spacingMm(learned));
        progress.at("fitting without protection", 0, 1, 0);
        Unprotected without = Unprotected.of(recipe, run);
        double[] shares = {
            DemoFigures.siteShare(heldOut.raw().orElseThrow(), shownOnly),
            DemoFigures.siteShare(heldOut.before(), shownOnly),
            DemoFigures.siteShare(heldOut.after(), shownOnly),
            DemoFigures.chance(heldOut.after(), shownOnly, recipe.seed())
        };
        DemoFigures.Found found =
                DemoFigures.Found.of(
                        DemoFigures.effects(truth, run, without.table()),
                        shownOnly,
                        shares,
                        run.judgements().get(0).verdict(),
                        without.judgement().verdict());
        job.report(run, sections(found, without.judgement()));
        return new Outcome(found, run, heldOut, folder.resolve("results/report.html"));
    }

    /** The same table without protecting the disease: an exhibit of how harmonization does harm. */
    private record Unprotected(FeatureTable table, Judgement judgement) {

        static Unprotected of(Recipe recipe, Run.Result run) {
            List<Operation<FeatureTable>> operations = new ArrayList<>();
            for (Operation<FeatureTable> operation : recipe.table()) {
                operations.add(
                        operation instanceof ComBat c
                                ? unprotected(c, judge(recipe).biology().orElseThrow())
                                : operation);
            }
            Judge.Refit<FeatureTable> refit = Fold.refit(operations);
            FeatureTable after = refit.fit(run.before()).apply(run.before());
            Trace trace = new Trace("unprotected", recipe.seed());
            return new Unprotected(
                    after,
                    judge(recipe)
                            .judge(run.raw().orElseThrow(), run.before(), after, refit, trace));
        }
    }

    private static ComBat unprotected(ComBat combat, String biology) {
        return combat.protecting(
                combat.protect().stream().filter(p -> !p.equals(biology)).toList());
    }

    private static BiologyAndSite judge(Recipe recipe) {
        return (BiologyAndSite) recipe.judge().get(0);
    }

    private static double targetFwhmMm(Recipe learned) {
        return learned.images().stream()
                .filter(o -> o instanceof MatchFwhm)
                .mapToDouble(o -> ((MatchFwhm) o).targetMm(0))
                .findFirst()
                .orElseThrow();
    }

    private static double spacingMm(Recipe learned) {
        return learned.images().stream()
                .filter(o -> o instanceof Isotropic)
                .mapToDouble(o -> ((Isotropic) o).spacingMm())
                .findFirst()
                .orElseThrow();
    }

    private static List<Section> sections(DemoFigures.Found found, Judgement unprotected) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(found.headline()));
        found.effects().stream()
                .filter(e -> e != found.headline())
                .sorted(Comparator.comparingDouble(DemoFigures.Effect::error).reversed())
                .limit(MOST_SHOWN)
                .forEach(e -> rows.add(row(e)));
        Section effects =
                new Section(
                        "Planted against recovered",
                        "The effect of disease (coefficient in feature ~ disease + age, without"
                                + " site): planted in the objects, seen in the raw images, and"
                                + " recovered.",
                        List.of(
                                "feature",
                                "planted",
                                "unharmonized",
                                "harmonized",
                                "error",
                                "disease unprotected"),
                        rows,
                        Optional.of(
                                "In-sample: the sixty exams the run was fitted on; features with a"
                                        + " planted effect of at least one within-site SD. Median error"
                                        + " "
                                        + percent(found.medianError())
                                        + " over "
                                        + found.features()
                                        + " features; the headline and the "
                                        + MOST_SHOWN
                                        + " worst are shown."));
        Section site =
                new Section(
                        "The scanner in exams that no fit has seen",
                        "Share of variance that is the site's (ω², median over features) in sixty"
                                + " held-out exams: twenty objects, each imaged by all three scanners.",
                        List.of("stage", "site share"),
                        List.of(
                                List.of("raw images", percent(found.shareBefore())),
                                List.of("after the image steps", percent(found.shareAfterImages())),
                                List.of("after ComBat", percent(found.shareAfter())),
                                List.of(
                                        "what chance alone gives (95 % limit)",
                                        percent(found.shareByChance()))),
                        Optional.of(
                                "ω² is not clipped: without any effect of the site it scatters around"
                                        + " 0 and may be negative."));
        Section exhibit =
                new Section(
                        "What happens when disease is not protected",
                        "The same table harmonized without protecting the disease, and judged by"
                                + " the same judge.",
                        List.of("question", "answer"),
                        List.of(
                                List.of("verdict with protection", found.verdict().text()),
                                List.of("verdict without", unprotected.verdict().text()),
                                List.of("why", String.join(" ", unprotected.reasons()))),
                        Optional.of("An exhibit: this table is not written."));
        return List.of(effects, site, exhibit);
    }

    private static List<String> row(DemoFigures.Effect e) {
        int digits = Math.abs(e.planted()) >= 10 ? 2 : 4;
        return List.of(
                e.feature(),
                Numbers.fixed(e.planted(), digits),
                Numbers.fixed(e.unharmonized(), digits),
                Numbers.fixed(e.harmonized(), digits),
                percent(e.error()),
                Numbers.fixed(e.unprotected(), digits));
    }

    static String percent(double share) {
        return Numbers.fixed(100 * share, 1).replace('-', '−') + " %";
    }
}
