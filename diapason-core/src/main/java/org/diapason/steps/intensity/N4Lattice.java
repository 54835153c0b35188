package org.diapason.steps.intensity;

import org.diapason.math.BsplineField;
import org.diapason.volume.Geometry;

/** Blocks and elements of {@link N4} on one grid; the elements lie around its centre. */
record N4Lattice(int[] size, int[] block, int[] elements, double[] filled) {
    /** Keeps a length that is a whole number of elements up to rounding from gaining one. */
    private static final double WHOLE = 1e-6;

    static N4Lattice of(Geometry g, double workingMm, double knotSpacingMm) {
        int[] size = {g.ni(), g.nj(), g.nk()};
        int[] block = new int[3];
        int[] elements = new int[3];
        double[] filled = new double[3];
        for (int a = 0; a < 3; a++) {
            double blocks = Math.rint(workingMm / g.spacing(a));
            block[a] = (int) Math.max(1, Math.min(size[a], blocks));
            double needed = size[a] * g.spacing(a) / knotSpacingMm;
            elements[a] = size[a] == 1 ? 0 : (int) Math.max(1, Math.ceil(needed - WHOLE));
            filled[a] = size[a] == 1 ? 1 : Math.min(1, needed / elements[a]);
        }
        return new N4Lattice(size, block, elements, filled);
    }

    BsplineField.Samples blocks() {
        return BsplineField.Samples.blocks(size, block, filled);
    }

    BsplineField.Samples voxels() {
        return BsplineField.Samples.blocks(size, new int[] {1, 1, 1}, filled);
    }
}
