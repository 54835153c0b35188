package org.diapason.surface;

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

    /** Rounds a mesh; does not modify it. */
    public static FloatMesh of(Mesh mesh) {
        double[] points = mesh.points();
        Weld weld = new Weld();
        int[] number = new int[points.length / 3];
        double most = 0;
        for (int p = 0; p < number.length; p++) {
            double square = 0;
            double[] rounded = new double[3];
            for (int a = 0; a < 3; a++) {
                rounded[a] = (float) points[3 * p + a];
                double d = rounded[a] - points[3 * p + a];
                square += d * d;
            }
            most = Math.max(most, square);
            number[p] = weld.add(rounded[0], rounded[1], rounded[2]);
        }
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
        Mesh rounded = Mesh.of(weld.points(), java.util.Arrays.copyOf(to, kept));
        return new FloatMesh(rounded, Math.sqrt(most), number.length - weld.size(), lost);
    }
}
