package org.diapason.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistogramSharpeningTest {

    /**
     * numpy 1.24.2: n = arange(40.); h = 50 exp(-((n-12)/4)²) + 30 exp(-((n-27)/5)²) + 1, put at 44
     * of 128 zeros V; t = minimum(arange(128), 128 - arange(128)); F = 2 sqrt(log(2)/pi)/5 exp(-4
     * log(2) (t/5)²); Ff = fft(F).real; U = maximum(0, ifft(fft(V) Ff/(Ff² + 0.01)).real); u = 5 +
     * (arange(128) - 44) 0.02; E = ifft(fft(u U) Ff).real / ifft(fft(U) Ff).real, from 44 on.
     */
    @Test
    void isThatOfNumpy() {
        double[] h = new double[40];
        for (int n = 0; n < h.length; n++) {
            double a = (n - 12) / 4.0;
            double b = (n - 27) / 5.0;
            h[n] = 50 * StrictMath.exp(-a * a) + 30 * StrictMath.exp(-b * b) + 1;
        }
        double[] e = HistogramSharpening.expected(h, 5, 0.02, 0.1, 0.01);
        double[] found = {e[5], e[12], e[18], e[20], e[27], e[35]};
        double[] numpy = {
            5.1566861004, 5.2400081364, 5.32019336, 5.4228689692, 5.5400192059, 5.6612736628
        };
        assertArrayEquals(numpy, found, 2e-10);
    }

    /** A value far from all others is where it is: 0 of ITK would throw it to the other end. */
    @Test
    void whereThereIsNoMassAValueStays() {
        double[] h = new double[200];
        h[20] = 1000;
        double[] e = HistogramSharpening.expected(h, 3, 0.01, 0.05, 0.01);
        assertEquals(3.2, e[20], 1e-6);
        assertEquals(3.2, e[22], 0.01, "most of 3.22 came from the peak");
        assertEquals(3 + 150 * 0.01, e[150], 1e-12);
    }
}
