package org.diapason.io.codec;

/**
 * Reads the bits of a JPEG scan: a byte FF of the data is followed by a stuffed 00, any other
 * follower is a marker, where the interval ends (ITU-T T.81, F.1.2.3).
 *
 * <p>Behind the end zeros are read; {@link #overrun} tells.
 */
final class JpegBits {
    private final byte[] in;
    private int at;
    private long bits;
    private int count;
    private int padding;

    JpegBits(byte[] in, int at) {
        this.in = in;
        this.at = at;
    }

    private void fill() {
        while (count <= 56) {
            int next = at < in.length ? in[at] & 0xFF : 0x100;
            if (next == 0xFF) {
                if (at + 1 < in.length && in[at + 1] == 0) {
                    at++;
                } else {
                    next = 0x100;
                }
            }
            if (next > 0xFF) {
                padding += 8;
            } else {
                bits |= (long) next << 56 - count;
                at++;
            }
            count += 8;
        }
    }

    /** Reads up to 25 bits. */
    int read(int n) {
        if (count < n) {
            fill();
        }
        int value = (int) (bits >>> 1 >>> 63 - n);
        bits <<= n;
        count -= n;
        return value;
    }

    /** Decodes one symbol. */
    int symbol(Huffman table) {
        if (count < 32) {
            fill();
        }
        int found = table.find((int) (bits >>> 48));
        int length = found >>> 8;
        bits <<= length;
        count -= length;
        return found & 0xFF;
    }

    /** Reads a number of {@code size} bits, 0 to 16, the smaller half of which is negative. */
    int signed(int size) {
        if (size == 0) {
            return 0;
        }
        int value = read(size);
        return value < 1 << size - 1 ? value - (1 << size) + 1 : value;
    }

    /** Says whether more bits were taken than the interval has. */
    boolean overrun() {
        return count < padding;
    }

    /** Returns where the marker stands that ends the interval. */
    int marker() {
        int from = at;
        while (from + 1 < in.length
                && !(in[from] == (byte) 0xFF && in[from + 1] != 0 && in[from + 1] != (byte) 0xFF)) {
            from++;
        }
        return from;
    }
}
