package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenTest {

    private static Seen numbers(int from, int to) {
        Seen seen = new Seen("age");
        for (int n = from; n < to; n++) {
            seen.add(Integer.toString(n));
        }
        return seen;
    }

    @Test
    void anyCountOfNumbersIsARange() {
        Seen seen = numbers(-4, 5000);
        seen.merge(numbers(6000, 6002));
        assertEquals(new Design.Column("age", List.of(), -4, 6001), seen.column());
    }

    @Test
    void aThousandTextsAreLevelsAndOneMoreIsRefusedInAnyOrder() {
        Seen seen = numbers(0, 998);
        seen.add("old");
        seen.add("aged");
        assertEquals(1000, seen.column().levels().size());
        Seen most = numbers(0, 999);
        most.add("old");
        most.add("aged");
        Seen parts = new Seen("age");
        parts.add("old");
        parts.merge(numbers(0, 500));
        Seen rest = numbers(500, 2000);
        rest.add("aged");
        parts.merge(rest);
        for (Seen one : List.of(most, parts)) {
            assertEquals(
                    "protected column age has more than 1000 different texts, and one is no number"
                            + " (\"aged\"), so each would be a level with an effect of its own."
                            + " Correct the cell, or put the values in fewer groups.",
                    assertThrows(RefusedException.class, one::column).getMessage());
        }
    }
}
