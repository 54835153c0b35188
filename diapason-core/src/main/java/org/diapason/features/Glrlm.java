package org.diapason.features;

import java.util.List;
import org.diapason.features.LevelGrid.Slab;

/**
 * Grey level run lengths (family TP0I, section 3.7 of the manual): how many voxels of one level
 * follow each other along a direction.
 *
 * <p>Directions are those of Chebyshev distance 1: 13, 4 within a slice. Averages and merging are
 * those of the co-occurrence matrix. The run percentage of a merged matrix counts every voxel once
 * per direction; with weights, a voxel counts for the weight.
 */
record Glrlm(TextureParameters parameters, Rules rules) implements Texture {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    rlm_sre       | Short runs emphasis                      | 22OV | 1
                    rlm_lre       | Long runs emphasis                       | W4KF | voxel²
                    rlm_lgre      | Low grey level run emphasis              | V3SW | 1/level²
                    rlm_hgre      | High grey level run emphasis             | G3QZ | level²
                    rlm_srlge     | Short run low grey level emphasis        | HTZT | 1/level²
                    rlm_srhge     | Short run high grey level emphasis       | GD3A | level²
                    rlm_lrlge     | Long run low grey level emphasis         | IVPO | voxel²/level²
                    rlm_lrhge     | Long run high grey level emphasis        | 3KUM | voxel²·level²
                    rlm_glnu      | Grey level non-uniformity                | R5YN | run
                    rlm_glnu_norm | Normalised grey level non-uniformity     | OVBL | 1
                    rlm_rlnu      | Run length non-uniformity                | W92Y | run
                    rlm_rlnu_norm | Normalised run length non-uniformity     | IC23 | 1
                    rlm_r_perc    | Run percentage                           | 9ZK5 | 1
                    rlm_gl_var    | Grey level variance                      | 8CE5 | level²
                    rlm_rl_var    | Run length variance                      | SXLW | voxel²
                    rlm_rl_entr   | Run entropy                              | HJ9O | bit
                    """);

    private static final int WIDTH = 128;

    @Override
    public List<Feature> features() {
        return FEATURES;
    }

    @Override
    public List<String> suffixes(Dimension d) {
        return Directional.suffixes(d);
    }

    @Override
    public double[][] of(LevelGrid grid, Dimension d) {
        return Directional.of(
                grid,
                d,
                Neighbours.ofRuns(parameters, grid.spacingMm(), d),
                new Tally(grid.levels() + 1, WIDTH),
                Glrlm::count,
                (runs, voxels) -> LevelSizeFeatures.of(runs, voxels, rules),
                FEATURES.size());
    }

    private static void count(LevelGrid grid, Slab slab, int offset, Tally into) {
        short[] cells = grid.cells();
        for (int c = slab.from(); c < slab.to(); c++) {
            short level = cells[c];
            if (level > 0 && cells[c - offset] != level) {
                int length = 1;
                for (int next = c + offset; cells[next] == level; next += offset) {
                    length++;
                }
                into.add(level, length);
            }
        }
    }
}
