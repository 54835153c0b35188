package org.diapason.stats;

import java.util.Arrays;

/** The sums of one response of a mixed model, and what variances make of them. */
final class MixedResponse {
    private final MixedSums sums;
    private final boolean restricted;
    private final int degrees;
    private final double[] zy;
    private final double[] cy;
    private final double yy;

    /** Products of each set of alike groups with the response. */
    private final double[] alike;

    /** B-side of the response: C'y − Σ C'Z·K·Z'y. */
    private final double[] plain;

    /** Solution of the factor of T for the response. */
    private final double[] along;

    /** Penalised residual sum of squares. */
    double squares;

    /**
     * @param degrees what is left for the noise
     */
    MixedResponse(MixedSums sums, boolean restricted, int degrees, double[] y) {
        this.sums = sums;
        this.restricted = restricted;
        this.degrees = degrees;
        GroupFactor main = sums.main;
        zy = new double[main.groups * main.width];
        cy = sums.products(y);
        plain = new double[sums.dense];
        along = new double[sums.dense];
        double sum = 0;
        for (int r = 0; r < y.length; r++) {
            for (int a = 0; a < main.width; a++) {
                zy[main.group[r] * main.width + a] += main.columns[a][r] * y[r];
            }
            sum += y[r] * y[r];
        }
        yy = sum;
        alike = sums.alike == null ? null : sums.alike.products(zy);
    }

    /** Solves at a point; returns −2·log-likelihood but for constants, profiled over β and σ². */
    double solve(MixedPoint point) {
        int q = sums.main.width;
        int w = sums.dense;
        System.arraycopy(cy, 0, plain, 0, w);
        squares = yy;
        if (alike != null) {
            double[] sum = new double[w + 1];
            sums.alike.along(point.kernel, alike, w + 1, sum);
            for (int d = 0; d < w; d++) {
                plain[d] -= sum[d];
            }
            squares -= sum[w];
        }
        for (int g = 0; alike == null && g < sums.set.length; g++) {
            int[] place = sums.place[g];
            double[] c = sums.zc[g];
            int from = sums.set[g] * q * q;
            for (int a = 0; a < q; a++) {
                double k = 0;
                for (int b = 0; b < q; b++) {
                    k += point.kernel[from + a * q + b] * zy[g * q + b];
                }
                squares -= k * zy[g * q + a];
                for (int d = 0; d < place.length; d++) {
                    plain[place[d]] -= k * c[a * place.length + d];
                }
            }
        }
        System.arraycopy(plain, 0, along, 0, w);
        point.transposedTimes(along, 0, 1, 1);
        for (int c = 0; c < w; c++) {
            double sum = along[c];
            for (int d = 0; d < c; d++) {
                sum -= point.lower[c * w + d] * along[d];
            }
            along[c] = sum / point.lower[c * w + c];
            squares -= along[c] * along[c];
        }
        return logs(point) + degrees * StrictMath.log(squares);
    }

    /** The determinants of −2·log-likelihood. */
    double logs(MixedPoint point) {
        return point.logRandom + (restricted ? point.logFixed : 0);
    }

    /** Returns [other effects | fixed effects] in the columns of T. */
    private double[] solved(MixedPoint point) {
        int w = sums.dense;
        double[] b = along.clone();
        for (int c = w - 1; c >= 0; c--) {
            for (int d = c + 1; d < w; d++) {
                b[c] -= point.lower[d * w + c] * b[d];
            }
            b[c] /= point.lower[c * w + c];
        }
        return b;
    }

    /** Returns [other effects | fixed effects] in the columns of these sums. */
    double[] denseEffects(MixedPoint point) {
        double[] b = solved(point);
        point.times(b, 0, 1, 1);
        return b;
    }

    /**
     * Returns the effects of every factor as {@code [factor][group · width + column]}.
     *
     * @param b what {@link #denseEffects} returned
     */
    double[][] randomEffects(MixedPoint point, double[] b) {
        double[][] effects = new double[sums.factors.size()][];
        for (int f = 0; f < effects.length; f++) {
            GroupFactor factor = sums.factors.get(f);
            int q = factor.width;
            effects[f] = new double[factor.groups * q];
            for (int g = 0; g < factor.groups; g++) {
                double[] own =
                        f == 0
                                ? mainEffect(point, g, b)
                                : Arrays.copyOfRange(
                                        b, sums.offset(f) + g * q, sums.offset(f) + g * q + q);
                System.arraycopy(factor.turned(own), 0, effects[f], g * q, q);
            }
        }
        return effects;
    }

    /** K·Z'(y − C·b) of a group. */
    private double[] mainEffect(MixedPoint point, int g, double[] b) {
        int q = sums.main.width;
        double[] h = left(g, b);
        double[] effect = new double[q];
        for (int a = 0; a < q; a++) {
            for (int i = 0; i < q; i++) {
                effect[a] += point.kernel[sums.set[g] * q * q + a * q + i] * h[i];
            }
        }
        return effect;
    }

    /** Z'(y − C·b) of a group. */
    private double[] left(int g, double[] b) {
        int q = sums.main.width;
        int[] place = sums.place[g];
        double[] h = new double[q];
        for (int a = 0; a < q; a++) {
            double sum = zy[g * q + a];
            for (int d = 0; d < place.length; d++) {
                sum -= sums.zc[g][a * place.length + d] * b[place[d]];
            }
            h[a] = sum;
        }
        return h;
    }

    /**
     * Returns the derivatives of what {@link #solve} returned last, at the same point.
     *
     * <p>D = Σ log|M| + log|T| + f·log r² (T of all dense columns, or of the random ones only), and
     * r² = e'(…)e is stationary in b, so dD = Σ tr(M⁻¹dM) + tr(T⁻¹dT) + f/r²·b̃'(dB)b̃ with b̃ =
     * (−b, 1): one pass over the groups for all parameters.
     */
    double[] gradient(MixedPoint point) {
        return gradient(point, degrees / squares);
    }

    /** As {@link #gradient(MixedPoint)}, of Σ log|M| + log|T| + share·r². */
    double[] gradient(MixedPoint point, double share) {
        int w = sums.dense;
        double[] gradient = new double[sums.parameter[sums.factors.size()]];
        double[] scaled = solved(point);
        double[] b = scaled.clone();
        point.times(b, 0, 1, 1);
        double[] weight = weight(point);
        if (sums.others > 0) {
            point.times(weight, 0, w, w);
            otherGradient(point, weight, scaled, b, share, gradient);
            for (int r = 0; r < w; r++) {
                point.times(weight, r * w, 1, 1);
            }
        }
        point.mainGradient(byKernel(weight, b, share), gradient);
        return gradient;
    }

    /** T⁻¹, or that of the random effects alone. */
    private double[] weight(MixedPoint point) {
        int w = sums.dense;
        if (restricted) {
            return point.inverse(0, w);
        }
        double[] inner = point.inverse(0, sums.others);
        double[] weight = new double[w * w];
        for (int r = 0; r < sums.others; r++) {
            System.arraycopy(inner, r * sums.others, weight, r * w, sums.others);
        }
        return weight;
    }

    private double[] byKernel(double[] weight, double[] b, double share) {
        int q = sums.main.width;
        int w = sums.dense;
        double[] by = new double[sums.zz.length * q * q];
        double[] weighted = alike == null ? null : sums.alike.weighted(weight);
        int at = 0;
        for (int s = 0; weighted != null && s < sums.zz.length; s++) {
            for (int a = 0; a < q; a++) {
                for (int c = 0; c <= a; c++) {
                    by[s * q * q + a * q + c] = weighted[at++];
                }
            }
        }
        double[] half = new double[w];
        for (int g = 0; g < sums.set.length; g++) {
            int from = sums.set[g] * q * q;
            double[] h = left(g, b);
            for (int a = 0; a < q; a++) {
                if (alike == null) {
                    half(g, a, weight, half);
                }
                for (int c = 0; c <= a; c++) {
                    double sum = (a == c ? 1 : 2) * share * h[a] * h[c];
                    if (alike == null) {
                        double both = 0;
                        int n = sums.place[g].length;
                        for (int d = 0; d < n; d++) {
                            both += half[d] * sums.zc[g][c * n + d];
                        }
                        sum += (a == c ? 1 : 2) * both;
                    }
                    by[from + a * q + c] += sum;
                }
            }
        }
        for (int s = 0; s < sums.zz.length; s++) {
            for (int a = 0; a < q; a++) {
                for (int c = 0; c <= a; c++) {
                    double derivative = -by[s * q * q + a * q + c] / (a == c ? 1 : 2);
                    by[s * q * q + a * q + c] = derivative;
                    by[s * q * q + c * q + a] = derivative;
                }
            }
        }
        return by;
    }

    /** A row of Z'C·W of a group. */
    private void half(int g, int a, double[] weight, double[] half) {
        int[] place = sums.place[g];
        double[] c = sums.zc[g];
        int n = place.length;
        Arrays.fill(half, 0, n, 0);
        for (int i = 0; i < n; i++) {
            double x = c[a * n + i];
            int row = place[i] * sums.dense;
            for (int d = 0; d < n; d++) {
                half[d] += x * weight[row + place[d]];
            }
        }
    }

    /** Adds what follows from Λ of the other factors: 2·(B·L·W)' on their blocks. */
    private void otherGradient(
            MixedPoint point,
            double[] weight,
            double[] scaled,
            double[] b,
            double share,
            double[] gradient) {
        int w = sums.dense;
        for (int f = 1; f < sums.factors.size(); f++) {
            GroupFactor factor = sums.factors.get(f);
            int q = factor.width;
            double[][] sum = new double[q][q];
            for (int g = 0; g < factor.groups; g++) {
                int first = sums.offset(f) + g * q;
                for (int i = 0; i < q; i++) {
                    int row = (first + i) * w;
                    double e = plain[first + i];
                    for (int j = 0; j < w; j++) {
                        e -= point.plain[row + j] * b[j];
                    }
                    for (int k = 0; k <= i; k++) {
                        double x = -share * e * scaled[first + k];
                        for (int j = 0; j < w; j++) {
                            x += point.plain[row + j] * weight[j * w + first + k];
                        }
                        sum[i][k] += 2 * x;
                    }
                }
            }
            factor.gather(sum, sums.parameter[f], gradient);
        }
    }
}
