package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.math.Interpolation;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.CommonGrid;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class GridThroughTest {
    private static final Geometry GRID = Geometry.of(12, 12, 12, 2, 2, 2);

    /** Half as large in the moving image is twice as large in the fixed one, and so is its blur. */
    private static final Affine HALF =
            new Affine(Numbers.of(0.5, 0, 0, 6, 0, 0.5, 0, 6, 0, 0, 0.5, 6));

    @Test
    void widthsTurnAndScaleWithTheImage() {
        Affine t = new Affine(Numbers.of(0, -0.5, 0, 20, 1, 0, 0, 0, 0, 0, 2, 0));
        // x of the image is −y of the grid at half the scale, y its x, z its z at twice the scale
        assertArrayEquals(
                new double[] {5, 8, 3},
                GridThrough.of(GRID, t).widths(GRID, new double[] {4, 5, 6}).get().toArray(),
                1e-12);
        assertArrayEquals(
                new double[] {4, 5, 6},
                GridThrough.of(GRID, Affine.shift(1, 2, 3))
                        .widths(GRID, new double[] {4, 5, 6})
                        .get()
                        .toArray());
        assertEquals(2, GridThrough.of(GRID, t).spacingAlong(GRID, 1), 1e-12);
        assertEquals(1, GridThrough.of(GRID, t).spacingAlong(GRID, 0), 1e-12);
        assertEquals(4, GridThrough.of(GRID, t).spacingAlong(GRID, 2), 1e-12);
    }

    @Test
    void aWayBackIsLookedForOnceAndNothingIsMadeUp() {
        float[] four = new float[GRID.voxels()];
        java.util.Arrays.fill(four, 4);
        float[] still = new float[four.length];
        Transform back = DisplacementField.of(GRID, four, still, still).inverse();
        GridThrough through = GridThrough.of(GRID, back);
        assertTrue(through.transform() instanceof DisplacementField);
        assertEquals(false, through.inField(GRID)[1]);
        assertEquals(true, through.inField(GRID)[6]);
        boolean[] all = new boolean[four.length];
        java.util.Arrays.fill(all, true);
        assertEquals(false, through.mask(GRID, all)[1]);
    }

    private static Numbers onCommonGrid(Transform found) {
        Volume sharp =
                Volume.of(GRID, new float[GRID.voxels()], Quantity.UNKNOWN)
                        .withFwhmMm(Numbers.of(6, 6, 6));
        Exam exam =
                Exam.of(
                                "P1",
                                Map.of("ct", Image.of(sharp), "mr", Image.of(sharp)),
                                Map.of(),
                                Map.of())
                        .withTransforms(new TreeMap<>(Map.of("ct", Affine.IDENTITY, "mr", found)));
        CommonGrid grid =
                new CommonGrid(
                        "*",
                        "ct",
                        OptionalDouble.empty(),
                        CommonGrid.Cover.ONTO,
                        Interpolation.CUBIC,
                        AntiAlias.AUTO,
                        false);
        return grid.apply(exam, new Trace()).image("mr").volume().fwhmMm().orElse(Numbers.of());
    }

    @Test
    void whatWasRegisteredHasTheResolutionOfTheCommonSpace() {
        assertArrayEquals(new double[] {12, 12, 12}, onCommonGrid(HALF).toArray(), 1e-9);
        float[] still = new float[GRID.voxels()];
        float[] some = still.clone();
        some[800] = 1;
        Transform bent = DisplacementField.of(GRID, some, still, still);
        assertEquals(0, onCommonGrid(bent).size(), "a deformation leaves another at each place");
    }
}
