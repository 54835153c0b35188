package org.diapason.gate;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * How common the disease is where nobody has labelled it yet, if that is all that changed.
 *
 * <p>The prevalence π is where the mean of the adjusted posteriors is π itself, which the EM of
 * Saerens, Latinne and Decaestecker 2002 (Neural Computation 14(1):21–41,
 * doi:10.1162/089976602753284446) climbs to; its likelihood is concave, and the place is found by
 * bisection. The prior of the source is the mean predicted probability there (Alexandari, Kundaje
 * and Shrikumar 2020, ICML, PMLR 119:222–232). Probabilities must be calibrated on the source.
 *
 * <p>That it is label shift is tested, not assumed: then the scores of the target are those of the
 * source's two classes, mixed by π. The largest distance between the two distribution functions is
 * compared with what it is in draws where that is true (both classes of the source, and a target
 * mixed from them by π, drawn anew; π estimated anew in each). Scores that all moved a little look
 * much like another prevalence, so a test that does not reject is no proof. The interval of π comes
 * from drawing source and target rows with replacement.
 *
 * @param source mean predicted probability of the source
 * @param target prevalence of the target
 * @param distance largest distance of the distribution functions, 0 … 1
 * @param p how often it is that large under label shift; below 0.05 something else changed
 */
public record LabelShift(double source, Estimate target, double distance, double p) {
    private static final double LEVEL = 0.05;
    private static final int STEPS = 100;

    /**
     * Estimates the prevalence of a target; arrays are not modified.
     *
     * @param sourceP calibrated probabilities of the source
     * @param event outcomes of the source
     * @param targetP probabilities of the target, by the same model
     * @param draws of the bootstrap, at least 100
     */
    public static LabelShift of(
            double[] sourceP, boolean[] event, double[] targetP, int draws, long seed) {
        if (targetP.length < 2 || draws < 100) {
            throw new IllegalArgumentException(
                    "label shift needs 2 rows of the target and 100 draws, got "
                            + targetP.length
                            + " and "
                            + draws);
        }
        double[] yes = of(sourceP, event, true);
        double[] no = of(sourceP, event, false);
        if (yes.length < 2 || no.length < 2) {
            throw new IllegalArgumentException(
                    "label shift needs 2 rows of each outcome in the source, got "
                            + yes.length
                            + " and "
                            + no.length);
        }
        double prior = mean(sourceP);
        double found = prevalence(targetP, prior);
        double distance = distance(yes, no, targetP, found);
        double[] drawn = new double[draws];
        int[] asFar = new int[draws];
        Parallel.forEach(
                draws,
                d -> {
                    Rng rng = new Rng(Rng.seed(seed, "draw " + d));
                    double[] rows = resample(sourceP, rng, sourceP.length);
                    drawn[d] = prevalence(resample(targetP, rng, targetP.length), mean(rows));
                    double[] y = resample(yes, rng, yes.length);
                    double[] n = resample(no, rng, no.length);
                    double[] t = new double[targetP.length];
                    for (int r = 0; r < t.length; r++) {
                        double[] from = rng.nextDouble() < found ? yes : no;
                        t[r] = from[rng.nextInt(from.length)];
                    }
                    double own = prevalence(t, (sum(y) + sum(n)) / (y.length + n.length));
                    asFar[d] = distance(y, n, t, own) >= distance ? 1 : 0;
                });
        return new LabelShift(
                prior,
                Estimate.ofDraws(found, drawn),
                distance,
                (1.0 + Arrays.stream(asFar).sum()) / (1 + draws));
    }

    /**
     * Returns the prevalence that probabilities speak for, given that of the sample on which they
     * are calibrated; 0 or 1 where even that is not extreme enough.
     */
    public static double prevalence(double[] p, double source) {
        if (!(source > 0 && source < 1)) {
            throw new IllegalArgumentException(
                    "the prevalence of the source must lie between 0 and 1, got " + source);
        }
        if (slope(p, source, 0) <= 0) {
            return 0;
        }
        if (slope(p, source, 1) >= 0) {
            return 1;
        }
        double low = 0;
        double high = 1;
        for (int step = 0; step < STEPS && high - low > 1e-16; step++) {
            double middle = (low + high) / 2;
            if (slope(p, source, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Returns the derivative of the log likelihood of a prevalence. */
    private static double slope(double[] p, double source, double prevalence) {
        double sum = 0;
        for (double v : p) {
            double yes = v / source;
            double no = (1 - v) / (1 - source);
            sum += (yes - no) / (prevalence * yes + (1 - prevalence) * no);
        }
        return sum;
    }

    /** Returns a probability for another prevalence: its odds times the ratio of the two odds. */
    public static double adjust(double p, double from, double to) {
        double yes = p * to / from;
        double no = (1 - p) * (1 - to) / (1 - from);
        return yes + no > 0 ? yes / (yes + no) : p;
    }

    /** Says whether the scores of the target are such as label shift makes them. */
    public boolean holds() {
        return p >= LEVEL;
    }

    /**
     * Returns a probability of the target, for its prevalence.
     *
     * @throws RefusedException if something else than the prevalence changed
     */
    public double adjust(double probability) {
        if (!holds()) {
            throw new RefusedException(
                    "the scores of the target are no mixture of the source's two classes (distance "
                            + Numbers.fixed(distance, 3)
                            + ", p = "
                            + Numbers.fixed(p, 3)
                            + "): more than the prevalence changed, and adjusting for it would be"
                            + " wrong. Label some rows of the target.");
        }
        return adjust(probability, source, target.value());
    }

    private static double[] of(double[] p, boolean[] event, boolean which) {
        double[] own = new double[p.length];
        int n = 0;
        for (int r = 0; r < p.length; r++) {
            if (!(p[r] >= 0 && p[r] <= 1)) {
                throw new IllegalArgumentException("a probability must be 0 … 1, got " + p[r]);
            }
            if (event[r] == which) {
                own[n++] = p[r];
            }
        }
        return Arrays.copyOf(own, n);
    }

    private static double[] resample(double[] values, Rng rng, int many) {
        double[] drawn = new double[many];
        for (int r = 0; r < many; r++) {
            drawn[r] = values[rng.nextInt(values.length)];
        }
        return drawn;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum;
    }

    private static double mean(double[] values) {
        return sum(values) / values.length;
    }

    /** Returns the largest |F_target − π F_yes − (1 − π) F_no|. */
    private static double distance(double[] yes, double[] no, double[] target, double share) {
        double[][] sorted = {yes.clone(), no.clone(), target.clone()};
        for (double[] s : sorted) {
            Arrays.sort(s);
        }
        int[] at = new int[3];
        double most = 0;
        while (at[2] < target.length || at[0] < yes.length || at[1] < no.length) {
            double next = Double.POSITIVE_INFINITY;
            for (int s = 0; s < 3; s++) {
                next = at[s] < sorted[s].length ? Math.min(next, sorted[s][at[s]]) : next;
            }
            for (int s = 0; s < 3; s++) {
                while (at[s] < sorted[s].length && sorted[s][at[s]] <= next) {
                    at[s]++;
                }
            }
            double mixed = share * at[0] / yes.length + (1 - share) * at[1] / (double) no.length;
            most = Math.max(most, Math.abs((double) at[2] / target.length - mixed));
        }
        return most;
    }
}
