package org.diapason.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests of groups beside R and SciPy. */
class GroupTestsTest {
    private static final double[] A = {1.1, 2.3, 3.7, 4.2, 5.9, 6.1, 7.7};
    private static final double[] B = {2.0, 3.1, 4.2, 8.5, 9.9, 10.2};

    /**
     * R 4.2: {@code ks.test(a, b, exact = FALSE)$statistic}; scipy 1.10: {@code
     * scipy.special.kolmogorov(sqrt(42 / 13) * 0.5)} and {@code kolmogorov(sqrt(3.5) * 2 / 7)},
     * where R stops its sum at 3e-6.
     */
    @Test
    void kolmogorovAndSmirnovMeetTheLimitingDistribution() {
        KolmogorovSmirnov far = KolmogorovSmirnov.of(A, B);
        assertEquals(0.5, far.d(), 1e-15);
        assertEquals(0.39450456773366827, far.p(), 1e-13);
        double[] moved = Arrays.stream(A).map(v -> v + 0.3).toArray();
        assertEquals(0.9375026990532477, KolmogorovSmirnov.of(A, moved).p(), 1e-13);
        assertEquals(1, KolmogorovSmirnov.of(A, A).p(), 0);
    }

    /** R: {@code z <- abs(y - ave(y, k, FUN = median)); anova(lm(z ~ k))}. */
    @Test
    void brownAndForsytheAgreeWithR() {
        BrownForsythe t =
                BrownForsythe.of(new double[][] {{1.1, 2.3, 3.7, 4.2, 5.9}, B, {5, 5.1, 4.8, 5.3}});
        assertEquals(16.083693545983, t.f(), 1e-11);
        assertEquals(0.00040223256765586, t.p(), 1e-14);
        assertEquals(Double.NaN, BrownForsythe.of(new double[][] {{1, 1}, {2, 2}}).p());
    }
}
