package org.diapason.reconstruction;

import org.diapason.math.Blocks;
import org.diapason.reconstruction.Reconstruction.Course;
import org.diapason.step.Progress;

/**
 * Finds the image of the least {@code L(u) + λ R(u)}, {@code u ≥ lowest}, for smooth L and R: steps
 * to the least of a parabola above both, and momentum.
 *
 * <p>At z, {@code u_new = max(lowest, z − (∇L + λ∇R)(z)/(d_L + λ d_R))}, and {@code z = u_new + (t
 * − 1)/t_new (u_new − u)}; where that raised the objective the step is taken from u itself, without
 * momentum, which cannot where d is a bound; where it is none and did, with d doubled from then on.
 *
 * <p>Method: Beck and Teboulle 2009, IEEE Trans. Image Process. 18:2419–2434,
 * doi:10.1109/TIP.2009.2028250 (monotone form, section V.A), with a diagonal in the place of the
 * Lipschitz constant.
 *
 * @param lowest least value of a pixel; 0, or {@link Double#NEGATIVE_INFINITY} for none
 * @param stopping when it is done
 */
public record MonotoneDescent(double lowest, Stopping stopping) {
    /** Of the objective; a rise that may be rounding. */
    private static final double ROUNDING = 1e-8;

    private static final double MOST_CAREFUL = 1e6;

    public MonotoneDescent {
        if (Double.isNaN(lowest)) {
            throw new IllegalArgumentException("lowest must be a number");
        }
    }

    /**
     * Runs from a given image.
     *
     * @param start not modified
     */
    public Reconstruction minimise(Likelihood data, Penalty penalty, float[] start) {
        return minimise(data, penalty, start, Progress.NONE);
    }

    /** The same, and says how far it is. */
    Reconstruction minimise(Likelihood data, Penalty penalty, float[] start, Progress progress) {
        float[] image = start.clone();
        for (int v = 0; v < image.length; v++) {
            image[v] = (float) Math.max(lowest, image[v]);
        }
        double objective = data.value(image) + penalty.value(image);
        Course course = new Course("descent", stopping, objective);
        float[] ahead = image.clone();
        double t = 1;
        double careful = 1;
        while (course.goesOn()) {
            float[] next = step(data, penalty, ahead, careful);
            double reached = data.value(next) + penalty.value(next);
            double most = objective + ROUNDING * Math.abs(objective);
            while (reached > most && careful < MOST_CAREFUL) {
                careful *= t > 1 ? 1 : 2; // at first without momentum alone
                t = 1;
                next = step(data, penalty, image, careful);
                reached = data.value(next) + penalty.value(next);
            }
            double longer = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            double momentum = (t - 1) / longer;
            lookAhead(image, next, momentum, ahead);
            course.step(image, next, reached, 1 / careful);
            progress.at(course.detail(), course.percent(), 100, 0);
            image = next;
            objective = reached;
            t = longer;
        }
        return course.end(image);
    }

    private static void lookAhead(float[] image, float[] next, double momentum, float[] ahead) {
        Blocks.forEach(
                next.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        ahead[v] = (float) (next[v] + momentum * ((double) next[v] - image[v]));
                    }
                });
    }

    private float[] step(Likelihood data, Penalty penalty, float[] image, double careful) {
        float[] gradient = new float[image.length];
        data.gradient(image, gradient);
        penalty.addGradient(image, gradient);
        float[] steep = new float[image.length];
        data.curvature(image, steep);
        penalty.addCurvature(image, steep);
        float[] out = image.clone();
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        if (steep[v] > 0) {
                            double lower = image[v] - gradient[v] / (careful * steep[v]);
                            out[v] = (float) Math.max(lowest, lower);
                        }
                    }
                });
        return out;
    }
}
