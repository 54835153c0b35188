package org.diapason.io.codec;

import java.util.Arrays;
import org.diapason.volume.DataException;

/**
 * The adaptive model of one JPEG-LS scan (ITU-T T.87, annex A, read backwards).
 *
 * <p>Lines are arrays of width + 2: sample i of the standard stands at i + 1, with one neighbour
 * more on both sides.
 */
final class JpegLsScan {
    private static final int CONTEXTS = 365;

    /** Where the two contexts of interrupted runs lie; each context is A, B, C, N. */
    private static final int RUN = 4 * CONTEXTS;

    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final int N = 3;

    /** Bits of the length of a run, per run index (A.7.1.1). */
    private static final int[] J = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12,
        13, 14, 15
    };

    private final int maxval;
    private final int near;
    private final int reset;
    private final int step;
    private final int range;
    private final int plainBits;
    private final int limit;

    /** The region of each gradient, −4 to 4, shifted by {@link #maxval}. */
    private final byte[] regions;

    private final int[] contexts = new int[RUN + 8];
    private JpegLsBits bits;

    JpegLsScan(JpegLsPreset preset, int near) {
        this.maxval = preset.maxval();
        this.near = near;
        this.reset = preset.reset();
        this.step = 2 * near + 1;
        this.range = (maxval + 2 * near) / step + 1;
        this.plainBits = log2(range);
        int bpp = Math.max(2, log2(maxval + 1));
        this.limit = 2 * (bpp + Math.max(8, bpp));
        this.regions = new byte[2 * maxval + 1];
        for (int d = 0; d <= maxval; d++) {
            int region =
                    d <= near
                            ? 0
                            : d < preset.t1() ? 1 : d < preset.t2() ? 2 : d < preset.t3() ? 3 : 4;
            regions[maxval + d] = (byte) region;
            regions[maxval - d] = (byte) -region;
        }
    }

    private static int log2(int value) {
        return 32 - Integer.numberOfLeadingZeros(value - 1);
    }

    /** Forgets what was learned and goes on with these bits. */
    void start(JpegLsBits from) {
        bits = from;
        Arrays.fill(contexts, 0);
        for (int q = 0; q < contexts.length; q += 4) {
            contexts[q + A] = Math.max(2, (range + 32) >> 6);
            contexts[q + N] = 1;
        }
    }

    JpegLsBits bits() {
        return bits;
    }

    /** Sets the neighbours beside the picture (A.2.1). */
    static void border(int[] above, int[] line, int width) {
        line[0] = above[1];
        above[width + 1] = above[width];
    }

    /** Decodes one line of one component; returns the next run index. */
    int line(int[] above, int[] line, int width, int runIndex) {
        byte[] region = regions;
        int max = maxval;
        int ra = line[0];
        int rc = above[0];
        int rb = above[1];
        int run = runIndex;
        int i = 1;
        while (i <= width) {
            int rd = above[i + 1];
            int q = 81 * region[rd - rb + max] + 9 * region[rb - rc + max] + region[rc - ra + max];
            if (q != 0) {
                ra = regular(q, predict(ra, rb, rc));
                line[i++] = ra;
                rc = rb;
                rb = rd;
                continue;
            }
            int left = width - i + 1;
            long ended = runLength(left, run);
            int length = (int) ended;
            run = (int) (ended >>> 32);
            Arrays.fill(line, i, i + length, ra);
            i += length;
            if (i <= width) {
                rb = above[i];
                ra = interrupted(ra, rb, J[run]);
                line[i++] = ra;
                run = Math.max(0, run - 1);
                rc = rb;
                rb = above[i];
            }
        }
        return run;
    }

    /** Decodes one line of all components sample by sample; returns the next run index. */
    int samples(int[][] above, int[][] line, int width, int runIndex) {
        int components = line.length;
        int[] q = new int[components];
        int run = runIndex;
        int i = 1;
        while (i <= width) {
            boolean flat = true;
            for (int c = 0; c < components; c++) {
                int[] up = above[c];
                q[c] =
                        81 * regions[up[i + 1] - up[i] + maxval]
                                + 9 * regions[up[i] - up[i - 1] + maxval]
                                + regions[up[i - 1] - line[c][i - 1] + maxval];
                flat &= q[c] == 0;
            }
            if (!flat) {
                for (int c = 0; c < components; c++) {
                    int[] up = above[c];
                    line[c][i] = regular(q[c], predict(line[c][i - 1], up[i], up[i - 1]));
                }
                i++;
                continue;
            }
            long ended = runLength(width - i + 1, run);
            int length = (int) ended;
            run = (int) (ended >>> 32);
            for (int c = 0; c < components; c++) {
                Arrays.fill(line[c], i, i + length, line[c][i - 1]);
            }
            i += length;
            if (i <= width) {
                for (int c = 0; c < components; c++) {
                    int ra = line[c][i - 1];
                    int rb = above[c][i];
                    line[c][i] = rebuilt(rb, runError(0, J[run]) * (rb < ra ? -1 : 1));
                }
                i++;
                run = Math.max(0, run - 1);
            }
        }
        return run;
    }

    /** The median edge detector (A.4.1). */
    private static int predict(int ra, int rb, int rc) {
        int low = Math.min(ra, rb);
        int high = Math.max(ra, rb);
        return rc >= high ? low : rc <= low ? high : ra + rb - rc;
    }

    /** Returns the smallest k with n · 2^k ≥ sum (A.5.1). */
    private static int golombParameter(int n, int sum) {
        int k = Math.max(0, Integer.numberOfLeadingZeros(n) - Integer.numberOfLeadingZeros(sum));
        return n << k < sum ? k + 1 : k;
    }

    private int regular(int signedContext, int predicted) {
        int sign = signedContext >> 31 | 1;
        int q = 4 * sign * signedContext;
        int[] x = contexts;
        int a = x[q + A];
        int b = x[q + B];
        int c = x[q + C];
        int n = x[q + N];
        int px = Math.min(maxval, Math.max(0, predicted + sign * c));
        int k = golombParameter(n, a);
        int mapped = bits.golomb(k, limit - plainBits - 1, plainBits);
        int error = mapped >>> 1 ^ -(mapped & 1);
        if (k == 0 && near == 0 && 2 * b <= -n) {
            error = ~error;
        }
        b += error * step;
        a += Math.abs(error);
        if (n == reset) {
            a >>= 1;
            b >>= 1;
            n >>= 1;
        }
        n++;
        if (b <= -n) {
            b = Math.max(b + n, 1 - n);
            c = Math.max(-128, c - 1);
        } else if (b > 0) {
            b = Math.min(b - n, 0);
            c = Math.min(127, c + 1);
        }
        x[q + A] = a;
        x[q + B] = b;
        x[q + C] = c;
        x[q + N] = n;
        return rebuilt(px, sign * error);
    }

    /** Adds an error to a prediction, modulo the range (A.4.5, A.8). */
    private int rebuilt(int predicted, int error) {
        int value = predicted + error * step;
        if (value < -near) {
            value += range * step;
        } else if (value > maxval + near) {
            value -= range * step;
        }
        return Math.min(maxval, Math.max(0, value));
    }

    /** Returns the length of a run in the low half and the run index after it in the high one. */
    private long runLength(int left, int runIndex) {
        int run = runIndex;
        int length = 0;
        while (bits.bit()) {
            int part = 1 << J[run];
            if (part > left - length) {
                return (long) run << 32 | left;
            }
            length += part;
            run = Math.min(31, run + 1);
            if (length == left) {
                return (long) run << 32 | length;
            }
        }
        length += bits.read(J[run]);
        if (length >= left) {
            throw new DataException("JPEG-LS: a run is longer than its line.");
        }
        return (long) run << 32 | length;
    }

    private int interrupted(int ra, int rb, int runBits) {
        if (Math.abs(ra - rb) <= near) {
            return rebuilt(ra, runError(1, runBits));
        }
        return rebuilt(rb, runError(0, runBits) * (rb < ra ? -1 : 1));
    }

    /** Decodes the error of the sample that ends a run (A.7.2); B of its context counts Nn. */
    private int runError(int type, int runBits) {
        int[] x = contexts;
        int q = RUN + 4 * type;
        int n = x[q + N];
        int sum = x[q + A] + (type == 1 ? n >> 1 : 0);
        int k = golombParameter(n, sum);
        int mapped = bits.golomb(k, limit - runBits - 1 - plainBits - 1, plainBits);
        int odd = mapped + type & 1;
        int size = (mapped + type + odd) / 2;
        boolean negative = size != 0 && (k != 0 || 2 * x[q + B] >= n) == (odd == 1);
        if (negative) {
            x[q + B]++;
        }
        x[q + A] += mapped + 1 - type >> 1;
        if (n == reset) {
            x[q + A] >>= 1;
            x[q + B] >>= 1;
            n >>= 1;
        }
        x[q + N] = n + 1;
        return negative ? -size : size;
    }
}
