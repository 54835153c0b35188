package org.diapason.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("combat", "match-fwhm", "units");

    @Test
    void aSlipOfTheFingerFindsTheWord() {
        assertEquals("did you mean \"combat\"?", Spelling.hint("cmobat", KNOWN));
        assertEquals("did you mean \"match-fwhm\"?", Spelling.hint("match-fwmh", KNOWN));
    }

    @Test
    void aWordThatIsLikeNoneGetsTheList() {
        assertEquals("known: combat, match-fwhm, units.", Spelling.hint("wavelet", KNOWN));
    }

    @Test
    void ofManyWordsTwentyAreNamed() {
        List<String> many = IntStream.range(10, 33).mapToObj(n -> "f" + n).toList();
        String said = Spelling.hint("site", many);
        assertTrue(said.startsWith("known: f10, f11, "), said);
        assertTrue(said.endsWith(", f28, f29 and 3 more."), said);
    }
}
