package org.diapason.io.codec;

import java.util.List;

/** A scan of lossless JPEG (ITU-T T.81, annex H): prediction and the Huffman code of its error. */
final class JpegLossless {
    private final Segments in;
    private final Shape shape;
    private final int start;
    private final int selection;
    private final int transform;

    JpegLossless(Segments in, Shape shape, int precision, int selection, int transform) {
        if (selection < 1 || selection > 7 || transform >= precision) {
            throw in.bad(
                    "predictor "
                            + selection
                            + " with point transform "
                            + transform
                            + " does not exist.");
        }
        this.in = in;
        this.shape = shape;
        this.start = 1 << precision - transform - 1;
        this.selection = selection;
        this.transform = transform;
    }

    /** Decodes the scan after the current segment; returns where it ends. */
    int decode(List<Jpeg.Component> components, Huffman[] tables, int interval, int[] out) {
        int width = shape.columns();
        if (interval % width != 0) {
            throw in.bad("the restart interval " + interval + " is no multiple of a row.");
        }
        int rowsOfInterval = interval == 0 ? shape.rows() : interval / width;
        int count = components.size();
        int[][] above = new int[count][width];
        int[][] line = new int[count][width];
        Huffman[] used = new Huffman[count];
        for (int c = 0; c < count; c++) {
            used[c] = tables[components.get(c).dc];
        }
        JpegBits bits = new JpegBits(in.in, in.scanStart());
        for (int j = 0; j < shape.rows(); j++) {
            boolean first = j % rowsOfInterval == 0;
            if (first && j > 0) {
                bits = Jpeg.restart(in, bits, j / rowsOfInterval);
            }
            if (count == 1) {
                row(bits, used[0], above[0], line[0], first);
            } else {
                row(bits, used, above, line, first);
            }
            for (int c = 0; c < count; c++) {
                put(line[c], j, components.get(c).index, out);
            }
            int[][] free = above;
            above = line;
            line = free;
            Jpeg.checkOverrun(in, bits);
        }
        return bits.marker();
    }

    private void row(JpegBits bits, Huffman table, int[] above, int[] line, boolean first) {
        int before = first ? start : above[0];
        before = before + difference(bits, table) & 0xFFFF;
        line[0] = before;
        int corner = above[0];
        int kind = first ? 1 : selection;
        for (int i = 1; i < line.length; i++) {
            int up = above[i];
            before = predict(kind, before, up, corner) + difference(bits, table) & 0xFFFF;
            line[i] = before;
            corner = up;
        }
    }

    private void row(JpegBits bits, Huffman[] tables, int[][] above, int[][] line, boolean first) {
        for (int i = 0; i < shape.columns(); i++) {
            for (int c = 0; c < tables.length; c++) {
                int predicted =
                        i == 0
                                ? first ? start : above[c][0]
                                : predict(
                                        first ? 1 : selection,
                                        line[c][i - 1],
                                        above[c][i],
                                        above[c][i - 1]);
                line[c][i] = predicted + difference(bits, tables[c]) & 0xFFFF;
            }
        }
    }

    /** A difference of 16 bits is 32768 and has no bits of its own (H.1.2.2). */
    private static int difference(JpegBits bits, Huffman table) {
        int size = bits.symbol(table);
        return size >= 16 ? 32768 : bits.signed(size);
    }

    /** The predictors of table H.1. */
    private static int predict(int selection, int left, int up, int corner) {
        return switch (selection) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> corner;
            case 4 -> left + up - corner;
            case 5 -> left + (up - corner >> 1);
            case 6 -> up + (left - corner >> 1);
            default -> left + up >> 1;
        };
    }

    private void put(int[] line, int row, int component, int[] out) {
        int step = shape.samples();
        int at = row * shape.columns() * step + component;
        int mask = -1 >>> 32 - shape.bitsAllocated();
        for (int i = 0; i < line.length; i++, at += step) {
            out[at] = line[i] << transform & mask;
        }
    }
}
