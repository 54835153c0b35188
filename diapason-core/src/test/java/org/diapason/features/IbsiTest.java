package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IbsiTest {
    private final Trace trace = new Trace();

    @Test
    void theRowCarriesExamRegionAndCovariates() {
        FeatureTable table = Ibsi.of("ct", "gtv").apply(DigitalPhantom.exam(), trace);
        assertEquals(1, table.size());
        assertEquals("phantom", table.exam(0));
        assertEquals("gtv", table.region(0));
        assertEquals("A", table.covariate(0, "site"));
        Ibsi named = with(Optional.of("tumour"), OptionalDouble.empty(), OptionalDouble.empty());
        assertEquals("tumour", named.apply(DigitalPhantom.exam(), trace).region(0));
    }

    @Test
    void twoDiscretisationsLiveInOneTable() {
        Ibsi both =
                Ibsi.of(
                        "ct",
                        "gtv",
                        Discretisation.fixedCount(32),
                        Discretisation.fixedWidth(0.5, 0));
        FeatureTable table = both.apply(DigitalPhantom.exam(), trace);
        assertEquals(29 + 2 + 18 + 7 + 2 * (23 + 136), table.features().size());
        assertEquals(
                table.features(), both.dictionary().stream().map(FeatureInfo::column).toList());
        assertEquals(32, table.column("ct.ih_max.fbn32")[0]);
        assertEquals(13, table.column("ct.ih_max.fbs0.5")[0]);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Ibsi.of(
                                "ct",
                                "gtv",
                                Discretisation.fixedWidth(10),
                                Discretisation.fixedWidth(10, 5)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "HU, fbs10, fixed bin size 10 (customary for HU)",
        "SUVbw, fbs0.5, fixed bin size 0.5 (customary for SUVbw)",
        "MR, fbn32, fixed bin number 32 (customary for MR)"
    })
    void theCustomaryRuleIsTakenAndNoted(String quantity, String suffix, String rule) {
        Exam exam = exam(Quantity.of(quantity), DigitalPhantom.values(), DigitalPhantom.inside());
        FeatureTable table = Ibsi.of("ct", "gtv").apply(exam, trace);
        assertEquals(rule, trace.notes().get("ct.gtv." + suffix));
        List<String> known =
                Ibsi.of("ct", "gtv").dictionary().stream().map(FeatureInfo::column).toList();
        assertEquals(29 + 2 + 18 + 7 + 23 + 136, table.features().size());
        assertEquals(
                table.features(),
                known.stream().filter(table.features()::contains).toList(),
                "a part of the dictionary, in its order");
        assertTrue(table.features().contains("ct.cm_corr_3D_avg." + suffix));
    }

    @Test
    void huBinsBeginAtMinus200AndCountWhatLiesBelow() {
        float[] values = DigitalPhantom.values();
        values[0] = -300;
        Ibsi.of("ct", "gtv").apply(exam(Quantity.HU, values, DigitalPhantom.inside()), trace);
        assertEquals(-200.0, trace.notes().get("ct.gtv.fbs10.origin"));
        assertEquals(1.0, trace.notes().get("ct.gtv.fbs10.belowOrigin"));
        assertEquals(21.0, trace.notes().get("ct.gtv.fbs10.levels"));
    }

    @Test
    void voxelsWithoutAValueAreLeftOutOfAllButTheVolume() {
        float[] values = DigitalPhantom.values();
        values[0] = Float.NaN;
        values[1] = Float.POSITIVE_INFINITY;
        FeatureTable table =
                Ibsi.of("ct", "gtv", Discretisation.asLevels())
                        .apply(exam(Quantity.UNKNOWN, values, DigitalPhantom.inside()), trace);
        assertEquals(592, table.column("ct.morph_vol_approx")[0]);
        assertEquals(72, histogramTotal(table), 1e-9);
        assertEquals(74.0, trace.notes().get("ct.gtv.voxels"));
        assertEquals(2.0, trace.notes().get("ct.gtv.nanVoxels"));
        boolean[] without = DigitalPhantom.inside();
        without[0] = false;
        without[1] = false;
        FeatureTable same =
                Ibsi.of("ct", "gtv", Discretisation.asLevels())
                        .apply(exam(Quantity.UNKNOWN, DigitalPhantom.values(), without), trace);
        assertArrayEquals(tail(same.row(0)), tail(table.row(0)));
    }

    @Test
    void aConstantRegionHasUndefinedFeaturesAndNoOthers() {
        float[] values = new float[80];
        Arrays.fill(values, 3);
        FeatureTable table =
                Ibsi.of("ct", "gtv", Discretisation.asLevels())
                        .apply(exam(Quantity.UNKNOWN, values, DigitalPhantom.inside()), trace);
        assertEquals(
                List.of(
                        "morph_moran_i",
                        "morph_geary_c",
                        "ivh_v10",
                        "ivh_v90",
                        "ivh_diff_v10_v90",
                        "cm_corr_3D_avg",
                        "cm_info_corr1_3D_avg",
                        "cm_corr_3D_comb",
                        "cm_info_corr1_3D_comb"),
                undefined(table));
        assertEquals(0, table.column("ct.cm_joint_entr_3D_comb.levels")[0]);
        assertEquals(1, table.column("ct.cm_energy_3D_avg.levels")[0]);
        assertEquals(9, table.column("ct.cm_auto_corr_3D_comb.levels")[0], 1e-12);
    }

    @Test
    void aSingleVoxelHasStatisticsButNoTexture() {
        boolean[] one = new boolean[80];
        one[7] = true;
        FeatureTable table =
                Ibsi.of("ct", "gtv", Discretisation.fixedCount(8))
                        .apply(exam(Quantity.UNKNOWN, DigitalPhantom.values(), one), trace);
        assertEquals(6, table.column("ct.stat_mean")[0]);
        assertEquals(8, table.column("ct.morph_vol_approx")[0]);
        assertEquals(1, table.column("ct.ih_mode.fbn8")[0]);
        List<String> undefined = undefined(table);
        assertEquals(50, undefined.stream().filter(f -> f.startsWith("cm_")).count());
        assertEquals(
                "morph_pca_maj_axis morph_pca_min_axis morph_pca_least_axis morph_pca_elongation"
                        + " morph_pca_flatness morph_vol_dens_aee morph_area_dens_aee morph_moran_i"
                        + " morph_geary_c ivh_v10 ivh_v90 ivh_diff_v10_v90"
                        + " ih_max_grad ih_max_grad_g ih_min_grad"
                        + " ih_min_grad_g ngt_coarseness_3D ngt_contrast_3D ngt_busyness_3D"
                        + " ngt_complexity_3D ngt_strength_3D",
                undefined.stream()
                        .filter(f -> !f.startsWith("cm_"))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void aMeanOfZeroHasNoCoefficientOfVariation() {
        float[] values = new float[80];
        for (int v = 0; v < values.length; v++) {
            values[v] = v % 2 == 0 ? -1 : 1;
        }
        boolean[] inside = new boolean[80];
        Arrays.fill(inside, 0, 4, true);
        FeatureTable table = Ibsi.of("ct", "gtv").apply(exam(Quantity.MR, values, inside), trace);
        assertTrue(Double.isNaN(table.column("ct.stat_cov")[0]));
        assertTrue(Double.isNaN(table.column("ct.stat_qcod")[0]));
    }

    @Test
    void boundsLeaveVoxelsOutAndAreInclusive() {
        Ibsi bounded = with(Optional.empty(), OptionalDouble.of(3), OptionalDouble.of(4));
        FeatureTable table = bounded.apply(DigitalPhantom.exam(), trace);
        // the phantom has 50 × 1, 16 × 4, 7 × 6 and a single 3
        assertEquals((3 + 16 * 4) / 17.0, table.column("ct.stat_mean")[0], 1e-12);
        assertEquals(57.0, trace.notes().get("ct.gtv.outOfRange"));
        assertEquals(592, table.column("ct.morph_vol_approx")[0]);
        assertEquals(3.0, trace.notes().get("ct.gtv.fbs1.origin"));
    }

    @Test
    void textureOfAnImageOnceCompressedWithLossIsMeasuredOnRequestOnly() {
        Tags lossy = new Tags(Map.of("LossyImageCompression", "01"), Map.of());
        Exam exam =
                DigitalPhantom.exam()
                        .mapImages((n, i) -> new Image(i.volume(), lossy, i.calibration()));
        FeatureTable table = Ibsi.of("ct", "gtv").apply(exam, trace);
        assertTrue(Double.isNaN(table.column("ct.cm_contrast_3D_avg.fbn32")[0]));
        assertTrue(Double.isNaN(table.column("ct.cm_joint_entr_3D_comb.fbn32")[0]));
        assertEquals(2.15, table.column("ct.stat_mean")[0], 0.005);
        assertEquals(
                List.of(
                        "exam phantom, image ct, mask gtv: the pixels were once compressed with loss"
                                + " (LossyImageCompression (0028,2110) is 01), so texture is not"
                                + " measured. Get the original series, or set allow-lossy."),
                trace.warnings());
        OptionalDouble none = OptionalDouble.empty();
        Ibsi anyway = with(Optional.empty(), List.of(), none, none, none, true);
        String contrast = "ct.cm_contrast_3D_avg.fbn32";
        assertEquals(
                Ibsi.of("ct", "gtv").apply(DigitalPhantom.exam(), new Trace()).column(contrast)[0],
                anyway.apply(exam, new Trace()).column(contrast)[0]);
    }

    @Test
    void outliersAreLeftOut() {
        float[] values = DigitalPhantom.values();
        values[0] = 1000;
        Ibsi three =
                with(
                        Optional.empty(),
                        List.of(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.of(3),
                        false);
        FeatureTable table = three.apply(exam(Quantity.MR, values, DigitalPhantom.inside()), trace);
        assertEquals(6, table.column("ct.stat_max")[0]);
        assertEquals(1.0, trace.notes().get("ct.gtv.outOfRange"));
    }

    @Test
    void outliersAreJudgedByTheWholeMaskAndBoundsHoldBesides() {
        // mean 2.15 and standard deviation 1.75 keep 0.4 … 3.9, the bound keeps 3 and more
        Ibsi both =
                with(
                        Optional.empty(),
                        List.of(),
                        OptionalDouble.of(3),
                        OptionalDouble.empty(),
                        OptionalDouble.of(1),
                        false);
        FeatureTable table = both.apply(DigitalPhantom.exam(), trace);
        assertEquals(3, table.column("ct.stat_min")[0]);
        assertEquals(3, table.column("ct.stat_max")[0]);
    }

    @Test
    void boundsThatLeaveNothingAreRefused() {
        Ibsi bounded = with(Optional.empty(), OptionalDouble.of(100), OptionalDouble.of(200));
        assertEquals(
                "exam phantom, image ct, mask gtv: no voxel lies from 100.000 to 200.000. Correct"
                        + " lower-bound and upper-bound or leave this exam out.",
                assertThrows(
                                RefusedException.class,
                                () -> bounded.apply(DigitalPhantom.exam(), trace))
                        .getMessage());
    }

    @Test
    void anEmptyMaskFailsTheExam() {
        assertFailed(
                "exam phantom, image ct, mask gtv: the mask has no voxel. Correct it or leave this"
                        + " exam out.",
                exam(Quantity.HU, DigitalPhantom.values(), new boolean[80]));
    }

    @Test
    void aMaskOfNothingButNanFailsTheExam() {
        float[] values = new float[80];
        Arrays.fill(values, Float.NaN);
        assertFailed(
                "exam phantom, image ct, mask gtv: none of the 74 voxels has a value. Correct the"
                        + " mask or leave this exam out.",
                exam(Quantity.HU, values, DigitalPhantom.inside()));
    }

    @Test
    void aMaskOnAnotherGridIsRefused() {
        Exam other =
                DigitalPhantom.exam(
                        Geometry.of(4, 5, 4, 2, 2, 2),
                        DigitalPhantom.values(),
                        DigitalPhantom.inside(),
                        Quantity.HU);
        Exam mixed =
                new Exam(
                        "phantom",
                        DigitalPhantom.exam().images(),
                        other.masks(),
                        other.covariates());
        assertEquals(
                "exam phantom, image ct, mask gtv: the mask lies on another grid than the image."
                        + " Name the image it was drawn on, or resample both to one grid.",
                assertThrows(RefusedException.class, () -> Ibsi.of("ct", "gtv").apply(mixed, trace))
                        .getMessage());
    }

    /** Files round origins to float; half a voxel is another grid. */
    @ParameterizedTest(name = "a mask {0} voxels off is the same grid: {1}")
    @CsvSource({"0.0005, true", "0.5, false"})
    void aMaskMayBeOffByRoundingOnly(double voxels, boolean same) {
        Geometry g = DigitalPhantom.GRID;
        Geometry moved =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk(),
                        g.spacingMm(),
                        g.toWorld(voxels, 0, 0),
                        g.direction());
        Exam other =
                DigitalPhantom.exam(
                        moved, DigitalPhantom.values(), DigitalPhantom.inside(), Quantity.HU);
        Exam mixed =
                new Exam(
                        "phantom",
                        DigitalPhantom.exam().images(),
                        other.masks(),
                        other.covariates());
        if (same) {
            assertEquals(1, Ibsi.of("ct", "gtv").apply(mixed, trace).size());
        } else {
            assertThrows(RefusedException.class, () -> Ibsi.of("ct", "gtv").apply(mixed, trace));
        }
    }

    @Test
    void theInputIsNotModified() {
        Exam exam = DigitalPhantom.exam();
        Ibsi.of("ct", "gtv").apply(exam, trace);
        assertArrayEquals(DigitalPhantom.values(), exam.image("ct").volume().values());
        assertArrayEquals(DigitalPhantom.inside(), exam.mask("gtv").voxels());
    }

    private void assertFailed(String message, Exam exam) {
        assertEquals(
                message,
                assertThrows(DataException.class, () -> Ibsi.of("ct", "gtv").apply(exam, trace))
                        .getMessage());
    }

    private static Ibsi with(Optional<String> region, OptionalDouble low, OptionalDouble high) {
        return with(
                region,
                List.of(low.isPresent() ? Discretisation.fixedWidth(1) : Discretisation.asLevels()),
                low,
                high,
                OptionalDouble.empty(),
                false);
    }

    private static Ibsi with(
            Optional<String> region,
            List<Discretisation> rules,
            OptionalDouble low,
            OptionalDouble high,
            OptionalDouble outlierSd,
            boolean allowLossy) {
        return new Ibsi(
                "ct",
                "gtv",
                region,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(Dimension.VOLUME),
                TextureParameters.IBSI,
                rules,
                Optional.empty(),
                low,
                high,
                outlierSd,
                allowLossy);
    }

    private static Exam exam(Quantity quantity, float[] values, boolean[] inside) {
        return DigitalPhantom.exam(DigitalPhantom.GRID, values, inside, quantity);
    }

    private static List<String> undefined(FeatureTable table) {
        return table.features().stream()
                .filter(f -> Double.isNaN(table.column(f)[0]))
                .map(f -> f.split("\\.")[1])
                .toList();
    }

    /** Returns n from energy = n · rms². */
    private static double histogramTotal(FeatureTable table) {
        double rms = table.column("ct.stat_rms")[0];
        return table.column("ct.stat_energy")[0] / (rms * rms);
    }

    private static double[] tail(double[] row) {
        return Arrays.copyOfRange(row, 29 + 2, row.length);
    }
}
