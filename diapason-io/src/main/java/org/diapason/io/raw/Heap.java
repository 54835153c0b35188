package org.diapason.io.raw;

import org.diapason.volume.DataException;

/** Keeps an image from taking the memory of everything else. */
public final class Heap {
    private Heap() {}

    /**
     * Refuses what would take more than half of the heap; nothing is allocated by it.
     *
     * @param file the name of the file, for messages
     * @param bytes what the decoded image takes
     */
    public static void require(String file, long bytes) {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes < 0 || bytes > heap / 2) {
            throw new DataException(
                    file
                            + ": the image takes "
                            + (bytes >> 20)
                            + " MB of memory, more than half of the heap of "
                            + (heap >> 20)
                            + " MB. Give Java more, as in DIAPASON_JAVA_OPTIONS=-Xmx8g.");
        }
    }
}
