package org.diapason.io.raw;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.diapason.volume.DataException;

/**
 * Unpacks gzip (RFC 1952), all members one after the other, and checks each one's checksum and
 * length.
 *
 * <p>The JDK's own stream takes whatever follows a member for the end, so that a damaged second
 * member is lost in silence. Here only another member or zeros (padding) may follow.
 */
public final class Gunzip extends InputStream {

    /** Deflate cannot pack more than 1032 bytes into one (zlib's technical notes). */
    public static final long LIMIT = 1040;

    private static final int MOST_AFTER = 1 << 24;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int place;
    private int limit;
    private boolean ended;

    public Gunzip(InputStream in) throws IOException {
        this.in = in;
        try {
            header(octet(), octet());
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    /** Opens a file, unpacking it where it begins like gzip, whatever its name. */
    public static InputStream open(Path path) throws IOException {
        boolean packed = isPacked(path);
        InputStream in = Files.newInputStream(path);
        try {
            return packed ? new Gunzip(in) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Says whether a file begins like gzip. */
    public static boolean isPacked(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1F && in.read() == 0x8B;
        }
    }

    /** Reads to the end of a packed stream, where the checksum stands, but not through a bomb. */
    public static void drain(InputStream in, String file, long offset) throws IOException {
        byte[] rest = new byte[1 << 16];
        long more = 0;
        int got;
        while ((got = in.read(rest, 0, rest.length)) > 0) {
            more += got;
            if (more > MOST_AFTER) {
                throw new DataException(
                        file
                                + ", byte "
                                + offset
                                + ": over 16 MiB follow the voxels: the file is broken.");
            }
        }
    }

    /** Returns what to throw when packed bytes are damaged. */
    public static DataException broken(String file, long offset, IOException cause) {
        return new DataException(
                file
                        + ", byte "
                        + offset
                        + " unpacked: the compressed data are truncated or damaged. Copy the file"
                        + " again.",
                cause);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                int got = inflater.inflate(out, from, length);
                if (got > 0) {
                    crc.update(out, from, got);
                    return got;
                }
                if (inflater.finished()) {
                    endOfMember();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("gzip has no dictionaries");
                } else {
                    refill();
                    inflater.setInput(buffer, 0, limit);
                    place = limit;
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw (IOException) new ZipException("damaged deflate data").initCause(e);
        }
    }

    private void endOfMember() throws IOException {
        place = limit - inflater.getRemaining();
        long sum = word() | (long) word() << 16;
        long size = word() | (long) word() << 16;
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ZipException("checksum or length is wrong");
        }
        int next = next();
        while (next == 0) {
            next = next();
        }
        if (next < 0) {
            ended = true;
            return;
        }
        header(next, octet());
    }

    private void header(int first, int second) throws IOException {
        if (first != 0x1F || second != 0x8B || octet() != 8) {
            throw new ZipException("not gzip");
        }
        int flags = octet();
        for (int n = 0; n < 6; n++) {
            octet();
        }
        if ((flags & 4) != 0) {
            for (int n = word(); n > 0; n--) {
                octet();
            }
        }
        for (int text = flags & 0x18; text != 0; text &= text - 1) {
            while (octet() != 0) {
                // name and comment end with a zero
            }
        }
        if ((flags & 2) != 0) {
            word();
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(buffer, place, limit - place);
        place = limit;
    }

    private int word() throws IOException {
        return octet() | octet() << 8;
    }

    private int octet() throws IOException {
        int next = next();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private int next() throws IOException {
        if (place == limit) {
            place = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[place++] & 0xFF;
    }

    private void refill() throws IOException {
        limit = in.read(buffer, 0, buffer.length);
        if (limit <= 0) {
            limit = 0;
            throw new EOFException();
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        ended = true;
        in.close();
    }
}
