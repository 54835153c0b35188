package org.diapason.io.table;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a table is written, as far as its first bytes and lines say.
 *
 * @param encoding UTF-8, or UTF-16 in either order
 * @param separator comma, semicolon or tab: whichever parts the header into the most columns
 * @param decimalComma whether numbers have a decimal comma; never where commas separate
 */
public record Dialect(Charset encoding, char separator, boolean decimalComma) {
    private static final int SAMPLE = 4096;
    private static final int LONGEST_HEADER = 1 << 22;

    /** Returns what people read: {@code UTF-8, separated by ";", decimal comma}. */
    public String text() {
        return encoding.name()
                + ", separated by "
                + named()
                + (decimalComma ? ", decimal comma" : "");
    }

    String named() {
        return separator == '\t' ? "tabs" : "\"" + separator + "\"";
    }

    Dialect withDecimalComma() {
        return new Dialect(encoding, separator, true);
    }

    static Dialect of(Path path) throws IOException {
        Charset encoding = encoding(path);
        try (Reader reader = open(path, encoding)) {
            return new Dialect(encoding, separator(reader), false);
        }
    }

    /** Opens a file behind its byte-order mark; bytes that are no text are not replaced. */
    static Reader open(Path path, Charset encoding) throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new BufferedInputStream(Files.newInputStream(path)),
                                encoding.newDecoder()
                                        .onMalformedInput(CodingErrorAction.REPORT)
                                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        reader.mark(1);
        if (reader.read() != 0xFEFF) {
            reader.reset();
        }
        return reader;
    }

    private static Charset encoding(Path path) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(SAMPLE);
        }
        int even = 0;
        int odd = 0;
        for (int n = 0; n < start.length; n++) {
            even += start[n] == 0 && n % 2 == 0 ? 1 : 0;
            odd += start[n] == 0 && n % 2 == 1 ? 1 : 0;
        }
        boolean little = start.length > 1 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE;
        boolean big = start.length > 1 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF;
        if (little || !big && odd > start.length / 4 && even == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return big || even > start.length / 4 && odd == 0
                ? StandardCharsets.UTF_16BE
                : StandardCharsets.UTF_8;
    }

    private static char separator(Reader reader) throws IOException {
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        boolean quoted = false;
        boolean text = false;
        for (int n = 0; n < LONGEST_HEADER; n++) {
            int c = reader.read();
            if (c < 0 || !quoted && text && (c == '\n' || c == '\r')) {
                break;
            }
            text |= c > ' ';
            quoted ^= c == '"';
            commas += !quoted && c == ',' ? 1 : 0;
            semicolons += !quoted && c == ';' ? 1 : 0;
            tabs += !quoted && c == '\t' ? 1 : 0;
        }
        if (tabs > 0 && tabs >= commas && tabs >= semicolons) {
            return '\t'; // nobody writes a tab into the name of a column
        }
        return semicolons > commas ? ';' : ',';
    }
}
