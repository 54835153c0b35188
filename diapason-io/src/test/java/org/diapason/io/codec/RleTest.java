package org.diapason.io.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RLE against an encoder written from PS3.5 annex G. */
class RleTest {

    @ParameterizedTest(name = "{0} × {1}, {2} samples of {3} bits")
    @CsvSource({
        "7, 5, 1, 8",
        "130, 3, 1, 16",
        "300, 2, 3, 8",
        "9, 9, 3, 16",
        "4, 3, 3, 32",
        "5, 3, 1, 32",
        "13, 7, 1, 1"
    })
    void whatWasPackedIsUnpacked(int columns, int rows, int samples, int bits) {
        Shape shape = new Shape(columns, rows, samples, bits);
        Rng rng = new Rng(columns);
        int[] cells = new int[shape.length()];
        for (int n = 0; n < cells.length; n++) {
            // runs and noise in turns
            int value = n / 140 % 2 == 0 ? 0x31415926 : rng.nextInt(1 << 30) * 3;
            cells[n] = value & -1 >>> 32 - bits;
        }
        int[] out = new int[cells.length];
        Arrays.fill(out, -1);
        Codec.RLE_LOSSLESS.decode(encode(cells, shape), shape, out);
        assertArrayEquals(cells, out);
    }

    @Test
    void aWrongNumberOfSegmentsIsRefused() {
        Shape grey = new Shape(4, 4, 1, 8);
        byte[] frame = encode(new int[16], grey);
        assertEquals(
                "RLE: the header announces 1 segments, 2 are needed for 1 samples of 16 bits.",
                CodecTest.refusal(Codec.RLE_LOSSLESS, frame, new Shape(4, 4, 1, 16)));
    }

    @Test
    void aSegmentThatIsTooShortOrTooLongIsRefused() {
        byte[] frame = encode(new int[16], new Shape(4, 4, 1, 8));
        assertEquals(
                "RLE: segment 1 holds less than the 20 bytes of its plane.",
                CodecTest.refusal(Codec.RLE_LOSSLESS, frame, new Shape(4, 5, 1, 8)));
        assertEquals(
                "RLE: segment 1 holds more than the 12 bytes of its plane.",
                CodecTest.refusal(Codec.RLE_LOSSLESS, frame, new Shape(4, 3, 1, 8)));
    }

    @Test
    void aSegmentOutsideTheFrameIsRefused() {
        byte[] frame = encode(new int[16], new Shape(4, 4, 1, 8));
        frame[5] = 1;
        assertEquals(
                "RLE: segment 1 does not lie within the frame's bytes.",
                CodecTest.refusal(Codec.RLE_LOSSLESS, frame, new Shape(4, 4, 1, 8)));
    }

    static byte[] encode(int[] cells, Shape shape) {
        int bytes = Math.max(1, shape.bitsAllocated() / 8);
        int segments = shape.samples() * bytes;
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(segments);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int s = 0; s < segments; s++) {
            header.putInt(64 + body.size());
            body.writeBytes(pack(plane(cells, shape, s / bytes, 8 * (bytes - 1 - s % bytes))));
            if (body.size() % 2 == 1) {
                body.write(0);
            }
        }
        byte[] frame = Arrays.copyOf(header.array(), 64 + body.size());
        System.arraycopy(body.toByteArray(), 0, frame, 64, body.size());
        return frame;
    }

    private static byte[] plane(int[] cells, Shape shape, int sample, int shift) {
        if (shape.bitsAllocated() == 1) {
            byte[] packed = new byte[(cells.length + 7) / 8];
            for (int n = 0; n < cells.length; n++) {
                packed[n / 8] |= (byte) (cells[n] << n % 8);
            }
            return packed;
        }
        byte[] plane = new byte[shape.pixels()];
        for (int n = 0; n < plane.length; n++) {
            plane[n] = (byte) (cells[n * shape.samples() + sample] >> shift);
        }
        return plane;
    }

    private static byte[] pack(byte[] plane) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < plane.length) {
            int run = 1;
            while (run < 128 && at + run < plane.length && plane[at + run] == plane[at]) {
                run++;
            }
            if (run > 1) {
                out.write(1 - run);
                out.write(plane[at]);
            } else {
                out.write(0);
                out.write(plane[at]);
                // nothing, which an encoder may write and a decoder must pass over
                out.write(-128);
            }
            at += run;
        }
        return out.toByteArray();
    }
}
