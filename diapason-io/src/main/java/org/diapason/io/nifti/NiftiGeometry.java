package org.diapason.io.nifti;

import java.nio.ByteBuffer;
import org.diapason.io.Text;
import org.diapason.io.raw.Grid;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * The two ways in which a NIfTI header places voxels, and the flip between its world and ours.
 *
 * <p>NIfTI counts millimetres to the right, front and head (RAS), we to the left, back and head
 * (LPS): rows x and y of every matrix change sign here and nowhere else.
 */
final class NiftiGeometry {

    /** What two forms of one file may differ by at the farthest voxel. */
    private static final double ALIKE_MM = 0.01;

    /** Rounding of a quaternion's numbers to float, and of the sums that made them. */
    private static final double ROUNDING = 3e-7;

    private NiftiGeometry() {}

    /**
     * Returns the grid: sform if its code is positive, else qform.
     *
     * @throws DataException if neither has a code, or they place a voxel more than 0.01 mm apart
     */
    static Geometry of(NiftiHeader header) {
        NiftiLayout layout = header.layout();
        boolean hasQ = layout.code(header.raw(), 0) > 0;
        boolean hasS = layout.code(header.raw(), 1) > 0;
        if (!hasQ && !hasS) {
            throw NiftiHeader.bad(
                    header.file(),
                    layout.qform(),
                    "qform_code and sform_code are both 0, so nothing says where the patient's left"
                            + " is. Convert the original again, or set the form you know to be true"
                            + " (nibabel: image.set_qform(affine, 1)).");
        }
        double unit = unit(header);
        Geometry q = hasQ ? grid(header, qform(header), unit, layout.quatern(), "qform") : null;
        if (!hasS) {
            return q;
        }
        Geometry s = grid(header, sform(header), unit, layout.srow(), "sform");
        if (q != null) {
            requireAlike(header, s, q);
        }
        return s;
    }

    private static double unit(NiftiHeader header) {
        int code = header.layout().unitsOf(header.raw()) & 7;
        return switch (code) {
            case 0, 2 -> 1; // files without a unit are in mm: every program reads them so
            case 1 -> 1000;
            case 3 -> 0.001;
            default ->
                    throw NiftiHeader.bad(
                            header.file(),
                            header.layout().units(),
                            "xyzt_units names the unit of length "
                                    + code
                                    + ", which does not exist; 1 m, 2 mm and 3 µm do.");
        };
    }

    private static double[] sform(NiftiHeader header) {
        double[] sform = new double[12];
        for (int n = 0; n < 12; n++) {
            sform[n] = header.real(header.layout().srow(), n);
        }
        return sform;
    }

    private static void requireAlike(NiftiHeader header, Geometry s, Geometry q) {
        double off = farthest(s, q);
        if (off > ALIKE_MM && sameQuaternion(header, s)) {
            // near half a turn the rounded quaternion leaves its first number open
            off =
                    farthest(
                            s,
                            new Geometry(
                                    q.ni(),
                                    q.nj(),
                                    q.nk(),
                                    q.spacingMm(),
                                    q.originMm(),
                                    s.direction()));
        }
        if (!(off <= ALIKE_MM)) {
            throw NiftiHeader.bad(
                    header.file(),
                    header.layout().qform(),
                    "qform (code "
                            + header.layout().code(header.raw(), 0)
                            + ") and sform (code "
                            + header.layout().code(header.raw(), 1)
                            + ") place a voxel "
                            + Numbers.fixed(off, 2)
                            + " mm apart, at most 0.01 mm is rounding. Set the code of the wrong one"
                            + " to 0 (nibabel: image.set_qform(None, 0) or image.set_sform(None,"
                            + " 0)).");
        }
    }

    /** Returns how far apart two grids place the same corner, in mm. */
    private static double farthest(Geometry a, Geometry b) {
        double most = 0;
        for (int corner = 0; corner < 8; corner++) {
            double i = (corner & 1) * (a.ni() - 1);
            double j = (corner >> 1 & 1) * (a.nj() - 1);
            double k = (corner >> 2 & 1) * (a.nk() - 1);
            Numbers p = a.toWorld(i, j, k);
            Numbers q = b.toWorld(i, j, k);
            double square = 0;
            for (int r = 0; r < 3; r++) {
                square += (p.get(r) - q.get(r)) * (p.get(r) - q.get(r));
            }
            most = Math.max(most, Math.sqrt(square));
        }
        return most;
    }

    private static boolean sameQuaternion(NiftiHeader header, Geometry s) {
        double[] expected = quaternion(ras(s), handed(ras(s)));
        int same = 0;
        int opposite = 0;
        for (int n = 0; n < 3; n++) {
            double stored = header.real(header.layout().quatern(), n);
            same += Math.abs(stored - expected[n]) <= ROUNDING ? 1 : 0;
            opposite += Math.abs(stored + expected[n]) <= ROUNDING ? 1 : 0;
        }
        return same == 3 || opposite == 3;
    }

    /** Returns the rotation of the quaternion (NIfTI-1 method 2) times the spacing, and offsets. */
    private static double[] qform(NiftiHeader header) {
        int at = header.layout().quatern();
        double b = header.real(at, 0);
        double c = header.real(at, 1);
        double d = header.real(at, 2);
        double square = b * b + c * c + d * d;
        if (!(square <= 1 + 1e-5)) {
            throw NiftiHeader.bad(
                    header.file(),
                    at,
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
        step[2] *= header.real(header.layout().pixdim(), 0) < 0 ? -1 : 1;
        double[] matrix = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int axis = 0; axis < 3; axis++) {
                matrix[4 * row + axis] = r[3 * row + axis] * step[axis];
            }
            matrix[4 * row + 3] = header.real(at, 3 + row);
        }
        return matrix;
    }

    private static double[] spacing(NiftiHeader header) {
        double[] step = new double[3];
        for (int a = 0; a < 3; a++) {
            double s = Math.abs(header.real(header.layout().pixdim(), a + 1));
            step[a] = s == 0 && header.size()[a] == 1 ? 1 : s;
            if (!(step[a] > 0) || Double.isInfinite(step[a])) {
                throw NiftiHeader.bad(
                        header.file(),
                        header.layout().place(header.layout().pixdim(), a + 1),
                        "the spacing of axis "
                                + a
                                + " is "
                                + (Double.isNaN(s) ? "NaN" : Text.of(s))
                                + ", a positive number is needed. Write the image again.");
            }
        }
        return step;
    }

    private static Geometry grid(
            NiftiHeader header, double[] ras, double unit, int offset, String form) {
        double[][] steps = new double[3][3];
        double[] origin = new double[3];
        for (int row = 0; row < 3; row++) {
            double flip = row < 2 ? -1 : 1;
            for (int a = 0; a < 3; a++) {
                steps[a][row] = flip * ras[4 * row + a] * unit;
            }
            origin[row] = flip * ras[4 * row + 3] * unit + 0.0;
        }
        try {
            return Grid.of(header.size(), steps, origin);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataException(
                    header.file() + ", byte " + offset + ": " + form + ": " + e.getMessage() + ".",
                    e);
        }
    }

    /** Returns the direction of a grid in RAS. */
    private static double[] ras(Geometry g) {
        double[] ras = g.direction().toArray();
        for (int n = 0; n < 6; n++) {
            ras[n] = 0.0 - ras[n];
        }
        return ras;
    }

    /** Returns −1 for a left-handed direction. */
    private static double handed(double[] d) {
        double det =
                d[0] * (d[4] * d[8] - d[5] * d[7])
                        - d[1] * (d[3] * d[8] - d[5] * d[6])
                        + d[2] * (d[3] * d[7] - d[4] * d[6]);
        return det < 0 ? -1 : 1;
    }

    /** Writes a grid into a header as qform and sform, both of code 1 (scanner). */
    static void put(Geometry g, NiftiLayout layout, ByteBuffer raw) {
        double[] ras = ras(g);
        double k = handed(ras);
        for (int n = 0; n < 2; n++) {
            int at = layout.qform() + n * layout.codeBytes();
            if (layout.codeBytes() == 2) {
                raw.putShort(at, (short) 1);
            } else {
                raw.putInt(at, 1);
            }
        }
        layout.putReal(raw, layout.pixdim(), 0, k);
        double[] q = quaternion(ras, k);
        for (int row = 0; row < 3; row++) {
            double origin = (row < 2 ? -1 : 1) * g.originMm().get(row) + 0.0;
            layout.putReal(raw, layout.pixdim(), row + 1, g.spacing(row));
            layout.putReal(raw, layout.quatern(), row, q[row]);
            layout.putReal(raw, layout.quatern(), 3 + row, origin);
            layout.putReal(raw, layout.srow(), 4 * row + 3, origin);
            for (int a = 0; a < 3; a++) {
                double value = ras[3 * row + a] * g.spacing(a) + 0.0;
                layout.putReal(raw, layout.srow(), 4 * row + a, value);
            }
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
