package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;

class WatershedTest {
    private static int[] flood(float[] height, int... markers) {
        return Watershed.flood(Geometry.of(height.length, 1, 1, 1, 1, 1), height, markers);
    }

    /** The crest goes to the basin that stands beside it first, here the lower one. */
    @Test
    void basinsMeetAtTheCrest() {
        float[] height = {0, 1, 3, 9, 2, 5, 0};
        assertArrayEquals(new int[] {1, 1, 1, 1, 2, 2, 2}, flood(height, 1, 0, 0, 0, 0, 0, 2));
    }

    @Test
    void lowPlacesAreTakenBeforeHighOnesHoweverFar() {
        Geometry g = Geometry.of(3, 3, 1, 1, 1, 1);
        float[] height = {0, 1, 1, 9, 9, 1, 0, 8, 1};
        int[] markers = {1, 0, 0, 0, 0, 0, 2, 0, 0};
        int[] label = Watershed.flood(g, height, markers);
        assertArrayEquals(new int[] {1, 1, 1}, new int[] {label[1], label[5], label[8]});
    }

    @Test
    void noValueIsAWall() {
        float nan = Float.NaN;
        assertArrayEquals(
                new int[] {1, 1, 0, 0, 0, 2},
                flood(new float[] {0, 5, nan, 1, nan, 0}, 1, 0, 0, 0, 0, 2));
    }

    /**
     * skimage.segmentation.watershed(np.zeros((1, 7)), [[1,0,0,0,0,0,2]]) of scikit-image 0.19.3 is
     * [[1 1 1 1 2 2 2]]: of equal places the one reached first.
     */
    @Test
    void plateausAreSharedByTheWay() {
        assertArrayEquals(
                new int[] {1, 1, 1, 1, 2, 2, 2}, flood(new float[7], 1, 0, 0, 0, 0, 0, 2));
    }
}
