package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.RecipeFile;
import org.diapason.step.Recipe;
import org.diapason.step.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason run}: the main job on the user's own data. */
@Command(
        name = "run",
        description = "Harmonize and judge a cohort: images, features, table, judgement, report.",
        footer = {"", "Exit code: 0 done; 1 some exam refused or failed, or a verdict of harm; 2 settings."})
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "The recipe, a YAML file.")
    Path recipe;

    @Option(
            names = "--cohort",
            required = true,
            paramLabel = "CSV",
            description = "One row per exam: exam, site, covariates, image.NAME and mask.NAME paths.")
    Path cohort;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the results.")
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

    @Option(names = "--json", paramLabel = "F", description = "Write a summary as JSON; - is standard output.")
    String json;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        Recipe read = RecipeFile.read(recipe);
        CohortFile table = CohortFile.read(cohort, root);
        Job job = new Job(read, Files.readString(recipe), table, out, resume, overwrite);
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            Run.Result result = job.go(progress, List.of());
            progress.close();
            return Summary.print(result, out, json);
        }
    }
}
