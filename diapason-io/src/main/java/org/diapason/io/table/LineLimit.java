package org.diapason.io.table;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Stops a row that never ends before it fills the memory. */
final class LineLimit extends FilterReader {
    static final int MOST = 1 << 24;

    private long read;

    LineLimit(Reader in) {
        super(in);
    }

    /** Says that a row is complete; the next may be as long again. */
    void rowEnded() {
        read = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] out, int from, int length) throws IOException {
        if (read > MOST) {
            throw new TooLong();
        }
        int got = super.read(out, from, length);
        read += Math.max(0, got);
        return got;
    }

    /** A row has more than {@link #MOST} characters. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }
}
