package org.diapason.io.dicom;

import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.diapason.io.Room;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/** The pixels of the frames of a segmentation. */
final class SegmentPixels implements Closeable {
    private static final int BLOCK = 8;

    private final FrameReader reader;
    private final PixelFormat format;
    private final double above;
    private final int atOnce;

    private SegmentPixels(FrameReader reader, PixelFormat format, double above) {
        this.reader = reader;
        this.format = format;
        this.above = above;
        long half = Runtime.getRuntime().maxMemory() / 2;
        long each = Math.max(1, reader.memory(0, format) + 4L * format.shape().length());
        this.atOnce = (int) Math.max(1, Math.min(1 << 16, half / each));
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

    /** Decodes frames on all cores, as many at once as half of the memory holds. */
    private void each(List<Integer> frames, BiConsumer<Integer, int[]> body) {
        Parallel.forEach(
                (frames.size() + BLOCK - 1) / BLOCK,
                atOnce,
                block -> {
                    int[] cells = new int[format.shape().length()];
                    int end = Math.min(frames.size(), (block + 1) * BLOCK);
                    for (int n = block * BLOCK; n < end; n++) {
                        reader.cells(frames.get(n), format, cells);
                        body.accept(frames.get(n), cells);
                    }
                });
    }

    /**
     * Sets the voxels of the pixels of frames that are inside.
     *
     * @param segment the number that means inside, in a map of segment numbers
     * @param placed where each frame lies
     * @return how many such pixels lie outside the grid
     */
    long put(SortedMap<Integer, Placement> placed, int segment, Geometry grid, boolean[] voxels) {
        AtomicLong outside = new AtomicLong();
        each(
                List.copyOf(placed.keySet()),
                (frame, cells) ->
                        outside.addAndGet(put(cells, segment, placed.get(frame), grid, voxels)));
        return outside.get();
    }

    private long put(int[] cells, int segment, Placement placed, Geometry grid, boolean[] voxels) {
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
     * Returns how many pixels are inside each segment.
     *
     * @param segments the segment of each frame; of no account in a map of segment numbers
     */
    Map<Integer, Long> count(List<Integer> segments) {
        Map<Integer, Long> counts = new HashMap<>();
        each(
                IntStream.range(0, segments.size()).boxed().toList(),
                (frame, cells) -> {
                    Map<Integer, Long> own = new HashMap<>();
                    for (int cell : cells) {
                        if (above < 0) {
                            own.merge(cell, 1L, Long::sum);
                        } else if (cell > above) {
                            own.merge(segments.get(frame), 1L, Long::sum);
                        }
                    }
                    synchronized (counts) {
                        own.forEach((number, count) -> counts.merge(number, count, Long::sum));
                    }
                });
        return counts;
    }

    @Override
    public void close() {
        reader.close();
    }
}
