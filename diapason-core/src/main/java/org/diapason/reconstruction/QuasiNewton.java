package org.diapason.reconstruction;

import org.diapason.reconstruction.Reconstruction.Course;

/**
 * Limited-memory quasi-Newton steps on all data at once: curvature is learnt from how the gradient
 * changed over the last {@value Bends#MOST} steps, over that of a diagonal.
 *
 * <p>{@code u ← max(0, u − a H ∇f(u))}, f = L + λR, H of Broyden, Fletcher, Goldfarb and Shanno
 * over {@code γP}, {@code P = 1/(Aᵀ1/u + λ d)}, among the pixels that are free; one at 0 that the
 * gradient holds there is not. a is 1 and halved until f falls by 1e-4 of what the gradient
 * promised. A step costs one gradient of all views, where one of {@link Svrg} costs three; near the
 * answer it is the fastest of these algorithms.
 *
 * <p>Done when {@code max(0, u − P∇f(u))}, the step of the diagonal alone, would change next to
 * nothing: so is every change that is told, whatever step was taken.
 *
 * <p>Method: Liu and Nocedal 1989, Math. Program. 45:503–528, doi:10.1007/BF01589116; for emission
 * tomography Tsai et al. 2018, IEEE Trans. Med. Imaging 37:1000–1010, doi:10.1109/TMI.2017.2786865;
 * bounds as Bertsekas 1982, SIAM J. Control Optim. 20:221–246, doi:10.1137/0320018.
 *
 * @param stopping when it is done; counts steps
 */
public record QuasiNewton(Stopping stopping) implements CountAlgorithm {
    /** Of what the gradient promises; the share of it that must come true. */
    private static final double SUFFICIENT = 1e-4;

    /** Of the objective; a rise that may be rounding. */
    private static final double ROUNDING = 1e-9;

    private static final int MOST_HALVINGS = 20;

    /** Steps after which P is that of the image that was reached; at first of each. */
    private static final int KEPT = 20;

    private static final int FIRST = 5;

    @Override
    public Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty, float[] start) {
        float[] image = CountAlgorithm.from(data, start, 0);
        int n = image.length;
        float[] gradient = new float[n];
        double objective = gradient(data, penalty, image, gradient);
        Course course = new Course("quasi-Newton", stopping, objective);
        float[] lengths = new float[n];
        Bends bends = new Bends();
        float[] next = new float[n];
        float[] slope = new float[n];
        for (int steps = 0; course.goesOn(); steps++) {
            if (steps <= FIRST || steps % KEPT == 0) {
                Preconditioner.at(image, data, penalty, lengths);
            }
            double[] down = bends.newton(gradient, lengths, held(image, gradient));
            double a = 1;
            double reached = move(image, down, a, data, penalty, next, slope);
            for (int h = 0; reached > allowed(objective, image, next, gradient); h++) {
                if (h == MOST_HALVINGS) {
                    System.arraycopy(image, 0, next, 0, n);
                    System.arraycopy(gradient, 0, slope, 0, n);
                    reached = objective;
                    bends.forget(); // and go on along the gradient
                    break;
                }
                a /= 2;
                reached = move(image, down, a, data, penalty, next, slope);
            }
            bends.learn(image, next, gradient, slope);
            float[] before = image;
            image = next;
            next = before;
            float[] was = gradient;
            gradient = slope;
            slope = was;
            objective = reached;
            course.step(image, descended(image, gradient, lengths), objective);
        }
        return course.end(image);
    }

    /** Writes ∇f and returns f. */
    private static double gradient(
            PoissonLikelihood data, Penalty penalty, float[] image, float[] gradient) {
        double value = data.gradient(image, gradient) + penalty.value(image);
        penalty.addGradient(image, gradient);
        return value;
    }

    private static boolean[] held(float[] image, float[] gradient) {
        boolean[] held = new boolean[image.length];
        for (int v = 0; v < held.length; v++) {
            held[v] = image[v] <= 0 && gradient[v] >= 0;
        }
        return held;
    }

    private static double move(
            float[] image,
            double[] down,
            double a,
            PoissonLikelihood data,
            Penalty penalty,
            float[] next,
            float[] slope) {
        for (int v = 0; v < next.length; v++) {
            next[v] = (float) Math.max(0, image[v] - a * down[v]);
        }
        return gradient(data, penalty, next, slope);
    }

    private static double allowed(double objective, float[] image, float[] next, float[] gradient) {
        double promised =
                Total.of(
                        image.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int v = from; v < to; v++) {
                                sum += gradient[v] * ((double) next[v] - image[v]);
                            }
                            return sum;
                        });
        return objective + SUFFICIENT * Math.min(0, promised) + ROUNDING * Math.abs(objective);
    }

    private static float[] descended(float[] image, float[] gradient, float[] lengths) {
        float[] to = new float[image.length];
        for (int v = 0; v < to.length; v++) {
            to[v] = (float) Math.max(0, image[v] - (double) lengths[v] * gradient[v]);
        }
        return to;
    }
}
