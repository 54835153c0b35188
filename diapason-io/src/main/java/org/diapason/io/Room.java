package org.diapason.io;

import org.diapason.volume.DataException;

/** Keeps one file from taking the memory of all others. */
public final class Room {
    private Room() {}

    /**
     * Refuses what would take more than half of the heap; to be asked before anything is allocated.
     *
     * @param who the file, for the message
     * @param bytes what its values take in memory
     * @throws DataException if that is more than half of the heap
     */
    public static void need(String who, double bytes) {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap / 2.0) {
            throw new DataException(
                    who
                            + ": its values take "
                            + Math.round(bytes / (1 << 20))
                            + " MB of memory, more than half of the "
                            + (heap >> 20)
                            + " MB that Java may use. If the file is sound, give Java more, as in"
                            + " DIAPASON_JAVA_OPTIONS=-Xmx8g.");
        }
    }
}
