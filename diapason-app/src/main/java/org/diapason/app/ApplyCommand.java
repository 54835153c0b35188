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

/** {@code diapason apply}: new exams through what was learned. */
@Command(
        name = "apply",
        description = "Send new exams through what a run has learned; nothing is fitted again.")
final class ApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FITTED", description = "fitted.json of a run.")
    Path fitted;

    @Option(names = "--cohort", required = true, paramLabel = "CSV", description = "The new exams, a row each.")
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
        Recipe recipe = RecipeFile.read(fitted);
        if (!recipe.fitted()) {
            throw new IllegalArgumentException(
                    fitted + " still has something to learn: it is a recipe, not a fitted.json. Use diapason run.");
        }
        CohortFile table = CohortFile.read(cohort, root);
        Job job = new Job(recipe, Files.readString(fitted), table, out, resume, overwrite);
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            Run.Result result = job.go(progress, List.of());
            progress.close();
            return Summary.print(result, out, json);
        }
    }
}
