package org.diapason.pansharpening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.math.Covariance;
import org.diapason.stats.Cholesky;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * The component that is substituted: {@code I = c + Σ w_k M_k}, and the sharp image {@code P' = s P
 * + o} on its scale.
 *
 * @param intensity I
 * @param moments of the bands, then of I
 */
record Substitution(float[] intensity, double scale, double offset, Covariance moments) {

    /**
     * @throws RefusedException if there is a single band, or no contrast to match
     */
    static Substitution of(Scene scene, Scaling by, String rule) {
        int many = scene.bands().size();
        if (many < 2) {
            throw new RefusedException(
                    rule
                            + " of a single band is the sharp image: the band is its own intensity,"
                            + " so that it takes itself away and nothing of it is left. Take mtf-glp,"
                            + " atwt or hpf, or give more bands.");
        }
        float[] low = scene.way().lowPass(scene.sharp());
        Covariance c = scene.momentsWith(low);
        if (Scene.flat(c, many)) {
            throw new RefusedException(
                    "the sharp image has no contrast at the resolution of the bands, and "
                            + rule
                            + " would leave nothing but it. Check the sharp image and --within.");
        }
        return by == Scaling.FITTED ? fitted(scene, c) : mean(scene, low, by);
    }

    private static Substitution mean(Scene scene, float[] low, Scaling by) {
        int many = scene.bands().size();
        double[] w = new double[many];
        Arrays.fill(w, 1.0 / many);
        float[] intensity = sum(scene.bands(), w, 0);
        Covariance both = scene.moments(List.of(low, intensity));
        double slope = both.sd(1) / both.sd(0);
        if (by == Scaling.SIGNED && both.of(0, 1) < 0) {
            slope = -slope;
        }
        double offset = both.mean(1) - slope * both.mean(0);
        return new Substitution(intensity, slope, offset, scene.momentsWith(intensity));
    }

    /** Least squares of P_low by the bands and a constant. */
    private static Substitution fitted(Scene scene, Covariance c) {
        int many = scene.bands().size();
        double[] cross = new double[many * many];
        double[] squares = new double[many];
        double[] w = new double[many];
        for (int p = 0; p < many; p++) {
            w[p] = c.of(p, many);
            squares[p] = c.of(p, p);
            for (int q = 0; q < many; q++) {
                cross[many * p + q] = c.of(p, q);
            }
        }
        Cholesky factor = Cholesky.of(cross, squares);
        if (!factor.full()) {
            throw new RefusedException(
                    "one of the bands is a sum of others, so that weights cannot be fitted. Leave it"
                            + " out, or take scaling: signed.");
        }
        factor.solve(w);
        double constant = c.mean(many);
        for (int p = 0; p < many; p++) {
            constant -= w[p] * c.mean(p);
        }
        float[] intensity = sum(scene.bands(), w, constant);
        return new Substitution(intensity, 1, 0, scene.momentsWith(intensity));
    }

    private static float[] sum(List<float[]> bands, double[] w, double constant) {
        float[] out = new float[bands.get(0).length];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        double sum = constant;
                        for (int m = 0; m < w.length; m++) {
                            sum += w[m] * bands.get(m)[v];
                        }
                        out[v] = (float) sum;
                    }
                });
        return out;
    }

    /** Returns {@code F = M + g (P' − I)}, with 1 or {@code cov(M, I)/var(I)} as g. */
    List<Injection> added(boolean regressed) {
        List<Injection> all = new ArrayList<>();
        int i = bands();
        for (int m = 0; m < i; m++) {
            double gain = regressed ? moments.of(m, i) / moments.of(i, i) : 1;
            all.add(Injection.added(intensity, gain, scale, offset));
        }
        return all;
    }

    /** Returns {@code F = M P'/I}. */
    List<Injection> multiplied(String rule) {
        double mean = moments.mean(bands());
        if (!(mean > 0)) {
            throw notFromZero(rule, "the intensity of the bands", mean);
        }
        List<Injection> all = new ArrayList<>();
        for (int m = 0; m < bands(); m++) {
            all.add(Injection.multiplied(intensity, 1, 0, scale, offset, mean));
        }
        return all;
    }

    /** Returns what to say of values that a quotient is not for. */
    static RefusedException notFromZero(String rule, String what, double mean) {
        return new RefusedException(
                rule
                        + " takes a quotient, which needs values that count from zero, and the mean of "
                        + what
                        + " is "
                        + Numbers.fixed(mean, 4)
                        + ". Take gram-schmidt, or mtf-glp with gain: regression.");
    }

    private int bands() {
        return moments.size() - 1;
    }
}
