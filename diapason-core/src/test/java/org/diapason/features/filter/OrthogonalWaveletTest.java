package org.diapason.features.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OrthogonalWaveletTest {
    static final java.util.List<String> NAMES = OrthogonalWavelet.NAMES;

    @Test
    void weightsAreThoseOfPyWavelets() {
        // PyWavelets 1.1.1: pywt.Wavelet(name).rec_lo
        close("db2", 0.4829629131445, 0.8365163037378, 0.2241438680420, -0.1294095225513);
        close(
                "db3",
                0.3326705529501,
                0.8068915093111,
                0.4598775021185,
                -0.1350110200103,
                -0.0854412738820,
                0.0352262918857);
        close(
                "db10",
                0.0266700579006,
                0.1881768000777,
                0.5272011889317,
                0.6884590394536,
                0.2811723436606,
                -0.2498464243273,
                -0.1959462743774,
                0.1273693403358,
                0.0930573646036,
                -0.0713941471664,
                -0.0294575368219,
                0.0332126740593,
                0.0036065535670,
                -0.0107331754833,
                0.0013953517471,
                0.0019924052952,
                -0.0006858566950,
                -0.0001164668551,
                0.0000935886703,
                -0.0000132642029);
        close(
                "coif1",
                -0.0727326195125,
                0.3378976624575,
                0.8525720202116,
                0.3848648468649,
                -0.0727326195125,
                -0.0156557281358);
        // pywt.Wavelet('db3').dec_hi and .dec_lo
        assertArrayEquals(
                new double[] {
                    -0.3326705529501,
                    0.8068915093111,
                    -0.4598775021185,
                    -0.1350110200103,
                    0.0854412738820,
                    0.0352262918857
                },
                OrthogonalWavelet.high("db3").weights(),
                1e-10);
        assertArrayEquals(
                new double[] {
                    0.0352262918857,
                    -0.0854412738820,
                    -0.1350110200103,
                    0.4598775021185,
                    0.8068915093111,
                    0.3326705529501
                },
                OrthogonalWavelet.low("db3").weights(),
                1e-10);
    }

    private static void close(String name, double... expected) {
        assertArrayEquals(expected, OrthogonalWavelet.scaling(name), 1e-10, name);
    }

    @Test
    void haarAndDb2AreTheirClosedForms() {
        double h = Math.sqrt(0.5);
        assertArrayEquals(new double[] {h, h}, OrthogonalWavelet.scaling("haar"), 1e-15);
        double r = Math.sqrt(3);
        double c = 4 * Math.sqrt(2);
        double[] db2 = {(1 + r) / c, (3 + r) / c, (3 - r) / c, (1 - r) / c};
        assertArrayEquals(db2, OrthogonalWavelet.scaling("db2"), 1e-15);
    }

    /** Orthogonal to its own even shifts; the high pass is blind to polynomials. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void weightsAreOrthonormalAndTheHighPassVanishesOnLines(String name) {
        double[] h = OrthogonalWavelet.scaling(name);
        for (int shift = 0; shift < h.length; shift += 2) {
            double dot = 0;
            for (int m = shift; m < h.length; m++) {
                dot += h[m] * h[m - shift];
            }
            assertEquals(shift == 0 ? 1 : 0, dot, 1e-11, "shift " + shift);
        }
        double[] g = OrthogonalWavelet.high(name).weights();
        double sum = 0;
        double slope = 0;
        for (int m = 0; m < g.length; m++) {
            sum += g[m];
            slope += m * g[m];
        }
        assertEquals(0, sum, 1e-11);
        if (g.length > 2) {
            assertEquals(0, slope, 1e-9);
        }
    }
}
