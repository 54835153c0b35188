package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    /** As at the end of a program that was interrupted while it wrote. */
    @Test
    void partsOfFilesCanBeDropped() throws IOException {
        Path file = folder.resolve("out.txt");
        WholeFile.write(
                file,
                out -> {
                    out.write(1);
                    assertEquals(List.of(".out.txt.part"), names());
                });
        assertEquals(List.of("out.txt"), names());
        try {
            WholeFile.write(
                    folder.resolve("other.txt"),
                    out -> {
                        WholeFile.dropParts();
                        assertEquals(List.of("out.txt"), names(), "what is whole stays");
                        throw new IOException("interrupted");
                    });
        } catch (IOException e) {
            assertEquals("interrupted", e.getMessage());
        }
        assertTrue(Files.exists(file));
    }
}
