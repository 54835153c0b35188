package org.diapason.math;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Affine;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Inverse;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/**
 * Where the voxels of a grid lie in another image through a transform, row by row; one for each
 * thread.
 *
 * <p>What is linear is done once for a row; a field on the very grid is read, not interpolated; the
 * way back through a deformation starts from where the neighbour's led. A row does not depend on
 * the rows before it.
 */
public final class Places {
    /** A place that a way back misses by more was not found. */
    private static final double FOUND_MM = 1e-3;

    private final Geometry grid;
    private final List<Transform> parts;
    private final Geometry onto;
    private final boolean linear;
    private final boolean found;
    private final double[] last;
    private final double[] start = new double[3];
    private final double[] step = new double[3];
    private double worstMissMm;
    private long missed;

    /**
     * Takes the voxels of a grid to voxel positions of the grid {@code onto}; NaN where nothing
     * leads to a voxel whose way back is looked for.
     */
    public Places(Geometry grid, Transform transform, Geometry onto) {
        this(grid, transform, onto, Affine.toVoxel(onto), true);
    }

    private Places(Geometry grid, Transform transform, Geometry onto, Affine last, boolean found) {
        this.found = found;
        this.grid = grid;
        this.onto = onto;
        linear = transform instanceof Affine && onto != null;
        parts = transform instanceof Chain chain ? chain.parts() : List.of(transform);
        int end = parts.size() - 1;
        boolean ends = end > 0 && parts.get(end) instanceof Affine;
        this.last = (ends ? ((Affine) parts.get(end)).then(last) : last).matrix().toArray();
    }

    /**
     * Takes the voxels of a grid to moving mm.
     *
     * @param found whether places that nothing leads to are NaN, not the nearest that was met
     */
    public static Places mm(Geometry grid, Transform transform, boolean found) {
        return new Places(grid, transform, null, Affine.IDENTITY, found);
    }

    /** Writes the places of the voxels 0 … ni − 1 of row (j, k) along the three axes. */
    public void row(int j, int k, double[] a, double[] b, double[] c) {
        if (linear) {
            straight(j, k);
            for (int x = 0; x < grid.ni(); x++) {
                a[x] = start[0] + x * step[0];
                b[x] = start[1] + x * step[1];
                c[x] = start[2] + x * step[2];
            }
            return;
        }
        world(j, k);
        int first = 0;
        if (parts.get(0) instanceof Affine head) {
            head.apply(start);
            turn(head);
            first = 1;
        }
        boolean read =
                first == 0
                        && parts.get(0) instanceof DisplacementField f
                        && f.geometry().equals(grid);
        int end = parts.size();
        if (end > 1 && parts.get(end - 1) instanceof Affine) {
            end--;
        }
        double[] p = new double[3];
        double[][] was = new double[2 * end][];
        int at = grid.index(0, j, k);
        for (int x = 0; x < grid.ni(); x++) {
            for (int r = 0; r < 3; r++) {
                p[r] = start[r] + x * grid.spacing(0) * step[r];
            }
            int from = first;
            if (read) {
                DisplacementField field = (DisplacementField) parts.get(0);
                for (int r = 0; r < 3; r++) {
                    p[r] += field.shifts(r)[at + x];
                }
                from = 1;
            }
            for (int n = from; n < end; n++) {
                if (parts.get(n) instanceof Inverse back) {
                    undo(back, p, was, n);
                } else {
                    parts.get(n).apply(p);
                }
            }
            a[x] = last[0] * p[0] + last[1] * p[1] + last[2] * p[2] + last[3];
            b[x] = last[4] * p[0] + last[5] * p[1] + last[6] * p[2] + last[7];
            c[x] = last[8] * p[0] + last[9] * p[1] + last[10] * p[2] + last[11];
        }
    }

    /** Goes back from a place, starting beside where the last one of the row came from. */
    private void undo(Inverse back, double[] p, double[][] was, int n) {
        if (p[0] != p[0]) {
            return;
        }
        double[] guess = p.clone();
        double[] asked = p.clone();
        if (was[2 * n] != null) {
            for (int r = 0; r < 3; r++) {
                guess[r] = was[2 * n + 1][r] + p[r] - was[2 * n][r];
            }
        }
        double miss = back.from(guess, p);
        boolean met = miss <= FOUND_MM;
        worstMissMm = Math.max(worstMissMm, miss);
        was[2 * n] = met ? asked : null;
        was[2 * n + 1] = p.clone();
        if (!met) {
            missed++;
            if (found) {
                Arrays.fill(p, Double.NaN);
            }
        }
    }

    /** Says whether the places of each row lie on one line, evenly. */
    public boolean straight() {
        return linear;
    }

    /** Sets start and step of a row in voxels of the other grid. */
    private void straight(int j, int k) {
        world(j, k);
        Affine t = (Affine) parts.get(0);
        t.apply(start);
        turn(t);
        Numbers first = onto.toVoxel(start[0], start[1], start[2]);
        double[] along = step.clone();
        for (int a = 0; a < 3; a++) {
            start[a] = first.get(a);
            double cosine = 0;
            for (int r = 0; r < 3; r++) {
                cosine += onto.direction().get(3 * r + a) * along[r];
            }
            step[a] = cosine * grid.spacing(0) / onto.spacing(a);
        }
    }

    /** Sets start of a row in mm, and its direction. */
    private void world(int j, int k) {
        Numbers first = grid.toWorld(0, j, k);
        for (int r = 0; r < 3; r++) {
            start[r] = first.get(r);
            step[r] = grid.direction().get(3 * r);
        }
    }

    private void turn(Affine t) {
        double x = step[0];
        double y = step[1];
        double z = step[2];
        for (int r = 0; r < 3; r++) {
            step[r] = t.get(r, 0) * x + t.get(r, 1) * y + t.get(r, 2) * z;
        }
    }

    /** Returns by how many mm the worst place of a way back was missed so far; 0 without one. */
    public double worstMissMm() {
        return worstMissMm;
    }

    /** Returns how many places of a way back were missed by more than 0.001 mm so far. */
    public long missed() {
        return missed;
    }
}
