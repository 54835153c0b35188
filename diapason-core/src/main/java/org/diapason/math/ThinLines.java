package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/**
 * Thins edges to lines (in volumes: sheets) one voxel wide, and keeps the weak ones that hang on
 * strong ones (Canny 1986, IEEE Trans. PAMI 8(6):679–698, doi:10.1109/TPAMI.1986.4767851).
 */
public final class ThinLines {
    private ThinLines() {}

    /**
     * Returns the strength where it is largest along its direction, elsewhere 0; NaN stays NaN.
     *
     * <p>Held against the strengths where a line along the direction, in mm, leaves the cube of
     * neighbours on either side, interpolated between the voxels of that face. Of two equal
     * neighbours the one ahead stays: a step that lies between voxels has a line one voxel wide.
     * Not kept: voxels beside the end of the grid or beside NaN, where one side is not known.
     *
     * @param direction of each voxel along i, j, k, any length; points ahead
     */
    public static float[] thin(Geometry g, float[] strength, float[][] direction) {
        float[] out = new float[strength.length];
        Parallel.forEach(
                g.nj() * g.nk(),
                r -> {
                    double[] step = new double[3];
                    for (int i = 0; i < g.ni(); i++) {
                        int v = r * g.ni() + i;
                        float s = strength[v];
                        out[v] = s == s ? 0 : s;
                        if (s > 0 && steps(g, direction, v, step)) {
                            double behind = at(g, strength, i, r, step, -1);
                            double ahead = at(g, strength, i, r, step, 1);
                            if (s >= behind && s > ahead) {
                                out[v] = s;
                            }
                        }
                    }
                });
        return out;
    }

    /** Writes the direction in voxels, its largest part 1; says whether there is one. */
    private static boolean steps(Geometry g, float[][] direction, int v, double[] step) {
        double most = 0;
        for (int a = 0; a < 3; a++) {
            step[a] = g.size(a) == 1 ? 0 : direction[a][v] / g.spacing(a);
            most = Math.max(most, Math.abs(step[a]));
        }
        for (int a = 0; a < 3; a++) {
            step[a] /= most;
        }
        return most > 0;
    }

    /** Returns the strength one step off, linear between voxels; NaN where it is not known. */
    private static double at(Geometry g, float[] s, int i, int row, double[] step, int sign) {
        int[] near = {i, row % g.nj(), row / g.nj()};
        int[] far = near.clone();
        double[] share = new double[3];
        for (int a = 0; a < 3; a++) {
            int way = step[a] == 0 ? 0 : step[a] > 0 ? sign : -sign;
            far[a] += way;
            share[a] = Math.abs(step[a]);
            if (way != 0 && (far[a] < 0 || far[a] >= g.size(a))) {
                return Double.NaN;
            }
        }
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double w = 1;
            int m = 0;
            for (int a = 0; a < 3; a++) {
                boolean up = (corner >> a & 1) == 1;
                w *= up ? share[a] : 1 - share[a];
                m += (up ? far[a] : near[a]) * stride[a];
            }
            if (w > 0) {
                sum += w * s[m];
            }
        }
        return sum;
    }

    /**
     * Returns the voxels of at least {@code high}, and those of at least {@code low} that hang on
     * one of them by others such, by a face, an edge or a corner.
     *
     * @param axes 3, or 2 to let them hang together within slices only
     */
    public static boolean[] joined(Geometry g, float[] values, double low, double high, int axes) {
        boolean[] kept = new boolean[values.length];
        int[] stack = new int[64];
        int depth = axes == 2 ? 0 : 1;
        for (int seed = 0; seed < values.length; seed++) {
            if (kept[seed] || !(values[seed] >= high) || !(values[seed] > 0)) {
                continue;
            }
            int top = 0;
            stack[top++] = seed;
            kept[seed] = true;
            while (top > 0) {
                int v = stack[--top];
                int i = v % g.ni();
                int j = v / g.ni() % g.nj();
                int k = v / (g.ni() * g.nj());
                if (top + 27 > stack.length) {
                    stack = Arrays.copyOf(stack, 2 * stack.length);
                }
                for (int n = 0; n < 27; n++) {
                    int x = i + n % 3 - 1;
                    int y = j + n / 3 % 3 - 1;
                    int dz = n / 9 - 1;
                    int z = k + dz;
                    if (Math.abs(dz) > depth || !inside(g, x, y, z)) {
                        continue;
                    }
                    int m = g.index(x, y, z);
                    if (!kept[m] && values[m] >= low && values[m] > 0) {
                        kept[m] = true;
                        stack[top++] = m;
                    }
                }
            }
        }
        return kept;
    }

    private static boolean inside(Geometry g, int i, int j, int k) {
        return i >= 0 && i < g.ni() && j >= 0 && j < g.nj() && k >= 0 && k < g.nk();
    }
}
