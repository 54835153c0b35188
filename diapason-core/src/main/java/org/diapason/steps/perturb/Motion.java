package org.diapason.steps.perturb;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * A turn of the grid about the k axis through a centre, and a shift.
 *
 * @param centreI centre along i, in voxels
 * @param centreJ centre along j, in voxels
 * @param shift shift along i, j, k in voxels; do not write to it
 * @param degrees turn from i towards j, in mm space
 */
record Motion(double centreI, double centreJ, double[] shift, double degrees) {

    /** A half that rounding has made a little less still belongs to the mask. */
    private static final double HALF = 0.5 - 1e-6;

    /** Returns the motion about the centre of a mask. */
    static Motion of(Mask mask, double[] shift, double degrees) {
        Geometry g = mask.geometry();
        boolean[] inside = mask.voxels();
        long sumI = 0;
        long sumJ = 0;
        long count = 0;
        for (int v = 0; v < inside.length; v++) {
            if (inside[v]) {
                sumI += v % g.ni();
                sumJ += v / g.ni() % g.nj();
                count++;
            }
        }
        return new Motion((double) sumI / count, (double) sumJ / count, shift, degrees);
    }

    boolean still() {
        return shift[0] == 0 && shift[1] == 0 && shift[2] == 0 && degrees == 0;
    }

    private interface Source {
        double at(int voxel);
    }

    private interface Target {
        void set(int voxel, double value);
    }

    /** Returns the image seen through the moved grid; NaN where a NaN has weight. */
    float[] move(Volume volume) {
        float[] values = volume.values();
        float[] moved = new float[values.length];
        move(volume.geometry(), v -> values[v], (v, x) -> moved[v] = (float) x);
        return moved;
    }

    /** Returns the mask seen through the moved grid: 0.5 or more of linear interpolation. */
    Mask move(Mask mask) {
        boolean[] inside = mask.voxels();
        boolean[] moved = new boolean[inside.length];
        move(mask.geometry(), v -> inside[v] ? 1 : 0, (v, x) -> moved[v] = x >= HALF);
        return Mask.of(mask.geometry(), moved);
    }

    private void move(Geometry g, Source from, Target to) {
        double angle = StrictMath.toRadians(degrees);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double iPerJ = sin * g.spacing(1) / g.spacing(0);
        double jPerI = sin * g.spacing(0) / g.spacing(1);
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int j = 0; j < g.nj(); j++) {
                        for (int i = 0; i < g.ni(); i++) {
                            double di = i - centreI;
                            double dj = j - centreJ;
                            double x = centreI + cos * di - iPerJ * dj + shift[0];
                            double y = centreJ + jPerI * di + cos * dj + shift[1];
                            to.set(g.index(i, j, k), linear(g, from, x, y, k + shift[2]));
                        }
                    }
                });
    }

    private static double linear(Geometry g, Source from, double x, double y, double z) {
        double inX = inside(x, g.ni());
        double inY = inside(y, g.nj());
        double inZ = inside(z, g.nk());
        int i = (int) inX;
        int j = (int) inY;
        int k = (int) inZ;
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int up = corner & 1;
            int right = corner >> 1 & 1;
            int far = corner >> 2;
            double weight = part(inX - i, up) * part(inY - j, right) * part(inZ - k, far);
            if (weight > 0) {
                sum += weight * from.at(g.index(i + up, j + right, k + far));
            }
        }
        return sum;
    }

    private static double inside(double at, int size) {
        return Math.max(0, Math.min(size - 1, at));
    }

    private static double part(double beyond, int upper) {
        return upper == 1 ? beyond : 1 - beyond;
    }
}
