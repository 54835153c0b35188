package org.diapason.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** {@code diapason combat}: ComBat without recipes: on tables, hospitals and registered images. */
@Command(
        name = "combat",
        description =
                "Harmonize a table of features by ComBat, and later rows by what was learned.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ComBatFitCommand.class,
            ComBatApplyCommand.class,
            ComBatSummariseCommand.class,
            ComBatMergeCommand.class,
            ComBatVoxelsCommand.class,
            ComBatHiddenCommand.class
        })
final class ComBatCommand implements Callable<Integer> {
    @Spec CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "combat needs a command: fit, apply, summarise, merge, voxels or hidden.");
    }
}
