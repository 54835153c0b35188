package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * What is left of a mesh when its coordinates are rounded to float, as files have them: points that
 * become equal are made one, and triangles that lose a corner by it are left out.
 *
 * @param mesh the rounded mesh
 * @param furthestMm how far a point was moved at most
 * @param mergedPoints points that became equal to another
 * @param lostFaces triangles that were left out
 */
public record FloatMesh(Mesh mesh, double furthestMm, int mergedPoints, int lostFaces) {

    private static final int BLOCK = 3 << 13;

    /** Rounds a mesh; does not modify it. Keeps the array of its triangles where none is lost. */
    public static FloatMesh of(Mesh mesh) {
        double[] points = mesh.points();
        double[] rounded = new double[points.length];
        double[] most = new double[(points.length + BLOCK - 1) / BLOCK];
        Parallel.forEach(most.length, b -> most[b] = round(points, rounded, b));
        double furthest = Math.sqrt(Arrays.stream(most).max().orElse(0));
        SamePoints same = SamePoints.of(rounded);
        if (same.merged() == 0) {
            return new FloatMesh(Mesh.of(rounded, mesh.triangles()), furthest, 0, 0);
        }
        int[] number = same.numbers();
        int[] from = mesh.triangles();
        int[] to = new int[from.length];
        int kept = 0;
        int lost = 0;
        for (int t = 0; t < from.length; t += 3) {
            int a = number[from[t]];
            int b = number[from[t + 1]];
            int c = number[from[t + 2]];
            if (a == b || b == c || c == a) {
                lost++;
                continue;
            }
            to[kept++] = a;
            to[kept++] = b;
            to[kept++] = c;
        }
        Mesh joined = Mesh.of(same.kept(), Arrays.copyOf(to, kept));
        return new FloatMesh(joined, furthest, same.merged(), lost);
    }

    /** Rounds a block of points and returns the square of the farthest way. */
    private static double round(double[] points, double[] rounded, int block) {
        double most = 0;
        int end = (int) Math.min(points.length, (block + 1L) * BLOCK);
        for (int c = block * BLOCK; c < end; c += 3) {
            double square = 0;
            for (int n = c; n < c + 3; n++) {
                rounded[n] = (float) points[n] + 0.0; // −0 and 0 are one place
                double d = rounded[n] - points[n];
                square += d * d;
            }
            most = Math.max(most, square);
        }
        return most;
    }
}
