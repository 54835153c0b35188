package org.diapason.io.raw;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.diapason.volume.DataException;

/** Turns numbers written as text into big-endian doubles, or hexadecimal digits into bytes. */
final class TextNumbers extends InputStream {
    private static final int LONGEST = 64;
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");

    private final InputStream in;
    private final String file;
    private final boolean hex;
    private final ByteBuffer ready = ByteBuffer.allocate(8);
    private long place;

    TextNumbers(InputStream in, String file, boolean hex) {
        this.in = in;
        this.file = file;
        this.hex = hex;
        ready.limit(0);
    }

    @Override
    public int read() throws IOException {
        if (ready.hasRemaining()) {
            return ready.get() & 0xFF;
        }
        return hex ? octet() : number();
    }

    private int octet() throws IOException {
        int high = digit();
        int low = high < 0 ? -1 : digit();
        return low < 0 ? -1 : high << 4 | low;
    }

    private int digit() throws IOException {
        int c = skipSpace();
        int digit = Character.digit(c, 16);
        if (c >= 0 && digit < 0) {
            throw bad("a hexadecimal digit", Character.toString(c));
        }
        return digit;
    }

    private int number() throws IOException {
        int c = skipSpace();
        if (c < 0) {
            return -1;
        }
        StringBuilder word = new StringBuilder();
        while (c > ' ' && c != ',' && word.length() <= LONGEST) {
            word.append((char) c);
            c = next();
        }
        ready.clear();
        ready.putDouble(0, value(word.toString()));
        return ready.get() & 0xFF;
    }

    private double value(String word) {
        if (word.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (word.length() > LONGEST) {
            throw bad("a number of at most " + LONGEST + " characters", word);
        }
        if (NUMBER.matcher(word).matches()) {
            return Double.parseDouble(word);
        }
        throw bad("a number", word);
    }

    private DataException bad(String needed, String found) {
        return new DataException(
                file
                        + ", byte "
                        + place
                        + " of the voxels: expected "
                        + needed
                        + ", found \""
                        + found.replaceAll("[^ -~]", "?")
                        + "\": the file is broken.");
    }

    private int skipSpace() throws IOException {
        int c = next();
        while (c >= 0 && (c <= ' ' || c == ',' && !hex)) {
            c = next();
        }
        return c;
    }

    private int next() throws IOException {
        place++;
        return in.read();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
