package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.features.Explanation.Line;
import org.diapason.features.filter.Mean;
import org.diapason.features.filter.Space;
import org.diapason.math.Boundary;
import org.diapason.math.Interpolation;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values made by known rules are explained by these rules and no others. */
class ExplanationTest {
    private static final Rules PYRADIOMICS = Profile.PYRADIOMICS.rules();
    private static final Ibsi LEVELS = Ibsi.of("ct", "gtv", Discretisation.asLevels());

    @ParameterizedTest(name = "{0} made by {2}")
    @CsvSource({
        "original_firstorder_Kurtosis, stat_kurt, kurtosis",
        "original_firstorder_Mean, stat_mean, ''",
        "original_shape_MajorAxisLength, morph_pca_maj_axis, axes",
        "original_glcm_MCC, cm_mcc_3D_avg, ''",
        "original_glszm_ZonePercentage, szm_z_perc_3D, ''",
        "stat_kurt, stat_kurt, kurtosis",
        // names as MIRP 2 writes them, and a column of ours
        "cm_contrast_d1_3d_avg, cm_contrast_3D_avg, ''",
        "cm_contrast_d1_3d_v_mrg, cm_contrast_3D_comb, ''",
        "cm_contrast_d1_2.5d_d_mrg, cm_contrast_2_5D_avg, ''",
        "cm_contrast_d1_2.5d_v_mrg, cm_contrast_2_5D_comb, ''",
        "cm_contrast_d1_2d_s_mrg, cm_contrast_2D_comb, ''",
        "szm_sze_2d, szm_sze_2D, ''",
        "ngl_lde_d1_a0.0_3d, ngl_lde_3D, ''",
        "ct.cm_contrast_3D_comb.levels, cm_contrast_3D_comb, ''",
    })
    void theRuleThatMadeAValueIsFound(String name, String tag, String rule) {
        List<String> rules = rule.isEmpty() ? List.of() : List.of(rule);
        List<Dimension> all = List.of(Dimension.values());
        double theirs = value(LEVELS.with(List.of(), all, with("extras", rule)), tag);
        Line line = explain(LEVELS, Map.of(name, theirs)).get(0);
        assertEquals(tag, line.tag());
        assertEquals(rules, line.rules());
        assertTrue(line.explained());
    }

    @Test
    void rulesThatActTogetherAreNamedTogetherAndNoMore() {
        Ibsi free = Ibsi.of("ct", "gtv");
        double theirs = value(free.with(List.of(), PYRADIOMICS), "ih_mean");
        Line line = explain(free, Map.of("ih_mean", theirs)).get(0);
        // one bin of 25 from 0 holds all; bins of 25 without an origin are refused
        assertEquals(1, theirs);
        assertEquals(List.of("bin-width", "bin-anchor"), line.rules());
    }

    /** As where another program was told not to follow one of its own rules. */
    @Test
    void aRuleThatWasSwitchedOffIsLeftOut() {
        Rules off = PYRADIOMICS.with(List.of("kurtosis"), Rules.IBSI);
        Ibsi sampled = sampled();
        double theirs = value(sampled.with(List.of(), off), "stat_kurt");
        Line line = explain(sampled, Map.of("stat_kurt", theirs)).get(0);
        assertTrue(line.explained());
        assertEquals(List.of("grid", "rounding"), line.rules());
    }

    @Test
    void mergedDirectionsAreAnExplanationWhereTheNameIsSilent() {
        double theirs = value(LEVELS, "cm_contrast_3D_comb");
        Line line = explain(LEVELS, Map.of("original_glcm_Contrast", theirs)).get(0);
        assertEquals(List.of(Explanation.AGGREGATION), line.rules());
        assertEquals("cm_contrast_3D_avg", line.tag());
    }

    @Test
    void theShiftBeforeEnergyIsTakenFromTheRootMeanSquare() {
        Ibsi shifted = LEVELS.with(List.of(), Rules.IBSI.withEnergyShift(2000));
        Map<String, Double> theirs = new LinkedHashMap<>();
        theirs.put("original_firstorder_Energy", value(shifted, "stat_energy"));
        theirs.put("original_firstorder_RootMeanSquared", value(shifted, "stat_rms"));
        for (Line line : explain(LEVELS, theirs)) {
            assertEquals(List.of("energy-shift"), line.rules());
        }
    }

    @Test
    void whatNoRuleMakesStaysUnexplainedWithBothValues() {
        double ours = value(LEVELS, "stat_mean");
        Map<String, Double> theirs = new LinkedHashMap<>();
        theirs.put("original_firstorder_Mean", ours * (1 + 2e-6));
        theirs.put("original_firstorder_StandardDeviation", 1.0);
        List<Line> lines = explain(LEVELS, theirs);
        assertFalse(lines.get(0).explained());
        assertEquals(ours, lines.get(0).ours());
        assertEquals(ours * (1 + 2e-6), lines.get(0).theirs());
        assertFalse(lines.get(1).explained());
        assertEquals("", lines.get(1).tag());
    }

    @Test
    void onlyNamesOfFeaturesAreFeatures() {
        assertTrue(Explanation.isFeature("original_glcm_Contrast"));
        assertTrue(Explanation.isFeature("morph_volume"));
        assertTrue(Explanation.isFeature("my.ct.stat_mean"));
        assertFalse(Explanation.isFeature("diagnostics_Image-original_Mean"));
        assertFalse(Explanation.isFeature("age"));
    }

    @Test
    void responsesOfFiltersAreNotExplained() {
        OptionalDouble none = OptionalDouble.empty();
        Ibsi filtered =
                new Ibsi(
                        "ct",
                        "gtv",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Mean(3, Boundary.MIRROR, Space.VOLUME)),
                        List.of(),
                        List.of(Dimension.VOLUME),
                        TextureParameters.IBSI,
                        List.of(),
                        Optional.empty(),
                        none,
                        none,
                        none,
                        false);
        assertEquals(
                "features of response maps are not explained: leave filters out",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> explain(filtered, Map.of("stat_mean", 1.0)))
                        .getMessage());
    }

    /** A grid of 1.5 mm, by linear interpolation. */
    private static Ibsi sampled() {
        OptionalDouble none = OptionalDouble.empty();
        return new Ibsi(
                "ct",
                "gtv",
                Optional.empty(),
                Optional.of(new Sampling(1.5, false, Interpolation.LINEAR, false)),
                List.of(),
                List.of(),
                List.of(Dimension.VOLUME),
                TextureParameters.IBSI,
                List.of(),
                Optional.empty(),
                none,
                none,
                none,
                false);
    }

    private static List<Line> explain(Ibsi settings, Map<String, Double> theirs) {
        return Explanation.of(DigitalPhantom.exam(), settings, PYRADIOMICS, theirs);
    }

    private static Rules with(String... names) {
        return Rules.IBSI.with(List.of(names), PYRADIOMICS);
    }

    private static double value(Ibsi settings, String tag) {
        FeatureTable table = settings.apply(DigitalPhantom.exam(), new Trace("x", 1));
        String column =
                table.features().stream()
                        .filter(f -> f.split("\\.")[1].equals(tag))
                        .findFirst()
                        .orElseThrow();
        return table.column(column)[0];
    }
}
