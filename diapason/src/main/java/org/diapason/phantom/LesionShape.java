package org.diapason.phantom;

import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/**
 * An ellipsoid around the world's origin whose radius is bent a little, smoothly, with direction.
 *
 * <p>Along the unit direction u the surface lies at {@code r(u) = (1 + b·q(u)) / |u ∘ 1/axes|} with
 * the five traceless quadratic forms and two cubic ones in q.
 *
 * @param semiAxesMm half lengths along x, y, z in mm
 * @param bumps seven amplitudes, as fractions of the radius
 */
record LesionShape(double[] semiAxesMm, double[] bumps) {

    static LesionShape draw(Rng rng, double radiusMm, double radiusSd, double bumpSd) {
        double size = radiusMm * (1 + radiusSd * clipped(rng));
        double[] axes = new double[3];
        for (int a = 0; a < 3; a++) {
            axes[a] = size * (1 + radiusSd * clipped(rng));
        }
        double[] bumps = new double[7];
        for (int b = 0; b < bumps.length; b++) {
            bumps[b] = bumpSd * clipped(rng);
        }
        return new LesionShape(axes, bumps);
    }

    private static double clipped(Rng rng) {
        return Math.max(-2, Math.min(2, rng.nextGaussian()));
    }

    /** Returns the distance to the surface along the ray from the centre in mm; inside negative. */
    double distanceMm(double x, double y, double z) {
        double r = Math.sqrt(x * x + y * y + z * z);
        if (r == 0) {
            return -semiAxesMm[0];
        }
        double u = x / r;
        double v = y / r;
        double w = z / r;
        double a = u / semiAxesMm[0];
        double b = v / semiAxesMm[1];
        double c = w / semiAxesMm[2];
        double bend =
                bumps[0] * 2 * u * v
                        + bumps[1] * 2 * v * w
                        + bumps[2] * 2 * u * w
                        + bumps[3] * (u * u - v * v)
                        + bumps[4] * (3 * w * w - 1) / 2
                        + bumps[5] * 4 * u * v * w
                        + bumps[6] * (5 * w * w * w - 3 * w) / 2;
        return r - (1 + bend) / Math.sqrt(a * a + b * b + c * c);
    }

    /** Returns a distance from the centre that the surface nowhere exceeds, in mm. */
    double reachMm() {
        double bend = 1;
        for (double b : bumps) {
            bend += Math.abs(b);
        }
        return bend * Math.max(semiAxesMm[0], Math.max(semiAxesMm[1], semiAxesMm[2]));
    }

    /** Returns the voxels whose centres lie inside. */
    Mask mask(Geometry grid) {
        boolean[] voxels = new boolean[grid.voxels()];
        for (int k = 0; k < grid.nk(); k++) {
            double z = grid.originMm().get(2) + k * grid.spacing(2);
            for (int j = 0; j < grid.nj(); j++) {
                double y = grid.originMm().get(1) + j * grid.spacing(1);
                for (int i = 0; i < grid.ni(); i++) {
                    double x = grid.originMm().get(0) + i * grid.spacing(0);
                    voxels[grid.index(i, j, k)] = distanceMm(x, y, z) <= 0;
                }
            }
        }
        return Mask.of(grid, voxels);
    }
}
