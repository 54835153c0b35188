package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Finds an activity u from counts and an anatomy w from its own data, each under a prior that looks
 * at the other: {@code L_y(u) + L_z(w) + λ R(u; w) + μ Q(w; u)}, in turn.
 *
 * <p>Where both priors are one function of both images, as joint total variation is, the whole
 * never rises. Where the prior of w does not look at u, one round is the answer; where R takes a
 * guide made of w (directional TV, parallel level sets, Bowsher), rounds end where neither image
 * asks for a change of the other, and it is that which is tested.
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

        /** Returns μ Q(·; u); {@code u} is not modified, and all 0 before the first round. */
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

    /** Runs. */
    public Pair reconstruct(PoissonLikelihood counts, Likelihood data, Coupling coupling) {
        int n = counts.model().pixels();
        if (data.model().pixels() != n) {
            throw new IllegalArgumentException(
                    "activity and anatomy need one grid, got "
                            + n
                            + " and "
                            + data.model().pixels()
                            + " pixels");
        }
        float[] u = new float[n];
        Reconstruction w = anatomy.minimise(data, coupling.anatomy(u), new float[n]);
        Reconstruction found = activity.reconstruct(counts, coupling.activity(w.image()));
        double[] changes = new double[stopping.most()];
        int rounds = 0;
        boolean rest = false;
        while (!rest && rounds < stopping.most()) {
            float[] before = w.image();
            u = found.image();
            w = anatomy.minimise(data, coupling.anatomy(u), before);
            double change = Reconstruction.Course.change(before, w.image());
            if (change > 0) {
                found = activity.reconstruct(counts, coupling.activity(w.image()), u);
                change = Math.max(change, Reconstruction.Course.change(u, found.image()));
            }
            changes[rounds++] = change;
            rest = change <= stopping.relativeChange();
        }
        boolean all = rest && found.converged() && w.converged();
        return new Pair(found, w, Numbers.of(Arrays.copyOf(changes, rounds)), all);
    }
}
