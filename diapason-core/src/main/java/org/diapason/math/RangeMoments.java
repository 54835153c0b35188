package org.diapason.math;

/**
 * Mean and standard deviation of the values strictly between two bounds.
 *
 * @param count how many values lie there
 * @param mean their mean; NaN where there is none
 * @param sd their standard deviation, dividing by count − 1; NaN where there is at most one
 */
public record RangeMoments(long count, double mean, double sd) {
    private static final int BLOCK = 1 << 18;

    /** Returns the moments of finite values; not modified. */
    public static RangeMoments of(float[] values, double low, double high) {
        int blocks = (values.length + BLOCK - 1) / BLOCK;
        double[] sums = new double[blocks];
        long[] counts = new long[blocks];
        Parallel.forEach(
                blocks,
                b -> {
                    double sum = 0;
                    long count = 0;
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        if (values[v] > low && values[v] < high) {
                            sum += values[v];
                            count++;
                        }
                    }
                    sums[b] = sum;
                    counts[b] = count;
                });
        long count = 0;
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            count += counts[b];
            sum += sums[b];
        }
        double mean = sum / count;
        Parallel.forEach(
                blocks,
                b -> {
                    double squares = 0;
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        if (values[v] > low && values[v] < high) {
                            squares += (values[v] - mean) * (values[v] - mean);
                        }
                    }
                    sums[b] = squares;
                });
        double squares = 0;
        for (double s : sums) {
            squares += s;
        }
        return new RangeMoments(
                count, mean, count > 1 ? Math.sqrt(squares / (count - 1)) : Double.NaN);
    }
}
