package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digital phantom's consensus values, met after rounding to three significant digits. */
class TextureConsensusTest {
    private static final Map<String, Double> FOUND = Textures.all(phantom());

    private static LevelGrid phantom() {
        Volume volume = Volume.of(DigitalPhantom.GRID, DigitalPhantom.values(), Quantity.UNKNOWN);
        Mask mask = Mask.of(DigitalPhantom.GRID, DigitalPhantom.inside());
        Region region = Region.of(volume, mask, "phantom");
        Levels levels = Discretisation.asLevels().apply(region.values(), 0, "phantom");
        return LevelGrid.of(mask.voxels(), region, levels);
    }

    // IBSI reference manual, digital phantom: consensus value; the tolerance of all is 0
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "cm_corr_2D_avg, -0.0121",
        "cm_corr_2D_comb, 0.0173",
        "cm_corr_2_5D_avg, 0.178",
        "cm_corr_2_5D_comb, 0.182",
        "cm_corr_3D_avg, 0.157",
        "cm_corr_3D_comb, 0.183",
        "rlm_glnu_2D_avg, 5.2",
        "rlm_glnu_2D_comb, 20.5",
        "rlm_glnu_2_5D_avg, 19.5",
        "rlm_glnu_2_5D_comb, 77.1",
        "rlm_glnu_3D_avg, 21.8",
        "rlm_glnu_3D_comb, 281",
        "szm_zs_var_2D, 21",
        "szm_zs_var_2_5D, 17.3",
        "szm_zs_var_3D, 331",
        "dzm_lde_2D, 1.21",
        "dzm_zd_entr_2_5D, 2",
        "dzm_zdnu_3D, 5",
        "ngt_coarseness_2D, 0.121",
        "ngt_contrast_2_5D, 0.601",
        "ngt_busyness_3D, 6.54",
        "ngt_complexity_3D, 13.5",
        "ngt_strength_3D, 0.763",
        "ngl_hde_2D, 19.2",
        "ngl_dcnu_2_5D, 12.4",
        "ngl_dc_energy_3D, 0.0533",
    })
    void meetsThePublishedValue(String tag, double consensus) {
        assertEquals(consensus, rounded(FOUND.get(tag)), 1e-9 * Math.abs(consensus));
    }

    @Test
    void everyTextureOfTheConsensusFileIsMet() throws IOException {
        Path file =
                Path.of(System.getProperty("diapason.data", "absent"))
                        .resolve("ibsi1/consensus/digital_phantom.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no consensus values at " + file);
        Map<String, Integer> compared = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] part = line.split(",", -1);
            if (!part[0].matches("(cm|rlm|szm|dzm|ngt|ngl)_.*") || part[1].isEmpty()) {
                continue;
            }
            compared.merge(part[0].substring(0, part[0].indexOf('_')), 1, Integer::sum);
            double consensus = Double.parseDouble(part[1]);
            double tolerance = Double.parseDouble(part[2]) + 1e-9 * Math.abs(consensus);
            double found = FOUND.getOrDefault(part[0], Double.NaN);
            boolean met =
                    Double.isFinite(found) && Math.abs(rounded(found) - consensus) <= tolerance;
            if (!met) {
                missed.add(line + " found " + found);
            }
        }
        assertEquals(List.of(), missed);
        assertEquals(
                Map.of("cm", 150, "rlm", 96, "szm", 48, "dzm", 48, "ngt", 15, "ngl", 51), compared);
        assertEquals(408, FOUND.size());
    }

    @Test
    void everyFeatureHasACodeOfItsOwn() {
        Set<String> codes = new HashSet<>();
        for (Texture family : TextureParameters.IBSI.families()) {
            for (Feature feature : family.features()) {
                assertTrue(feature.code().matches("[A-Z0-9]{4}"), feature.toString());
                assertTrue(codes.add(feature.code()), feature.toString());
            }
        }
        assertEquals(25 + 16 + 16 + 16 + 5 + 17, codes.size());
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(3)).doubleValue();
    }
}
