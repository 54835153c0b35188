package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhantomAnalysisTest {
    private static Volume truth;

    @BeforeAll
    static void render() {
        truth = QaPhantom.truth();
    }

    /**
     * Noise leaves up to 0.5 % of the width, 0.6 HU and 0.08 %; forgetting the slab (5.3 % on C),
     * the tilt of the top (1.0 %) or the object's own 2 mm (20 % on A) leaves more.
     */
    @ParameterizedTest(name = "scanner {0}")
    @ValueSource(ints = {0, 1, 2})
    void aNoisyScanGivesWidthWithinOnePercentAndOffsetWithinOneHuInTwentySeeds(int which) {
        VirtualScanner s = PlantedCohort.SCANNERS.get(which);
        Geometry grid = s.grid(QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM);
        Numbers expected = s.totalFwhmMm();
        Parallel.forEach(
                20,
                seed -> {
                    ScannerCalibration c =
                            PhantomAnalysis.analyse(
                                    s.scan(truth, grid, seed), s.name(), "2026-01-01");
                    for (int axis = 0; axis < 3; axis++) {
                        double width = c.fwhmMm().orElseThrow().get(axis) / expected.get(axis);
                        assertEquals(1, width, 0.01, "seed " + seed + " axis " + axis);
                    }
                    assertEquals(
                            s.gain(), c.gain().orElseThrow(), 0.003 * s.gain(), "seed " + seed);
                    assertEquals(s.offset(), c.offset().orElseThrow(), 1, "seed " + seed);
                });
    }

    /** Without noise only the slab's shape is left, which is no Gaussian: below 0.2 % of it. */
    @Test
    void aScanWithoutNoiseGivesTheSecondMomentOfGaussianAndSlab() {
        VirtualScanner s = new VirtualScanner("quiet", 1.1, -7, 5, 0.8, 2.5, 2.5, 0, false);
        ScannerCalibration c =
                PhantomAnalysis.analyse(
                        s.scan(truth, s.grid(QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM), 0), "", "");
        assertEquals(5, c.fwhmMm().orElseThrow().get(0), 1e-3);
        assertEquals(5, c.fwhmMm().orElseThrow().get(1), 1e-3);
        assertEquals(Math.sqrt(25 + 5.545 * 2.5 * 2.5 / 12), c.fwhmMm().orElseThrow().get(2), 0.01);
        assertEquals(1.1, c.gain().orElseThrow(), 1e-4);
        assertEquals(-7, c.offset().orElseThrow(), 0.02);
        assertEquals(1.1 * 900 - 7, c.inserts().get("900"), 0.1);
        assertEquals(1.1 * -100 - 7, c.inserts().get("-100"), 0.1);
    }

    @Test
    void aPhantomTwoMillimetresOffItsPlaceIsMeasuredAllTheSame() {
        VirtualScanner s = PlantedCohort.SCANNERS.get(1);
        Geometry g = s.grid(QaPhantom.FIELD_MM + 8, QaPhantom.DEPTH_MM);
        Geometry moved =
                new Geometry(
                        g.ni(),
                        g.nj(),
                        g.nk(),
                        g.spacingMm(),
                        Numbers.of(
                                g.originMm().get(0) + 2,
                                g.originMm().get(1) - 2,
                                g.originMm().get(2) + 2),
                        g.direction());
        ScannerCalibration c = PhantomAnalysis.analyse(s.scan(truth, moved, 5), "B", "2026-01-01");
        assertEquals(4, c.fwhmMm().orElseThrow().get(0), 0.04);
        assertEquals(4, c.fwhmMm().orElseThrow().get(1), 0.04);
        assertEquals(4.128, c.fwhmMm().orElseThrow().get(2), 0.041);
        assertEquals(6, c.offset().orElseThrow(), 1);
    }

    /** A file whose first axis runs to the right and whose slices come first is the same scan. */
    @Test
    void flippedAndExchangedAxesGiveTheSameWidthsAtTheirNewPlaces() {
        VirtualScanner s = PlantedCohort.SCANNERS.get(2);
        Volume scan = s.scan(truth, s.grid(QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM), 5);
        Geometry g = scan.geometry();
        float[] turned = new float[scan.values().length];
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++) {
                    turned[k + g.nk() * (g.ni() - 1 - i + g.ni() * j)] = scan.at(i, j, k);
                }
            }
        }
        Geometry grid =
                new Geometry(
                        g.nk(),
                        g.ni(),
                        g.nj(),
                        Numbers.of(g.spacing(2), g.spacing(0), g.spacing(1)),
                        Numbers.of(7, 8, 9),
                        Numbers.of(0, -1, 0, 0, 0, 1, 1, 0, 0));
        Numbers straight = PhantomAnalysis.analyse(scan, "C", "").fwhmMm().orElseThrow();
        Numbers other =
                PhantomAnalysis.analyse(Volume.of(grid, turned, Quantity.HU), "C", "")
                        .fwhmMm()
                        .orElseThrow();
        assertEquals(straight.get(2), other.get(0), 1e-6);
        assertEquals(straight.get(0), other.get(1), 1e-6);
        assertEquals(straight.get(1), other.get(2), 1e-6);
    }

    @Test
    void aScanThatIsNotInHuIsRefused() {
        Volume scan = truth.withQuantity(Quantity.STORED);
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> PhantomAnalysis.analyse(scan, "B", "2026-01-01"));
        assertEquals(
                "scanner B: the phantom scan is in stored, HU are needed. Apply the units step"
                        + " first.",
                e.getMessage());
    }

    /** Nothing to fit: an even volume, one without values, and one of so few voxels. */
    @ParameterizedTest(name = "{0} HU, spacing {1} mm")
    @CsvSource({"0, 1", "-1024, 1", "NaN, 1", "5, 60"})
    void aScanInWhichNoEdgeCanBeFittedFails(float hu, double spacing) {
        int n = (int) Math.ceil(QaPhantom.FIELD_MM / spacing);
        Geometry grid = VirtualScanner.centred(n, n, n, spacing, spacing);
        float[] values = new float[grid.voxels()];
        java.util.Arrays.fill(values, hu);
        Volume scan = Volume.of(grid, values, Quantity.HU);
        DataException e =
                assertThrows(
                        DataException.class,
                        () -> PhantomAnalysis.analyse(scan, "B", "2026-01-01"));
        assertEquals(
                "scanner B: the edge across x of the phantom is not where its layout puts it."
                        + " Scan the phantom centred in the volume, its rods along the patient's"
                        + " axis.",
                e.getMessage());
    }

    @Test
    void aScanThatDoesNotCoverThePhantomFails() {
        VirtualScanner s = PlantedCohort.SCANNERS.get(1);
        Volume cut = s.scan(truth, s.grid(QaPhantom.FIELD_MM, 45), 5);
        DataException e =
                assertThrows(
                        DataException.class, () -> PhantomAnalysis.analyse(cut, "B", "2026-01-01"));
        assertEquals(
                "scanner B: the phantom scan covers 45.0 mm along k, the phantom's layout needs"
                        + " 60.0 mm. Scan the whole phantom.",
                e.getMessage());
    }

    @Test
    void aScanOfSomethingElseFails() {
        VirtualScanner s = PlantedCohort.SCANNERS.get(1);
        Geometry grid = s.grid(QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM);
        Volume water =
                s.scan(
                        Volume.of(truth.geometry(), new float[truth.values().length], Quantity.HU),
                        grid,
                        5);
        DataException e =
                assertThrows(
                        DataException.class,
                        () -> PhantomAnalysis.analyse(water, "B", "2026-01-01"));
        assertEquals(
                "scanner B: the edge across x of the phantom is not where its layout puts it."
                        + " Scan the phantom centred in the volume, its rods along the patient's"
                        + " axis.",
                e.getMessage());
    }
}
