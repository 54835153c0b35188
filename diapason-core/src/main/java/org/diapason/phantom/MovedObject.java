package org.diapason.phantom;

import java.util.Arrays;
import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * A digital object after it moved, drawn anew and not resampled: what is seen at a place is what
 * the still object has where that place came from.
 *
 * <p>{@code v ← v + m (value − v)} region by region, m the blurred membership of {@link
 * Shape#share} at {@code motion.back(q)}: the partial volume of a surface is its share in a
 * Gaussian, no grid of finer samples is made. The Gaussian is that of the still object; where a
 * motion stretches by some percent the blur is so much wider. Voxels that are longer along one axis
 * are means of points as close as their shortest edge.
 *
 * @param object without textures
 * @param motion where its places went
 */
public record MovedObject(DigitalObject object, Motion motion) {

    /** Standard deviations from a surface at which a membership is 0 or 1, within 4e-5. */
    private static final double FAR_SIGMAS = 4;

    public MovedObject {
        for (Region region : object.regions()) {
            if (region.texture().isPresent()) {
                throw new IllegalArgumentException(
                        "object "
                                + object.name()
                                + ": region "
                                + region.name()
                                + " has a texture, which cannot be drawn moved. Leave it out.");
            }
        }
    }

    /**
     * Returns its image on any grid, without noise.
     *
     * @param fwhmMm sharpness of the image, of the same width in all directions; positive
     */
    public Volume on(Geometry grid, double fwhmMm) {
        Shape.positive("fwhmMm of a moved object", fwhmMm);
        float[] values = new float[grid.voxels()];
        Rows rows = new Rows(grid, fwhmMm / Gauss.FWHM_PER_SIGMA);
        Parallel.forEach(grid.nk(), k -> rows.slice(k, values));
        Numbers fwhm = Numbers.of(fwhmMm, fwhmMm, fwhmMm);
        return Volume.of(grid, values, object.quantity()).withFwhmMm(fwhm);
    }

    /** Returns the voxels whose centre lies in any of its regions. */
    public Mask outline(Geometry grid) {
        float[] share = new float[grid.voxels()];
        Rows rows = new Rows(grid, 0);
        Parallel.forEach(grid.nk(), k -> rows.slice(k, share));
        boolean[] voxels = new boolean[share.length];
        for (int v = 0; v < share.length; v++) {
            voxels[v] = share[v] > 0.5;
        }
        return Mask.of(grid, voxels);
    }

    /** Draws rows of voxels along i; of no width it says where regions are. */
    private final class Rows {
        private final Geometry grid;
        private final Affine toWorld;
        private final double sigmaMm;
        private final int[] parts = new int[3];
        private final List<Region> regions = object.regions();

        Rows(Geometry grid, double sigmaMm) {
            this.grid = grid;
            this.sigmaMm = sigmaMm;
            toWorld = Affine.toWorld(grid);
            double finest = Math.min(grid.spacing(0), Math.min(grid.spacing(1), grid.spacing(2)));
            for (int a = 0; a < 3; a++) {
                parts[a] = sigmaMm == 0 ? 1 : (int) Math.ceil(grid.spacing(a) / finest - 0.3);
            }
        }

        void slice(int k, float[] values) {
            double[][] places = new double[grid.ni()][3];
            double[] row = new double[grid.ni()];
            double[] sum = new double[grid.ni()];
            int points = parts[0] * parts[1] * parts[2];
            for (int j = 0; j < grid.nj(); j++) {
                Arrays.fill(sum, 0);
                for (int n = 0; n < points; n++) {
                    place(n, j, k, places);
                    paint(places, row);
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += row[i];
                    }
                }
                int first = grid.index(0, j, k);
                for (int i = 0; i < sum.length; i++) {
                    values[first + i] = (float) (sum[i] / points);
                }
            }
        }

        /** Writes where the n-th points of the voxels of a row came from. */
        private void place(int n, int j, int k, double[][] places) {
            double a = off(n % parts[0], 0);
            double b = j + off(n / parts[0] % parts[1], 1);
            double c = k + off(n / (parts[0] * parts[1]), 2);
            for (int i = 0; i < places.length; i++) {
                places[i][0] = i + a;
                places[i][1] = b;
                places[i][2] = c;
                toWorld.apply(places[i]);
            }
            motion.back(places);
        }

        private double off(int part, int axis) {
            return (part + 0.5) / parts[axis] - 0.5;
        }

        private void paint(double[][] places, double[] row) {
            Arrays.fill(row, sigmaMm == 0 ? 0 : object.background());
            double step = longest(places);
            for (Region region : regions) {
                Shape shape = region.shape();
                double value = sigmaMm == 0 ? 1 : region.value();
                for (int i = 0; i < row.length; ) {
                    double[] p = places[i];
                    double distance = shape.distanceMm(p[0], p[1], p[2]);
                    double clear = Math.abs(distance) - FAR_SIGMAS * sigmaMm;
                    if (clear <= 0 && sigmaMm > 0) {
                        double share = shape.share(p[0], p[1], p[2], sigmaMm);
                        row[i] += share * (value - row[i]);
                        i++;
                        continue;
                    }
                    int end =
                            (int)
                                    Math.min(
                                            row.length,
                                            i + 1 + Math.floor(Math.max(0, clear) / step));
                    if (distance < 0) {
                        Arrays.fill(row, i, end, value);
                    }
                    i = end;
                }
            }
        }

        /** Returns the longest way from one voxel of a row to the next, in mm of the object. */
        private static double longest(double[][] places) {
            double most = 1e-6;
            for (int i = 1; i < places.length; i++) {
                double square = 0;
                for (int a = 0; a < 3; a++) {
                    double d = places[i][a] - places[i - 1][a];
                    square += d * d;
                }
                most = Math.max(most, Math.sqrt(square));
            }
            return most;
        }
    }
}
