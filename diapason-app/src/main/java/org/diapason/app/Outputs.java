package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.diapason.io.InputFile;

/** Keeps what a command reads from being written over by what it writes. */
final class Outputs {
    private final Map<Path, Path> inputs = new HashMap<>();

    private Outputs(List<Path> read) {
        for (Path file : read) {
            inputs.put(real(file), file);
        }
    }

    /** Takes what is read; a file that is null is none. */
    static Outputs besides(Path... read) {
        return besides(Arrays.asList(read));
    }

    static Outputs besides(List<Path> read) {
        return new Outputs(read.stream().filter(Objects::nonNull).toList());
    }

    /**
     * Takes one more file to write, which may be null.
     *
     * @param option whose file it is
     * @throws IllegalArgumentException if it is read, or written already
     */
    Outputs and(String option, Path written) {
        if (written != null) {
            Path other = inputs.put(real(written), written);
            if (other != null) {
                throw new IllegalArgumentException(
                        option
                                + " would write over "
                                + InputFile.name(other)
                                + ", which this command reads or writes itself. Name another.");
            }
        }
        return this;
    }

    /** Returns a file with a word before its ending, {@code bias.sd.nii.gz}. */
    static Path beside(Path out, String part) {
        String name = InputFile.name(out);
        int end = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.length() - 3 : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        int at = dot < 0 ? name.length() : dot;
        return out.resolveSibling(name.substring(0, at) + part + name.substring(at));
    }

    /** Links followed as far as there is something. */
    private static Path real(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        try {
            if (Files.exists(whole)) {
                return whole.toRealPath();
            }
            Path parent = whole.getParent();
            return parent != null && Files.exists(parent)
                    ? parent.toRealPath().resolve(whole.getFileName())
                    : whole;
        } catch (IOException e) {
            return whole;
        }
    }
}
