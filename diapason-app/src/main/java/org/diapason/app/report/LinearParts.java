package org.diapason.app.report;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Symmetric3;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * A linear transform in words: {@code M = R U}, a rotation after a stretch (polar decomposition).
 *
 * @param turnDegrees angle of R about its axis
 * @param anglesDegrees of turns about x, then y, then z that make R
 * @param shiftMm of the middle of the fixed image, LPS
 * @param stretches the lengths of U, the largest first
 * @param growth of a volume, det M
 * @param shear largest sine between what were right angles of the axes
 */
record LinearParts(
        double turnDegrees,
        double[] anglesDegrees,
        double[] shiftMm,
        double[] stretches,
        double growth,
        double shear) {

    static LinearParts of(Affine t, Geometry fixed) {
        double[] m = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                m[3 * r + c] = t.get(r, c);
            }
        }
        double[] square = new double[9]; // Mᵀ M
        for (int e = 0; e < 9; e++) {
            for (int k = 0; k < 3; k++) {
                square[e] += m[3 * k + e / 3] * m[3 * k + e % 3];
            }
        }
        double[] length = new double[3];
        double[] r = rotation(m, square, length);
        double sign = t.determinant() < 0 ? -1 : 1; // a mirror is taken out of R
        double cosine = (sign * (r[0] + r[4] + r[8]) - 1) / 2;
        double turn = StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
        double[] angles = {
            StrictMath.atan2(sign * r[7], sign * r[8]),
            -StrictMath.asin(Math.max(-1, Math.min(1, sign * r[6]))),
            StrictMath.atan2(sign * r[3], sign * r[0])
        };
        for (int a = 0; a < 3; a++) {
            angles[a] = StrictMath.toDegrees(angles[a]);
        }
        double shear = 0;
        for (int a = 0; a < 3; a++) {
            int b = (a + 1) % 3;
            double lengths = Math.sqrt(square[4 * a] * square[4 * b]);
            shear = Math.max(shear, Math.abs(square[3 * a + b]) / lengths);
        }
        double[] c =
                fixed.toWorld(
                                (fixed.ni() - 1) / 2.0,
                                (fixed.nj() - 1) / 2.0,
                                (fixed.nk() - 1) / 2.0)
                        .toArray();
        double[] shift = c.clone();
        t.apply(shift);
        for (int a = 0; a < 3; a++) {
            shift[a] -= c[a];
        }
        return new LinearParts(
                StrictMath.toDegrees(turn), angles, shift, length, t.determinant(), shear);
    }

    /** Returns {@code M (MᵀM)^-½}; writes the lengths of the stretch. */
    private static double[] rotation(double[] m, double[] square, double[] length) {
        double[] v = new double[9];
        Symmetric3.eigenvectors(square.clone(), v);
        double[] values = Symmetric3.eigenvalues(square);
        double[] back = new double[9];
        for (int k = 0; k < 3; k++) {
            length[k] = Math.sqrt(values[k]);
            for (int e = 0; e < 9; e++) {
                back[e] += v[3 * k + e / 3] * v[3 * k + e % 3] / length[k];
            }
        }
        double[] r = new double[9];
        for (int e = 0; e < 9; e++) {
            for (int k = 0; k < 3; k++) {
                r[e] += m[3 * (e / 3) + k] * back[3 * k + e % 3];
            }
        }
        return r;
    }

    /** Returns names and values for people. */
    List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"rotation", Words.number(turnDegrees, 3) + "°"});
        rows.add(new String[] {"about x, y, z (LPS)", joined(anglesDegrees, 3) + "°"});
        rows.add(new String[] {"shift of the image's middle x, y, z", joined(shiftMm, 3) + " mm"});
        rows.add(new String[] {"stretches, largest first", joined(stretches, 4)});
        rows.add(new String[] {"volume", "× " + Words.number(Math.abs(growth), 4)});
        rows.add(new String[] {"shear", Words.number(shear, 4)});
        if (growth < 0) {
            rows.add(new String[] {"mirrored", "yes: left and right change places"});
        }
        return rows;
    }

    private static String joined(double[] numbers, int decimals) {
        List<String> texts = new ArrayList<>();
        for (double n : numbers) {
            texts.add(Words.number(n, decimals));
        }
        return String.join(", ", texts);
    }

    /** Returns the rows of (M | t) with equal decimals, for a block of fixed width. */
    static String matrix(Affine t) {
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                String number = Numbers.fixed(t.get(r, c), c == 3 ? 4 : 7);
                text.append(" ".repeat(Math.max(1, 13 - number.length()))).append(number);
            }
            text.append("\n");
        }
        return text.toString();
    }
}
