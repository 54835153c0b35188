package org.diapason.math;

import static org.diapason.math.Complex.DIGITS;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Orthogonal filters of 2N weights with N vanishing moments, by spectral factorisation.
 *
 * <p>{@code H(z) = c (1 + z⁻¹)^N Π (1 − z_i z⁻¹)}: of each pair {@code z, 1/z} of roots of {@code
 * Σ_k C(N − 1 + k, k) y^k} at {@code y = (2 − z − z⁻¹)/4} one is taken; always that inside the unit
 * circle for least phase (db), some outside for nearly linear phase (sym). Daubechies 1992, Ten
 * lectures on wavelets, sections 6.1 and 8.1.1.
 */
final class Daubechies {
    static final int MOST_MOMENTS = 38;
    static final int MOST_SYMMETRIC = 20;
    private static final int ROUNDS = 500;
    private static final BigDecimal SETTLED = new BigDecimal("1e-70");

    /**
     * Which pairs of roots sym2, sym3, … take outside the circle, from the innermost pair on (bit
     * 0): the choices of PyWavelets, where more than one is nearly symmetric.
     */
    private static final int[] OUTSIDE = {
        0b0,
        0b0,
        0b10,
        0b1,
        0b101,
        0b1,
        0b1010,
        0b110,
        0b10101,
        0b110,
        0b10101,
        0b11100,
        0b101100,
        0b11100,
        0b1011001,
        0b10001110,
        0b101001101,
        0b1110100,
        0b101100101
    };

    private Daubechies() {}

    /** Returns the filter of least phase; its sum is √2. */
    static double[] least(int moments) {
        return filter(moments, 0);
    }

    /** Returns the nearly symmetric filter of 2 moments or more. */
    static double[] symmetric(int moments) {
        return filter(moments, OUTSIDE[moments - 2]);
    }

    private static double[] filter(int moments, int outside) {
        Complex[] h = {Complex.ONE};
        for (int n = 0; n < moments; n++) {
            h = times(h, Complex.of(-1, 0));
        }
        List<Complex> inside = new ArrayList<>();
        for (Complex y : roots(moments)) {
            inside.add(inside(y));
        }
        inside.removeIf(z -> z.im().signum() < 0 && !isReal(z));
        inside.sort(Comparator.comparing(Complex::square));
        for (int q = 0; q < inside.size(); q++) {
            Complex z = inside.get(q);
            z = (outside >> q & 1) == 0 ? z : Complex.ONE.over(z);
            h = times(h, z);
            h = isReal(z) ? h : times(h, z.conjugate());
        }
        BigDecimal[] weights = Arrays.stream(h).map(Complex::re).toArray(BigDecimal[]::new);
        return summedToRootTwo(weights);
    }

    private static boolean isReal(Complex z) {
        return z.im().abs().compareTo(new BigDecimal("1e-30")) < 0;
    }

    /** Returns weights times what makes their sum √2. */
    static double[] summedToRootTwo(BigDecimal[] weights) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal w : weights) {
            sum = sum.add(w, DIGITS);
        }
        BigDecimal scale = BigDecimal.valueOf(2).sqrt(DIGITS).divide(sum, DIGITS);
        double[] scaled = new double[weights.length];
        Arrays.setAll(scaled, m -> weights[m].multiply(scale, DIGITS).doubleValue());
        return scaled;
    }

    /** Returns a polynomial times (1 − z x). */
    private static Complex[] times(Complex[] h, Complex z) {
        Complex[] more = Arrays.copyOf(h, h.length + 1);
        more[h.length] = Complex.of(0, 0);
        for (int m = 0; m < h.length; m++) {
            more[m + 1] = more[m + 1].minus(z.times(h[m]));
        }
        return more;
    }

    /** Returns the z inside the unit circle with (2 − z − 1/z)/4 = y. */
    private static Complex inside(Complex y) {
        Complex c = Complex.ONE.minus(y.times(BigDecimal.valueOf(2)));
        Complex root = c.times(c).minus(Complex.ONE).root();
        Complex a = c.plus(root);
        Complex b = c.minus(root);
        return a.square().compareTo(b.square()) < 0 ? a : b;
    }

    /** Returns the complex roots of Σ C(N − 1 + k, k) y^k by the iteration of Weierstrass. */
    private static Complex[] roots(int moments) {
        Complex[] p = new Complex[moments];
        p[0] = Complex.ONE;
        for (int k = 1; k < moments; k++) {
            BigDecimal next = p[k - 1].re().multiply(BigDecimal.valueOf(moments - 1 + k));
            p[k] = new Complex(next.divide(BigDecimal.valueOf(k)), BigDecimal.ZERO);
        }
        Complex[] y = new Complex[moments - 1];
        Complex start = Complex.ONE;
        for (int q = 0; q < y.length; q++) {
            start = start.times(Complex.of(0.4, 0.9));
            y[q] = start;
        }
        boolean settled = false;
        for (int round = 0; round < ROUNDS && !settled; round++) {
            settled = true;
            for (int q = 0; q < y.length; q++) {
                Complex value = p[moments - 1];
                Complex others = p[moments - 1];
                for (int k = moments - 2; k >= 0; k--) {
                    value = value.times(y[q]).plus(p[k]);
                }
                for (int o = 0; o < y.length; o++) {
                    others = o == q ? others : others.times(y[q].minus(y[o]));
                }
                Complex step = value.over(others);
                y[q] = y[q].minus(step);
                settled &= step.square().compareTo(SETTLED.multiply(SETTLED)) < 0;
            }
        }
        return y;
    }
}
