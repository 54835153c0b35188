package org.diapason.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.math.Gauss;
import org.diapason.math.LineSpread;
import org.diapason.math.Mtf;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;

/**
 * Measures a scanner from a scan of the {@link QaPhantom}: resolution along three axes from the
 * edges, gain and offset from the inserts.
 *
 * <p>Edges and inserts are looked for where the phantom's published layout puts them, relative to
 * the centre of the volume or a stated place in patient axes, and may be off by 2 mm. Each edge is
 * fitted by a Gaussian edge; the squared width along its main axis a is {@code s_a² = σ_a² + p²
 * σ_b² + q² σ_c²} with slopes p and q, and the three edges together give {@code σ²} along i, j and
 * k. The result is {@code FWHM = 2.3548 σ} of the total response, slab included (a slab as thick as
 * the point-spread function widens the fit by 1 %, as it is no Gaussian). The line {@code measured
 * = gain · true + offset} runs through the means of the inserts by least squares.
 *
 * <p>Transfer functions are those of the fitted edges' voxels at their distance from the plane, in
 * bins of a fifth of a voxel: in plane the mean of the two, across the slices that of the top,
 * {@code M(f cos t) = M_n(f)/M_inPlane(f sin t)} with its tilt t. One whose bins are empty by more
 * than a tenth is left out.
 */
public final class PhantomAnalysis {
    private static final double ALONG_MM = 13;
    private static final double ACROSS_MM = 12;
    private static final double ROD_CORE_MM = 6;
    private static final double ROD_HALF_LENGTH_MM = 24;
    private static final double CONTRAST_TO_NOISE = 10;
    private static final double STRAIGHT = 0.999;
    private static final double BIN = 0.2;
    private static final double MOST_EMPTY = 0.1;

    /** What the tilt mixes in is divided out down to this share of the contrast. */
    private static final double LEAST_SHARE = 0.5;

    private PhantomAnalysis() {}

    /**
     * Returns the calibration of the scanner that made the volume.
     *
     * @param scan the phantom's image in HU, as its units stand
     * @param scanner the scanner's name
     * @param date day of the scan, ISO 8601
     * @throws DataException if the volume does not cover the phantom, lies oblique, or an edge or
     *     insert is not where it should be
     * @throws RefusedException if the values are not in HU
     */
    public static ScannerCalibration analyse(Volume scan, String scanner, String date) {
        Geometry g = scan.geometry();
        Numbers centre = g.toWorld((g.ni() - 1) / 2.0, (g.nj() - 1) / 2.0, (g.nk() - 1) / 2.0);
        return analyse(scan, scanner, date, centre);
    }

    /**
     * Returns the same, the phantom's middle at a place in world mm.
     *
     * @param centreMm x, y, z
     */
    public static ScannerCalibration analyse(
            Volume scan, String scanner, String date, Numbers centreMm) {
        if (scan.quantity() != Quantity.HU) {
            throw new RefusedException(
                    "scanner "
                            + scanner
                            + ": the phantom scan is in "
                            + scan.quantity().label()
                            + ", HU are needed. Apply the units step first.");
        }
        int[] axes = axes(scan.geometry(), scanner);
        covers(scan.geometry(), axes, scanner);
        EdgeFit[] edges = new EdgeFit[3];
        double[][][] points = new double[3][][];
        for (QaPhantom.Edge edge : QaPhantom.EDGES) {
            points[edge.axis()] = points(scan, edge, centreMm);
            edges[edge.axis()] = fit(points[edge.axis()], edge, scanner);
        }
        double[] variance = variances(edges);
        double[] fwhm = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            if (!(variance[axes[axis]] > 0)) {
                throw notThere(scanner, "the edge across " + "xyz".charAt(axes[axis]));
            }
            fwhm[axis] = Gauss.FWHM_PER_SIGMA * Math.sqrt(variance[axes[axis]]);
        }
        TreeMap<String, Double> inserts = new TreeMap<>();
        double n = QaPhantom.INSERTS.size();
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (QaPhantom.Insert insert : QaPhantom.INSERTS) {
            double mean = mean(scan, insert, centreMm);
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
        ScannerCalibration c =
                new ScannerCalibration(
                        scanner, date, Numbers.of(fwhm), gain, y - gain * x, inserts);
        return withCurves(c, scan.geometry(), axes, edges, points);
    }

    private static ScannerCalibration withCurves(
            ScannerCalibration c, Geometry g, int[] axes, EdgeFit[] edges, double[][][] points) {
        double[] spacing = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            spacing[axes[axis]] = g.spacing(axis);
        }
        Optional<Mtf> x = transfer(edges[axes[0]], points[axes[0]], spacing[axes[0]]);
        Optional<Mtf> y = transfer(edges[axes[1]], points[axes[1]], spacing[axes[1]]);
        Optional<Mtf> in = x.isPresent() && y.isPresent() ? Optional.of(mean(x.get(), y.get())) : x;
        EdgeFit top = edges[axes[2]];
        Optional<Mtf> across =
                transfer(top, points[axes[2]], spacing[axes[2]])
                        .map(m -> in.map(p -> straight(m, p, top)).orElse(m));
        return TransferCurves.into(c, in, across);
    }

    private static Optional<Mtf> transfer(EdgeFit edge, double[][] points, double spacing) {
        double cos = cosine(edge);
        double[] distance = new double[points.length];
        double[] value = new double[points.length];
        for (int n = 0; n < points.length; n++) {
            double[] p = points[n];
            double on = edge.place() + edge.tiltY() * p[1] + edge.tiltZ() * p[2];
            distance[n] = (p[0] - on) * cos;
            value[n] = p[3];
        }
        LineSpread spread = LineSpread.edge(distance, value, BIN * spacing);
        boolean full = spread.emptyBins() <= MOST_EMPTY * spread.values().size();
        return full ? Optional.of(spread.mtf()) : Optional.empty();
    }

    /** Returns the cosine of the angle between the edge's normal and its main axis. */
    private static double cosine(EdgeFit edge) {
        return 1 / Math.sqrt(1 + edge.tiltY() * edge.tiltY() + edge.tiltZ() * edge.tiltZ());
    }

    private static Mtf mean(Mtf a, Mtf b) {
        double[] m = new double[a.perMm().size()];
        for (int n = 0; n < m.length; n++) {
            m[n] = (a.values().get(n) + b.at(a.perMm().get(n))) / 2;
        }
        return new Mtf(a.perMm(), Numbers.of(m));
    }

    /** Returns the transfer along the main axis: what the tilt mixes in of the others taken out. */
    private static Mtf straight(Mtf along, Mtf beside, EdgeFit edge) {
        double cos = cosine(edge);
        double sin = Math.sqrt(1 - cos * cos);
        double[] f = along.perMm().toArray();
        double[] m = new double[f.length];
        for (int n = 0; n < f.length; n++) {
            m[n] = along.values().get(n) / Math.max(LEAST_SHARE, beside.at(f[n] * sin));
            f[n] *= cos;
        }
        return new Mtf(Numbers.of(f), Numbers.of(m));
    }

    /** Returns the patient axis along which each grid axis runs. */
    private static int[] axes(Geometry grid, String scanner) {
        int[] axes = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            for (int r = 1; r < 3; r++) {
                if (Math.abs(cosine(grid, r, axis)) > Math.abs(cosine(grid, axes[axis], axis))) {
                    axes[axis] = r;
                }
            }
            if (!(Math.abs(cosine(grid, axes[axis], axis)) > STRAIGHT)) {
                throw new DataException(
                        "scanner "
                                + scanner
                                + ": axis "
                                + "ijk".charAt(axis)
                                + " of the phantom scan lies oblique, and its width could not be"
                                + " told from the others'. Scan without a tilt.");
            }
        }
        return axes;
    }

    private static double cosine(Geometry grid, int row, int axis) {
        return grid.direction().get(3 * row + axis);
    }

    private static void covers(Geometry grid, int[] axes, String scanner) {
        double[] needed = {QaPhantom.FIELD_MM, QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM};
        for (int axis = 0; axis < 3; axis++) {
            double has = grid.size(axis) * grid.spacing(axis);
            double needs = needed[axes[axis]];
            if (has < needs - 1e-3) {
                throw new DataException(
                        "scanner "
                                + scanner
                                + ": the phantom scan covers "
                                + Numbers.fixed(has, 1)
                                + " mm along "
                                + "ijk".charAt(axis)
                                + ", the phantom's layout needs "
                                + Numbers.fixed(needs, 1)
                                + " mm. Scan the whole phantom.");
            }
        }
    }

    private static double[] variances(EdgeFit[] edges) {
        double[][] slopes = new double[3][3];
        double[] total = new double[3];
        for (int a = 0; a < 3; a++) {
            slopes[a][(a + 1) % 3] = edges[a].tiltY();
            slopes[a][(a + 2) % 3] = edges[a].tiltZ();
            total[a] = edges[a].width() * edges[a].width();
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

    /** Returns the voxels around an edge: mm off it along its axis and the next two, and value. */
    private static double[][] points(Volume scan, QaPhantom.Edge edge, Numbers centre) {
        int a = edge.axis();
        List<double[]> points = new ArrayList<>();
        Geometry g = scan.geometry();
        double[] half = {ACROSS_MM, ACROSS_MM, ACROSS_MM};
        half[a] = ALONG_MM;
        double[] off = new double[3];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    place(g, i, j, k, centre, off);
                    for (int r = 0; r < 3; r++) {
                        off[r] -= edge.throughMm().get(r);
                    }
                    if (Math.abs(off[0]) <= half[0]
                            && Math.abs(off[1]) <= half[1]
                            && Math.abs(off[2]) <= half[2]) {
                        points.add(
                                new double[] {
                                    off[a], off[(a + 1) % 3], off[(a + 2) % 3], scan.at(i, j, k)
                                });
                    }
                }
            }
        }
        return points.toArray(new double[0][]);
    }

    private static EdgeFit fit(double[][] points, QaPhantom.Edge edge, String scanner) {
        int a = edge.axis();
        int b = (a + 1) % 3;
        int c = (a + 2) % 3;
        double high = Arrays.stream(points).mapToDouble(p -> p[3]).max().orElse(0);
        double low = Arrays.stream(points).mapToDouble(p -> p[3]).min().orElse(0);
        double tilt = -StrictMath.tan(StrictMath.toRadians(edge.degrees()));
        double[] start = {
            low, high, 0, edge.towards() == b ? tilt : 0, edge.towards() == c ? tilt : 0, 2
        };
        EdgeFit fit = EdgeFit.fit(points, start);
        if (!fit.converged()
                || !(fit.high() - fit.low() > CONTRAST_TO_NOISE * fit.residual())
                || !(Math.abs(fit.place()) < ALONG_MM / 2)) {
            throw notThere(scanner, "the edge across " + "xyz".charAt(a));
        }
        return fit;
    }

    private static double mean(Volume scan, QaPhantom.Insert insert, Numbers centre) {
        Geometry g = scan.geometry();
        double sum = 0;
        int count = 0;
        double[] p = new double[3];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    place(g, i, j, k, centre, p);
                    double x = p[0] - insert.xMm();
                    double y = p[1] - insert.yMm();
                    if (x * x + y * y <= ROD_CORE_MM * ROD_CORE_MM
                            && Math.abs(p[2]) <= ROD_HALF_LENGTH_MM) {
                        sum += scan.at(i, j, k);
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    /** Puts the place of a voxel into {@code mm}: patient axes, from the phantom's middle. */
    private static void place(Geometry g, int i, int j, int k, Numbers centre, double[] mm) {
        for (int r = 0; r < 3; r++) {
            mm[r] =
                    g.originMm().get(r)
                            - centre.get(r)
                            + cosine(g, r, 0) * i * g.spacing(0)
                            + cosine(g, r, 1) * j * g.spacing(1)
                            + cosine(g, r, 2) * k * g.spacing(2);
        }
    }

    private static DataException notThere(String scanner, String what) {
        return new DataException(
                "scanner "
                        + scanner
                        + ": "
                        + what
                        + " of the phantom is not where its layout puts it. Scan the phantom"
                        + " centred in the volume, its rods along the patient's axis.");
    }
}
