package org.diapason.io.codec;

import java.util.Arrays;
import java.util.List;

/**
 * Scans of sequential DCT pictures (ITU-T T.81, annexes A and F), kept as planes of samples until
 * all components are there.
 */
final class JpegDct {
    /** Where the n-th coefficient of the zigzag stands in its block (figure A.6). */
    private static final int[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27,
        20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
    };

    private final Shape shape;
    private final int precision;
    private final int mostH;
    private final int mostV;
    private final List<Jpeg.Component> components;
    private final short[][] planes;
    private final int[] strides;
    private final int[] block = new int[64];
    private final int[] predictions;

    JpegDct(Shape shape, int precision, List<Jpeg.Component> components) {
        this.shape = shape;
        this.precision = precision;
        this.components = components;
        this.mostH = components.stream().mapToInt(c -> c.h).max().orElseThrow();
        this.mostV = components.stream().mapToInt(c -> c.v).max().orElseThrow();
        this.planes = new short[components.size()][];
        this.strides = new int[components.size()];
        this.predictions = new int[components.size()];
        for (Jpeg.Component c : components) {
            strides[c.index] = mcusAcross() * c.h * 8;
            planes[c.index] = new short[strides[c.index] * mcusDown() * c.v * 8];
        }
    }

    private int mcusAcross() {
        return up(shape.columns(), 8 * mostH);
    }

    private int mcusDown() {
        return up(shape.rows(), 8 * mostV);
    }

    private static int up(int value, int unit) {
        return (value + unit - 1) / unit;
    }

    /** Returns the pixels of a row of a component before padding. */
    private int width(Jpeg.Component c) {
        return up(shape.columns() * c.h, mostH);
    }

    private int height(Jpeg.Component c) {
        return up(shape.rows() * c.v, mostV);
    }

    /** Decodes the scan after the current segment; returns where it ends. */
    int decode(
            Segments in,
            List<Jpeg.Component> scanned,
            Huffman[] dc,
            Huffman[] ac,
            int[][] quantizations,
            int interval) {
        boolean alone = scanned.size() == 1;
        Jpeg.Component only = scanned.get(0);
        int across = alone ? up(width(only), 8) : mcusAcross();
        int down = alone ? up(height(only), 8) : mcusDown();
        JpegBits bits = new JpegBits(in.in, in.scanStart());
        Arrays.fill(predictions, 0);
        int done = 0;
        for (int my = 0; my < down; my++) {
            for (int mx = 0; mx < across; mx++, done++) {
                if (interval > 0 && done > 0 && done % interval == 0) {
                    bits = Jpeg.restart(in, bits, done / interval);
                    Arrays.fill(predictions, 0);
                }
                for (Jpeg.Component c : scanned) {
                    int h = alone ? 1 : c.h;
                    int v = alone ? 1 : c.v;
                    for (int b = 0; b < h * v; b++) {
                        block(bits, c, dc[c.dc], ac[c.ac], quantizations[c.quantization]);
                        int at = (my * v + b / h) * 8 * strides[c.index] + (mx * h + b % h) * 8;
                        Idct.inverse(block, precision, planes[c.index], at, strides[c.index]);
                    }
                }
            }
            Jpeg.checkOverrun(in, bits);
        }
        return bits.marker();
    }

    private void block(JpegBits bits, Jpeg.Component c, Huffman dc, Huffman ac, int[] factors) {
        Arrays.fill(block, 0);
        predictions[c.index] += bits.signed(bits.symbol(dc) & 15);
        block[0] = predictions[c.index] * factors[0];
        for (int n = 1; n < 64; n++) {
            int symbol = bits.symbol(ac);
            int size = symbol & 15;
            int zeros = symbol >> 4;
            if (size == 0) {
                if (zeros < 15) {
                    return;
                }
                n += 15;
                continue;
            }
            n += zeros;
            // a broken run beyond the block fails here and is named by the codec
            block[NATURAL[n]] = bits.signed(size) * factors[n];
        }
    }

    /** Brings all components to the size of the picture. */
    void finish(int[] out) {
        for (Jpeg.Component c : components) {
            new Upsampling(planes[c.index], strides[c.index], width(c), height(c))
                    .put(shape, c.index, mostH, c.h, mostV, c.v, out);
        }
    }
}
