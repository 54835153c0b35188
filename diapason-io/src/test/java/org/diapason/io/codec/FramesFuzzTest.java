package org.diapason.io.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.diapason.volume.DataException;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a compressed frame holds, it is decoded or refused; see {@code ReadersTest}. */
class FramesFuzzTest {
    private static Stream<byte[]> of(Codec codec) {
        return Frames.all().stream().filter(f -> f.codec() == codec).map(f -> f.bytes());
    }

    static Stream<byte[]> rle() {
        return of(Codec.RLE_LOSSLESS);
    }

    static Stream<byte[]> jpeg() {
        return of(Codec.JPEG);
    }

    static Stream<byte[]> jpegLs() {
        return of(Codec.JPEG_LS);
    }

    static Stream<byte[]> jpeg2000() {
        return of(Codec.JPEG_2000);
    }

    @MethodSource("rle")
    @FuzzTest(maxDuration = "5m")
    void rleFrames(byte[] bytes) {
        decode(Codec.RLE_LOSSLESS, bytes);
    }

    @MethodSource("jpeg")
    @FuzzTest(maxDuration = "5m")
    void jpegFrames(byte[] bytes) {
        decode(Codec.JPEG, bytes);
    }

    @MethodSource("jpegLs")
    @FuzzTest(maxDuration = "5m")
    void jpegLsFrames(byte[] bytes) {
        decode(Codec.JPEG_LS, bytes);
    }

    @MethodSource("jpeg2000")
    @FuzzTest(maxDuration = "5m")
    void jpeg2000Frames(byte[] bytes) {
        decode(Codec.JPEG_2000, bytes);
    }

    /** Decodes as each kind of picture that the seeds are. */
    private static void decode(Codec codec, byte[] bytes) {
        for (int samples = 1; samples <= 3; samples += 2) {
            for (int bits = 8; bits <= 16; bits += 8) {
                Shape shape = new Shape(Frames.COLUMNS, 18, samples, bits);
                try {
                    codec.decode(bytes, shape, new int[shape.length()]);
                } catch (DataException e) {
                    if (e.getMessage() == null || e.getMessage().isBlank()) {
                        throw new AssertionError("a message that says nothing", e);
                    }
                }
            }
        }
    }
}
