package org.diapason.fusion;

import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.math.BoxMean;
import org.diapason.volume.Geometry;

/** The variance of the voxels in a box around each: {@code E[I²] − E[I]²}. */
final class LocalVariance {
    private static final int WIDEST = 1000;

    private LocalVariance() {}

    /**
     * Returns the variances of images that have a value at every voxel.
     *
     * @param radius of the box along the finest axis; along the others it is as wide in mm
     */
    static List<float[]> of(Geometry g, List<float[]> images, int radius) {
        int[] reach = BoxMean.reach(g, radius);
        return images.stream().map(image -> of(g, image, reach)).toList();
    }

    private static float[] of(Geometry g, float[] image, int[] reach) {
        double mean = mean(image);
        float[] centred = new float[image.length];
        float[] square = new float[image.length];
        Blocks.forEach(
                image.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        double d = image[v] - mean; // small numbers have exact squares
                        centred[v] = (float) d;
                        square[v] = (float) (d * d);
                    }
                });
        BoxMean.replace(g, centred, reach);
        BoxMean.replace(g, square, reach);
        Blocks.forEach(
                square.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        square[v] =
                                (float) Math.max(0, square[v] - (double) centred[v] * centred[v]);
                    }
                });
        return square;
    }

    private static double mean(float[] image) {
        double sum = 0;
        for (float x : image) {
            sum += x;
        }
        return sum / image.length;
    }

    static void requireRadius(int radius) {
        if (radius < 1 || radius > WIDEST) {
            throw new IllegalArgumentException(
                    "radius must be 1 … " + WIDEST + " voxels, got " + radius);
        }
    }
}
