package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void theProgramHasTheVersionOfItsBuild() throws Exception {
        Matcher version =
                Pattern.compile("<version>([^<]+)</version>")
                        .matcher(Files.readString(Path.of("pom.xml"))); // first: that of the parent
        assertTrue(version.find());
        assertEquals(version.group(1), Version.NUMBER);
    }

    @Test
    void bothWaysToAskGiveTheSameLine() {
        assertEquals("diapason " + Version.NUMBER + "\n", Cli.run("--version").out());
        assertEquals("diapason " + Version.NUMBER, Version.line());
    }
}
