package org.diapason.surface;

import org.diapason.math.Parallel;
import org.diapason.volume.RefusedException;

/**
 * Smooths a closed surface without shrinking it much.
 *
 * <p>Each pass moves every point by λ of the way to the mean of its neighbours, then by μ: {@code p
 * ← p + λ (mean − p)}, {@code p ← p + μ (mean − p)}. With μ below −λ, waves longer than {@code 1/λ
 * + 1/μ} of the spectrum pass at gain 1 or a little more and shorter ones fade. The triangles stay
 * those they were; what the points do can make them cut each other where the surface is thinner
 * than a few of them.
 *
 * <p>Method: Taubin 1995, Proc. SIGGRAPH, 351–358, doi:10.1145/218380.218473, with neighbours of
 * equal weight. The same bits on any number of threads.
 *
 * @param passes how often both moves are made; 0 leaves all as it is
 * @param lambda share of the first move; 0 to 1, without the ends
 * @param mu share of the second, negative and larger
 */
public record Taubin(int passes, double lambda, double mu) {
    private static final int BLOCK = 1 << 13;

    public Taubin {
        if (passes < 0) {
            throw new IllegalArgumentException("passes must not be negative, got " + passes);
        }
        if (!(lambda > 0 && lambda < 1 && mu < -lambda && mu > -1)) {
            throw new IllegalArgumentException(
                    "0 < lambda < −mu < 1 is needed, got lambda " + lambda + " and mu " + mu);
        }
    }

    /** Returns the smoothing that is common: λ = 0.5, μ = −0.53. */
    public static Taubin of(int passes) {
        return new Taubin(passes, 0.5, -0.53);
    }

    /**
     * Returns the mesh with its points moved. Does not modify its input.
     *
     * @throws RefusedException if the mesh is not closed: a border would shrink
     */
    public Mesh smooth(Mesh mesh) {
        if (passes == 0) {
            return mesh;
        }
        if (!HalfEdges.of(mesh).closed()) {
            throw new RefusedException(
                    "the surface has edges without two sides, and smoothing would draw its borders"
                            + " in. Close it first: diapason mesh-check says where it is open.");
        }
        int points = mesh.points().length / 3;
        int[] start = new int[points + 1];
        int[] beside = neighbours(mesh.triangles(), start);
        double[] now = mesh.points();
        double[] then = new double[now.length];
        for (int move = 0; move < 2 * passes; move++) {
            double share = move % 2 == 0 ? lambda : mu;
            double[] from = now;
            double[] to = then;
            Parallel.forEach(
                    (points + BLOCK - 1) / BLOCK,
                    b -> {
                        for (int p = b * BLOCK; p < Math.min(points, (b + 1) * BLOCK); p++) {
                            step(from, to, p, beside, start[p], start[p + 1], share);
                        }
                    });
            then = move == 0 ? new double[now.length] : now;
            now = to;
        }
        return Mesh.of(now, mesh.triangles());
    }

    /** On a closed surface the half-edges that leave a point name each neighbour once. */
    private static int[] neighbours(int[] triangles, int[] start) {
        for (int corner : triangles) {
            start[corner + 1]++;
        }
        for (int p = 1; p < start.length; p++) {
            start[p] += start[p - 1];
        }
        int[] at = start.clone();
        int[] beside = new int[triangles.length];
        for (int h = 0; h < triangles.length; h++) {
            beside[at[triangles[h]]++] = triangles[HalfEdges.next(h)];
        }
        return beside;
    }

    private static void step(
            double[] from, double[] to, int p, int[] beside, int start, int end, double share) {
        double x = 0;
        double y = 0;
        double z = 0;
        for (int n = start; n < end; n++) {
            x += from[3 * beside[n]];
            y += from[3 * beside[n] + 1];
            z += from[3 * beside[n] + 2];
        }
        double each = end > start ? share / (end - start) : 0;
        double stay = end > start ? 1 - share : 1;
        to[3 * p] = stay * from[3 * p] + each * x;
        to[3 * p + 1] = stay * from[3 * p + 1] + each * y;
        to[3 * p + 2] = stay * from[3 * p + 2] + each * z;
    }
}
