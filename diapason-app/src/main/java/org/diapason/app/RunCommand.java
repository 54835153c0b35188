package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.diapason.io.run.RecipeFile;
import org.diapason.step.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diapason run}: the main job on the user's own data. */
@Command(
        name = "run",
        description = "Harmonize and judge a cohort: images, features, table, judgement, report.",
        footer = {
            "",
            "Exit code: 0 done; 1 some exam refused or failed, or a verdict of harm; 2 settings."
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "The recipe, a YAML file.")
    Path recipe;

    @Mixin JobOptions options = new JobOptions();

    @Override
    public Integer call() throws Exception {
        options.common.start();
        Recipe read = RecipeFile.read(recipe);
        return options.go(read, Files.readString(recipe));
    }
}
