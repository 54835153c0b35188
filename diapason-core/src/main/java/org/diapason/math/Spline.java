package org.diapason.math;

/**
 * The exact prefilter of the cubic B-spline, without its gain of 6 an axis.
 *
 * <p>The axis goes on by its mirror image at the centres of the border voxels ({@code NEAREST}, the
 * rule of most programs), by that half a voxel further out ({@code MIRROR}), or by zeros.
 *
 * <p>Unser, Aldroubi and Eden 1993, IEEE Trans. Signal Process. 41(2):834–848,
 * doi:10.1109/78.193221; boundary sums of Unser 1999, IEEE Signal Process. Mag. 16(6):22–38,
 * doi:10.1109/79.799930, box 2.
 */
final class Spline {
    private static final double Z = Math.sqrt(3) - 2;
    private static final float Z_FLOAT = (float) Z;

    /** |Z| to this power is below the last bit of a double. */
    private static final int HORIZON = 28;

    /** How many lines are filtered together, to hide the latency of the recursion. */
    static final int LINES = 4;

    private final double[] start;

    /** The last coefficient is {@code end (last sum + endBefore · the sum before it)}. */
    private final double end;

    private final double endBefore;

    /** Makes the prefilter of an axis of {@code n} samples that goes on by a rule. */
    Spline(int n, Boundary boundary) {
        if (boundary == Boundary.ZERO) {
            start = new double[] {1};
            end = Z / (Z * Z - 1);
            endBefore = 0;
            return;
        }
        if (boundary == Boundary.MIRROR) {
            start = new double[Math.min(n, HORIZON)];
            double power = 1;
            for (int k = 0; k < HORIZON; k++) {
                int at = boundary.at(-k, n);
                start[at] += power;
                power *= Z;
            }
            end = Z / (Z - 1);
            endBefore = 0;
            return;
        }
        end = Z / (Z * Z - 1);
        endBefore = Z;
        int period = Math.max(1, 2 * n - 2);
        int reach = Math.min(HORIZON, period);
        start = new double[Math.min(n, reach)];
        double power = 1;
        for (int k = 0; k < reach; k++) {
            start[Taps.mirror(k, n)] += power;
            power *= Z;
        }
        if (reach == period) {
            for (int k = 0; k < start.length; k++) {
                start[k] /= 1 - power;
            }
        }
    }

    /** Turns samples into coefficients along the first index, in place; {@code n} columns. */
    void down(float[][] rows, int n) {
        int last = rows.length - 1;
        if (last == 0) {
            for (int i = 0; i < n; i++) {
                rows[0][i] /= 6;
            }
            return;
        }
        float[] sum = new float[n];
        for (int k = start.length - 1; k >= 0; k--) {
            addScaled(sum, rows[k], (float) start[k], n);
        }
        rows[0] = sum;
        for (int k = 1; k <= last; k++) {
            addScaled(rows[k], rows[k - 1], Z_FLOAT, n);
        }
        float gain = (float) end;
        ends(rows[last], rows[last - 1], gain, gain * (float) endBefore, n);
        for (int k = last - 1; k >= 0; k--) {
            back(rows[k], rows[k + 1], Z_FLOAT, n);
        }
    }

    private static void addScaled(float[] a, float[] b, float w, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += w * b[i];
        }
    }

    private static void ends(float[] a, float[] b, float wa, float wb, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = wa * a[i] + wb * b[i];
        }
    }

    private static void back(float[] a, float[] b, float w, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = w * (b[i] - a[i]);
        }
    }

    /** Turns {@link #LINES} lines of {@code n} samples each into coefficients, in place. */
    void along(float[][] lines, int n) {
        float[] a = lines[0];
        float[] b = lines[1];
        float[] c = lines[2];
        float[] d = lines[3];
        if (n == 1) {
            a[0] /= 6;
            b[0] /= 6;
            c[0] /= 6;
            d[0] /= 6;
            return;
        }
        double pa = first(a);
        double pb = first(b);
        double pc = first(c);
        double pd = first(d);
        a[0] = (float) pa;
        b[0] = (float) pb;
        c[0] = (float) pc;
        d[0] = (float) pd;
        for (int i = 1; i < n; i++) {
            a[i] = (float) (pa = a[i] + Z * pa);
            b[i] = (float) (pb = b[i] + Z * pb);
            c[i] = (float) (pc = c[i] + Z * pc);
            d[i] = (float) (pd = d[i] + Z * pd);
        }
        a[n - 1] = (float) (pa = last(a, n));
        b[n - 1] = (float) (pb = last(b, n));
        c[n - 1] = (float) (pc = last(c, n));
        d[n - 1] = (float) (pd = last(d, n));
        for (int i = n - 2; i >= 0; i--) {
            a[i] = (float) (pa = Z * (pa - a[i]));
            b[i] = (float) (pb = Z * (pb - b[i]));
            c[i] = (float) (pc = Z * (pc - c[i]));
            d[i] = (float) (pd = Z * (pd - d[i]));
        }
    }

    private double first(float[] line) {
        double sum = 0;
        for (int k = start.length - 1; k >= 0; k--) {
            sum += start[k] * line[k];
        }
        return sum;
    }

    private double last(float[] line, int n) {
        return end * (line[n - 1] + endBefore * line[n - 2]);
    }

    /** Returns what is left of a border coefficient so many voxels beyond it, among zeros. */
    static double fading(int voxels) {
        double power = 1;
        for (int v = 0; v < Math.min(voxels, 2 * HORIZON); v++) {
            power *= Z;
        }
        return power;
    }
}
