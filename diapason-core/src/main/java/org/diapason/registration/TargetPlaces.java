package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/** Where the errors of a registration are told: in the mask, or in the bright half of the image. */
final class TargetPlaces {
    private static final int MOST = 1000;

    private TargetPlaces() {}

    /**
     * @param level a coarse grid of the fixed image
     * @param mask on its own grid
     */
    static double[][] of(Level level, Optional<Mask> mask) {
        boolean[] in = mask.map(Mask::voxels).orElseGet(() -> bright(level));
        Geometry g = mask.map(Mask::geometry).orElse(level.geometry());
        int count = 0;
        for (boolean one : in) {
            count += one ? 1 : 0;
        }
        double every = Math.max(1, count / (double) MOST);
        List<double[]> places = new ArrayList<>();
        int met = 0;
        for (int v = 0; v < in.length; v++) {
            if (in[v] && met++ >= places.size() * every) {
                int row = v / g.ni();
                places.add(g.toWorld(v - row * g.ni(), row % g.nj(), row / g.nj()).toArray());
            }
        }
        return places.toArray(double[][]::new);
    }

    /** Values above the middle between the means of those below and above it (Ridler 1978). */
    private static boolean[] bright(Level level) {
        float[] values = level.values();
        boolean[] bright = new boolean[values.length];
        Range range = Range.of(level, "fixed");
        double threshold = (range.low() + range.high()) / 2;
        for (int turn = 0; turn < 20; turn++) {
            double low = 0;
            double high = 0;
            int lows = 0;
            int highs = 0;
            for (int v = 0; v < values.length; v++) {
                if (level.shows(v)) {
                    bright[v] = values[v] > threshold;
                    double value = Math.max(range.low(), Math.min(range.high(), values[v]));
                    low += bright[v] ? 0 : value;
                    high += bright[v] ? value : 0;
                    lows += bright[v] ? 0 : 1;
                    highs += bright[v] ? 1 : 0;
                }
            }
            if (lows == 0 || highs == 0) {
                break;
            }
            threshold = (low / lows + high / highs) / 2;
        }
        return bright;
    }
}
