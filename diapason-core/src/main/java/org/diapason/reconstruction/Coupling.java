package org.diapason.reconstruction;

import java.util.function.Function;
import org.diapason.reconstruction.SymmetricLevelSets.Form;
import org.diapason.volume.Geometry;

/** What an activity u and an anatomy w expect of each other, and whether it is one function. */
public interface Coupling {
    /** Which image looks at which. */
    enum Looks {
        /** u looks at w, and w at nothing: both are found once. */
        ONE_WAY,

        /** Each looks at the other by a prior of its own: rounds may end where both are content. */
        BOTH_WAYS,

        /** Both priors are parts of one function of both images: it falls with every step. */
        ONE_FUNCTION
    }

    /** Says which image looks at which. */
    Looks looks();

    /** Returns λ R(·; w); {@code w} is not modified. */
    Penalty activity(float[] anatomy);

    /** Returns μ Q(·; u); {@code u} is not modified, and all 0 where there is none yet. */
    Penalty anatomy(float[] activity);

    /**
     * Returns u led by w, and w under a prior of its own.
     *
     * @param prior from w to R(·; w)
     * @param weight λ
     * @param own of w
     */
    static Coupling guided(Function<float[], Prior> prior, double weight, Penalty own) {
        return new Both(Looks.ONE_WAY, w -> new Penalty(prior.apply(w), weight), u -> own);
    }

    /**
     * Returns each led by the other as it is now, which is no descent on one function: where rounds
     * come to rest, u is the best for w and w the best for u, and no more is known. There is such a
     * pair if each prior changes continuously with its guide and the best image is unique, and
     * nothing says that rounds find it. Directional total variation and parallel level sets change
     * continuously where their guide is not flat. Bowsher's choice of neighbours jumps, so that
     * rounds may go in a circle: do not.
     *
     * @param activity from w to λ R(·; w)
     * @param anatomy from u to μ Q(·; u)
     */
    static Coupling bothWays(
            Function<float[], Penalty> activity, Function<float[], Penalty> anatomy) {
        return new Both(Looks.BOTH_WAYS, activity, anatomy);
    }

    /**
     * Returns joint total variation, {@code λ Σ √(|∇u|² + η²|∇w|² + β²)}; convex in both.
     *
     * @param eta η, units of u per unit of w; positive
     * @param beta β in units of u per mm
     */
    static Coupling jointTv(Geometry grid, double weight, double eta, double beta) {
        return new Both(
                Looks.ONE_FUNCTION,
                w -> new Penalty(new JointTv(grid, w, eta, beta), weight),
                // of w: λη √(|∇w|² + |∇u|²/η² + β²/η²)
                u -> new Penalty(new JointTv(grid, u, 1 / eta, beta / eta), weight * eta));
    }

    /**
     * Returns the parallel level sets of {@link SymmetricLevelSets}, not convex: what is reached is
     * a local least value, which depends on the start.
     *
     * @param beta β in units of u per mm
     * @param eta η in units of w per mm
     */
    static Coupling levelSets(Form form, Geometry grid, double weight, double beta, double eta) {
        return new Both(
                Looks.ONE_FUNCTION,
                w -> new Penalty(new SymmetricLevelSets(form, grid, w, beta, eta), weight),
                u ->
                        new Penalty(
                                new SymmetricLevelSets(form, grid, u, eta, beta),
                                weight * beta / eta));
    }

    /** Both priors, and which image looks at which. */
    record Both(
            Looks looks,
            Function<float[], Penalty> ofActivity,
            Function<float[], Penalty> ofAnatomy)
            implements Coupling {
        @Override
        public Penalty activity(float[] anatomy) {
            return ofActivity.apply(anatomy);
        }

        @Override
        public Penalty anatomy(float[] activity) {
            return ofAnatomy.apply(activity);
        }
    }
}
