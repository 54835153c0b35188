package org.diapason.io.raw;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;

/**
 * The numbers of an image whose header is text: in the same file, in another, or spread over many
 * files of equal size.
 *
 * @param files where they lie, in order
 * @param packing how they are written
 * @param offset bytes to skip at the start of each file
 * @param lineSkip lines to skip then
 * @param byteSkip bytes to skip after unpacking; −1: the numbers are the last of the file
 */
public record DataFiles(
        List<Path> files, Packing packing, long offset, long lineSkip, long byteSkip) {
    private static final int MOST_FILES = 100_000;
    private static final long MOST_NUMBER = Integer.MAX_VALUE;
    private static final Pattern NUMBERED = Pattern.compile("(.*?)%(0?)([0-9]?)d(.*)");

    /** How numbers are written. */
    public enum Packing {
        RAW,
        GZIP,
        /** zlib or gzip, whichever the first bytes say. */
        ZLIB,
        TEXT,
        HEX
    }

    /** Reads all numbers; sizes are compared with the files before anything is allocated. */
    public List<float[]> read(
            SampleType type, ByteOrder order, int voxels, int channels, long inner) {
        long count = (long) voxels * channels;
        String first = InputFile.name(files.get(0));
        if (count % files.size() != 0) {
            throw new DataException(
                    first
                            + ": "
                            + count
                            + " numbers cannot be shared by "
                            + files.size()
                            + " files: the list of files is wrong.");
        }
        long each = count / files.size();
        for (Path file : files) {
            requireRoom(file, type, each);
        }
        boolean text = packing == Packing.TEXT;
        Samples samples =
                new Samples(
                        first,
                        text ? SampleType.FLOAT64 : type,
                        text ? ByteOrder.BIG_ENDIAN : order,
                        voxels,
                        channels,
                        inner,
                        1,
                        0);
        for (int f = 0; f < files.size(); f++) {
            fill(samples, files.get(f), f * each, each, type);
        }
        return samples.planes();
    }

    private void requireRoom(Path file, SampleType type, long count) {
        String name = InputFile.name(file);
        long size;
        try {
            if (!Files.isRegularFile(file)) {
                throw new DataException(
                        name + ": the voxels are missing: there is no such file. Copy all files.");
            }
            size = Files.size(file);
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
        boolean packed = packing == Packing.GZIP || packing == Packing.ZLIB;
        long needed =
                switch (packing) {
                    case TEXT -> 2 * count - 1;
                    case HEX -> 2 * count * type.bytes();
                    default -> count * type.bytes();
                };
        long skipped = offset + (packed ? 0 : Math.max(0, byteSkip));
        long most = Math.max(0, size - skipped) * (packed ? Gunzip.LIMIT : 1);
        if (needed > most) {
            throw new DataException(
                    name
                            + ", byte "
                            + size
                            + ": the header needs "
                            + needed
                            + " bytes of voxels, the file has "
                            + (packed ? "at most " : "")
                            + most
                            + ": it is truncated or broken. Copy it again.");
        }
    }

    private void fill(Samples samples, Path file, long from, long count, SampleType type) {
        String name = InputFile.name(file);
        long at = offset;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (byteSkip < 0) {
                at = Files.size(file) - count * type.bytes();
            }
            in.skipNBytes(at);
            for (long n = 0; n < lineSkip; n++) {
                skipLine(in);
            }
            try (InputStream numbers = unpacked(in, name)) {
                if (byteSkip > 0) {
                    numbers.skipNBytes(byteSkip);
                    at = packing == Packing.RAW ? at + byteSkip : byteSkip;
                }
                samples.fill(numbers, from, count, name, at);
                if (packing == Packing.GZIP || packing == Packing.ZLIB) {
                    Gunzip.drain(numbers, name, count * type.bytes());
                }
            }
        } catch (EOFException | ZipException e) {
            throw Gunzip.broken(name, at, e);
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }

    private static void skipLine(InputStream in) throws IOException {
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException();
            }
            next = in.read();
        }
    }

    private InputStream unpacked(InputStream in, String name) throws IOException {
        return switch (packing) {
            case RAW -> in;
            case GZIP -> new Gunzip(in);
            case TEXT -> new TextNumbers(in, name, false);
            case HEX -> new TextNumbers(in, name, true);
            case ZLIB -> {
                PushbackInputStream peeked = new PushbackInputStream(in, 1);
                int first = peeked.read();
                if (first < 0) {
                    throw new EOFException();
                }
                peeked.unread(first);
                yield first == 0x1F ? new Gunzip(peeked) : new InflaterInputStream(peeked);
            }
        };
    }

    /**
     * Returns a file that a header names; only its own folder and those below are looked into, so
     * that no header can point at other files of the machine.
     *
     * @param where the place in the header, for messages
     */
    public static Path beside(Path header, String name, String where) {
        try {
            Path given = Path.of(name.replace('\\', '/'));
            Path inside = given.normalize();
            if (given.isAbsolute() || inside.startsWith("..") || inside.toString().isEmpty()) {
                throw new DataException(
                        where
                                + ": the data file must lie beside the header or in a folder below"
                                + " it. Move it there and name it without its folder.");
            }
            return header.resolveSibling(inside);
        } catch (InvalidPathException e) {
            throw new DataException(where + ": this is no name of a file.", e);
        }
    }

    private static long size(long number) {
        return number == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(number);
    }

    /**
     * Returns the files that a pattern such as {@code slice%03d.raw} with a first and last number
     * and a step names.
     */
    public static List<Path> numbered(
            Path header, String pattern, long first, long last, long step, String where) {
        Matcher m = NUMBERED.matcher(pattern);
        boolean small = Math.max(size(first), Math.max(size(last), size(step))) <= MOST_NUMBER;
        long steps = small && step != 0 ? (last - first) / step : -1;
        boolean away = (last - first) * Long.signum(step) < 0;
        if (!m.matches() || !small || away || steps < 0 || steps >= MOST_FILES) {
            throw new DataException(
                    where
                            + ": expected a name with one number, such as slice%03d.raw, its first,"
                            + " last and step, and at most "
                            + MOST_FILES
                            + " files.");
        }
        int width = m.group(3).isEmpty() ? 0 : Integer.parseInt(m.group(3));
        String fill = m.group(2).isEmpty() ? " " : "0";
        List<Path> files = new ArrayList<>();
        for (long n = 0; n <= steps; n++) {
            String digits = Long.toString(first + n * step);
            String number = fill.repeat(Math.max(0, width - digits.length())) + digits;
            files.add(beside(header, m.group(1) + number + m.group(4), where));
        }
        return files;
    }
}
