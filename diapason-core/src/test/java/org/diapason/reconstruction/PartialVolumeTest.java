package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class PartialVolumeTest {
    private static final Geometry G = Geometry.of(24, 20, 12, 2, 2, 3);
    private static final Numbers WIDTH = Numbers.of(6, 6, 6);
    private static final double[] TRUE = {0.5, 4, 8};

    /** Region 7 around region 20, in the rest. */
    private static Volume labels() {
        float[] l = new float[G.voxels()];
        for (int p = 0; p < l.length; p++) {
            int i = p % 24;
            int j = p / 24 % 20;
            int k = p / 480;
            l[p] = i > 4 && i < 19 && j > 3 && j < 16 && k > 1 && k < 10 ? 7 : 0;
            l[p] = i > 8 && i < 15 && j > 6 && j < 12 && k > 3 && k < 8 ? 20 : l[p];
        }
        return Volume.of(G, l, Quantity.UNKNOWN);
    }

    private static float[] truth() {
        float[] u = labels().values().clone();
        for (int p = 0; p < u.length; p++) {
            u[p] = (float) TRUE[u[p] == 0 ? 0 : u[p] == 7 ? 1 : 2];
        }
        return u;
    }

    private static Volume scan() {
        float[] z = new float[G.voxels()];
        new Blur(G, WIDTH).forward(truth(), z);
        return Volume.of(G, z, Quantity.SUV_BW);
    }

    @Test
    void evenRegionsAreFoundExactly() {
        PartialVolume pvc = PartialVolume.of(scan(), labels(), WIDTH);
        assertEquals(Numbers.of(0, 7, 20), pvc.labels());
        for (int c = 0; c < 3; c++) {
            assertEquals(TRUE[c], pvc.corrected().get(c), 1e-4, "region " + c);
        }
        assertTrue(pvc.measured().get(2) < 0.9 * TRUE[2], "blur had taken more than a tenth");
        float[] u = truth();
        for (int p = 0; p < u.length; p++) {
            assertEquals(u[p], pvc.image().values()[p], 1e-4 * 8, "voxel " + p);
        }
        assertTrue(pvc.condition() > 1 && pvc.condition() < 5, "condition " + pvc.condition());
        assertEquals(Quantity.SUV_BW, pvc.image().quantity());
    }

    /** T of two halves of a line is known: each keeps 1 − c, c the same in both. */
    @Test
    void theConditionIsThatOfTwoHalves() {
        Geometry line = Geometry.of(20, 1, 1, 2, 1, 1);
        float[] l = new float[20];
        Arrays.fill(l, 10, 20, 1);
        Volume z = Volume.of(line, PriorTest.random(line, 3, 1), Quantity.UNKNOWN);
        PartialVolume pvc = PartialVolume.of(z, Volume.of(line, l, Quantity.UNKNOWN), WIDTH);
        double kept = pvc.kept().get(0);
        assertEquals(kept, pvc.kept().get(1), 1e-6);
        assertEquals(1 / (2 * kept - 1), pvc.condition(), 1e-5, "eigenvalues 1 and 2 T₀₀ − 1");
    }

    @Test
    void whatWasNotMeasuredDoesNotCount() {
        float[] z = scan().values().clone();
        for (int p = 0; p < z.length; p += 5) {
            z[p] = Float.NaN;
        }
        PartialVolume pvc = PartialVolume.of(Volume.of(G, z, Quantity.SUV_BW), labels(), WIDTH);
        for (int c = 0; c < 3; c++) {
            assertEquals(TRUE[c], pvc.corrected().get(c), 1e-4, "region " + c);
        }
        assertTrue(Float.isNaN(pvc.image().values()[0]));
    }

    @Test
    void aRegionThatKeepsNothingIsRefused() {
        float[] l = labels().values().clone();
        l[G.index(11, 9, 5)] = 21;
        String said =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        PartialVolume.of(
                                                scan(), Volume.of(G, l, Quantity.UNKNOWN), WIDTH))
                        .getMessage();
        // a Gaussian of 6 mm over 2 × 2 × 3 mm: 0.94³ · 2/6 · 2/6 · 3/6 at its peak
        assertTrue(said.startsWith("region 21 of 1 voxels keeps only 5 % of its activity"), said);
    }

    @Test
    void regionsThatBlurMakesAlikeAreRefused() {
        float[] l = new float[G.voxels()];
        for (int p = 0; p < l.length; p++) {
            l[p] = (p % 24 + p / 24 % 20) % 2; // a chequered board of 2 mm
        }
        String said =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        PartialVolume.of(
                                                scan(),
                                                Volume.of(G, l, Quantity.UNKNOWN),
                                                Numbers.of(12, 12, 12)))
                        .getMessage();
        assertTrue(said.startsWith("the regions cannot be told apart at a resolution of"), said);
    }

    @Test
    void labelsThatAreNoneAreRefused() {
        float[] l = new float[G.voxels()];
        l[3] = 0.5f;
        String said =
                assertThrows(
                                RefusedException.class,
                                () ->
                                        PartialVolume.of(
                                                scan(), Volume.of(G, l, Quantity.UNKNOWN), WIDTH))
                        .getMessage();
        assertEquals(
                "the regions need whole numbers, one a region and 0 for the rest, got 0.5. Resample"
                        + " labels by diapason warp --labels.",
                said);
    }
}
