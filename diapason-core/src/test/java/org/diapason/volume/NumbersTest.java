package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest(name = "{0} with {1} digits is {2}")
    @CsvSource({
        "2.5, 0, 2", // half to even
        "3.5, 0, 4",
        "1.005, 2, 1.00", // the double is 1.00499999999999989…
        "-0.001, 2, 0.00", // no minus before a zero
        "1e21, 1, 1000000000000000000000.0",
        "NaN, 2, NaN",
        "-Infinity, 2, -infinity"
    })
    void aNumberIsRoundedOnItsExactValue(double value, int digits, String text) {
        assertEquals(text, Numbers.fixed(value, digits));
    }

    @Test
    void digitsDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("12.50 × 3.00", Numbers.of(12.5, 3).fixed(2));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void equalNumbersAreEqualAndACopyCannotBeChanged() {
        double[] array = {1, Double.NaN, -0.0};
        Numbers numbers = Numbers.of(array);
        array[0] = 9;
        numbers.toArray()[1] = 9;
        assertEquals(Numbers.of(1, Double.NaN, -0.0), numbers);
        assertNotEquals(Numbers.of(1, Double.NaN, 0.0), numbers);
    }
}
