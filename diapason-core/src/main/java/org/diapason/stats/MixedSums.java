package org.diapason.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The penalised least squares of a mixed model for given variances, from sums per group (Bates and
 * others 2015, Journal of Statistical Software 67(1), doi:10.18637/jss.v067.i01, section 3).
 *
 * <p>The groups of the factor with most random effects are eliminated one by one (their columns
 * meet no other group); what is left, the effects of other factors and the fixed effects, is one
 * dense matrix.
 */
final class MixedSums {
    final List<GroupFactor> factors;

    /** The factor eliminated group by group, first among the factors. */
    final GroupFactor main;

    /** Random effects of the other factors. */
    final int others;

    final int fixed;

    /** Dense columns: other effects, fixed effects. */
    final int dense;

    /** Z'Z per group, {@code q × q}. */
    private final double[][] zz;

    /** Z'C per group, {@code q × dense}. */
    private final double[][] zc;

    /** C'C, {@code dense × dense}. */
    private final double[] cc;

    /** Groups of equal Z'Z, whose products are summed once for all; none where few are equal. */
    private final List<AlikeGroups> alike;

    private final double[][] basis;

    /** First parameter of each factor. */
    final int[] parameter;

    MixedSums(List<GroupFactor> ordered, double[][] basis) {
        factors = ordered;
        main = ordered.get(0);
        this.basis = basis;
        fixed = basis.length;
        int count = 0;
        parameter = new int[ordered.size() + 1];
        for (int f = 0; f < ordered.size(); f++) {
            GroupFactor factor = ordered.get(f);
            count += f == 0 ? 0 : factor.groups * factor.width;
            parameter[f + 1] = parameter[f] + factor.parameters();
        }
        others = count;
        dense = others + fixed;
        int q = main.width;
        zz = new double[main.groups][q * q];
        zc = new double[main.groups][q * dense];
        cc = new double[dense * dense];
        double[] row = new double[dense];
        for (int r = 0; r < main.group.length; r++) {
            row(r, row);
            int g = main.group[r];
            for (int a = 0; a < q; a++) {
                double z = main.columns[a][r];
                for (int b = 0; b < q; b++) {
                    zz[g][a * q + b] += z * main.columns[b][r];
                }
                for (int c = 0; c < dense; c++) {
                    zc[g][a * dense + c] += z * row[c];
                }
            }
            for (int c = 0; c < dense; c++) {
                for (int d = 0; row[c] != 0 && d <= c; d++) {
                    cc[c * dense + d] += row[c] * row[d];
                }
            }
        }
        alike = AlikeGroups.of(zz, zc, q, dense);
    }

    private void row(int r, double[] into) {
        Arrays.fill(into, 0, others, 0);
        int at = 0;
        for (int f = 1; f < factors.size(); f++) {
            GroupFactor factor = factors.get(f);
            for (int k = 0; k < factor.width; k++) {
                into[at + factor.group[r] * factor.width + k] = factor.columns[k][r];
            }
            at += factor.groups * factor.width;
        }
        for (int k = 0; k < fixed; k++) {
            into[others + k] = basis[k][r];
        }
    }

    /** The sums of one response and the room to work with them. */
    final class Response {
        private final double[] zy;
        private final double[] cy = new double[dense];
        private final double[][] alikeY = new double[alike.size()][];
        private final double yy;

        /** Lower triangle of the factor of the dense part, the response as its last row. */
        final double[] lower = new double[(dense + 1) * (dense + 1)];

        private final double[][] lambda = new double[main.width][main.width];
        private final double[] m = new double[main.width * main.width];
        private final double[] v = new double[main.width * (dense + 1)];

        /** log|L|² of the random effects. */
        double logRandom;

        /** log|R|² of the fixed effects, in their orthonormal columns. */
        double logFixed;

        /** Penalised residual sum of squares. */
        double squares;

        Response(double[] y) {
            zy = new double[main.groups * main.width];
            double[] row = new double[dense];
            double sum = 0;
            for (int r = 0; r < y.length; r++) {
                row(r, row);
                for (int a = 0; a < main.width; a++) {
                    zy[main.group[r] * main.width + a] += main.columns[a][r] * y[r];
                }
                for (int c = 0; c < dense; c++) {
                    cy[c] += row[c] * y[r];
                }
                sum += y[r] * y[r];
            }
            yy = sum;
            for (int k = 0; k < alikeY.length; k++) {
                alikeY[k] = alike.get(k).products(zc, zy);
            }
        }

        /** Solves for given variances, {@code theta}: lower triangles in units of the noise. */
        void solve(double[] theta) {
            int w = dense + 1;
            for (int c = 0; c < dense; c++) {
                System.arraycopy(cc, c * dense, lower, c * w, c + 1);
            }
            System.arraycopy(cy, 0, lower, dense * w, dense);
            lower[dense * w + dense] = yy;
            main.triangle(theta, 0, lambda);
            logRandom = 0;
            for (int k = 0; k < alikeY.length; k++) {
                AlikeGroups same = alike.get(k);
                logRandom += same.groups.length * cholesky(same.groups[0]);
                same.downdate(kernel(), alikeY[k], lower);
            }
            for (int g = 0; alikeY.length == 0 && g < main.groups; g++) {
                logRandom += cholesky(g);
                project(g);
                downdate();
            }
            scaleOthers(theta);
            factor();
        }

        /** Factors Λ'Z'ZΛ + I of a group into m; returns log|L|². */
        private double cholesky(int g) {
            int q = main.width;
            double product = 1;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    double sum = a == b ? 1 : 0;
                    for (int i = a; i < q; i++) {
                        for (int j = b; j < q; j++) {
                            sum += lambda[i][a] * zz[g][i * q + j] * lambda[j][b];
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
            return StrictMath.log(product);
        }

        /** Returns Λ(Λ'Z'ZΛ + I)⁻¹Λ' of the group factored last. */
        private double[] kernel() {
            int q = main.width;
            double[] half = new double[q * q];
            for (int c = 0; c < q; c++) {
                for (int a = 0; a < q; a++) {
                    double sum = lambda[c][a];
                    for (int b = 0; b < a; b++) {
                        sum -= m[a * q + b] * half[b * q + c];
                    }
                    half[a * q + c] = sum / m[a * q + a];
                }
            }
            double[] kernel = new double[q * q];
            for (int a = 0; a < q; a++) {
                for (int b = 0; b < q; b++) {
                    for (int j = 0; j < q; j++) {
                        kernel[a * q + b] += half[j * q + a] * half[j * q + b];
                    }
                }
            }
            return kernel;
        }

        /** Puts L⁻¹Λ'Z'[C y] of the group factored last into v. */
        private void project(int g) {
            int q = main.width;
            int w = dense + 1;
            for (int a = 0; a < q; a++) {
                Arrays.fill(v, a * w, (a + 1) * w, 0);
                for (int i = a; i < q; i++) {
                    double l = lambda[i][a];
                    for (int c = 0; c < dense; c++) {
                        v[a * w + c] += l * zc[g][i * dense + c];
                    }
                    v[a * w + dense] += l * zy[g * q + i];
                }
                for (int b = 0; b < a; b++) {
                    double l = m[a * q + b];
                    for (int c = 0; c < w; c++) {
                        v[a * w + c] -= l * v[b * w + c];
                    }
                }
                for (int c = 0; c < w; c++) {
                    v[a * w + c] /= m[a * q + a];
                }
            }
        }

        /** Takes v'v out of the dense part. */
        private void downdate() {
            int w = dense + 1;
            for (int a = 0; a < main.width; a++) {
                for (int c = 0; c < w; c++) {
                    double x = v[a * w + c];
                    for (int d = 0; x != 0 && d <= c; d++) {
                        lower[c * w + d] -= x * v[a * w + d];
                    }
                }
            }
        }

        /** Multiplies rows and columns of the other factors by Λ and adds the penalty. */
        private void scaleOthers(double[] theta) {
            int w = dense + 1;
            int at = 0;
            for (int f = 1; f < factors.size(); f++) {
                GroupFactor factor = factors.get(f);
                int q = factor.width;
                double[][] own = new double[q][q];
                factor.triangle(theta, parameter[f], own);
                double[][] square = q == 1 ? null : own;
                for (int g = 0; g < factor.groups; g++) {
                    scale(at + g * q, own, square);
                }
                at += factor.groups * q;
            }
            for (int c = 0; c < others; c++) {
                lower[c * w + c] += 1;
            }
        }

        private void scale(int first, double[][] own, double[][] square) {
            int w = dense + 1;
            int q = own.length;
            if (square != null) {
                for (int a = 0; a < q; a++) {
                    for (int b = a + 1; b < q; b++) {
                        lower[(first + a) * w + first + b] = lower[(first + b) * w + first + a];
                    }
                }
            }
            for (int d = 0; d < first + q; d++) {
                for (int a = 0; a < q; a++) {
                    double sum = 0;
                    for (int i = a; i < q; i++) {
                        sum += own[i][a] * lower[(first + i) * w + d];
                    }
                    lower[(first + a) * w + d] = sum;
                }
            }
            for (int c = first; c < w; c++) {
                for (int a = 0; a < q; a++) {
                    double sum = 0;
                    for (int i = a; i < q; i++) {
                        sum += own[i][a] * lower[c * w + first + i];
                    }
                    lower[c * w + first + a] = sum;
                }
            }
        }

        /** Cholesky of the dense part, in place; the last row is the response. */
        private void factor() {
            int w = dense + 1;
            double random = 0;
            logFixed = 0;
            for (int c = 0; c < w; c++) {
                for (int d = 0; d <= c; d++) {
                    double sum = lower[c * w + d];
                    for (int j = 0; j < d; j++) {
                        sum -= lower[c * w + j] * lower[d * w + j];
                    }
                    if (d < c) {
                        lower[c * w + d] = sum / lower[d * w + d];
                    } else if (c == dense) {
                        squares = sum;
                    } else {
                        lower[c * w + c] = Math.sqrt(sum);
                        if (c < others) {
                            random += StrictMath.log(sum);
                        } else {
                            logFixed += StrictMath.log(sum);
                        }
                    }
                }
            }
            logRandom += random;
        }

        /** Returns [other effects | fixed effects], all in the columns of these sums, solved. */
        double[] denseEffects() {
            int w = dense + 1;
            double[] b = Arrays.copyOfRange(lower, dense * w, dense * w + dense);
            for (int c = dense - 1; c >= 0; c--) {
                for (int d = c + 1; d < dense; d++) {
                    b[c] -= lower[d * w + c] * b[d];
                }
                b[c] /= lower[c * w + c];
            }
            return b;
        }

        /**
         * Returns the effects of every factor as {@code [factor][group · width + column]}.
         *
         * @param b what {@link #denseEffects()} returned
         */
        double[][] randomEffects(double[] theta, double[] b) {
            double[][] effects = new double[factors.size()][];
            double[] c = b.clone();
            int at = 0;
            for (int f = 1; f < factors.size(); f++) {
                GroupFactor factor = factors.get(f);
                effects[f] = new double[factor.groups * factor.width];
                double[][] own = new double[factor.width][factor.width];
                factor.triangle(theta, parameter[f], own);
                for (int g = 0; g < factor.groups; g++) {
                    double[] spread = times(own, b, at);
                    System.arraycopy(spread, 0, c, at, spread.length);
                    put(factor, g, spread, effects[f]);
                    at += factor.width;
                }
            }
            effects[0] = new double[main.groups * main.width];
            int q = main.width;
            int w = dense + 1;
            for (int g = 0; g < main.groups; g++) {
                cholesky(g);
                project(g);
                double[] u = new double[q];
                for (int a = q - 1; a >= 0; a--) {
                    u[a] = v[a * w + dense];
                    for (int k = 0; k < dense; k++) {
                        u[a] -= v[a * w + k] * c[k];
                    }
                    for (int i = a + 1; i < q; i++) {
                        u[a] -= m[i * q + a] * u[i];
                    }
                    u[a] /= m[a * q + a];
                }
                put(main, g, times(lambda, u, 0), effects[0]);
            }
            return effects;
        }

        private void put(GroupFactor factor, int group, double[] effect, double[] into) {
            double[] own = factor.turned(effect);
            System.arraycopy(own, 0, into, group * own.length, own.length);
        }

        /** Λ times the numbers from {@code from} on. */
        private double[] times(double[][] lambdaOf, double[] x, int from) {
            double[] product = new double[lambdaOf.length];
            for (int i = 0; i < product.length; i++) {
                for (int k = 0; k <= i; k++) {
                    product[i] += lambdaOf[i][k] * x[from + k];
                }
            }
            return product;
        }

        /** Returns (Q'V⁻¹Q)⁻¹ of the fixed effects, in units of the noise variance. */
        double[][] inverseFixed() {
            int w = dense + 1;
            double[][] rootInverse = new double[fixed][fixed];
            for (int k = 0; k < fixed; k++) {
                for (int i = k; i < fixed; i++) {
                    double sum = i == k ? 1 : 0;
                    for (int j = k; j < i; j++) {
                        sum -= lower[(others + i) * w + others + j] * rootInverse[j][k];
                    }
                    rootInverse[i][k] = sum / lower[(others + i) * w + others + i];
                }
            }
            double[][] inverse = new double[fixed][fixed];
            for (int a = 0; a < fixed; a++) {
                for (int b = 0; b < fixed; b++) {
                    for (int i = Math.max(a, b); i < fixed; i++) {
                        inverse[a][b] += rootInverse[i][a] * rootInverse[i][b];
                    }
                }
            }
            return inverse;
        }
    }
}
