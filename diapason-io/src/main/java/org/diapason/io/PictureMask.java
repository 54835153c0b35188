package org.diapason.io;

import java.nio.file.Path;
import org.diapason.volume.Channels;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** A mask drawn as a picture: PNG, TIFF or JPEG. */
public final class PictureMask {
    private PictureMask() {}

    /** Says whether a name is that of a picture, which lies nowhere. */
    public static boolean is(Path path) {
        return ImageFormat.of(path).map(format -> !format.placed()).orElse(false);
    }

    /**
     * Returns the pixels of a picture that are not 0 in some colour, of 8 bits or 16, and not
     * wholly transparent; NaN is outside.
     *
     * @throws org.diapason.volume.DataException if the file cannot be read
     */
    public static Mask read(Path path) {
        Volume picture = Images.read(path).volume();
        int channels = picture.channels();
        boolean opacity = picture.meaning().kind() == Channels.Kind.COLOURS && channels % 2 == 0;
        int colours = opacity ? channels - 1 : channels;
        boolean[] voxels = new boolean[picture.geometry().voxels()];
        for (int v = 0; v < voxels.length; v++) {
            for (int c = 0; c < colours; c++) {
                float x = picture.channel(c)[v];
                voxels[v] |= x != 0 && x == x;
            }
            voxels[v] &= !opacity || picture.channel(colours)[v] > 0;
        }
        return Mask.of(picture.geometry(), voxels);
    }
}
