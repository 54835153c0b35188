package org.diapason.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes files that appear whole or not at all. */
public final class WholeFile {
    /** Neighbours that are being written. */
    private static final Set<Path> PARTS = ConcurrentHashMap.newKeySet();

    private WholeFile() {}

    /** Removes what is not whole yet; for the end of a program that was interrupted. */
    public static void dropParts() {
        for (Path part : PARTS) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                // it stays, hidden; nothing that a user asked for is harmed
            }
        }
    }

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes into a hidden neighbour and renames it, so that no reader ever sees half a file.
     * Folders on the way are made.
     *
     * @throws IOException if the system cannot write; the neighbour is removed
     */
    public static void write(Path path, Content content) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = folder.resolve("." + path.getFileName() + ".part");
        PARTS.add(part);
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                content.writeTo(out);
            }
            try {
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
            PARTS.remove(part);
        }
    }
}
