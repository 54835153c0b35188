package org.diapason.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.diapason.io.InputFile;
import org.diapason.io.dicom.Deidentifier;
import picocli.CommandLine.Option;

/** The options of every command that de-identifies. */
final class KeyOptions {
    private static final int KEY_BYTES = 32;
    private static final int LONGEST_KEY = 1 << 16;

    @Option(
            names = "--key-file",
            paramLabel = "F",
            description =
                    "A secret of at least 16 bytes: the same key gives the same UIDs and dates.")
    Path keyFile;

    @Option(
            names = "--accept-burned-in",
            description = "Take images too that may show a patient's name in their pixels.")
    boolean burnedIn;

    Deidentifier deidentifier() {
        return new Deidentifier(key(), burnedIn);
    }

    private byte[] key() {
        if (keyFile == null) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return key;
        }
        if (Files.exists(keyFile) && !Files.isRegularFile(keyFile)) {
            throw new IllegalArgumentException(
                    "--key-file "
                            + keyFile
                            + ": is not a file, and a key must be the same when it is read again.");
        }
        try (InputStream in = Files.newInputStream(keyFile)) {
            byte[] key = in.readNBytes(LONGEST_KEY + 1);
            if (key.length > LONGEST_KEY) {
                throw new IllegalArgumentException(
                        "--key-file "
                                + keyFile
                                + ": has more than "
                                + LONGEST_KEY
                                + " bytes, 32 are enough (head -c 32 /dev/urandom > FILE makes one).");
            }
            return key;
        } catch (IOException e) {
            throw new IllegalArgumentException(InputFile.unreadable(keyFile, e).getMessage(), e);
        }
    }
}
