package org.diapason.pansharpening;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Covariance;

/**
 * What the sharp image has beyond the resolution of bands: {@code F = M + g (P − P_low)}.
 *
 * <p>One number per band decides how much of it the band is given ({@link Gain}). Where P_low has
 * no contrast it is 0.
 */
final class Details {
    private Details() {}

    /**
     * @param low P_low on the grid of the sharp image
     */
    static List<Injection> of(Scene scene, float[] low, Gain gain, String rule) {
        Covariance c = scene.momentsWith(low);
        int p = scene.bands().size();
        List<Injection> all = new ArrayList<>();
        for (int m = 0; m < p; m++) {
            double slope = Scene.flat(c, p) ? 0 : c.of(m, p) / c.of(p, p);
            all.add(
                    switch (gain) {
                        case REGRESSION -> Injection.added(low, slope, 1, 0);
                        case SD ->
                                Injection.added(
                                        low, Scene.flat(c, p) ? 0 : c.sd(m) / c.sd(p), 1, 0);
                        case MODULATION -> modulated(low, slope, c.mean(m), c.mean(p), rule);
                    });
        }
        return all;
    }

    private static Injection modulated(
            float[] low, double slope, double mean, double meanLow, String rule) {
        if (!(mean > 0)) {
            throw Substitution.notFromZero(rule + " with modulation", "a band", mean);
        }
        double offset = mean - slope * meanLow;
        return Injection.multiplied(low, slope, offset, slope, offset, mean);
    }
}
