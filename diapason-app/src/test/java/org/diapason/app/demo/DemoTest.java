package org.diapason.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.step.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One seed at full size: half a minute on two cores. */
class DemoTest {
    @TempDir Path folder;

    @Test
    @SuppressWarnings("unchecked")
    void whatWasPlantedIsRecovered() throws IOException {
        Demo.Outcome outcome = new Demo(1, folder, Progress.NONE).go();
        assertEquals(List.of(), outcome.found().missed());
        assertEquals(120, outcome.exams());
        assertTrue(outcome.run().clean() && outcome.heldOut().clean());
        Map<String, Object> fields = outcome.found().fields(outcome.exams(), 12.34);
        assertEquals(
                List.of("effect", "siteShare", "verdict", "verdictUnprotected", "exams", "seconds"),
                List.copyOf(fields.keySet()));
        assertEquals(
                List.of(
                        "feature",
                        "planted",
                        "unharmonized",
                        "harmonized",
                        "unprotected",
                        "medianError",
                        "features"),
                List.copyOf(((Map<String, Object>) fields.get("effect")).keySet()));
        assertEquals(
                List.of("before", "afterImages", "after"),
                List.copyOf(((Map<String, Object>) fields.get("siteShare")).keySet()));
        assertEquals("better", fields.get("verdict"));
        assertEquals("harm", fields.get("verdictUnprotected"));
        assertEquals(120, fields.get("exams"));
        String page = Files.readString(outcome.report());
        assertTrue(page.contains("Planted against recovered"));
        assertFalse(page.contains("http-equiv=\"refresh\"") || page.contains("<link "), "network");
        assertTrue(Files.isRegularFile(folder.resolve("held-out/features-harmonized.csv")));
    }
}
