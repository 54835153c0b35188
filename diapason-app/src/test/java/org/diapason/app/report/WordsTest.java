package org.diapason.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "0, 0",
        "57, 57",
        "1234.5, 1234",
        "41.66, 41.7",
        "-1.234, −1.23",
        "0.98765, 0.988",
        "0.001234, 0.00123",
        "NaN, –"
    })
    void numbersKeepThreeDigitsThatCount(double value, String text) {
        assertEquals(text, Words.number(value));
    }

    @Test
    void numbersSideBySideHaveTheSameDecimals() {
        assertEquals(List.of("0.97", "1.00", "1.03"), Words.alike(0.97, 1, 1.03));
        assertEquals(List.of("−20", "6", "20"), Words.alike(-20, 6, 20));
    }

    @ParameterizedTest(name = "{0} is {1} in {2}")
    @CsvSource({
        "ct.extraFwhmMm[k], ct: extra FWHM k, mm",
        "ct.offsetHu, ct: offset, HU",
        "pet.gtv.fbs0.5.origin, pet gtv fbs0.5: origin, ''",
        "pet.gtv.fbs0.5, pet gtv: fbs0.5, ''",
        "undefinedInABatch, undefined in a batch, ''",
        "iterations.Site CT 3, iterations: Site CT 3, ''"
    })
    void keysOfTracesBecomeWordsAndUnits(String key, String label, String unit) {
        assertEquals(label, Words.label(key));
        assertEquals(unit, Words.unit(key));
    }
}
