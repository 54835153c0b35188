package org.diapason.reconstruction;

import org.diapason.math.Blocks;
import org.diapason.step.Progress;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds {@code min L(u) + λ R(u)} over {@code u ≥ 0} for smooth priors: steps {@code u ← max(0, y −
 * ∇ / (c d))} with d the curvatures of both and y ahead of u by Nesterov's momentum. A step that
 * raises the objective is taken back: first without momentum, then with twice the c. So the
 * objective never rises, whether or not d is a bound.
 *
 * <p>There is no gap; it ends when ten iterations together change image and objective by less than
 * the tolerance, as shares of them. The same bits on any number of threads as far as the likelihood
 * has them.
 */
final class Descent {
    private static final int PAUSE = 10;
    private static final double MOST_CAREFUL = 1e6;

    private final Likelihood likelihood;
    private final Prior prior;
    private final double weight;
    private float[] u;
    private final float[] ahead;
    private float[] next;
    private final float[] slope;
    private final float[] bend;
    private final float[] room;
    private double momentum = 1;
    private double careful = 1;
    private double objective;

    /**
     * @param objective L(u) + λ R(u)
     */
    record Result(float[] image, int iterations, double objective, double change) {}

    Descent(Likelihood likelihood, Prior prior, double weight, float[] start) {
        this.likelihood = likelihood;
        this.prior = prior;
        this.weight = weight;
        u = start.clone();
        ahead = start.clone();
        next = new float[u.length];
        slope = new float[u.length];
        bend = new float[u.length];
        room = new float[u.length];
        objective = objective(u);
    }

    private double objective(float[] image) {
        return likelihood.value(image) + weight * prior.value(image);
    }

    /**
     * @throws RefusedException if it has not ended after so many iterations
     */
    Result minimise(double tolerance, int mostIterations, Progress progress) {
        float[] before = u.clone();
        double was = objective;
        double first = 0;
        double change = Double.NaN;
        for (int n = 1; n <= mostIterations; n++) {
            if (n % PAUSE == 1) {
                bend();
            }
            step();
            if (n % PAUSE != 0) {
                continue;
            }
            change = Math.max(distance(before), Math.abs(was - objective) / Math.abs(objective));
            first = first == 0 ? Math.max(change, tolerance) : first;
            progress.at("converging", Pdhg.percent(first, change, tolerance), 100, 0);
            if (change <= tolerance) {
                return new Result(u.clone(), n, objective, change);
            }
            System.arraycopy(u, 0, before, 0, u.length);
            was = objective;
        }
        throw new RefusedException(
                "after "
                        + mostIterations
                        + " iterations ten of them still change the image by "
                        + Numbers.power(change, 1)
                        + " of it, where "
                        + Numbers.power(tolerance, 1)
                        + " is asked for. Allow more iterations or a larger tolerance.");
    }

    private void bend() {
        likelihood.curvature(u, bend);
        prior.curvature(u, room);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        bend[p] = (float) Math.max(bend[p] + weight * room[p], Float.MIN_NORMAL);
                    }
                });
    }

    private void step() {
        likelihood.gradient(ahead, slope);
        prior.gradient(ahead, room);
        while (true) {
            double c = careful;
            Blocks.forEach(
                    u.length,
                    (from, to) -> {
                        for (int p = from; p < to; p++) {
                            double g = slope[p] + weight * room[p];
                            next[p] = (float) Math.max(0, ahead[p] - g / (c * bend[p]));
                        }
                    });
            double now = objective(next);
            if (now <= objective || careful > MOST_CAREFUL) {
                accept(now);
                return;
            }
            if (momentum > 1) {
                momentum = 1;
                System.arraycopy(u, 0, ahead, 0, u.length);
                likelihood.gradient(ahead, slope);
                prior.gradient(ahead, room);
            } else {
                careful *= 2;
            }
        }
    }

    private void accept(double now) {
        objective = now;
        double later = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
        float beta = (float) ((momentum - 1) / later);
        momentum = later;
        float[] old = u;
        u = next;
        next = old;
        float[] was = next;
        float[] is = u;
        Blocks.forEach(
                is.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        ahead[p] = Math.max(0, is[p] + beta * (is[p] - was[p]));
                    }
                });
    }

    private double distance(float[] before) {
        float[] now = u;
        double moved =
                Total.of(
                        now.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int p = from; p < to; p++) {
                                double d = (double) now[p] - before[p];
                                sum += d * d;
                            }
                            return sum;
                        });
        return moved == 0 ? 0 : Math.sqrt(moved / Total.dot(now, now));
    }
}
