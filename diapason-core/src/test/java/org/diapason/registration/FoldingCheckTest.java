package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class FoldingCheckTest {
    /** Spacings that differ, x to the right instead of the left, and turned about z. */
    private static final Geometry TURNED =
            new Geometry(
                    9,
                    8,
                    7,
                    Numbers.of(1.5, 2, 3),
                    Numbers.of(10, -20, 5),
                    Numbers.of(-0.8, 0.6, 0, 0.6, 0.8, 0, 0, 0, 1));

    private interface Shift {
        double[] at(double[] place, int i, int j, int k);
    }

    private static DisplacementField field(Geometry g, Shift shift) {
        float[][] u = new float[3][g.voxels()];
        for (int v = 0; v < g.voxels(); v++) {
            int i = v % g.ni();
            int j = v / g.ni() % g.nj();
            int k = v / (g.ni() * g.nj());
            double[] s = shift.at(g.toWorld(i, j, k).toArray(), i, j, k);
            for (int r = 0; r < 3; r++) {
                u[r][v] = (float) s[r];
            }
        }
        return DisplacementField.of(g, u[0], u[1], u[2]);
    }

    @Test
    void everyDeterminantOfALinearMapIsItsOwn() {
        // det of I + G = 1.2 · (0.9 · 1.1 − 0.05 · 0.1) = 1.182
        DisplacementField f =
                field(
                        TURNED,
                        (p, i, j, k) ->
                                new double[] {
                                    0.2 * p[0], -0.1 * p[1] + 0.05 * p[2], 0.1 * p[1] + 0.1 * p[2]
                                });
        Folding found = FoldingCheck.of(f);
        assertEquals(7 * 6 * 5, found.voxels());
        assertEquals(0, found.folded());
        assertEquals(1.182, found.least(), 1e-5);
        assertEquals(1.182, found.most(), 1e-5);
        assertEquals(Math.log(1.182), found.meanLog(), 1e-5);
        assertEquals(0, found.sdLog(), 1e-3);
    }

    @Test
    void aMirrorFoldsAllThereIs() {
        Folding found =
                FoldingCheck.of(field(TURNED, (p, i, j, k) -> new double[] {0, 0, -2 * p[2]}));
        assertEquals(found.voxels(), found.folded());
        assertEquals(-1, found.least(), 1e-5);
        assertEquals(210 * 9, found.foldedMm3(), 0.01, "every voxel of 9 mm³ is the wrong way");
        assertEquals(0, found.counts().stream().mapToLong(c -> c).sum());
    }

    @Test
    void aChessboardFoldsThoughCentralDifferencesSeeNothing() {
        // Every second voxel 1.2 voxels to one side: u(i+1) = u(i−1), so the central one is exactly
        // 1.
        Geometry g = Geometry.of(10, 9, 8, 2, 2, 2);
        Folding found =
                FoldingCheck.of(
                        field(
                                g,
                                (p, i, j, k) ->
                                        new double[] {(i + j + k) % 2 == 0 ? 2.4 : 0, 0, 0}));
        assertEquals(0, found.meanLog(), 1e-6);
        assertEquals(0, found.sdLog(), 1e-6);
        assertEquals(found.voxels(), found.folded());
        assertEquals(-0.2, found.least(), 1e-5);
    }

    @Test
    void theTetrahedraSeeAFoldThatNoCornerSees() {
        // Planes turned by 100° against each other: corners lie in a plane and an upright, det 1;
        // the diagonals of top and bottom have passed each other, det cos 100°.
        Geometry g = Geometry.of(7, 7, 6, 1, 1, 1);
        Folding found =
                FoldingCheck.of(
                        field(
                                g,
                                (p, i, j, k) -> {
                                    double c = Math.cos(Math.toRadians(100 * k));
                                    double s = Math.sin(Math.toRadians(100 * k));
                                    double x = p[0] - 3;
                                    double y = p[1] - 3;
                                    return new double[] {c * x - s * y - x, s * x + c * y - y, 0};
                                }));
        assertEquals(1, found.most(), 1e-5);
        assertEquals(Math.cos(Math.toRadians(100)), found.least(), 1e-5);
        assertEquals(found.voxels(), found.folded());
        // Both ways to cut a cube have a third of it in the middle.
        assertEquals(found.voxels() * 0.17365 / 3, found.foldedMm3(), 1e-3);
    }

    @Test
    void onePlaneHasFourDeterminantsAndNoDepth() {
        Geometry g = Geometry.of(9, 9, 1, 1, 1, 5);
        Folding found =
                FoldingCheck.of(
                        field(g, (p, i, j, k) -> new double[] {i == 4 && j == 4 ? 1.5 : 0, 0, 0}));
        assertEquals(49, found.voxels());
        assertEquals(-0.5, found.least(), 1e-6);
        assertEquals(2.5, found.most(), 1e-6);
        // Itself to the right and the neighbour's right side: voxels (4,4), (5,4), whatever is
        // beside.
        assertTrue(found.folded() >= 2, "folded " + found.folded());
    }

    @Test
    void aShiftThatIsNoNumberCountsAsAFold() {
        Geometry g = Geometry.of(5, 5, 5, 1, 1, 1);
        DisplacementField f =
                field(
                        g,
                        (p, i, j, k) ->
                                new double[] {
                                    i + j + k == 6 && i == 2 && j == 2 ? Double.NaN : 0, 0, 0
                                });
        assertTrue(FoldingCheck.of(f).folded() > 0);
    }

    @Test
    void theRepairLeavesNoFoldAndTheRestAlone() {
        Geometry g = Geometry.of(24, 20, 18, 1, 1.5, 2);
        Rng rng = new Rng(1);
        DisplacementField bad =
                field(
                        g,
                        (p, i, j, k) ->
                                i > 2 && i < 10 && j > 2 && j < 17 && k > 2 && k < 15
                                        ? new double[] {
                                            3 * rng.nextGaussian(),
                                            3 * rng.nextGaussian(),
                                            3 * rng.nextGaussian()
                                        }
                                        : new double[3]);
        long before = FoldingCheck.of(bad).folded();
        assertTrue(before > 500, "folded " + before);
        FoldRepair.Repaired repaired = FoldRepair.of(bad);
        assertEquals(0, repaired.folding().folded());
        assertEquals(before, repaired.folding().repaired());
        assertTrue(repaired.folding().least() > FoldRepair.LEAST);
        assertTrue(repaired.rounds() > 0 && repaired.mostMm() > repaired.meanMm());
        assertTrue(repaired.meanMm() > 0);
        for (int r = 0; r < 3; r++) {
            for (int v = 0; v < g.voxels(); v++) {
                int i = v % g.ni();
                boolean border = i == 0 || v % (g.ni() * g.nj()) < g.ni();
                assertTrue(!border || repaired.field().shifts(r)[v] == 0, "the border stays");
            }
        }
    }

    @Test
    void theRepairEndsAlsoWhereAShiftIsNoNumber() {
        Geometry g = Geometry.of(7, 7, 7, 1, 1, 1);
        DisplacementField hole =
                field(
                        g,
                        (p, i, j, k) ->
                                new double[] {i * j * k == 27 && i == j ? Double.NaN : 0.5, 0, 0});
        FoldRepair.Repaired repaired = FoldRepair.of(hole);
        assertEquals(0, repaired.folding().folded());
        assertEquals(0, repaired.field().shifts(0)[g.index(3, 3, 3)]);
    }

    @Test
    void whatDoesNotFoldIsNotTouched() {
        Geometry g = Geometry.of(8, 8, 8, 1, 1, 1);
        DisplacementField good = field(g, (p, i, j, k) -> new double[] {0.1 * p[1], 0, 0});
        FoldRepair.Repaired repaired = FoldRepair.of(good);
        assertSame(good, repaired.field());
        assertEquals(0, repaired.rounds());
        assertEquals(0, repaired.mostMm());
    }

    @Test
    void theWayThereAndBackMissesByWhatIsMissing() {
        Geometry g = Geometry.of(20, 10, 10, 2, 2, 2);
        Affine there = Affine.shift(3, 0, 0);
        Affine back = Affine.shift(-3, 0.4, 0.3);
        Certificate.ErrorMm e = InverseConsistency.of(there, back, g, Optional.empty());
        assertArrayEquals(
                new double[] {0.5, 0.5, 0.5}, new double[] {e.mean(), e.p95(), e.max()}, 1e-9);
        assertEquals("way there and back from 2000 voxels", e.how());
    }
}
