package org.diapason.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
}
