package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digital phantom's consensus values, met after rounding to three significant digits. */
class IbsiConsensusTest {
    private static final FeatureTable TABLE =
            everyDimension().apply(DigitalPhantom.exam(), new Trace());

    // IBSI reference manual, digital phantom: consensus value and tolerance
    @ParameterizedTest(name = "{0} = {1} ± {2}")
    @CsvSource({
        "morph_vol_approx, 592, 4",
        "stat_mean, 2.15, 0",
        "stat_kurt, -0.355, 0",
        "stat_rmad, 1.11, 0",
        "stat_qcod, 0.6, 0",
        "stat_rms, 2.77, 0",
        "ih_mode.levels, 1, 0",
        "ih_entropy.levels, 1.27, 0",
        "ih_max_grad_g.levels, 3, 0",
        "ih_min_grad.levels, -50, 0",
        "cm_joint_entr_3D_avg.levels, 2.4, 0",
        "cm_inv_diff_norm_3D_avg.levels, 0.851, 0",
        "cm_corr_3D_avg.levels, 0.157, 0",
        "cm_info_corr1_3D_avg.levels, -0.157, 0",
        "cm_diff_var_3D_comb.levels, 3.21, 0",
        "cm_inv_var_3D_comb.levels, 0.0574, 0",
        "cm_auto_corr_3D_comb.levels, 5.19, 0",
        "cm_clust_shade_3D_comb.levels, 17.4, 0",
        "cm_clust_prom_3D_comb.levels, 147, 0",
        "cm_info_corr2_3D_comb.levels, 0.269, 0",
    })
    void meetsThePublishedValue(String tag, double consensus, double tolerance) {
        assertEquals(consensus, rounded(value(tag)), tolerance + 1e-9 * Math.abs(consensus));
    }

    /** Without a consensus in the file: nobody agreed, or the value is not defined there. */
    private static final Set<String> WITHOUT =
            Set.of(
                    "morph_vol_dens_ombb",
                    "morph_area_dens_ombb",
                    "morph_vol_dens_mvee",
                    "morph_area_dens_mvee",
                    "ivh_auc");

    @Test
    void everyFeatureHasItsReferenceAndEveryReferenceItsFeature() throws IOException {
        Path file =
                Path.of(System.getProperty("diapason.data", "absent"))
                        .resolve("ibsi1/consensus/digital_phantom.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no consensus values at " + file);
        Set<String> unmeasured = new TreeSet<>(TABLE.features());
        List<String> unknown = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        Set<String> without = new TreeSet<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] part = line.split(",", -1);
            if (!column(part[0])) {
                unknown.add(part[0]);
                continue;
            }
            unmeasured.remove("ct." + suffixed(part[0]));
            if (part[1].isEmpty()) {
                without.add(part[0]);
                continue;
            }
            double consensus = Double.parseDouble(part[1]);
            double tolerance = Double.parseDouble(part[2]) + 1e-9 * Math.abs(consensus);
            if (!(Math.abs(rounded(value(suffixed(part[0]))) - consensus) <= tolerance)) {
                missed.add(line + " found " + value(suffixed(part[0])));
            }
        }
        assertEquals(List.of(), missed);
        assertEquals(List.of(), unknown, "references without a feature");
        assertEquals(Set.of(), unmeasured, "features without a reference");
        assertEquals(WITHOUT, without);
        assertEquals(
                29 + 2 + 18 + 7 + 23 + 6 * (25 + 16) + 3 * (16 + 16 + 5 + 17),
                TABLE.features().size());
    }

    @Test
    void theDictionaryNamesTheColumnsOfTheTableInItsOrder() {
        List<FeatureInfo> dictionary = everyDimension().dictionary();
        assertEquals(TABLE.features(), dictionary.stream().map(FeatureInfo::column).toList());
        assertTrue(dictionary.stream().allMatch(i -> i.code().matches("[A-Z0-9]{4}")));
        assertEquals(172, dictionary.stream().map(FeatureInfo::code).distinct().count());
        assertTrue(
                dictionary.contains(
                        new FeatureInfo(
                                "ct.cm_contrast_2_5D_comb.levels",
                                "Contrast",
                                "ACUI",
                                "level²",
                                "2.5-D merged, values are levels, native grid")));
    }

    private static Ibsi everyDimension() {
        OptionalDouble none = OptionalDouble.empty();
        return new Ibsi(
                "ct",
                "gtv",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(Dimension.values()),
                TextureParameters.IBSI,
                List.of(Discretisation.asLevels()),
                Optional.of(Discretisation.asLevels()),
                none,
                none,
                none,
                false);
    }

    private static boolean column(String tag) {
        return TABLE.features().contains("ct." + suffixed(tag));
    }

    private static String suffixed(String tag) {
        return tag.matches("(ih|cm|rlm|szm|dzm|ngt|ngl)_.*") ? tag + ".levels" : tag;
    }

    private static double value(String tag) {
        return TABLE.column("ct." + tag)[0];
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(3)).doubleValue();
    }
}
