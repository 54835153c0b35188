package org.diapason.io.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** Writes slices as pages of a TIFF file of 32-bit floats, with the spacing of their pixels. */
public final class TiffWriter {
    private static final int FIELDS = 13;
    private static final int RATIO = 10_000;

    private TiffWriter() {}

    /**
     * Writes uncompressed little-endian TIFF 6.0; colours stand side by side.
     *
     * @throws RefusedException if the image has frames or components, or more than 4 GB
     */
    public static void write(Path path, Volume volume) {
        Geometry g = volume.geometry();
        Channels.Kind kind = volume.meaning().kind();
        int channels = volume.channels();
        boolean colours = kind == Channels.Kind.COLOURS && channels <= 4;
        if (kind != Channels.Kind.ONE && !colours) {
            throw new RefusedException(
                    InputFile.name(path)
                            + ": TIFF holds slices of grey or colours, the image has "
                            + channels
                            + " "
                            + kind.plural()
                            + ". Write .nii.gz, .nrrd or .mha.");
        }
        long pixels = 4L * g.ni() * g.nj() * channels;
        int page = pageBytes(channels);
        if (8 + g.nk() * (page + pixels) > 0xFFFFFFFFL) {
            throw new RefusedException(
                    InputFile.name(path)
                            + ": TIFF holds 4 GB, the image is larger. Write .nii.gz, .nrrd or"
                            + " .mha.");
        }
        try {
            WholeFile.write(
                    path,
                    out -> {
                        out.write(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
                        ByteBuffer row = little(4 * g.ni() * channels);
                        for (int k = 0; k < g.nk(); k++) {
                            out.write(page(g, channels, 8 + k * (page + pixels), k, pixels));
                            for (int j = 0; j < g.nj(); j++) {
                                row.clear();
                                for (int i = 0; i < g.ni(); i++) {
                                    for (int c = 0; c < channels; c++) {
                                        row.putFloat(volume.channel(c)[g.index(i, j, k)]);
                                    }
                                }
                                out.write(row.array());
                            }
                        }
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    /** Opacity beside grey or colours is a field more. */
    private static int fields(int channels) {
        return channels % 2 == 0 ? FIELDS + 1 : FIELDS;
    }

    /** Returns the bytes of a page before its pixels: its fields, two ratios and 16 shorts. */
    private static int pageBytes(int channels) {
        return 2 + 12 * fields(channels) + 4 + 16 + 32;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] page(Geometry g, int channels, long start, int k, long pixels) {
        int page = pageBytes(channels);
        ByteBuffer b = little(page);
        long ratios = start + 2 + 12 * fields(channels) + 4;
        long shorts = ratios + 16;
        b.putShort((short) fields(channels));
        field(b, 256, 4, 1, g.ni());
        field(b, 257, 4, 1, g.nj());
        field(b, 258, 3, channels, channels < 3 ? 32 | (channels - 1) * (32 << 16) : shorts);
        field(b, 259, 3, 1, 1);
        field(b, 262, 3, 1, channels < 3 ? 1 : 2);
        field(b, 273, 4, 1, start + page);
        field(b, 277, 3, 1, channels);
        field(b, 278, 4, 1, g.nj());
        field(b, 279, 4, 1, pixels);
        field(b, 282, 5, 1, ratios);
        field(b, 283, 5, 1, ratios + 8);
        field(b, 296, 3, 1, 3);
        if (channels % 2 == 0) {
            field(b, 338, 3, 1, 2); // opacity that colours were not multiplied by
        }
        field(b, 339, 3, channels, channels < 3 ? 3 | (channels - 1) * (3 << 16) : shorts + 16);
        b.putInt(k + 1 < g.nk() ? (int) (start + page + pixels) : 0);
        for (int a = 0; a < 2; a++) {
            double perCm = Math.min(10 / g.spacing(a), 200_000);
            b.putInt((int) Math.max(1, Math.rint(perCm * RATIO))).putInt(RATIO);
        }
        for (int value : new int[] {32, 3}) {
            for (int c = 0; c < 8; c++) {
                b.putShort((short) (c < channels ? value : 0));
            }
        }
        return b.array();
    }

    private static void field(ByteBuffer b, int tag, int type, int count, long value) {
        b.putShort((short) tag).putShort((short) type).putInt(count).putInt((int) value);
    }
}
