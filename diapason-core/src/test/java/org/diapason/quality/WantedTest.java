package org.diapason.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedTest {

    private static Wanted wanted(String range, String... metrics) {
        return new Wanted(List.of(metrics), Optional.ofNullable(range), true, 0.25, 150, 3, true);
    }

    @Test
    void figuresComeInTheirOrderWhateverTheyAreAskedIn() {
        assertEquals(
                List.of(Metric.SSIM_UNIFORM_7, Metric.NCC),
                List.copyOf(wanted("255", " NCC", "ssimuniform7").figures()));
        assertEquals(EnumSet.allOf(Metric.class), wanted(null, "all").figures());
    }

    @Test
    void whatIsAskedForIsWhatIsCompared() {
        Settings s = wanted("-1000:1000", "ssim").settings(Optional.empty());
        assertEquals(Optional.of(DataRange.between(-1000, 1000)), s.range());
        assertTrue(s.bySlices() && s.literature());
        assertEquals(0.25, s.ratio());
        assertEquals(150, s.draws());
        assertEquals(3, s.seed());
    }

    @Test
    void whatCannotBeIsSaidBeforeAnythingIsRead() {
        assertEquals(
                "metrics names no figure; name some as in ssim, ncc, or say all",
                assertThrows(IllegalArgumentException.class, () -> wanted("1")).getMessage());
        assertEquals(
                "the data range must be a width as 255, or LOW:HIGH as -1000:1000, got 1:x",
                assertThrows(IllegalArgumentException.class, () -> wanted("1:x", "mse"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> wanted("1:2:3", "mse"));
        assertThrows(IllegalArgumentException.class, () -> wanted("2:1", "mse"));
        assertThrows(IllegalArgumentException.class, () -> wanted(null, "mse", "vif"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Wanted(List.of("mse"), Optional.empty(), false, 2, 0, 1, false));
    }
}
