package org.diapason.io.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Writes one slice of whole numbers as PNG of 8 or 16 bits, with its spacing; nothing is scaled.
 */
public final class PngWriter {
    private PngWriter() {}

    /**
     * Writes 8 bits where all values are whole numbers from 0 to 255, 16 where they reach to 65535.
     *
     * @throws RefusedException if the image has several slices or frames, or values that PNG cannot
     *     hold
     */
    public static void write(Path path, Volume volume) {
        write(path, volume, 0);
    }

    /**
     * Writes as many bits as the values need, and 16 at least where white is above 255.
     *
     * @param white the sample that is white or opaque, 0 where the values alone decide
     * @throws RefusedException as above
     */
    public static void write(Path path, Volume volume, int white) {
        Geometry g = volume.geometry();
        Channels.Kind kind = volume.meaning().kind();
        boolean colours = kind == Channels.Kind.COLOURS && volume.channels() <= 4;
        if (g.nk() > 1 || kind != Channels.Kind.ONE && !colours) {
            throw new RefusedException(
                    InputFile.name(path)
                            + ": PNG holds one slice, the image has "
                            + g.nk()
                            + " slices and "
                            + volume.channels()
                            + " "
                            + kind.plural()
                            + ". Write .tif, .nii.gz, .nrrd or .mha.");
        }
        int bytes = Math.max(bytes(path, volume), white > 255 ? 2 : 1);
        try {
            WholeFile.write(
                    path,
                    out -> {
                        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
                        int type = new int[] {0, 4, 2, 6}[volume.channels() - 1];
                        ByteBuffer head = ByteBuffer.allocate(13).putInt(g.ni()).putInt(g.nj());
                        head.put((byte) (8 * bytes)).put((byte) type);
                        chunk(out, "IHDR", head.array());
                        ByteBuffer phys = ByteBuffer.allocate(9);
                        phys.putInt(perMetre(g.spacing(0))).putInt(perMetre(g.spacing(1)));
                        chunk(out, "pHYs", phys.put((byte) 1).array());
                        chunk(out, "IDAT", new PngPixels(volume, bytes).packed());
                        chunk(out, "IEND", new byte[0]);
                    });
        } catch (IOException e) {
            throw InputFile.unwritable(path, e);
        }
    }

    private static int perMetre(double mm) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.rint(1000 / mm)));
    }

    private static int bytes(Path path, Volume volume) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        boolean known = true;
        for (int c = 0; c < volume.channels(); c++) {
            for (float v : volume.channel(c)) {
                if (v != v) {
                    known = false;
                    continue;
                }
                whole &= v == Math.rint(v);
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        if (!known || !whole || !(low >= 0) || !(high <= 65535)) {
            throw new RefusedException(
                    InputFile.name(path)
                            + ": PNG holds whole numbers from 0 to 65535, the values are "
                            + (low <= high
                                    ? Numbers.fixed(low, 2) + " … " + Numbers.fixed(high, 2)
                                    : "none")
                            + (whole ? "" : ", not whole")
                            + (known ? "" : ", and NaN")
                            + ". Write .tif, .nii.gz, .nrrd or .mha, which hold them as they are.");
        }
        return high <= 255 ? 1 : 2;
    }

    private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(name);
        out.write(data);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
