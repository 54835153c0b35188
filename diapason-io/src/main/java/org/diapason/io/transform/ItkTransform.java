package org.diapason.io.transform;

import java.util.Arrays;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.DataException;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;

/**
 * A transform as ITK keeps it: the name of a class with its dimension, the numbers that a
 * registration changes, and those that it does not.
 *
 * @param type {@code AffineTransform_double_3_3} and so on
 * @param parameters for a linear one {@code q = M (p − c) + c + t}
 * @param fixed its centre c, or the grid
 */
record ItkTransform(String type, double[] parameters, double[] fixed) {
    private static final double THICK_MM = 1e6;

    private static final String KNOWN =
            "Translation, Euler2D, Euler3D, Rigid2D, VersorRigid3D, Similarity2D, Similarity3D,"
                    + " Affine, MatrixOffsetTransformBase, BSpline and DisplacementField, of 2 or 3"
                    + " axes";

    /** Returns what is written of one transform that is no chain. */
    static ItkTransform of(Transform transform) {
        if (transform instanceof Affine a) {
            double[] p = new double[12];
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    p[3 * r + c] = a.get(r, c);
                }
                p[9 + r] = a.get(r, 3);
            }
            return new ItkTransform("AffineTransform_double_3_3", p, new double[3]);
        }
        if (transform instanceof BsplineTransform b
                && Math.min(b.grid().ni(), Math.min(b.grid().nj(), b.grid().nk())) > 1) {
            return new ItkTransform(
                    "BSplineTransform_double_3_3", b.shifts().toArray(), grid(b.grid()));
        }
        if (transform instanceof DisplacementField f) {
            int n = f.geometry().voxels();
            double[] p = new double[Math.multiplyExact(3, n)];
            for (int v = 0; v < p.length; v++) {
                p[v] = f.shifts(v % 3)[v / 3];
            }
            return new ItkTransform("DisplacementFieldTransform_double_3_3", p, grid(f.geometry()));
        }
        throw Transforms.noWord("ITK's form", transform);
    }

    private static double[] grid(Geometry g) {
        double[] all = new double[18];
        for (int a = 0; a < 3; a++) {
            all[a] = g.size(a);
            all[3 + a] = g.originMm().get(a);
            all[6 + a] = g.spacing(a);
        }
        System.arraycopy(g.direction().toArray(), 0, all, 9, 9);
        return all;
    }

    /**
     * Returns the transform.
     *
     * @param where how messages name the place: file and line
     * @throws DataException if the type is not known or the counts do not fit
     */
    Transform transform(String where) {
        for (double v : parameters) {
            requireFinite(where, v);
        }
        for (double v : fixed) {
            requireFinite(where, v);
        }
        int cut = type.indexOf('_');
        String kind = cut < 0 ? type : type.substring(0, cut);
        String rest = cut < 0 ? "" : type.substring(cut);
        int d = rest.endsWith("_2_2") ? 2 : rest.endsWith("_3_3") ? 3 : 0;
        if (d == 0 || !rest.startsWith("_double") && !rest.startsWith("_float")) {
            throw unknown(where);
        }
        try {
            return switch (kind) {
                case "IdentityTransform" -> Affine.IDENTITY;
                case "TranslationTransform" -> {
                    need(where, d, 0);
                    yield linear(d, Matrices.identity(d), parameters, 0, new double[d]);
                }
                case "AffineTransform", "MatrixOffsetTransformBase" -> {
                    need(where, d * d + d, d);
                    yield linear(d, Arrays.copyOf(parameters, d * d), parameters, d * d, fixed);
                }
                case "Euler2DTransform", "Rigid2DTransform" -> plane(where, d, 1);
                case "Similarity2DTransform" -> plane(where, d, 2);
                case "Euler3DTransform" -> {
                    solid(where, d);
                    need(where, 6, fixed.length == 4 ? 4 : 3);
                    boolean zyx = fixed.length == 4 && fixed[3] != 0;
                    yield linear(3, Matrices.euler(parameters, zyx), parameters, 3, fixed);
                }
                case "VersorRigid3DTransform" -> {
                    solid(where, d);
                    need(where, 6, 3);
                    yield linear(3, Matrices.versor(parameters, 1), parameters, 3, fixed);
                }
                case "Similarity3DTransform" -> {
                    solid(where, d);
                    need(where, 7, 3);
                    double[] m = Matrices.versor(parameters, parameters[6]);
                    yield linear(3, m, parameters, 3, fixed);
                }
                case "BSplineTransform" -> {
                    Geometry g = grid(where, d);
                    int all = Math.multiplyExact(3, g.voxels());
                    yield new BsplineTransform(g, Numbers.of(Arrays.copyOf(parameters, all)));
                }
                case "DisplacementFieldTransform" -> field(where, d);
                default -> throw unknown(where);
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataException(where + ": " + e.getMessage() + ".", e);
        }
    }

    private static void requireFinite(String where, double v) {
        if (!Double.isFinite(v)) {
            throw new DataException(where + ": a number is not finite. Write the file again.");
        }
    }

    private Transform plane(String where, int d, int first) {
        if (d != 2) {
            throw unknown(where);
        }
        need(where, first + 2, 2);
        double scale = first == 2 ? parameters[0] : 1;
        return linear(2, Matrices.turn(parameters[first - 1], scale), parameters, first, fixed);
    }

    private void solid(String where, int d) {
        if (d != 3) {
            throw unknown(where);
        }
    }

    /** Returns {@code q = M (p − c) + c + t} in space; a plane keeps its z. */
    static Affine linear(int d, double[] m, double[] numbers, int from, double[] centre) {
        double[] all = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
        for (int r = 0; r < d; r++) {
            double t = numbers[from + r] + centre[r];
            for (int c = 0; c < d; c++) {
                all[4 * r + c] = m[d * r + c];
                t -= m[d * r + c] * centre[c];
            }
            all[4 * r + 3] = t;
        }
        return new Affine(Numbers.of(all));
    }

    private Geometry grid(String where, int d) {
        if (fixed.length != 3 * d + d * d) {
            throw counts(where, parameters.length, 3 * d + d * d);
        }
        int[] n = {1, 1, 1};
        double[] origin = new double[3];
        double[] spacing = {1, 1, 1};
        double[] direction = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        for (int a = 0; a < d; a++) {
            n[a] = whole(where, fixed[a]);
            origin[a] = fixed[d + a];
            spacing[a] = fixed[2 * d + a];
            for (int c = 0; c < d; c++) {
                direction[3 * a + c] = fixed[3 * d + d * a + c];
            }
        }
        double needed = (double) d * n[0] * n[1] * n[2];
        if (parameters.length != needed) {
            throw counts(where, (long) needed, fixed.length);
        }
        return new Geometry(
                n[0], n[1], n[2], Numbers.of(spacing), Numbers.of(origin), Numbers.of(direction));
    }

    private static int whole(String where, double size) {
        if (!(size >= 1 && size <= 1 << 24) || size != Math.rint(size)) {
            throw new DataException(where + ": a grid has a size that is no whole number.");
        }
        return (int) size;
    }

    private Transform field(String where, int d) {
        Geometry g = d == 3 ? grid(where, d) : everySlice(grid(where, d));
        float[][] u = new float[3][g.voxels()];
        for (int v = 0; v < parameters.length; v++) {
            u[v % d][v / d] = (float) parameters[v];
        }
        return DisplacementField.of(g, u[0], u[1], u[2]);
    }

    /** A plane has no z: a slice so thick that the shifts are the same wherever it lies. */
    private static Geometry everySlice(Geometry g) {
        Numbers spacing = Numbers.of(g.spacing(0), g.spacing(1), THICK_MM);
        return new Geometry(g.ni(), g.nj(), 1, spacing, g.originMm(), g.direction());
    }

    private void need(String where, int wanted, int wantedFixed) {
        if (parameters.length != wanted || fixed.length != wantedFixed) {
            throw counts(where, wanted, wantedFixed);
        }
    }

    private DataException counts(String where, long wanted, int wantedFixed) {
        return new DataException(
                where
                        + ": "
                        + type
                        + " has "
                        + wanted
                        + " parameters and "
                        + wantedFixed
                        + " fixed ones, found "
                        + parameters.length
                        + " and "
                        + fixed.length
                        + ": the file is cut short or broken. Write it again.");
    }

    private DataException unknown(String where) {
        return new DataException(
                where
                        + ": the transform \""
                        + type.replaceAll("[^ -~]", "?")
                        + "\" is not read; "
                        + KNOWN
                        + " are. Write it as an affine transform or as a field of shifts.");
    }
}
