package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.math.Interpolation;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/**
 * The profile of MIRP has MIRP's numbers.
 *
 * <p>They were made with MIRP 2.3.4 (commit d8a6a72), numpy 1.24, scipy 1.10, scikit-image 0.19, on
 * voxels of 0.9 × 1.1 × 3 mm whose values and mask are those of {@link #exam}: {@code
 * extract_features(image, mask, by_slice=False, base_feature_families="all", …)} with what stands
 * above each block. MIRP sums floats where it resampled, so its last digits are not exact.
 */
class MirpProfileTest {
    private static final double FLOATS = 2e-6;

    /**
     * image_modality="ct", new_spacing=1.0, resegmentation_intensity_range=[-60, 150],
     * base_discretisation_method="fixed_bin_size", base_discretisation_bin_width=25.
     */
    private static final String BLURRED =
            """
            morph_volume 730; morph_vol_approx 742; morph_area_mesh 466.003174
            morph_av 0.638360512; morph_comp_1 0.0409415812; morph_comp_2 0.595568158
            morph_sph_dispr 1.18856474; morph_sphericity 0.841350887
            morph_asphericity 0.188564743; morph_com 0.319987525
            morph_integ_int 32047.986; morph_diam 18.4390889
            morph_vol_dens_conv_hull 0.905707196; morph_area_dens_conv_hull 1.01345635
            morph_vol_dens_aabb 0.5006859; morph_area_dens_aabb 0.57531256
            morph_pca_maj_axis 16.0817748; morph_pca_min_axis 8.11788981
            morph_pca_least_axis 7.83638353; morph_pca_elongation 0.504788178
            morph_pca_flatness 0.4872835; morph_vol_dens_aee 1.3627978
            morph_area_dens_aee 1.65165354; morph_moran_i 0.0167909224
            morph_geary_c 0.961193483; ivh_v10 0.985135135; ivh_v90 0.00945945946
            ivh_i10 95; ivh_i90 -6; ivh_diff_v10_v90 0.975675676; ivh_diff_i10_i90 101
            stat_mean 43.901352; stat_var 1442.84288; stat_skew -0.109801756
            stat_kurt -0.417711604; stat_median 44; stat_min -57; stat_p10 -7
            stat_p90 94; stat_max 146; stat_iqr 55; stat_range 203; stat_mad 30.824306
            stat_rmad 22.320354; stat_medad 30.822973; stat_cov 0.86523014
            stat_qcod 0.617977528; stat_energy 2493927; stat_rms 58.0531793
            ih_mean 4.66891892; ih_var 2.38633126; ih_skew -0.0946483736
            ih_kurt -0.480111185; ih_median 5; ih_min 1; ih_p10 3; ih_p90 7; ih_max 9
            ih_mode 4; ih_iqr 2; ih_range 8; ih_mad 1.271439; ih_rmad 1.0291874
            ih_medad 1.2445946; ih_cov 0.330863633; ih_qcod 0.2; ih_entropy 2.65072988
            ih_uniformity 0.178341855; ih_max_grad 61.5; ih_max_grad_g 3
            ih_min_grad -58; ih_min_grad_g 7; cm_joint_max_3D_comb 0.0666579017
            cm_joint_avg_3D_comb 4.71055745; cm_joint_var_3D_comb 2.2662756
            cm_joint_entr_3D_comb 5.19520605; cm_diff_avg_3D_comb 1.51551407
            cm_diff_var_3D_comb 1.5397935; cm_diff_entr_3D_comb 2.23290429
            cm_sum_avg_3D_comb 9.42111491; cm_sum_var_3D_comb 5.22852602
            cm_sum_entr_3D_comb 3.22984533; cm_energy_3D_comb 0.0347337523
            cm_contrast_3D_comb 3.83657639; cm_dissimilarity_3D_comb 1.51551407
            cm_inv_diff_3D_comb 0.515163415; cm_inv_diff_norm_3D_comb 0.867115109
            cm_inv_diff_mom_3D_comb 0.454737614
            cm_inv_diff_mom_norm_3D_comb 0.958187114; cm_inv_var_3D_comb 0.423974123
            cm_corr_3D_comb 0.153550349; cm_auto_corr_3D_comb 22.5373389
            cm_clust_tend_3D_comb 5.22852602; cm_clust_shade_3D_comb -2.53325262
            cm_clust_prom_3D_comb 77.9920384; cm_info_corr1_3D_comb -0.0109925772
            cm_info_corr2_3D_comb 0.236234333; rlm_sre_3D_comb 0.873249954
            rlm_lre_3D_comb 1.75241682; rlm_lgre_3D_comb 0.085322445
            rlm_hgre_3D_comb 24.3599498; rlm_srlge_3D_comb 0.0766871718
            rlm_srhge_3D_comb 21.3868011; rlm_lrlge_3D_comb 0.133724785
            rlm_lrhge_3D_comb 41.8135593; rlm_glnu_3D_comb 1361.46905
            rlm_glnu_norm_3D_comb 0.170931457; rlm_rlnu_3D_comb 5728.22486
            rlm_rlnu_norm_3D_comb 0.719174496; rlm_r_perc_3D_comb 0.827962578
            rlm_gl_var_3D_comb 2.55521242; rlm_rl_var_3D_comb 0.2936745
            rlm_rl_entr_3D_comb 3.47057552; szm_sze_3D 0.447286555
            szm_lze_3D 1025.14286; szm_lgze_3D 0.16515446; szm_hgze_3D 26.8571429
            szm_szlge_3D 0.0657535628; szm_szhge_3D 12.3136657; szm_lzlge_3D 53.1867282
            szm_lzhge_3D 23413.1; szm_glnu_3D 11.2285714; szm_glnu_norm_3D 0.160408163
            szm_zsnu_3D 14.9428571; szm_zsnu_norm_3D 0.213469388
            szm_z_perc_3D 0.0945945946; szm_gl_var_3D 5.69714286
            szm_zs_var_3D 913.387755; szm_zs_entr_3D 4.9272978; dzm_sde_3D 0.874801587
            dzm_lde_3D 1.88571429; dzm_lgze_3D 0.16515446; dzm_hgze_3D 26.8571429
            dzm_sdlge_3D 0.138278144; dzm_sdhge_3D 24.5402778; dzm_ldlge_3D 0.452526909
            dzm_ldhge_3D 44.4142857; dzm_glnu_3D 11.2285714
            dzm_glnu_norm_3D 0.160408163; dzm_zdnu_3D 50.7142857
            dzm_zdnu_norm_3D 0.724489796; dzm_z_perc_3D 0.0945945946
            dzm_gl_var_3D 5.69714286; dzm_zd_var_3D 0.376326531
            dzm_zd_entr_3D 3.4647797; ngt_coarseness_3D 0.00833839642
            ngt_contrast_3D 0.075839653; ngt_busyness_3D 2.99009705
            ngt_complexity_3D 36.1764376; ngt_strength_3D 0.194801369
            ngl_lde_3D 0.101301068; ngl_hde_3D 38.1054054; ngl_lgce_3D 0.0819990024
            ngl_hgce_3D 24.1851351; ngl_ldlge_3D 0.0118286986; ngl_ldhge_3D 2.64891192
            ngl_hdlge_3D 2.3307676; ngl_hdhge_3D 879.831081; ngl_glnu_3D 131.972973
            ngl_glnu_norm_3D 0.178341855; ngl_dcnu_3D 78.0675676
            ngl_dcnu_norm_3D 0.105496713; ngl_dc_perc_3D 1; ngl_gl_var_3D 2.38633126
            ngl_dc_var_3D 8.15197224; ngl_dc_entr_3D 5.76378496
            ngl_dc_energy_3D 0.0215485756
            """;

    /** The same with anti_aliasing=False. */
    private static final String REPEATED =
            """
            stat_mean 43.8288043; stat_var 1865.9408; stat_skew -0.0623542623
            stat_kurt -0.65152606; stat_median 43; stat_min -59; stat_p10 -15
            stat_p90 104; stat_max 146; stat_iqr 63; stat_range 205; stat_mad 35.4637435
            stat_rmad 26.2853979; stat_medad 35.4592391; stat_cov 0.985574157
            stat_qcod 0.707865169; stat_energy 2787162; stat_rms 61.537833
            cm_joint_max_2_5D_avg 0.0511329815; cm_joint_avg_2_5D_avg 4.72729578
            cm_joint_var_2_5D_avg 2.92530432; cm_joint_entr_2_5D_avg 5.52095026
            cm_diff_avg_2_5D_avg 1.8955764; cm_diff_var_2_5D_avg 2.10016677
            cm_diff_entr_2_5D_avg 2.4586853; cm_sum_avg_2_5D_avg 9.45459156
            cm_sum_var_2_5D_avg 5.99525654; cm_sum_entr_2_5D_avg 3.31001732
            cm_energy_2_5D_avg 0.0261790135; cm_contrast_2_5D_avg 5.70596075
            cm_dissimilarity_2_5D_avg 1.8955764; cm_inv_diff_2_5D_avg 0.459856214
            cm_inv_diff_norm_2_5D_avg 0.840027878; cm_inv_diff_mom_2_5D_avg 0.385093139
            cm_inv_diff_mom_norm_2_5D_avg 0.940138045; cm_inv_var_2_5D_avg 0.374824945
            cm_corr_2_5D_avg 0.0250469653; cm_auto_corr_2_5D_avg 22.4197222
            cm_clust_tend_2_5D_avg 5.99525654; cm_clust_shade_2_5D_avg -2.00976325
            cm_clust_prom_2_5D_avg 98.5429629; cm_info_corr1_2_5D_avg -0.0180621685
            cm_info_corr2_2_5D_avg 0.30619714; cm_joint_max_2_5D_comb 0.0478861087
            cm_joint_avg_2_5D_comb 4.72735116; cm_joint_var_2_5D_comb 2.92566261
            cm_joint_entr_2_5D_comb 5.56153141; cm_diff_avg_2_5D_comb 1.89387403
            cm_diff_var_2_5D_comb 2.105217; cm_diff_entr_2_5D_comb 2.4656649
            cm_sum_avg_2_5D_comb 9.45470233; cm_sum_var_2_5D_comb 6.01067461
            cm_sum_entr_2_5D_comb 3.33092641; cm_energy_2_5D_comb 0.0255204421
            cm_contrast_2_5D_comb 5.69197584; cm_dissimilarity_2_5D_comb 1.89387403
            cm_inv_diff_2_5D_comb 0.459884342; cm_inv_diff_norm_2_5D_comb 0.840115988
            cm_inv_diff_mom_2_5D_comb 0.385084878
            cm_inv_diff_mom_norm_2_5D_comb 0.940257416; cm_inv_var_2_5D_comb 0.374865755
            cm_corr_2_5D_comb 0.0272330417; cm_auto_corr_2_5D_comb 22.4275237
            cm_clust_tend_2_5D_comb 6.01067461; cm_clust_shade_2_5D_comb -2.0119379
            cm_clust_prom_2_5D_comb 98.765885; cm_info_corr1_2_5D_comb -0.00391238231
            cm_info_corr2_2_5D_comb 0.146852137
            """;

    /**
     * image_modality="mr", base_discretisation_method="fixed_bin_number",
     * base_discretisation_n_bins=16.
     */
    private static final String NATIVE =
            """
            morph_volume 734.58; morph_vol_approx 760.32; morph_area_mesh 466.679524
            morph_av 0.635301157; morph_comp_1 0.0411089179; morph_comp_2 0.600446525
            morph_sph_dispr 1.18533713; morph_sphericity 0.843641843
            morph_asphericity 0.185337129; morph_com 0.326534505
            morph_integ_int 31299.9947; morph_diam 18.5865543
            morph_vol_dens_conv_hull 0.961139896; morph_area_dens_conv_hull 1.01310913
            morph_vol_dens_aabb 0.515277778; morph_area_dens_aabb 0.583933338
            morph_pca_maj_axis 16.4638642; morph_pca_min_axis 8.26479422
            morph_pca_least_axis 7.63595212; morph_pca_elongation 0.501996016
            morph_pca_flatness 0.463800723; morph_vol_dens_aee 1.35024775
            morph_area_dens_aee 1.60351613; morph_moran_i -0.00790005382
            morph_geary_c 0.999585732; loc_peak_loc 43.4392523; loc_peak_glob 49.8306878
            ivh_v10 0.90234375; ivh_v90 0.09375; ivh_i10 897; ivh_i90 106
            ivh_diff_v10_v90 0.80859375; ivh_diff_i10_i90 791; ih_mean 8.34375
            ih_var 20.6318359; ih_skew 0.0600559414; ih_kurt -1.11340275; ih_median 8
            ih_min 1; ih_p10 2; ih_p90 15; ih_max 16; ih_mode 11; ih_iqr 8; ih_range 15
            ih_mad 3.87011719; ih_rmad 3.33399023; ih_medad 3.859375; ih_cov 0.544386886
            ih_qcod 0.5; ih_entropy 3.97484565; ih_uniformity 0.064666748; ih_max_grad 3
            ih_max_grad_g 14; ih_min_grad -5.5; ih_min_grad_g 12
            rlm_sre_2_5D_avg 0.96865979; rlm_lre_2_5D_avg 1.16010496
            rlm_lgre_2_5D_avg 0.0969624514; rlm_hgre_2_5D_avg 91.2167075
            rlm_srlge_2_5D_avg 0.0903804584; rlm_srhge_2_5D_avg 88.9184278
            rlm_lrlge_2_5D_avg 0.132932116; rlm_lrhge_2_5D_avg 101.983381
            rlm_glnu_2_5D_avg 15.7797779; rlm_glnu_norm_2_5D_avg 0.0645399531
            rlm_rlnu_2_5D_avg 225.291385; rlm_rlnu_norm_2_5D_avg 0.921396485
            rlm_r_perc_2_5D_avg 0.955078125; rlm_gl_var_2_5D_avg 20.6069737
            rlm_rl_var_2_5D_avg 0.0634791994; rlm_rl_entr_2_5D_avg 4.17959144
            rlm_sre_2_5D_comb 0.96868439; rlm_lre_2_5D_comb 1.1595092
            rlm_lgre_2_5D_comb 0.0970008504; rlm_hgre_2_5D_comb 91.2055215
            rlm_srlge_2_5D_comb 0.0904372781; rlm_srhge_2_5D_comb 88.9038616
            rlm_lrlge_2_5D_comb 0.132758812; rlm_lrhge_2_5D_comb 101.96319
            rlm_glnu_2_5D_comb 62.993865; rlm_glnu_norm_2_5D_comb 0.0644109049
            rlm_rlnu_2_5D_comb 900.97137; rlm_rlnu_norm_2_5D_comb 0.92123862
            rlm_r_perc_2_5D_comb 0.955078125; rlm_gl_var_2_5D_comb 20.6145978
            rlm_rl_var_2_5D_comb 0.0632274037; rlm_rl_entr_2_5D_comb 4.21960577
            rlm_sre_2D_avg 0.964682238; rlm_lre_2D_avg 1.18212971
            rlm_lgre_2D_avg 0.102199583; rlm_hgre_2D_avg 89.2251379
            rlm_srlge_2D_avg 0.092799873; rlm_srhge_2D_avg 87.3001316
            rlm_lrlge_2D_avg 0.154123377; rlm_lrhge_2D_avg 98.5925712
            rlm_glnu_2D_avg 3.15662125; rlm_glnu_norm_2D_avg 0.0821617318
            rlm_rlnu_2D_avg 37.6983302; rlm_rlnu_norm_2D_avg 0.918271804
            rlm_r_perc_2D_avg 0.952473958; rlm_gl_var_2D_avg 20.5402785
            rlm_rl_var_2D_avg 0.068120224; rlm_rl_entr_2D_avg 3.81227885
            rlm_sre_2D_comb 0.966779047; rlm_lre_2D_comb 1.17006414
            rlm_lgre_2D_comb 0.102495309; rlm_hgre_2D_comb 89.0796389
            rlm_srlge_2D_comb 0.0934455957; rlm_srhge_2D_comb 87.2393318
            rlm_lrlge_2D_comb 0.152150234; rlm_lrhge_2D_comb 97.9323747
            rlm_glnu_2D_comb 12.4850078; rlm_glnu_norm_2D_comb 0.0811374434
            rlm_rlnu_2D_comb 150.265215; rlm_rlnu_norm_2D_comb 0.917489393
            rlm_r_perc_2D_comb 0.952473958; rlm_gl_var_2D_comb 20.5741852
            rlm_rl_var_2D_comb 0.0669682728; rlm_rl_entr_2D_comb 3.93247296
            szm_sze_2_5D 0.8864473; szm_lze_2_5D 1.74766355; szm_lgze_2_5D 0.0890027586
            szm_hgze_2_5D 93.2429907; szm_szlge_2_5D 0.0762507733
            szm_szhge_2_5D 83.6451077; szm_lzlge_2_5D 0.248020215
            szm_lzhge_2_5D 144.373832; szm_glnu_2_5D 13.8224299
            szm_glnu_norm_2_5D 0.064590794; szm_zsnu_2_5D 159.476636
            szm_zsnu_norm_2_5D 0.745217923; szm_z_perc_2_5D 0.8359375
            szm_gl_var_2_5D 20.9135296; szm_zs_var_2_5D 0.316621539
            szm_zs_entr_2_5D 4.56169591; szm_sze_2D 0.875821521; szm_lze_2D 1.8143591
            szm_lgze_2D 0.0846961974; szm_hgze_2D 93.8386349; szm_szlge_2D 0.0641982188
            szm_szhge_2D 86.0463786; szm_lzlge_2D 0.329500005; szm_lzhge_2D 135.542196
            szm_glnu_2D 2.71180922; szm_glnu_norm_2D 0.0794211082
            szm_zsnu_2D 26.8420874; szm_zsnu_norm_2D 0.734892543
            szm_z_perc_2D 0.826041667; szm_gl_var_2D 20.5550136
            szm_zs_var_2D 0.335994911; szm_zs_entr_2D 3.94218552
            dzm_sde_2_5D 0.59280893; dzm_lde_2_5D 3.8411215; dzm_lgze_2_5D 0.0890027586
            dzm_hgze_2_5D 93.2429907; dzm_sdlge_2_5D 0.0560209898
            dzm_sdhge_2_5D 53.3255776; dzm_ldlge_2_5D 0.327944512
            dzm_ldhge_2_5D 359.271028; dzm_glnu_2_5D 13.8224299
            dzm_glnu_norm_2_5D 0.064590794; dzm_zdnu_2_5D 78.4485981
            dzm_zdnu_norm_2_5D 0.366582234; dzm_z_perc_2_5D 0.8359375
            dzm_gl_var_2_5D 20.9135296; dzm_zd_var_2_5D 0.786793606
            dzm_zd_entr_2_5D 5.43935673; dzm_sde_2D 0.633199732; dzm_lde_2D 3.34526875
            dzm_lgze_2D 0.0846961974; dzm_hgze_2D 93.8386349; dzm_sdlge_2D 0.0563323914
            dzm_sdhge_2D 57.1970964; dzm_ldlge_2D 0.277459386; dzm_ldhge_2D 317.75956
            dzm_glnu_2D 2.71180922; dzm_glnu_norm_2D 0.0794211082; dzm_zdnu_2D 13.604173
            dzm_zdnu_norm_2D 0.425888039; dzm_z_perc_2D 0.826041667
            dzm_gl_var_2D 20.5550136; dzm_zd_var_2D 0.595411016
            dzm_zd_entr_2D 4.43829101; ngt_coarseness_2_5D 0.0146774113
            ngt_contrast_2_5D 0.733456459; ngt_busyness_2_5D 0.80525244
            ngt_complexity_2_5D 402.869797; ngt_strength_2_5D 1.22792292
            ngt_coarseness_2D 0.0831413333; ngt_contrast_2D 0.937869803
            ngt_busyness_2D 0.16239961; ngt_complexity_2D 391.24441
            ngt_strength_2D 7.99404098; ngl_lde_2_5D 0.776882595; ngl_hde_2_5D 2.25
            ngl_lgce_2_5D 0.102650868; ngl_hgce_2_5D 90.25; ngl_ldlge_2_5D 0.0678669293
            ngl_ldhge_2_5D 72.845676; ngl_hdlge_2_5D 0.445477585
            ngl_hdhge_2_5D 170.398438; ngl_glnu_2_5D 16.5546875
            ngl_glnu_norm_2_5D 0.064666748; ngl_dcnu_2_5D 144.203125
            ngl_dcnu_norm_2_5D 0.563293457; ngl_dc_perc_2_5D 1
            ngl_gl_var_2_5D 20.6318359; ngl_dc_var_2_5D 0.402099609
            ngl_dc_entr_2_5D 4.84574; ngl_dc_energy_2_5D 0.039276123
            ngl_lde_2D 0.763201678; ngl_hde_2D 2.3219697; ngl_lgce_2D 0.110604884
            ngl_hgce_2D 87.4455492; ngl_ldlge_2D 0.0607234153; ngl_ldhge_2D 73.3136252
            ngl_hdlge_2D 0.561657759; ngl_hdhge_2D 152.377273; ngl_glnu_2D 3.34526515
            ngl_glnu_norm_2D 0.083937726; ngl_dcnu_2D 24.5493371
            ngl_dcnu_norm_2D 0.56252666; ngl_dc_perc_2D 1; ngl_gl_var_2D 20.5154381
            ngl_dc_var_2D 0.402936844; ngl_dc_entr_2D 4.0637186
            ngl_dc_energy_2D 0.0673723474
            """;

    /** The same with 15 bins, where every value in the mask is 7. */
    private static final String FLAT =
            """
            morph_moran_i 1; morph_geary_c 1; stat_mean 7; stat_var 0; stat_skew 0
            stat_kurt 0; stat_median 7; stat_min 7; stat_p10 7; stat_p90 7; stat_max 7
            stat_iqr 0; stat_range 0; stat_mad 0; stat_rmad 0; stat_medad 0; stat_cov 0
            stat_qcod 0; stat_energy 12544; stat_rms 7; ih_mean 8; ih_var 0; ih_skew 0
            ih_kurt 0; ih_median 8; ih_min 8; ih_p10 8; ih_p90 8; ih_max 8; ih_mode 8
            ih_iqr 0; ih_range 0; ih_mad 0; ih_rmad 0; ih_medad 0; ih_cov 0; ih_qcod 0
            ih_entropy -0; ih_uniformity 1; ih_max_grad 128; ih_max_grad_g 7
            ih_min_grad -128; ih_min_grad_g 9; cm_joint_max_3D_comb 1
            cm_joint_avg_3D_comb 8; cm_joint_var_3D_comb 0; cm_joint_entr_3D_comb 0
            cm_diff_avg_3D_comb 0; cm_diff_var_3D_comb 0; cm_diff_entr_3D_comb 0
            cm_sum_avg_3D_comb 16; cm_sum_var_3D_comb 0; cm_sum_entr_3D_comb 0
            cm_energy_3D_comb 1; cm_contrast_3D_comb 0; cm_dissimilarity_3D_comb 0
            cm_inv_diff_3D_comb 1; cm_inv_diff_norm_3D_comb 1; cm_inv_diff_mom_3D_comb 1
            cm_inv_diff_mom_norm_3D_comb 1; cm_corr_3D_comb 1; cm_auto_corr_3D_comb 64
            cm_clust_tend_3D_comb 0; cm_clust_shade_3D_comb 0; cm_clust_prom_3D_comb 0
            cm_info_corr1_3D_comb 1; cm_info_corr2_3D_comb 0; rlm_sre_3D_comb 0.14329308
            rlm_lre_3D_comb 15.9557522; rlm_lgre_3D_comb 0.015625; rlm_hgre_3D_comb 64
            rlm_srlge_3D_comb 0.00223895438; rlm_srhge_3D_comb 9.17075713
            rlm_lrlge_3D_comb 0.249308628; rlm_lrhge_3D_comb 1021.16814
            rlm_glnu_3D_comb 904; rlm_glnu_norm_3D_comb 1; rlm_rlnu_3D_comb 193.168142
            rlm_rlnu_norm_3D_comb 0.213681573; rlm_r_perc_3D_comb 0.271634615
            rlm_gl_var_3D_comb 0; rlm_rl_var_3D_comb 2.40292897
            rlm_rl_entr_3D_comb 2.47546261; szm_sze_3D 1.52587891e-05; szm_lze_3D 65536
            szm_lgze_3D 0.015625; szm_hgze_3D 64; szm_szlge_3D 2.38418579e-07
            szm_szhge_3D 0.0009765625; szm_lzlge_3D 1024; szm_lzhge_3D 4194304
            szm_glnu_3D 1; szm_glnu_norm_3D 1; szm_zsnu_3D 1; szm_zsnu_norm_3D 1
            szm_z_perc_3D 0.00390625; szm_gl_var_3D 0; szm_zs_var_3D 0; szm_zs_entr_3D 0
            dzm_sde_3D 1; dzm_lde_3D 1; dzm_lgze_3D 0.015625; dzm_hgze_3D 64
            dzm_sdlge_3D 0.015625; dzm_sdhge_3D 64; dzm_ldlge_3D 0.015625
            dzm_ldhge_3D 64; dzm_glnu_3D 1; dzm_glnu_norm_3D 1; dzm_zdnu_3D 1
            dzm_zdnu_norm_3D 1; dzm_z_perc_3D 0.00390625; dzm_gl_var_3D 0
            dzm_zd_var_3D 0; dzm_zd_entr_3D 0; ngt_coarseness_3D 1000000
            ngt_contrast_3D 0; ngt_busyness_3D 0; ngt_complexity_3D 0; ngt_strength_3D 0
            ngl_lde_3D 0.00312864816; ngl_hde_3D 424.8125; ngl_lgce_3D 0.015625
            ngl_hgce_3D 64; ngl_ldlge_3D 4.88851274e-05; ngl_ldhge_3D 0.200233482
            ngl_hdlge_3D 6.63769531; ngl_hdhge_3D 27188; ngl_glnu_3D 256
            ngl_glnu_norm_3D 1; ngl_dcnu_3D 23.5; ngl_dcnu_norm_3D 0.091796875
            ngl_dc_perc_3D 1; ngl_gl_var_3D 0; ngl_dc_var_3D 27.3085938
            ngl_dc_entr_3D 3.67095859; ngl_dc_energy_3D 0.091796875
            """;

    @Test
    void imageAndMaskAreBlurredBeforeTheSplineWhoseBorderIsRepeated() {
        assertMet(BLURRED, 167, exam(Quantity.HU, false), millimetre(Profile.MIRP.rules()));
    }

    @Test
    void withoutBlurringTheBorderIsStillRepeated() {
        Rules sharp = Profile.MIRP.rules().with(List.of("anti-aliasing"), Rules.IBSI);
        assertMet(REPEATED, 68, exam(Quantity.HU, false), millimetre(sharp));
    }

    @Test
    void onTheImagesOwnGridEveryFamilyIsTheirs() {
        assertMet(NATIVE, 228, exam(Quantity.MR, false), bins(16));
    }

    @Test
    void aFlatRegionHasTheirConstants() {
        assertMet(FLAT, 137, exam(Quantity.MR, true), bins(15));
    }

    private static Ibsi millimetre(Rules rules) {
        Sampling sampling = new Sampling(1, false, Interpolation.CUBIC, true);
        return settings(
                Optional.of(sampling),
                Discretisation.fixedWidth(25),
                OptionalDouble.of(-60),
                OptionalDouble.of(150),
                rules);
    }

    private static Ibsi bins(int count) {
        OptionalDouble none = OptionalDouble.empty();
        Discretisation rule = Discretisation.fixedCount(count);
        return settings(Optional.empty(), rule, none, none, Profile.MIRP.rules());
    }

    private static Ibsi settings(
            Optional<Sampling> sampling,
            Discretisation rule,
            OptionalDouble low,
            OptionalDouble high,
            Rules rules) {
        return new Ibsi(
                "x",
                "roi",
                Optional.empty(),
                sampling,
                List.of(),
                List.of(),
                List.of(Dimension.values()),
                TextureParameters.IBSI,
                List.of(rule),
                Optional.empty(),
                low,
                high,
                OptionalDouble.empty(),
                false,
                Profile.IBSI,
                Optional.of(rules.with(List.of("extras"), Profile.PYRADIOMICS.rules())));
    }

    private static void assertMet(String facts, int count, Exam exam, Ibsi settings) {
        FeatureTable table = settings.apply(exam, new Trace("mirp", 1));
        Map<String, Double> ours = new TreeMap<>();
        for (String column : table.features()) {
            ours.put(column.split("\\.")[1], table.column(column)[0]);
        }
        List<String> missed = new ArrayList<>();
        String[] all = facts.strip().split("[;\n] *");
        for (String fact : all) {
            String tag = fact.split(" ")[0];
            double theirs = Double.parseDouble(fact.split(" ")[1]);
            double mine = ours.getOrDefault(tag, Double.NaN);
            if (!(Math.abs(mine - theirs) <= FLOATS * Math.abs(theirs))) {
                missed.add(tag + ": theirs " + theirs + ", ours " + mine);
            }
        }
        assertEquals(List.of(), missed);
        assertEquals(count, all.length);
    }

    private static Exam exam(Quantity quantity, boolean flat) {
        Geometry g = Geometry.of(12, 10, 8, 0.9, 1.1, 3);
        float[] values = new float[g.voxels()];
        boolean[] mask = new boolean[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int i = v % 12;
            int j = v / 12 % 10;
            int k = v / 120;
            double x = (i - 5.5) * (i - 5.5) / 25;
            double y = (j - 4.5) * (j - 4.5) / 16;
            double z = (k - 3.5) * (k - 3.5) / 9;
            mask[v] = x + y + z <= 1;
            values[v] = (i * 37 + j * 91 + k * 53 + i * j * k * 7) % 211 - 60;
            values[v] = flat && mask[v] ? 7 : values[v];
        }
        Image image = Image.of(Volume.of(g, values, quantity));
        return Exam.of("a", Map.of("x", image), Map.of("roi", Mask.of(g, mask)), Map.of());
    }
}
