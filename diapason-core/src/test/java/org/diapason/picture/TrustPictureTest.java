package org.diapason.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.fusion.BiasMap;
import org.diapason.fusion.Misregistration;
import org.diapason.fusion.Weighted;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** Half of a ramp of 10 a mm at the left, even at the right; noise 3, off by 2 mm. */
class TrustPictureTest {
    private static final Geometry GRID =
            new Geometry(40, 16, 12, Numbers.of(1, 1, 1), Numbers.of(0, 0, 0), Geometry.IDENTITY);
    private static final double SD = 0.5 * 10 * 2 / Math.sqrt(8 / Math.PI); // 6.27, noise × 2.09

    private static Volume ramp() {
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = 10 * Math.min(20, v % 40);
        }
        return Volume.of(GRID, values, Quantity.UNKNOWN);
    }

    private static BiasMap map() {
        Volume even = Volume.of(GRID, new float[GRID.voxels()], Quantity.UNKNOWN);
        BiasMap.Settings settings =
                new BiasMap.Settings(
                        OptionalDouble.of(3), 1, OptionalDouble.empty(), 0, Optional.empty());
        return BiasMap.of(
                Weighted.of(0.5),
                List.of(even, ramp()),
                1,
                Misregistration.isotropic(2, GRID),
                settings);
    }

    @Test
    void whatIsColouredIsTheEdgeRisk() {
        BiasMap map = map();
        TrustPicture picture = TrustPicture.of(ramp(), map, 0);
        boolean[] risk = map.edgeRisk().voxels();
        long count = 0;
        for (int v = 0; v < risk.length; v++) {
            assertEquals(risk[v], picture.overlay().shows(picture.excess().values()[v]));
            count += risk[v] ? 1 : 0;
        }
        assertEquals(count, picture.marked());
        assertTrue(risk[GRID.index(10, 8, 6)] && !risk[GRID.index(32, 8, 6)]);
        assertEquals(SD / 3, picture.excess().at(10, 8, 6), 1e-3);
        assertEquals("noise", picture.over());
    }

    @Test
    void whatIsBelowTheToleranceIsNotColoured() {
        assertEquals(0, TrustPicture.of(ramp(), map(), 5 * SD).marked());
        TrustPicture some = TrustPicture.of(ramp(), map(), 0.9 * SD);
        assertTrue(some.marked() > 0);
        assertEquals(1 / 0.9, some.excess().at(10, 8, 6), 1e-3);
        assertEquals("tolerance", some.over());
        assertThrows(
                IllegalArgumentException.class, () -> TrustPicture.of(ramp(), map(), Double.NaN));
    }

    // 0.6 of the table at (2.09 − 1)/4 of it, a quarter below orange, over grey: red above green,
    // green above blue; the even half stays grey
    @Test
    void aPlaceThatIsNotToBeTrustedIsYellowToRed() {
        TrustPicture picture = TrustPicture.of(ramp(), map(), 0);
        Volume whole = picture.overlay().volume(ramp(), picture.excess());
        int at = GRID.index(10, 8, 6);
        assertTrue(whole.channel(0)[at] > whole.channel(1)[at] + 20);
        assertTrue(whole.channel(1)[at] > whole.channel(2)[at] + 20);
        int even = GRID.index(32, 8, 6);
        assertEquals(whole.channel(0)[even], whole.channel(2)[even]);
        Volume drawn = picture.draw(ramp());
        assertEquals(3, drawn.channels());
    }
}
