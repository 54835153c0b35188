package org.diapason.fusion;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/** What the multiscale rules have in common. */
final class Levels {
    private static final int MOST = 12;

    private Levels() {}

    static void require(OptionalInt levels, Optional<Numbers> weights) {
        int n = levels.orElse(1);
        if (n < 1 || n > MOST) {
            throw new IllegalArgumentException("levels must be 1 … " + MOST + ", got " + n);
        }
        weights.ifPresent(Weighted::requireWeights);
    }

    /** Returns the weighted mean of what is left when the details are taken away. */
    static float[] base(
            Geometry g, List<float[]> bases, Optional<Numbers> weights, int[] which, int all) {
        double[] share = Weighted.shares(weights, all);
        double[] some = new double[which.length];
        double sum = 0;
        for (int n = 0; n < some.length; n++) {
            some[n] = share[which[n]];
            sum += some[n];
        }
        for (int n = 0; n < some.length; n++) {
            some[n] = sum > 0 ? some[n] / sum : 1.0 / some.length;
        }
        return Weighted.mean(g, bases, some);
    }
}
