package org.diapason.math;

/**
 * Random numbers that are the same on every JDK: SplitMix64 (Steele, Lea and Flood 2014, OOPSLA,
 * doi:10.1145/2660193.2660195) and the polar method for normal deviates.
 *
 * <p>Not thread-safe: every task makes its own from a seed.
 */
public final class Rng {
    private long state;
    private double spare;
    private boolean hasSpare;

    public Rng(long seed) {
        state = seed;
    }

    /** Returns a seed that depends on {@code seed} and on the text, for named streams. */
    public static long seed(long seed, String name) {
        long hash = seed;
        for (int c = 0; c < name.length(); c++) {
            hash = mix(hash * 31 + name.charAt(c) + 0x9e3779b97f4a7c15L);
        }
        return mix(hash + name.length());
    }

    public long nextLong() {
        state += 0x9e3779b97f4a7c15L;
        return mix(state);
    }

    /** Returns a number in [0, 1) with 53 random bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Returns a whole number in [0, bound) without bias. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        long limit = (1L << 32) / bound * bound;
        long draw;
        do {
            draw = nextLong() >>> 32;
        } while (draw >= limit);
        return (int) (draw % bound);
    }

    /** Returns a standard normal deviate. */
    public double nextGaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * scale;
        hasSpare = true;
        return u * scale;
    }

    /** Shuffles the array in place (Fisher-Yates). */
    public void shuffle(int[] values) {
        for (int n = values.length - 1; n > 0; n--) {
            int m = nextInt(n + 1);
            int swap = values[n];
            values[n] = values[m];
            values[m] = swap;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
