package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.fusion.Weighted;
import org.diapason.math.Parallel;
import org.diapason.phantom.LesionDetection.Found;
import org.diapason.phantom.LesionDetection.Modality;
import org.diapason.stats.DeLong;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LesionDetectionTest {
    private static final Modality PET = new Modality("pet", 6, 2, 5);
    private static final Modality MR = new Modality("mr", 3, 30, 90);
    private static final Modality SHARP = new Modality("mr", 2.8, 1, 4);

    private static LesionDetection experiment(double shared, long seed) {
        return new LesionDetection(PET, MR, 5, 2, shared, 4000, seed);
    }

    private static double closed(double separation) {
        return new NormalDistribution().cumulativeProbability(separation / Math.sqrt(2));
    }

    private static DeLong area(Found found, String name) {
        return DeLong.of(found.scores().get(name), found.lesion());
    }

    // the area of the matched filter by its formula, of rules that add evidence by d'² = d₁² + d₂²
    @ParameterizedTest(name = "shared {0}")
    @CsvSource({"0, 1", "0.5, 2"})
    void areasAreThoseOfTheFormula(double shared, long seed) {
        // so far apart in sharpness that the filter of one would miss the other's lesion
        Modality blurred = new Modality("pet", 14, 5, 5);
        LesionDetection experiment = new LesionDetection(blurred, SHARP, 5, 2, shared, 4000, seed);
        Found found = experiment.find(Weighted.of(0.5), "average");
        for (String name : List.of("pet", "mr", "average")) {
            DeLong area = area(found, name);
            assertEquals(1000, area.positives());
            double d = found.separations().get(name);
            assertTrue(d > 0.5 && d < 3, name + ": neither chance nor certainty, d' " + d);
            assertEquals(closed(d), area.auc(), 3 * area.standardError(), name + ", d' " + d);
        }
        if (shared == 0) {
            double both = Math.hypot(found.separations().get("pet"), found.separations().get("mr"));
            DeLong bayes = area(found, "bayes");
            assertEquals(closed(both), bayes.auc(), 3 * bayes.standardError());
            assertTrue(
                    DeLong.compare(
                                            found.scores().get("bayes"),
                                            found.scores().get("vote"),
                                            found.lesion())
                                    .low()
                            > 0,
                    "votes lose what stands behind them");
        }
    }

    // a ball of 5 mm without blur holds 4/3 π 125/8 = 65.4 voxels of 2 mm: |s| = 2 √65.4 = 16.2; a
    // response of 6 mm spreads it, so that less than that and more than half of it is left
    @Test
    void theLesionIsDrawnWithItsContrastAndSize() {
        Found found = experiment(0, 1).find(Weighted.of(1), "first");
        double d = found.separations().get("pet");
        assertTrue(d < 16.2 / 5 && d > 8.1 / 5, "d' " + d);
        assertEquals(d, found.separations().get("first"), 1e-12, "all weight on the first");
        assertArrayEquals(found.scores().get("pet"), found.scores().get("first"), 1e-9);
    }

    @Test
    void threadsChangeNothing() {
        int before = Parallel.threads();
        LesionDetection few = new LesionDetection(PET, MR, 5, 2, 0.2, 400, 3);
        try {
            Parallel.setThreads(1);
            double[] one = few.find(Weighted.of(0.5), "average").scores().get("bayes");
            Parallel.setThreads(8);
            assertArrayEquals(one, few.find(Weighted.of(0.5), "average").scores().get("bayes"), 0);
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LesionDetection(PET, MR, 5, 2, 1, 400, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LesionDetection(PET, PET, 5, 2, 0, 400, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LesionDetection(PET, MR, 5, 2, 0, 402, 3));
    }
}
