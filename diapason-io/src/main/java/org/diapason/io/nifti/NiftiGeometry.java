package org.diapason.io.nifti;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diapason.io.Text;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * The two ways in which a NIfTI-1 header places voxels, and the flip between its world and ours.
 *
 * <p>NIfTI counts millimetres to the right, front and head (RAS), we to the left, back and head
 * (LPS): rows x and y of every matrix change sign here and nowhere else.
 *
 * @param geometry the grid in LPS mm
 * @param note what had to be chosen or assumed
 */
record NiftiGeometry(Geometry geometry, Optional<String> note) {
    private static final double ORTHOGONAL = 1e-3;

    /** Reads sform, else qform, else spacing alone with a note. */
    static NiftiGeometry of(NiftiHeader header) {
        ByteBuffer raw = header.raw();
        double unit =
                switch (raw.get(123) & 7) {
                    case 1 -> 1000;
                    case 3 -> 0.001;
                    default -> 1;
                };
        boolean hasQ = raw.getShort(252) > 0;
        boolean hasS = raw.getShort(254) > 0;
        Geometry q = hasQ ? grid(header, qform(header), unit, 256, "qform") : null;
        if (!hasS) {
            return hasQ
                    ? new NiftiGeometry(q, Optional.empty())
                    : new NiftiGeometry(
                            grid(header, plain(header), unit, 76, "pixdim"),
                            Optional.of(
                                    "no orientation in the file: axes i, j, k are assumed to run to"
                                            + " the right, front and head, from (0, 0, 0) mm"));
        }
        double[] sform = new double[12];
        for (int n = 0; n < 12; n++) {
            sform[n] = raw.getFloat(280 + 4 * n);
        }
        if (q != null && !orthogonal(sform)) {
            return new NiftiGeometry(q, Optional.of("sform is sheared: qform was taken"));
        }
        Geometry s = grid(header, sform, unit, 280, "sform");
        boolean agree = q == null || s.isClose(q, 1e-3);
        return new NiftiGeometry(
                s, agree ? Optional.empty() : Optional.of("qform differs: sform was taken"));
    }

    /** Returns the rotation of the quaternion (NIfTI-1 method 2) times the spacing, and offsets. */
    private static double[] qform(NiftiHeader header) {
        ByteBuffer raw = header.raw();
        double b = raw.getFloat(256);
        double c = raw.getFloat(260);
        double d = raw.getFloat(264);
        double square = b * b + c * c + d * d;
        if (!(square <= 1 + 1e-5)) {
            throw NiftiHeader.bad(
                    header.file(),
                    256,
                    "the qform's quaternion is longer than 1: the file is broken.");
        }
        double a = Math.sqrt(Math.max(0, 1 - square));
        double scale = square > 1 ? 1 / Math.sqrt(square) : 1;
        b *= scale;
        c *= scale;
        d *= scale;
        double[] r = {
            a * a + b * b - c * c - d * d,
            2 * (b * c - a * d),
            2 * (b * d + a * c),
            2 * (b * c + a * d),
            a * a + c * c - b * b - d * d,
            2 * (c * d - a * b),
            2 * (b * d - a * c),
            2 * (c * d + a * b),
            a * a + d * d - b * b - c * c
        };
        double[] step = spacing(header);
        step[2] *= raw.getFloat(76) < 0 ? -1 : 1;
        double[] matrix = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int axis = 0; axis < 3; axis++) {
                matrix[4 * row + axis] = r[3 * row + axis] * step[axis];
            }
            matrix[4 * row + 3] = raw.getFloat(268 + 4 * row);
        }
        return matrix;
    }

    private static double[] plain(NiftiHeader header) {
        double[] step = spacing(header);
        return new double[] {step[0], 0, 0, 0, 0, step[1], 0, 0, 0, 0, step[2], 0};
    }

    private static double[] spacing(NiftiHeader header) {
        double[] step = new double[3];
        for (int a = 0; a < 3; a++) {
            double s = Math.abs(header.raw().getFloat(80 + 4 * a));
            step[a] = s == 0 && header.size()[a] == 1 ? 1 : s;
            if (!(step[a] > 0) || Double.isInfinite(step[a])) {
                throw NiftiHeader.bad(
                        header.file(),
                        80 + 4 * a,
                        "the spacing of axis "
                                + a
                                + " is "
                                + Text.of(s)
                                + ", a positive number is needed. Write the image again.");
            }
        }
        return step;
    }

    private static Geometry grid(
            NiftiHeader header, double[] ras, double unit, int offset, String form) {
        double[] step = new double[3];
        double[] direction = new double[9];
        double[] origin = new double[3];
        for (int a = 0; a < 3; a++) {
            step[a] = norm(ras, a);
        }
        for (int row = 0; row < 3; row++) {
            double flip = row < 2 ? -1 : 1;
            for (int a = 0; a < 3; a++) {
                direction[3 * row + a] = flip * ras[4 * row + a] / step[a] + 0.0;
            }
            origin[row] = flip * ras[4 * row + 3] * unit + 0.0;
        }
        if (!orthogonal(ras)) {
            throw NiftiHeader.bad(
                    header.file(),
                    offset,
                    "the "
                            + form
                            + " is sheared, singular or not finite, so its axes are not"
                            + " orthogonal. Resample the image to a grid with right angles first.");
        }
        try {
            return new Geometry(
                    header.size()[0],
                    header.size()[1],
                    header.size()[2],
                    Numbers.of(step[0] * unit, step[1] * unit, step[2] * unit),
                    Numbers.of(origin),
                    Numbers.of(direction));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataException(
                    header.file() + ", byte " + offset + ": " + form + ": " + e.getMessage(), e);
        }
    }

    private static double norm(double[] m, int a) {
        return Math.sqrt(m[a] * m[a] + m[4 + a] * m[4 + a] + m[8 + a] * m[8 + a]);
    }

    private static boolean orthogonal(double[] m) {
        for (int a = 0; a < 3; a++) {
            for (int b = a + 1; b < 3; b++) {
                double dot = m[a] * m[b] + m[4 + a] * m[4 + b] + m[8 + a] * m[8 + b];
                if (!(Math.abs(dot) <= ORTHOGONAL * norm(m, a) * norm(m, b))) {
                    return false;
                }
            }
        }
        return norm(m, 0) > 0 && norm(m, 1) > 0 && norm(m, 2) > 0;
    }

    /** Writes a grid into a header as qform and sform, both of code 1 (scanner). */
    static void put(Geometry g, ByteBuffer raw) {
        double[] ras = g.direction().toArray();
        for (int n = 0; n < 6; n++) {
            ras[n] = 0.0 - ras[n];
        }
        double det =
                ras[0] * (ras[4] * ras[8] - ras[5] * ras[7])
                        - ras[1] * (ras[3] * ras[8] - ras[5] * ras[6])
                        + ras[2] * (ras[3] * ras[7] - ras[4] * ras[6]);
        raw.putShort(252, (short) 1).putShort(254, (short) 1);
        raw.putFloat(76, det < 0 ? -1 : 1);
        for (int row = 0; row < 3; row++) {
            raw.putFloat(80 + 4 * row, (float) g.spacing(row));
            double origin = (row < 2 ? -1 : 1) * g.originMm().get(row) + 0.0;
            raw.putFloat(268 + 4 * row, (float) origin);
            raw.putFloat(280 + 16 * row + 12, (float) origin);
            for (int a = 0; a < 3; a++) {
                double value = ras[3 * row + a] * g.spacing(a) + 0.0;
                raw.putFloat(280 + 16 * row + 4 * a, (float) value);
            }
        }
        double[] q = quaternion(ras, det < 0 ? -1 : 1);
        for (int n = 0; n < 3; n++) {
            raw.putFloat(256 + 4 * n, (float) q[n]);
        }
    }

    /**
     * Returns b, c, d of the rotation, by the branch with the largest square (Shepperd 1978,
     * doi:10.2514/3.55767b); axis k changes sign first where the determinant is negative.
     */
    private static double[] quaternion(double[] r, double k) {
        double xz = r[2] * k;
        double yz = r[5] * k;
        double zz = r[8] * k;
        double[] four = {
            1 + r[0] + r[4] + zz, 1 + r[0] - r[4] - zz, 1 - r[0] + r[4] - zz, 1 - r[0] - r[4] + zz
        };
        int best = 0;
        for (int n = 1; n < 4; n++) {
            best = four[n] > four[best] ? n : best;
        }
        double s = 2 * Math.sqrt(four[best]);
        double[] abcd =
                switch (best) {
                    case 0 ->
                            new double[] {
                                s / 4, (r[7] - yz) / s, (xz - r[6]) / s, (r[3] - r[1]) / s
                            };
                    case 1 ->
                            new double[] {
                                (r[7] - yz) / s, s / 4, (r[3] + r[1]) / s, (xz + r[6]) / s
                            };
                    case 2 ->
                            new double[] {
                                (xz - r[6]) / s, (r[3] + r[1]) / s, s / 4, (yz + r[7]) / s
                            };
                    default ->
                            new double[] {
                                (r[3] - r[1]) / s, (xz + r[6]) / s, (yz + r[7]) / s, s / 4
                            };
                };
        double sign = abcd[0] < 0 ? -1 : 1;
        return new double[] {sign * abcd[1] + 0.0, sign * abcd[2] + 0.0, sign * abcd[3] + 0.0};
    }
}
