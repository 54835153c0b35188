package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class LesionObjectTest {

    /**
     * The blurred edge takes {@code σ/√(2π) · surface/volume = 3 · 0.339 mm / 18 mm} of the
     * contrast off the mean inside the mask; the surface is bent, hence the tolerance.
     */
    @Test
    void theLesionHasThePlantedMeanAndTexture() {
        double means = 0;
        double sds = 0;
        for (int seed = 0; seed < 8; seed++) {
            LesionObject object = new LesionObject(seed, 88, 50, 2.5, 18);
            Volume truth = object.truth();
            boolean[] in = object.mask(truth.geometry()).voxels();
            double n = 0;
            double sum = 0;
            double square = 0;
            for (int v = 0; v < in.length; v++) {
                if (in[v]) {
                    n++;
                    sum += truth.values()[v];
                    square += truth.values()[v] * truth.values()[v];
                }
            }
            double mean = sum / n;
            means += mean / 8;
            sds += Math.sqrt(square / n - mean * mean) / 8;
        }
        assertEquals(40 + 48 * (1 - 3 * 0.339 / 18), means, 0.6);
        assertEquals(47.9, sds, 1);
    }

    /** White noise under a Gaussian of σ has the autocorrelation exp(−d² / 4σ²): 0.527 at 4 mm. */
    @Test
    void theTextureHasThePlantedCorrelation() {
        double product = 0;
        double square = 0;
        for (int seed = 0; seed < 12; seed++) {
            LesionObject object = new LesionObject(seed, LesionObject.TISSUE_HU, 30, 2.5, 20);
            Volume truth = object.truth();
            Geometry g = truth.geometry();
            int c = g.ni() / 2;
            for (int k = c - 9; k < c + 9; k++) {
                for (int j = c - 9; j < c + 9; j++) {
                    for (int i = c - 9; i < c + 5; i++) {
                        double a = truth.at(i, j, k) - LesionObject.TISSUE_HU;
                        double b = truth.at(i + 4, j, k) - LesionObject.TISSUE_HU;
                        product += a * b;
                        square += (a * a + b * b) / 2;
                    }
                }
            }
        }
        assertEquals(Math.exp(-16 / (4 * 6.25)), product / square, 0.06);
    }

    @Test
    void theMaskHasTheSameVolumeOnEveryGrid() {
        LesionObject object = new LesionObject(11, 60, 30, 2.5, 18);
        Mask fine = object.mask(VirtualScanner.centred(60, 60, 60, 1, 1));
        Mask coarse = object.mask(VirtualScanner.centred(75, 75, 24, 0.8, 2.5));
        double mm3 = fine.count() * fine.geometry().voxelMm3();
        assertEquals(mm3, coarse.count() * coarse.geometry().voxelMm3(), 0.005 * mm3);
        assertTrue(mm3 > 17_000 && mm3 < 33_000, mm3 + " mm³");
    }

    @Test
    void anotherSeedIsAnotherShapeAndTexture() {
        Volume one = new LesionObject(1, 60, 30, 2.5, 18).truth();
        assertArrayEquals(one.values(), new LesionObject(1, 60, 30, 2.5, 18).truth().values());
        Geometry grid = VirtualScanner.centred(60, 60, 60, 1, 1);
        boolean[] mask = new LesionObject(1, 60, 30, 2.5, 18).mask(grid).voxels();
        boolean[] other = new LesionObject(2, 60, 30, 2.5, 18).mask(grid).voxels();
        assertFalse(Arrays.equals(mask, other));
    }
}
