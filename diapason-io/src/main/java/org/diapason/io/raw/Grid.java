package org.diapason.io.raw;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/** Makes a grid of the vectors from one voxel to the next. */
public final class Grid {
    private static final double ORTHOGONAL = 1e-3;

    private Grid() {}

    /**
     * Returns a grid in LPS mm.
     *
     * @param size voxels along i, j, k
     * @param steps three vectors, of axis i, j and k, in mm
     * @param origin the centre of voxel (0, 0, 0) in mm
     * @throws IllegalArgumentException if the vectors are not at right angles, or not finite
     */
    public static Geometry of(int[] size, double[][] steps, double[] origin) {
        double[] length = new double[3];
        double[] direction = new double[9];
        for (int a = 0; a < 3; a++) {
            double[] s = steps[a];
            length[a] = Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]);
            for (int r = 0; r < 3; r++) {
                direction[3 * r + a] = s[r] / length[a] + 0.0;
            }
        }
        for (int a = 0; a < 3; a++) {
            for (int b = a + 1; b < 3; b++) {
                double dot = 0;
                for (int r = 0; r < 3; r++) {
                    dot += direction[3 * r + a] * direction[3 * r + b];
                }
                if (!(Math.abs(dot) <= ORTHOGONAL)) {
                    throw new IllegalArgumentException(
                            "the axes are sheared, singular or not finite, not at right angles."
                                    + " Resample the image to a grid with right angles first");
                }
            }
        }
        return new Geometry(
                size[0],
                size[1],
                size[2],
                Numbers.of(length),
                Numbers.of(origin),
                Numbers.of(direction));
    }
}
