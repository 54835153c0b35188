package org.diapason.io.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diapason.math.Rng;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All decoders on frames that other programs made. */
class CodecTest {

    static Stream<Frames.Compressed> readable() {
        return Frames.all().stream().filter(f -> !f.name().startsWith("progressive"));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aFrameIsDecodedToWhatItsProgramDecodesItTo(Frames.Compressed frame) {
        assertEquals(frame.crc(), Frames.crc(frame.decoded()));
    }

    static Stream<Frames.Compressed> lossless() {
        return readable()
                .filter(f -> f.name().matches("(rle|jls|lossless|j2k)-.*"))
                .filter(f -> !f.name().matches(".*(near|pt).*"));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void aLosslessFrameIsThePictureByFormula(Frames.Compressed frame) {
        int firstRow = frame.name().equals("jls-bottom") ? 9 : 0;
        assertArrayEquals(Frames.picture(frame, firstRow), frame.decoded());
    }

    @Test
    void anOpenTilePartThatIsCutEndsWhereItsBytesEnd() {
        for (Frames.Compressed frame : Frames.all()) {
            if (frame.codec() == Codec.JPEG_2000) {
                byte[] bytes = frame.bytes().clone();
                int part = 0;
                while (bytes[part] != (byte) 0xFF || bytes[part + 1] != (byte) 0x90) {
                    part++;
                }
                Arrays.fill(bytes, part + 6, part + 10, (byte) 0); // ends with the codestream
                for (int cut = part + 14; cut < bytes.length; cut += 7) {
                    byte[] rest = Arrays.copyOf(bytes, cut);
                    // the library took what follows the end for ones, and counted them for ever
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(60),
                            () -> survives(frame.codec(), rest, frame.shape()),
                            frame + " cut");
                }
            }
        }
    }

    /**
     * 250,000 code blocks of 65,535 layers take 330 GB in the library, whatever the frame holds.
     */
    @Test
    void layersThatDoNotFitIntoMemoryAreRefusedByTheirNumber() {
        byte[] bytes = Frames.named("j2k-12").bytes().clone();
        for (int field : new int[] {8, 12, 24, 28}) {
            bytes[field + 2] = 2000 >> 8;
            bytes[field + 3] = (byte) 2000;
        }
        int cod = 0;
        while (bytes[cod] != (byte) 0xFF || bytes[cod + 1] != 0x52) {
            cod++;
        }
        bytes[cod + 6] = (byte) 0xFF;
        bytes[cod + 7] = (byte) 0xFF;
        bytes[cod + 10] = 0;
        bytes[cod + 11] = 0;
        String message = refusal(Codec.JPEG_2000, bytes, new Shape(2000, 2000, 1, 16));
        assertTrue(
                message.startsWith("JPEG 2000: its values take 312567 MB of memory, more than"),
                message);
    }

    @Test
    void packetHeadersThatArePackedApartAreRefusedByName() {
        for (int marker : new int[] {0x60, 0x61}) {
            byte[] bytes =
                    Frames.all().stream()
                            .filter(f -> f.codec() == Codec.JPEG_2000)
                            .findFirst()
                            .orElseThrow()
                            .bytes();
            int cod = 0;
            while (bytes[cod] != (byte) 0xFF || bytes[cod + 1] != 0x52) {
                cod++;
            }
            bytes[cod + 1] = (byte) marker;
            assertTrue(
                    refusal(Codec.JPEG_2000, bytes, new Shape(Frames.COLUMNS, 18, 1, 16))
                            .contains("packet headers are packed apart (PPM or PPT)"));
        }
    }

    private static void survives(Codec codec, byte[] bytes, Shape shape) {
        try {
            codec.decode(bytes, shape, new int[shape.length()]);
        } catch (DataException e) {
            assertTrue(e.getMessage().startsWith("JPEG 2000"), e.getMessage());
        }
    }

    @Test
    void aNearLosslessFrameStaysWithinItsBoundAndUsesIt() {
        assertEquals(3, largestError("jls-16-near-3"));
        assertEquals(2, largestError("jls-rgb-sample-near-2"));
    }

    @Test
    void aPointTransformDropsTwoBits() {
        Frames.Compressed frame = Frames.named("lossless-pt-2");
        int[] expected = Arrays.stream(Frames.picture(frame, 0)).map(v -> v >> 2 << 2).toArray();
        assertArrayEquals(expected, frame.decoded());
    }

    private static int largestError(String name) {
        Frames.Compressed frame = Frames.named(name);
        int[] sound = Frames.picture(frame, 0);
        int[] decoded = frame.decoded();
        int most = 0;
        for (int n = 0; n < sound.length; n++) {
            most = Math.max(most, Math.abs(sound[n] - decoded[n]));
        }
        return most;
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aFrameOfAnotherSizeIsRefusedByItsHeader(Frames.Compressed frame) {
        if (frame.codec() == Codec.RLE_LOSSLESS) {
            return;
        }
        Shape s = frame.shape();
        Shape wider = new Shape(s.columns() + 1, s.rows(), s.samples(), s.bitsAllocated());
        String message = refusal(frame.codec(), frame.bytes(), wider);
        assertTrue(
                message.endsWith(": the picture is " + s + ", the attributes say " + wider + "."),
                message);
    }

    @Test
    void moreBitsThanACellHoldsAreRefused() {
        Frames.Compressed frame = Frames.named("jls-12");
        Shape narrow = new Shape(Frames.COLUMNS, frame.shape().rows(), 1, 8);
        assertEquals(
                "JPEG-LS: the picture has samples of 16 bits, 2 to 8 were expected.",
                refusal(Codec.JPEG_LS, frame.bytes(), narrow));
    }

    @Test
    void aProgressivePictureIsRefusedByName() {
        Frames.Compressed frame = Frames.named("progressive-8");
        assertEquals(
                "JPEG: the picture is progressive; sequential and lossless pictures with Huffman"
                        + " coding are read.",
                refusal(Codec.JPEG, frame.bytes(), frame.shape()));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aFrameCutShortIsRefused(Frames.Compressed frame) {
        int half = frame.bytes().length / 2;
        String message = refusal(frame.codec(), Arrays.copyOf(frame.bytes(), half), frame.shape());
        assertTrue(message.startsWith(frame.codec() == Codec.RLE_LOSSLESS ? "RLE: " : "JPEG"));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void aBrokenFrameIsDecodedOrRefusedAndNothingElse(Frames.Compressed frame) {
        Rng rng = new Rng(3);
        int cases = frame.codec() == Codec.JPEG_2000 ? 60 : 300;
        for (int n = 0; n < cases; n++) {
            byte[] broken = frame.bytes().clone();
            for (int change = rng.nextInt(3); change >= 0; change--) {
                broken[rng.nextInt(broken.length)] = (byte) rng.nextInt(256);
            }
            int[] out = new int[frame.shape().length()];
            try {
                frame.codec().decode(broken, frame.shape(), out);
                int mask = -1 >>> 32 - frame.shape().bitsAllocated();
                assertTrue(Arrays.stream(out).allMatch(v -> (v & mask) == v), "bits above");
            } catch (DataException e) {
                assertTrue(e.getMessage().endsWith("."), e.getMessage());
            } catch (RuntimeException | Error e) {
                fail(frame + ", case " + n, e);
            }
        }
    }

    @Test
    void everySyntaxThatIsReadHasItsDecoder() {
        String root = "1.2.840.10008.1.2.";
        assertEquals(Optional.of(Codec.RLE_LOSSLESS), Codec.of(root + "5"));
        for (String end : List.of("50", "51", "57", "70")) {
            assertEquals(Optional.of(Codec.JPEG), Codec.of(root + "4." + end));
        }
        for (String end : List.of("80", "81")) {
            assertEquals(Optional.of(Codec.JPEG_LS), Codec.of(root + "4." + end));
        }
        for (String end : List.of("90", "91")) {
            assertEquals(Optional.of(Codec.JPEG_2000), Codec.of(root + "4." + end));
        }
        for (String end : List.of("53", "92", "94", "100", "110", "201", "202", "203")) {
            assertEquals(Optional.empty(), Codec.of(root + "4." + end));
        }
    }

    static String refusal(Codec codec, byte[] bytes, Shape shape) {
        return assertThrows(
                        DataException.class,
                        () -> codec.decode(bytes, shape, new int[shape.length()]))
                .getMessage();
    }
}
