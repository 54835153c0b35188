package org.diapason.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of regions and which one of them: {@code rs.dcm#GTV-1}.
 *
 * @param file the file or folder
 * @param region what stands after the {@code #}; empty where nothing does
 */
record MaskPath(Path file, Optional<String> region) {

    /** Splits at the last {@code #} before which a file stands; a file may have one in its name. */
    static MaskPath of(Path path) {
        String text = path.toString();
        for (int at = text.lastIndexOf('#');
                at > 0 && !Files.exists(path);
                at = text.lastIndexOf('#', at - 1)) {
            Path file = Path.of(text.substring(0, at));
            if (Files.exists(file)) {
                String region = text.substring(at + 1).strip();
                return new MaskPath(
                        file, region.isEmpty() ? Optional.empty() : Optional.of(region));
            }
        }
        return new MaskPath(path, Optional.empty());
    }
}
