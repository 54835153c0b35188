package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;

class LaguerreGaussTest {
    private static final double WIDTH = 7;

    private static Geometry slice(int n, double spacing, int slices) {
        return new Geometry(
                n,
                n,
                slices,
                Numbers.of(spacing, spacing, 1),
                Numbers.of(0, 0, 0),
                Geometry.IDENTITY);
    }

    // scipy 1.10: sqrt(2)/a*exp(-pi*r2/a/a)*scipy.special.eval_laguerre(j, 2*pi*r2/a/a), a = 7
    @Test
    void valuesAreThoseOfTheFormula() {
        double[][] c = LaguerreGauss.channels(slice(21, 1, 1), 10, 10, WIDTH, 10);
        assertEquals(0.20203050891044216, c[0][10 * 21 + 10], 1e-12);
        assertEquals(-0.05309071310898562, c[3][12 * 21 + 13], 1e-12, "r² = 9 + 4");
        assertEquals(0.042932314398728355, c[9][16 * 21 + 8], 1e-12, "r² = 4 + 36");
    }

    @Test
    void channelsAreOrthonormalOnAFineGrid() {
        double spacing = 0.5;
        double[][] c = LaguerreGauss.channels(slice(81, spacing, 1), 40, 40, WIDTH, 6);
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int v = 0; v < c[a].length; v++) {
                    sum += c[a][v] * c[b][v] * spacing * spacing;
                }
                assertEquals(a == b ? 1 : 0, sum, 1e-6, a + " with " + b);
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> LaguerreGauss.channels(slice(5, 1, 2), 2, 2, WIDTH, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> LaguerreGauss.channels(slice(5, 1, 1), 2, 2, Double.NaN, 3));
    }
}
