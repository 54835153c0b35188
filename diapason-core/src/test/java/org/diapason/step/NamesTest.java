package org.diapason.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "MatchFwhm, match-fwhm",
        "targetFwhmMm, target-fwhm-mm",
        "ComBat, combat",
        "ComBatModel, combat-model",
        "HULine, hu-line",
        "Ibsi, ibsi",
        "already-kebab, already-kebab"
    })
    void aNameInCamelCaseBecomesKebabCase(String camel, String kebab) {
        assertEquals(kebab, Names.kebab(camel));
    }
}
