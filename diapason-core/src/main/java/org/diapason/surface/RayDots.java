package org.diapason.surface;

/**
 * Rays of one direction, each a dot where it is seen along that direction, sorted into cells so
 * that the dots which a triangle covers are found without asking all.
 */
final class RayDots {
    /** Cells for each dot, so that most triangles meet none. */
    private static final int CELLS = 16;

    private static final int MOST_SIDE = 1 << 10;

    /** Of the size of what is seen: dots so near to a triangle are asked too. */
    private static final double MARGIN = 1e-8;

    /** The two axes that are seen, and what a step along the third moves them. */
    private final int u;

    private final int v;
    private final int w;
    private final double perU;
    private final double perV;

    private final int side;
    private final double[] low = new double[2];
    private final double[] high = new double[2];
    private final double[] scale = new double[2];
    private final int[] start;
    private final int[] dots;
    private final double[] at;

    /** Takes dots that lie in the box around a triangle. */
    interface Taker {
        void take(int ray);
    }

    /**
     * Sorts rays.
     *
     * @param from x, y, z of where each begins
     * @param direction of all; the largest of its numbers is not 0
     */
    RayDots(double[] from, double[] direction) {
        int longest = 0;
        for (int a = 1; a < 3; a++) {
            longest = Math.abs(direction[a]) > Math.abs(direction[longest]) ? a : longest;
        }
        w = longest;
        u = (w + 1) % 3;
        v = (w + 2) % 3;
        perU = direction[u] / direction[w];
        perV = direction[v] / direction[w];
        int count = from.length / 3;
        side = (int) Math.max(1, Math.min(MOST_SIDE, Math.sqrt((double) CELLS * count)));
        double[] seen = new double[2 * count];
        for (int a = 0; a < 2; a++) {
            low[a] = Double.POSITIVE_INFINITY;
            high[a] = Double.NEGATIVE_INFINITY;
        }
        for (int r = 0; r < count; r++) {
            seen[2 * r] = seenU(from, 3 * r);
            seen[2 * r + 1] = seenV(from, 3 * r);
            for (int a = 0; a < 2; a++) {
                low[a] = Math.min(low[a], seen[2 * r + a]);
                high[a] = Math.max(high[a], seen[2 * r + a]);
            }
        }
        for (int a = 0; a < 2; a++) {
            scale[a] = high[a] > low[a] ? side / (high[a] - low[a]) : 0;
        }
        start = new int[side * side + 1];
        for (int r = 0; r < count; r++) {
            start[cell(seen[2 * r], 0) + side * cell(seen[2 * r + 1], 1) + 1]++;
        }
        for (int c = 0; c < side * side; c++) {
            start[c + 1] += start[c];
        }
        int[] to = start.clone();
        dots = new int[count];
        at = new double[2 * count];
        for (int r = 0; r < count; r++) {
            int place = to[cell(seen[2 * r], 0) + side * cell(seen[2 * r + 1], 1)]++;
            dots[place] = r;
            at[2 * place] = seen[2 * r];
            at[2 * place + 1] = seen[2 * r + 1];
        }
    }

    private double seenU(double[] p, int n) {
        return p[n + u] - perU * p[n + w];
    }

    private double seenV(double[] p, int n) {
        return p[n + v] - perV * p[n + w];
    }

    private int cell(double place, int axis) {
        return (int) Math.max(0, Math.min(side - 1, (place - low[axis]) * scale[axis]));
    }

    /**
     * Hands on the rays whose dots lie in the box around a triangle; every ray that meets it is
     * among them.
     */
    void covered(Mesh mesh, int face, Taker taker) {
        double[] p = mesh.points();
        int a = 3 * mesh.triangles()[3 * face];
        int b = 3 * mesh.triangles()[3 * face + 1];
        int c = 3 * mesh.triangles()[3 * face + 2];
        double ua = seenU(p, a);
        double ub = seenU(p, b);
        double uc = seenU(p, c);
        double u0 = Math.min(ua, Math.min(ub, uc));
        double u1 = Math.max(ua, Math.max(ub, uc));
        double va = seenV(p, a);
        double vb = seenV(p, b);
        double vc = seenV(p, c);
        double v0 = Math.min(va, Math.min(vb, vc));
        double v1 = Math.max(va, Math.max(vb, vc));
        double du = MARGIN * (u1 - u0) + Math.ulp(u0) + Math.ulp(u1);
        double dv = MARGIN * (v1 - v0) + Math.ulp(v0) + Math.ulp(v1);
        if (u1 < low[0] - du || u0 > high[0] + du || v1 < low[1] - dv || v0 > high[1] + dv) {
            return;
        }
        int left = cell(u0 - du, 0);
        int right = cell(u1 + du, 0);
        int up = cell(v1 + dv, 1);
        for (int row = cell(v0 - dv, 1); row <= up; row++) {
            int end = start[side * row + right + 1];
            for (int n = start[side * row + left]; n < end; n++) {
                double x = at[2 * n];
                double y = at[2 * n + 1];
                if (x >= u0 - du && x <= u1 + du && y >= v0 - dv && y <= v1 + dv) {
                    taker.take(dots[n]);
                }
            }
        }
    }
}
