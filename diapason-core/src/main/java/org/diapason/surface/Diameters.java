package org.diapason.surface;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Greatest distances between points. */
public final class Diameters {
    private Diameters() {}

    /**
     * Returns the greatest distance between two points, by comparing all pairs: give the points of
     * a hull, there are few.
     *
     * @param points x, y, z of each point in mm
     */
    public static double greatestMm(double[] points) {
        double most = 0;
        for (int p = 0; p < points.length; p += 3) {
            double x = points[p];
            double y = points[p + 1];
            double z = points[p + 2];
            for (int q = 0; q < p; q += 3) {
                double dx = points[q] - x;
                double dy = points[q + 1] - y;
                double dz = points[q + 2] - z;
                most = Math.max(most, dx * dx + dy * dy + dz * dz);
            }
        }
        return Math.sqrt(most);
    }

    /**
     * Returns the greatest distance between two points of a surface that lie in one plane across an
     * axis of the grid (0, 1 or 2): PyRadiomics' diameters of slice (2), row (0 or 1) and column.
     */
    public static double greatestAcrossMm(LatticeMesh surface, int axis) {
        int u = (axis + 1) % 3;
        int v = (axis + 2) % 3;
        int[] halves = surface.halves();
        TreeMap<Integer, TreeMap<Integer, int[]>> planes = new TreeMap<>();
        for (int p = 0; p < halves.length; p += 3) {
            int at = halves[p + v];
            int[] ends =
                    planes.computeIfAbsent(halves[p + axis], h -> new TreeMap<>())
                            .computeIfAbsent(halves[p + u], h -> new int[] {at, at});
            ends[0] = Math.min(ends[0], at);
            ends[1] = Math.max(ends[1], at);
        }
        double most = 0;
        for (TreeMap<Integer, int[]> lines : planes.values()) {
            List<Integer> ends = new ArrayList<>();
            lines.forEach((at, line) -> ends.addAll(List.of(0, at, line[0], 0, at, line[1])));
            int[] steps = new int[ends.size()];
            for (int e = 0; e < steps.length; e += 3) {
                steps[e + u] = ends.get(e + 1);
                steps[e + v] = ends.get(e + 2);
            }
            most = Math.max(most, greatestMm(surface.toMm(steps)));
        }
        return most;
    }
}
