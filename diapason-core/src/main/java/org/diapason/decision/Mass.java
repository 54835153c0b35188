package org.diapason.decision;

/**
 * A share of belief on yes, on no, on either, and on the empty set, where two contradict: a mass
 * function of the frame {yes, no} that is not normalised. The four sum to 1.
 *
 * <p>Shafer 1976, A Mathematical Theory of Evidence, Princeton.
 *
 * @param yes belief that the finding is there
 * @param no belief that it is not
 * @param either what is not committed
 * @param conflict K: what was given to both at once
 */
public record Mass(double yes, double no, double either, double conflict) {
    /** Nothing is known. */
    public static final Mass VACUOUS = new Mass(0, 0, 1, 0);

    /** What becomes of the conflict. */
    public enum Normalisation {
        /** It is left out, and the rest divided by 1 − K (Dempster 1967). */
        DEMPSTER,
        /** It becomes ignorance (Yager 1987, doi:10.1016/0020-0255(87)90007-7). */
        YAGER
    }

    /**
     * Returns the simple mass of a log likelihood ratio λ, its weight of evidence: {@code 1 −
     * e^−|λ|} on the side it speaks for, the rest uncommitted. Combined by Dempster's rule, the
     * plausibilities are in the ratio of the product of the likelihood ratios (Denœux 2019,
     * Knowledge-Based Systems 176:54–67, doi:10.1016/j.knosys.2019.03.030).
     */
    public static Mass of(double logRatio) {
        double open = StrictMath.exp(-Math.abs(logRatio));
        double sure = -StrictMath.expm1(-Math.abs(logRatio));
        return logRatio >= 0 ? new Mass(sure, 0, open, 0) : new Mass(0, sure, open, 0);
    }

    /** Returns a mass of which only a share counts; the rest becomes ignorance. */
    public Mass discounted(double share) {
        return new Mass(share * yes, share * no, 1 - share * (1 - either), share * conflict);
    }

    /** Combines without normalising; the order changes nothing but rounding. */
    public Mass and(Mass m) {
        double both = yes * m.no + no * m.yes;
        return new Mass(
                yes * m.yes + yes * m.either + either * m.yes,
                no * m.no + no * m.either + either * m.no,
                either * m.either,
                conflict + m.conflict - conflict * m.conflict + both);
    }

    /**
     * Returns the same without conflict.
     *
     * @throws IllegalStateException if all is conflict and Dempster's rule has nothing to divide
     */
    public Mass normalised(Normalisation by) {
        if (by == Normalisation.YAGER) {
            return new Mass(yes, no, either + conflict, 0);
        }
        if (contradicts()) {
            throw new IllegalStateException("all mass is in conflict");
        }
        double rest = yes + no + either;
        return new Mass(yes / rest, no / rest, either / rest, 0);
    }

    /** Says whether all is conflict, so that Dempster's rule has nothing to divide. */
    public boolean contradicts() {
        return !(yes + no + either > 0);
    }

    /** Returns how far yes is not contradicted: belief and what is uncommitted. */
    public double plausibility() {
        return yes + either;
    }

    /** Returns the pignistic probability of yes, of a mass without conflict (Smets 1990). */
    public double pignistic() {
        return yes + either / 2;
    }
}
