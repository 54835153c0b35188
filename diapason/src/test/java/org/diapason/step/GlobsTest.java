package org.diapason.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource({
        "*, ct, true",
        "*, '', true",
        "ct, ct, true",
        "ct, ct2, false",
        "ct, CT, false",
        "c?, ct, true",
        "c?, c, false",
        "*_t1, mr_t1, true",
        "*_t1, mr_t1_t1, true",
        "*_t1, mr_t12, false",
        "m*_*1, mr_t1, true",
        "a*b*c, aXbXbXc, true",
        "a.c, abc, false",
        "'', ct, false",
    })
    void matchesTheWholeName(String glob, String name, boolean expected) {
        assertEquals(expected, Globs.matches(glob, name));
    }

    @Test
    void mapsTheMatchingImagesOnly() {
        Exam exam = exam("ct", "pet");
        Exam mapped = Globs.mapImages(exam, "p*", (name, image) -> image(Quantity.SUV_BW));
        assertEquals(Quantity.SUV_BW, mapped.image("pet").volume().quantity());
        assertEquals(Quantity.UNKNOWN, mapped.image("ct").volume().quantity());
    }

    @Test
    void aPlainNameMustBeThereButAPatternNeedNot() {
        Exam exam = exam("ct");
        assertEquals(exam, Globs.mapImages(exam, "p*", (name, image) -> null));
        DataException e =
                assertThrows(
                        DataException.class,
                        () -> Globs.mapImages(exam, "pet", (name, image) -> image));
        assertEquals(
                "exam P017: there is no image \"pet\", only [ct]. Add the column image.pet to the"
                        + " cohort table.",
                e.getMessage());
    }

    private static Exam exam(String... names) {
        Map<String, Image> images = new java.util.TreeMap<>();
        for (String name : names) {
            images.put(name, image(Quantity.UNKNOWN));
        }
        return Exam.of("P017", images, Map.of(), Map.of());
    }

    private static Image image(Quantity quantity) {
        return Image.of(Volume.of(Geometry.of(1, 1, 1, 1, 1, 1), new float[1], quantity));
    }
}
