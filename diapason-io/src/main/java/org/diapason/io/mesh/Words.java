package org.diapason.io.mesh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/**
 * The words of a text file one after the other, with the line they stand on. A line ends with LF,
 * CR LF, or CR alone.
 */
final class Words {
    private static final int LONGEST = 256;

    private final Path path;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] word = new byte[LONGEST];
    private int at;
    private int end;
    private long line = 1;
    private boolean begun;

    Words(Path path, InputStream in, long firstLine) {
        this.path = path;
        this.in = in;
        line = firstLine;
    }

    private int peek() {
        if (at == end) {
            try {
                end = in.readNBytes(buffer, 0, buffer.length);
            } catch (IOException e) {
                throw InputFile.unreadable(path, e);
            }
            at = begun || !marked() ? 0 : 3;
            begun = true;
        }
        return at == end ? -1 : buffer[at];
    }

    /** Says whether the text begins with the mark of UTF-8, as some editors leave it. */
    private boolean marked() {
        return end > 2
                && (buffer[0] & 0xff) == 0xef
                && (buffer[1] & 0xff) == 0xbb
                && (buffer[2] & 0xff) == 0xbf;
    }

    /** Returns the next word of this line, null at its end. */
    String inLine() {
        int c = peek();
        while (c == ' ' || c == '\t') {
            at++;
            c = peek();
        }
        if (c < 0 && at == end || c == '\n' || c == '\r') {
            return null;
        }
        int length = 0;
        while (!(c < 0 && at == end) && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            if (length == LONGEST) {
                throw bad(
                        "a word of more than " + LONGEST + " letters: this is no text of a mesh.");
            }
            word[length++] = (byte) c;
            at++;
            c = peek();
        }
        return new String(word, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Goes to the next line; false where there is none. */
    boolean nextLine() {
        int c = peek();
        while (c != '\n' && c != '\r') {
            if (c < 0 && at == end) {
                return false;
            }
            at++;
            c = peek();
        }
        at++;
        if (c == '\r' && peek() == '\n') {
            at++;
        }
        line++;
        return true;
    }

    /** Returns the next word on whatever line, null at the end of the file. */
    String word() {
        String next = inLine();
        while (next == null) {
            if (!nextLine()) {
                return null;
            }
            next = inLine();
        }
        return next;
    }

    /** Returns the next word in small letters; the end of the file is an error. */
    String keyword() {
        return needed().toLowerCase(Locale.ROOT);
    }

    /** Reads a word that must be there. */
    void expect(String keyword) {
        String found = keyword();
        if (!found.equals(keyword)) {
            throw bad("expected \"" + keyword + "\", found \"" + plain(found) + "\".");
        }
    }

    String needed() {
        String next = word();
        if (next == null) {
            throw bad("the file ends here, in the middle of a mesh. Copy it again.");
        }
        return next;
    }

    double number() {
        return number(needed());
    }

    double number(String text) {
        OptionalDouble value = text == null ? OptionalDouble.empty() : Numbers.parse(text);
        if (value.isEmpty()) {
            throw bad(
                    text == null
                            ? "a number is missing."
                            : "expected a finite number, found \""
                                    + plain(text)
                                    + "\"."
                                    + (text.matches("[-+]?\\d+,\\d+([eE][-+]?\\d+)?")
                                            ? " Numbers have a point, not a comma: write the file"
                                                    + " again in English."
                                            : ""));
        }
        return value.getAsDouble();
    }

    /** Returns text for a message: what could steer a terminal is left out, and so is the rest. */
    private static String plain(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return shown.replaceAll("[^ -~…]", "?");
    }

    DataException bad(String what) {
        return new DataException(where() + ": " + what);
    }

    String where() {
        return InputFile.name(path) + ", line " + line;
    }
}
