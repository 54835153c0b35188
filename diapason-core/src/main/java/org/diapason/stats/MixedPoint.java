package org.diapason.stats;

/**
 * What given variances make of a design, shared by all responses: penalised least squares of Bates
 * and others 2015, Journal of Statistical Software 67(1), doi:10.18637/jss.v067.i01, section 3.
 *
 * <p>With M = Λ'Z'ZΛ + I of a group and K = ΛM⁻¹Λ', the dense part is B = C'C − Σ C'Z·K·Z'C, then T
 * = L'BL + I on the other effects, L their Λ.
 */
final class MixedPoint {
    final MixedSums sums;

    /** Λ of every factor, {@code [factor][row][column]}. */
    final double[][][] lambda;

    /** K of each set of alike groups, {@code [set · q² + a · q + b]}. */
    final double[] kernel;

    /** N = ΛM⁻¹, as K. */
    private final double[] spread;

    /** B, full; only where there are other effects. */
    final double[] plain;

    /** Lower triangle: T, then its Cholesky factor. */
    final double[] lower;

    /** log|L|² of the random effects. */
    double logRandom;

    /** log|R|² of the fixed effects, in their orthonormal columns. */
    double logFixed;

    MixedPoint(MixedSums sums) {
        this.sums = sums;
        lambda = new double[sums.factors.size()][][];
        for (int f = 0; f < lambda.length; f++) {
            int w = sums.factors.get(f).width;
            lambda[f] = new double[w][w];
        }
        int q = sums.main.width;
        kernel = new double[sums.zz.length * q * q];
        spread = new double[kernel.length];
        lower = new double[sums.dense * sums.dense];
        plain = sums.others > 0 ? new double[lower.length] : lower;
    }

    /** Takes the variances, {@code theta}: lower triangles in units of the noise. */
    MixedPoint set(double[] theta) {
        for (int f = 0; f < lambda.length; f++) {
            sums.factors.get(f).triangle(theta, sums.parameter[f], lambda[f]);
        }
        System.arraycopy(sums.cc, 0, plain, 0, plain.length);
        groups();
        if (sums.alike != null) {
            sums.alike.downdate(kernel, plain);
        } else {
            double[] half = new double[sums.main.width * sums.dense];
            for (int g = 0; g < sums.set.length; g++) {
                downdate(g, half);
            }
        }
        if (sums.others > 0) {
            scaleOthers();
        }
        factor();
        return this;
    }

    /** Factors M of every set. */
    private void groups() {
        int q = sums.main.width;
        double[][] own = lambda[0];
        double[] m = new double[q * q];
        double[] x = new double[q];
        logRandom = 0;
        double product = 1;
        for (int s = 0; s < sums.zz.length; s++) {
            double determinant = cholesky(sums.zz[s], own, m);
            int times = sums.members.get(s).size();
            if (times > 1 || determinant > 1e100 || product > 1e100) {
                logRandom += times * StrictMath.log(determinant);
            } else {
                product *= determinant;
            }
            if (product > 1e100) {
                logRandom += StrictMath.log(product);
                product = 1;
            }
            int from = s * q * q;
            for (int i = 0; i < q; i++) {
                for (int a = 0; a < q; a++) {
                    double sum = own[i][a];
                    for (int b = 0; b < a; b++) {
                        sum -= m[a * q + b] * x[b];
                    }
                    x[a] = sum / m[a * q + a];
                }
                for (int a = q - 1; a >= 0; a--) {
                    double sum = x[a];
                    for (int b = a + 1; b < q; b++) {
                        sum -= m[b * q + a] * x[b];
                    }
                    x[a] = sum / m[a * q + a];
                    spread[from + i * q + a] = x[a];
                }
                for (int j = 0; j <= i; j++) {
                    double sum = 0;
                    for (int k = 0; k <= j; k++) {
                        sum += x[k] * own[j][k];
                    }
                    kernel[from + i * q + j] = sum;
                    kernel[from + j * q + i] = sum;
                }
            }
        }
        logRandom += StrictMath.log(product);
    }

    /** Factors Λ'Z'ZΛ + I into m; returns |M|. */
    private static double cholesky(double[] zz, double[][] lambda, double[] m) {
        int q = lambda.length;
        double product = 1;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = a == b ? 1 : 0;
                for (int i = a; i < q; i++) {
                    for (int j = b; j < q; j++) {
                        sum += lambda[i][a] * zz[i * q + j] * lambda[j][b];
                    }
                }
                for (int j = 0; j < b; j++) {
                    sum -= m[a * q + j] * m[b * q + j];
                }
                if (b < a) {
                    m[a * q + b] = sum / m[b * q + b];
                } else {
                    product *= sum;
                    m[a * q + a] = Math.sqrt(sum);
                }
            }
        }
        return product;
    }

    /** Takes C'Z·K·Z'C of a group out of the dense part. */
    private void downdate(int g, double[] half) {
        int q = sums.main.width;
        int[] place = sums.place[g];
        int n = place.length;
        double[] c = sums.zc[g];
        int from = sums.set[g] * q * q;
        for (int a = 0; a < q; a++) {
            for (int d = 0; d < n; d++) {
                double sum = 0;
                for (int b = 0; b < q; b++) {
                    sum += kernel[from + a * q + b] * c[b * n + d];
                }
                half[a * n + d] = sum;
            }
        }
        for (int a = 0; a < q; a++) {
            for (int i = 0; i < n; i++) {
                double x = c[a * n + i];
                int row = place[i] * sums.dense;
                for (int d = 0; d <= i; d++) {
                    plain[row + place[d]] -= x * half[a * n + d];
                }
            }
        }
    }

    /** Makes T of B: scales rows and columns of other effects and adds their penalty. */
    private void scaleOthers() {
        int w = sums.dense;
        for (int r = 0; r < w; r++) {
            for (int c = 0; c < r; c++) {
                plain[c * w + r] = plain[r * w + c];
            }
        }
        System.arraycopy(plain, 0, lower, 0, lower.length);
        for (int r = 0; r < w; r++) {
            transposedTimes(lower, r * w, 1, 1);
        }
        transposedTimes(lower, 0, w, w);
        for (int c = 0; c < sums.others; c++) {
            lower[c * w + c] += 1;
        }
    }

    /**
     * Puts L'·x in the place of x, for the first {@code count} vectors of which element i stands at
     * {@code from + i · stride} and the next vector one further.
     */
    void transposedTimes(double[] x, int from, int stride, int count) {
        for (int f = 1; f < lambda.length; f++) {
            double[][] own = lambda[f];
            for (int g = 0; g < sums.factors.get(f).groups; g++) {
                int first = from + (sums.offset(f) + g * own.length) * stride;
                for (int v = first; v < first + count; v++) {
                    for (int k = 0; k < own.length; k++) {
                        double sum = 0;
                        for (int i = k; i < own.length; i++) {
                            sum += own[i][k] * x[v + i * stride];
                        }
                        x[v + k * stride] = sum;
                    }
                }
            }
        }
    }

    /** As {@link #transposedTimes}, but L·x. */
    void times(double[] x, int from, int stride, int count) {
        for (int f = 1; f < lambda.length; f++) {
            double[][] own = lambda[f];
            for (int g = 0; g < sums.factors.get(f).groups; g++) {
                int first = from + (sums.offset(f) + g * own.length) * stride;
                for (int v = first; v < first + count; v++) {
                    for (int i = own.length - 1; i >= 0; i--) {
                        double sum = 0;
                        for (int k = 0; k <= i; k++) {
                            sum += own[i][k] * x[v + k * stride];
                        }
                        x[v + i * stride] = sum;
                    }
                }
            }
        }
    }

    /** Cholesky of T, in place. */
    private void factor() {
        int w = sums.dense;
        double random = 0;
        logFixed = 0;
        for (int c = 0; c < w; c++) {
            for (int d = 0; d < c; d++) {
                double sum = lower[c * w + d] - Dot.of(lower, c * w, lower, d * w, d);
                lower[c * w + d] = sum / lower[d * w + d];
            }
            double left = lower[c * w + c] - Dot.of(lower, c * w, lower, c * w, c);
            lower[c * w + c] = Math.sqrt(left);
            if (c < sums.others) {
                random += StrictMath.log(left);
            } else {
                logFixed += StrictMath.log(left);
            }
        }
        logRandom += random;
    }

    /** Returns the inverse of rows and columns {@code from … to − 1} of T given the ones before. */
    double[] inverse(int from, int to) {
        int w = sums.dense;
        int size = to - from;
        // row k is column k of the inverse of the factor
        double[] root = new double[size * size];
        for (int k = 0; k < size; k++) {
            root[k * size + k] = 1 / lower[(from + k) * w + from + k];
            for (int i = k + 1; i < size; i++) {
                double sum = 0;
                int row = (from + i) * w + from;
                for (int j = k; j < i; j++) {
                    sum -= lower[row + j] * root[k * size + j];
                }
                root[k * size + i] = sum / lower[row + i];
            }
        }
        double[] inverse = new double[size * size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = a; i < size; i++) {
                    sum += root[a * size + i] * root[b * size + i];
                }
                inverse[a * size + b] = sum;
                inverse[b * size + a] = sum;
            }
        }
        return inverse;
    }

    /**
     * Adds to a gradient what follows from Λ of the main factor.
     *
     * @param byKernel derivative by K of each set, symmetric, as {@link #kernel}
     */
    void mainGradient(double[] byKernel, double[] gradient) {
        int q = sums.main.width;
        double[][] own = lambda[0];
        double[][] sum = new double[q][q];
        double[] e = new double[q * q];
        double[] gn = new double[q * q];
        for (int s = 0; s < sums.zz.length; s++) {
            int from = s * q * q;
            int times = sums.members.get(s).size();
            double[] zz = sums.zz[s];
            rest(zz, own, from, e);
            for (int i = 0; i < q; i++) {
                for (int k = 0; k < q; k++) {
                    double x = 0;
                    for (int j = 0; j < q; j++) {
                        x += byKernel[from + i * q + j] * spread[from + j * q + k];
                    }
                    gn[i * q + k] = x;
                }
            }
            for (int i = 0; i < q; i++) {
                for (int k = 0; k <= i; k++) {
                    double x = 0;
                    for (int j = 0; j < q; j++) {
                        x += times * zz[i * q + j] * spread[from + j * q + k];
                        x += e[i * q + j] * gn[j * q + k];
                    }
                    sum[i][k] += 2 * x;
                }
            }
        }
        sums.main.gather(sum, 0, gradient);
    }

    /** I − Z'Z·K; where Λ is large by Λ'(I − Z'Z·K) = N', without cancellation. */
    private void rest(double[] zz, double[][] own, int from, double[] e) {
        int q = own.length;
        for (int k = q - 1; k >= 0; k--) {
            for (int j = 0; j < q; j++) {
                double sum;
                if (Math.abs(own[k][k]) > 1) {
                    sum = spread[from + j * q + k];
                    for (int i = k + 1; i < q; i++) {
                        sum -= own[i][k] * e[i * q + j];
                    }
                    sum /= own[k][k];
                } else {
                    sum = k == j ? 1 : 0;
                    for (int i = 0; i < q; i++) {
                        sum -= zz[k * q + i] * kernel[from + i * q + j];
                    }
                }
                e[k * q + j] = sum;
            }
        }
    }
}
