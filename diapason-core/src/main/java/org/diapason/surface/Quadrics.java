package org.diapason.surface;

/**
 * For each point the sum of squared distances to planes, weighted by area: {@code Q(x) = xᵀ A x + 2
 * bᵀ x + c}.
 *
 * <p>Where planes do not say where along them a point is to lie, a millionth of their weight holds
 * it near both ends of the edge, so that every minimum is unique and its system well posed.
 */
final class Quadrics {
    private static final int SIZE = 11;
    private static final double HOLD = 1e-6;

    /** A: xx xy xz yy yz zz, then b, c and the sum of the weights. */
    private final double[] q;

    /** Where the best place for a point was found. */
    final double[] best = new double[3];

    Quadrics(double[] points, int[] triangles) {
        q = new double[SIZE * (points.length / 3)];
        for (int t = 0; t < triangles.length; t += 3) {
            int a = 3 * triangles[t];
            int b = 3 * triangles[t + 1];
            int c = 3 * triangles[t + 2];
            double ux = points[b] - points[a];
            double uy = points[b + 1] - points[a + 1];
            double uz = points[b + 2] - points[a + 2];
            double vx = points[c] - points[a];
            double vy = points[c + 1] - points[a + 1];
            double vz = points[c + 2] - points[a + 2];
            double nx = uy * vz - uz * vy;
            double ny = uz * vx - ux * vz;
            double nz = ux * vy - uy * vx;
            double size = Math.sqrt(nx * nx + ny * ny + nz * nz);
            if (size == 0) {
                continue;
            }
            nx /= size;
            ny /= size;
            nz /= size;
            double d = -(nx * points[a] + ny * points[a + 1] + nz * points[a + 2]);
            for (int k = 0; k < 3; k++) {
                add(triangles[t + k], size / 2, nx, ny, nz, d);
            }
        }
    }

    private void add(int p, double weight, double x, double y, double z, double d) {
        int at = SIZE * p;
        q[at] += weight * x * x;
        q[at + 1] += weight * x * y;
        q[at + 2] += weight * x * z;
        q[at + 3] += weight * y * y;
        q[at + 4] += weight * y * z;
        q[at + 5] += weight * z * z;
        q[at + 6] += weight * x * d;
        q[at + 7] += weight * y * d;
        q[at + 8] += weight * z * d;
        q[at + 9] += weight * d * d;
        q[at + 10] += weight;
    }

    /** Adds the planes of point v to those of point u. */
    void merge(int u, int v) {
        for (int n = 0; n < SIZE; n++) {
            q[SIZE * u + n] += q[SIZE * v + n];
        }
    }

    /** Returns the cost of the place found last: the root of its mean square distance in mm. */
    double rootMm(int u, int v) {
        double weight = q[SIZE * u + 10] + q[SIZE * v + 10];
        return weight > 0 ? Math.sqrt(Math.max(0, at(u) + at(v)) / weight) : 0;
    }

    private double at(int p) {
        int n = SIZE * p;
        double x = best[0];
        double y = best[1];
        double z = best[2];
        return x * (q[n] * x + 2 * (q[n + 1] * y + q[n + 2] * z + q[n + 6]))
                + y * (q[n + 3] * y + 2 * (q[n + 4] * z + q[n + 7]))
                + z * (q[n + 5] * z + 2 * q[n + 8])
                + q[n + 9];
    }

    /** Finds the best place for u and v made one; returns what it costs. */
    double cost(double[] points, int u, int v) {
        int a = SIZE * u;
        int b = SIZE * v;
        double hold = HOLD * (q[a + 10] + q[b + 10]);
        double xx = q[a] + q[b] + 2 * hold;
        double xy = q[a + 1] + q[b + 1];
        double xz = q[a + 2] + q[b + 2];
        double yy = q[a + 3] + q[b + 3] + 2 * hold;
        double yz = q[a + 4] + q[b + 4];
        double zz = q[a + 5] + q[b + 5] + 2 * hold;
        double rx = hold * (points[3 * u] + points[3 * v]) - q[a + 6] - q[b + 6];
        double ry = hold * (points[3 * u + 1] + points[3 * v + 1]) - q[a + 7] - q[b + 7];
        double rz = hold * (points[3 * u + 2] + points[3 * v + 2]) - q[a + 8] - q[b + 8];
        double cx = yy * zz - yz * yz;
        double cy = xz * yz - xy * zz;
        double cz = xy * yz - xz * yy;
        double det = xx * cx + xy * cy + xz * cz;
        if (!(det > 0)) {
            for (int k = 0; k < 3; k++) {
                best[k] = (points[3 * u + k] + points[3 * v + k]) / 2;
            }
        } else {
            best[0] = (cx * rx + cy * ry + cz * rz) / det;
            best[1] = (cy * rx + (xx * zz - xz * xz) * ry + (xy * xz - xx * yz) * rz) / det;
            best[2] = (cz * rx + (xy * xz - xx * yz) * ry + (xx * yy - xy * xy) * rz) / det;
        }
        double held = 0;
        for (int k = 0; k < 3; k++) {
            double du = best[k] - points[3 * u + k];
            double dv = best[k] - points[3 * v + k];
            held += du * du + dv * dv;
        }
        return Math.max(0, at(u) + at(v)) + hold * held;
    }
}
