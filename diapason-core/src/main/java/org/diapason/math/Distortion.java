package org.diapason.math;

/**
 * How far a map of values is from a mere change of gain and offset, over the values it was made
 * for; all three are 0, 1 and 0 for a straight line and do not depend on units.
 *
 * @param nonlinearity {@code 1 − r²} of the mapped values against the best straight line, every
 *     value of the source weighing the same; 1 where all become one value
 * @param stretch the steepest rise between neighbouring percentiles of the source, over the slope
 *     of that line: how many times more than others some values' noise is stretched; 0 where all
 *     become one
 * @param merged the share of values that fall together with other ones (as 32-bit floats): their
 *     order is lost; nothing else about ranks changes, as the map never falls
 */
public record Distortion(double nonlinearity, double stretch, double merged) {
    private static final int BLOCK = 1 << 18;
    private static final int PERCENT = 100;

    /** Measures a map on the values it was made for. */
    public static Distortion of(SortedFloats source, StraightPieces map) {
        int n = source.size();
        float middle = source.get(n / 2);
        double level = map.at(middle);
        int blocks = (int) ((n + (long) BLOCK - 1) / BLOCK);
        double[][] parts = new double[blocks][];
        Parallel.forEach(blocks, b -> parts[b] = sums(source, map, b, middle, level));
        double[] sum = new double[6];
        for (double[] part : parts) {
            for (int s = 0; s < sum.length; s++) {
                sum[s] += part[s];
            }
        }
        double xx = sum[2] - sum[0] * sum[0] / n;
        double yy = sum[3] - sum[1] * sum[1] / n;
        double xy = sum[4] - sum[0] * sum[1] / n;
        if (!(xx > 0 && yy > 0 && xy > 0)) {
            return new Distortion(1, 0, sum[5] / n);
        }
        double slope = xy / xx;
        double steepest = 0;
        for (int p = 0; p < PERCENT; p++) {
            float low = (float) source.quantile((double) p / PERCENT);
            float high = (float) source.quantile((p + 1.0) / PERCENT);
            if (high > low) {
                double rise = (map.at(high) - map.at(low)) / ((double) high - low);
                steepest = Math.max(steepest, rise);
            }
        }
        return new Distortion(Math.max(0, 1 - xy / xx * (xy / yy)), steepest / slope, sum[5] / n);
    }

    /** Sums x, y, xx, yy, xy and merged values of the images that begin in one block. */
    private static double[] sums(
            SortedFloats source, StraightPieces map, int block, float middle, double level) {
        double[] sum = new double[6];
        int n = source.size();
        int end = (int) Math.min(n, (block + 1L) * BLOCK);
        int v = block * BLOCK;
        float before = v == 0 ? Float.NaN : (float) map.at(source.get(v - 1));
        while (v < end && (float) map.at(source.get(v)) == before) {
            v++; // their image began in an earlier block
        }
        while (v < end) {
            int start = v;
            boolean several = false;
            double y = map.at(source.get(v));
            float image = (float) y;
            do {
                double dx = (double) source.get(v) - middle;
                double dy = y - level;
                sum[0] += dx;
                sum[1] += dy;
                sum[2] += dx * dx;
                sum[3] += dy * dy;
                sum[4] += dx * dy;
                v++;
                if (v < n && source.rises(v)) {
                    y = map.at(source.get(v));
                    several |= (float) y == image;
                }
            } while (v < n && (float) y == image);
            sum[5] += several ? v - start : 0;
        }
        return sum;
    }
}
