package org.diapason.io;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A path and what is chosen in it: {@code folder#EchoTime=4.6} is one series of a folder. A file or
 * folder that really has {@code #} in its name is taken as it is.
 *
 * @param path the file or folder
 * @param what the text behind {@code #}; empty where all is meant
 */
public record Choice(Path path, String what) {

    /** Returns the path up to the first {@code #} that an existing file or folder stands before. */
    public static Choice of(Path path) {
        String text = path.toString();
        if (!Files.exists(path)) {
            for (int at = text.indexOf('#'); at > 0; at = text.indexOf('#', at + 1)) {
                Path before = Path.of(text.substring(0, at));
                if (Files.exists(before)) {
                    return new Choice(before, text.substring(at + 1));
                }
            }
        }
        return new Choice(path, "");
    }

    /** Says whether there is such a file or folder, whatever is chosen in it. */
    public boolean exists() {
        return Files.exists(path);
    }
}
