package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;

/**
 * Measures a scanner from a scan of the {@link QaPhantom}: resolution along three axes from the
 * edges, gain and offset from the inserts.
 *
 * <p>Edges and inserts are looked for where the phantom's published layout puts them, relative to
 * the centre of the volume, and may be off by 2 mm. Each edge is fitted by a Gaussian edge; the
 * squared width along its main axis a is {@code s_a² = σ_a² + p² σ_b² + q² σ_c²} with slopes p and
 * q, and the three edges together give {@code σ²} along i, j and k. The result is {@code FWHM =
 * 2.3548 σ} of the total response, slab included. The line {@code measured = gain · true + offset}
 * runs through the means of the inserts by least squares.
 */
public final class PhantomAnalysis {
    private static final double ALONG_MM = 13;
    private static final double ACROSS_MM = 12;
    private static final double ROD_CORE_MM = 6;
    private static final double ROD_HALF_LENGTH_MM = 24;
    private static final double CONTRAST_TO_NOISE = 10;

    private PhantomAnalysis() {}

    /**
     * Returns the calibration of the scanner that made the volume.
     *
     * @param scan the phantom's image in HU, as its units stand
     * @param scanner the scanner's name
     * @param date day of the scan, ISO 8601
     * @throws DataException if the volume does not cover the phantom, or an edge or insert is not
     *     where it should be
     */
    public static ScannerCalibration analyse(Volume scan, String scanner, String date) {
        covers(scan.geometry(), scanner);
        double[] variance = variances(scan, scanner);
        double[] fwhm = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            if (!(variance[axis] > 0)) {
                throw notThere(scanner, "the edge across axis " + "ijk".charAt(axis));
            }
            fwhm[axis] = VirtualScanner.FWHM * Math.sqrt(variance[axis]);
        }
        TreeMap<String, Double> inserts = new TreeMap<>();
        double n = QaPhantom.INSERTS.size();
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (QaPhantom.Insert insert : QaPhantom.INSERTS) {
            double mean = mean(scan, insert);
            inserts.put(Numbers.fixed(insert.hu(), 0), mean);
            x += insert.hu() / n;
            y += mean / n;
            xx += insert.hu() * insert.hu() / n;
            xy += insert.hu() * mean / n;
        }
        double gain = (xy - x * y) / (xx - x * x);
        if (!(gain > 0)) {
            throw notThere(scanner, "the pair of inserts");
        }
        return new ScannerCalibration(scanner, date, Numbers.of(fwhm), gain, y - gain * x, inserts);
    }

    private static void covers(Geometry grid, String scanner) {
        double[] needed = {QaPhantom.FIELD_MM, QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM};
        for (int axis = 0; axis < 3; axis++) {
            double has = grid.size(axis) * grid.spacing(axis);
            if (has < needed[axis] - 1e-3) {
                throw new DataException(
                        "scanner "
                                + scanner
                                + ": the phantom scan covers "
                                + Numbers.fixed(has, 1)
                                + " mm along "
                                + "ijk".charAt(axis)
                                + ", the phantom's layout needs "
                                + Numbers.fixed(needed[axis], 1)
                                + " mm. Scan the whole phantom.");
            }
        }
    }

    private static double[] variances(Volume scan, String scanner) {
        double[][] slopes = new double[3][3];
        double[] total = new double[3];
        for (QaPhantom.Edge edge : QaPhantom.EDGES) {
            EdgeFit fit = fit(scan, edge, scanner);
            int a = edge.axis();
            slopes[a][(a + 1) % 3] = fit.tiltY();
            slopes[a][(a + 2) % 3] = fit.tiltZ();
            total[a] = fit.width() * fit.width();
        }
        double[] variance = total.clone();
        for (int round = 0; round < 50; round++) {
            for (int a = 0; a < 3; a++) {
                int b = (a + 1) % 3;
                int c = (a + 2) % 3;
                variance[a] =
                        total[a]
                                - slopes[a][b] * slopes[a][b] * variance[b]
                                - slopes[a][c] * slopes[a][c] * variance[c];
            }
        }
        return variance;
    }

    private static EdgeFit fit(Volume scan, QaPhantom.Edge edge, String scanner) {
        int a = edge.axis();
        int b = (a + 1) % 3;
        int c = (a + 2) % 3;
        List<double[]> points = new ArrayList<>();
        Geometry g = scan.geometry();
        double[] half = {ACROSS_MM, ACROSS_MM, ACROSS_MM};
        half[a] = ALONG_MM;
        double[] off = new double[3];
        double high = 0;
        double low = 0;
        for (int k = 0; k < g.nk(); k++) {
            off[2] = fromCentre(g, 2, k) - edge.throughMm().get(2);
            for (int j = 0; j < g.nj(); j++) {
                off[1] = fromCentre(g, 1, j) - edge.throughMm().get(1);
                for (int i = 0; i < g.ni(); i++) {
                    off[0] = fromCentre(g, 0, i) - edge.throughMm().get(0);
                    if (Math.abs(off[0]) <= half[0]
                            && Math.abs(off[1]) <= half[1]
                            && Math.abs(off[2]) <= half[2]) {
                        double value = scan.at(i, j, k);
                        points.add(new double[] {off[a], off[b], off[c], value});
                        high = points.size() == 1 ? value : Math.max(high, value);
                        low = points.size() == 1 ? value : Math.min(low, value);
                    }
                }
            }
        }
        double tilt = -StrictMath.tan(StrictMath.toRadians(edge.degrees()));
        double[] start = {
            low, high, 0, edge.towards() == b ? tilt : 0, edge.towards() == c ? tilt : 0, 2
        };
        EdgeFit fit = EdgeFit.fit(points.toArray(new double[0][]), start);
        if (!fit.converged()
                || !(fit.high() - fit.low() > CONTRAST_TO_NOISE * fit.residual())
                || !(Math.abs(fit.place()) < ALONG_MM / 2)) {
            throw notThere(scanner, "the edge across axis " + "ijk".charAt(a));
        }
        return fit;
    }

    private static double mean(Volume scan, QaPhantom.Insert insert) {
        Geometry g = scan.geometry();
        double sum = 0;
        int count = 0;
        for (int k = 0; k < g.nk(); k++) {
            if (Math.abs(fromCentre(g, 2, k)) > ROD_HALF_LENGTH_MM) {
                continue;
            }
            for (int j = 0; j < g.nj(); j++) {
                double y = fromCentre(g, 1, j) - insert.jMm();
                for (int i = 0; i < g.ni(); i++) {
                    double x = fromCentre(g, 0, i) - insert.iMm();
                    if (x * x + y * y <= ROD_CORE_MM * ROD_CORE_MM) {
                        sum += scan.at(i, j, k);
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    private static double fromCentre(Geometry grid, int axis, int index) {
        return (index - (grid.size(axis) - 1) / 2.0) * grid.spacing(axis);
    }

    private static DataException notThere(String scanner, String what) {
        return new DataException(
                "scanner "
                        + scanner
                        + ": "
                        + what
                        + " of the phantom is not where its layout puts it. Scan the phantom"
                        + " centred in the volume, its rods along the slices' axis.");
    }
}
