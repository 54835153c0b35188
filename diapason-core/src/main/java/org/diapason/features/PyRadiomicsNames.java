package org.diapason.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What PyRadiomics calls our features.
 *
 * <p>Its {@code original_glcm_Contrast} is our {@code cm_contrast}. Two names of shape and one of
 * first order statistics have no counterpart in the manual; ours of the same meaning are measured
 * where {@link Rules#extras} is set, as is MCC. Its averages over directions are our {@code
 * _3D_avg}; its {@code force2D} counts within slices over all slices, which is our {@code
 * _2_5D_avg}; {@code shape2D} is measured of a mask in one slice, where texture is in slices; with
 * {@code weightingNorm} directions are merged, {@code _comb}.
 */
public final class PyRadiomicsNames {
    private static final String NAMES =
            """
            firstorder 10Percentile                         stat_p10
            firstorder 90Percentile                         stat_p90
            firstorder Energy                               stat_energy
            firstorder Entropy                              ih_entropy
            firstorder InterquartileRange                   stat_iqr
            firstorder Kurtosis                             stat_kurt
            firstorder Maximum                              stat_max
            firstorder Mean                                 stat_mean
            firstorder MeanAbsoluteDeviation                stat_mad
            firstorder Median                               stat_median
            firstorder Minimum                              stat_min
            firstorder Range                                stat_range
            firstorder RobustMeanAbsoluteDeviation          stat_rmad
            firstorder RootMeanSquared                      stat_rms
            firstorder Skewness                             stat_skew
            firstorder TotalEnergy                          stat_energy_total
            firstorder Uniformity                           ih_uniformity
            firstorder Variance                             stat_var
            shape      Compactness1                         morph_comp_1
            shape      Compactness2                         morph_comp_2
            shape      Elongation                           morph_pca_elongation
            shape      Flatness                             morph_pca_flatness
            shape      LeastAxisLength                      morph_pca_least_axis
            shape      MajorAxisLength                      morph_pca_maj_axis
            shape      Maximum2DDiameterColumn              morph_diam_column
            shape      Maximum2DDiameterRow                 morph_diam_row
            shape      Maximum2DDiameterSlice               morph_diam_slice
            shape      Maximum3DDiameter                    morph_diam
            shape      MeshVolume                           morph_volume
            shape      MinorAxisLength                      morph_pca_min_axis
            shape      SphericalDisproportion               morph_sph_dispr
            shape      Sphericity                           morph_sphericity
            shape      SurfaceArea                          morph_area_mesh
            shape      SurfaceVolumeRatio                   morph_av
            shape      VoxelVolume                          morph_vol_approx
            shape2D    Elongation                           morph_pca_elongation
            shape2D    MajorAxisLength                      morph_pca_maj_axis
            shape2D    MaximumDiameter                      morph_diam_slice
            shape2D    MeshSurface                          morph_2d_area_mesh
            shape2D    MinorAxisLength                      morph_pca_min_axis
            shape2D    Perimeter                            morph_2d_perimeter
            shape2D    PerimeterSurfaceRatio                morph_2d_pa
            shape2D    PixelSurface                         morph_2d_area_approx
            shape2D    Sphericity                           morph_2d_sphericity
            glcm       Autocorrelation                      cm_auto_corr
            glcm       ClusterProminence                    cm_clust_prom
            glcm       ClusterShade                         cm_clust_shade
            glcm       ClusterTendency                      cm_clust_tend
            glcm       Contrast                             cm_contrast
            glcm       Correlation                          cm_corr
            glcm       DifferenceAverage                    cm_diff_avg
            glcm       DifferenceEntropy                    cm_diff_entr
            glcm       DifferenceVariance                   cm_diff_var
            glcm       Id                                   cm_inv_diff
            glcm       Idm                                  cm_inv_diff_mom
            glcm       Idmn                                 cm_inv_diff_mom_norm
            glcm       Idn                                  cm_inv_diff_norm
            glcm       Imc1                                 cm_info_corr1
            glcm       Imc2                                 cm_info_corr2
            glcm       InverseVariance                      cm_inv_var
            glcm       JointAverage                         cm_joint_avg
            glcm       JointEnergy                          cm_energy
            glcm       JointEntropy                         cm_joint_entr
            glcm       MCC                                  cm_mcc
            glcm       MaximumProbability                   cm_joint_max
            glcm       SumEntropy                           cm_sum_entr
            glcm       SumAverage                           cm_sum_avg
            glcm       SumSquares                           cm_joint_var
            glrlm      GrayLevelNonUniformity               rlm_glnu
            glrlm      GrayLevelNonUniformityNormalized     rlm_glnu_norm
            glrlm      GrayLevelVariance                    rlm_gl_var
            glrlm      HighGrayLevelRunEmphasis             rlm_hgre
            glrlm      LongRunEmphasis                      rlm_lre
            glrlm      LongRunHighGrayLevelEmphasis         rlm_lrhge
            glrlm      LongRunLowGrayLevelEmphasis          rlm_lrlge
            glrlm      LowGrayLevelRunEmphasis              rlm_lgre
            glrlm      RunEntropy                           rlm_rl_entr
            glrlm      RunLengthNonUniformity               rlm_rlnu
            glrlm      RunLengthNonUniformityNormalized     rlm_rlnu_norm
            glrlm      RunPercentage                        rlm_r_perc
            glrlm      RunVariance                          rlm_rl_var
            glrlm      ShortRunEmphasis                     rlm_sre
            glrlm      ShortRunHighGrayLevelEmphasis        rlm_srhge
            glrlm      ShortRunLowGrayLevelEmphasis         rlm_srlge
            glszm      GrayLevelNonUniformity               szm_glnu
            glszm      GrayLevelNonUniformityNormalized     szm_glnu_norm
            glszm      GrayLevelVariance                    szm_gl_var
            glszm      HighGrayLevelZoneEmphasis            szm_hgze
            glszm      LargeAreaEmphasis                    szm_lze
            glszm      LargeAreaHighGrayLevelEmphasis       szm_lzhge
            glszm      LargeAreaLowGrayLevelEmphasis        szm_lzlge
            glszm      LowGrayLevelZoneEmphasis             szm_lgze
            glszm      SizeZoneNonUniformity                szm_zsnu
            glszm      SizeZoneNonUniformityNormalized      szm_zsnu_norm
            glszm      SmallAreaEmphasis                    szm_sze
            glszm      SmallAreaHighGrayLevelEmphasis       szm_szhge
            glszm      SmallAreaLowGrayLevelEmphasis        szm_szlge
            glszm      ZoneEntropy                          szm_zs_entr
            glszm      ZonePercentage                       szm_z_perc
            glszm      ZoneVariance                         szm_zs_var
            gldm       DependenceEntropy                    ngl_dc_entr
            gldm       DependenceNonUniformity              ngl_dcnu
            gldm       DependenceNonUniformityNormalized    ngl_dcnu_norm
            gldm       DependenceVariance                   ngl_dc_var
            gldm       GrayLevelNonUniformity               ngl_glnu
            gldm       GrayLevelVariance                    ngl_gl_var
            gldm       HighGrayLevelEmphasis                ngl_hgce
            gldm       LargeDependenceEmphasis              ngl_hde
            gldm       LargeDependenceHighGrayLevelEmphasis ngl_hdhge
            gldm       LargeDependenceLowGrayLevelEmphasis  ngl_hdlge
            gldm       LowGrayLevelEmphasis                 ngl_lgce
            gldm       SmallDependenceEmphasis              ngl_lde
            gldm       SmallDependenceHighGrayLevelEmphasis ngl_ldhge
            gldm       SmallDependenceLowGrayLevelEmphasis  ngl_ldlge
            ngtdm      Busyness                             ngt_busyness
            ngtdm      Coarseness                           ngt_coarseness
            ngtdm      Complexity                           ngt_complexity
            ngtdm      Contrast                             ngt_contrast
            ngtdm      Strength                             ngt_strength
            """;

    private static final Map<String, String> TAGS = new LinkedHashMap<>();

    static {
        for (String line : NAMES.strip().split("\n")) {
            String[] part = line.strip().split(" +");
            TAGS.put(part[0] + "_" + part[1], part[2]);
        }
    }

    private PyRadiomicsNames() {}

    /** Returns our tag, without an aggregation, of {@code original_glcm_Contrast}. */
    public static Optional<String> tag(String name) {
        String prefix = "original_";
        return name.startsWith(prefix)
                ? Optional.ofNullable(TAGS.get(name.substring(prefix.length())))
                : Optional.empty();
    }

    /** Returns the name {@code original_glcm_Contrast} of our tag, without an aggregation. */
    public static Optional<String> name(String tag) {
        return TAGS.entrySet().stream()
                .filter(e -> e.getValue().equals(tag))
                .map(e -> "original_" + e.getKey())
                .findFirst();
    }

    /** Returns all names, in the order of their classes. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        TAGS.keySet().forEach(name -> names.add("original_" + name));
        return List.copyOf(names);
    }
}
