package org.diapason.phantom;

import java.util.Arrays;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** Draws a digital object on a cubic grid, blurred by a Gaussian two samples wide. */
final class Drawing {
    private static final double MOST_VOXELS = 2.5e8;

    /** Standard deviations from a surface at which a blurred membership is 0 or 1. */
    private static final double FAR_SIGMAS = 6.5;

    private final DigitalObject object;
    private final double sigmaMm;
    private final Geometry grid;

    Drawing(DigitalObject object, double spacingMm, Numbers marginMm) {
        Shape.positive("spacing of object " + object.name(), spacingMm);
        this.object = object;
        sigmaMm = 2 * spacingMm / Gauss.FWHM_PER_SIGMA;
        int[] size = new int[3];
        double voxels = 1;
        for (int a = 0; a < 3; a++) {
            double edge = object.fieldMm().get(a) + 2 * marginMm.get(a);
            size[a] = (int) Math.ceil(edge / spacingMm - 1e-6) + 1;
            voxels *= size[a];
        }
        if (voxels > MOST_VOXELS) {
            throw new IllegalArgumentException(
                    "object "
                            + object.name()
                            + " of "
                            + object.fieldMm().fixed(0)
                            + " mm would take "
                            + Numbers.fixed(voxels / 1e6, 0)
                            + " million samples of "
                            + Numbers.fixed(spacingMm, 2)
                            + " mm, at most "
                            + Numbers.fixed(MOST_VOXELS / 1e6, 0)
                            + " million are drawn. Take a smaller field or a wider psf-mm.");
        }
        grid = VirtualScanner.centred(size, Numbers.of(spacingMm, spacingMm, spacingMm));
    }

    Volume volume() {
        float[] values = new float[grid.voxels()];
        Arrays.fill(values, (float) object.background());
        for (Region region : object.regions()) {
            Field field = region.texture().map(t -> field(region, t)).orElse(null);
            Parallel.forEach(
                    grid.nk(),
                    k ->
                            visit(
                                    region.shape(),
                                    k,
                                    (i, j, share) -> {
                                        double value = region.value();
                                        value += field == null ? 0 : field.at(i, j, k);
                                        int v = grid.index(i, j, k);
                                        values[v] += (float) (share * (value - values[v]));
                                    }));
        }
        double blur = sigmaMm * Gauss.FWHM_PER_SIGMA;
        return Volume.of(grid, values, object.quantity()).withFwhmMm(Numbers.of(blur, blur, blur));
    }

    /** Takes the voxels of a slice in which a shape has a share. */
    private interface Visitor {
        void take(int i, int j, double share);
    }

    /** Visits a slice; where the surface is far, as many voxels at once as it is away. */
    private void visit(Shape shape, int k, Visitor visitor) {
        double h = grid.spacing(0);
        double z = at(2, k);
        for (int j = 0; j < grid.nj(); j++) {
            double y = at(1, j);
            for (int i = 0; i < grid.ni(); ) {
                double distance = shape.distanceMm(at(0, i), y, z);
                double clear = Math.abs(distance) - FAR_SIGMAS * sigmaMm;
                if (clear <= 0) {
                    visitor.take(i, j, shape.share(at(0, i), y, z, sigmaMm));
                    i++;
                    continue;
                }
                int end = (int) Math.min(grid.ni(), i + 1 + Math.floor(clear / h));
                for (; distance < 0 && i < end; i++) {
                    visitor.take(i, j, 1);
                }
                i = end;
            }
        }
    }

    /** A texture over the box of voxels that its region touches. */
    private record Field(Geometry box, int[] first, float[] values) {
        double at(int i, int j, int k) {
            return values[box.index(i - first[0], j - first[1], k - first[2])];
        }
    }

    /** Returns the blurred texture, shifted and scaled by what makes the sharp one exact. */
    private Field field(Region region, Texture texture) {
        int nk = grid.nk();
        int[][] ends = new int[nk][];
        Parallel.forEach(nk, k -> ends[k] = ends(region.shape(), k));
        int[] first = {grid.ni(), grid.nj(), nk};
        int[] last = {-1, -1, -1};
        for (int k = 0; k < nk; k++) {
            if (ends[k][2] >= 0) {
                first[0] = Math.min(first[0], ends[k][0]);
                first[1] = Math.min(first[1], ends[k][1]);
                first[2] = Math.min(first[2], k);
                last[0] = Math.max(last[0], ends[k][2]);
                last[1] = Math.max(last[1], ends[k][3]);
                last[2] = k;
            }
        }
        if (last[0] < 0) {
            return new Field(grid, new int[3], new float[grid.voxels()]);
        }
        Geometry box =
                new Geometry(
                        last[0] - first[0] + 1,
                        last[1] - first[1] + 1,
                        last[2] - first[2] + 1,
                        grid.spacingMm(),
                        Numbers.of(at(0, first[0]), at(1, first[1]), at(2, first[2])),
                        Geometry.IDENTITY);
        float[][] fields = texture.fields(object.fieldMm(), box, 0, sigmaMm);
        Field sharp = new Field(box, first, fields[0]);
        double[][] sums = new double[nk][3];
        Parallel.forEach(
                nk,
                k ->
                        visit(
                                region.shape(),
                                k,
                                (i, j, share) -> {
                                    double g = sharp.at(i, j, k);
                                    sums[k][0] += share;
                                    sums[k][1] += share * g;
                                    sums[k][2] += share * g * g;
                                }));
        double[] total = new double[3];
        for (double[] sum : sums) {
            for (int n = 0; n < 3; n++) {
                total[n] += sum[n];
            }
        }
        double mean = total[1] / total[0];
        double sd = Math.sqrt(total[2] / total[0] - mean * mean);
        double scale = sd > 0 ? texture.sd() / sd : 0;
        float[] blurred = fields[1];
        for (int v = 0; v < blurred.length; v++) {
            blurred[v] = (float) (scale * (blurred[v] - mean));
        }
        return new Field(box, first, blurred);
    }

    /** Returns the least i and j and the largest i and j that a shape touches in a slice. */
    private int[] ends(Shape shape, int k) {
        int[] ends = {grid.ni(), grid.nj(), -1, -1};
        visit(
                shape,
                k,
                (i, j, share) -> {
                    ends[0] = Math.min(ends[0], i);
                    ends[1] = Math.min(ends[1], j);
                    ends[2] = Math.max(ends[2], i);
                    ends[3] = Math.max(ends[3], j);
                });
        return ends;
    }

    private double at(int axis, int n) {
        return grid.originMm().get(axis) + n * grid.spacing(axis);
    }
}
