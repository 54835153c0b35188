package org.diapason.io.codec;

import org.diapason.volume.DataException;

/** A table of Huffman codes of at most 16 bits (ITU-T T.81, annex C). */
final class Huffman {
    private static final int FAST = 9;

    /** Length · 256 + symbol of codes of at most {@value #FAST} bits, by their first bits. */
    private final short[] fast = new short[1 << FAST];

    /** One more than the largest code of each length, its bits at the top of 16. */
    private final int[] beyond = new int[17];

    private final int[] first = new int[17];
    private final int[] index = new int[17];
    private final byte[] symbols;

    /** Takes the number of codes of each length 1–16 and the symbols in the order of codes. */
    Huffman(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int at = 0;
        for (int length = 1; length <= 16; length++) {
            first[length] = code;
            index[length] = at;
            for (int n = 0; n < counts[length - 1]; n++, code++, at++) {
                if (length <= FAST && code < 1 << length) {
                    int from = code << FAST - length;
                    for (int f = from; f < from + (1 << FAST - length); f++) {
                        fast[f] = (short) (length << 8 | symbols[at] & 0xFF);
                    }
                }
            }
            if (code > 1 << length) {
                throw new DataException("JPEG: a Huffman table has more codes than bits allow.");
            }
            beyond[length] = code << 16 - length;
            code <<= 1;
        }
    }

    /** Returns length · 256 + symbol of the code that 16 bits begin with. */
    int find(int bits) {
        int found = fast[bits >>> 16 - FAST];
        if (found != 0) {
            return found;
        }
        for (int length = FAST + 1; length <= 16; length++) {
            if (bits < beyond[length]) {
                int n = index[length] + (bits >>> 16 - length) - first[length];
                return length << 8 | symbols[n] & 0xFF;
            }
        }
        throw new DataException("JPEG: the data hold a code that is in no Huffman table.");
    }
}
