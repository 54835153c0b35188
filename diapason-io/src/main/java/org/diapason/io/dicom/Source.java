package org.diapason.io.dicom;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * The bytes of a file by position; those of a deflated data set are inflated into memory and stand
 * behind the meta group as if the file had been written so.
 */
final class Source implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer inflated;
    private final long inflatedFrom;
    private final long size;

    private Source(Path path, FileChannel channel, ByteBuffer inflated, long inflatedFrom)
            throws IOException {
        this.path = path;
        this.channel = channel;
        this.inflated = inflated;
        this.inflatedFrom = inflatedFrom;
        this.size = inflated == null ? channel.size() : inflatedFrom + inflated.capacity();
    }

    static Source open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new DataException(
                    InputFile.name(path)
                            + (Files.exists(path) ? ": is not a file." : ": does not exist."));
        }
        try {
            return new Source(path, FileChannel.open(path, StandardOpenOption.READ), null, 0);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    /** Opens the file of a head; its deflated part is inflated anew. */
    static Source open(DicomFile file) {
        Source plain = open(file.path());
        if (!file.syntax().deflated()) {
            return plain;
        }
        try (plain) {
            return plain.inflated(file.dataOffset());
        }
    }

    /**
     * Returns this file with everything from a position on inflated (RFC 1951).
     *
     * @throws DataException if it is no deflated data or is more than an eighth of the memory
     */
    Source inflated(long from) {
        return inflated(
                from, Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 8));
    }

    /** Inflates no more than so many bytes. */
    Source inflated(long from, long most) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] all = new byte[CHUNK];
            int filled = 0;
            ByteBuffer in = ByteBuffer.allocate(CHUNK);
            long at = from;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    in.clear().limit((int) Math.min(CHUNK, size - at));
                    if (!in.hasRemaining()) {
                        throw bad("the deflated data set ends early: the file is truncated.");
                    }
                    read(in, at);
                    at += in.limit();
                    inflater.setInput(in.flip());
                }
                if (filled == all.length) {
                    if (filled >= most) {
                        throw bad(
                                "its deflated data set grows beyond "
                                        + most
                                        + " bytes, an eighth of the memory. Give Java more memory"
                                        + " (-Xmx) if the file is sound.");
                    }
                    all = Arrays.copyOf(all, (int) Math.min(most, 2L * filled));
                }
                int more = inflater.inflate(all, filled, all.length - filled);
                if (more == 0 && inflater.needsDictionary()) {
                    throw bad("its deflated data set needs a dictionary: the file is broken.");
                }
                filled += more;
            }
            FileChannel again = FileChannel.open(path, StandardOpenOption.READ);
            return new Source(path, again, ByteBuffer.wrap(all, 0, filled).slice(), from);
        } catch (DataFormatException e) {
            throw new DataException(
                    InputFile.name(path)
                            + ": its data set is said to be deflated and is not, or is broken."
                            + " Copy it again.",
                    e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        } finally {
            inflater.end();
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Fills what remains of a buffer with the bytes from a position on. */
    void read(ByteBuffer into, long position) {
        long at = position;
        try {
            while (into.hasRemaining()) {
                int part = some(into, at);
                if (part < 0) {
                    throw bad("became shorter while it was read.");
                }
                at += part;
            }
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    /** Reads at least one byte, or returns −1 at the end. */
    int some(ByteBuffer into, long at) throws IOException {
        if (inflated == null || at < inflatedFrom) {
            int limit = into.limit();
            if (inflated != null) {
                into.limit((int) Math.min(limit, into.position() + inflatedFrom - at));
            }
            int part = channel.read(into, at);
            into.limit(limit);
            return part;
        }
        int from = (int) (at - inflatedFrom);
        int part = Math.min(into.remaining(), inflated.capacity() - from);
        if (part <= 0) {
            return -1;
        }
        into.put(inflated.duplicate().clear().position(from).limit(from + part));
        return part;
    }

    private DataException bad(String what) {
        return new DataException(InputFile.name(path) + ": " + what);
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
