package org.diapason.reconstruction;

import java.util.Arrays;
import java.util.Comparator;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * The neighbours of a voxel in the cube of three voxels an axis: 26, in a plane 8. They are
 * numbered by their distance in mm, those at one distance by their place in the array; a set of
 * them is the bits of an int.
 */
final class Neighbours {
    final Geometry grid;
    final int count;

    /** From a voxel to a neighbour in the array. */
    final int[] shift;

    /** Distance in mm. */
    final double[] distanceMm;

    /** Spacing along i over the distance. */
    final double[] weight;

    /** The neighbour on the other side. */
    final int[] opposite;

    /** First of those at the same distance, and how many there are. */
    private final int[] first;

    private final int[] alike;
    private final int[][] steps;

    Neighbours(Geometry grid) {
        this.grid = grid;
        double[] mm = {grid.spacing(0), grid.spacing(1), grid.spacing(2)};
        int[][] all = new int[26][];
        int n = 0;
        for (int s = 0; s < 27; s++) {
            int[] d = {s % 3 - 1, s / 3 % 3 - 1, s / 9 - 1};
            boolean in = s != 13;
            for (int a = 0; a < 3; a++) {
                in &= d[a] == 0 || grid.size(a) > 1;
            }
            if (in) {
                all[n++] = d;
            }
        }
        steps = Arrays.copyOf(all, n);
        Arrays.sort(steps, Comparator.comparingDouble(d -> length(d, mm)));
        count = n;
        shift = new int[n];
        distanceMm = new double[n];
        weight = new double[n];
        opposite = new int[n];
        first = new int[n];
        alike = new int[n];
        for (int o = 0; o < n; o++) {
            int[] d = steps[o];
            shift[o] = d[0] + grid.ni() * (d[1] + grid.nj() * d[2]);
            distanceMm[o] = length(d, mm);
            weight[o] = mm[0] / distanceMm[o];
            for (int q = 0; q < n; q++) {
                int[] e = steps[q];
                opposite[o] = d[0] == -e[0] && d[1] == -e[1] && d[2] == -e[2] ? q : opposite[o];
            }
        }
        groups();
    }

    /**
     * Returns where in the order of distances neighbour o comes for voxel p: those at one distance
     * take turns, so that of all voxels together no direction comes before another.
     */
    int turn(int o, int p) {
        int m = alike[o];
        int by = (p * 0x9E3779B1 >>> 8) % m;
        return first[o] + (o - first[o] + by) % m;
    }

    private void groups() {
        for (int o = 0; o < count; o++) {
            boolean same = o > 0 && distanceMm[o] <= distanceMm[o - 1] * (1 + 1e-9);
            first[o] = same ? first[o - 1] : o;
            for (int q = first[o]; q <= o; q++) {
                alike[q] = o - first[o] + 1;
            }
        }
    }

    private static double length(int[] d, double[] mm) {
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            sum += d[a] * mm[a] * d[a] * mm[a];
        }
        return Math.sqrt(sum);
    }

    /** Works on one voxel. */
    interface Voxel {
        /** Takes a voxel and which of its neighbours the grid has. */
        void at(int p, int around);
    }

    /** Returns a number for one voxel. */
    interface Number {
        double at(int p, int around);
    }

    void forEach(Voxel body) {
        sum(
                (p, around) -> {
                    body.at(p, around);
                    return 0;
                });
    }

    /** Returns the sum over all voxels, in one order whatever the threads. */
    double sum(Number body) {
        int rows = grid.nj() * grid.nk();
        double[] sums = new double[rows];
        Parallel.forEach(
                rows,
                r -> {
                    int inner = around(1, r % grid.nj(), r / grid.nj());
                    double sum = 0;
                    for (int i = 0; i < grid.ni(); i++) {
                        boolean border = i == 0 || i == 1 || i == grid.ni() - 1;
                        int here = border ? around(i, r % grid.nj(), r / grid.nj()) : inner;
                        inner = i == 1 ? here : inner;
                        sum += body.at(r * grid.ni() + i, here);
                    }
                    sums[r] = sum;
                });
        double sum = 0;
        for (double s : sums) {
            sum += s;
        }
        return sum;
    }

    private int around(int i, int j, int k) {
        int set = 0;
        for (int o = 0; o < count; o++) {
            int[] d = steps[o];
            boolean in = inside(i + d[0], grid.ni());
            in &= inside(j + d[1], grid.nj()) && inside(k + d[2], grid.nk());
            set |= in ? 1 << o : 0;
        }
        return set;
    }

    private static boolean inside(int at, int n) {
        return at >= 0 && at < n;
    }
}
