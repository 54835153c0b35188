package org.diapason.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class BlurTest {
    private static final Geometry G = Geometry.of(17, 9, 5, 2, 1.5, 3);
    private static final Blur BLUR = new Blur(G, Numbers.of(6, 5, 7));

    @Test
    void theTransposeIsExactAtTheBordersToo() {
        float[] x = PriorTest.random(G, 1, -1.5);
        float[] y = PriorTest.random(G, 2, -1.5);
        float[] ax = new float[x.length];
        float[] ay = new float[x.length];
        BLUR.forward(x, ax);
        BLUR.backward(y, ay);
        double size = Math.sqrt(Total.dot(ax, ax) * Total.dot(y, y));
        assertEquals(Total.dot(ax, y), Total.dot(x, ay), 1e-6 * size);
    }

    @Test
    void constantsAndSumsStay() {
        float[] ones = new float[G.voxels()];
        Arrays.fill(ones, 1);
        float[] out = new float[ones.length];
        BLUR.forward(ones, out);
        float[] same = new float[ones.length];
        Arrays.fill(same, 1);
        assertArrayEquals(same, out, 1e-6f);
        float[] corner = new float[ones.length];
        corner[0] = 100;
        BLUR.forward(corner, out);
        assertEquals(100, Total.dot(ones, out), 1e-4);
    }

    /** A point in the middle of a long axis: second moment σ² = (6 mm / 2.3548)². */
    @Test
    void widthsAreInMm() {
        Geometry g = Geometry.of(41, 1, 1, 1.5, 1, 1);
        float[] point = new float[41];
        point[20] = 1;
        float[] out = new float[41];
        new Blur(g, Numbers.of(6, 6, 6)).forward(point, out);
        double moment = 0;
        for (int i = 0; i < 41; i++) {
            moment += out[i] * (i - 20) * (i - 20) * 2.25;
        }
        assertEquals(6 / 2.3548200450309493, Math.sqrt(moment), 1e-3, "sampled Gaussian");
    }

    @Test
    void noWidthIsNoBlurAndANegativeOneIsRefused() {
        float[] x = PriorTest.random(G, 1, -1.5);
        float[] out = new float[x.length];
        new Blur(G, Numbers.of(0, 0, 0)).forward(x, out);
        assertArrayEquals(x, out, 0);
        assertEquals(
                "fwhm must be 0 mm or more, got -1.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Blur(G, Numbers.of(1, -1, 1)))
                        .getMessage());
    }
}
