package org.diapason.features;

import java.util.List;
import org.diapason.features.LevelGrid.Slab;

/**
 * Grey level size zones (family 9SAK, section 3.8 of the manual): how many voxels of one level hang
 * together, over faces, edges and corners: 26 neighbours, 8 in a slice.
 */
record Glszm(Rules rules) implements Texture {
    static final List<Feature> FEATURES =
            Feature.list(
                    """
                    szm_sze       | Small zone emphasis                      | 5QRC | 1
                    szm_lze       | Large zone emphasis                      | 48P8 | voxel²
                    szm_lgze      | Low grey level zone emphasis             | XMSY | 1/level²
                    szm_hgze      | High grey level zone emphasis            | 5GN9 | level²
                    szm_szlge     | Small zone low grey level emphasis       | 5RAI | 1/level²
                    szm_szhge     | Small zone high grey level emphasis      | HW1V | level²
                    szm_lzlge     | Large zone low grey level emphasis       | YH51 | voxel²/level²
                    szm_lzhge     | Large zone high grey level emphasis      | J17V | voxel²·level²
                    szm_glnu      | Grey level non-uniformity                | JNSA | zone
                    szm_glnu_norm | Normalised grey level non-uniformity     | Y1RO | 1
                    szm_zsnu      | Zone size non-uniformity                 | 4JP3 | zone
                    szm_zsnu_norm | Normalised zone size non-uniformity      | VB3A | 1
                    szm_z_perc    | Zone percentage                          | P30P | 1
                    szm_gl_var    | Grey level variance                      | BYLV | level²
                    szm_zs_var    | Zone size variance                       | 3NSA | voxel²
                    szm_zs_entr   | Zone size entropy                        | GU8N | bit
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
        MeanFeatures mean = new MeanFeatures(FEATURES.size());
        for (Slab slab : grid.slabs(d)) {
            zones.each(slab, grid.cells(), (level, voxels, any) -> tally.add(level, voxels));
            mean.add(LevelSizeFeatures.of(tally.take(), slab.voxels(), rules));
        }
        return new double[][] {mean.mean()};
    }
}
