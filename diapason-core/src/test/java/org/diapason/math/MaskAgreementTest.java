package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class MaskAgreementTest {
    private static boolean[] box(Geometry g, int i0, int i1, int j0, int j1, int k0, int k1) {
        boolean[] m = new boolean[g.voxels()];
        for (int v = 0; v < m.length; v++) {
            int i = v % g.ni();
            int j = v / g.ni() % g.nj();
            int k = v / (g.ni() * g.nj());
            m[v] = i >= i0 && i <= i1 && j >= j0 && j <= j1 && k >= k0 && k <= k1;
        }
        return m;
    }

    @Test
    void aMaskAgreesWithItself() {
        Geometry g = Geometry.of(9, 8, 7, 1, 2, 3);
        boolean[] m = box(g, 2, 5, 1, 4, 3, 5);
        assertEquals(new MaskAgreement(1, 0, 0), MaskAgreement.of(g, m, m));
    }

    /** One voxel each: every figure is the distance, √(3² + (2·2)² + (1.5·8)²) = 13. */
    @Test
    void twoVoxelsAreAsFarApartAsTheirCentresInMm() {
        Geometry g = Geometry.of(9, 8, 12, 1, 2, 1.5);
        boolean[] a = box(g, 1, 1, 1, 1, 1, 1);
        boolean[] b = box(g, 4, 4, 3, 3, 9, 9);
        assertEquals(new MaskAgreement(0, 13, 13), MaskAgreement.of(g, a, b));
    }

    /** Rods of 4 and 6 voxels on a line of 2 mm: all are surface across, the ends are 4 mm off. */
    @Test
    void aLongerRodIsOffByItsEnd() {
        Geometry g = Geometry.of(10, 3, 3, 2, 1, 1);
        MaskAgreement found =
                MaskAgreement.of(g, box(g, 1, 4, 1, 1, 1, 1), box(g, 1, 6, 1, 1, 1, 1));
        assertEquals(0.8, found.dice(), 1e-15);
        assertEquals(4, found.hausdorffMm(), 1e-15);
        assertEquals((2 + 4) / 10.0, found.surfaceMm(), 1e-15);
    }

    /** Of a square of 5 × 5 in a picture the 9 inner ones are no surface. */
    @Test
    void whatIsInsideDoesNotCount() {
        Geometry g = Geometry.of(11, 11, 1, 1, 1, 5);
        MaskAgreement found =
                MaskAgreement.of(g, box(g, 3, 7, 3, 7, 0, 0), box(g, 5, 5, 5, 5, 0, 0));
        assertEquals(Math.sqrt(8), found.hausdorffMm(), 1e-15);
        // ring of 16: 4 corners √8, 4 middles 2, 8 others √5; the one voxel is 2 from the ring
        double sum = 4 * Math.sqrt(8) + 4 * 2 + 8 * Math.sqrt(5) + 2;
        assertEquals(sum / 17, found.surfaceMm(), 1e-12);
    }

    @Test
    void nothingHasNoSurface() {
        Geometry g = Geometry.of(3, 3, 3, 1, 1, 1);
        boolean[] none = new boolean[27];
        MaskAgreement one = MaskAgreement.of(g, none, box(g, 1, 1, 1, 1, 1, 1));
        assertEquals(new MaskAgreement(0, Double.NaN, Double.NaN), one);
        assertEquals(Double.NaN, MaskAgreement.of(g, none, none).dice());
    }

    @Test
    void distancesAreThoseOfEveryPair() {
        Geometry g = Geometry.of(13, 9, 7, 0.8, 1.3, 3.1);
        Rng rng = new Rng(5);
        boolean[] set = new boolean[g.voxels()];
        for (int n = 0; n < 6; n++) {
            set[rng.nextInt(set.length)] = true;
        }
        double[] found = DistanceMap.squaredMm(g, set);
        for (int v = 0; v < set.length; v++) {
            double least = Double.POSITIVE_INFINITY;
            for (int w = 0; w < set.length; w++) {
                double i = 0.8 * (v % 13 - w % 13);
                double j = 1.3 * (v / 13 % 9 - w / 13 % 9);
                double k = 3.1 * (v / 117 - w / 117);
                least = set[w] ? Math.min(least, i * i + j * j + k * k) : least;
            }
            assertEquals(least, found[v], 1e-9);
        }
    }
}
