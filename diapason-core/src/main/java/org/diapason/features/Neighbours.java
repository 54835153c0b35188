package org.diapason.features;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.diapason.volume.Numbers;

/**
 * Steps from a voxel to its neighbours, in a fixed order: i fastest, then j, then k.
 *
 * <p>Lengths are measured in a unit per axis: one voxel, or the spacing in mm.
 */
final class Neighbours {
    private static final Numbers VOXELS = Numbers.of(1, 1, 1);

    /** Lengths may pass a distance by this part of it: files round spacings to float. */
    static final double SLACK = 1e-6;

    private Neighbours() {}

    /**
     * A step to a neighbour.
     *
     * @param weight what the matrix along it counts for where directions are merged
     */
    record Direction(int i, int j, int k, double weight) {
        int offset(LevelGrid grid) {
            return i + grid.ni() * (j + grid.nj() * k);
        }

        int[] step() {
            return new int[] {i, j, k};
        }
    }

    /** Returns one of each pair of opposite steps to the neighbours of the co-occurrence matrix. */
    static List<Direction> ofPairs(TextureParameters p, Numbers spacingMm, Dimension d) {
        if (p.distanceMm().isPresent()) {
            double thick = Math.min(spacingMm.get(0), spacingMm.get(1));
            thick = d == Dimension.VOLUME ? Math.min(thick, spacingMm.get(2)) : thick;
            double distance = p.distanceMm().getAsDouble();
            return directions(p, spacingMm, shell(p.norm(), distance, thick, spacingMm, d));
        }
        if (p.norm() != Norm.CHEBYSHEV) {
            return directions(p, spacingMm, shell(p.norm(), p.distance(), 1, VOXELS, d));
        }
        List<int[]> steps = linked(d);
        for (int[] step : steps) {
            for (int a = 0; a < 3; a++) {
                step[a] *= p.distance();
            }
        }
        return directions(p, spacingMm, steps);
    }

    /** Returns one of each pair of opposite steps that runs follow. */
    static List<Direction> ofRuns(TextureParameters p, Numbers spacingMm, Dimension d) {
        return directions(p, spacingMm, linked(d));
    }

    /** Returns the steps within which zones hang together: over faces, edges and corners. */
    static List<int[]> linked(Dimension d) {
        return within(Norm.CHEBYSHEV, 1, VOXELS, d);
    }

    /** Returns the steps to all neighbours at most so many voxels away, or the distance in mm. */
    static List<int[]> around(TextureParameters p, int voxels, Numbers spacingMm, Dimension d) {
        return p.distanceMm().isPresent()
                ? within(p.norm(), p.distanceMm().getAsDouble(), spacingMm, d)
                : within(p.norm(), voxels, VOXELS, d);
    }

    /** Returns where on a grid the steps lead. */
    static int[] offsets(LevelGrid grid, List<int[]> steps) {
        return steps.stream().mapToInt(s -> s[0] + grid.ni() * (s[1] + grid.nj() * s[2])).toArray();
    }

    private static List<Direction> directions(
            TextureParameters p, Numbers spacingMm, List<int[]> steps) {
        Numbers unit = p.weightingMm() ? spacingMm : VOXELS;
        List<Direction> all = new ArrayList<>();
        for (int[] s : steps) {
            if (s[2] > 0 || s[2] == 0 && (s[1] > 0 || s[1] == 0 && s[0] > 0)) {
                double weight = p.weighting().of(p.weightingNorm().of(s, unit));
                all.add(new Direction(s[0], s[1], s[2], weight));
            }
        }
        // equal weights stand together, so that whole numbers are summed first; the sort is stable
        all.sort(Comparator.comparingDouble(Direction::weight).reversed());
        return all;
    }

    /** Returns the steps of a length in (distance − thick, distance]. */
    private static List<int[]> shell(
            Norm norm, double distance, double thick, Numbers unit, Dimension d) {
        List<int[]> steps = within(norm, distance, unit, d);
        steps.removeIf(s -> !(norm.of(s, unit) > distance * (1 + SLACK) - thick));
        return steps;
    }

    private static List<int[]> within(Norm norm, double distance, Numbers unit, Dimension d) {
        double furthest = distance * (1 + SLACK);
        int wide = (int) (furthest / unit.get(0));
        int high = (int) (furthest / unit.get(1));
        int deep = d == Dimension.VOLUME ? (int) (furthest / unit.get(2)) : 0;
        List<int[]> steps = new ArrayList<>();
        for (int k = -deep; k <= deep; k++) {
            for (int j = -high; j <= high; j++) {
                for (int i = -wide; i <= wide; i++) {
                    int[] step = {i, j, k};
                    double length = norm.of(step, unit);
                    if (length > 0 && length <= furthest) {
                        steps.add(step);
                    }
                }
            }
        }
        return steps;
    }
}
