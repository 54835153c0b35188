package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void theEndOfAStageIsAlwaysShownAndNothingStaysBehind() {
        try (ProgressLine line = new ProgressLine(out, true)) {
            line.at("images and features", 12, 12, 3);
        }
        String shown = said.toString(StandardCharsets.UTF_8);
        assertTrue(
                shown.startsWith(
                        "\rimages and features  [████████████████████] 12/12  3 refused or failed"),
                shown);
        assertTrue(shown.matches("(?s).*\r +\r"), "the line is wiped");
    }

    @Test
    void whatHasNoKnownEndHasNoBar() {
        try (ProgressLine line = new ProgressLine(out, true)) {
            line.at("checking", 0, 0, 0);
            line.at("writing", 0, 0, 0);
        }
        String shown = said.toString(StandardCharsets.UTF_8);
        assertTrue(shown.startsWith("\rchecking …\rwriting … "), shown);
    }

    @Test
    void whereNobodyLooksNothingIsWritten() {
        try (ProgressLine line = new ProgressLine(out, false)) {
            line.at("images and features", 12, 12, 0);
        }
        assertEquals(0, said.size());
    }
}
