package org.diapason.math;

import java.util.Arrays;

/**
 * The line with the least median of differences, of lines through one or two of the points: no half
 * of wrong ones can draw it.
 *
 * <p>Rousseeuw 1984, Journal of the American Statistical Association 79(388):871–880,
 * doi:10.1080/01621459.1984.10477105.
 */
final class LeastMedian {
    private static final int CANDIDATES = 300;

    /** Fractions of a turn whose multiples fill a line, and both together a square, evenly. */
    private static final double FIRST_TURN = 0.7548776662466927;

    private static final double SECOND_TURN = 0.5698402909980532;

    private LeastMedian() {}

    /**
     * Returns gain and offset that bring x to y; 1 and 0 where no line through the points rises.
     */
    static double[] line(double[] x, double[] y, Mosaic.Model model) {
        int n = x.length;
        double[] best = {1, 0};
        double least = Double.POSITIVE_INFINITY;
        double[] away = new double[n];
        for (int c = 1; c <= CANDIDATES; c++) {
            double[] line =
                    through(x, y, spread(c, FIRST_TURN, n), spread(c, SECOND_TURN, n), model);
            if (!(line[0] > 0 && Math.abs(line[1]) <= Double.MAX_VALUE)) {
                continue;
            }
            for (int v = 0; v < n; v++) {
                away[v] = Math.abs(line[0] * x[v] + line[1] - y[v]);
            }
            Arrays.sort(away);
            if (away[n / 2] < least) {
                least = away[n / 2];
                best = line;
            }
        }
        return best;
    }

    private static double[] through(double[] x, double[] y, int p, int q, Mosaic.Model model) {
        if (model == Mosaic.Model.OFFSET) {
            return new double[] {1, y[p] - x[p]};
        }
        if (model == Mosaic.Model.GAIN) {
            return new double[] {y[p] / x[p], 0};
        }
        double gain = (y[p] - y[q]) / (x[p] - x[q]);
        return new double[] {gain, y[p] - gain * x[p]};
    }

    /** Returns numbers from 0 to n − 1 that fill the range evenly. */
    private static int spread(int count, double ratio, int n) {
        double turn = count * ratio;
        return (int) ((turn - Math.floor(turn)) * n);
    }
}
