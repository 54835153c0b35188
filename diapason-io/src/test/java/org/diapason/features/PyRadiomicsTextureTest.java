package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.TestData;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The texture baselines that PyRadiomics ships, to eleven digits where the consensus has three: its
 * matrices are those of the manual, averaged over directions, on bins of 25 from a multiple of 25.
 * Its maximal correlation coefficient (MCC) is no feature of the manual.
 */
class PyRadiomicsTextureTest {
    /** Family and feature there, tag here. */
    private static final String NAMES =
            """
            glcm  Autocorrelation                   cm_auto_corr
            glcm  ClusterProminence                 cm_clust_prom
            glcm  ClusterShade                      cm_clust_shade
            glcm  ClusterTendency                   cm_clust_tend
            glcm  Contrast                          cm_contrast
            glcm  Correlation                       cm_corr
            glcm  DifferenceAverage                 cm_diff_avg
            glcm  DifferenceEntropy                 cm_diff_entr
            glcm  DifferenceVariance                cm_diff_var
            glcm  Id                                cm_inv_diff
            glcm  Idm                               cm_inv_diff_mom
            glcm  Idmn                              cm_inv_diff_mom_norm
            glcm  Idn                               cm_inv_diff_norm
            glcm  Imc1                              cm_info_corr1
            glcm  Imc2                              cm_info_corr2
            glcm  InverseVariance                   cm_inv_var
            glcm  JointAverage                      cm_joint_avg
            glcm  JointEnergy                       cm_energy
            glcm  JointEntropy                      cm_joint_entr
            glcm  MaximumProbability                cm_joint_max
            glcm  SumEntropy                        cm_sum_entr
            glcm  SumAverage                        cm_sum_avg
            glcm  SumSquares                        cm_joint_var
            glrlm GrayLevelNonUniformity            rlm_glnu
            glrlm GrayLevelNonUniformityNormalized  rlm_glnu_norm
            glrlm GrayLevelVariance                 rlm_gl_var
            glrlm HighGrayLevelRunEmphasis          rlm_hgre
            glrlm LongRunEmphasis                   rlm_lre
            glrlm LongRunHighGrayLevelEmphasis      rlm_lrhge
            glrlm LongRunLowGrayLevelEmphasis       rlm_lrlge
            glrlm LowGrayLevelRunEmphasis           rlm_lgre
            glrlm RunEntropy                        rlm_rl_entr
            glrlm RunLengthNonUniformity            rlm_rlnu
            glrlm RunLengthNonUniformityNormalized  rlm_rlnu_norm
            glrlm RunPercentage                     rlm_r_perc
            glrlm RunVariance                       rlm_rl_var
            glrlm ShortRunEmphasis                  rlm_sre
            glrlm ShortRunHighGrayLevelEmphasis     rlm_srhge
            glrlm ShortRunLowGrayLevelEmphasis      rlm_srlge
            glszm GrayLevelNonUniformity            szm_glnu
            glszm GrayLevelNonUniformityNormalized  szm_glnu_norm
            glszm GrayLevelVariance                 szm_gl_var
            glszm HighGrayLevelZoneEmphasis         szm_hgze
            glszm LargeAreaEmphasis                 szm_lze
            glszm LargeAreaHighGrayLevelEmphasis    szm_lzhge
            glszm LargeAreaLowGrayLevelEmphasis     szm_lzlge
            glszm LowGrayLevelZoneEmphasis          szm_lgze
            glszm SizeZoneNonUniformity             szm_zsnu
            glszm SizeZoneNonUniformityNormalized   szm_zsnu_norm
            glszm SmallAreaEmphasis                 szm_sze
            glszm SmallAreaHighGrayLevelEmphasis    szm_szhge
            glszm SmallAreaLowGrayLevelEmphasis     szm_szlge
            glszm ZoneEntropy                       szm_zs_entr
            glszm ZonePercentage                    szm_z_perc
            glszm ZoneVariance                      szm_zs_var
            gldm  DependenceEntropy                 ngl_dc_entr
            gldm  DependenceNonUniformity           ngl_dcnu
            gldm  DependenceNonUniformityNormalized ngl_dcnu_norm
            gldm  DependenceVariance                ngl_dc_var
            gldm  GrayLevelNonUniformity            ngl_glnu
            gldm  GrayLevelVariance                 ngl_gl_var
            gldm  HighGrayLevelEmphasis             ngl_hgce
            gldm  LargeDependenceEmphasis           ngl_hde
            gldm  LargeDependenceHighGrayLevelEmphasis ngl_hdhge
            gldm  LargeDependenceLowGrayLevelEmphasis ngl_hdlge
            gldm  LowGrayLevelEmphasis              ngl_lgce
            gldm  SmallDependenceEmphasis           ngl_lde
            gldm  SmallDependenceHighGrayLevelEmphasis ngl_ldhge
            gldm  SmallDependenceLowGrayLevelEmphasis ngl_ldlge
            ngtdm Busyness                          ngt_busyness
            ngtdm Coarseness                        ngt_coarseness
            ngtdm Complexity                        ngt_complexity
            ngtdm Contrast                          ngt_contrast
            ngtdm Strength                          ngt_strength
            """;

    /** Its forced 2-D counts directions within slices over all slices, which is our 2.5-D. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "brain1, brain1, VOLUME",
        "brain1, brain1_2d, MERGED_SLICES",
        "breast1, breast1, VOLUME",
        "breast1, breast1_2d, MERGED_SLICES"
    })
    void theirBaselinesAreMet(String exam, String column, Dimension d) throws IOException {
        Path folder = TestData.real("pyradiomics");
        Volume image = Images.read(folder.resolve(exam + "_image.nrrd")).volume();
        Mask mask = Masks.read(folder.resolve(exam + "_label.nrrd"), image.geometry());
        Map<String, Double> found = texture(image, mask, d);
        List<String> missed = new ArrayList<>();
        for (String line : NAMES.strip().split("\n")) {
            String[] name = line.strip().split(" +");
            double theirs = theirs(folder, name[0], "original_" + name[0] + "_" + name[1], column);
            double ours = found.get(name[2]);
            if (!(Math.abs(ours - theirs) <= 1e-11 * Math.abs(theirs))) {
                missed.add(line + ": theirs " + theirs + ", ours " + ours);
            }
        }
        assertEquals(List.of(), missed);
    }

    private static Map<String, Double> texture(Volume image, Mask mask, Dimension d) {
        Region region = Region.of(image, mask, "exam");
        float min = Float.POSITIVE_INFINITY;
        for (float v : region.values()) {
            min = Math.min(min, v);
        }
        double origin = Math.floor(min / 25) * 25;
        Levels levels =
                Discretisation.fixedWidth(25, origin).apply(region.values(), origin, "exam");
        LevelGrid grid = LevelGrid.of(mask.voxels(), region, levels);
        Map<String, Double> found = new HashMap<>();
        for (Texture family : TextureParameters.IBSI.families()) {
            double[] average = family.of(grid, d)[0];
            for (int f = 0; f < average.length; f++) {
                found.put(family.features().get(f).tag(), average[f]);
            }
        }
        return found;
    }

    private static double theirs(Path folder, String family, String row, String column)
            throws IOException {
        List<String> lines =
                Files.readAllLines(folder.resolve("baseline/baseline_" + family + ".csv"));
        int at = List.of(lines.get(0).split(",")).indexOf(column);
        String line = lines.stream().filter(l -> l.startsWith(row + ",")).findFirst().orElseThrow();
        return Double.parseDouble(line.split(",")[at]);
    }
}
