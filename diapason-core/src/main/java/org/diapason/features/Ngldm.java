package org.diapason.features;

import java.util.Arrays;
import java.util.List;
import org.diapason.features.LevelGrid.Slab;

/**
 * Neighbouring grey level dependence (family REK0, section 3.11 of the manual): how many neighbours
 * of a voxel have its level, give or take α; the voxel counts itself.
 */
record Ngldm(TextureParameters parameters, Rules rules) implements Texture {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    ngl_lde       | Low dependence emphasis                         | SODN | 1
                    ngl_hde       | High dependence emphasis                        | IMOQ | voxel²
                    ngl_lgce      | Low grey level count emphasis                   | TL9H | 1/level²
                    ngl_hgce      | High grey level count emphasis                  | OAE7 | level²
                    ngl_ldlge     | Low dependence low grey level emphasis          | EQ3F | 1/level²
                    ngl_ldhge     | Low dependence high grey level emphasis         | JA6D | level²
                    ngl_hdlge     | High dependence low grey level emphasis         | NBZI | voxel²/level²
                    ngl_hdhge     | High dependence high grey level emphasis        | 9QMG | voxel²·level²
                    ngl_glnu      | Grey level non-uniformity                       | FP8K | voxel
                    ngl_glnu_norm | Normalised grey level non-uniformity            | 5SPA | 1
                    ngl_dcnu      | Dependence count non-uniformity                 | Z87G | voxel
                    ngl_dcnu_norm | Normalised dependence count non-uniformity      | OKJI | 1
                    ngl_dc_perc   | Dependence count percentage                     | 6XV8 | 1
                    ngl_gl_var    | Grey level variance                             | 1PFV | level²
                    ngl_dc_var    | Dependence count variance                       | DNX2 | voxel²
                    ngl_dc_entr   | Dependence count entropy                        | FCBV | bit
                    ngl_dc_energy | Dependence count energy                         | CAS9 | 1
                    """);

    private static final int WIDTH = 128;

    @Override
    public List<Feature> features() {
        return FEATURES;
    }

    @Override
    public double[][] of(LevelGrid grid, Dimension d) {
        List<int[]> steps =
                Neighbours.around(parameters, parameters.ngldmDistance(), grid.spacingMm(), d);
        LevelGrid wide = grid.rimmed(steps);
        int[] offsets = Neighbours.offsets(wide, steps);
        Tally tally = new Tally(grid.levels() + 1, WIDTH);
        int[] dependent = new int[wide.ni()];
        MeanFeatures mean = new MeanFeatures(FEATURES.size());
        for (Slab slab : wide.slabs(d)) {
            Rows.each(
                    wide,
                    slab,
                    (from, to) -> {
                        Arrays.fill(dependent, 0, to - from, 1);
                        for (int offset : offsets) {
                            add(wide.cells(), from, to, offset, dependent);
                        }
                        for (int c = from; c < to; c++) {
                            if (wide.cells()[c] > 0) {
                                tally.add(wide.cells()[c], dependent[c - from]);
                            }
                        }
                    });
            mean.add(LevelSizeFeatures.of(tally.take(), slab.voxels(), rules));
        }
        return new double[][] {mean.mean()};
    }

    /** Adds 1 where the neighbour is a voxel whose level differs by at most α, without a branch. */
    private void add(short[] cells, int from, int to, int offset, int[] dependent) {
        int limit = parameters.coarseness() + 1;
        for (int c = from; c < to; c++) {
            int other = cells[c + offset];
            int near = Math.abs(cells[c] - other) - limit;
            dependent[c - from] += (near & -other) >>> 31;
        }
    }
}
