package org.diapason.io.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.diapason.io.Text;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;

/**
 * The 348 bytes before a NIfTI-1 image, checked.
 *
 * @param file the name of the file, for messages
 * @param order the order of bytes
 * @param size voxels along i, j, k
 * @param type the data type code
 * @param pair whether the voxels lie in a second file
 * @param offset where the voxels begin
 * @param slope factor of the stored numbers; 1 where they are not scaled
 * @param intercept summand of the scaled numbers
 * @param raw the bytes themselves, in their order
 */
record NiftiHeader(
        String file,
        ByteOrder order,
        int[] size,
        int type,
        boolean pair,
        long offset,
        double slope,
        double intercept,
        ByteBuffer raw) {
    static final int BYTES = 348;

    /** Reads a header; nothing is allocated by what it says. */
    static NiftiHeader of(String file, byte[] bytes) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (raw.getInt(0) != BYTES) {
            raw.order(ByteOrder.BIG_ENDIAN);
        }
        if (raw.getInt(0) != BYTES) {
            boolean two = raw.getInt(0) == 540 || Integer.reverseBytes(raw.getInt(0)) == 540;
            throw bad(
                    file,
                    0,
                    two
                            ? "this is NIfTI-2, only NIfTI-1 is read. Convert it first."
                            : "expected the header size 348, found "
                                    + raw.getInt(0)
                                    + ": this is not a NIfTI-1 file.");
        }
        String magic = new String(bytes, 344, 3, StandardCharsets.ISO_8859_1);
        if (!magic.equals("n+1") && !magic.equals("ni1")) {
            throw bad(
                    file,
                    344,
                    "expected magic \"n+1\" or \"ni1\", found \""
                            + magic.replaceAll("[^ -~]", "?")
                            + "\": this may be Analyze 7.5, which has no orientation. Convert it"
                            + " first.");
        }
        boolean pair = magic.equals("ni1");
        int[] size = size(file, raw);
        int type = raw.getShort(70) & 0xFFFF;
        width(file, type);
        double slope = raw.getFloat(112);
        double intercept = raw.getFloat(116);
        if (slope == 0) {
            slope = 1;
            intercept = 0;
        }
        if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw bad(
                    file,
                    112,
                    "scl_slope is "
                            + Numbers.fixed(slope, 6)
                            + " and scl_inter "
                            + Numbers.fixed(intercept, 6)
                            + ", finite numbers are needed. Write the image again.");
        }
        return new NiftiHeader(
                file,
                raw.order(),
                size,
                type,
                pair,
                offset(file, raw, pair),
                slope,
                intercept,
                raw);
    }

    private static int[] size(String file, ByteBuffer raw) {
        int axes = raw.getShort(40);
        if (axes < 1 || axes > 7) {
            throw bad(file, 40, "expected 1 to 7 axes, found " + axes + ": the file is broken.");
        }
        int[] size = {1, 1, 1};
        double voxels = 1;
        for (int a = 1; a <= axes; a++) {
            int n = raw.getShort(40 + 2 * a);
            if (n < 1) {
                throw bad(file, 40 + 2 * a, "axis " + a + " has " + n + " voxels.");
            }
            if (a > 3 && n > 1) {
                throw bad(
                        file,
                        40 + 2 * a,
                        "axis " + a + " has " + n + " frames, one is read. Split the file first.");
            }
            if (a <= 3) {
                size[a - 1] = n;
                voxels *= n;
            }
        }
        if (voxels > Integer.MAX_VALUE - 8) {
            throw bad(file, 40, "an image of " + Text.of(voxels) + " voxels cannot be held.");
        }
        return size;
    }

    private static long offset(String file, ByteBuffer raw, boolean pair) {
        float offset = raw.getFloat(108);
        int least = pair ? 0 : 352;
        if (offset == 0) {
            return least;
        }
        if (!(offset >= least && offset < 1L << 31) || offset != Math.rint(offset)) {
            throw bad(
                    file,
                    108,
                    "vox_offset is "
                            + Text.of(offset)
                            + ", a whole number from "
                            + least
                            + " is needed: the file is broken.");
        }
        return (long) offset;
    }

    int voxels() {
        return size[0] * size[1] * size[2];
    }

    /** Returns the bytes of one voxel. */
    int width() {
        return width(file, type);
    }

    private static int width(String file, int type) {
        return switch (type) {
            case 2, 256 -> 1;
            case 4, 512 -> 2;
            case 8, 16, 768 -> 4;
            case 64, 1024, 1280 -> 8;
            default ->
                    throw bad(
                            file,
                            70,
                            "data type "
                                    + type
                                    + " is not read; integers of 8 to 64 bits and floats of 32 and"
                                    + " 64 are.");
        };
    }

    static DataException bad(String file, long offset, String what) {
        return new DataException(file + ", byte " + offset + ": " + what);
    }
}
