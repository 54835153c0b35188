package org.diapason.math;

import java.util.Arrays;

/**
 * Discrete Fourier transforms of many lines of one length, worked on side by side.
 *
 * <p>Sample x of line l stands at {@code x · lines + l} of {@link #re} and {@link #im}, which the
 * caller fills and reads. Forward: {@code X(u) = Σ x(t) exp(−2πi·tu/n)}; inverse: the same with the
 * other sign, divided by n. Any length: Stockham's passes of radix 4 and of any prime to 59, and
 * for lengths with a larger prime the chirp transform of Bluestein 1970 (IEEE Trans. Audio
 * Electroacoust. 18(4):451–455, doi:10.1109/TAU.1970.1162132). Each line is computed alone in a
 * fixed order, so its bits depend neither on its neighbours nor on the JDK. Not for several threads
 * at once.
 */
public final class FftLines {
    /** Above it the chirp transform is faster: equal at 61, four times slower at 19. */
    private static final int LARGEST_RADIX = 59;

    /** Real parts, sample by sample. */
    public final double[] re;

    /** Imaginary parts, sample by sample. */
    public final double[] im;

    private final int n;
    private final int lines;
    private final int[] radices;
    private final double[] cos;
    private final double[] sin;
    private final double[] workRe;
    private final double[] workIm;
    private final FftLines chirp;
    private final FftLines filter;

    /**
     * @param n samples per line; positive
     * @param lines how many lines; positive
     */
    public FftLines(int n, int lines) {
        this(n, lines, null);
    }

    private FftLines(int n, int lines, FftLines like) {
        this.n = n;
        this.lines = lines;
        re = new double[Math.multiplyExact(n, lines)];
        im = new double[n * lines];
        radices = like == null ? radices(n) : like.radices;
        boolean prime = radices == null;
        cos = like == null ? turn(prime ? 2 * n : n, false) : like.cos;
        sin = like == null ? turn(prime ? 2 * n : n, true) : like.sin;
        workRe = prime ? null : new double[n * lines];
        workIm = prime ? null : new double[n * lines];
        int room = prime ? Fft.fastLength(2 * n - 1) : 0;
        chirp = prime ? new FftLines(room, lines, like == null ? null : like.chirp) : null;
        filter = !prime ? null : like == null ? chirpFilter() : like.filter;
    }

    /** Returns other lines of the same length, all 0, without computing the tables again. */
    public FftLines more(int count) {
        return new FftLines(n, count, this);
    }

    private static double[] turn(int parts, boolean sine) {
        double[] table = new double[parts];
        for (int t = 0; t < parts; t++) {
            double angle = 2 * Math.PI * (2 * t > parts ? t - parts : t) / parts;
            table[t] = sine ? StrictMath.sin(angle) : StrictMath.cos(angle);
        }
        return table;
    }

    /** Transforms all lines, in place. */
    public void forward() {
        transform(re, im);
    }

    /** Transforms all lines back, in place; undoes {@link #forward()}. */
    public void inverse() {
        transform(im, re);
        double scale = 1.0 / n;
        for (int x = 0; x < re.length; x++) {
            re[x] *= scale;
            im[x] *= scale;
        }
    }

    /**
     * Writes the half spectrum, from {@code first} on as far as the arrays reach, of one of the two
     * real lines that were transformed as the real ({@code second} false) and imaginary parts of
     * line l.
     */
    public void real(int l, boolean second, int first, double[] toRe, double[] toIm) {
        for (int u = first; u < first + toRe.length; u++) {
            int plus = u * lines + l;
            int minus = (n - u) % n * lines + l;
            double evenRe = (re[plus] + re[minus]) / 2;
            double evenIm = (im[plus] - im[minus]) / 2;
            double oddRe = (im[plus] + im[minus]) / 2;
            double oddIm = (re[minus] - re[plus]) / 2;
            toRe[u - first] = second ? oddRe : evenRe;
            toIm[u - first] = second ? oddIm : evenIm;
        }
    }

    private void transform(double[] a, double[] b) {
        if (radices == null) {
            bluestein(a, b);
            return;
        }
        double[] fromRe = a;
        double[] fromIm = b;
        double[] toRe = workRe;
        double[] toIm = workIm;
        int length = n;
        int run = lines;
        for (int radix : radices) {
            FftPass.of(radix, length, run, fromRe, fromIm, toRe, toIm, cos, sin);
            length /= radix;
            run *= radix;
            double[] swapRe = fromRe;
            double[] swapIm = fromIm;
            fromRe = toRe;
            fromIm = toIm;
            toRe = swapRe;
            toIm = swapIm;
        }
        if (fromRe != a) {
            System.arraycopy(fromRe, 0, a, 0, a.length);
            System.arraycopy(fromIm, 0, b, 0, b.length);
        }
    }

    /** X(u) = c(u) Σ [x(t) c(t)] conj c(u − t) with c(t) = exp(−πi·t²/n): a convolution. */
    private void bluestein(double[] a, double[] b) {
        Arrays.fill(chirp.re, 0);
        Arrays.fill(chirp.im, 0);
        turn(a, b, chirp.re, chirp.im);
        chirp.forward();
        for (int x = 0; x < chirp.n; x++) {
            double fr = filter.re[x];
            double fi = filter.im[x];
            for (int q = x * lines; q < (x + 1) * lines; q++) {
                double r = chirp.re[q];
                double i = chirp.im[q];
                chirp.re[q] = r * fr - i * fi;
                chirp.im[q] = r * fi + i * fr;
            }
        }
        chirp.inverse();
        turn(chirp.re, chirp.im, a, b);
    }

    private void turn(double[] fromRe, double[] fromIm, double[] toRe, double[] toIm) {
        for (int t = 0; t < n; t++) {
            int square = (int) ((long) t * t % (2 * n));
            double c = cos[square];
            double s = sin[square];
            for (int q = t * lines; q < (t + 1) * lines; q++) {
                double r = fromRe[q];
                double i = fromIm[q];
                toRe[q] = r * c + i * s;
                toIm[q] = i * c - r * s;
            }
        }
    }

    private FftLines chirpFilter() {
        FftLines f = new FftLines(chirp.n, 1);
        for (int t = 0; t < n; t++) {
            int square = (int) ((long) t * t % (2 * n));
            int back = (f.n - t) % f.n;
            f.re[t] = cos[square];
            f.im[t] = sin[square];
            f.re[back] = cos[square];
            f.im[back] = sin[square];
        }
        f.forward();
        return f;
    }

    /** Returns the radices whose product is n, or null when a prime factor is too large. */
    private static int[] radices(int n) {
        int[] found = new int[32];
        int count = 0;
        int rest = n;
        while (rest % 4 == 0) {
            found[count++] = 4;
            rest /= 4;
        }
        for (int radix = 2; radix <= LARGEST_RADIX; radix++) {
            while (rest % radix == 0) {
                found[count++] = radix;
                rest /= radix;
            }
        }
        return rest == 1 ? Arrays.copyOf(found, count) : null;
    }
}
