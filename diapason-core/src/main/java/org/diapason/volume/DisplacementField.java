package org.diapason.volume;

/**
 * A shift in mm (LPS) for each voxel of a grid: {@code q = p + u(p)}, linear between voxels.
 *
 * <p>Farther than half a voxel beyond the centres of the border voxels nothing moves, as in ITK.
 */
public final class DisplacementField implements Transform {
    private static final int MOST_ROUNDS = 50;

    /** A place is found when it is met to so many mm. */
    private static final double FOUND_MM = 1e-4;

    private final Geometry geometry;
    private final float[][] shifts;

    private DisplacementField(Geometry geometry, float[][] shifts) {
        for (float[] axis : shifts) {
            if (axis.length != geometry.voxels()) {
                throw new IllegalArgumentException(
                        "a grid of "
                                + geometry.voxels()
                                + " voxels cannot hold "
                                + axis.length
                                + " shifts");
            }
        }
        this.geometry = geometry;
        this.shifts = shifts;
    }

    /** Returns the field of shifts along x, y and z in mm; the arrays are kept, not copied. */
    public static DisplacementField of(Geometry geometry, float[] x, float[] y, float[] z) {
        return new DisplacementField(geometry, new float[][] {x, y, z});
    }

    public Geometry geometry() {
        return geometry;
    }

    /** Returns the shifts along x (0), y (1) or z (2) in mm themselves; do not write to them. */
    public float[] shifts(int axis) {
        return shifts[axis];
    }

    @Override
    public void apply(double[] place) {
        double[] u = new double[3];
        at(place, u);
        for (int r = 0; r < 3; r++) {
            place[r] += u[r];
        }
    }

    /** Writes the shift in mm at a place in mm. */
    public void at(double[] place, double[] u) {
        double[] f = new double[3];
        int[] low = new int[3];
        int[] high = new int[3];
        u[0] = 0;
        u[1] = 0;
        u[2] = 0;
        for (int a = 0; a < 3; a++) {
            double v = 0;
            for (int r = 0; r < 3; r++) {
                v += geometry.direction().get(3 * r + a) * (place[r] - geometry.originMm().get(r));
            }
            v /= geometry.spacing(a);
            int last = geometry.size(a) - 1;
            if (!(v >= -0.5 && v <= last + 0.5)) {
                return;
            }
            double in = Math.max(0, Math.min(last, v));
            low[a] = (int) in;
            high[a] = Math.min(last, low[a] + 1);
            f[a] = in - low[a];
        }
        for (int corner = 0; corner < 8; corner++) {
            boolean i = (corner & 1) != 0;
            boolean j = (corner & 2) != 0;
            boolean k = (corner & 4) != 0;
            double w = (i ? f[0] : 1 - f[0]) * (j ? f[1] : 1 - f[1]) * (k ? f[2] : 1 - f[2]);
            if (w == 0) {
                continue;
            }
            int v =
                    geometry.index(
                            i ? high[0] : low[0], j ? high[1] : low[1], k ? high[2] : low[2]);
            for (int r = 0; r < 3; r++) {
                u[r] += w * shifts[r][v];
            }
        }
    }

    /** Returns the way back on the same grid, place by place: v = −u(p + v). */
    @Override
    public DisplacementField inverse() {
        float[][] back = new float[3][geometry.voxels()];
        double[] v = new double[3];
        double[] u = new double[3];
        for (int k = 0, at = 0; k < geometry.nk(); k++) {
            for (int j = 0; j < geometry.nj(); j++) {
                for (int i = 0; i < geometry.ni(); i++, at++) {
                    double[] p = geometry.toWorld(i, j, k).toArray();
                    back(p, v, u);
                    for (int r = 0; r < 3; r++) {
                        back[r][at] = (float) v[r];
                    }
                }
            }
        }
        return new DisplacementField(geometry, back);
    }

    private void back(double[] p, double[] v, double[] u) {
        double[] q = new double[3];
        v[0] = 0;
        v[1] = 0;
        v[2] = 0;
        for (int n = 0; n < MOST_ROUNDS; n++) {
            double off = 0;
            for (int r = 0; r < 3; r++) {
                q[r] = p[r] + v[r];
            }
            at(q, u);
            for (int r = 0; r < 3; r++) {
                off = Math.max(off, Math.abs(v[r] + u[r]));
                v[r] = -u[r];
            }
            if (off < FOUND_MM) {
                return;
            }
        }
    }
}
