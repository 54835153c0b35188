package org.diapason.surface;

import org.diapason.volume.Geometry;

/** The map from voxel positions to patient space (LPS mm), for many points. */
final class GridToWorld {
    private final double[] origin;

    /** Row-major 3 × 3: what a step of one voxel along each axis adds. */
    private final double[] step = new double[9];

    GridToWorld(Geometry geometry) {
        origin = geometry.originMm().toArray();
        for (int n = 0; n < 9; n++) {
            step[n] = geometry.direction().get(n) * geometry.spacing(n % 3);
        }
    }

    /** Writes the place of a voxel position to three numbers from {@code at} on. */
    void put(double i, double j, double k, double[] points, int at) {
        points[at] = origin[0] + step[0] * i + step[1] * j + step[2] * k;
        points[at + 1] = origin[1] + step[3] * i + step[4] * j + step[5] * k;
        points[at + 2] = origin[2] + step[6] * i + step[7] * j + step[8] * k;
    }

    /** Says whether the axes form a left hand, so that triangles turn inside out. */
    boolean mirrored() {
        return step[0] * (step[4] * step[8] - step[5] * step[7])
                        - step[1] * (step[3] * step[8] - step[5] * step[6])
                        + step[2] * (step[3] * step[7] - step[4] * step[6])
                < 0;
    }
}
