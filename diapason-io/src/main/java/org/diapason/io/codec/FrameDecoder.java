package org.diapason.io.codec;

/** Turns the bytes of one compressed frame into its samples. */
interface FrameDecoder {

    /**
     * Decodes one frame.
     *
     * <p>Any exception means that the frame is broken; {@link Codec} is what gives it its words.
     *
     * @param frame the compressed bytes, trailing padding allowed; not modified
     * @param shape what the frame must hold; checked against its header before anything is
     *     allocated
     * @param out takes {@code shape.length()} samples, those of a pixel beside each other; bits
     *     above the sample are zero
     */
    void decode(byte[] frame, Shape shape, int[] out);
}
