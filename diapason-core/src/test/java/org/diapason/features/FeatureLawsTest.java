package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of every column of every family, of the digital phantom and its disguises. */
class FeatureLawsTest {
    private static final int[] SIZE = {5, 4, 4};
    private static final int COLUMNS = 29 + 2 + 18 + 7 + 23 + 6 * 41 + 3 * 54;

    private static FeatureTable measured(Exam exam, Discretisation levels) {
        OptionalDouble none = OptionalDouble.empty();
        Ibsi settings =
                new Ibsi(
                        "ct",
                        "gtv",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(Dimension.values()),
                        TextureParameters.IBSI,
                        List.of(levels),
                        Optional.of(Discretisation.fixedCount(7)),
                        none,
                        none,
                        none,
                        false);
        FeatureTable table = settings.apply(exam, new Trace());
        assertEquals(COLUMNS, table.features().size());
        return table;
    }

    /** The phantom with other axes in the place of i, j, k, some of them mirrored. */
    private static Exam turned(String axes, int mirrored) {
        int[] from = axes.chars().map(a -> "ijk".indexOf(a)).toArray();
        Geometry g = Geometry.of(SIZE[from[0]], SIZE[from[1]], SIZE[from[2]], 2, 2, 2);
        float[] values = new float[80];
        boolean[] inside = new boolean[80];
        for (int v = 0; v < values.length; v++) {
            int[] at = {v % 5, v / 5 % 4, v / 20};
            int[] to = new int[3];
            for (int a = 0; a < 3; a++) {
                int place = at[from[a]];
                to[a] = (mirrored >> a & 1) == 1 ? SIZE[from[a]] - 1 - place : place;
            }
            values[g.index(to[0], to[1], to[2])] = DigitalPhantom.values()[v];
            inside[g.index(to[0], to[1], to[2])] = DigitalPhantom.inside()[v];
        }
        return DigitalPhantom.exam(g, values, inside, Quantity.UNKNOWN);
    }

    /** A turn about k keeps the slices; any other turn keeps what is measured in the volume. */
    @ParameterizedTest(name = "axes {0}, mirrored {1}")
    @CsvSource({"ijk, 1", "ijk, 6", "jik, 0", "jik, 3", "kji, 0", "ikj, 5", "jki, 2", "kij, 7"})
    void turningAndMirroringThePhantomChangesNothing(String axes, int mirrored) {
        FeatureTable a = measured(DigitalPhantom.exam(), Discretisation.asLevels());
        FeatureTable b = measured(turned(axes, mirrored), Discretisation.asLevels());
        boolean sameSlices = axes.endsWith("k");
        for (String column : a.features()) {
            if (sameSlices || !column.matches(".*_2(_5)?D.*")) {
                double value = a.column(column)[0];
                double slack = column.contains("_mvee") ? 1e-5 : 1e-12;
                assertEquals(value, b.column(column)[0], slack * Math.abs(value), column);
            }
        }
    }

    @ParameterizedTest(name = "{0} x + {1}")
    @CsvSource({"4, -1024", "0.0625, 3", "3, 70"})
    void aFixedNumberOfBinsIsBlindToGainAndOffset(float gain, float offset) {
        float[] values = DigitalPhantom.values();
        for (int v = 0; v < values.length; v++) {
            values[v] = gain * values[v] + offset;
        }
        Exam other =
                DigitalPhantom.exam(
                        DigitalPhantom.GRID, values, DigitalPhantom.inside(), Quantity.UNKNOWN);
        Discretisation bins = Discretisation.fixedCount(5);
        FeatureTable a = measured(DigitalPhantom.exam(), bins);
        FeatureTable b = measured(other, bins);
        int blind = 0;
        for (String column : a.features()) {
            if (column.endsWith(".fbn5") || column.startsWith("ct.ivh")) {
                assertEquals(a.column(column)[0], b.column(column)[0], column);
                blind++;
            } else if (column.matches("ct.(stat_(skew|kurt)|morph_(moran_i|geary_c))")) {
                assertEquals(a.column(column)[0], b.column(column)[0], 1e-9, column);
                blind++;
            }
        }
        assertEquals(COLUMNS - 29 - 2 - 18 + 4, blind);
    }

    /** Beyond the image nothing is known, as where it is NaN. */
    @ParameterizedTest(name = "{0} voxels from the border")
    @ValueSource(ints = {1, 4})
    void aRegionAtTheBorderOfTheImageIsMeasuredAsOneInside(int rim) {
        Geometry g = Geometry.of(5 + 2 * rim, 4 + 2 * rim, 4 + 2 * rim, 2, 2, 2);
        float[] values = new float[g.voxels()];
        Arrays.fill(values, Float.NaN);
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < 80; v++) {
            int to = g.index(v % 5 + rim, v / 5 % 4 + rim, v / 20 + rim);
            values[to] = DigitalPhantom.values()[v];
            inside[to] = DigitalPhantom.inside()[v];
        }
        FeatureTable a = measured(DigitalPhantom.exam(), Discretisation.asLevels());
        FeatureTable b =
                measured(
                        DigitalPhantom.exam(g, values, inside, Quantity.UNKNOWN),
                        Discretisation.asLevels());
        for (String column : a.features()) {
            double value = a.column(column)[0];
            assertEquals(value, b.column(column)[0], 1e-12 * Math.abs(value), column);
        }
    }

    /** Twice the phantom, 40 mm apart: one region of two bodies, all of it defined. */
    @Test
    void aRegionInTwoPartsIsMeasuredAsOne() {
        Geometry g = Geometry.of(25, 4, 4, 2, 2, 2);
        float[] values = new float[g.voxels()];
        Arrays.fill(values, Float.NaN);
        boolean[] inside = new boolean[values.length];
        for (int v = 0; v < 80; v++) {
            for (int part = 0; part < 2; part++) {
                int to = g.index(v % 5 + 20 * part, v / 5 % 4, v / 20);
                values[to] = DigitalPhantom.values()[v];
                inside[to] = DigitalPhantom.inside()[v];
            }
        }
        FeatureTable one = measured(DigitalPhantom.exam(), Discretisation.asLevels());
        FeatureTable two =
                measured(
                        DigitalPhantom.exam(g, values, inside, Quantity.UNKNOWN),
                        Discretisation.asLevels());
        String doubled =
                "ct.(morph_(volume|vol_approx|area_mesh|integ_int)|stat_energy|ih_(min|max)_grad"
                        + "|ngt_busyness.*|(rlm|szm|dzm|ngl)_(gl|rl|zs|zd|dc)nu_[23].*)(.levels)?";
        // others of shape, and order statistics between two voxels, have no such law
        String lawless = "ct.(morph_.*|(stat|ih)_(median|p\\d0|iqr|qcod|rmad|medad))(.levels)?";
        int lawful = 0;
        for (String column : two.features()) {
            double value = one.column(column)[0];
            double found = two.column(column)[0];
            assertFalse(Double.isNaN(found), column);
            boolean halved = column.matches("ct.ngt_(coarseness|strength).*");
            double times = column.matches(doubled) ? 2 : halved ? 0.5 : 1;
            if (times != 1 || !column.matches(lawless)) {
                assertEquals(times * value, found, 1e-11 * Math.abs(value), column);
                lawful++;
            }
        }
        assertEquals(COLUMNS - 25 - 2 * 7, lawful);
        assertTrue(two.column("ct.morph_diam")[0] > 40);
        assertTrue(two.column("ct.morph_vol_dens_conv_hull")[0] < 0.5);
    }
}
