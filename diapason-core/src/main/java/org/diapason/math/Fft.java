package org.diapason.math;

/**
 * Discrete Fourier transforms of lines and boxes of any size.
 *
 * <p>Forward: {@code X(u) = Σ x(t) exp(−2πi Σ_a t_a u_a/n_a)}; inverse: the other sign, divided by
 * the number of samples. Boxes have i fastest. Real data keep the half spectrum {@code u_i = 0 …
 * ni/2}, so its rows are {@link #half half(ni)} long; the rest is {@code X(−u) = conj X(u)}. Float
 * data are transformed axis by axis in double and stored as float. Boxes work on all threads of
 * {@link Parallel}; the bits depend neither on their number nor on the JDK.
 */
public final class Fft {
    /** Lines worked on side by side: two cache lines of float. */
    private static final int LINES = 32;

    private final int ni;
    private final int nj;
    private final int nk;

    private Fft(int ni, int nj, int nk) {
        this.ni = ni;
        this.nj = nj;
        this.nk = nk;
    }

    /** Runs of an array, read into and written from samples that stand {@code step} apart. */
    private interface Data {
        void read(int at, int count, double[] to, int toAt, int step);

        void write(int at, int count, double[] from, int fromAt, int step);

        static Data of(double[] array) {
            return new Data() {
                @Override
                public void read(int at, int count, double[] to, int toAt, int step) {
                    for (int x = 0; x < count; x++) {
                        to[toAt + x * step] = array[at + x];
                    }
                }

                @Override
                public void write(int at, int count, double[] from, int fromAt, int step) {
                    for (int x = 0; x < count; x++) {
                        array[at + x] = from[fromAt + x * step];
                    }
                }
            };
        }

        static Data of(float[] array) {
            return new Data() {
                @Override
                public void read(int at, int count, double[] to, int toAt, int step) {
                    for (int x = 0; x < count; x++) {
                        to[toAt + x * step] = array[at + x];
                    }
                }

                @Override
                public void write(int at, int count, double[] from, int fromAt, int step) {
                    for (int x = 0; x < count; x++) {
                        array[at + x] = (float) from[fromAt + x * step];
                    }
                }
            };
        }
    }

    /** Returns the smallest length of factors 2, 3 and 5 that is at least n. */
    public static int fastLength(int n) {
        for (int length = Math.max(1, n); ; length++) {
            int rest = length;
            for (int p : new int[] {2, 3, 5}) {
                while (rest % p == 0) {
                    rest /= p;
                }
            }
            if (rest == 1) {
                return length;
            }
        }
    }

    /** Returns the length of a row of the half spectrum of rows of n real samples. */
    public static int half(int n) {
        return n / 2 + 1;
    }

    /** Transforms one complex line in place. */
    public static void forward(double[] re, double[] im) {
        line(re, im, true);
    }

    /** Transforms one complex line back in place. */
    public static void inverse(double[] re, double[] im) {
        line(re, im, false);
    }

    /** Transforms a complex box in place. */
    public static void forward(double[] re, double[] im, int ni, int nj, int nk) {
        new Fft(ni, nj, nk).box(Data.of(re), Data.of(im), true);
    }

    /** Transforms a complex box back in place. */
    public static void inverse(double[] re, double[] im, int ni, int nj, int nk) {
        new Fft(ni, nj, nk).box(Data.of(re), Data.of(im), false);
    }

    /** Transforms a complex box in place. */
    public static void forward(float[] re, float[] im, int ni, int nj, int nk) {
        new Fft(ni, nj, nk).box(Data.of(re), Data.of(im), true);
    }

    /** Transforms a complex box back in place. */
    public static void inverse(float[] re, float[] im, int ni, int nj, int nk) {
        new Fft(ni, nj, nk).box(Data.of(re), Data.of(im), false);
    }

    /**
     * Transforms a real box of ni × nj × nk, which is not modified, into its half spectrum of
     * half(ni) × nj × nk.
     */
    public static void realForward(
            double[] values, int ni, int nj, int nk, double[] re, double[] im) {
        new Fft(ni, nj, nk).real(Data.of(values), Data.of(re), Data.of(im));
    }

    /** Transforms a half spectrum back into a real box; the spectrum is modified. */
    public static void realInverse(
            double[] re, double[] im, int ni, int nj, int nk, double[] values) {
        new Fft(ni, nj, nk).realBack(Data.of(re), Data.of(im), Data.of(values));
    }

    /**
     * Transforms a real box of ni × nj × nk, which is not modified, into its half spectrum of
     * half(ni) × nj × nk.
     */
    public static void realForward(float[] values, int ni, int nj, int nk, float[] re, float[] im) {
        new Fft(ni, nj, nk).real(Data.of(values), Data.of(re), Data.of(im));
    }

    /** Transforms a half spectrum back into a real box; the spectrum is modified. */
    public static void realInverse(float[] re, float[] im, int ni, int nj, int nk, float[] values) {
        new Fft(ni, nj, nk).realBack(Data.of(re), Data.of(im), Data.of(values));
    }

    private static void line(double[] re, double[] im, boolean forward) {
        FftLines line = new FftLines(re.length, 1);
        System.arraycopy(re, 0, line.re, 0, re.length);
        System.arraycopy(im, 0, line.im, 0, re.length);
        turn(line, forward);
        System.arraycopy(line.re, 0, re, 0, re.length);
        System.arraycopy(line.im, 0, im, 0, re.length);
    }

    private static void turn(FftLines lines, boolean forward) {
        if (forward) {
            lines.forward();
        } else {
            lines.inverse();
        }
    }

    private void box(Data re, Data im, boolean forward) {
        if (ni > 1) {
            rows(re, im, forward);
        }
        across(re, im, ni, forward);
    }

    /** Transforms along i, some rows at a time. */
    private void rows(Data re, Data im, boolean forward) {
        int rows = nj * nk;
        FftLines kind = new FftLines(ni, 1);
        Parallel.forEach(
                (rows + LINES - 1) / LINES,
                block -> {
                    int first = block * LINES;
                    int count = Math.min(LINES, rows - first);
                    FftLines lines = kind.more(count);
                    for (int l = 0; l < count; l++) {
                        re.read((first + l) * ni, ni, lines.re, l, count);
                        im.read((first + l) * ni, ni, lines.im, l, count);
                    }
                    turn(lines, forward);
                    for (int l = 0; l < count; l++) {
                        re.write((first + l) * ni, ni, lines.re, l, count);
                        im.write((first + l) * ni, ni, lines.im, l, count);
                    }
                });
    }

    /** Transforms along j and k a box whose rows are {@code row} long. */
    private void across(Data re, Data im, int row, boolean forward) {
        if (nj > 1) {
            FftLines kind = new FftLines(nj, 1);
            Parallel.forEach(nk, k -> columns(re, im, k * row * nj, row, kind, nj, row, forward));
        }
        if (nk > 1) {
            FftLines kind = new FftLines(nk, 1);
            Parallel.forEach(nj, j -> columns(re, im, j * row, row, kind, nk, row * nj, forward));
        }
    }

    /** Transforms {@code row} columns of n samples that stand {@code stride} apart. */
    private static void columns(
            Data re, Data im, int at, int row, FftLines kind, int n, int stride, boolean forward) {
        FftLines lines = null;
        for (int first = 0; first < row; first += LINES) {
            int count = Math.min(LINES, row - first);
            if (lines == null || count < LINES) {
                lines = kind.more(count);
            }
            for (int x = 0; x < n; x++) {
                re.read(at + first + x * stride, count, lines.re, x * count, 1);
                im.read(at + first + x * stride, count, lines.im, x * count, 1);
            }
            turn(lines, forward);
            for (int x = 0; x < n; x++) {
                re.write(at + first + x * stride, count, lines.re, x * count, 1);
                im.write(at + first + x * stride, count, lines.im, x * count, 1);
            }
        }
    }

    /** Two real rows are one complex row: its even part is the first, its odd part the second. */
    private void real(Data values, Data re, Data im) {
        int half = half(ni);
        int rows = nj * nk;
        FftLines kind = new FftLines(ni, 1);
        Parallel.forEach(
                (rows + 2 * LINES - 1) / (2 * LINES),
                block -> {
                    int first = block * 2 * LINES;
                    int count = Math.min(2 * LINES, rows - first);
                    int pairs = (count + 1) / 2;
                    FftLines lines = kind.more(pairs);
                    for (int l = 0; l < count; l++) {
                        double[] part = l < pairs ? lines.re : lines.im;
                        values.read((first + l) * ni, ni, part, l % pairs, pairs);
                    }
                    lines.forward();
                    double[] a = new double[half];
                    double[] b = new double[half];
                    for (int l = 0; l < count; l++) {
                        lines.real(l % pairs, l >= pairs, 0, a, b);
                        re.write((first + l) * half, half, a, 0, 1);
                        im.write((first + l) * half, half, b, 0, 1);
                    }
                });
        across(re, im, half, true);
    }

    private void realBack(Data re, Data im, Data values) {
        int half = half(ni);
        int rows = nj * nk;
        across(re, im, half, false);
        FftLines kind = new FftLines(ni, 1);
        Parallel.forEach(
                (rows + LINES - 1) / LINES,
                block -> {
                    int first = block * LINES;
                    int count = Math.min(LINES, rows - first);
                    FftLines lines = kind.more(count);
                    for (int l = 0; l < count; l++) {
                        re.read((first + l) * half, half, lines.re, l, count);
                        im.read((first + l) * half, half, lines.im, l, count);
                    }
                    for (int u = half; u < ni; u++) {
                        for (int l = 0; l < count; l++) {
                            lines.re[u * count + l] = lines.re[(ni - u) * count + l];
                            lines.im[u * count + l] = -lines.im[(ni - u) * count + l];
                        }
                    }
                    lines.inverse();
                    for (int l = 0; l < count; l++) {
                        values.write((first + l) * ni, ni, lines.re, l, count);
                    }
                });
    }
}
