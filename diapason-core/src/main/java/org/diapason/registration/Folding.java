package org.diapason.registration;

import java.util.List;

/**
 * Whether a deformation folds space, by every one-sided difference at every voxel: eight corner
 * determinants and two of tetrahedra in 3-D, four in 2-D. Central differences miss folds (Liu et
 * al. 2024, IJCV 132, doi:10.1007/s11263-024-02047-1).
 *
 * @param voxels looked at
 * @param folded voxels with a determinant of 0 or less
 * @param foldedMm3 volume that lies the wrong way round, in the linear pieces between voxels
 * @param repaired voxels that were folded before the repair
 * @param least the smallest of all determinants
 * @param most the largest
 * @param meanLog mean logarithm of the central determinant
 * @param sdLog its standard deviation
 * @param edges of the histogram of the logarithm of the central determinant
 * @param counts in it, one fewer than edges
 */
public record Folding(
        long voxels,
        long folded,
        double foldedMm3,
        long repaired,
        double least,
        double most,
        double meanLog,
        double sdLog,
        List<Double> edges,
        List<Long> counts) {
    public Folding {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }
}
