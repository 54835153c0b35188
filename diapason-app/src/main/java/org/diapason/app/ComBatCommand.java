package org.diapason.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** {@code diapason combat}: ComBat on tables, without images and recipes. */
@Command(
        name = "combat",
        description =
                "Harmonize a table of features by ComBat, and later rows by what was learned.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ComBatFitCommand.class, ComBatApplyCommand.class})
final class ComBatCommand implements Callable<Integer> {
    @Spec CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "combat needs a command: fit or apply.");
    }
}
