package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What an algorithm came to, and how it went there.
 *
 * @param algorithm its name
 * @param image the estimate; not to be modified
 * @param objectives what was minimised, likelihood and prior, at the start and after each iteration
 * @param changes relative change of the image in each iteration
 * @param stopping the rule it was to stop by
 * @param converged whether it did; otherwise it gave up
 */
public record Reconstruction(
        String algorithm,
        float[] image,
        Numbers objectives,
        Numbers changes,
        Stopping stopping,
        boolean converged) {

    /** Returns how many iterations it took. */
    public int iterations() {
        return changes.size();
    }

    /**
     * Returns the image.
     *
     * @throws RefusedException if it has not converged; the message tells the last changes
     */
    public float[] convergedImage() {
        if (converged) {
            return image;
        }
        double[] all = changes.toArray();
        double[] last = Arrays.copyOfRange(all, Math.max(0, all.length - 3), all.length);
        StringBuilder told = new StringBuilder();
        for (double c : last) {
            told.append(told.isEmpty() ? "" : ", ").append(Numbers.power(c, 2));
        }
        throw new RefusedException(
                algorithm
                        + " has not converged in "
                        + changes.size()
                        + " iterations: the last changed the image by "
                        + told
                        + " of its size, "
                        + Numbers.power(stopping.relativeChange(), 2)
                        + " is asked for. Allow more iterations, or ask for less.");
    }

    /** Returns the same course with another image. */
    Reconstruction at(float[] other) {
        return new Reconstruction(algorithm, other, objectives, changes, stopping, converged);
    }

    /** Writes down the course of an algorithm. */
    static final class Course {
        private final String algorithm;
        private final Stopping stopping;
        private final double[] objectives;
        private final double[] changes;
        private int done;
        private boolean converged;

        Course(String algorithm, Stopping stopping, double objective) {
            this.algorithm = algorithm;
            this.stopping = stopping;
            objectives = new double[stopping.most() + 1];
            changes = new double[stopping.most()];
            objectives[0] = objective;
        }

        /** Says whether there is more to do; an image that left all numbers comes to nothing. */
        boolean goesOn() {
            boolean lost = done > 0 && Double.isNaN(changes[done - 1]);
            return !converged && !lost && done < stopping.most();
        }

        /** Takes an iteration. */
        void step(float[] before, float[] now, double objective) {
            step(before, now, objective, 1);
        }

        /** Takes an iteration of steps of a share of their usual length. */
        void step(float[] before, float[] now, double objective, double share) {
            double change = change(before, now) / share;
            changes[done++] = change;
            objectives[done] = objective;
            converged = change <= stopping.relativeChange();
        }

        /** Returns how far it is from the first change to the one asked for, in percent. */
        int percent() {
            return Pdhg.percent(changes[0], changes[done - 1], stopping.relativeChange());
        }

        /** Returns how far it is in words. */
        String detail() {
            return " · iteration " + done + ", change " + Numbers.power(changes[done - 1], 2);
        }

        static double change(float[] before, float[] now) {
            double moved = 0;
            double size = 0;
            for (int v = 0; v < now.length; v++) {
                double d = (double) now[v] - before[v];
                moved += d * d;
                size += (double) now[v] * now[v];
            }
            return moved == 0 ? 0 : Math.sqrt(moved / Math.max(size, Double.MIN_NORMAL));
        }

        Reconstruction end(float[] image) {
            return new Reconstruction(
                    algorithm,
                    image,
                    Numbers.of(Arrays.copyOf(objectives, done + 1)),
                    Numbers.of(Arrays.copyOf(changes, done)),
                    stopping,
                    converged);
        }
    }
}
