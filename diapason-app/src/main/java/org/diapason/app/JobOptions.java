package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import org.diapason.io.run.CohortFile;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code run} and {@code apply} have in common: a cohort in, a folder out. */
final class JobOptions {

    @Option(
            names = "--cohort",
            required = true,
            paramLabel = "CSV",
            description =
                    "One row per exam: exam, site, covariates, image.NAME and mask.NAME paths.")
    Path cohort;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the results.")
    Path out;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Where relative paths start. Default: the folder of the cohort table.")
    Path root;

    @Option(names = "--resume", description = "Go on from a run that was killed.")
    boolean resume;

    @Option(names = "--overwrite", description = "Replace what an earlier run left in the folder.")
    boolean overwrite;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write a summary as JSON; - is standard output.")
    String json;

    @Mixin Common common = new Common();

    /** Does the job and returns the exit code. */
    int go(Recipe recipe, String recipeText) throws IOException {
        CohortFile table = CohortFile.read(cohort, root);
        Job job = new Job(recipe, recipeText, table, out, resume, overwrite);
        Run.Result result;
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            result = job.go(progress);
        }
        return Summary.print(result, out, json);
    }
}
