package org.diapason.surface;

import java.util.Arrays;

/**
 * Makes one point of all that are equal in every coordinate, bit by bit but for the sign of zero;
 * points that only lie close stay two.
 *
 * <p>Points are numbered in the order in which they are first met. Takes 32 to 64 bytes a point.
 */
public final class Weld {
    private double[] points = new double[3 << 10];
    private int[] table = new int[1 << 12];
    private int size;

    /** Returns the number of a point, a new one where it was not met yet. */
    public int add(double x, double y, double z) {
        double px = x + 0.0; // −0 and 0 are one place
        double py = y + 0.0;
        double pz = z + 0.0;
        int mask = table.length - 1;
        int slot = (int) hash(px, py, pz) & mask;
        for (; table[slot] != 0; slot = slot + 1 & mask) {
            int at = 3 * (table[slot] - 1);
            if (points[at] == px && points[at + 1] == py && points[at + 2] == pz) {
                return table[slot] - 1;
            }
        }
        if (3 * size + 3 > points.length) {
            points = Arrays.copyOf(points, points.length + (points.length >> 1) / 3 * 3);
        }
        points[3 * size] = px;
        points[3 * size + 1] = py;
        points[3 * size + 2] = pz;
        table[slot] = ++size;
        if (2 * size > table.length) {
            grow();
        }
        return size - 1;
    }

    /** Returns how many points there are. */
    public int size() {
        return size;
    }

    /** Returns x, y, z of each point. */
    public double[] points() {
        return Arrays.copyOf(points, 3 * size);
    }

    private void grow() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int p = 0; p < size; p++) {
            int slot = (int) hash(points[3 * p], points[3 * p + 1], points[3 * p + 2]) & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = p + 1;
        }
    }

    /** Mixes the bits of three coordinates, of zeros those of 0; low and high bits are as good. */
    static long hash(double x, double y, double z) {
        long h = Double.doubleToRawLongBits(x) * 0x9e3779b97f4a7c15L;
        h = (h ^ h >>> 32 ^ Double.doubleToRawLongBits(y)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ h >>> 32 ^ Double.doubleToRawLongBits(z)) * 0x94d049bb133111ebL;
        return h ^ h >>> 32;
    }
}
