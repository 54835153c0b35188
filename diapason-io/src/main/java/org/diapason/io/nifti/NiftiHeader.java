package org.diapason.io.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.diapason.io.Text;
import org.diapason.io.raw.QuantityMark;
import org.diapason.io.raw.SampleType;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * The bytes before a NIfTI image, checked.
 *
 * @param file the name of the file, for messages
 * @param layout where the fields stand
 * @param size voxels along i, j, k
 * @param type the type of the stored numbers
 * @param channels the number of channels
 * @param meaning what the channels are
 * @param pair whether the voxels lie in a second file
 * @param offset where the voxels begin
 * @param slope factor of the stored numbers; 1 where they are not scaled
 * @param intercept summand of the scaled numbers
 * @param raw the bytes themselves, in their order
 */
record NiftiHeader(
        String file,
        NiftiLayout layout,
        int[] size,
        SampleType type,
        int channels,
        Channels meaning,
        boolean pair,
        long offset,
        double slope,
        double intercept,
        ByteBuffer raw) {

    private static final int DESCRIP_BYTES = 80;
    private static final int INTENT_BYTES = 16;

    /** As much of the mark as intent_name holds. */
    private static final String SHORT = "not quantitative";

    /** Extensions of more bytes than this are no extensions. */
    private static final long MOST_BEFORE = 1 << 26;

    /** Reads a header; nothing is allocated by what it says. */
    static NiftiHeader of(String file, byte[] bytes) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        NiftiLayout layout = layout(file, raw);
        boolean pair = isPair(file, layout, bytes);
        int[] size = size(file, layout, raw);
        int code = raw.getShort(layout.type()) & 0xFFFF;
        SampleType type = type(file, layout, code);
        int colours = code == 128 ? 3 : code == 2304 ? 4 : 1;
        NiftiFrames frames = NiftiFrames.of(file, layout, raw, colours);
        double slope = layout.real(raw, layout.slope(), 0);
        double intercept = layout.real(raw, layout.slope(), 1);
        if (slope == 0) {
            slope = 1;
            intercept = 0;
        }
        if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw bad(
                    file,
                    layout.slope(),
                    "scl_slope is "
                            + Numbers.fixed(slope, 6)
                            + " and scl_inter "
                            + Numbers.fixed(intercept, 6)
                            + ", finite numbers are needed. Write the image again.");
        }
        return new NiftiHeader(
                file,
                layout,
                size,
                type,
                frames.channels(),
                frames.meaning(),
                pair,
                offset(file, layout, raw, pair),
                slope,
                intercept,
                raw);
    }

    private static NiftiLayout layout(String file, ByteBuffer raw) {
        if (raw.capacity() < 4) {
            throw bad(file, raw.capacity(), "the file ends inside its header. Copy it again.");
        }
        int found = raw.getInt(0);
        int swapped = Integer.reverseBytes(found);
        NiftiLayout layout =
                found == 348 || swapped == 348
                        ? NiftiLayout.ONE
                        : found == 540 || swapped == 540 ? NiftiLayout.TWO : null;
        if (layout == null) {
            throw bad(
                    file,
                    0,
                    "expected the header size 348 or 540, found "
                            + found
                            + ": this is not a NIfTI file.");
        }
        if (raw.capacity() < layout.bytes()) {
            throw bad(
                    file,
                    raw.capacity(),
                    "the file ends inside its header of "
                            + layout.bytes()
                            + " bytes. Copy it again.");
        }
        raw.order(found == layout.bytes() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return layout;
    }

    private static boolean isPair(String file, NiftiLayout layout, byte[] bytes) {
        String magic = new String(bytes, layout.magic(), 3, StandardCharsets.ISO_8859_1);
        String one = "n+" + layout.version();
        String two = "ni" + layout.version();
        if (!magic.equals(one) && !magic.equals(two)) {
            throw bad(
                    file,
                    layout.magic(),
                    "expected magic \""
                            + one
                            + "\" or \""
                            + two
                            + "\", found \""
                            + magic.replaceAll("[^ -~]", "?")
                            + "\": this may be Analyze 7.5, which has no orientation. Convert it"
                            + " first.");
        }
        return magic.equals(two);
    }

    private static int[] size(String file, NiftiLayout layout, ByteBuffer raw) {
        long axes = layout.size(raw, 0);
        if (axes < 1 || axes > 7) {
            throw bad(
                    file,
                    layout.dim(),
                    "expected 1 to 7 axes, found " + axes + ": the file is broken.");
        }
        int[] size = {1, 1, 1};
        double voxels = 1;
        for (int a = 1; a <= axes; a++) {
            long n = layout.size(raw, a);
            if (n < 1) {
                throw bad(
                        file,
                        layout.dim() + a * layout.dimBytes(),
                        "axis " + a + " has " + n + " voxels.");
            }
            voxels *= n;
            if (a <= 3) {
                size[a - 1] = (int) Math.min(n, Integer.MAX_VALUE);
                if (voxels > Integer.MAX_VALUE - 8) {
                    throw tooMany(file, layout, voxels);
                }
            }
        }
        if (voxels > 1L << 40) {
            throw tooMany(file, layout, voxels);
        }
        return size;
    }

    private static DataException tooMany(String file, NiftiLayout layout, double voxels) {
        return bad(file, layout.dim(), "an image of " + (long) voxels + " voxels cannot be held.");
    }

    private static long offset(String file, NiftiLayout layout, ByteBuffer raw, boolean pair) {
        double offset =
                layout.version() == 1
                        ? raw.getFloat(layout.voxOffset())
                        : raw.getLong(layout.voxOffset());
        int least = pair ? 0 : layout.bytes() + 4;
        if (offset == 0) {
            return least;
        }
        if (!(offset >= least && offset <= MOST_BEFORE) || offset != Math.rint(offset)) {
            throw bad(
                    file,
                    layout.voxOffset(),
                    "vox_offset is "
                            + (Double.isNaN(offset) ? "NaN" : Text.of(offset))
                            + ", a whole number from "
                            + least
                            + " to "
                            + MOST_BEFORE
                            + " is needed: the file is broken.");
        }
        return (long) offset;
    }

    int voxels() {
        return size[0] * size[1] * size[2];
    }

    /** Returns the bytes that all voxels take. */
    long voxelBytes() {
        return (long) voxels() * channels * type.bytes();
    }

    /** Returns how far the next channel of the same voxel stands away, in numbers. */
    long inner() {
        return meaning.kind() == Channels.Kind.COLOURS ? 1 : voxels();
    }

    double real(int field, int n) {
        return layout.real(raw, field, n);
    }

    private static SampleType type(String file, NiftiLayout layout, int code) {
        return switch (code) {
            case 2, 128, 2304 -> SampleType.UINT8;
            case 256 -> SampleType.INT8;
            case 4 -> SampleType.INT16;
            case 512 -> SampleType.UINT16;
            case 8 -> SampleType.INT32;
            case 768 -> SampleType.UINT32;
            case 1024 -> SampleType.INT64;
            case 1280 -> SampleType.UINT64;
            case 16 -> SampleType.FLOAT32;
            case 64 -> SampleType.FLOAT64;
            default -> {
                String name =
                        switch (code) {
                            case 1 -> " (single bits)";
                            case 32 -> " (complex, 64 bits)";
                            case 1536 -> " (float, 128 bits)";
                            case 1792 -> " (complex, 128 bits)";
                            case 2048 -> " (complex, 256 bits)";
                            default -> "";
                        };
                throw bad(
                        file,
                        layout.type(),
                        "data type "
                                + code
                                + name
                                + " is not read; integers of 8 to 64 bits, floats of 32 and 64, RGB"
                                + " and RGBA are. Convert it, complex numbers to their magnitude.");
            }
        };
    }

    /** Returns what its program calls the numbers. */
    String intentName() {
        return text(intentNameAt(layout), INTENT_BYTES);
    }

    /** Returns what the numbers are as far as the texts tell: that they measure nothing. */
    Quantity quantity() {
        return intentName().equals(SHORT)
                ? Quantity.FUSED
                : QuantityMark.of(text(descripAt(layout), DESCRIP_BYTES));
    }

    /**
     * Says in a header to be written that its values measure nothing, where they do not: in descrip
     * and, in what room there is, in intent_name, since programs that write anew keep one or the
     * other.
     */
    static void mark(ByteBuffer head, Quantity quantity) {
        String words = QuantityMark.words(quantity);
        if (!words.isEmpty()) {
            NiftiLayout layout =
                    head.getInt(0) == NiftiLayout.ONE.bytes() ? NiftiLayout.ONE : NiftiLayout.TWO;
            head.put(descripAt(layout), words.getBytes(StandardCharsets.US_ASCII));
            head.put(intentNameAt(layout), SHORT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static int descripAt(NiftiLayout layout) {
        return layout.version() == 1 ? 148 : 240;
    }

    private static int intentNameAt(NiftiLayout layout) {
        return layout.version() == 1 ? 328 : 508;
    }

    private String text(int at, int bytes) {
        String text = new String(raw.array(), at, bytes, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    static DataException bad(String file, long offset, String what) {
        return new DataException(file + ", byte " + offset + ": " + what);
    }
}
