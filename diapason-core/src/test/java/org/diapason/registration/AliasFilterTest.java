package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class AliasFilterTest {
    private static final Geometry IMAGE = Geometry.of(40, 40, 1, 1, 1, 3);
    private static final Geometry GRID = Geometry.of(20, 20, 5, 2, 1.02, 5);

    private static AliasFilter before(Optional<Numbers> width, Affine t) {
        return AliasFilter.before(IMAGE, width, GridThrough.of(GRID, t));
    }

    /** sqrt(2² − 1)/2.3548 and sqrt(1.02² − 1)/2.3548 voxels, worked out by hand. */
    @Test
    void onlyWhatGetsCoarserIsBlurred() {
        AliasFilter filter = before(Optional.empty(), Affine.IDENTITY);
        assertArrayEquals(
                new double[] {0.735534, 0.085356, 0}, filter.sigmaVoxels().toArray(), 1e-6);
        assertEquals(List.of("cardoso", "cardoso", "none: one voxel"), filter.rules());
        assertEquals(
                List.of("none: switched off", "none: switched off", "none: one voxel"),
                filter.off().rules());
    }

    @Test
    void aResolutionOfTwoNewVoxelsNeedsNoFilter() {
        AliasFilter filter = before(Optional.of(Numbers.of(4, 2, 9)), Affine.IDENTITY);
        assertEquals("none: resolution spans 2 new voxels", filter.rules().get(0));
        assertEquals("cardoso", filter.rules().get(1), "2 mm are less than twice 1.02");
    }

    /** A scale that was found is not known to 2 %; one of 10 % counts, on the axis it lies on. */
    @Test
    void whatATransformScalesByLessThanFivePerCentIsLeftAlone() {
        Affine little = new Affine(Numbers.of(0.5, 0, 0, 0, 0, 1.02, 0, 0, 0, 0, 1, 0));
        AliasFilter none = before(Optional.empty(), little);
        assertArrayEquals(new double[3], none.sigmaVoxels().toArray());
        assertEquals("none: not coarser", none.rules().get(1));
        // along y of the image: sqrt((0.6·2)² + (1.02)²) mm a voxel of the grid
        Affine shear = new Affine(Numbers.of(0.5, 0, 0, 0, 0.6, 1, 0, 0, 0, 0, 1, 0));
        double k = Math.sqrt(1.44 + 1.0404);
        assertEquals(
                Math.sqrt(k * k - 1) / 2.3548200450309493,
                before(Optional.empty(), shear).sigmaVoxels().get(1),
                1e-12);
    }
}
