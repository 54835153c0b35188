package org.diapason.compositing;

import java.util.Arrays;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * An image laid somewhere on the grid of another, with its opacity: 0 where it does not reach.
 *
 * @param planes one array per channel on the target's grid, 0 beyond the image
 * @param opacity 0 to what opaque is, on the target's grid
 * @param pixels pixels of the target that the image covers
 */
record Laid(float[][] planes, float[] opacity, int pixels) {

    /**
     * Lays an image.
     *
     * @param x where its first pixel lies on the target, may be negative; so y, z
     * @param matte opacity of each of its pixels, empty where all have {@code opaque}
     * @throws RefusedException if no pixel of it lies on the target
     */
    static Laid of(
            Volume source, float[] matte, float opaque, Geometry target, int x, int y, int z) {
        Geometry g = source.geometry();
        int from = Math.max(0, x);
        int to = (int) Math.min(target.ni(), (long) x + g.ni());
        float[][] planes = new float[source.channels()][target.voxels()];
        float[] opacity = new float[target.voxels()];
        int pixels = 0;
        for (int k = 0; k < target.nk() && from < to; k++) {
            for (int j = 0; j < target.nj(); j++) {
                long sj = (long) j - y;
                long sk = (long) k - z;
                if (sj < 0 || sj >= g.nj() || sk < 0 || sk >= g.nk()) {
                    continue;
                }
                int read = g.index(from - x, (int) sj, (int) sk);
                int at = target.index(from, j, k);
                for (int c = 0; c < planes.length; c++) {
                    System.arraycopy(source.channel(c), read, planes[c], at, to - from);
                }
                if (matte.length == 0) {
                    Arrays.fill(opacity, at, at + to - from, opaque);
                } else {
                    System.arraycopy(matte, read, opacity, at, to - from);
                }
                pixels += to - from;
            }
        }
        if (pixels == 0) {
            throw new RefusedException(
                    "an image of "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + " laid at "
                            + x
                            + ", "
                            + y
                            + ", "
                            + z
                            + " does not reach one of "
                            + target.ni()
                            + " × "
                            + target.nj()
                            + " × "
                            + target.nk()
                            + ". Lay it elsewhere.");
        }
        return new Laid(planes, opacity, pixels);
    }
}
