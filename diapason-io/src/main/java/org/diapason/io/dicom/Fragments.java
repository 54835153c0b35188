package org.diapason.io.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.diapason.io.codec.Codec;
import org.diapason.volume.DataException;

/**
 * Where the frames of encapsulated pixel data lie (PS3.5, A.4).
 *
 * <p>A frame is one fragment or several. Which ones is decided by the first of these that holds:
 * there is one frame; the extended or the basic offset table points at the beginnings of fragments,
 * as many as there are frames; there are as many fragments as frames; as many fragments as frames
 * begin with the marker that begins a picture. Otherwise the file is refused: a table that is wrong
 * is never followed, and frames are never guessed.
 */
final class Fragments {
    private static final int MOST = 1_000_000;
    private static final int ITEM = 0xFFFEE000;
    private static final int END = 0xFFFEE0DD;

    private final DicomFile file;
    private final int frames;
    private long[] starts = new long[16];
    private int[] lengths = new int[16];
    private int count;

    /** The first fragment of each frame, and behind the last frame the number of fragments. */
    private int[] first;

    private Fragments(DicomFile file, int frames) {
        this.file = file;
        this.frames = frames;
    }

    /**
     * Reads where the frames of a file lie, not their bytes.
     *
     * @throws DataException if the fragments are broken or cannot be told apart into frames
     */
    static Fragments of(DicomFile file, Source source) {
        int frames = Math.max(1, file.values().integer(Keyword.NumberOfFrames, 0, 1 << 30, 1));
        Fragments fragments = new Fragments(file, frames);
        long[] basic = fragments.walk(source);
        fragments.first = fragments.group(source, basic);
        return fragments;
    }

    /** Collects the fragments and returns the basic offset table. */
    private long[] walk(Source source) {
        long at = file.pixels().offset();
        long[] table = null;
        while (source.size() - at >= 8) {
            ByteBuffer head = read(source, at, 8);
            int tag = head.getShort() << 16 | head.getShort() & 0xFFFF;
            long length = head.getInt() & 0xFFFFFFFFL;
            if (tag == END) {
                break;
            }
            boolean uncounted = table != null && count > 0 && (lengths[count - 1] & 1) == 1;
            if (tag != ITEM && uncounted && at == starts[count - 1] + lengths[count - 1]) {
                // an odd fragment whose padding byte its writer did not count
                at++;
                continue;
            }
            if (tag != ITEM) {
                throw bad(at, "a fragment was expected, found " + Keyword.tagText(tag) + ".");
            }
            at += 8;
            if (length > source.size() - at) {
                throw bad(
                        at,
                        "a fragment needs "
                                + length
                                + " bytes, but only "
                                + (source.size() - at)
                                + " remain: the file is truncated or broken. Copy it again.");
            }
            if (table == null) {
                table = offsets(source, at, length);
            } else {
                add(at, length);
            }
            at += length;
        }
        if (count == 0) {
            throw bad(at, "the pixel data hold no fragment.");
        }
        return table;
    }

    private long[] offsets(Source source, long at, long length) {
        if (length > 4L * MOST || length % 4 != 0) {
            return new long[0];
        }
        ByteBuffer in = read(source, at, (int) length);
        long[] table = new long[(int) length / 4];
        for (int n = 0; n < table.length; n++) {
            table[n] = in.getInt() & 0xFFFFFFFFL;
        }
        return table;
    }

    private void add(long start, long length) {
        if (count == MOST || length > Integer.MAX_VALUE - 8) {
            throw bad(start, "the pixel data hold more than " + MOST + " fragments or 2 GiB each.");
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        starts[count] = start;
        lengths[count++] = (int) length;
    }

    private int[] group(Source source, long[] basic) {
        if (frames == 1) {
            return new int[] {0, count};
        }
        Optional<int[]> found = byTable(extended(), source);
        if (found.isEmpty()) {
            found = byTable(basic, source);
        }
        if (found.isEmpty() && count == frames) {
            int[] each = new int[frames + 1];
            Arrays.setAll(each, n -> n);
            found = Optional.of(each);
        }
        if (found.isEmpty()) {
            found = byMarkers(source);
        }
        return found.orElseThrow(
                () ->
                        file.bad(
                                "its "
                                        + count
                                        + " fragments cannot be told apart into "
                                        + frames
                                        + " frames: no table of offsets fits them. Export it"
                                        + " again."));
    }

    /** Returns the extended offset table (7FE0,0001), which counts like the basic one. */
    private long[] extended() {
        return file.values()
                .element(Keyword.ExtendedOffsetTable.tag())
                .map(
                        element -> {
                            ByteBuffer in = ByteBuffer.wrap(element.bytes()).order(element.order());
                            long[] table = new long[in.remaining() / 8];
                            for (int n = 0; n < table.length; n++) {
                                table[n] = in.getLong();
                            }
                            return table;
                        })
                .orElse(new long[0]);
    }

    /** Follows a table if all it says is true; entries behind the last frame may end it. */
    private Optional<int[]> byTable(long[] table, Source source) {
        if (table.length < frames || table[0] != 0) {
            return Optional.empty();
        }
        int[] found = new int[frames + 1];
        for (int n = 0, f = 0; n < Math.min(table.length, frames + 1); n++) {
            while (f < count && starts[f] - starts[0] < table[n]) {
                f++;
            }
            boolean points = f < count && starts[f] - starts[0] == table[n];
            if (!points || n > 0 && found[n - 1] == f || !beginsPicture(source, f)) {
                return Optional.empty();
            }
            found[n] = f;
        }
        if (table.length == frames) {
            found[frames] = count;
        }
        return Optional.of(found);
    }

    private Optional<int[]> byMarkers(Source source) {
        if (count < frames || file.syntax().codec().orElse(null) == Codec.RLE_LOSSLESS) {
            return Optional.empty();
        }
        int[] found = new int[frames + 1];
        int n = 0;
        for (int f = 0; f < count; f++) {
            if (beginsPicture(source, f)) {
                if (n == frames || f > 0 && n == 0) {
                    return Optional.empty();
                }
                found[n++] = f;
            }
        }
        found[frames] = count;
        return n == frames ? Optional.of(found) : Optional.empty();
    }

    /** Says whether a fragment begins like a picture; RLE has no marker and always may. */
    private boolean beginsPicture(Source source, int fragment) {
        if (file.syntax().codec().orElse(null) == Codec.RLE_LOSSLESS) {
            return true;
        }
        if (lengths[fragment] < 4) {
            return false;
        }
        int head = read(source, starts[fragment], 4).order(ByteOrder.BIG_ENDIAN).getInt();
        return head >>> 8 == 0xFFD8FF || head == 0xFF4FFF51 || head == 0x0000000C;
    }

    /** Returns the bytes of a frame, its fragments joined. */
    byte[] frame(Source source, int index) {
        byte[] bytes = new byte[(int) bytes(index)];
        int filled = 0;
        for (int f = first[index]; f < first[index + 1]; f++) {
            source.read(ByteBuffer.wrap(bytes, filled, lengths[f]), starts[f]);
            filled += lengths[f];
        }
        return bytes;
    }

    /** Returns how many bytes a frame has. */
    long bytes(int index) {
        if (index >= frames) {
            throw file.bad("has no frame " + (index + 1) + ", it has " + frames + ".");
        }
        long sum = 0;
        for (int f = first[index]; f < first[index + 1]; f++) {
            sum += lengths[f];
        }
        if (sum > Integer.MAX_VALUE - 8) {
            throw file.bad("frame " + (index + 1) + " has more than 2 GiB.");
        }
        return sum;
    }

    private static ByteBuffer read(Source source, long at, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        source.read(buffer, at);
        return buffer.flip();
    }

    private DataException bad(long at, String what) {
        return new DataException(file.name() + ", byte " + at + ": " + what);
    }
}
