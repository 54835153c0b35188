package org.diapason.registration;

import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Parallel;
import org.diapason.math.Resample;
import org.diapason.volume.Affine;
import org.diapason.volume.Chain;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * A grid as an image sees it through a transform: the image is sampled where the voxels of the grid
 * lie in it, once.
 *
 * <p>A rigid transform only turns and shifts the grid, which is then a grid like any other. What
 * else a transform does is done place by place.
 */
public final class GridThrough {
    /** A matrix this close to a rotation is one. */
    private static final double RIGID = 1e-9;

    /** A place this little outside a field is in it, in its voxels. */
    private static final double IN_FIELD = 1e-6;

    private static final float HALF = 0.5f - 1e-6f;

    private final Geometry grid;
    private final Transform transform;
    private final Geometry seen;
    private final boolean rigid;

    private GridThrough(Geometry grid, Transform transform, Geometry seen, boolean rigid) {
        this.grid = grid;
        this.transform = transform;
        this.seen = seen;
        this.rigid = rigid;
    }

    /** Returns a grid seen through a transform, places of the grid to places of the image in mm. */
    public static GridThrough of(Geometry grid, Transform transform) {
        if (transform.equals(Affine.IDENTITY)) {
            return new GridThrough(grid, transform, grid, true);
        }
        Affine linear = linear(transform);
        double[] d = new double[9];
        double[] spacing = new double[3];
        boolean stiff = transform instanceof Affine;
        for (int b = 0; b < 3; b++) {
            double[] axis = new double[3];
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    axis[r] += linear.get(r, c) * grid.direction().get(3 * c + b);
                }
            }
            double length = length(axis);
            stiff &= Math.abs(length - 1) <= RIGID;
            for (int before = 0; before < b; before++) {
                double dot = 0;
                for (int r = 0; r < 3; r++) {
                    dot += axis[r] * d[3 * r + before];
                }
                stiff &= Math.abs(dot) <= RIGID;
                for (int r = 0; r < 3; r++) {
                    axis[r] -= dot * d[3 * r + before];
                }
            }
            double rest = length(axis);
            for (int r = 0; r < 3; r++) {
                d[3 * r + b] = axis[r] / rest;
            }
            spacing[b] = stiff ? grid.spacing(b) : length * grid.spacing(b);
        }
        double[] origin = grid.originMm().toArray();
        linear.apply(origin);
        Geometry seen =
                new Geometry(
                        grid.ni(),
                        grid.nj(),
                        grid.nk(),
                        Numbers.of(spacing),
                        Numbers.of(origin),
                        Numbers.of(d));
        return new GridThrough(grid, transform, seen, stiff);
    }

    /** Returns the linear part of a transform: what is left without the shifts of fields. */
    public static Affine linear(Transform transform) {
        if (transform instanceof Affine affine) {
            return affine;
        }
        Affine all = Affine.IDENTITY;
        if (transform instanceof Chain chain) {
            for (Transform part : chain.parts()) {
                all = part instanceof Affine affine ? all.then(affine) : all;
            }
        }
        return all;
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    /** Returns the grid itself. */
    public Geometry grid() {
        return grid;
    }

    /** Says whether the grid is only turned and shifted. */
    public boolean rigid() {
        return rigid;
    }

    /**
     * Returns the grid where it lies in the image: exact for rigid transforms, else the grid of
     * right angles that is most like it, by which resolutions are judged.
     */
    public Geometry seen() {
        return seen;
    }

    /**
     * Returns the values of an image on the grid; outside the image as {@link Resample} does.
     *
     * @throws RefusedException if a windowed sinc is to go through a transform that is not rigid
     */
    public float[] values(Geometry from, float[] values, Interpolation how, Boundary boundary) {
        if (rigid) {
            return Resample.onto(from, values, seen, how, boundary);
        }
        if (how == Interpolation.SINC) {
            throw new RefusedException(
                    "the transform stretches or bends, and sinc is only for grids that are turned."
                            + " Take interpolation cubic.");
        }
        return place(from, values, how);
    }

    /** Returns a mask on the grid: linear interpolation of 0 and 1, then 0.5 or more. */
    public boolean[] mask(Geometry from, boolean[] mask) {
        if (rigid) {
            return Resample.mask(from, mask, seen);
        }
        float[] values = new float[mask.length];
        for (int v = 0; v < mask.length; v++) {
            values[v] = mask[v] ? 1 : 0;
        }
        float[] share = place(from, values, Interpolation.LINEAR);
        boolean[] out = new boolean[share.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = share[v] >= HALF;
        }
        return out;
    }

    /** Returns which voxels of the grid lie in the field of an image. */
    public boolean[] inField(Geometry from) {
        if (rigid) {
            return Grid.inField(from, seen);
        }
        boolean[] in = new boolean[grid.voxels()];
        walk(
                from,
                () ->
                        (v, i, j, k) ->
                                in[v] =
                                        inside(i, from.ni())
                                                && inside(j, from.nj())
                                                && inside(k, from.nk()));
        return in;
    }

    private static boolean inside(double at, int size) {
        return at >= -0.5 - IN_FIELD && at <= size - 0.5 + IN_FIELD;
    }

    /** Takes voxel v of the grid and its place in the image, in voxels. */
    private interface Visit {
        void at(int v, double i, double j, double k);
    }

    private interface Visits {
        Visit make();
    }

    private void walk(Geometry from, Visits visits) {
        Affine toVoxel = Affine.toWorld(from).inverse();
        Affine toWorld = Affine.toWorld(grid);
        Parallel.forEach(
                grid.nk(),
                k -> {
                    Visit visit = visits.make();
                    double[] p = new double[3];
                    for (int j = 0; j < grid.nj(); j++) {
                        for (int i = 0; i < grid.ni(); i++) {
                            p[0] = i;
                            p[1] = j;
                            p[2] = k;
                            toWorld.apply(p);
                            transform.apply(p);
                            toVoxel.apply(p);
                            visit.at(grid.index(i, j, k), p[0], p[1], p[2]);
                        }
                    }
                });
    }

    /** Samples place by place; beyond the border the value there goes on. */
    private float[] place(Geometry from, float[] values, Interpolation how) {
        float[] out = new float[grid.voxels()];
        if (how != Interpolation.CUBIC) {
            walk(
                    from,
                    () ->
                            (v, i, j, k) ->
                                    out[v] =
                                            how == Interpolation.NEAREST
                                                    ? nearest(from, values, i, j, k)
                                                    : linear(from, values, i, j, k));
            return out;
        }
        Moving splines = new Moving(from, Resample.coefficients(from, values), null);
        walk(
                from,
                () -> {
                    Moving.Reader reader = splines.reader();
                    double[] p = new double[3];
                    return (v, i, j, k) -> {
                        p[0] = i;
                        p[1] = j;
                        p[2] = k;
                        reader.read(p);
                        float next = nearest(from, values, i, j, k);
                        out[v] = next == next ? (float) reader.value() : next;
                    };
                });
        return out;
    }

    private static float nearest(Geometry g, float[] values, double i, double j, double k) {
        return values[g.index(whole(i, g.ni()), whole(j, g.nj()), whole(k, g.nk()))];
    }

    private static int whole(double at, int n) {
        return (int) Math.max(0, Math.min(n - 1, Math.floor(at + 0.5)));
    }

    private static float linear(Geometry g, float[] values, double i, double j, double k) {
        double[] p = {i, j, k};
        int[] low = new int[3];
        double[] f = new double[3];
        for (int a = 0; a < 3; a++) {
            double in = Math.max(0, Math.min(g.size(a) - 1, p[a]));
            low[a] = (int) in;
            f[a] = in - low[a];
        }
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double w = 1;
            int at = 0;
            for (int a = 0, step = 1; a < 3; step *= g.size(a++)) {
                boolean high = (corner >> a & 1) != 0;
                w *= high ? f[a] : 1 - f[a];
                at += step * Math.min(g.size(a) - 1, low[a] + (high ? 1 : 0));
            }
            if (w != 0) {
                sum += w * values[at];
            }
        }
        return (float) sum;
    }
}
