package org.diapason.io.codec;

/**
 * Reads the bits of a JPEG-LS scan: after a byte FF only seven bits of the next one count, and a
 * next byte above 7F is a marker, where the scan ends (ITU-T T.87, A.1).
 *
 * <p>Behind the end zeros are read; {@link #overrun} tells.
 */
final class JpegLsBits {
    private final byte[] in;
    private int at;
    private long bits;
    private int count;
    private int padding;
    private boolean afterFf;

    JpegLsBits(byte[] in, int at) {
        this.in = in;
        this.at = at;
    }

    /** Fills up to more than 56 bits. */
    private void fill() {
        while (count <= 56) {
            int next = at < in.length ? in[at] & 0xFF : 0xFF;
            if (next == 0xFF && (at + 1 >= in.length || in[at + 1] < 0)) {
                padding += 8;
                count += 8;
                continue;
            }
            at++;
            if (afterFf) {
                bits |= (long) next << 57 - count;
                count += 7;
            } else {
                bits |= (long) next << 56 - count;
                count += 8;
            }
            afterFf = next == 0xFF;
        }
    }

    boolean bit() {
        if (count == 0) {
            fill();
        }
        boolean one = bits < 0;
        bits <<= 1;
        count--;
        return one;
    }

    /** Reads up to 25 bits. */
    int read(int n) {
        if (n == 0) {
            return 0;
        }
        if (count < n) {
            fill();
        }
        int value = (int) (bits >>> 64 - n);
        bits <<= n;
        count -= n;
        return value;
    }

    /**
     * Reads a Golomb code of limited length (A.5.3).
     *
     * @param k the Golomb parameter
     * @param longest zeros after which the value follows in plain
     * @param plain bits of a plain value
     */
    int golomb(int k, int longest, int plain) {
        if (count < 32) {
            fill();
        }
        int zeros = Long.numberOfLeadingZeros(bits);
        if (zeros < longest && zeros + k < count) {
            // bits << zeros << 1 and not << zeros + 1, which is nothing at all for 63 zeros
            long rest = bits << zeros << 1;
            int low = (int) (rest >>> 1 >>> 63 - k);
            bits = rest << k;
            count -= zeros + 1 + k;
            return (zeros << k) + low;
        }
        return rareGolomb(k, longest, plain);
    }

    private int rareGolomb(int k, int longest, int plain) {
        int zeros = 0;
        while (zeros < longest && !bit()) {
            zeros++;
        }
        if (zeros < longest) {
            return (zeros << k) + read(k);
        }
        bit();
        return read(plain) + 1;
    }

    /** Says whether more bits were taken than the scan has. */
    boolean overrun() {
        return count < padding;
    }

    /** Returns where the marker stands that ends the scan; bytes FF before it are filling. */
    int marker() {
        int from = at;
        while (from + 1 < in.length
                && !(in[from] == (byte) 0xFF && in[from + 1] < 0 && in[from + 1] != (byte) 0xFF)) {
            from++;
        }
        return from;
    }
}
