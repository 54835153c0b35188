package org.diapason.features;

import java.util.List;
import org.diapason.features.LevelGrid.Slab;

/**
 * Grey level distance zones (family VMDZ, section 3.9 of the manual): how far zones of one level
 * are from the border of the morphological mask.
 *
 * <p>The distance of a voxel is the number of faces to cross to leave the mask (Manhattan), within
 * its slice in 2-D and 2.5-D: 1 at the border, which the border of the image is too. The distance
 * of a zone is its least. Zones are those of the size zone matrix.
 */
record Gldzm(Rules rules) implements Texture {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    dzm_sde       | Small distance emphasis                  | 0GBI | 1
                    dzm_lde       | Large distance emphasis                  | MB4I | voxel²
                    dzm_lgze      | Low grey level zone emphasis             | S1RA | 1/level²
                    dzm_hgze      | High grey level zone emphasis            | K26C | level²
                    dzm_sdlge     | Small distance low grey level emphasis   | RUVG | 1/level²
                    dzm_sdhge     | Small distance high grey level emphasis  | DKNJ | level²
                    dzm_ldlge     | Large distance low grey level emphasis   | A7WM | voxel²/level²
                    dzm_ldhge     | Large distance high grey level emphasis  | KLTH | voxel²·level²
                    dzm_glnu      | Grey level non-uniformity                | VFT7 | zone
                    dzm_glnu_norm | Normalised grey level non-uniformity     | 7HP3 | 1
                    dzm_zdnu      | Zone distance non-uniformity             | V294 | zone
                    dzm_zdnu_norm | Normalised zone distance non-uniformity  | IATH | 1
                    dzm_z_perc    | Zone percentage                          | VIWW | 1
                    dzm_gl_var    | Grey level variance                      | QK93 | level²
                    dzm_zd_var    | Zone distance variance                   | 7WT1 | voxel²
                    dzm_zd_entr   | Zone distance entropy                    | GBDU | bit
                    """);

    private static final int WIDTH = 128;

    @Override
    public List<Feature> features() {
        return FEATURES;
    }

    @Override
    public double[][] of(LevelGrid grid, Dimension d) {
        Tally tally = new Tally(grid.levels() + 1, WIDTH);
        Zones zones = new Zones(grid, d);
        short[] distance = toBorder(grid, d);
        MeanFeatures mean = new MeanFeatures(FEATURES.size());
        for (Slab slab : grid.slabs(d)) {
            zones.each(slab, distance, (level, voxels, least) -> tally.add(level, least));
            mean.add(LevelSizeFeatures.of(tally.take(), slab.voxels(), rules));
        }
        return new double[][] {mean.mean()};
    }

    /**
     * Returns the number of faces to cross to leave the mask. It cannot pass 32767: a grid of
     * 65,536 voxels an axis is too large for an array even in a slice.
     */
    static short[] toBorder(LevelGrid grid, Dimension d) {
        int[] offsets = {1, grid.ni(), grid.ni() * grid.nj()};
        int axes = d == Dimension.VOLUME ? 3 : 2;
        boolean[] mask = grid.mask();
        short[] distance = new short[mask.length];
        for (int c = 0; c < mask.length; c++) {
            if (mask[c]) {
                int least = Short.MAX_VALUE - 1;
                for (int a = 0; a < axes; a++) {
                    least = Math.min(least, distance[c - offsets[a]]);
                }
                distance[c] = (short) (least + 1);
            }
        }
        for (int c = mask.length - 1; c >= 0; c--) {
            if (mask[c]) {
                int least = distance[c] - 1;
                for (int a = 0; a < axes; a++) {
                    least = Math.min(least, distance[c + offsets[a]]);
                }
                distance[c] = (short) (least + 1);
            }
        }
        return distance;
    }
}
