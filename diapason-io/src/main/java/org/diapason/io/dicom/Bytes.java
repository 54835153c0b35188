package org.diapason.io.dicom;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * Walks forward through a file behind a small window. Every length is checked against the bytes
 * that remain before anything is allocated or skipped.
 */
final class Bytes implements Closeable {
    private static final int WINDOW = 8192;

    private final Source source;
    private final String name;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;

    private Bytes(Source source) {
        this.source = source;
        this.name = InputFile.name(source.path());
        window.limit(0);
    }

    static Bytes open(Path path) {
        return new Bytes(Source.open(path));
    }

    /** Returns the same file from here on, with what follows inflated. */
    Bytes inflated() {
        Bytes inflated = new Bytes(source.inflated(position()));
        inflated.order(order());
        inflated.seek(position());
        return inflated;
    }

    String name() {
        return name;
    }

    void order(ByteOrder order) {
        window.order(order);
    }

    ByteOrder order() {
        return window.order();
    }

    long size() {
        return source.size();
    }

    long position() {
        return windowStart + window.position();
    }

    long remaining() {
        return source.size() - position();
    }

    int u16(String what) {
        fill(2, what);
        return window.getShort() & 0xFFFF;
    }

    long u32(String what) {
        fill(4, what);
        return window.getInt() & 0xFFFFFFFFL;
    }

    byte[] take(int length, String what) {
        need(length, what);
        byte[] taken = new byte[length];
        int done = 0;
        while (done < length) {
            int part = Math.min(WINDOW, length - done);
            fill(part, what);
            window.get(taken, done, part);
            done += part;
        }
        return taken;
    }

    /** Returns the next bytes, fewer at the end of the file, without moving. */
    byte[] peek(int length) {
        int there = (int) Math.min(length, remaining());
        fill(there, "bytes");
        byte[] next = new byte[there];
        window.get(window.position(), next);
        return next;
    }

    void seek(long position) {
        if (position >= windowStart && position <= windowStart + window.limit()) {
            window.position((int) (position - windowStart));
        } else {
            windowStart = position;
            window.position(0).limit(0);
        }
    }

    void skip(long length, String what) {
        need(length, what);
        seek(position() + length);
    }

    /** Throws when fewer bytes remain than something says it has. */
    void need(long length, String what) {
        if (length > remaining()) {
            throw bad(
                    what
                            + " needs "
                            + length
                            + " bytes, but only "
                            + remaining()
                            + " remain: the file is truncated (it ends at byte "
                            + source.size()
                            + " of "
                            + (position() + length)
                            + ") or broken. Copy it again.");
        }
    }

    DataException bad(String message) {
        return new DataException(name + ", byte " + position() + ": " + message);
    }

    private void fill(int length, String what) {
        if (window.remaining() >= length) {
            return;
        }
        need(length, what);
        windowStart = position();
        window.clear();
        try {
            while (window.position() < length) {
                if (source.some(window, windowStart + window.position()) < 0) {
                    window.flip();
                    throw bad("the file became shorter while it was read.");
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(source.path(), e);
        }
        window.flip();
    }

    @Override
    public void close() {
        source.close();
    }
}
