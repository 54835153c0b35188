package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.diapason.io.run.RecipeFile;
import org.diapason.step.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diapason apply}: new exams through what was learned. */
@Command(
        name = "apply",
        description = "Send new exams through what a run has learned; nothing is fitted again.",
        footer = {"", "Exit code: 0 done; 1 some exam refused or failed; 2 settings."})
final class ApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FITTED", description = "fitted.json of a run.")
    Path fitted;

    @Mixin JobOptions options = new JobOptions();

    @Override
    public Integer call() throws Exception {
        options.common.start();
        Recipe recipe = RecipeFile.read(fitted);
        if (!recipe.fitted()) {
            throw new IllegalArgumentException(
                    fitted
                            + " still has something to learn: it is a recipe, not a fitted.json. Use diapason run.");
        }
        return options.go(recipe, Files.readString(fitted));
    }
}
