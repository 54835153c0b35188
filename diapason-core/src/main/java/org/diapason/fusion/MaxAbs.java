package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * The detail of the largest size.
 *
 * @param consistency whether a place goes to the image that most of its 3 × 3 (× 3) neighbours go
 *     to (Li, Manjunath and Mitra 1995, Graph. Models Image Process. 57(3):235–245,
 *     doi:10.1006/gmip.1995.1022)
 */
public record MaxAbs(@Default("true") boolean consistency) implements Detail {
    /** The bits of a float without its sign: their order is that of sizes. */
    private static final int SIZE = 0x7fffffff;

    @Override
    public float[] fuse(Geometry grid, List<float[]> bands) {
        if (!consistency) {
            return largest(bands);
        }
        byte[] chosen = Majority.of(grid, which(bands), bands.size());
        float[] out = new float[grid.voxels()];
        for (int n = 0; n < bands.size(); n++) {
            float[] band = bands.get(n);
            int here = n;
            Blocks.forEach(
                    out.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            out[v] = chosen[v] == here ? band[v] : out[v];
                        }
                    });
        }
        return out;
    }

    private static float[] largest(List<float[]> bands) {
        float[] out = bands.get(0).clone();
        for (float[] band : bands.subList(1, bands.size())) {
            Blocks.forEach(
                    out.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            int x = Float.floatToRawIntBits(band[v]);
                            int y = Float.floatToRawIntBits(out[v]);
                            // all ones where x is larger: a branch would be guessed wrong half
                            // of the time
                            int larger = (y & SIZE) - (x & SIZE) >> 31;
                            out[v] = Float.intBitsToFloat(x & larger | y & ~larger);
                        }
                    });
        }
        return out;
    }

    private static byte[] which(List<float[]> bands) {
        byte[] chosen = new byte[bands.get(0).length];
        Blocks.forEach(
                chosen.length,
                (from, to) -> {
                    for (int n = 1; n < bands.size(); n++) {
                        float[] band = bands.get(n);
                        for (int v = from; v < to; v++) {
                            float now = bands.get(chosen[v])[v];
                            chosen[v] = Math.abs(band[v]) > Math.abs(now) ? (byte) n : chosen[v];
                        }
                    }
                });
        return chosen;
    }
}
