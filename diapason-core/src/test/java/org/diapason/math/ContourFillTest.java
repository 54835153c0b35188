package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Contour;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

/** Contours whose voxels can be counted on paper. */
class ContourFillTest {
    private static final Geometry GRID = Geometry.of(12, 10, 3, 1, 1, 2);

    /** Turned by 30° about x, then by 20° about z; all spacings different. */
    private static final Geometry OBLIQUE = oblique();

    private static Geometry oblique() {
        double c = Math.sqrt(0.75);
        double s = 0.5;
        double d = StrictMath.cos(StrictMath.toRadians(20));
        double t = StrictMath.sin(StrictMath.toRadians(20));
        return new Geometry(
                40,
                30,
                5,
                Numbers.of(0.7, 1.3, 2.5),
                Numbers.of(-11.5, 20.25, -300.125),
                Numbers.of(d, -t * c, t * s, t, d * c, -d * s, 0, s, c));
    }

    /** Makes a contour of voxel positions i, j, i, j, … at a place along k. */
    private static Contour polygon(Geometry grid, double k, double... ij) {
        double[] mm = new double[ij.length / 2 * 3];
        for (int n = 0; n < ij.length / 2; n++) {
            System.arraycopy(grid.toWorld(ij[2 * n], ij[2 * n + 1], k).toArray(), 0, mm, 3 * n, 3);
        }
        return new Contour(Numbers.of(mm));
    }

    private static Contour square(double k, double low, double high) {
        return polygon(GRID, k, low, low, high, low, high, high, low, high);
    }

    private static Contour circle(Geometry grid, double k, double ci, double cj, double mm) {
        double[] ij = new double[720];
        for (int n = 0; n < 360; n++) {
            ij[2 * n] = ci + mm * StrictMath.cos(StrictMath.toRadians(n)) / grid.spacing(0);
            ij[2 * n + 1] = cj + mm * StrictMath.sin(StrictMath.toRadians(n)) / grid.spacing(1);
        }
        return polygon(grid, k, ij);
    }

    private static int count(Contour... contours) {
        return ContourFill.fill(List.of(contours), GRID).count();
    }

    private static String failure(Contour... contours) {
        return assertThrows(DataException.class, () -> count(contours)).getMessage();
    }

    @Test
    void aSquareHoldsTheCentresInIt() {
        Mask mask = ContourFill.fill(List.of(square(1, 1.5, 5.5)), GRID);
        for (int n = 0; n < GRID.voxels(); n++) {
            int i = n % 12;
            int j = n / 12 % 10;
            boolean in = i >= 2 && i <= 5 && j >= 2 && j <= 5 && n / 120 == 1;
            assertEquals(in, mask.voxels()[n]);
        }
        assertTrue(mask.notes().isEmpty());
    }

    @Test
    void aSquareThroughCentresTakesThoseOfItsLowSidesAndLeavesThoseOfItsHighSides() {
        Mask mask = ContourFill.fill(List.of(square(1, 2, 5)), GRID);
        assertEquals(9, mask.count());
        assertTrue(mask.at(2, 2, 1) && mask.at(4, 4, 1));
    }

    @Test
    void aContourInAContourIsAHoleWhicheverWayRoundItRuns() {
        assertEquals(64 - 16, count(square(1, 0.5, 8.5), square(1, 2.5, 6.5)));
        Contour backwards = polygon(GRID, 1, 2.5, 2.5, 2.5, 6.5, 6.5, 6.5, 6.5, 2.5);
        assertEquals(64 - 16, count(square(1, 0.5, 8.5), backwards));
        // an island in the hole
        assertEquals(64 - 16 + 4, count(square(1, 0.5, 8.5), backwards, square(1, 3.5, 5.5)));
    }

    @Test
    void theChannelOfAKeyholeVanishesEvenWhereItRunsThroughCentres() {
        Contour keyhole =
                polygon(
                        GRID, 1, 0.5, 0.5, 8.5, 0.5, 8.5, 8.5, 0.5, 8.5, 0.5, 4, 2.5, 4, 2.5, 6.5,
                        6.5, 6.5, 6.5, 2.5, 2.5, 2.5, 2.5, 4, 0.5, 4);
        assertArrayEquals(
                ContourFill.fill(List.of(square(1, 0.5, 8.5), square(1, 2.5, 6.5)), GRID).voxels(),
                ContourFill.fill(List.of(keyhole), GRID).voxels());
    }

    @Test
    void severalContoursOfASliceAreTakenTogetherAndARepeatedOneOnce() {
        Contour left = square(0, 0.5, 2.5);
        Contour right = square(0, 5.5, 7.5);
        assertEquals(8, count(left, right));
        Mask twice = ContourFill.fill(List.of(left, right, left), GRID);
        assertEquals(8, twice.count());
        assertEquals(List.of("slice 1: 1 repeated contours count once."), twice.notes());
    }

    @Test
    void anOutlineIsRepeatedFromWhateverPointAndWhicheverWayRound() {
        Contour drawn = polygon(GRID, 0, 0.5, 0.5, 4.5, 0.5, 4.5, 3.5, 0.5, 3.5);
        Contour later = polygon(GRID, 0, 4.5, 3.5, 0.5, 3.5, 0.5, 0.5, 4.5, 0.5);
        Contour backwards = polygon(GRID, 0, 4.5, 3.5, 4.5, 0.5, 0.5, 0.5, 0.5, 3.5);
        Contour closed = polygon(GRID, 0, 4.5, 0.5, 4.5, 3.5, 0.5, 3.5, 0.5, 0.5, 4.5, 0.5);
        for (Contour again : List.of(later, backwards, closed)) {
            assertEquals(12, count(drawn, again));
            assertEquals(12, count(again, drawn));
        }
        // the same corners crossed over are another outline
        assertEquals(
                12 - 4, count(drawn, polygon(GRID, 0, 0.5, 0.5, 4.5, 0.5, 0.5, 3.5, 4.5, 3.5)));
    }

    @Test
    void regionsWithACommonBorderShareNoVoxelAndLoseNone() {
        // triangles fanned around centre (5, 4), with corners on centres: all borders meet centres
        int[][] rim = {{1, 1}, {5, 1}, {9, 1}, {9, 5}, {9, 8}, {6, 8}, {1, 8}, {1, 4}};
        int[] owners = new int[GRID.voxels()];
        for (int n = 0; n < rim.length; n++) {
            int[] a = rim[n];
            int[] b = rim[(n + 1) % rim.length];
            Contour part = polygon(GRID, 1, 5, 4, a[0], a[1], b[0], b[1]);
            boolean[] in = ContourFill.fill(List.of(part), GRID).voxels();
            for (int v = 0; v < in.length; v++) {
                owners[v] += in[v] ? 1 : 0;
            }
        }
        boolean[] whole =
                ContourFill.fill(List.of(polygon(GRID, 1, 1, 1, 9, 1, 9, 8, 1, 8)), GRID).voxels();
        for (int v = 0; v < owners.length; v++) {
            assertEquals(whole[v] ? 1 : 0, owners[v]);
        }
    }

    @Test
    void aCircleOnAnObliqueGridHoldsTheCentresWithinItsRadius() {
        List<Contour> disc = new ArrayList<>();
        disc.add(circle(OBLIQUE, 2, 19.3, 14.6, 9));
        disc.add(circle(OBLIQUE, 2, 19.3, 14.6, 4));
        Mask mask = ContourFill.fill(disc, OBLIQUE);
        int ring = 0;
        for (int n = 0; n < OBLIQUE.voxels(); n++) {
            double x = (n % 40 - 19.3) * 0.7;
            double y = (n / 40 % 30 - 14.6) * 1.3;
            double r = Math.sqrt(x * x + y * y);
            // the 360-gon lies within r (1 − cos 0.5°) = 0.0004 mm of its circle; no centre does
            boolean in = n / 1200 == 2 && r < 9 && r > 4;
            assertEquals(in, mask.voxels()[n], "voxel " + n);
            ring += in ? 1 : 0;
        }
        assertEquals(Math.PI * (81 - 16) / (0.7 * 1.3), ring, 4); // area / pixel = 224.4
    }

    @Test
    void aContourBetweenSlicesBelongsToTheNearestOne() {
        assertTrue(ContourFill.fill(List.of(square(1.49, 2, 5)), GRID).at(3, 3, 1));
        assertTrue(ContourFill.fill(List.of(square(1.5, 2, 5)), GRID).at(3, 3, 2));
        assertTrue(ContourFill.fill(List.of(square(-0.5, 2, 5)), GRID).at(3, 3, 0));
    }

    @Test
    void ofSeveralPlanesOnASliceTheNearestIsTakenAndTheOthersAreNamed() {
        Mask mask =
                ContourFill.fill(
                        List.of(square(0.7, 2, 8), square(1.1, 2, 5), square(1.35, 2, 8)), GRID);
        assertEquals(9, mask.count());
        assertEquals(
                List.of(
                        "slice 2: contours lie on several planes; those on the nearest are taken, 2"
                                + " left out."),
                mask.notes());
    }

    @Test
    void aGapIsNotFilledButNamed() {
        Geometry tall = Geometry.of(12, 10, 8, 1, 1, 2);
        List<Contour> contours = new ArrayList<>();
        for (int k : new int[] {0, 1, 3, 7}) {
            contours.add(polygon(tall, k, 2, 2, 5, 2, 5, 5, 2, 5));
        }
        Mask mask = ContourFill.fill(contours, tall);
        assertEquals(4 * 9, mask.count());
        assertEquals(
                List.of(
                        "4 slices between the first and the last contour (number 3, 5–7) have none"
                                + " and stay empty."),
                mask.notes());
    }

    @Test
    void contoursDrawnOnCoarserSlicesAreRefused() {
        assertEquals(
                "its contours lie at least 4.00 mm apart, the slices of the image 2.00 mm, so that"
                        + " no two neighbouring slices have contours. Give the image it was drawn"
                        + " on, or draw the slices between.",
                failure(square(0, 2, 5), square(2, 2, 5)));
    }

    @Test
    void contoursOnOtherPlanesThanTheSlicesAreRefused() {
        double[] sagittal = {3, 1, 0, 3, 5, 0, 3, 5, 4, 3, 1, 4};
        assertEquals(
                "a contour reaches across 4.00 mm of the slice axis (slices are 2.00 mm apart): it"
                        + " is not parallel to the slices of this image. Give the image it was drawn"
                        + " on.",
                failure(new Contour(Numbers.of(sagittal))));
    }

    @Test
    void whatLiesOutsideTheImageIsCutOffAndNamed() {
        Mask mask =
                ContourFill.fill(
                        List.of(
                                polygon(GRID, 2, 9.5, 7.5, 900, 7.5, 900, 900, 9.5, 900),
                                square(3, 2, 5),
                                square(4, 2, 5)),
                        GRID);
        assertEquals(4, mask.count());
        assertEquals(
                List.of(
                        "2 planes of contours lie beyond the slices of the image.",
                        "contours leave the image at its sides and are cut off there."),
                mask.notes());
        assertEquals(
                "none of its 1 contours lies on a slice of the image. Give the image it was drawn"
                        + " on.",
                failure(square(5, 2, 5)));
    }

    @Test
    void anEdgeAMillionthOfAVoxelBesideACentreIsBesideIt() {
        // from i = 3 on row 1 to i = 3 + 2⁻²⁰ on row 4: to the right of the centres of rows 2 and 3
        assertEquals(5 + 4 + 4, count(polygon(GRID, 1, 3, 1, 3 + 0x1p-20, 4, 8, 4, 8, 1)));
        assertEquals(5 + 5 + 5, count(polygon(GRID, 1, 3, 1, 3 - 0x1p-20, 4, 8, 4, 8, 1)));
    }

    @Test
    void contoursBetweenCentresHoldNothingAndSaySo() {
        Mask mask = ContourFill.fill(List.of(square(1, 2.25, 2.75)), GRID);
        assertEquals(0, mask.count());
        assertEquals(List.of("no centre of a voxel lies inside its contours."), mask.notes());
    }

    @Test
    void aSteepEdgeThatComesFromFarOutsideIsExact() {
        // from row −100000 to row 10 along i = 6 + (10 − j) / 1000: 6 < i < 7 on all rows of the
        // grid
        Contour wedge = polygon(GRID, 1, 106.01, -100000, 6, 10, 0, 10, 0, -100000);
        assertEquals(7 * 10, count(wedge));
        assertTrue(
                failure(polygon(GRID, 1, 0, 0, 200000, 0, 0, 5))
                        .startsWith("a contour has a point more than 131072 voxels away"));
    }

    @Test
    void aMillionPointsAreFilled() {
        Geometry fine = Geometry.of(512, 512, 1, 1, 1, 1);
        double[] ij = new double[2_000_000];
        for (int n = 0; n < 1_000_000; n++) {
            double angle = n * (2 * Math.PI / 1_000_000);
            ij[2 * n] = 255.3 + 200 * StrictMath.cos(angle);
            ij[2 * n + 1] = 255.4 + 200 * StrictMath.sin(angle);
        }
        Mask mask = ContourFill.fill(List.of(polygon(fine, 0, ij)), fine);
        // lattice points in a circle: π r² ± a few times r^(2/3)
        assertEquals(Math.PI * 200 * 200, mask.count(), 60);
    }
}
