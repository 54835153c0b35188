package org.diapason.math;

import static org.diapason.math.Complex.DIGITS;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Orthogonal filters of 6K weights whose wavelet has 2K vanishing moments and whose scaling
 * function has 2K − 1, besides its area.
 *
 * <p>With {@code c = cos²(ξ/2)}, {@code s = sin²(ξ/2)} every filter with these moments is {@code
 * H(ξ) = √2 c^K [Σ_{k<K} C(K − 1 + k, k) s^k + s^K Σ_{n<2K} f_n e^(−inξ)]} (Daubechies 1993, SIAM
 * J. Math. Anal. 24(2):499–519, doi:10.1137/0524031, theorem 3.5). The f_n are found by Newton's
 * iteration from 0 with halved steps, such that the filter is orthogonal to its shifts by 2K, …, 6K
 * − 2 weights; the moments then leave no other choice for the shorter shifts. This is the solution
 * that is tabulated (Ten lectures on wavelets, table 8.1) and in PyWavelets.
 */
final class Coiflets {
    static final int MOST = 17;
    private static final int ROUNDS = 100;
    private static final int HALVINGS = 20;
    private static final BigDecimal SETTLED = new BigDecimal("1e-60");
    private static final BigDecimal QUARTER = new BigDecimal("0.25");
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final int k;
    private final BigDecimal[] fixed;
    private final BigDecimal[] free;

    private Coiflets(int k) {
        this.k = k;
        BigDecimal[] product = {BigDecimal.ONE};
        for (int q = 0; q < k; q++) {
            product = times(product, QUARTER, HALF);
        }
        fixed = new BigDecimal[6 * k];
        Arrays.fill(fixed, BigDecimal.ZERO);
        BigDecimal binomial = BigDecimal.ONE;
        for (int q = 0; q < k; q++) {
            for (int m = 0; m < product.length; m++) {
                int at = k - q + m;
                fixed[at] = fixed[at].add(product[m].multiply(binomial));
            }
            binomial = binomial.multiply(BigDecimal.valueOf(k + q));
            binomial = binomial.divide(BigDecimal.valueOf(q + 1));
            product = times(product, QUARTER.negate(), HALF);
        }
        free = product;
    }

    /** Returns the filter of 6k weights; its sum is √2. */
    static double[] filter(int k) {
        return Daubechies.summedToRootTwo(new Coiflets(k).solve());
    }

    /** Returns a polynomial times a + b x + a x². */
    private static BigDecimal[] times(BigDecimal[] p, BigDecimal a, BigDecimal b) {
        BigDecimal[] more = new BigDecimal[p.length + 2];
        Arrays.fill(more, BigDecimal.ZERO);
        for (int m = 0; m < p.length; m++) {
            more[m] = more[m].add(a.multiply(p[m]));
            more[m + 1] = more[m + 1].add(b.multiply(p[m]));
            more[m + 2] = more[m + 2].add(a.multiply(p[m]));
        }
        return more;
    }

    private BigDecimal[] solve() {
        BigDecimal[] f = new BigDecimal[2 * k];
        Arrays.fill(f, BigDecimal.ZERO);
        BigDecimal[] h = weights(f);
        BigDecimal[] off = off(h);
        for (int round = 0; round < ROUNDS && square(off).compareTo(SETTLED) > 0; round++) {
            BigDecimal[] step = solution(slopes(h), off);
            BigDecimal part = BigDecimal.ONE;
            BigDecimal before = square(off);
            BigDecimal[] from = f;
            for (int half = 0; half < HALVINGS; half++) {
                BigDecimal share = part;
                f = new BigDecimal[2 * k];
                Arrays.setAll(f, n -> from[n].subtract(step[n].multiply(share), DIGITS));
                h = weights(f);
                off = off(h);
                if (square(off).compareTo(before) < 0) {
                    break;
                }
                part = part.multiply(HALF);
            }
        }
        return h;
    }

    private BigDecimal[] weights(BigDecimal[] f) {
        BigDecimal[] h = fixed.clone();
        for (int n = 0; n < f.length; n++) {
            for (int m = 0; m < free.length; m++) {
                h[n + m] = h[n + m].add(f[n].multiply(free[m]), DIGITS);
            }
        }
        return h;
    }

    /** Returns the products with the shifts by 2K, 2K + 2, …, which should be 0. */
    private BigDecimal[] off(BigDecimal[] h) {
        BigDecimal[] off = new BigDecimal[2 * k];
        for (int e = 0; e < off.length; e++) {
            off[e] = BigDecimal.ZERO;
            for (int m = 2 * (k + e); m < h.length; m++) {
                off[e] = off[e].add(h[m].multiply(h[m - 2 * (k + e)]), DIGITS);
            }
        }
        return off;
    }

    /** Returns how the products change with each f. */
    private BigDecimal[][] slopes(BigDecimal[] h) {
        BigDecimal[][] slopes = new BigDecimal[2 * k][2 * k];
        for (int e = 0; e < slopes.length; e++) {
            int shift = 2 * (k + e);
            for (int n = 0; n < slopes.length; n++) {
                BigDecimal sum = BigDecimal.ZERO;
                for (int m = n; m < n + free.length; m++) {
                    BigDecimal back = m >= shift ? h[m - shift] : BigDecimal.ZERO;
                    BigDecimal ahead = m + shift < h.length ? h[m + shift] : BigDecimal.ZERO;
                    sum = sum.add(free[m - n].multiply(back.add(ahead)), DIGITS);
                }
                slopes[e][n] = sum;
            }
        }
        return slopes;
    }

    private static BigDecimal square(BigDecimal[] off) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal x : off) {
            sum = sum.add(x.multiply(x), DIGITS);
        }
        return sum;
    }

    /** Solves m x = b by elimination with the largest pivot; m is modified. */
    private static BigDecimal[] solution(BigDecimal[][] m, BigDecimal[] b) {
        BigDecimal[] x = b.clone();
        for (int c = 0; c < x.length; c++) {
            int pivot = c;
            for (int r = c + 1; r < x.length; r++) {
                pivot = m[r][c].abs().compareTo(m[pivot][c].abs()) > 0 ? r : pivot;
            }
            BigDecimal[] row = m[pivot];
            m[pivot] = m[c];
            m[c] = row;
            BigDecimal value = x[pivot];
            x[pivot] = x[c];
            x[c] = value;
            for (int r = c + 1; r < x.length; r++) {
                BigDecimal times = m[r][c].divide(row[c], DIGITS);
                for (int q = c; q < x.length; q++) {
                    m[r][q] = m[r][q].subtract(times.multiply(row[q]), DIGITS);
                }
                x[r] = x[r].subtract(times.multiply(value), DIGITS);
            }
        }
        for (int c = x.length - 1; c >= 0; c--) {
            for (int q = c + 1; q < x.length; q++) {
                x[c] = x[c].subtract(m[c][q].multiply(x[q]), DIGITS);
            }
            x[c] = x[c].divide(m[c][c], DIGITS);
        }
        return x;
    }
}
