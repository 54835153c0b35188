package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.reconstruction.Coupling.Looks;
import org.diapason.reconstruction.Reconstruction.Course;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds an activity u from counts and an anatomy w from its own data, each under a prior that may
 * look at the other: {@code L_y(u) + L_z(w) + λ R(u; w) + μ Q(w; u)}, in turn. The {@link Coupling}
 * says which looks at which:
 *
 * <ul>
 *   <li>one way: w is what its own data say, found once, and u is found once with it as its guide;
 *   <li>one function of both: the whole never rises, as a step that would raise it is not taken.
 *       Where it is convex (joint total variation) it ends at its least value, otherwise (symmetric
 *       parallel level sets) at a local one, whose place depends on the start;
 *   <li>both ways: rounds end where neither image asks for a change of the other, and it is that
 *       which is tested.
 * </ul>
 *
 * @param activity finds u
 * @param anatomy finds w
 * @param stopping of the rounds: the largest of both relative changes
 */
public record JointReconstruction(
        CountAlgorithm activity, MonotoneDescent anatomy, Stopping stopping) {

    /** Of the whole; a rise that may be rounding. */
    private static final double ROUNDING = 1e-7;

    /**
     * Both images.
     *
     * @param activity u, and how the last round went
     * @param anatomy w, and how the last round went
     * @param changes of each round after the first, the larger of both images'
     * @param wholes what both minimise after each round; empty where that is no one function
     * @param converged whether both ended, and the rounds
     */
    public record Pair(
            Reconstruction activity,
            Reconstruction anatomy,
            Numbers changes,
            Numbers wholes,
            boolean converged) {

        /**
         * Returns the activity.
         *
         * @throws RefusedException if it or the rounds have not converged
         */
        public float[] convergedActivity() {
            anatomy.convergedImage();
            float[] image = activity.convergedImage();
            if (!converged) {
                throw new RefusedException(
                        "activity and anatomy have not come to rest in "
                                + (changes.size() + 1)
                                + " rounds; the last changed "
                                + Numbers.power(changes.get(changes.size() - 1), 2)
                                + " of an image. Allow more rounds, or ask for less.");
            }
            return image;
        }
    }

    /**
     * Runs with w first, which looks at an activity of 0.
     *
     * @param start w to begin with; not modified
     */
    public Pair reconstruct(
            PoissonLikelihood counts, Likelihood data, Coupling coupling, float[] start) {
        requireOneGrid(counts, data, start);
        float[] none = new float[start.length];
        Reconstruction w = anatomy.minimise(data, coupling.anatomy(none), start);
        Reconstruction u = activity.reconstruct(counts, coupling.activity(w.image()));
        return new Run(counts, data, coupling).rounds(u, w);
    }

    /**
     * Runs from two images, for what has more than one local least value.
     *
     * @param u to begin with; not modified
     * @param w the same
     */
    public Pair reconstruct(
            PoissonLikelihood counts, Likelihood data, Coupling coupling, float[] u, float[] w) {
        requireOneGrid(counts, data, u);
        requireOneGrid(counts, data, w);
        Run run = new Run(counts, data, coupling);
        Reconstruction first = anatomy.minimise(data, coupling.anatomy(u), w);
        return run.rounds(run.activity(first.image(), u), first);
    }

    private static void requireOneGrid(PoissonLikelihood counts, Likelihood data, float[] start) {
        int n = counts.model().pixels();
        if (data.model().pixels() != n || start.length != n) {
            throw new IllegalArgumentException(
                    "activity and anatomy need one grid, got "
                            + n
                            + ", "
                            + data.model().pixels()
                            + " and in the start "
                            + start.length
                            + " pixels");
        }
    }

    /** One pair of data. */
    private final class Run {
        private final PoissonLikelihood counts;
        private final Likelihood data;
        private final Coupling coupling;

        Run(PoissonLikelihood counts, Likelihood data, Coupling coupling) {
            this.counts = counts;
            this.data = data;
            this.coupling = coupling;
        }

        Pair rounds(Reconstruction u, Reconstruction w) {
            double[] changes = new double[stopping.most()];
            double[] wholes = new double[stopping.most() + 1];
            boolean one = coupling.looks() == Looks.ONE_FUNCTION;
            wholes[0] = one ? whole(u.image(), w.image()) : 0;
            int rounds = 0;
            boolean rest = coupling.looks() == Looks.ONE_WAY;
            while (!rest && rounds < stopping.most()) {
                float[] before = w.image();
                float[] was = u.image();
                w = anatomy.minimise(data, coupling.anatomy(was), before);
                u = activity(w.image(), was);
                double moved = Course.change(was, u.image());
                changes[rounds] = Math.max(Course.change(before, w.image()), moved);
                rest = changes[rounds++] <= stopping.relativeChange();
                wholes[rounds] = one ? whole(u.image(), w.image()) : 0;
            }
            boolean all = rest && u.converged() && w.converged();
            return new Pair(
                    u,
                    w,
                    Numbers.of(Arrays.copyOf(changes, rounds)),
                    Numbers.of(Arrays.copyOf(wholes, one ? rounds + 1 : 0)),
                    all);
        }

        private double whole(float[] u, float[] w) {
            return counts.value(u) + data.value(w) + coupling.activity(w).value(u);
        }

        /**
         * Finds u from where it was. Subsets may end a little higher than they began, near the
         * least; of one function the start is kept then.
         */
        private Reconstruction activity(float[] w, float[] was) {
            Penalty penalty = coupling.activity(w);
            Reconstruction u = activity.reconstruct(counts, penalty, was);
            if (coupling.looks() != Looks.ONE_FUNCTION) {
                return u;
            }
            double before = counts.value(was) + penalty.value(was);
            double now = counts.value(u.image()) + penalty.value(u.image());
            return now <= before + ROUNDING * Math.abs(before) ? u : u.at(was);
        }
    }
}
