package org.diapason.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.diapason.pansharpening.Pansharpened;
import org.junit.jupiter.api.Test;

/** What is timed is right. */
class PansharpenBenchTest {

    /** Half of the MR image was blurred into the band, and half of it comes back as detail. */
    @Test
    void theDetailOfTheSharpImageComesBackWithItsShare() {
        PansharpenBench bench = new PansharpenBench();
        bench.size = "80x80x72";
        bench.setUp();
        for (Pansharpened made : List.of(bench.mtfGlp(), bench.atwt(), bench.hpf())) {
            assertEquals(0.5, made.bands().get(0).gain(), 0.1);
            assertTrue(made.wald().notJudged().isEmpty());
        }
        assertEquals(0.5, bench.mtfGlp().bands().get(0).gain(), 0.02);
        assertEquals(2, bench.gramSchmidtOfTwo().bands().size());
    }
}
