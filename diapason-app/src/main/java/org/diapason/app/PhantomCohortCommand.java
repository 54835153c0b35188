package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.diapason.app.demo.DemoData;
import org.diapason.catalogue.Settings;
import org.diapason.io.run.Json;
import org.diapason.io.run.TreeFile;
import org.diapason.phantom.CohortPlan;
import org.diapason.phantom.PlantedCohort;
import org.diapason.phantom.VirtualScanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason phantom-cohort}: a cohort with planted effects, as hospitals would send it. */
@Command(
        name = "phantom-cohort",
        description =
                "Plant a cohort of lesions and image it by the virtual scanners of its sites: DICOM"
                        + " series, masks, calibrations, cohort.csv, a recipe, and the truth.",
        footer = {
            "",
            "Example: diapason phantom-cohort plan.yaml out/ --seed 7",
            "         diapason run out/recipe.yaml --cohort out/cohort.csv --out out/results",
            "A plan (docs/concepts/phantoms.md says more); --plan-of-demo prints that of the demo:",
            "  sites:",
            "    - {exams: 30, diseased: 10, scanner: {name: A, psf-mm: 3, spacing-mm: 1}}",
            "    - {exams: 30, diseased: 20, scanner: {name: B, psf-mm: 5, spacing-mm: 1, offset: 20}}",
            "  covariates: [{name: age, low: 40, high: 80, mean-hu: -0.15}]",
            "  mean: {base: 60, disease: 28, sd: 4}",
            "  texture: {base: 36, disease: 16, sd: 1}"
        })
final class PhantomCohortCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "What is planted, and who images it: a YAML file.")
    Path plan;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT",
            description = "The folder to write; new or empty.")
    Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes every lesion and all noise. Default: 1.")
    long seed = 1;

    @Option(names = "--plan-of-demo", description = "Print the demo's plan as JSON, to start from.")
    boolean example;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        if (example) {
            System.out.println(Json.text(Settings.write(CohortPlan.DEMO)).trim());
            return CommandLines.DONE;
        }
        if (plan == null || out == null) {
            throw new IllegalArgumentException(
                    "a PLAN and a folder OUT are needed; --plan-of-demo prints a plan.");
        }
        CohortPlan what = Settings.read(CohortPlan.class, TreeFile.read(plan));
        if (Files.exists(out)) {
            try (var entries = Files.list(out)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            "OUT " + out + " is not empty. Name another folder.");
                }
            }
        }
        PlantedCohort planted = new PlantedCohort(seed, what);
        DemoData data = new DemoData(planted, out);
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            data.write(progress);
        }
        for (VirtualScanner scanner : what.scanners()) {
            Calibrations.write(
                    data.calibration(scanner),
                    Calibrations.measure(data.phantomScan(scanner), null, null));
        }
        data.writeTruth(out.resolve("truth.csv"));
        Files.writeString(out.resolve("plan.json"), Json.text(Settings.write(what)));
        System.out.println(
                planted.fitted().size()
                        + " exams of "
                        + what.sites().size()
                        + (what.sites().size() == 1 ? " site" : " sites")
                        + (what.heldOut() == 0
                                ? ""
                                : " and " + planted.heldOut().size() + " held out")
                        + ": "
                        + data.cohort()
                        + ", truth: "
                        + out.resolve("truth.csv"));
        return CommandLines.DONE;
    }
}
