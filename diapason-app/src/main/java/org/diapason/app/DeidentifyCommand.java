package org.diapason.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.diapason.io.dicom.Deidentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code diapason deidentify}: copies DICOM files without what identifies the patient. */
@Command(
        name = "deidentify",
        description =
                "Copy DICOM files without what identifies the patient (PS3.15 basic profile); SUV,"
                        + " geometry and pixels stay as they are.",
        footer = {
            "",
            "Without --key-file the key is random and forgotten: a later run gives other UIDs.",
            "What is kept and what goes: docs/concepts/privacy.md"
        })
final class DeidentifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "A DICOM file, or a folder of them.")
    Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "A new folder, outside of IN.")
    Path out;

    @Mixin KeyOptions keyOptions = new KeyOptions();

    @Mixin Common common = new Common();

    @Override
    public Integer call() {
        common.start();
        Deidentifier.Result result = keyOptions.deidentifier().run(in, out);
        result.refused().forEach(sentence -> System.out.println("refused: " + sentence));
        result.failed().forEach(sentence -> System.out.println("failed: " + sentence));
        System.out.println(
                result.files()
                        + " files: "
                        + result.done()
                        + " done, "
                        + result.refused().size()
                        + " refused, "
                        + result.failed().size()
                        + " failed");
        return result.done() == result.files() && result.done() > 0
                ? CommandLines.DONE
                : CommandLines.NOT_ALL;
    }
}
