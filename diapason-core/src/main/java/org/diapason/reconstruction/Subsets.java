package org.diapason.reconstruction;

import java.util.ArrayList;
import java.util.List;

/**
 * The views of a scan dealt to subsets: subset n has the views n, n + S, n + 2S …, and the subsets
 * are worked on in the bit-reversed order of their numbers, so that each is far from the one
 * before.
 */
final class Subsets {
    /** Views a subset must have, or its image swings too far. */
    static final int LEAST_VIEWS = 4;

    private Subsets() {}

    /**
     * Returns the parts of the data in the order in which to take them.
     *
     * @throws IllegalArgumentException if the views cannot be dealt evenly, or to fewer than
     *     {@value #LEAST_VIEWS} a subset
     */
    static List<PoissonLikelihood> of(PoissonLikelihood data, int subsets) {
        if (subsets == 1) {
            return List.of(data);
        }
        int views = data.model() instanceof ViewedModel viewed ? viewed.views() : 1;
        if (subsets < 1 || views % subsets != 0 || views / subsets < LEAST_VIEWS) {
            StringBuilder fit = new StringBuilder();
            for (int s = 1; s == 1 || views / s >= LEAST_VIEWS; s++) {
                if (views % s == 0) {
                    fit.append(fit.isEmpty() ? "" : ", ").append(s);
                }
            }
            throw new IllegalArgumentException(
                    "subsets must divide "
                            + views
                            + " views and leave "
                            + LEAST_VIEWS
                            + " or more to each, got "
                            + subsets
                            + ". Use one of "
                            + fit
                            + ".");
        }
        List<PoissonLikelihood> parts = new ArrayList<>();
        for (int n : order(subsets)) {
            parts.add(data.every(n, subsets));
        }
        return parts;
    }

    /** Returns 0 … count − 1 by the numbers that their bits make from the back. */
    static int[] order(int count) {
        int bits = 32 - Integer.numberOfLeadingZeros(count - 1);
        int[] order = new int[count];
        int n = 0;
        for (int k = 0; k < 1 << bits; k++) {
            int reversed = bits == 0 ? 0 : Integer.reverse(k) >>> (32 - bits);
            if (reversed < count) {
                order[n++] = reversed;
            }
        }
        return order;
    }
}
