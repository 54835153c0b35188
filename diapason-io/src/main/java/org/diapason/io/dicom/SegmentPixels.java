package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;

/**
 * The pixels of a segmentation, read piece by piece.
 *
 * @param bits 1 (packed, the first pixel in the lowest bit, frames without gaps), 8 or 16
 * @param above pixels with a value above this are inside; −1 where a value is a segment's number
 */
record SegmentPixels(DicomFile file, int columns, int rows, int bits, double above) {
    private static final int PIECE = 1 << 16;

    /**
     * Returns the pixels of a file.
     *
     * @throws DataException if they are of a kind that is not read, or fewer than the file says
     */
    static SegmentPixels of(DicomFile file, String type, int described) {
        DataSet values = file.values();
        // RLE and deflated segmentations: decode the frames here once a decoder hands out bytes
        file.syntax()
                .refusal()
                .ifPresent(
                        reason -> {
                            throw file.bad(reason);
                        });
        int frames = values.integer(Keyword.NumberOfFrames, 0, Integer.MAX_VALUE, 1);
        if (frames != described) {
            throw file.bad(
                    "holds "
                            + frames
                            + (frames == 1 ? " frame" : " frames")
                            + " and descriptions of "
                            + described
                            + ", so which is which is not known. Export it again.");
        }
        int columns = values.integer(Keyword.Columns, 1, 65535);
        int rows = values.integer(Keyword.Rows, 1, 65535);
        int bits = values.integer(Keyword.BitsAllocated, 1, 64);
        double above =
                switch (type) {
                    case "BINARY" -> 0;
                    case "FRACTIONAL" ->
                            0.5 * values.integer(Keyword.MaximumFractionalValue, 1, 65535);
                    case "LABELMAP" -> -1;
                    default ->
                            throw values.bad(
                                    Keyword.SegmentationType,
                                    "is \""
                                            + type
                                            + "\"; BINARY, FRACTIONAL and LABELMAP are read");
                };
        boolean packed = type.equals("BINARY");
        if (packed ? bits != 1 : bits != 8 && bits != 16) {
            throw values.bad(
                    Keyword.BitsAllocated,
                    "is " + bits + "; " + (packed ? "1 was" : "8 or 16 were") + " expected");
        }
        long needed = ((long) columns * rows * frames * bits + 7) / 8;
        if (file.pixels().length() < needed) {
            throw values.bad(
                    Keyword.PixelData,
                    "has " + file.pixels().length() + " bytes, " + needed + " are needed");
        }
        return new SegmentPixels(file, columns, rows, bits, above);
    }

    /**
     * Sets the voxels of the pixels of one frame that are inside.
     *
     * @param segment the number that means inside, in a map of segment numbers
     * @return how many such pixels lie outside the grid
     */
    long put(int frame, int segment, Placement placed, Geometry grid, boolean[] voxels) {
        long pixels = (long) columns * rows;
        long outside = 0;
        for (long done = 0; done < pixels; done += PIECE) {
            long start = frame * pixels + done;
            int count = (int) Math.min(PIECE, pixels - done);
            ByteBuffer piece = read(start * bits / 8, (start + count) * bits);
            for (int n = 0; n < count; n++) {
                int value = value(piece, bits == 1 ? (int) (start % 8) + n : n);
                if (above < 0 ? value == segment : value > above) {
                    int c = (int) ((done + n) % columns);
                    int r = (int) ((done + n) / columns);
                    int index = placed.index(c, r, grid);
                    if (index < 0) {
                        outside++;
                    } else {
                        voxels[index] = true;
                    }
                }
            }
        }
        return outside;
    }

    private int value(ByteBuffer piece, int n) {
        return switch (bits) {
            case 1 -> piece.get(n / 8) >> n % 8 & 1;
            case 8 -> piece.get(n) & 0xFF;
            default -> piece.getShort(2 * n) & 0xFFFF;
        };
    }

    /**
     * Returns the bytes from one up to that which holds the last of the bits before {@code end}.
     */
    private ByteBuffer read(long from, long endBit) {
        ByteBuffer piece = ByteBuffer.allocate((int) ((endBit + 7) / 8 - from));
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            while (piece.hasRemaining()) {
                if (channel.read(piece, file.pixels().offset() + from + piece.position()) < 0) {
                    throw file.bad("became shorter while it was read.");
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(file.path(), e);
        }
        return piece.order(bits == 16 ? file.syntax().order() : ByteOrder.LITTLE_ENDIAN);
    }
}
