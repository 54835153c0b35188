package org.diapason.io.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.DataException;

/**
 * The decoders of compressed pixel data, found by transfer syntax.
 *
 * <p>A decoder takes the bytes of one frame to the cells an uncompressed file would hold: samples
 * of a pixel beside each other, bits above the sample zero, signs not extended. It is safe for any
 * bytes: what a frame's own header says is compared with the {@link Shape} before anything is
 * allocated, and only {@link DataException} comes out. All may be called by several threads.
 */
public enum Codec {
    RLE_LOSSLESS("RLE Lossless", new Rle(), 5, "1.2.840.10008.1.2.5"),
    JPEG(
            "JPEG",
            new Jpeg(),
            12,
            "1.2.840.10008.1.2.4.50",
            "1.2.840.10008.1.2.4.51",
            "1.2.840.10008.1.2.4.57",
            "1.2.840.10008.1.2.4.70"),
    JPEG_LS("JPEG-LS", new JpegLs(), 5, "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"),
    JPEG_2000("JPEG 2000", new Jpeg2000(), 24, "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91");

    private final String label;
    private final FrameDecoder decoder;
    private final int bytesPerSample;
    private final List<String> uids;

    Codec(String label, FrameDecoder decoder, int bytesPerSample, String... uids) {
        this.label = label;
        this.decoder = decoder;
        this.bytesPerSample = bytesPerSample;
        this.uids = List.of(uids);
    }

    /** Returns the decoder of a transfer syntax; empty where there is none. */
    public static Optional<Codec> of(String transferSyntaxUid) {
        return Arrays.stream(values()).filter(c -> c.uids.contains(transferSyntaxUid)).findFirst();
    }

    /** Returns the format as people call it. */
    public String label() {
        return label;
    }

    /**
     * Returns about how many bytes one call needs beside the compressed ones, its result included.
     */
    public long memory(Shape shape) {
        return (long) bytesPerSample * shape.length();
    }

    /**
     * Decodes one frame.
     *
     * @param frame the compressed bytes, trailing padding allowed; not modified
     * @param shape what the frame must hold
     * @param out takes {@code shape.length()} samples; what stands there is overwritten
     * @throws DataException if the frame is broken or holds anything else; the message does not
     *     know the file
     */
    public void decode(byte[] frame, Shape shape, int[] out) {
        try {
            decoder.decode(frame, shape, out);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // decoders let broken streams run into the walls of their arrays, libraries into others
            throw new DataException(label + ": the data are broken and cannot be decoded.", e);
        }
    }
}
