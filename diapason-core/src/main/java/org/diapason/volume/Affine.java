package org.diapason.volume;

/**
 * A linear map of places, fixed mm to moving mm (LPS): {@code q = M p + t}.
 *
 * @param matrix the 3 × 4 numbers of (M | t) row by row; M without unit, t in mm
 */
public record Affine(Numbers matrix) implements Transform {
    /** Everything stays where it is. */
    public static final Affine IDENTITY =
            new Affine(Numbers.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));

    /** Below this share of the cube of its largest number a determinant is that of a plane. */
    private static final double FLAT = 1e-12;

    public Affine {
        if (matrix.size() != 12) {
            throw new IllegalArgumentException(
                    "a linear transform has 12 numbers, 3 rows of 4, got " + matrix.size());
        }
        for (int n = 0; n < 12; n++) {
            if (!Double.isFinite(matrix.get(n))) {
                throw new IllegalArgumentException("a linear transform needs finite numbers");
            }
        }
    }

    /** Returns what moves everything by x, y, z in mm. */
    public static Affine shift(double x, double y, double z) {
        return new Affine(Numbers.of(1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z));
    }

    /** Returns the map of voxel positions of a grid to world mm. */
    public static Affine toWorld(Geometry g) {
        double[] m = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                m[4 * r + c] = g.direction().get(3 * r + c) * g.spacing(c);
            }
            m[4 * r + 3] = g.originMm().get(r);
        }
        return new Affine(Numbers.of(m));
    }

    /** Returns the map of world mm to voxel positions of a grid. */
    public static Affine toVoxel(Geometry g) {
        double[] m = new double[12];
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3; r++) {
                m[4 * a + r] = g.direction().get(3 * r + a) / g.spacing(a);
                m[4 * a + 3] -= m[4 * a + r] * g.originMm().get(r);
            }
        }
        return new Affine(Numbers.of(m));
    }

    /** Returns {@code (M | t)[row][column]}. */
    public double get(int row, int column) {
        return matrix.get(4 * row + column);
    }

    @Override
    public void apply(double[] place) {
        double x = place[0];
        double y = place[1];
        double z = place[2];
        for (int r = 0; r < 3; r++) {
            place[r] = get(r, 0) * x + get(r, 1) * y + get(r, 2) * z + get(r, 3);
        }
    }

    @Override
    public double[] jacobian(double[] place) {
        double[] m = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                m[3 * r + c] = get(r, c);
            }
        }
        return m;
    }

    /** Returns the map that does this first and then the other. */
    public Affine then(Affine next) {
        double[] m = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
                double sum = c == 3 ? next.get(r, 3) : 0;
                for (int k = 0; k < 3; k++) {
                    sum += next.get(r, k) * get(k, c);
                }
                m[4 * r + c] = sum;
            }
        }
        return new Affine(Numbers.of(m));
    }

    /** Returns by what a volume is multiplied; negative where left and right change places. */
    public double determinant() {
        return get(0, 0) * minor(1, 2) - get(0, 1) * minor(0, 2) + get(0, 2) * minor(0, 1);
    }

    /** Of the lower two rows. */
    private double minor(int c, int d) {
        return get(1, c) * get(2, d) - get(1, d) * get(2, c);
    }

    /**
     * Returns the way back.
     *
     * @throws RefusedException if everything is mapped onto a plane
     */
    @Override
    public Affine inverse() {
        double det = determinant();
        double largest = 0;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                largest = Math.max(largest, Math.abs(get(r, c)));
            }
        }
        if (!(Math.abs(det) > FLAT * largest * largest * largest)) {
            throw new RefusedException(
                    "the transform maps all of space onto a plane (its determinant is "
                            + Numbers.fixed(det, 12)
                            + "), so there is no way back. Register anew.");
        }
        double[] m = new double[12];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                int r1 = (c + 1) % 3;
                int r2 = (c + 2) % 3;
                int c1 = (r + 1) % 3;
                int c2 = (r + 2) % 3;
                m[4 * r + c] = (get(r1, c1) * get(r2, c2) - get(r1, c2) * get(r2, c1)) / det;
            }
        }
        for (int r = 0; r < 3; r++) {
            m[4 * r + 3] =
                    -(m[4 * r] * get(0, 3) + m[4 * r + 1] * get(1, 3) + m[4 * r + 2] * get(2, 3));
        }
        return new Affine(Numbers.of(m));
    }
}
