package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class CompositeBenchTest {

    @Test
    void everyWayLaysTheFirstPixelOnTheOther() {
        CompositeBench bench = new CompositeBench();
        bench.size = "32x16x1";
        bench.white = "255";
        bench.setUp();
        assertArrayEquals(bench.source.channel(3), bench.copy()[3]);
        double a = bench.source.channel(3)[0];
        double below = bench.target.channel(3)[0] * (255 - a) / 255;
        double all = a + below;
        double s = bench.source.channel(0)[0];
        double d = bench.target.channel(0)[0];
        Volume straight = bench.straight();
        assertEquals(all, straight.channel(3)[0], 0.5);
        assertEquals((a * s + below * d) / all, straight.channel(0)[0], 0.5);
        double mixed = Math.min(255, s + d * (255 - a) / 255);
        assertEquals(mixed, bench.premultiplied().channel(0)[0], 0.5);
        double light = (a * light(s) + below * light(d)) / all;
        assertEquals(light, light(bench.linearLight().channel(0)[0]), 0.01);
    }

    /** The curve of sRGB above its foot. */
    private static double light(double sample) {
        return StrictMath.pow((sample / 255 + 0.055) / 1.055, 2.4);
    }
}
