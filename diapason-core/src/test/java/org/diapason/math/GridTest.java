package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GridTest {
    private static final Numbers TURNED = Numbers.of(0, 1, 0, -1, 0, 0, 0, 0, 1);
    private static final Geometry SLICES =
            new Geometry(10, 10, 61, Numbers.of(1, 1, 3.27), Numbers.of(5, -7, 11), TURNED);

    /** 61 slices of 3.27 mm, 199.47 mm, at 1 mm by the rules of four programs. */
    @ParameterizedTest(name = "{0}: {1} slices from {2} old slices")
    @CsvSource({
        "IBSI, 200, -0.4281, 1",
        "CORNER, 200, -0.3471, 1",
        "ORIGIN, 200, 0, 1",
        "EXTENT, 199, -0.3467, 1.002362"
    })
    void aRuleSaysHowManySlicesAndWhereTheFirst(
            Grid.Rule rule, int slices, double first, double spacing) {
        Geometry to = Grid.of(SLICES, rule, 1, 1, 1);
        Numbers o = to.originMm();
        assertEquals(slices, to.nk());
        assertEquals(first, SLICES.toVoxel(o.get(0), o.get(1), o.get(2)).get(2), 5e-5);
        assertEquals(spacing, to.spacing(2), 1e-6);
        assertEquals(10, to.ni());
        assertEquals(1, to.spacing(0));
    }

    @Test
    void theIbsiGridKeepsTheCentreAndTheDirections() {
        Geometry to = Grid.isotropic(SLICES, 1);
        Numbers centre = to.toWorld(4.5, 4.5, 99.5);
        Numbers before = SLICES.toWorld(4.5, 4.5, 30);
        for (int r = 0; r < 3; r++) {
            assertEquals(before.get(r), centre.get(r), 1e-9);
        }
        assertEquals(SLICES.direction(), to.direction());
    }

    /** 61 · 3.27 = 199.47 mm: outer edges meet at both ends. */
    @Test
    void anExtentThatIsKeptIsKeptAtBothEnds() {
        Geometry to = Grid.of(SLICES, Grid.Rule.EXTENT, 1, 1, 1);
        Numbers last = to.toWorld(0, 0, to.nk() - 0.5);
        Numbers edge = SLICES.toWorld(0, 0, 60.5);
        assertEquals(edge.get(2), last.get(2), 1e-9);
    }

    @ParameterizedTest
    @EnumSource
    void theGridThatIsThereAlreadyStays(Grid.Rule rule) {
        Geometry cubes = new Geometry(7, 6, 5, Numbers.of(2, 2, 2), Numbers.of(1, 2, 3), TURNED);
        assertEquals(cubes, Grid.of(cubes, rule, 2, 2, 2));
    }

    /** Only the ibsi and extent rules never look more than half a voxel beyond the field. */
    @ParameterizedTest(name = "{0} looks {1} slices beyond the last")
    @CsvSource({"IBSI, 0.4281", "CORNER, 0.5092", "ORIGIN, 0.8563", "EXTENT, 0.3467"})
    void whatLiesBeyondIsMeasured(Grid.Rule rule, double slices) {
        assertEquals(slices, Grid.beyond(SLICES, Grid.of(SLICES, rule, 1, 1, 1))[2], 5e-5);
    }

    @Test
    void aFieldReachesHalfAVoxelBeyondItsCentres() {
        Geometry field = Geometry.of(3, 1, 1, 2, 1, 1);
        Geometry grid =
                new Geometry(
                        9, 1, 1, Numbers.of(1, 1, 1), Numbers.of(-2, 0.5, 0), Geometry.IDENTITY);
        boolean o = false;
        boolean x = true;
        assertArrayEquals(new boolean[] {o, x, x, x, x, x, x, x, o}, Grid.inField(field, grid));
    }

    @Test
    void aSpacingThatIsNoneIsNamed() {
        assertEquals(
                "spacing-mm must be positive, got NaN mm",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Grid.isotropic(SLICES, Double.NaN))
                        .getMessage());
    }
}
