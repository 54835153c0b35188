package org.diapason.registration;

import java.util.Optional;
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
 * else a transform does is done place by place. A way back is looked for once, on the voxels of the
 * grid; where nothing leads to a voxel it has no place, and whatever is sampled there is NaN, or in
 * no mask.
 */
public final class GridThrough {
    /** A matrix this close to a rotation is one. */
    private static final double RIGID = 1e-9;

    private final Geometry grid;
    private final Transform transform;
    private final Affine linear;
    private final Geometry seen;
    private final boolean rigid;
    private final boolean bent;

    private GridThrough(
            Geometry grid, Transform transform, Affine linear, Geometry seen, boolean rigid) {
        this.grid = grid;
        bent = !(transform instanceof Affine);
        this.transform =
                Deformation.isSearched(transform)
                        ? Deformation.found(grid, transform).field()
                        : transform;
        this.linear = linear;
        this.seen = seen;
        this.rigid = rigid;
    }

    /**
     * Returns a grid seen through a transform, places of the grid to places of the image in mm.
     *
     * @throws org.diapason.volume.RefusedException if the linear part maps all onto a plane
     */
    public static GridThrough of(Geometry grid, Transform transform) {
        if (transform.equals(Affine.IDENTITY)) {
            return new GridThrough(grid, transform, Affine.IDENTITY, grid, true);
        }
        Affine linear = linear(transform);
        linear.inverse(); // which a flat one refuses
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
        return new GridThrough(grid, transform, linear, seen, stiff);
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

    /** Returns the transform as it is sampled through: whole, with no way back to be looked for. */
    Transform transform() {
        return transform;
    }

    /**
     * Returns the distance in mm of the grid's voxels along an axis of an image: {@code sqrt(Σ_b
     * (e_a · L d_b s_b)²)} with L the linear part and d_b, s_b the grid's axes and spacings.
     */
    public double spacingAlong(Geometry image, int axis) {
        if (rigid && Grid.parallel(image, seen)) {
            return seen.spacing(axis);
        }
        double square = 0;
        for (int b = 0; b < 3; b++) {
            double part = 0;
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    part +=
                            image.direction().get(3 * r + axis)
                                    * linear.get(r, c)
                                    * grid.direction().get(3 * c + b);
                }
            }
            part *= grid.spacing(b);
            square += part * part;
        }
        return Math.sqrt(square);
    }

    /**
     * Returns the resolution along the grid's axes of an image with widths along its own: {@code
     * sqrt(Σ_a (d_b · L⁻¹ e_a)² w_a²)}; empty where the transform bends, since then it is another
     * at each place.
     *
     * @param widthsMm along the axes of the image
     */
    public Optional<Numbers> widths(Geometry image, double[] widthsMm) {
        if (bent) {
            return Optional.empty();
        }
        if (rigid && Grid.parallel(image, seen)) {
            return Optional.of(Numbers.of(widthsMm));
        }
        Affine back = linear.inverse();
        double[] out = new double[3];
        for (int b = 0; b < 3; b++) {
            double sum = 0;
            for (int a = 0; a < 3; a++) {
                double part = 0;
                for (int r = 0; r < 3; r++) {
                    for (int c = 0; c < 3; c++) {
                        part +=
                                grid.direction().get(3 * r + b)
                                        * back.get(r, c)
                                        * image.direction().get(3 * c + a);
                    }
                }
                part *= widthsMm[a];
                sum += part * part;
            }
            out[b] = Math.sqrt(sum);
        }
        return Optional.of(Numbers.of(out));
    }

    /** Returns the values of an image on the grid; NaN outside the field of the image. */
    public float[] within(Geometry from, float[] values, Interpolation how) {
        return Resample.within(from, values, places(), left(), how);
    }

    /** Returns the labels of an image on the grid as {@link LabelVote} does. */
    float[] labels(Geometry from, float[] labels) {
        return LabelVote.move(from, labels, left(), places());
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
