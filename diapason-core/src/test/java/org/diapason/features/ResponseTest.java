package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diapason.features.filter.LaplacianOfGaussian;
import org.diapason.features.filter.Space;
import org.diapason.math.Boundary;
import org.diapason.math.Rng;
import org.diapason.step.Recipe;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

class ResponseTest {
    private static final LaplacianOfGaussian FILTER =
            new LaplacianOfGaussian(1.5, 4, Boundary.MIRROR, Space.VOLUME);

    private static Exam exam() {
        Geometry g = Geometry.of(9, 8, 7, 1, 1, 1);
        Rng rng = new Rng(1);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) rng.nextGaussian();
        }
        return Exam.of(
                "E", Map.of("ct", Image.of(Volume.of(g, values, Quantity.HU))), Map.of(), Map.of());
    }

    @Test
    void theMapStandsBesideTheImageUnderTheNameOfItsColumns() {
        Exam exam = exam();
        Exam mapped = new Response("*", FILTER).apply(exam, new Trace());
        assertEquals(Set.of("ct", "ct.log-1.5mm-3d"), mapped.images().keySet());
        Volume volume = exam.image("ct").volume();
        assertArrayEquals(
                FILTER.respond(volume.geometry(), volume.values()),
                mapped.image("ct.log-1.5mm-3d").volume().values());
        assertEquals(Quantity.UNKNOWN, mapped.image("ct.log-1.5mm-3d").volume().quantity());
    }

    @Test
    void aSecondMapOfTheSameNameIsRefused() {
        Response step = new Response("ct", FILTER);
        Exam mapped = step.apply(exam(), new Trace());
        assertEquals(
                "exam E: there is an image \"ct.log-1.5mm-3d\" already. Leave the step out where it"
                        + " stands twice, or rename the column of the cohort table.",
                assertThrows(RefusedException.class, () -> step.apply(mapped, new Trace()))
                        .getMessage());
    }

    @Test
    void aRecipeThatMeasuresAMapOpensTheImageItIsMadeOf() {
        Recipe recipe =
                new Recipe(
                        List.of(new Response("ct", FILTER)),
                        false,
                        List.of(
                                Ibsi.of("ct.log-1.5mm-3d", "roi"),
                                Ibsi.of("pet.log-1.5mm-3d", "roi")),
                        List.of(),
                        List.of(),
                        1);
        assertEquals(Set.of("ct", "pet.log-1.5mm-3d"), recipe.imageNames());
    }
}
