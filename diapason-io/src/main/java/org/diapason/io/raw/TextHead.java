package org.diapason.io.raw;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * The lines of text before the numbers of an image, and where the numbers begin.
 *
 * @param file the name of the file, for messages
 * @param lines the lines, without their ends
 * @param bytes the bytes they take
 * @param whole whether the last line was found, not the end of the file
 */
public record TextHead(String file, List<String> lines, long bytes, boolean whole) {
    private static final int MOST_BYTES = 1 << 20;

    /**
     * Reads lines up to and including the last one, or to the end of the file.
     *
     * @throws DataException if there is no such file, or no end within 1 MiB
     */
    public static TextHead read(Path path, Predicate<String> last) {
        String name = InputFile.name(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            for (int bytes = 1; bytes <= MOST_BYTES; bytes++) {
                int next = in.read();
                if (next >= 0 && next != '\n') {
                    line.write(next);
                    continue;
                }
                String text = line.toString(StandardCharsets.UTF_8);
                text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
                line.reset();
                lines.add(text);
                if (next < 0 || last.test(text)) {
                    return new TextHead(name, lines, next < 0 ? bytes - 1 : bytes, next >= 0);
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
        throw new DataException(
                name + ": the header does not end within 1 MiB: the file is broken.");
    }

    /** Returns what to throw about a line, counted from 1. */
    public DataException bad(int line, String what) {
        return new DataException(place(line) + ": " + what);
    }

    /** Returns how messages name a line. */
    public String place(int line) {
        return file + ", line " + line;
    }
}
