package org.diapason.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.diapason.volume.DataException;

/** How messages speak of a file: by its name alone, since folders may be named after patients. */
public final class InputFile {
    private InputFile() {}

    /** Returns the last part of a path. */
    public static String name(Path path) {
        Path last = path.getFileName();
        if (last == null || last.toString().equals(".") || last.toString().isEmpty()) {
            last = path.toAbsolutePath().normalize().getFileName();
        }
        return last == null ? "/" : last.toString();
    }

    /**
     * Returns what to throw when the system cannot read a file; no folder stands in the message.
     */
    public static DataException unreadable(Path path, IOException cause) {
        String reason =
                cause instanceof NoSuchFileException
                        ? "does not exist"
                        : cause instanceof AccessDeniedException
                                ? "may not be read by this user"
                                : Files.isDirectory(path)
                                        ? "is a folder, a file was expected"
                                        : "cannot be read ("
                                                + cause.getClass().getSimpleName()
                                                + ")";
        return new DataException(name(path) + ": " + reason + ".", cause);
    }

    /** Returns what to throw when the system cannot write a file. */
    public static DataException unwritable(Path path, IOException cause) {
        return new DataException(
                name(path)
                        + ": cannot be written ("
                        + cause.getClass().getSimpleName()
                        + "). Check that the folder is there, writable and not full.",
                cause);
    }

    /** Returns what the system says of a file or folder that it would not read, make or write. */
    public static String words(FileSystemException e) {
        if (e.getFile() == null) {
            return e.getMessage();
        }
        Path path = Path.of(e.getFile());
        boolean fileForFolder =
                e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException;
        if (fileForFolder && Files.isRegularFile(path)) {
            return name(path) + ": is a file, a folder was expected.";
        }
        return e instanceof NoSuchFileException || e instanceof AccessDeniedException
                ? unreadable(path, e).getMessage()
                : unwritable(path, e).getMessage();
    }
}
