package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.TestData;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Resample;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/**
 * The texture of the CT phantom of IBSI 1 against the consensus, after rounding to three
 * significant digits: every value of these families that configurations A, C and D have.
 */
class CtPhantomTextureTest {

    /** In slices on the scanner's grid: −500 … 400 HU by 25 HU. */
    @Test
    void configurationAIsMet() throws IOException {
        Region whole = whole(false);
        assertEquals(125256, whole.size());
        Region region = whole.within(-500, 400);
        Levels levels = Discretisation.fixedWidth(25, -500).apply(region.values(), -500, "a");
        compare("a", grid(whole, region, levels), 272, "2D|2_5D");
    }

    /** In the volume at 2 mm: −1000 … 400 HU by 25 HU. */
    @Test
    void configurationCIsMet() throws IOException {
        Region whole = whole(true);
        Region region = whole.within(-1000, 400);
        Levels levels = Discretisation.fixedWidth(25, -1000).apply(region.values(), -1000, "c");
        compare("c", grid(whole, region, levels), 136, "3D");
    }

    /** In the volume at 2 mm: within 3 standard deviations, 32 bins. */
    @Test
    void configurationDIsMet() throws IOException {
        Region whole = whole(true);
        Distribution d = Distribution.of(whole.values());
        double reach = 3 * Math.sqrt(d.variance());
        Region region = whole.within(d.mean() - reach, d.mean() + reach);
        Levels levels = Discretisation.fixedCount(32).apply(region.values(), 0, "d");
        compare("d", grid(whole, region, levels), 136, "3D");
    }

    private static Region whole(boolean resampled) {
        Path folder = TestData.real("ibsi1/ct_phantom/nifti");
        Volume volume = Images.read(folder.resolve("image/phantom.nii.gz")).volume();
        Geometry from = volume.geometry();
        Mask mask = Masks.read(folder.resolve("mask/mask.nii.gz"), from);
        if (!resampled) {
            return Region.of(volume, mask, "phantom");
        }
        Geometry to = Grid.isotropic(from, 2);
        float[] values = Resample.onto(from, volume.values(), to, Interpolation.LINEAR);
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) Math.rint(values[v]);
        }
        Mask onGrid = Mask.of(to, Resample.mask(from, mask.voxels(), to));
        return Region.of(Volume.of(to, values, Quantity.HU), onGrid, "phantom");
    }

    /** The phantom has a value everywhere: the morphological mask is the whole region. */
    private static LevelGrid grid(Region whole, Region region, Levels levels) {
        boolean[] inside = new boolean[whole.geometry().voxels()];
        for (int v : whole.voxels()) {
            inside[v] = true;
        }
        return LevelGrid.of(inside, region, levels);
    }

    private static void compare(String configuration, LevelGrid grid, int rows, String dimensions)
            throws IOException {
        Path file = TestData.real("ibsi1/consensus/ct_phantom_config_" + configuration + ".csv");
        Map<String, Double> found = texture(grid, dimensions);
        List<String> missed = new ArrayList<>();
        int compared = 0;
        for (String line : Files.readAllLines(file)) {
            String[] part = line.split(",", -1);
            if (!part[0].matches("(cm|rlm|szm|dzm|ngt|ngl)_.*") || part[1].isEmpty()) {
                continue;
            }
            compared++;
            double consensus = Double.parseDouble(part[1]);
            double tolerance = Double.parseDouble(part[2]) + 1e-9 * Math.abs(consensus);
            double value = found.getOrDefault(part[0], Double.NaN);
            boolean met =
                    Double.isFinite(value) && Math.abs(rounded(value) - consensus) <= tolerance;
            if (!met) {
                missed.add(line + " found " + value);
            }
        }
        assertEquals(List.of(), missed);
        assertEquals(rows, compared);
        assertEquals(rows, found.size(), "a feature without a consensus");
    }

    private static Map<String, Double> texture(LevelGrid grid, String dimensions) {
        Map<String, Double> found = new TreeMap<>();
        for (Texture family : TextureParameters.IBSI.families()) {
            for (Dimension d : Dimension.values()) {
                if (!d.tag().matches(dimensions)) {
                    continue;
                }
                double[][] values = family.of(grid, d);
                for (int s = 0; s < values.length; s++) {
                    for (int f = 0; f < family.features().size(); f++) {
                        String tag = family.features().get(f).tag() + family.suffixes(d).get(s);
                        found.put(tag, values[s][f]);
                    }
                }
            }
        }
        return found;
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(3)).doubleValue();
    }
}
