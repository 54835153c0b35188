package org.diapason.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.fusion.FeatureFusion.By;
import org.diapason.fusion.FeatureFusion.Kind;
import org.diapason.math.MaskAgreement;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sphere of 15 mm on slices of 2.5 mm. */
class SeedBoxTest {
    private static final Geometry GRID = Geometry.of(48, 44, 20, 1, 1, 2.5);
    private static final SeedBox BOX = SeedBox.parse("6:40,4:38,2:17");

    private static boolean[] truth() {
        boolean[] in = new boolean[GRID.voxels()];
        for (int v = 0; v < in.length; v++) {
            double i = v % 48 - 23.3;
            double j = v / 48 % 44 - 20.6;
            double k = 2.5 * (v / (48 * 44) - 9.4);
            in[v] = i * i + j * j + k * k < 225;
        }
        return in;
    }

    private static Volume noisy(long seed, double contrast, double noise) {
        boolean[] in = truth();
        float[] x = new float[in.length];
        Rng rng = new Rng(seed);
        for (int v = 0; v < x.length; v++) {
            x[v] = (float) ((in[v] ? contrast : 0) + noise * rng.nextGaussian());
        }
        return Volume.of(GRID, x, Quantity.MR);
    }

    private static FeatureMap edges(Kind kind, By by, double sigma, Volume... images) {
        return new FeatureFusion(
                        kind,
                        by,
                        sigma,
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        false,
                        true)
                .of(List.of(images));
    }

    /** Contrast 3 times the noise, dark in one image and bright in the other. */
    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"UNION", "WEIGHT", "TENSOR"})
    void aSphereInNoiseIsFoundByTheWatershed(By by) {
        FeatureMap map = edges(Kind.EDGE, by, 2, noisy(1, 60, 20), noisy(2, -60, 20));
        Mask found = BOX.watershed(map.relief(), BOX.middle());
        MaskAgreement agreement = MaskAgreement.of(GRID, found.voxels(), truth());
        assertTrue(agreement.dice() >= 0.95, agreement.toString());
        assertTrue(agreement.surfaceMm() <= 1, agreement.toString());
    }

    @Test
    void aClosedEdgeGivesWhatIsInIt() {
        FeatureMap map = edges(Kind.EDGE, By.UNION, 1.5, noisy(1, 100, 0));
        double half = 0.5 / (1.5 * Math.sqrt(2 * Math.PI));
        boolean[] found = BOX.threshold(map.map(), half).voxels();
        boolean[] truth = truth();
        int missed = 0;
        for (int v = 0; v < truth.length; v++) {
            missed += truth[v] && !found[v] ? 1 : 0;
        }
        assertEquals(0, missed);
        // half the slope is 1.5 √(2 ln 2) = 1.77 mm outside: and the surface is 1.77 mm off
        MaskAgreement agreement = MaskAgreement.of(GRID, found, truth);
        assertTrue(agreement.surfaceMm() < 2.5, agreement.toString());
        assertEquals(0, BOX.threshold(map.map(), 10).count());
    }

    /** A wall across the box has ground on both sides, which no way round it joins. */
    @Test
    void groundIsWhateverTouchesTheRimOfTheBox() {
        Geometry g = Geometry.of(9, 7, 5, 1, 1, 1);
        float[] map = new float[g.voxels()];
        for (int v = 0; v < map.length; v++) {
            map[v] = v % 9 == 4 ? 3 : 0;
        }
        boolean[] found =
                SeedBox.parse("0:8,0:6,0:4")
                        .threshold(Volume.of(g, map, Quantity.UNKNOWN), 3)
                        .voxels();
        for (int v = 0; v < found.length; v++) {
            assertEquals(v % 9 == 4, found[v]);
        }
    }

    /**
     * A channel from one side of the box to the seed, with a crest of 5 in it: the ground enters by
     * that side and stops at the crest. A side that were no ground would leave it to the object.
     */
    @ParameterizedTest(name = "a channel along axis {0} from {1}")
    @CsvSource({"0, 0", "0, 8", "1, 0", "1, 8", "2, 0", "2, 8"})
    void everySideOfTheBoxIsGround(int axis, int side) {
        Geometry g = Geometry.of(9, 9, 9, 1, 1, 1);
        float[] height = new float[g.voxels()];
        for (int v = 0; v < height.length; v++) {
            int[] at = {v % 9, v / 9 % 9, v / 81};
            int off = 0;
            for (int a = 0; a < 3; a++) {
                off = a == axis ? off : Math.max(off, Math.abs(at[a] - 4));
            }
            int way = Math.abs(at[axis] - side);
            height[v] = off > 1 ? 9 : way == 3 ? 5 : way < 3 ? 1 : way <= 5 ? 0 : 9;
        }
        SeedBox box = SeedBox.parse("0:8,0:8,0:8");
        boolean[] found =
                box.watershed(Volume.of(g, height, Quantity.UNKNOWN), box.middle()).voxels();
        for (int v = 0; v < found.length; v++) {
            int[] at = {v % 9, v / 9 % 9, v / 81};
            int off = 0;
            for (int a = 0; a < 3; a++) {
                off = a == axis ? off : Math.max(off, Math.abs(at[a] - 4));
            }
            int way = Math.abs(at[axis] - side);
            if (off <= 1 && way < 3) {
                assertFalse(found[v], "ground comes in by side " + side + " of axis " + axis);
            }
            if (way == 0 || way == 8 || off == 4) {
                assertFalse(found[v], "the rim is ground");
            }
        }
        assertTrue(found[g.index(4, 4, 4)]);
    }

    @Test
    void inAPictureTheBoxHasOneSlice() {
        Geometry g = Geometry.of(7, 7, 3, 1, 1, 1);
        float[] height = new float[g.voxels()];
        for (int v = 0; v < height.length; v++) {
            int i = Math.abs(v % 7 - 3);
            int j = Math.abs(v / 7 % 7 - 3);
            height[v] = Math.max(i, j) == 2 ? 5 : 0;
        }
        SeedBox box = SeedBox.parse("0:6,0:6,1:1");
        boolean[] found =
                box.watershed(Volume.of(g, height, Quantity.UNKNOWN), box.middle()).voxels();
        int count = 0;
        for (int v = 0; v < found.length; v++) {
            boolean inner = Math.abs(v % 7 - 3) < 2 && Math.abs(v / 7 % 7 - 3) < 2 && v / 49 == 1;
            assertTrue(!inner || found[v]);
            assertTrue(!found[v] || v / 49 == 1);
            count += found[v] ? 1 : 0;
        }
        assertTrue(count <= 25);
        assertArrayEquals(new int[] {3, 3, 1}, box.middle());
    }

    @Test
    void whatIsNoBoxIsSaid() {
        assertEquals(
                "a seed box is the first and last voxel along each axis, i0:i1,j0:j1,k0:k1, as in"
                        + " 40:60,35:52,12:20, got 3:2,0:4,0:4",
                message(() -> SeedBox.parse("3:2,0:4,0:4")));
        Volume flat = Volume.of(GRID, new float[GRID.voxels()], Quantity.UNKNOWN);
        SeedBox wide = SeedBox.parse("0:48,0:4,0:4");
        assertEquals(
                "the seed box 0:48,0:4,0:4 does not lie in the image, whose last voxel is 47,43,19",
                message(() -> wide.threshold(flat, 1)));
        assertEquals(
                "the seed box 6:40,4:38,2:17 must hold the seed 6,9,9 with a voxel of ground on"
                        + " either side.",
                message(() -> BOX.watershed(flat, new int[] {6, 9, 9})));
    }

    private static String message(Executable run) {
        return assertThrows(IllegalArgumentException.class, run).getMessage();
    }
}
