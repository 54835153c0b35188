package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OrthogonalWaveletTest {
    static final List<String> NAMES = OrthogonalWavelet.NAMES;

    /**
     * PyWavelets 1.1.1, for every name of pywt.wavelist('db'), ('sym') and ('coif'): h =
     * numpy.array(pywt.Wavelet(name).rec_lo); (h * numpy.sin(1 + numpy.arange(len(h)))).sum()
     */
    private static final String PEER =
            """
            db1 1.2379802162, db2 1.2966100347, db3 1.2528005243,
            db4 1.1359262104, db5 0.9603746447, db6 0.7380370998,
            db7 0.4807993268, db8 0.2010463751, db9 -0.0884401932,
            db10 -0.3748179885, db11 -0.6456137273, db12 -0.8891804889,
            db13 -1.0951418148, db14 -1.2547940760, db15 -1.3614454022,
            db16 -1.4106745915, db17 -1.4004980183, db18 -1.3314370521,
            db19 -1.2064829893, db20 -1.0309609410, db21 -0.8122983957,
            db22 -0.5597081594, db23 -0.2837989087, db24 0.0038704347,
            db25 0.2912740210, db26 0.5664200853, db27 0.8178489775,
            db28 1.0351077095, db29 1.2091815342, db30 1.3328648895,
            db31 1.4010565786, db32 1.4109672134, db33 1.3622305842,
            db34 1.2569145956, db35 1.0994315490, db36 0.8963516966,
            db37 0.6561279625, db38 0.3887433676, sym2 1.2966100347,
            sym3 1.2528005243, sym4 -1.2279638833, sym5 -0.7605429179,
            sym6 1.0283472960, sym7 -0.0976457703, sym8 0.5150432550,
            sym9 -0.4738161077, sym10 -1.4108623615, sym11 -1.1771759264,
            sym12 -0.7065014898, sym13 1.2692829739, sym14 1.4058037209,
            sym15 1.3300615372, sym16 -0.4686074125, sym17 -1.4088086125,
            sym18 0.1303120308, sym19 -0.4640609879, sym20 1.3277632996,
            coif1 0.1492149074, coif2 -1.3216271045, coif3 0.9142549225,
            coif4 0.5898387067, coif5 -1.4116094325, coif6 0.5861063344,
            coif7 0.9243316454, coif8 -1.3579906141, coif9 0.2082034196,
            coif10 1.1846887071, coif11 -1.1956349380, coif12 -0.1886250133,
            coif13 1.3528224048, coif14 -0.9379531501, coif15 -0.5718885355,
            coif16 1.4140933962, coif17 -0.6052945111
            """;

    /** The tables of sym4 to sym20 of PyWavelets are right to 2e-11, the others to 1e-13. */
    @Test
    void everyFilterIsThatOfPyWavelets() {
        String[] peers = PEER.strip().split(",\\s+");
        assertEquals(NAMES.size() - 1, peers.length, "all but haar");
        for (String peer : peers) {
            String name = peer.substring(0, peer.indexOf(' '));
            double[] h = OrthogonalWavelet.scaling(name);
            double sum = 0;
            for (int m = 0; m < h.length; m++) {
                sum += h[m] * Math.sin(1 + m);
            }
            assertEquals(Double.parseDouble(peer.substring(name.length() + 1)), sum, 1.5e-10, name);
        }
    }

    @Test
    void analysisTurnsTheLowPassRoundAndChangesSigns() {
        // PyWavelets 1.1.1: pywt.Wavelet('db3').dec_hi and .dec_lo
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

    @Test
    void shortFiltersAreTheirClosedFormsToTheLastBits() {
        double h = Math.sqrt(0.5);
        close("haar", 1 / h, 1, 1);
        double r = Math.sqrt(3);
        close("db2", 4 * Math.sqrt(2), 1 + r, 3 + r, 3 - r, 1 - r);
        double a = Math.sqrt(10);
        double b = Math.sqrt(5 + 2 * a);
        close(
                "db3",
                16 * Math.sqrt(2),
                1 + a + b,
                5 + a + 3 * b,
                10 - 2 * a + 2 * b,
                10 - 2 * a - 2 * b,
                5 + a - 3 * b,
                1 + a - b);
        double s = Math.sqrt(7);
        close("coif1", 16 * Math.sqrt(2), 1 - s, 5 + s, 14 + 2 * s, 14 - 2 * s, 1 - s, s - 3);
    }

    private static void close(String name, double over, double... expected) {
        for (int m = 0; m < expected.length; m++) {
            expected[m] /= over;
        }
        assertArrayEquals(expected, OrthogonalWavelet.scaling(name), 3e-16, name);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void weightsAreOrthogonalToTheirEvenShifts(String name) {
        double[] h = OrthogonalWavelet.scaling(name);
        for (int shift = 0; shift < h.length; shift += 2) {
            double dot = 0;
            for (int m = shift; m < h.length; m++) {
                dot += h[m] * h[m - shift];
            }
            assertEquals(shift == 0 ? 1 : 0, dot, 2e-15, "shift " + shift);
        }
    }

    /** Half of its weights is how many powers a high pass does not see; coiflets: a third. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void theHighPassIsBlindToPolynomials(String name) {
        double[] g = OrthogonalWavelet.high(name).weights();
        int moments = g.length / (name.startsWith("coif") ? 3 : 2);
        for (int power = 0; power < moments; power++) {
            assertEquals(0, moment(g, g.length / 2, power), 2e-15, "power " + power);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void theLowPassOfACoifletKeepsPolynomials(String name) {
        double[] h = OrthogonalWavelet.scaling(name);
        assertEquals(Math.sqrt(2), moment(h, 0, 0), 2e-15);
        int moments = name.startsWith("coif") ? h.length / 3 : 1;
        for (int power = 1; power < moments; power++) {
            assertEquals(0, moment(h, moments, power), 2e-15, "power " + power);
        }
    }

    /** The sum of the weights times a power of their distance, in parts of their number. */
    private static double moment(double[] weights, int from, int power) {
        double sum = 0;
        for (int m = 0; m < weights.length; m++) {
            sum += weights[m] * Math.pow((m - from) / (double) weights.length, power);
        }
        return sum;
    }
}
