package org.diapason.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.diapason.volume.Numbers;

/**
 * Finds the smooth field that multiplies an image, by N4: sharpen the histogram of the logarithms,
 * approximate what that moved by B-splines, add it to the field, and again; then with finer
 * elements.
 *
 * <p>One round: u = log image − field; E = what a value of u is expected to be when its histogram
 * is sharpened ({@link HistogramSharpening}, bins over the range of u, each value shared by its two
 * nearest); field += B-spline approximation of u − E(u). The change of a round is the coefficient
 * of variation of exp(old − new field) over the samples. A level ends when its change is at most
 * the tolerance; when it is at most 5 tolerances and the least and greatest of 20 rounds are within
 * 5 % of those of the 20 before; or after the most rounds. Each level halves the elements.
 *
 * <p>The bits depend neither on the number of threads nor on the JDK.
 *
 * <p>Method: Tustison et al. 2010, IEEE Trans. Med. Imaging 29(6):1310–1320,
 * doi:10.1109/TMI.2010.2046908, section II.
 */
public final class BiasFit {
    /** Rounds that are compared with as many before them. */
    private static final int PATIENCE = 20;

    /** What the least or greatest change must move by in so many rounds to be under way. */
    private static final double UNDER_WAY = 0.05;

    /** A change beyond so many tolerances is no rest: fields often start slowly and speed up. */
    public static final double NEAR = 5;

    private final Settings settings;
    private final BsplineField.Samples samples;
    private final float[] logs;
    private final float[] weights;
    private final int ni;
    private final int nj;
    private final int nk;

    /** The field at the samples. */
    private final float[] now;

    private BiasFit(
            Settings settings, BsplineField.Samples samples, float[] logs, float[] weights) {
        this.settings = settings;
        this.samples = samples;
        this.logs = logs;
        this.weights = weights;
        ni = samples.size(0);
        nj = samples.size(1);
        nk = samples.size(2);
        now = new float[logs.length];
    }

    /**
     * How to fit.
     *
     * @param levels how many lattices, each of half the elements' length of the one before
     * @param elements elements of the first lattice along i, j, k; 0 on an axis of one sample
     * @param bins bins of the histogram
     * @param fwhm full width at half maximum of the Gaussian, in natural logarithms
     * @param noise the Wiener filter's constant
     * @param rounds the most rounds of a level
     * @param tolerance the change at which a level ends
     */
    public record Settings(
            int levels,
            List<Integer> elements,
            int bins,
            double fwhm,
            double noise,
            int rounds,
            double tolerance) {}

    /**
     * What was found.
     *
     * @param field the logarithm of the field, on the finest lattice
     * @param rounds how many rounds each level took
     * @param change the change of the last round
     * @param variation standard deviation of the logarithm of the field over the samples
     * @param before {@link HistogramWidth} of the logarithms of the image
     * @param after the width of those less the field
     * @param width the width of the logarithm of the field itself
     */
    public record Result(
            BsplineField field,
            Numbers rounds,
            double change,
            double variation,
            double before,
            double after,
            double width) {

        /**
         * Returns {@code (before² − after²) / width²}: at least 1 for a field that is independent
         * of what it multiplies.
         */
        public double narrowing() {
            return (before * before - after * after) / (width * width);
        }
    }

    /**
     * Returns the logarithm of the field.
     *
     * @param samples where the samples lie in the box of the field
     * @param logs logarithms of the image there; read only where the weight is not 0
     * @param weights how much each sample counts, 0 or more
     */
    public static Result of(
            Settings settings, BsplineField.Samples samples, float[] logs, float[] weights) {
        return new BiasFit(settings, samples, logs, weights).run();
    }

    private Result run() {
        double[] rounds = new double[settings.levels];
        double change = Double.POSITIVE_INFINITY;
        List<Integer> e = settings.elements;
        BsplineField field = BsplineField.zero(e.get(0), e.get(1), e.get(2));
        for (int level = 0; level < settings.levels; level++) {
            if (level > 0) {
                field = field.refined();
            }
            BsplineField.Fitter fitter =
                    new BsplineField.Fitter(
                            samples,
                            field.elements(0),
                            field.elements(1),
                            field.elements(2),
                            this::weights);
            List<Double> changed = new ArrayList<>();
            change = Double.POSITIVE_INFINITY;
            while (changed.size() < settings.rounds
                    && change > settings.tolerance
                    && !stalled(changed)) {
                field = field.plus(residual(fitter));
                change = replace(fitter, field);
                changed.add(change);
            }
            rounds[level] = changed.size();
        }
        return new Result(
                field,
                Numbers.of(rounds),
                change,
                variation(),
                HistogramWidth.of(v -> logs[v], weights),
                HistogramWidth.of(v -> (double) logs[v] - now[v], weights),
                HistogramWidth.of(v -> now[v], weights));
    }

    /** Says whether changes neither fall nor rise any more; at first they may rise. */
    private boolean stalled(List<Double> changed) {
        int n = changed.size();
        if (n < 2 * PATIENCE || changed.get(n - 1) > NEAR * settings.tolerance) {
            return false;
        }
        List<Double> before = changed.subList(n - 2 * PATIENCE, n - PATIENCE);
        List<Double> last = changed.subList(n - PATIENCE, n);
        return Collections.min(last) > (1 - UNDER_WAY) * Collections.min(before)
                && Collections.max(last) < (1 + UNDER_WAY) * Collections.max(before);
    }

    private void weights(int j, int k, double[] row) {
        int at = (k * nj + j) * ni;
        for (int i = 0; i < ni; i++) {
            row[i] = weights[at + i];
        }
    }

    /** Returns the approximation of what sharpening the histogram moves. */
    private BsplineField residual(BsplineField.Fitter fitter) {
        double[] range = range();
        double width = (range[1] - range[0]) / (settings.bins - 1);
        if (!(width > 0)) {
            return fitter.fit((j, k, row) -> Arrays.fill(row, 0));
        }
        double[] expected =
                HistogramSharpening.expected(
                        histogram(range[0], width), range[0], width, settings.fwhm, settings.noise);
        return fitter.fit(
                (j, k, row) -> {
                    int at = (k * nj + j) * ni;
                    for (int i = 0; i < ni; i++) {
                        double w = weights[at + i];
                        row[i] = 0;
                        if (w > 0) {
                            double u = (double) logs[at + i] - now[at + i];
                            row[i] = w * (u - between(expected, (u - range[0]) / width));
                        }
                    }
                });
    }

    private static double between(double[] expected, double bin) {
        int below = Math.min(expected.length - 2, (int) bin);
        return expected[below] + (bin - below) * (expected[below + 1] - expected[below]);
    }

    private double[] range() {
        double[][] ranges = new double[nk][];
        Parallel.forEach(nk, k -> ranges[k] = range(k * ni * nj, (k + 1) * ni * nj));
        double[] all = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] r : ranges) {
            all[0] = Math.min(all[0], r[0]);
            all[1] = Math.max(all[1], r[1]);
        }
        return all;
    }

    private double[] range(int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int v = from; v < to; v++) {
            if (weights[v] > 0) {
                double u = (double) logs[v] - now[v];
                least = Math.min(least, u);
                most = Math.max(most, u);
            }
        }
        return new double[] {least, most};
    }

    private double[] histogram(double least, double width) {
        double[][] parts = new double[nk][settings.bins];
        Parallel.forEach(nk, k -> count(k * ni * nj, (k + 1) * ni * nj, least, width, parts[k]));
        double[] sum = new double[settings.bins];
        for (double[] part : parts) {
            for (int n = 0; n < sum.length; n++) {
                sum[n] += part[n];
            }
        }
        return sum;
    }

    private void count(int from, int to, double least, double width, double[] bins) {
        for (int v = from; v < to; v++) {
            double w = weights[v];
            if (w > 0) {
                double bin = ((double) logs[v] - now[v] - least) / width;
                int below = Math.min(bins.length - 2, (int) bin);
                bins[below] += w * (below + 1 - bin);
                bins[below + 1] += w * (bin - below);
            }
        }
    }

    private double variation() {
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int v = 0; v < now.length; v++) {
            n += weights[v];
            sum += (double) weights[v] * now[v];
            squares += (double) weights[v] * now[v] * now[v];
        }
        return Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
    }

    /** Takes the new field and returns the coefficient of variation of exp(old − new). */
    private double replace(BsplineField.Fitter fitter, BsplineField field) {
        double[][] sums = new double[nk][3];
        fitter.evaluate(
                field,
                (j, k, row) -> {
                    int at = (k * nj + j) * ni;
                    for (int i = 0; i < ni; i++) {
                        float old = now[at + i];
                        now[at + i] = (float) row[i];
                        row[i] = (double) old - now[at + i];
                    }
                    SmallExp.row(row);
                    add(row, at, sums[k]);
                });
        double n = 0;
        double first = 0;
        double second = 0;
        for (double[] sum : sums) {
            n += sum[0];
            first += sum[1];
            second += sum[2];
        }
        double mean = first / n;
        return Math.sqrt(Math.max(0, second / n - mean * mean)) / (1 + mean);
    }

    /** Sums weights, ratios less 1 and their squares: less 1, so that no digits are lost. */
    private void add(double[] ratio, int at, double[] sum) {
        for (int i = 0; i < ratio.length; i++) {
            double w = weights[at + i];
            double x = ratio[i] - 1;
            sum[0] += w;
            sum[1] += w * x;
            sum[2] += w * x * x;
        }
    }
}
