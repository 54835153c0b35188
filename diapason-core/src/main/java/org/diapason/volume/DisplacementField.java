package org.diapason.volume;

/**
 * A shift in mm (LPS) for each voxel of a grid: {@code q = p + u(p)}, linear between voxels.
 *
 * <p>Farther than half a voxel beyond the centres of the border voxels nothing moves, as in ITK.
 */
public final class DisplacementField implements Transform {
    private final Geometry geometry;
    private final float[][] shifts;
    private final double[] toVoxel;
    private final double[] limit = new double[3];

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
        toVoxel = Affine.toVoxel(geometry).matrix().toArray();
        for (int a = 0; a < 3; a++) {
            limit[a] = geometry.size(a) - 0.5;
        }
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
        place[0] += u[0];
        place[1] += u[1];
        place[2] += u[2];
    }

    /** Writes the shift in mm at a place in mm. */
    public void at(double[] place, double[] u) {
        double x = place[0];
        double y = place[1];
        double z = place[2];
        double[] m = toVoxel;
        double i = m[0] * x + m[1] * y + m[2] * z + m[3];
        double j = m[4] * x + m[5] * y + m[6] * z + m[7];
        double k = m[8] * x + m[9] * y + m[10] * z + m[11];
        boolean in =
                i >= -0.5
                        && i <= limit[0]
                        && j >= -0.5
                        && j <= limit[1]
                        && k >= -0.5
                        && k <= limit[2];
        if (!in) {
            u[0] = 0;
            u[1] = 0;
            u[2] = 0;
            return;
        }
        atVoxel(i, j, k, u);
    }

    /** Writes the shift in mm at a voxel position, that of the border beyond it. */
    private void atVoxel(double i, double j, double k, double[] u) {
        int ni = geometry.ni();
        int nj = geometry.nj();
        double inI = Math.max(0, Math.min(ni - 1, i));
        double inJ = Math.max(0, Math.min(nj - 1, j));
        double inK = Math.max(0, Math.min(geometry.nk() - 1, k));
        int i0 = (int) inI;
        int j0 = (int) inJ;
        int k0 = (int) inK;
        int right = i0 + 1 < ni ? 1 : 0;
        int row = j0 + 1 < nj ? ni : 0;
        int plane = k0 + 1 < geometry.nk() ? ni * nj : 0;
        int v = geometry.index(i0, j0, k0);
        for (int r = 0; r < 3; r++) {
            float[] s = shifts[r];
            double near = blend(s, v, right, row, inI - i0, inJ - j0);
            u[r] = near + (inK - k0) * (blend(s, v + plane, right, row, inI - i0, inJ - j0) - near);
        }
    }

    private static double blend(float[] s, int v, int right, int row, double fi, double fj) {
        double a = s[v] + fi * (s[v + right] - s[v]);
        double b = s[v + row] + fi * (s[v + row + right] - s[v + row]);
        return a + fj * (b - a);
    }

    /**
     * Returns the change of the moving place by central differences over two voxels, linear between
     * the voxels; by one-sided ones at the border. Where nothing moves it is that of the identity.
     */
    @Override
    public double[] jacobian(double[] place) {
        double[] jacobian = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] v = new double[3];
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3; r++) {
                v[a] += toVoxel[4 * a + r] * place[r];
            }
            v[a] += toVoxel[4 * a + 3];
            if (!(v[a] >= -0.5 && v[a] <= limit[a])) {
                return jacobian;
            }
        }
        double[] low = new double[3];
        double[] high = new double[3];
        for (int a = 0; a < 3; a++) {
            double at = v[a];
            double in = Math.max(0, Math.min(geometry.size(a) - 1, at));
            double from = Math.max(0, in - 1);
            double to = Math.min(geometry.size(a) - 1, in + 1);
            if (to > from) {
                v[a] = from;
                atVoxel(v[0], v[1], v[2], low);
                v[a] = to;
                atVoxel(v[0], v[1], v[2], high);
                v[a] = at;
                for (int r = 0; r < 3; r++) {
                    double perVoxel = (high[r] - low[r]) / (to - from);
                    for (int c = 0; c < 3; c++) {
                        jacobian[3 * r + c] += perVoxel * toVoxel[4 * a + c];
                    }
                }
            }
        }
        return jacobian;
    }

    @Override
    public Transform inverse() {
        return new Inverse(this);
    }
}
