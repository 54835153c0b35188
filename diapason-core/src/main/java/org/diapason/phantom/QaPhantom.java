package org.diapason.phantom;

import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * The quality phantom: a dense block with tilted faces and two inserts, in water.
 *
 * <p>Places are mm along i, j, k from the centre of the volume. The block of 900 HU fills one
 * quadrant, i and j below 0 and k below 10 mm. Its face across i passes through (0, −28, −18)
 * tilted by 5° towards j; its face across j passes through (−28, 0, −18) tilted by 5° towards i;
 * its top passes through (−28, −28, 10) tilted by 8° towards i. Two rods of radius 14 mm stand
 * along k at (38, 26) with −100 HU and at (38, −26) with 900 HU. All else is water, 0 HU.
 */
public final class QaPhantom {
    /** Edges of the box a scan must cover, in mm: x and y. */
    public static final double FIELD_MM = 104;

    /** Edge of the box a scan must cover along z, in mm. */
    public static final double DEPTH_MM = 60;

    static final double BLOCK_HU = 900;
    static final double ROD_RADIUS_MM = 14;
    static final List<Insert> INSERTS = List.of(new Insert(-100, 38, 26), new Insert(900, 38, -26));
    static final List<Edge> EDGES =
            List.of(
                    new Edge(0, 1, 5, Numbers.of(0, -28, -18)),
                    new Edge(1, 0, 5, Numbers.of(-28, 0, -18)),
                    new Edge(2, 0, 8, Numbers.of(-28, -28, 10)));

    private static final double FINE_MM = 1;

    private QaPhantom() {}

    /** A rod of known HU along z at (x, y) mm. */
    record Insert(double hu, double xMm, double yMm) {}

    /** A face across {@code axis}, through a point, tilted by degrees towards another axis. */
    record Edge(int axis, int towards, double degrees, Numbers throughMm) {

        /** Returns the distance outward of the face in mm. */
        double distanceMm(double[] p) {
            double angle = StrictMath.toRadians(degrees);
            return (p[axis] - throughMm.get(axis)) * StrictMath.cos(angle)
                    + (p[towards] - throughMm.get(towards)) * StrictMath.sin(angle);
        }
    }

    /** Returns the true HU on a grid of 1 mm, blurred to 2 mm. */
    public static Volume truth() {
        int n = (int) (FIELD_MM / FINE_MM) + 8;
        int nk = (int) (DEPTH_MM / FINE_MM) + 8;
        Geometry fine = VirtualScanner.centred(n, n, nk, FINE_MM, FINE_MM);
        float[] hu = new float[fine.voxels()];
        double[] p = new double[3];
        double sigma = LesionObject.OBJECT_FWHM_MM / Gauss.FWHM_PER_SIGMA;
        for (int k = 0, v = 0; k < nk; k++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++, v++) {
                    p[0] = fine.originMm().get(0) + i * FINE_MM;
                    p[1] = fine.originMm().get(1) + j * FINE_MM;
                    p[2] = fine.originMm().get(2) + k * FINE_MM;
                    hu[v] = (float) hu(p[0], p[1], p[2], sigma);
                }
            }
        }
        double blur = LesionObject.OBJECT_FWHM_MM;
        return Volume.of(fine, hu, Quantity.HU).withFwhmMm(Numbers.of(blur, blur, blur));
    }

    /** Returns the HU at a place in mm under a Gaussian of a standard deviation in mm. */
    public static double hu(double x, double y, double z, double sigmaMm) {
        double[] p = {x, y, z};
        double sigma = Math.max(sigmaMm, 1e-6);
        double block = BLOCK_HU;
        for (Edge edge : EDGES) {
            block *= Projection.phi(-edge.distanceMm(p) / sigma);
        }
        double rods = 0;
        for (Insert insert : INSERTS) {
            double dx = x - insert.xMm;
            double dy = y - insert.yMm;
            double out = Math.sqrt(dx * dx + dy * dy) - ROD_RADIUS_MM;
            rods += insert.hu * Projection.phi(-out / sigma);
        }
        return block + rods;
    }
}
