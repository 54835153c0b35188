package org.diapason.io.raw;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.diapason.io.Room;
import org.diapason.volume.DataException;

/**
 * Planar float channels that are filled from stored numbers, in the order in which they stand in
 * the file.
 *
 * <p>The channel may be the fastest axis ({@code inner} = 1: red, green, blue of a voxel side by
 * side), the slowest ({@code inner} = voxels: one whole image after the other), or one between.
 * Where slope is 1 and intercept 0 numbers are stored as they are, else {@code slope · stored +
 * intercept} is computed in double and rounded once. NaN stays NaN; infinity is refused.
 */
public final class Samples {
    /** More frames or components than this are not read. */
    public static final int MOST_CHANNELS = 1 << 20;

    private static final int CHUNK = 1 << 16;

    /** Bytes a plane takes beside its numbers. */
    private static final int PLANE = 32;

    private final SampleType type;
    private final long inner;
    private final double slope;
    private final double intercept;
    private final float[][] planes;
    private final ByteBuffer chunk;

    /**
     * Allocates the planes; the caller has compared their size with the file.
     *
     * @param file the name of the file, for messages
     * @param inner voxels that stand between two channels of the same voxel
     * @throws DataException if the planes would take more than half of the heap
     */
    public Samples(
            String file,
            SampleType type,
            ByteOrder order,
            int voxels,
            int channels,
            long inner,
            double slope,
            double intercept) {
        Room.need(file, (4.0 * voxels + PLANE) * channels);
        this.type = type;
        this.inner = inner;
        this.slope = slope;
        this.intercept = intercept;
        this.planes = new float[channels][voxels];
        this.chunk = ByteBuffer.allocate(CHUNK).order(order);
    }

    /** Returns the planes themselves, one per channel. */
    public List<float[]> planes() {
        return List.of(planes);
    }

    /**
     * Reads {@code count} numbers, the first of which is number {@code from} of the image.
     *
     * @param file the name of the file the stream comes from, for messages
     * @param offset the byte of the unpacked file at which the stream stands, for messages
     * @throws DataException if the stream ends early or a number is infinite
     */
    public void fill(InputStream in, long from, long count, String file, long offset)
            throws IOException {
        int width = type.bytes();
        long at = offset;
        for (long done = 0; done < count; ) {
            int now = (int) Math.min(CHUNK / width, count - done);
            int got = read(in, now * width, file, at);
            if (got < now * width) {
                throw new DataException(
                        file
                                + ", byte "
                                + (at + got)
                                + ": the file ends before its "
                                + (offset + count * width)
                                + " bytes: it is truncated. Copy it again.");
            }
            decode(from + done, now, file, at);
            done += now;
            at += got;
        }
    }

    private int read(InputStream in, int bytes, String file, long at) throws IOException {
        try {
            return in.readNBytes(chunk.array(), 0, bytes);
        } catch (EOFException | java.util.zip.ZipException e) {
            throw Gunzip.broken(file, at, e);
        }
    }

    private void decode(long from, int count, String file, long at) {
        long period = inner * planes.length;
        for (int done = 0; done < count; ) {
            long place = from + done;
            long rest = place % period;
            int channel = (int) (rest / inner);
            long within = rest % inner;
            int voxel = (int) (place / period * inner + within);
            int run = (int) Math.min(inner - within, count - done);
            float[] plane = planes[channel];
            copy(done, plane, voxel, run);
            for (int n = voxel; n < voxel + run && !areSmall(); n++) {
                if (Float.isInfinite(plane[n])) {
                    throw new DataException(
                            file
                                    + ", byte "
                                    + (at + (long) (done + n - voxel) * type.bytes())
                                    + ": a voxel is infinite or too large for a float. Write the"
                                    + " image again with NaN where nothing was measured.");
                }
            }
            done += run;
        }
    }

    /** Says whether numbers are bytes as they stand, as those of most masks; none is infinite. */
    private boolean areSmall() {
        return type == SampleType.UINT8 && slope == 1 && intercept == 0;
    }

    private void copy(int first, float[] plane, int voxel, int run) {
        if (areSmall()) {
            byte[] bytes = chunk.array();
            for (int n = 0; n < run; n++) {
                plane[voxel + n] = bytes[first + n] & 0xFF;
            }
            return;
        }
        boolean scaled = slope != 1 || intercept != 0;
        int width = type.bytes();
        for (int n = 0; n < run; n++) {
            double stored = type.at(chunk, (first + n) * width);
            plane[voxel + n] = (float) (scaled ? stored * slope + intercept : stored);
        }
    }
}
