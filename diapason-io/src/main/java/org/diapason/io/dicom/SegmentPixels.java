package org.diapason.io.dicom;

import java.io.Closeable;
import java.util.Map;
import org.diapason.io.Room;
import org.diapason.volume.Geometry;

/** The pixels of a segmentation, one frame at a time. */
final class SegmentPixels implements Closeable {
    private final FrameReader reader;
    private final PixelFormat format;
    private final double above;
    private final int[] cells;

    private SegmentPixels(FrameReader reader, PixelFormat format, double above) {
        this.reader = reader;
        this.format = format;
        this.above = above;
        this.cells = new int[format.shape().length()];
    }

    /**
     * Opens the pixels of a file.
     *
     * @throws org.diapason.volume.DataException if they are of a kind that is not read, or fewer
     *     than the file says
     */
    static SegmentPixels of(DicomFile file, String type, int described) {
        DataSet values = file.values();
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
        int bits = values.integer(Keyword.BitsAllocated, 1, 64);
        // pixels above it are inside; below 0 where a value is a segment's number
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
        boolean binary = type.equals("BINARY");
        boolean known = binary ? bits == 1 || packs(file) && bits == 8 : bits == 8 || bits == 16;
        if (!known) {
            throw values.bad(
                    Keyword.BitsAllocated,
                    "is " + bits + "; " + (binary ? "1 was" : "8 or 16 were") + " expected");
        }
        DataSet unsigned = new DataSet(file.name());
        unsigned.put(Elements.numbers(Keyword.PixelRepresentation.tag(), 0));
        unsigned.addAll(values);
        PixelFormat format = PixelFormat.of(new Frame(file, 0, unsigned));
        FrameReader reader = FrameReader.open(file);
        try {
            if (!file.pixels().encapsulated()) {
                reader.require((format.bits() * frames + 7) / 8);
            }
            Room.need(file.name(), reader.memory(0, format));
            return new SegmentPixels(reader, format, above);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Says whether pixels are compressed, which those of one bit are as bytes of 0 and 1. */
    private static boolean packs(DicomFile file) {
        return file.syntax().codec().isPresent();
    }

    int columns() {
        return format.shape().columns();
    }

    int rows() {
        return format.shape().rows();
    }

    /**
     * Sets the voxels of the pixels of one frame that are inside.
     *
     * @param segment the number that means inside, in a map of segment numbers
     * @return how many such pixels lie outside the grid
     */
    long put(int frame, int segment, Placement placed, Geometry grid, boolean[] voxels) {
        reader.cells(frame, format, cells);
        long outside = 0;
        for (int n = 0; n < cells.length; n++) {
            if (above < 0 ? cells[n] == segment : cells[n] > above) {
                int index = placed.index(n % columns(), n / columns(), grid);
                if (index < 0) {
                    outside++;
                } else {
                    voxels[index] = true;
                }
            }
        }
        return outside;
    }

    /**
     * Adds the pixels of one frame that are inside to the counts of their segments.
     *
     * @param segment the frame's; of no account in a map of segment numbers
     */
    void count(int frame, int segment, Map<Integer, Long> counts) {
        reader.cells(frame, format, cells);
        for (int cell : cells) {
            if (above < 0) {
                counts.merge(cell, 1L, Long::sum);
            } else if (cell > above) {
                counts.merge(segment, 1L, Long::sum);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
