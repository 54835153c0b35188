package org.diapason.io.dicom;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * How the slices of a stack lie in space, all alike.
 *
 * @param axes the unit vectors along a row and along a column
 * @param normal their cross product, along which slices follow each other
 * @param pixelMm mm between rows (along j), then between columns (along i)
 */
record SlicePlane(double[] axes, double[] normal, double[] pixelMm) {

    /**
     * Returns the plane of a slice.
     *
     * @throws org.diapason.volume.DataException if its orientation or spacing is none
     */
    static SlicePlane of(Frame frame) {
        double[] pixel = frame.values().numbers(Keyword.PixelSpacing, 2);
        if (!(pixel[0] > 0 && pixel[1] > 0)) {
            throw frame.values().bad(Keyword.PixelSpacing, "is not positive");
        }
        double[] axes = orientation(frame);
        return new SlicePlane(axes, cross(axes), pixel);
    }

    /** Returns how far a position lies along the normal, in mm. */
    double depth(double[] position) {
        return position[0] * normal[0] + position[1] * normal[1] + position[2] * normal[2];
    }

    Numbers direction() {
        double[] direction = new double[9];
        for (int r = 0; r < 3; r++) {
            direction[3 * r] = axes[r];
            direction[3 * r + 1] = axes[3 + r];
            direction[3 * r + 2] = normal[r] + 0.0;
        }
        return Numbers.of(direction);
    }

    /** Returns a grid of slices of the size of the first. */
    Geometry grid(Frame first, double[] position, int slices, double spacing) {
        int ni = first.values().integer(Keyword.Columns, 1, 65535);
        int nj = first.values().integer(Keyword.Rows, 1, 65535);
        if ((double) ni * nj * slices > Integer.MAX_VALUE - 8) {
            throw first.bad("a series of " + slices + " such slices is too large to be held.");
        }
        return new Geometry(
                ni,
                nj,
                slices,
                Numbers.of(pixelMm[1], pixelMm[0], spacing),
                Numbers.of(position),
                direction());
    }

    /** Returns two orthonormal axes; what the rounding of the frame left over is taken out of j. */
    private static double[] orientation(Frame frame) {
        double[] o = frame.values().numbers(Keyword.ImageOrientationPatient, 6);
        double li = Math.sqrt(o[0] * o[0] + o[1] * o[1] + o[2] * o[2]);
        double lj = Math.sqrt(o[3] * o[3] + o[4] * o[4] + o[5] * o[5]);
        double dot = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
        if (!(Math.abs(li - 1) < 1e-3 && Math.abs(lj - 1) < 1e-3 && Math.abs(dot) < 1e-3)) {
            throw frame.values()
                    .bad(
                            Keyword.ImageOrientationPatient,
                            "is not two orthogonal unit vectors: found \""
                                    + frame.values()
                                            .text(Keyword.ImageOrientationPatient)
                                            .orElse("")
                                    + "\"");
        }
        for (int r = 0; r < 3; r++) {
            o[r] = o[r] / li + 0.0;
        }
        dot = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
        double square = 0;
        for (int r = 0; r < 3; r++) {
            o[3 + r] -= dot * o[r];
            square += o[3 + r] * o[3 + r];
        }
        for (int r = 3; r < 6; r++) {
            o[r] = o[r] / Math.sqrt(square) + 0.0;
        }
        return o;
    }

    private static double[] cross(double[] o) {
        return new double[] {
            o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
        };
    }
}
