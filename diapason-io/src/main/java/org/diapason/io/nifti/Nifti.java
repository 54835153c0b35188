package org.diapason.io.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.io.WholeFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Reads and writes NIfTI-1 images: {@code .nii}, {@code .nii.gz} and pairs {@code .hdr/.img}, in
 * both byte orders.
 *
 * <p>What a header asks for is compared with the bytes of the file before anything is allocated.
 * NaN stays NaN; an infinite voxel is refused.
 */
public final class Nifti {
    private static final int CHUNK = 1 << 16;

    /** Deflate cannot pack more than 1032 bytes into one (zlib's technical notes). */
    private static final long GZIP_LIMIT = 1040;

    private Nifti() {}

    /**
     * Returns an image of unknown quantity; the tag {@code GeometryNote} says where its orientation
     * had to be chosen or assumed.
     *
     * @throws DataException if the file is not NIfTI-1, broken, or has more than one frame
     */
    public static Image read(Path path) {
        NiftiHeader header = header(path);
        String name = InputFile.name(path);
        if (header.pair() && !name.toLowerCase(Locale.ROOT).replace(".gz", "").endsWith(".hdr")) {
            throw NiftiHeader.bad(
                    name,
                    344,
                    "expected magic \"n+1\", found \"ni1\" (a two-file image). Give the .hdr file"
                            + " instead.");
        }
        Path data = header.pair() ? neighbour(path) : path;
        NiftiGeometry placed = NiftiGeometry.of(header);
        float[] values = values(data, header);
        Map<String, String> tags =
                placed.note().map(note -> Map.of("GeometryNote", note)).orElse(Map.of());
        return new Image(
                Volume.of(placed.geometry(), values, Quantity.UNKNOWN),
                new Tags(tags, Map.of()),
                Optional.empty());
    }

    /** Returns the set of voxels above 0.5; NaN is outside. */
    public static Mask readMask(Path path) {
        Volume volume = read(path).volume();
        float[] values = volume.values();
        boolean[] voxels = new boolean[values.length];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = values[n] > 0.5f;
        }
        return Mask.of(volume.geometry(), voxels);
    }

    /** Returns the grid of a file without reading its voxels. */
    public static Geometry readGeometry(Path path) {
        return NiftiGeometry.of(header(path)).geometry();
    }

    /**
     * Writes 32-bit floats with qform and sform; compressed where the name ends in {@code .gz}. The
     * file appears whole or not at all.
     */
    public static void write(Path path, Volume volume) {
        float[] values = volume.values();
        save(
                path,
                volume.geometry(),
                16,
                4,
                (buffer, from, count) -> {
                    for (int n = 0; n < count; n++) {
                        buffer.putFloat(4 * n, values[from + n]);
                    }
                });
    }

    /** Writes one byte per voxel, 1 inside and 0 outside. */
    public static void writeMask(Path path, Mask mask) {
        boolean[] voxels = mask.voxels();
        save(
                path,
                mask.geometry(),
                2,
                1,
                (buffer, from, count) -> {
                    for (int n = 0; n < count; n++) {
                        buffer.put(n, (byte) (voxels[from + n] ? 1 : 0));
                    }
                });
    }

    private static NiftiHeader header(Path path) {
        String name = InputFile.name(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        try (InputStream in = open(path)) {
            byte[] bytes = in.readNBytes(NiftiHeader.BYTES);
            if (bytes.length < NiftiHeader.BYTES) {
                throw NiftiHeader.bad(
                        name,
                        bytes.length,
                        "the file ends inside its header of 348 bytes. Copy it again.");
            }
            return NiftiHeader.of(name, bytes);
        } catch (EOFException | ZipException e) {
            throw broken(name, 0, e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    private static float[] values(Path path, NiftiHeader header) {
        String name = InputFile.name(path);
        long needed = header.offset() + (long) header.voxels() * header.width();
        long offset = 0;
        try (InputStream in = open(path)) {
            boolean packed = in instanceof GZIPInputStream;
            long most = packed ? Files.size(path) * GZIP_LIMIT : Files.size(path);
            if (needed > most) {
                throw NiftiHeader.bad(
                        name,
                        Files.size(path),
                        "the header needs "
                                + needed
                                + " bytes, the file has "
                                + (packed ? "at most " : "")
                                + most
                                + ": it is truncated or broken. Copy it again.");
            }
            offset = header.offset();
            in.skipNBytes(offset);
            Room.need(header.file(), 4.0 * header.voxels());
            float[] values = new float[header.voxels()];
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(header.order());
            int perChunk = CHUNK / header.width();
            for (int from = 0; from < values.length; from += perChunk) {
                int count = Math.min(perChunk, values.length - from);
                int got = in.readNBytes(chunk.array(), 0, count * header.width());
                if (got < count * header.width()) {
                    throw NiftiHeader.bad(
                            name,
                            offset + got,
                            "the file ends before its "
                                    + needed
                                    + " bytes: it is truncated. Copy it again.");
                }
                offset += got;
                Voxels.decode(chunk, header, values, from, count);
            }
            if (packed) {
                drain(in, name, offset);
            }
            return values;
        } catch (EOFException | ZipException e) {
            throw broken(name, offset, e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    /** Reads to the end of the stream, where the checksum stands, but not through a bomb. */
    private static void drain(InputStream in, String name, long offset) throws IOException {
        byte[] rest = new byte[CHUNK];
        long more = 0;
        int got;
        while ((got = in.read(rest)) > 0) {
            more += got;
            if (more > 1 << 24) {
                throw NiftiHeader.bad(
                        name, offset, "over 16 MiB follow the voxels: the file is broken.");
            }
        }
    }

    private static InputStream open(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            byte[] magic = new byte[2];
            int got = in.readNBytes(magic, 0, 2);
            in.close();
            in = Files.newInputStream(path);
            boolean packed = got == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
            return packed ? new GZIPInputStream(in, CHUNK) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static DataException broken(String name, long offset, IOException cause) {
        return new DataException(
                name
                        + ", byte "
                        + offset
                        + " unpacked: the compressed data are truncated or damaged. Copy the file"
                        + " again.",
                cause);
    }

    private static Path neighbour(Path header) {
        String name = InputFile.name(header);
        boolean packed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
        String stem = name.substring(0, name.length() - (packed ? 7 : 4));
        for (String end : new String[] {".img", ".img.gz", ".IMG"}) {
            Path data = header.resolveSibling(stem + end);
            if (Files.isRegularFile(data)) {
                return data;
            }
        }
        throw new DataException(
                name
                        + ": the voxels are missing: there is no "
                        + stem
                        + ".img or .img.gz beside it. Copy both files.");
    }

    private interface Encoder {
        void put(ByteBuffer buffer, int from, int count);
    }

    private static void save(Path path, Geometry g, int type, int width, Encoder encoder) {
        ByteBuffer head = ByteBuffer.allocate(352).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0, NiftiHeader.BYTES).put(38, (byte) 'r');
        head.putShort(40, (short) 3);
        for (int a = 0; a < 4; a++) {
            int n = a < 3 ? g.size(a) : 1;
            if (n > Short.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "NIfTI-1 holds at most 32767 voxels an axis, got " + n);
            }
            head.putShort(42 + 2 * a, (short) n);
        }
        head.putShort(70, (short) type).putShort(72, (short) (8 * width));
        head.putFloat(108, 352).putFloat(112, 1).put(123, (byte) 2);
        NiftiGeometry.put(g, head);
        head.position(344).put("n+1\0".getBytes(StandardCharsets.US_ASCII));
        boolean pack = InputFile.name(path).toLowerCase(Locale.ROOT).endsWith(".gz");
        try {
            WholeFile.write(
                    path,
                    file -> {
                        try (OutputStream out = pack ? new FastGzip(file) : file) {
                            out.write(head.array());
                            ByteBuffer chunk =
                                    ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                            int perChunk = CHUNK / width;
                            for (int from = 0; from < g.voxels(); from += perChunk) {
                                int count = Math.min(perChunk, g.voxels() - from);
                                encoder.put(chunk, from, count);
                                out.write(chunk.array(), 0, count * width);
                            }
                        }
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    /** Level 1: images hardly shrink further, and take seconds less. The header holds no time. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, CHUNK);
            def.setLevel(1);
        }
    }
}
