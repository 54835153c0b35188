package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.diapason.io.InputFile;
import org.diapason.io.dicom.Deidentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
    private static final int KEY_BYTES = 32;

    @Parameters(index = "0", paramLabel = "IN", description = "A DICOM file, or a folder of them.")
    Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "A new folder, outside of IN.")
    Path out;

    @Option(
            names = "--key-file",
            paramLabel = "F",
            description =
                    "A secret of at least 16 bytes: the same key gives the same UIDs and dates.")
    Path keyFile;

    @Option(
            names = "--burned-in",
            description = "Copy images too that may have a name in their pixels.")
    boolean burnedIn;

    @Mixin Common common = new Common();

    @Override
    public Integer call() {
        common.start();
        Deidentifier.Result result = new Deidentifier(key(), burnedIn).run(in, out);
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

    private byte[] key() {
        if (keyFile == null) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return key;
        }
        try {
            return Files.readAllBytes(keyFile);
        } catch (IOException e) {
            throw new IllegalArgumentException(InputFile.unreadable(keyFile, e).getMessage(), e);
        }
    }
}
