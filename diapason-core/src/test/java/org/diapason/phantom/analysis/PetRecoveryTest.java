package org.diapason.phantom.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.Region;
import org.diapason.phantom.Sphere;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.DataException;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PetRecoveryTest {
    private static final double FWHM = 6;
    private static final Numbers ORIGIN = Numbers.of(0, 0, 0);

    private static Volume scan(double diameter) {
        DigitalObject ball =
                new DigitalObject(
                        "ball",
                        Quantity.SUV_BW,
                        1,
                        Numbers.of(71, 71, 71),
                        List.of(Region.of("hot", 10, new Sphere(ORIGIN, diameter / 2))));
        return VirtualScanner.reference(FWHM, 1).scan(ball, 1);
    }

    /** Closed form of the blurred ball, and its means over smaller balls by quadrature. */
    @ParameterizedTest(name = "a sphere of {0} mm")
    @ValueSource(doubles = {10, 13, 17, 22, 28, 37})
    void recoveriesAreThoseOfTheBlurredBall(double diameter) {
        Sphere ball = new Sphere(ORIGIN, diameter / 2);
        double sigma = FWHM / Gauss.FWHM_PER_SIGMA;
        double max = ball.share(0, 0, 0, sigma);
        double edge = 0;
        while (ball.share(edge, 0, 0, sigma) > max / 2) {
            edge += 1e-3;
        }
        PetRecovery found =
                PetRecovery.of(scan(diameter), ORIGIN, diameter, 10, new Sample(100, 1, 0.1));
        assertEquals((1 + 9 * max) / 10, found.max(), 2e-3);
        assertEquals((1 + 9 * mean(ball, edge, sigma)) / 10, found.a50(), 0.01);
        double cubicCentimetre = Math.cbrt(3000 / (4 * Math.PI));
        assertEquals((1 + 9 * mean(ball, cubicCentimetre, sigma)) / 10, found.peak(), 3e-3);
        assertEquals("rc-a50." + Math.round(diameter), found.figures().get(0).metric());
    }

    @Test
    void aSphereThatIsNotThereIsSaid() {
        Volume scan = scan(10);
        DataException e =
                assertThrows(
                        DataException.class,
                        () ->
                                PetRecovery.of(
                                        scan,
                                        Numbers.of(28, 28, 28),
                                        10,
                                        10,
                                        new Sample(100, 1.5, 0.1)));
        assertEquals(
                "the sphere of 10 mm is not where it should be: nothing there is above the"
                        + " background. Say where the phantom is.",
                e.getMessage());
    }

    private static double mean(Sphere ball, double radius, double sigma) {
        int n = 2000;
        double sum = 0;
        double weight = 0;
        for (int s = 0; s < n; s++) {
            double r = (s + 0.5) / n * radius;
            sum += r * r * ball.share(r, 0, 0, sigma);
            weight += r * r;
        }
        return sum / weight;
    }
}
