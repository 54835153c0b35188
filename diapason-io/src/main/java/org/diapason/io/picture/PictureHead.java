package org.diapason.io.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.InputFile;
import org.diapason.io.Room;
import org.diapason.volume.DataException;

/**
 * What a picture says about itself before anything is decoded.
 *
 * @param columns pixels in a row
 * @param rows rows
 * @param pages pictures in the file
 * @param bands numbers a pixel; a palette counts as the three or four colours it gives
 * @param spacingI mm from column to column; 1 where the file does not say
 * @param spacingJ mm from row to row; 1 where the file does not say
 * @param source where the spacing stands; empty where the file does not say
 * @param orientation how to see it, as in {@link Upright}
 * @param samples what its decoder does not know of its samples
 */
record PictureHead(
        int columns,
        int rows,
        int pages,
        int bands,
        double spacingI,
        double spacingJ,
        String source,
        int orientation,
        Samples samples) {

    /** What the decoder of the JDK takes for something else. */
    enum Samples {
        PLAIN,
        /** Whole numbers of 8 bits that may be below 0: told as 0 to 255. */
        SIGNED_8,
        /** Whole numbers of 32 bits that are not below 0: told as signed. */
        UNSIGNED_32
    }

    PictureHead {
        boolean stated = plausible(spacingI) && plausible(spacingJ) && !source.isEmpty();
        spacingI = stated ? spacingI : 1;
        spacingJ = stated ? spacingJ : 1;
        source = stated ? source : "";
    }

    private static boolean plausible(double mm) {
        return mm > 1e-9 && mm < 1e9;
    }

    /** Returns the whole file; pictures are small beside what they unpack to. */
    static ByteBuffer bytes(Path path) {
        String name = InputFile.name(path);
        if (!Files.isRegularFile(path)) {
            throw new DataException(name + ": there is no such file.");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            Room.need(name, channel.size());
            ByteBuffer all = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 30));
            while (all.hasRemaining() && channel.read(all) >= 0) {
                // read on
            }
            return all.flip().order(ByteOrder.BIG_ENDIAN);
        } catch (IOException e) {
            throw InputFile.unreadable(path, e);
        }
    }

    static DataException bad(String file, long offset, String what) {
        return new DataException(file + ", byte " + offset + ": " + what);
    }

    /** Refuses a picture whose pixels and their decoder take more than half of the heap. */
    PictureHead requireRoom(String file, int bytesASample) {
        double pixels = (double) columns * rows * pages;
        if (pixels > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    file
                            + ": "
                            + columns
                            + " × "
                            + rows
                            + " pixels on "
                            + pages
                            + (pages == 1 ? " page" : " pages")
                            + " are more than one image can hold. Split the file first.");
        }
        double needed = pixels * bands * (4 + bytesASample);
        Room.need(file, needed);
        return this;
    }
}
