package org.diapason.features;

import java.math.BigInteger;
import org.diapason.math.Symmetric3;
import org.diapason.volume.Geometry;

/**
 * Number, middle and spread of the centres of a mask's voxels, in mm along the axes of the grid.
 *
 * <p>Sums of positions are whole numbers, so the spread has no rounding but that of its last steps.
 *
 * @param geometry the grid
 * @param count how many voxels
 * @param middle mean voxel position
 * @param spread covariance of the voxel positions (divided by n − 1, as in the consensus values, or
 *     by n), row by row
 */
record PointCloud(Geometry geometry, long count, double[] middle, double[] spread) {

    /** Returns the cloud of a mask of at least one voxel. */
    static PointCloud of(Geometry geometry, boolean[] voxels, Rules.Axes axes) {
        long n = 0;
        long[] sum = new long[3];
        long[] square = new long[9];
        int v = 0;
        for (int k = 0; k < geometry.nk(); k++) {
            for (int j = 0; j < geometry.nj(); j++) {
                long inRow = 0;
                long is = 0;
                long squares = 0;
                for (int i = 0; i < geometry.ni(); i++) {
                    if (voxels[v++]) {
                        inRow++;
                        is += i;
                        squares += (long) i * i;
                    }
                }
                n += inRow;
                sum[0] += is;
                sum[1] += j * inRow;
                sum[2] += k * inRow;
                square[0] += squares;
                square[1] += j * is;
                square[2] += k * is;
                square[4] += (long) j * j * inRow;
                square[5] += (long) j * k * inRow;
                square[8] += (long) k * k * inRow;
            }
        }
        long by = axes == Rules.Axes.SAMPLE ? n - 1 : n;
        double[] middle = {(double) sum[0] / n, (double) sum[1] / n, (double) sum[2] / n};
        double[] spread = new double[9];
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                spread[3 * a + b] = covariance(n, by, square[3 * a + b], sum[a], sum[b]);
                spread[3 * b + a] = spread[3 * a + b];
            }
        }
        return new PointCloud(geometry, n, middle, spread);
    }

    /** (n Σab − Σa Σb)/(n · by), its difference of nearly equal numbers without rounding. */
    private static double covariance(long n, long by, long ab, long a, long b) {
        BigInteger first = BigInteger.valueOf(n).multiply(BigInteger.valueOf(ab));
        BigInteger second = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
        return first.subtract(second).doubleValue() / n / by;
    }

    /**
     * Returns four times the root of each eigenvalue of the covariance, largest first, in mm; NaN
     * for one voxel.
     */
    double[] axesMm() {
        double[] mm = new double[9];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                mm[3 * a + b] = spread[3 * a + b] * geometry.spacing(a) * geometry.spacing(b);
            }
        }
        double[] values = Symmetric3.eigenvalues(mm);
        double noise = 1e-14 * values[0];
        for (int a = 0; a < 3; a++) {
            values[a] = values[a] <= noise ? 0 : 4 * Math.sqrt(values[a]);
        }
        return values;
    }

    /** Returns how far the middle weighted by intensity lies from the middle of the mask in mm. */
    double shiftMm(Region intensities) {
        int ni = geometry.ni();
        int nj = geometry.nj();
        double total = 0;
        double[] sum = new double[3];
        for (int n = 0; n < intensities.size(); n++) {
            int v = intensities.voxels()[n];
            double x = intensities.values()[n];
            total += x;
            sum[0] += x * (v % ni - middle[0]);
            sum[1] += x * (v / ni % nj - middle[1]);
            sum[2] += x * (v / ni / nj - middle[2]);
        }
        if (total == 0) {
            return Double.NaN;
        }
        double square = 0;
        for (int a = 0; a < 3; a++) {
            double mm = sum[a] / total * geometry.spacing(a);
            square += mm * mm;
        }
        return Math.sqrt(square);
    }
}
