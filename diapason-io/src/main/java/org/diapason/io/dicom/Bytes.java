package org.diapason.io.dicom;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * Walks forward through a file behind a small window. Every length is checked against the bytes
 * that remain before anything is allocated or skipped.
 */
final class Bytes implements Closeable {
    private static final int WINDOW = 8192;

    private final Path path;
    private final String name;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;

    private Bytes(Path path, FileChannel channel, long size) {
        this.path = path;
        this.name = InputFile.name(path);
        this.channel = channel;
        this.size = size;
        window.limit(0);
    }

    static Bytes open(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new DataException(
                        InputFile.name(path)
                                + (Files.exists(path) ? ": is not a file." : ": does not exist."));
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new Bytes(path, channel, channel.size());
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
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
        return size;
    }

    long position() {
        return windowStart + window.position();
    }

    long remaining() {
        return size - position();
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
                            + size
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
                if (channel.read(window, windowStart + window.position()) < 0) {
                    window.flip();
                    throw bad("the file became shorter while it was read.");
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
        window.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }
}
