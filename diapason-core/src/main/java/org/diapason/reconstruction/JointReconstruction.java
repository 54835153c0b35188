package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds an activity u from counts and an anatomy w from its own data, each under a prior that looks
 * at the other: {@code L_y(u) + L_z(w) + λ R(u; w) + μ Q(w; u)}, in turn.
 *
 * <p>Where both priors are one function of both images, as joint total variation is, the whole
 * never rises and ends at its least value. Where the prior of w does not look at u, w is what its
 * own data say, found once, and so is u; where R takes a guide made of w (directional TV, parallel
 * level sets, Bowsher) and w looks at u, rounds end where neither image asks for a change of the
 * other, and it is that which is tested.
 *
 * @param activity finds u
 * @param anatomy finds w
 * @param stopping of the rounds: the largest of both relative changes
 */
public record JointReconstruction(
        CountAlgorithm activity, MonotoneDescent anatomy, Stopping stopping) {

    /** What each image expects of the other. */
    public interface Coupling {
        /** Returns λ R(·; w); {@code w} is not modified. */
        Penalty activity(float[] anatomy);

        /**
         * Returns μ Q(·; u), always the same object where it does not look at u; {@code u} is not
         * modified, and all 0 before the first round.
         */
        Penalty anatomy(float[] activity);
    }

    /**
     * Both images.
     *
     * @param activity u, and how the last round went
     * @param anatomy w, and how the last round went
     * @param changes of each round after the first, the larger of both images'
     * @param converged whether both ended, and the rounds
     */
    public record Pair(
            Reconstruction activity, Reconstruction anatomy, Numbers changes, boolean converged) {

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
     * Runs.
     *
     * @param start w to begin with; not modified
     */
    public Pair reconstruct(
            PoissonLikelihood counts, Likelihood data, Coupling coupling, float[] start) {
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
        float[] u = new float[n];
        Penalty last = coupling.anatomy(u);
        Reconstruction w = anatomy.minimise(data, last, start);
        Reconstruction found = activity.reconstruct(counts, coupling.activity(w.image()));
        double[] changes = new double[stopping.most()];
        int rounds = 0;
        boolean rest = false;
        while (!rest && rounds < stopping.most()) {
            float[] before = w.image();
            u = found.image();
            Penalty next = coupling.anatomy(u);
            if (next.equals(last)) {
                rest = true; // w asks for nothing else, whatever u is
                break;
            }
            last = next;
            w = anatomy.minimise(data, next, before);
            found = activity.reconstruct(counts, coupling.activity(w.image()), u);
            changes[rounds] =
                    Math.max(
                            Reconstruction.Course.change(before, w.image()),
                            Reconstruction.Course.change(u, found.image()));
            rest = changes[rounds++] <= stopping.relativeChange();
        }
        boolean all = rest && found.converged() && w.converged();
        return new Pair(found, w, Numbers.of(Arrays.copyOf(changes, rounds)), all);
    }
}
