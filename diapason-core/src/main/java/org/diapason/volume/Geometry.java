package org.diapason.volume;

/**
 * Size, spacing, origin and direction of a voxel grid in patient space.
 *
 * <p>The world is LPS millimetres (x to the patient's left, y to the back, z to the head), as in
 * DICOM and ITK: {@code world = origin + direction · (spacing ∘ (i, j, k))}. The origin is the
 * <em>centre</em> of voxel (0, 0, 0). Determinants may be negative; an axis of length 1 has no
 * neighbours.
 *
 * @param ni voxels along the fastest axis; positive
 * @param nj voxels along the second axis; positive
 * @param nk voxels along the slowest axis (slices); positive
 * @param spacingMm distance of neighbouring centres along i, j, k in mm; three positive numbers
 * @param originMm world position of the centre of voxel (0, 0, 0); three numbers
 * @param direction row-major 3 × 3 matrix whose column a is the unit vector of axis a; orthogonal
 *     to 1e-3
 */
public record Geometry(
        int ni, int nj, int nk, Numbers spacingMm, Numbers originMm, Numbers direction) {

    /** The direction of a grid whose axes are those of the world. */
    public static final Numbers IDENTITY = Numbers.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public Geometry {
        if (ni < 1 || nj < 1 || nk < 1) {
            throw new IllegalArgumentException(
                    "a grid needs at least one voxel an axis, got " + ni + " × " + nj + " × " + nk);
        }
        Math.multiplyExact(Math.multiplyExact(ni, nj), nk);
        if (spacingMm.size() != 3 || originMm.size() != 3 || direction.size() != 9) {
            throw new IllegalArgumentException(
                    "a grid needs 3 spacings, 3 origins and 9 directions");
        }
        for (int a = 0; a < 3; a++) {
            double s = spacingMm.get(a);
            if (!(s > 0) || Double.isInfinite(s)) {
                throw new IllegalArgumentException(
                        "spacing must be positive, got " + s + " mm on axis " + a);
            }
            if (!Double.isFinite(originMm.get(a))) {
                throw new IllegalArgumentException(
                        "origin must be finite, got " + originMm.get(a) + " mm");
            }
        }
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                double dot = 0;
                for (int r = 0; r < 3; r++) {
                    dot += direction.get(3 * r + a) * direction.get(3 * r + b);
                }
                if (!(Math.abs(dot - (a == b ? 1 : 0)) <= 1e-3)) {
                    throw new IllegalArgumentException(
                            "direction is not orthogonal: columns "
                                    + a
                                    + " and "
                                    + b
                                    + " give "
                                    + dot);
                }
            }
        }
    }

    /** Returns an axis-aligned grid whose first voxel lies at the world's origin. */
    public static Geometry of(int ni, int nj, int nk, double si, double sj, double sk) {
        return new Geometry(ni, nj, nk, Numbers.of(si, sj, sk), Numbers.of(0, 0, 0), IDENTITY);
    }

    /** Returns the number of voxels along axis 0 (i), 1 (j) or 2 (k). */
    public int size(int axis) {
        return axis == 0 ? ni : axis == 1 ? nj : nk;
    }

    /** Returns the spacing along axis 0 (i), 1 (j) or 2 (k) in mm. */
    public double spacing(int axis) {
        return spacingMm.get(axis);
    }

    public int voxels() {
        return ni * nj * nk;
    }

    /** Returns the position of voxel (i, j, k) in a plane of values with i fastest. */
    public int index(int i, int j, int k) {
        return i + ni * (j + nj * k);
    }

    /** Returns the volume of one voxel in mm³. */
    public double voxelMm3() {
        return spacing(0) * spacing(1) * spacing(2);
    }

    /** Returns the world position (LPS mm) of a continuous voxel position. */
    public Numbers toWorld(double i, double j, double k) {
        double[] world = originMm.toArray();
        double[] step = {i * spacing(0), j * spacing(1), k * spacing(2)};
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                world[r] += direction.get(3 * r + c) * step[c];
            }
        }
        return Numbers.of(world);
    }

    /**
     * Returns the continuous voxel position of a world position (LPS mm); directions are
     * orthonormal.
     */
    public Numbers toVoxel(double x, double y, double z) {
        double[] d = {x - originMm.get(0), y - originMm.get(1), z - originMm.get(2)};
        double[] voxel = new double[3];
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3; r++) {
                voxel[a] += direction.get(3 * r + a) * d[r];
            }
            voxel[a] /= spacing(a);
        }
        return Numbers.of(voxel);
    }

    /**
     * Says whether the other grid has the same size and puts each of its corners within {@code
     * toleranceVoxels} voxels of ours: files round origins and directions to float.
     */
    public boolean isClose(Geometry other, double toleranceVoxels) {
        if (ni != other.ni || nj != other.nj || nk != other.nk) {
            return false;
        }
        for (int corner = 0; corner < 8; corner++) {
            double i = (corner & 1) * (ni - 1);
            double j = (corner >> 1 & 1) * (nj - 1);
            double k = (corner >> 2 & 1) * (nk - 1);
            Numbers w = other.toWorld(i, j, k);
            Numbers v = toVoxel(w.get(0), w.get(1), w.get(2));
            double off =
                    Math.max(
                            Math.abs(v.get(0) - i),
                            Math.max(Math.abs(v.get(1) - j), Math.abs(v.get(2) - k)));
            if (!(off <= toleranceVoxels)) {
                return false;
            }
        }
        return true;
    }
}
