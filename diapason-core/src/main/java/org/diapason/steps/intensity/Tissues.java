package org.diapason.steps.intensity;

import java.util.Optional;
import org.diapason.math.Bins;
import org.diapason.math.FuzzyMeans;
import org.diapason.math.Parallel;
import org.diapason.math.Ranks;
import org.diapason.step.Trace;
import org.diapason.volume.Contrast;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;

/**
 * Cerebrospinal fluid, grey and white matter of a brain: three fuzzy classes of a T1 image.
 *
 * <p>Its finite values in the mask are counted in 4096 bins between their quantiles 0.1 and 99.9 %,
 * those beyond at the ends; classes begin at the quantiles 1/6, 1/2 and 5/6, so the result is the
 * same every time.
 */
final class Tissues {
    private static final int BINS = 4096;
    private static final double TAIL = 0.001;
    private static final double TOLERANCE = 1e-7;
    private static final int MOST_ROUNDS = 1000;

    /** Classes closer than this share of the range are not three. */
    private static final double LEAST_GAP = 0.02;

    private static final int BLOCK = 1 << 18;

    private final Bins bins;
    private final double[][] membership;
    private final float[] t1;
    private final boolean[] inside;

    private Tissues(Bins bins, double[][] membership, float[] t1, boolean[] inside) {
        this.bins = bins;
        this.membership = membership;
        this.t1 = t1;
        this.inside = inside;
    }

    /**
     * Returns the mean of an image in each tissue, {@code Σ u x / Σ u} over the mask.
     *
     * @param t1 name of the T1 image whose classes these are; none if the image itself is T1
     */
    static Numbers means(
            Admission image,
            Exam exam,
            Optional<String> t1,
            String mask,
            String name,
            Trace trace) {
        Admission source = image;
        if (t1.isPresent()) {
            source = Admission.ofWitness(exam, t1.get(), "the search for tissues");
            image.requireGridOf(source);
        }
        requireT1(source, t1.isPresent());
        Tissues tissues = of(source, mask, name, trace);
        Numbers means = tissues.means(image.volume().values());
        if (!Double.isFinite(means.max())) {
            throw image.refused(
                    "a tissue has no voxel with a value in mask " + mask + ". Correct the mask.");
        }
        trace.note(name + ".tissueMeans", means);
        return means;
    }

    private static void requireT1(Admission source, boolean named) {
        Contrast tags = Contrast.of(source.image().tags());
        if (tags != Contrast.UNKNOWN && !tags.t1()) {
            throw source.refused(
                    "its contrast is "
                            + tags.label()
                            + " by its tags, and tissues are found on T1 only. Name "
                            + (named ? "another" : "a T1 image of this exam on the same grid")
                            + " (t1).");
        }
    }

    private static Tissues of(Admission source, String mask, String name, Trace trace) {
        float[] values = source.values(mask);
        source.requireSpread(values, mask);
        Ranks ranks = Ranks.of(values);
        double low = ranks.quantile(TAIL);
        double high = ranks.quantile(1 - TAIL);
        double largest = Math.max(Math.abs(low), Math.abs(high));
        source.requireSpread(high - low, largest, low, "most values", mask, "");
        Bins bins = Bins.of(values, low, high, BINS, true);
        double[] start = {ranks.quantile(1.0 / 6), ranks.quantile(0.5), ranks.quantile(5.0 / 6)};
        FuzzyMeans classes = FuzzyMeans.of(bins, start, TOLERANCE, MOST_ROUNDS);
        Numbers v = classes.centres();
        double gap = Math.min(v.get(1) - v.get(0), v.get(2) - v.get(1)) / (high - low);
        if (!(classes.shift() <= TOLERANCE) || !(gap >= LEAST_GAP)) {
            throw source.refused(
                    "its values in mask "
                            + mask
                            + " do not fall into three classes: after "
                            + classes.rounds()
                            + " rounds they lie at "
                            + Numbers.fixed(v.get(0), 3)
                            + ", "
                            + Numbers.fixed(v.get(1), 3)
                            + " and "
                            + Numbers.fixed(v.get(2), 3)
                            + ". The mask must be the whole brain with its fluid.");
        }
        trace.note(name + ".centres", v);
        trace.note(name + ".rounds", classes.rounds());
        return new Tissues(
                bins, classes.memberships(bins), source.volume().values(), source.inside(mask));
    }

    private Numbers means(float[] image) {
        int blocks = (t1.length + BLOCK - 1) / BLOCK;
        double[][] parts = new double[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    double[] sums = new double[6];
                    int end = (int) Math.min(t1.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        float x = image[v];
                        if (inside[v] && finite(t1[v]) && finite(x)) {
                            int bin = bins.bin(t1[v]);
                            for (int c = 0; c < 3; c++) {
                                sums[c] += membership[c][bin] * x;
                                sums[3 + c] += membership[c][bin];
                            }
                        }
                    }
                    parts[b] = sums;
                });
        double[] sums = new double[6];
        for (double[] part : parts) {
            for (int c = 0; c < 6; c++) {
                sums[c] += part[c];
            }
        }
        return Numbers.of(sums[0] / sums[3], sums[1] / sums[4], sums[2] / sums[5]);
    }

    private static boolean finite(float x) {
        return Math.abs(x) <= Float.MAX_VALUE;
    }
}
