package org.diapason.registration;

import org.diapason.math.Boundary;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Parts;
import org.diapason.math.Resample;
import org.diapason.volume.Affine;
import org.diapason.volume.Chain;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
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

    /** Returns the values of an image on the grid; outside the image as {@link Resample} does. */
    public float[] values(Geometry from, float[] values, Interpolation how, Boundary boundary) {
        return Resample.onto(from, values, places(), left(), how, boundary);
    }

    /** Returns a mask on the grid: linear interpolation of 0 and 1, then 0.5 or more. */
    public boolean[] mask(Geometry from, boolean[] mask) {
        return Resample.mask(from, mask, places(), left());
    }

    /** Returns which voxels of the grid lie in the field of an image. */
    public boolean[] inField(Geometry from) {
        return Grid.inField(from, places(), left());
    }

    /** Returns how many parts of a mask have no voxel of the moved one; see {@link Parts#lost}. */
    public int lost(Geometry from, boolean[] before, boolean[] after) {
        return Parts.lost(from, before, places(), after, left());
    }

    /** A shifted grid whose axes stay is sampled axis by axis. */
    private Geometry places() {
        return rigid ? seen : grid;
    }

    private Transform left() {
        return rigid ? Affine.IDENTITY : transform;
    }
}
