package org.diapason.fusion;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.diapason.math.Kept;
import org.diapason.math.Parallel;
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
    /** Voxels worked on at a time where neighbours have no say. */
    private static final int RUN = 1 << 14;

    @Override
    public void fuse(Geometry grid, int images, Bands bands, Taker out) {
        if (consistency) {
            Tile.forEach(grid, 1, tile -> consistent(tile, images, bands, out));
        } else {
            largest(grid, images, bands, out);
        }
    }

    private static void consistent(Tile tile, int images, Bands bands, Taker out) {
        Kept[] band = new Kept[images];
        for (int n = 0; n < images; n++) {
            band[n] = tile.band(bands, n);
        }
        float[] most = tile.plane();
        Kept chosen = tile.planes(2, (k, to) -> Choice.largest(band, k, most, to));
        Majority majority = new Majority(tile, chosen, images);
        float[] which = tile.plane();
        tile.write(
                (k, to) -> {
                    majority.write(k, which);
                    Choice.take(band, k, which, to);
                },
                out);
    }

    private static void largest(Geometry g, int images, Bands bands, Taker out) {
        int rows = g.nj() * g.nk();
        int each = Math.max(1, RUN / g.ni());
        Queue<float[][]> idle = new ConcurrentLinkedQueue<>(); // fresh ones are in no cache
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> {
                    float[][] two = idle.poll();
                    two = two == null ? new float[2][each * g.ni()] : two;
                    int from = b * each * g.ni();
                    int n = Math.min(each, rows - b * each) * g.ni();
                    bands.read(0, from, n, two[0]);
                    for (int image = 1; image < images; image++) {
                        bands.read(image, from, n, two[1]);
                        Choice.larger(two[1], two[0], n);
                    }
                    out.take(two[0], from, n);
                    idle.add(two);
                });
    }
}
