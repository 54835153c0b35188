package org.diapason.quality;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Parts an image into blocks of voxels, at most 8 × 8 of a slice or 4 × 4 × 4 of a volume: what is
 * worked on at a time, and what the bootstrap draws.
 *
 * <p>Blocks depend on the size of the image alone, so sums over them do not depend on threads.
 */
final class Cells {
    private final int[] size;
    private final int[] parts;

    private Cells(int[] size, int[] parts) {
        this.size = size;
        this.parts = parts;
    }

    /** What is done in the rows j0 … j1 − 1 of the slices k0 … k1 − 1. */
    interface Block {
        /**
         * @param sums of the cells along i
         */
        void run(int j0, int j1, int k0, int k1, double[][] sums);
    }

    /** Parts the grid of an image. */
    static Cells of(Geometry g) {
        int most = g.nk() == 1 ? 8 : 4;
        return new Cells(
                new int[] {g.ni(), g.nj(), g.nk()},
                new int[] {Math.min(most, g.ni()), Math.min(most, g.nj()), Math.min(most, g.nk())});
    }

    /** Parts another grid over the same image into as many; some may be empty. */
    Cells on(int ni, int nj, int nk) {
        return new Cells(new int[] {ni, nj, nk}, parts);
    }

    /** Returns a few blocks of whole rows, for sums that are large. */
    Cells strips() {
        return new Cells(size, new int[] {1, Math.min(4, size[1]), Math.min(2, size[2])});
    }

    /** Returns the first voxel of a part of an axis; one past its end for the last part and one. */
    int start(int axis, int part) {
        return (int) ((long) part * size[axis] / parts[axis]);
    }

    int count() {
        return parts[0] * parts[1] * parts[2];
    }

    /** Returns into how many each axis is parted. */
    int[] parts() {
        return parts.clone();
    }

    int alongI() {
        return parts[0];
    }

    /** Returns sums by cell. */
    double[][] sums(int many, Block block) {
        int rows = parts[1] * parts[2];
        double[][] all = new double[rows * parts[0]][many];
        Parallel.forEach(
                rows,
                b -> {
                    int cj = b % parts[1];
                    int ck = b / parts[1];
                    double[][] own = new double[parts[0]][];
                    System.arraycopy(all, b * parts[0], own, 0, parts[0]);
                    block.run(start(1, cj), start(1, cj + 1), start(2, ck), start(2, ck + 1), own);
                });
        return all;
    }
}
