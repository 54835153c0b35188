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
    @Override
    public float[] fuse(Geometry grid, List<float[]> bands) {
        byte[] chosen = consistency ? Majority.of(grid, largest(bands), bands.size()) : null;
        float[] out = new float[grid.voxels()];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        int n = chosen == null ? largest(bands, v) : chosen[v];
                        out[v] = bands.get(n)[v];
                    }
                });
        return out;
    }

    private static byte[] largest(List<float[]> bands) {
        byte[] chosen = new byte[bands.get(0).length];
        Blocks.forEach(
                chosen.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        chosen[v] = (byte) largest(bands, v);
                    }
                });
        return chosen;
    }

    private static int largest(List<float[]> bands, int v) {
        int most = 0;
        float size = Math.abs(bands.get(0)[v]);
        for (int n = 1; n < bands.size(); n++) {
            float x = Math.abs(bands.get(n)[v]);
            if (x > size) {
                most = n;
                size = x;
            }
        }
        return most;
    }
}
