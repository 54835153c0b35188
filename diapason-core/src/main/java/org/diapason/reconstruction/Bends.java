package org.diapason.reconstruction;

/**
 * What the last steps of a descent have told of the curvature: how far they went, s, and by what
 * the gradient changed, y; the memory of {@link QuasiNewton}.
 */
final class Bends {
    /** Steps that are remembered. */
    static final int MOST = 8;

    private final float[][] moved = new float[MOST][];
    private final float[][] changed = new float[MOST][];
    private int known;

    void forget() {
        known = 0;
    }

    /** Takes a step; one along which the gradient did not grow says nothing. */
    void learn(float[] from, float[] to, float[] gradientFrom, float[] gradientTo) {
        float[] s = less(to, from);
        float[] y = less(gradientTo, gradientFrom);
        if (!(Total.dot(s, y) > 0)) {
            return;
        }
        if (known == MOST) {
            known--;
            System.arraycopy(moved, 1, moved, 0, known);
            System.arraycopy(changed, 1, changed, 0, known);
        }
        moved[known] = s;
        changed[known++] = y;
    }

    private static float[] less(float[] a, float[] b) {
        float[] less = new float[a.length];
        for (int v = 0; v < less.length; v++) {
            less[v] = a[v] - b[v];
        }
        return less;
    }

    /**
     * Returns {@code H g}, by the two loops of Nocedal, among the pixels that are not held; 0 where
     * they are.
     *
     * @param lengths P
     */
    double[] newton(float[] g, float[] lengths, boolean[] held) {
        double[] q = new double[g.length];
        for (int v = 0; v < q.length; v++) {
            q[v] = held[v] ? 0 : g[v];
        }
        double[] bend = new double[known];
        double[] along = new double[known];
        for (int k = known - 1; k >= 0; k--) {
            bend[k] = dot(moved[k], changed[k], held);
            if (bend[k] > 0) {
                along[k] = dot(moved[k], q) / bend[k];
                add(-along[k], changed[k], held, q);
            }
        }
        double scale = scale(bend, lengths, held);
        for (int v = 0; v < q.length; v++) {
            q[v] *= scale * lengths[v];
        }
        for (int k = 0; k < known; k++) {
            if (bend[k] > 0) {
                add(along[k] - dot(changed[k], q) / bend[k], moved[k], held, q);
            }
        }
        return q;
    }

    /** Returns γ, by which the last step makes up for the length of P. */
    private double scale(double[] bend, float[] lengths, boolean[] held) {
        if (known == 0 || !(bend[known - 1] > 0)) {
            return 1;
        }
        float[] y = changed[known - 1];
        double most =
                Total.of(
                        y.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int v = from; v < to; v++) {
                                sum += held[v] ? 0 : (double) y[v] * y[v] * lengths[v];
                            }
                            return sum;
                        });
        return most > 0 ? bend[known - 1] / most : 1;
    }

    private static double dot(float[] a, float[] b, boolean[] held) {
        return Total.of(
                a.length,
                (from, to) -> {
                    double sum = 0;
                    for (int v = from; v < to; v++) {
                        sum += held[v] ? 0 : (double) a[v] * b[v];
                    }
                    return sum;
                });
    }

    /** Of q that is 0 where pixels are held. */
    private static double dot(float[] a, double[] q) {
        return Total.of(
                a.length,
                (from, to) -> {
                    double sum = 0;
                    for (int v = from; v < to; v++) {
                        sum += a[v] * q[v];
                    }
                    return sum;
                });
    }

    private static void add(double by, float[] a, boolean[] held, double[] q) {
        for (int v = 0; v < q.length; v++) {
            q[v] += held[v] ? 0 : by * a[v];
        }
    }
}
