package org.diapason.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.diapason.io.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason inspect}: what is this? */
@Command(
        name = "inspect",
        description = "Say what a file or folder is: modality, quantity, grid, scanner, kernel, problems.")
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", description = "An image file, or a folder with DICOM series.")
    Path path;

    @Option(names = "--json", paramLabel = "F", description = "Write it as JSON; - is standard output.")
    String json;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return null;
    }
}
