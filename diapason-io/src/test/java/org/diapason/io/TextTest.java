package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "12, 12",
        "-0.0, -0",
        "0.1, 0.1",
        "1e10, 1E10",
        "1.5e-7, 1.5E-7",
        "4.9e-324, 4.9E-324",
        // where Double.toString of JDK 17 and 25 may differ (JDK-4511638):
        "2e-3, 0.002",
        "1e23, 1E23",
        "2e23, 2E23",
        "9.8e-322, 9.8E-322",
    })
    void numbersAreShortOnEveryJdk(double value, String text) {
        assertEquals(text, Text.of(value));
    }

    @Test
    void everyNumberReadsBackToTheSameBits() {
        Rng rng = new Rng(7);
        for (int n = 0; n < 100_000; n++) {
            double value = Double.longBitsToDouble(rng.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, Double.parseDouble(Text.of(value)));
            }
        }
        assertEquals("", Text.of(Double.NaN));
    }
}
