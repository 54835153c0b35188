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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.io.raw.FloatBytes;
import org.diapason.io.raw.Gunzip;
import org.diapason.io.raw.Samples;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * Reads NIfTI-1 and NIfTI-2 images: {@code .nii}, {@code .nii.gz} and pairs {@code .hdr/.img}, in
 * both byte orders; writes NIfTI-1, and NIfTI-2 where an axis is too long for it.
 *
 * <p>What a header asks for is compared with the bytes of the file before anything is allocated.
 * NaN stays NaN; an infinite voxel is refused. Extensions are skipped.
 */
public final class Nifti {
    private static final int CHUNK = 1 << 16;

    /** The low byte of 540, the header size of NIfTI-2. */
    private static final byte TWO_FIRST = 0x1C;

    /** NIFTI_INTENT_VECTOR: the channels of a voxel stand on axis 5. */
    private static final int VECTOR = 1007;

    private static final int FLOAT = 16;
    private static final int RGB = 128;
    private static final int RGBA = 2304;

    private Nifti() {}

    /**
     * Returns an image of unknown quantity, or one that measures nothing where descrip or
     * intent_name say so; frames, components and colours are its channels.
     *
     * @throws DataException if the file is not NIfTI or broken, or does not say where its voxels
     *     lie
     */
    public static Image read(Path path) {
        NiftiHeader header = header(path);
        String name = InputFile.name(path);
        if (header.pair() && !name.toLowerCase(Locale.ROOT).replace(".gz", "").endsWith(".hdr")) {
            throw NiftiHeader.bad(
                    name,
                    header.layout().magic(),
                    "expected magic \"n+"
                            + header.layout().version()
                            + "\", found \"ni"
                            + header.layout().version()
                            + "\" (a two-file image). Give the .hdr file instead.");
        }
        Path data = header.pair() ? neighbour(path) : path;
        Geometry geometry = NiftiGeometry.of(header);
        return Image.of(
                Volume.of(geometry, planes(data, header), header.meaning(), header.quantity()));
    }

    /** Returns the set of voxels above 0.5; NaN is outside. */
    public static Mask readMask(Path path) {
        return Images.readMask(path);
    }

    /** Returns the grid of a file without reading its voxels. */
    public static Geometry readGeometry(Path path) {
        return NiftiGeometry.of(header(path));
    }

    /**
     * What a file says its numbers are.
     *
     * @param code NIFTI_INTENT: 1007 a vector, 1006 a displacement, 0 nothing in particular
     * @param name what its program calls it
     * @param components how many stand on axis 5
     */
    public record Intent(int code, String name, long components) {}

    /** Returns what a file says its numbers are, without reading them. */
    public static Intent intent(Path path) {
        NiftiHeader header = header(path);
        boolean one = header.layout().version() == 1;
        ByteBuffer raw = header.raw();
        return new Intent(
                one ? raw.getShort(68) : raw.getInt(504),
                header.intentName(),
                header.layout().size(raw, 0) < 5 ? 1 : header.layout().size(raw, 5));
    }

    /**
     * Writes 32-bit floats with qform and sform; compressed where the name ends in {@code .gz}. The
     * file appears whole or not at all. Frames become axis 4, other channels axis 5; colours that
     * are whole numbers from 0 to 255 become RGB or RGBA, which viewers show as such. An image that
     * measures nothing since it was fused says so in descrip and intent_name, which programs show.
     */
    public static void write(Path path, Volume volume) {
        Geometry g = volume.geometry();
        if (isRgb(volume)) {
            int bytes = volume.channels();
            ByteBuffer head = head(g, Channels.ONE, 1, bytes == 3 ? RGB : RGBA, bytes);
            save(path, head, g.voxels(), 1, bytes, colours(volume));
            return;
        }
        ByteBuffer head = head(g, volume.meaning(), volume.channels(), FLOAT, 4);
        NiftiHeader.mark(head, volume.quantity());
        save(path, head, g.voxels(), volume.channels(), 4, floats(volume));
    }

    /**
     * Writes 32-bit floats under the header of another NIfTI file of the same grid: its codes,
     * matrices, units, times and texts stay as they are; only what says how voxels are stored
     * changes. Extensions are left out. The file appears whole or not at all.
     *
     * @throws DataException if the other file is not NIfTI or has other voxels
     */
    public static void writeLike(Path path, Volume volume, Path like) {
        NiftiHeader header = header(like);
        if (header.voxels() != volume.geometry().voxels()
                || header.channels() != volume.channels()) {
            throw new DataException(
                    header.file()
                            + ": has not the voxels of the image that was to get its header. Give the"
                            + " file that the image was read from.");
        }
        NiftiLayout layout = header.layout();
        ByteBuffer head = ByteBuffer.allocate(layout.bytes() + 4).order(header.raw().order());
        head.put(header.raw().array(), 0, layout.bytes());
        head.putShort(layout.type(), (short) FLOAT).putShort(layout.type() + 2, (short) 32);
        layout.putReal(head, layout.slope(), 0, 1);
        layout.putReal(head, layout.slope(), 1, 0);
        if (layout.version() == 1) {
            head.putFloat(layout.voxOffset(), layout.bytes() + 4);
        } else {
            head.putLong(layout.voxOffset(), layout.bytes() + 4);
        }
        head.put(layout.magic() + 1, (byte) '+');
        save(path, head, volume.geometry().voxels(), volume.channels(), 4, floats(volume));
    }

    /**
     * Says whether a file has more between its header and its voxels than this program keeps:
     * extensions, as AFNI and DICOM converters write them.
     */
    public static boolean hasExtensions(Path path) {
        NiftiHeader header = header(path);
        return !header.pair() && header.offset() > header.layout().bytes() + 4;
    }

    private static boolean isRgb(Volume volume) {
        if (volume.meaning().kind() != Channels.Kind.COLOURS
                || volume.channels() < 3
                || volume.channels() > 4) {
            return false;
        }
        for (int c = 0; c < volume.channels(); c++) {
            for (float v : volume.channel(c)) {
                if (!(v >= 0 && v <= 255 && v == Math.rint(v))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Encoder colours(Volume volume) {
        int bytes = volume.channels();
        return (buffer, none, from, count) -> {
            for (int c = 0; c < bytes; c++) {
                float[] values = volume.channel(c);
                for (int n = 0; n < count; n++) {
                    buffer.put(bytes * n + c, (byte) (int) values[from + n]);
                }
            }
        };
    }

    private static Encoder floats(Volume volume) {
        return (buffer, c, from, count) -> {
            float[] values = volume.channel(c);
            for (int n = 0; n < count; n++) {
                buffer.putFloat(4 * n, values[from + n]);
            }
        };
    }

    /** Writes one byte per voxel, 1 inside and 0 outside. */
    public static void writeMask(Path path, Mask mask) {
        boolean[] voxels = mask.voxels();
        save(
                path,
                head(mask.geometry(), Channels.ONE, 1, 2, 1),
                mask.geometry().voxels(),
                1,
                1,
                (buffer, c, from, count) -> {
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
        try (InputStream in = Gunzip.open(path)) {
            byte[] head = in.readNBytes(NiftiLayout.ONE.bytes());
            boolean two = head.length > 3 && (head[0] == TWO_FIRST || head[3] == TWO_FIRST);
            int more = two ? NiftiLayout.TWO.bytes() - head.length : 0;
            byte[] all = Arrays.copyOf(head, head.length + more);
            int got = in.readNBytes(all, head.length, more);
            return NiftiHeader.of(name, Arrays.copyOf(all, head.length + got));
        } catch (EOFException | ZipException e) {
            throw Gunzip.broken(name, 0, e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    private static List<float[]> planes(Path path, NiftiHeader header) {
        String name = InputFile.name(path);
        long needed = header.offset() + header.voxelBytes();
        try (InputStream in = Gunzip.open(path)) {
            boolean packed = in instanceof Gunzip;
            long most = packed ? Files.size(path) * Gunzip.LIMIT : Files.size(path);
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
            Samples samples =
                    new Samples(
                            name,
                            header.type(),
                            header.raw().order(),
                            header.voxels(),
                            header.channels(),
                            header.inner(),
                            header.slope(),
                            header.intercept());
            in.skipNBytes(header.offset());
            samples.fill(in, 0, (long) header.voxels() * header.channels(), name, header.offset());
            if (packed) {
                Gunzip.drain(in, name, needed);
            }
            return samples.planes();
        } catch (EOFException | ZipException e) {
            throw Gunzip.broken(name, needed, e);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
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
        void put(ByteBuffer buffer, int channel, int from, int count);
    }

    private static void save(
            Path path, ByteBuffer head, int voxels, int channels, int width, Encoder encoder) {
        boolean pack = InputFile.name(path).toLowerCase(Locale.ROOT).endsWith(".gz");
        try {
            WholeFile.write(
                    path,
                    file -> {
                        try (OutputStream out = pack ? FloatBytes.gzip(file) : file) {
                            out.write(head.array());
                            ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(head.order());
                            int perChunk = CHUNK / width;
                            for (int c = 0; c < channels; c++) {
                                for (int from = 0; from < voxels; from += perChunk) {
                                    int count = Math.min(perChunk, voxels - from);
                                    encoder.put(chunk, c, from, count);
                                    out.write(chunk.array(), 0, count * width);
                                }
                            }
                        }
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    private static ByteBuffer head(
            Geometry g, Channels meaning, int channels, int type, int width) {
        boolean frames = meaning.kind() == Channels.Kind.FRAMES;
        int[] dim = {3, g.ni(), g.nj(), g.nk(), 1, 1};
        if (channels > 1) {
            dim[0] = frames ? 4 : 5;
            dim[dim[0]] = channels;
        }
        boolean fits = true;
        for (int n : dim) {
            fits &= n <= Short.MAX_VALUE;
        }
        NiftiLayout layout = fits ? NiftiLayout.ONE : NiftiLayout.TWO;
        ByteBuffer head = ByteBuffer.allocate(layout.bytes() + 4).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0, layout.bytes());
        for (int a = 0; a < 8; a++) {
            int n = a < 6 ? dim[a] : 1;
            if (fits) {
                head.putShort(layout.dim() + 2 * a, (short) n);
            } else {
                head.putLong(layout.dim() + 8 * a, n);
            }
        }
        head.putShort(layout.type(), (short) type);
        head.putShort(layout.type() + 2, (short) (8 * width));
        layout.putReal(head, layout.slope(), 0, 1);
        NiftiGeometry.put(g, layout, head);
        int units = 2;
        if (frames && meaning.startSeconds().get(0) + meaning.durationSeconds().get(0) >= 0) {
            units |= 8;
            layout.putReal(head, layout.pixdim(), 4, meaning.durationSeconds().get(0));
            layout.putReal(head, layout.tOffset(), 0, meaning.startSeconds().get(0));
        }
        if (fits) {
            head.put(38, (byte) 'r').put(layout.units(), (byte) units);
            head.putFloat(layout.voxOffset(), layout.bytes() + 4);
            head.position(layout.magic()).put("n+1\0".getBytes(StandardCharsets.US_ASCII));
        } else {
            head.putInt(layout.units(), units);
            head.putLong(layout.voxOffset(), layout.bytes() + 4);
            head.position(layout.magic());
            head.put("n+2\0\r\n\u001a\n".getBytes(StandardCharsets.US_ASCII));
            head.putInt(504, channels > 1 && !frames ? VECTOR : 0);
        }
        if (fits && channels > 1 && !frames) {
            head.putShort(68, (short) VECTOR);
        }
        return head;
    }
}
