package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.catalogue.Settings;
import org.diapason.catalogue.Tree;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule changes what it says and nothing else. */
class RulesTest {
    private static final Rules PYRADIOMICS = Profile.PYRADIOMICS.rules();
    private static final Rules MIRP = Profile.MIRP.rules();

    @Test
    void aGridLiesCentredOrInTheCorner() {
        Geometry five = Geometry.of(5, 1, 1, 3, 1, 1);
        // 8 voxels of 2 mm over 15 mm: middle 6 mm, so from 6 − 7 mm; or outer edges at −1.5 mm
        assertEquals(-1, origin(five, Grid.Rule.IBSI), 1e-12);
        assertEquals(-0.5, origin(five, Grid.Rule.CORNER), 1e-12);
    }

    @Test
    void theNearestVoxelKeepsTheCornersThatInterpolationCuts() {
        boolean[] inside = new boolean[9];
        inside[4] = true;
        Mask mask = Mask.of(Geometry.of(3, 3, 1, 3, 3, 3), inside);
        Sampling thirds = new Sampling(1, true, Interpolation.LINEAR, true);
        // a third of a voxel off in both directions the weight is 4/9
        assertEquals(5, thirds.move(mask, Rules.IBSI, "x").count());
        assertEquals(9, thirds.move(mask, only("mask-interpolation", PYRADIOMICS), "x").count());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"HU, 0 0 1 1", "STORED, 0 0 0 1", "NONE, 0 0.25 0.75 1"})
    void interpolatedUnitsAreRoundedCutOrKept(Rules.Rounding rounding, String expected) {
        Volume two = Volume.of(Geometry.of(2, 1, 1, 2, 1, 1), new float[] {0, 1}, Quantity.HU);
        Sampling halves = new Sampling(1, false, Interpolation.LINEAR, true);
        Rules rules =
                Rules.IBSI.with(
                        List.of("rounding"),
                        read(
                                Map.of(
                                        "rounding",
                                        rounding.name().toLowerCase(java.util.Locale.ROOT))));
        float[] moved = halves.move(two, rules).values();
        List<Float> wanted = Arrays.stream(expected.split(" ")).map(Float::parseFloat).toList();
        for (int v = 0; v < moved.length; v++) {
            assertEquals(wanted.get(v), moved[v], 1e-6f);
        }
    }

    @Test
    void anImageOfFractionsIsNotCut() {
        Volume two =
                Volume.of(Geometry.of(2, 1, 1, 2, 1, 1), new float[] {0.5f, 1.5f}, Quantity.HU);
        Sampling halves = new Sampling(1, false, Interpolation.LINEAR, true);
        assertEquals(0.75f, halves.move(two, only("rounding", PYRADIOMICS)).values()[1], 1e-6f);
    }

    @Test
    void binsBeginAtTheRangeAMultipleOrTheLowestValue() {
        Discretisation bins = Discretisation.fixedWidth(25);
        OptionalDouble none = OptionalDouble.empty();
        OptionalDouble bound = OptionalDouble.of(-90);
        Rules multiple = only("bin-anchor", PYRADIOMICS);
        Rules lowest = only("bin-anchor", MIRP);
        // getBinEdges of PyRadiomics documents 54 … 166 at 25: 50, 75, … 175
        assertEquals(50, bins.origin(Quantity.MR, none, 54, multiple, "x"));
        assertEquals(-100, bins.origin(Quantity.HU, bound, -90, multiple, "x"));
        assertEquals(-90, bins.origin(Quantity.HU, bound, -90, Rules.IBSI, "x"));
        assertEquals(-200, bins.origin(Quantity.HU, none, -90, Rules.IBSI, "x"));
        assertEquals(-1000, bins.origin(Quantity.HU, none, -90, lowest, "x"));
        assertEquals(-90, bins.origin(Quantity.HU, bound, -90, lowest, "x"));
    }

    @Test
    void anExactEdgeTakesTheFloatAsItIs() {
        // 0.7 is 0.69999999 as a float
        assertEquals(8, Discretisation.level(0.7f, 0, 0.1, Rules.IBSI));
        assertEquals(7, Discretisation.level(0.7f, 0, 0.1, only("bin-edges", PYRADIOMICS)));
    }

    @Test
    void oneValueIsTheFirstLevelOrTheMiddleOne() {
        Discretisation five = Discretisation.fixedCount(5);
        float[] same = {7, 7};
        assertArrayEquals(new short[] {1, 1}, five.apply(same, 0, Rules.IBSI, "x").values());
        assertArrayEquals(new short[] {3, 3}, five.apply(same, 0, MIRP, "x").values());
    }

    @Test
    void kurtosisIsPlainAndEnergyShiftedOnRequest() {
        float[] values = {1, 2};
        assertEquals(-2, statistic("stat_kurt", values, Rules.IBSI), 1e-12);
        assertEquals(1, statistic("stat_kurt", values, only("kurtosis", PYRADIOMICS)), 1e-12);
        assertEquals(5, statistic("stat_energy", values, Rules.IBSI), 1e-12);
        assertEquals(13, statistic("stat_energy", values, Rules.IBSI.withEnergyShift(1)), 1e-12);
        double rms = statistic("stat_rms", values, Rules.IBSI.withEnergyShift(1));
        assertEquals(Math.sqrt(6.5), rms, 1e-12);
    }

    @Test
    void theSpreadOfTwoVoxelsDividesByOneOrTwo() {
        Geometry g = Geometry.of(2, 1, 1, 3, 1, 1);
        boolean[] both = {true, true};
        assertEquals(
                4 * Math.sqrt(4.5), PointCloud.of(g, both, Rules.Axes.SAMPLE).axesMm()[0], 1e-12);
        assertEquals(
                4 * Math.sqrt(2.25),
                PointCloud.of(g, both, Rules.Axes.POPULATION).axesMm()[0],
                1e-12);
    }

    @Test
    void theHalfTableDiffersWhereVoxelsMeetAcrossADiagonal() {
        Geometry g = Geometry.of(2, 2, 2, 1, 1, 1);
        Region none = new Region(g, new int[0], new float[0]);
        Rules half = only("mesh", PYRADIOMICS);
        int differing = 0;
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < a; b++) {
                boolean[] two = new boolean[8];
                two[a] = true;
                two[b] = true;
                double ours = Morphology.of(g, two, none)[2];
                double theirs = Morphology.of(g, two, none, half)[2];
                boolean touching = Integer.bitCount(a ^ b) == 1;
                assertTrue(!touching || Math.abs(ours - theirs) < 1e-12, a + " and " + b);
                differing += Math.abs(ours - theirs) > 1e-12 ? 1 : 0;
            }
        }
        assertTrue(differing > 0);
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
    @CsvSource({
        "IBSI, 0, NaN, NaN, 0",
        // glcm.py and firstorder.py of PyRadiomics 3; −log₂(1 + 2⁻⁵²) of its flatRegion baselines
        "PYRADIOMICS, 0, 1, 0, -3.203426503814917e-16",
        // cm_features.py and stat_features.py of MIRP 2
        "MIRP, 0, 1, 1, 0"
    })
    void aRegionOfOneValueHasWhatTheProgramWrites(
            Profile profile, double skewness, double correlation, double info1, double entropy) {
        Map<String, Double> found = flat(profile.rules());
        assertEquals(skewness, found.get("stat_skew"));
        assertEquals(skewness, found.get("stat_kurt"));
        assertEquals(skewness, found.get("ih_skew"));
        assertEquals(skewness, found.get("ih_kurt"));
        assertEquals(correlation, found.get("cm_corr_3D_avg"));
        assertEquals(info1, found.get("cm_info_corr1_3D_avg"));
        assertEquals(entropy, found.get("cm_joint_entr_3D_avg"), 1e-30);
        assertEquals(entropy, found.get("szm_zs_entr_3D"), 1e-30);
        assertEquals(entropy, found.get("ih_entropy"), 1e-30);
    }

    @Test
    void theMaximalCorrelationOfTwoLevelsIsTheirSecondEigenvalue() {
        // P = (6 1; 1 6)/14 has marginals 7/14, so D^(−1/2) P D^(−1/2) = (6 1; 1 6)/7
        Counts pairs =
                new Counts(
                        new long[] {Counts.key(1, 0), Counts.key(1, 1), Counts.key(2, 0)},
                        new double[] {3, 1, 3},
                        3);
        double[] found = GlcmFeatures.of(pairs, 2, PYRADIOMICS);
        assertEquals(5 / 7.0, found[found.length - 1], 1e-14);
    }

    @Test
    void extrasStandInTheDictionaryAndTheTable() {
        Ibsi ibsi = Ibsi.of("ct", "gtv", Discretisation.asLevels()).with(List.of(), PYRADIOMICS);
        FeatureTable table = ibsi.apply(DigitalPhantom.exam(), new Trace("x", 1));
        List<String> listed = ibsi.dictionary().stream().map(FeatureInfo::column).toList();
        assertEquals(listed, table.features());
        assertTrue(
                listed.containsAll(
                        List.of(
                                "ct.cm_mcc_3D_avg.levels",
                                "ct.morph_diam_slice",
                                "ct.stat_energy_total")));
        double energy = table.column("ct.stat_energy")[0];
        assertEquals(8 * energy, table.column("ct.stat_energy_total")[0], 1e-9);
    }

    @Test
    void withoutADiscretisationTheProfileBinsBy25() {
        Ibsi ibsi = Ibsi.of("ct", "gtv").with(List.of(Family.HISTOGRAM), PYRADIOMICS);
        FeatureTable table = ibsi.apply(DigitalPhantom.exam(), new Trace("x", 1));
        assertTrue(table.features().contains("ct.ih_mean.fbs25"), table.features().toString());
    }

    @Test
    void everyRuleIsSwitchedAlone() {
        for (String name : Rules.IBSI.differences(PYRADIOMICS)) {
            Rules one = only(name, PYRADIOMICS);
            assertEquals(List.of(name), Rules.IBSI.differences(one));
            assertEquals(PYRADIOMICS.word(name), one.word(name));
        }
        List<String> all = new ArrayList<>(Rules.names());
        assertEquals(PYRADIOMICS, Rules.IBSI.with(all, PYRADIOMICS));
        assertEquals(
                List.of(
                        "spline-edge",
                        "anti-aliasing",
                        "bin-anchor",
                        "bin-edges",
                        "one-value",
                        "undefined"),
                Rules.IBSI.differences(MIRP));
    }

    @Test
    void aProfileAndSingleRulesDoNotStandTogether() {
        assertEquals(
                "recipe: ibsi: profile mirp and rules cannot stand together: leave profile out and write all its"
                        + " rules, or leave rules out",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        settings(
                                                Map.of(
                                                        "profile",
                                                        text("mirp"),
                                                        "rules",
                                                        fields(Map.of("kurtosis", "plain")))))
                        .getMessage());
    }

    @Test
    void anUnknownProfileIsToldTheNearest() {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> settings(Map.of("profile", text("pyradiomic"))))
                        .getMessage();
        assertTrue(said.contains("pyradiomics"), said);
    }

    @Test
    void everyNameOfPyRadiomicsLeadsToOurTagAndBack() {
        int many = 0;
        for (String name : PyRadiomicsNames.names()) {
            String tag = PyRadiomicsNames.tag(name).orElseThrow();
            String back = PyRadiomicsNames.name(tag).orElseThrow();
            // four of shape2D are those of shape, of a mask in one slice
            boolean shared = name.startsWith("original_shape2D_") && back.contains("_shape_");
            if (!shared) {
                assertEquals(name, back);
            }
            many += shared ? 1 : 0;
        }
        assertEquals(4, many);
        assertEquals(119, PyRadiomicsNames.names().size());
        assertEquals(
                PyRadiomicsNames.names().size() - 4,
                PyRadiomicsNames.names().stream().map(PyRadiomicsNames::tag).distinct().count());
    }

    private static Map<String, Double> flat(Rules rules) {
        Geometry g = Geometry.of(2, 2, 1, 1, 1, 1);
        boolean[] all = {true, true, true, true};
        Exam exam = DigitalPhantom.exam(g, new float[] {1, 1, 1, 1}, all, Quantity.UNKNOWN);
        FeatureTable table =
                Ibsi.of("ct", "gtv", Discretisation.asLevels())
                        .with(
                                List.of(
                                        Family.STATISTICS,
                                        Family.HISTOGRAM,
                                        Family.GLCM,
                                        Family.GLSZM),
                                rules)
                        .apply(exam, new Trace("x", 1));
        Map<String, Double> found = new TreeMap<>();
        table.features().forEach(f -> found.put(f.split("\\.")[1], table.column(f)[0]));
        return found;
    }

    private static double origin(Geometry from, Grid.Rule rule) {
        return Grid.of(from, rule, 2, 1, 1).originMm().get(0);
    }

    private static double statistic(String tag, float[] values, Rules rules) {
        List<String> tags = IntensityStatistics.FEATURES.stream().map(Feature::tag).toList();
        return IntensityStatistics.of(values, rules)[tags.indexOf(tag)];
    }

    private static Rules only(String name, Rules from) {
        return Rules.IBSI.with(List.of(name), from);
    }

    private static Rules read(Map<String, String> rules) {
        return Settings.read(Rules.class, fields(rules));
    }

    private static Ibsi settings(Map<String, Tree> more) {
        Map<String, Tree> all = new TreeMap<>(more);
        all.put("image", text("ct"));
        all.put("mask", text("gtv"));
        return Settings.read(Ibsi.class, new Tree.Fields(all, "recipe"));
    }

    private static Tree fields(Map<String, String> values) {
        Map<String, Tree> fields = new TreeMap<>();
        values.forEach((key, value) -> fields.put(key, text(value)));
        return new Tree.Fields(fields, "recipe");
    }

    private static Tree text(String value) {
        return new Tree.Text(value, "recipe");
    }
}
