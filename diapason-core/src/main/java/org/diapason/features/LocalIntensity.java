package org.diapason.features;

import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Geometry;

/**
 * Local intensity features (family 9ST6, section 3.2 of the manual): the highest mean in a sphere
 * of 1 cm³.
 *
 * <p>The sphere has a radius of (3/(4π))^(1/3) cm, about 6.2 mm, and holds the voxels whose centres
 * lie in it, in the mask or not; voxels without a value and places beyond the grid do not count.
 * The local peak takes the sphere around the largest intensity of the region, the best sphere where
 * several voxels have it; the global peak the best sphere around any voxel of the region. A region
 * without a voxel has neither (NaN).
 */
final class LocalIntensity {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    loc_peak_loc  | Local intensity peak  | VJGA | image unit
                    loc_peak_glob | Global intensity peak | 0F91 | image unit
                    """);

    /** 1 cm³ in mm, with room for rounding of distances. */
    private static final double RADIUS_MM = StrictMath.cbrt(3 / (4 * Math.PI)) * 10 * (1 + 1e-12);

    private LocalIntensity() {}

    /**
     * Returns the features in the order of {@link #FEATURES}.
     *
     * @param image all values of the grid, NaN without a measurement; not modified
     */
    static double[] of(float[] image, Region region) {
        if (region.size() == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        float highest = Float.NEGATIVE_INFINITY;
        for (float x : region.values()) {
            highest = Math.max(highest, x);
        }
        Spheres spheres = new Spheres(region.geometry(), image, Box.of(region));
        double local = Double.NEGATIVE_INFINITY;
        double global = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < region.size(); n++) {
            double mean = spheres.mean(region.voxels()[n]);
            global = Math.max(global, mean);
            local = region.values()[n] == highest ? Math.max(local, mean) : local;
        }
        return new double[] {local, global};
    }

    /** Means in spheres from running sums along i, one difference per row of the sphere. */
    private static final class Spheres {
        private final Geometry geometry;
        private final int[] low = new int[3];
        private final int[] size = new int[3];
        private final double[] sums;

        /** Voxels with a value before each place; absent where all have one. */
        private final int[] counts;

        private final int[] rows;

        Spheres(Geometry geometry, float[] image, Box box) {
            this.geometry = geometry;
            for (int a = 0; a < 3; a++) {
                int reach = (int) (RADIUS_MM / geometry.spacing(a));
                low[a] = Math.max(0, box.low()[a] - reach);
                size[a] = Math.min(geometry.size(a) - 1, box.high()[a] + reach) - low[a] + 1;
            }
            int row = size[0] + 1;
            sums = new double[Math.multiplyExact(row * size[1], size[2])];
            counts = finite(image) ? null : new int[sums.length];
            for (int k = 0; k < size[2]; k++) {
                for (int j = 0; j < size[1]; j++) {
                    int from = geometry.index(low[0], low[1] + j, low[2] + k);
                    int to = row * (j + size[1] * k);
                    for (int i = 0; i < size[0]; i++) {
                        boolean known = counts == null || Float.isFinite(image[from + i]);
                        sums[to + i + 1] = sums[to + i] + (known ? image[from + i] : 0);
                        if (counts != null) {
                            counts[to + i + 1] = counts[to + i] + (known ? 1 : 0);
                        }
                    }
                }
            }
            rows = rows();
        }

        private boolean finite(float[] image) {
            for (int k = low[2]; k < low[2] + size[2]; k++) {
                for (int j = low[1]; j < low[1] + size[1]; j++) {
                    int from = geometry.index(low[0], j, k);
                    for (int v = from; v < from + size[0]; v++) {
                        if (!Float.isFinite(image[v])) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }

        /** Returns dj, dk and the half length of each row of the sphere. */
        private int[] rows() {
            int rj = (int) (RADIUS_MM / geometry.spacing(1));
            int rk = (int) (RADIUS_MM / geometry.spacing(2));
            int[] found = new int[3 * (2 * rj + 1) * (2 * rk + 1)];
            int count = 0;
            for (int dk = -rk; dk <= rk; dk++) {
                for (int dj = -rj; dj <= rj; dj++) {
                    double y = dj * geometry.spacing(1);
                    double z = dk * geometry.spacing(2);
                    double rest = RADIUS_MM * RADIUS_MM - y * y - z * z;
                    if (rest >= 0) {
                        found[count++] = dj;
                        found[count++] = dk;
                        found[count++] = (int) (Math.sqrt(rest) / geometry.spacing(0));
                    }
                }
            }
            return Arrays.copyOf(found, count);
        }

        double mean(int voxel) {
            int i = voxel % geometry.ni() - low[0];
            int j = voxel / geometry.ni() % geometry.nj() - low[1];
            int k = voxel / geometry.ni() / geometry.nj() - low[2];
            double sum = 0;
            int count = 0;
            for (int r = 0; r < rows.length; r += 3) {
                int y = j + rows[r];
                int z = k + rows[r + 1];
                if (y < 0 || y >= size[1] || z < 0 || z >= size[2]) {
                    continue;
                }
                int at = (size[0] + 1) * (y + size[1] * z);
                int from = at + Math.max(0, i - rows[r + 2]);
                int to = at + Math.min(size[0], i + rows[r + 2] + 1);
                sum += sums[to] - sums[from];
                count += counts == null ? to - from : counts[to] - counts[from];
            }
            return sum / count;
        }
    }
}
