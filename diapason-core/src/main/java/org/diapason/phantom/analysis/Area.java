package org.diapason.phantom.analysis;

import java.util.Arrays;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * An ellipse or a box within one slice: where something was measured.
 *
 * @param name what it shows
 * @param box whether it is a box; else an ellipse
 * @param slice which slice, counted from 0
 * @param uMm middle along i, in mm from the centre of the slice's first voxel
 * @param vMm middle along j
 * @param halfUMm half its extent along its own first axis in mm; positive
 * @param halfVMm half its extent along its own second axis in mm; positive
 * @param degrees how far its axes are turned from i towards j
 */
public record Area(
        String name,
        boolean box,
        int slice,
        double uMm,
        double vMm,
        double halfUMm,
        double halfVMm,
        double degrees) {

    public Area {
        if (!(halfUMm > 0) || !(halfVMm > 0)) {
            throw new IllegalArgumentException(
                    "area " + name + " needs two positive half extents in mm");
        }
    }

    /** Returns a disc. */
    public static Area disc(String name, int slice, double uMm, double vMm, double radiusMm) {
        return new Area(name, false, slice, uMm, vMm, radiusMm, radiusMm, 0);
    }

    /** Says whether a place in the slice lies in it. */
    public boolean contains(double u, double v) {
        double angle = StrictMath.toRadians(degrees);
        double cos = degrees == 0 ? 1 : StrictMath.cos(angle);
        double sin = degrees == 0 ? 0 : StrictMath.sin(angle);
        double a = ((u - uMm) * cos + (v - vMm) * sin) / halfUMm;
        double b = ((v - vMm) * cos - (u - uMm) * sin) / halfVMm;
        return box ? Math.abs(a) <= 1 && Math.abs(b) <= 1 : a * a + b * b <= 1;
    }

    /**
     * Returns the values of the voxels whose centre lies in it.
     *
     * @throws DataException if the slice is not there or the area leaves the image
     */
    public double[] values(Volume volume) {
        Patch patch = patch(volume);
        double[] values = new double[patch.box.length];
        int n = 0;
        for (int v = 0; v < values.length; v++) {
            if (patch.in[v]) {
                values[n++] = patch.box[v];
            }
        }
        return Arrays.copyOf(values, n);
    }

    /**
     * Returns what {@link #values} are like, and how many of them are independent.
     *
     * @throws DataException if it leaves the image, or holds no voxel or one without a measurement
     */
    Sample sample(Volume volume) {
        Patch patch = patch(volume);
        return Sample.of(name, patch.box, patch.in, patch.ni, patch.nj, 1);
    }

    /** The voxels of a slice around an area: from i0 and j0 on, and which are in it. */
    record Patch(int i0, int j0, int ni, int nj, double[] box, boolean[] in) {}

    /** Returns the area's part of an image. */
    Patch patch(Volume volume) {
        Geometry g = volume.geometry();
        double reach = (box && degrees != 0 ? Math.sqrt(2) : 1) * Math.max(halfUMm, halfVMm);
        double du = degrees == 0 ? halfUMm : reach;
        double dv = degrees == 0 ? halfVMm : reach;
        if (slice < 0
                || slice >= g.nk()
                || uMm - du < -0.5 * g.spacing(0)
                || vMm - dv < -0.5 * g.spacing(1)
                || uMm + du > (g.ni() - 0.5) * g.spacing(0)
                || vMm + dv > (g.nj() - 0.5) * g.spacing(1)) {
            throw new DataException(
                    "area "
                            + name
                            + " at "
                            + Numbers.of(uMm, vMm).fixed(1)
                            + " mm of slice "
                            + (slice + 1)
                            + " leaves the image of "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + " voxels. Scan the whole phantom, or say where it is.");
        }
        int i0 = (int) Math.max(0, Math.ceil((uMm - reach) / g.spacing(0)));
        int i1 = (int) Math.min(g.ni() - 1, Math.floor((uMm + reach) / g.spacing(0)));
        int j0 = (int) Math.max(0, Math.ceil((vMm - reach) / g.spacing(1)));
        int j1 = (int) Math.min(g.nj() - 1, Math.floor((vMm + reach) / g.spacing(1)));
        int ni = Math.max(0, i1 - i0 + 1);
        int nj = Math.max(0, j1 - j0 + 1);
        double[] box = new double[ni * nj];
        boolean[] in = new boolean[box.length];
        for (int v = 0; v < box.length; v++) {
            int i = i0 + v % ni;
            int j = j0 + v / ni;
            in[v] = contains(i * g.spacing(0), j * g.spacing(1));
            box[v] = in[v] ? volume.at(i, j, slice) : 0;
        }
        return new Patch(i0, j0, ni, nj, box, in);
    }
}
