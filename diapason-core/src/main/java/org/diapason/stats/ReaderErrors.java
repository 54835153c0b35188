package org.diapason.stats;

import org.diapason.stats.ObuchowskiRockette.Errors;

/**
 * Error variances and covariances of the areas of tests and readers, from what each case adds.
 *
 * <p>Cases that only one of two readings has add nothing to their covariance.
 */
final class ReaderErrors {
    final double[] area;

    /** Mean variance, then covariances: other test, other reader, both other. */
    final double[] mean = new double[4];

    /** Variance and covariance of other readers of each test, one after another. */
    final double[] byTest;

    ReaderErrors(ReaderScores scores, Errors errors) {
        int readers = scores.readers().size();
        int cells = scores.tests().size() * readers;
        area = new double[cells];
        byTest = new double[2 * scores.tests().size()];
        double[][] part = new double[cells][];
        for (int cell = 0; cell < cells; cell++) {
            Placements all = scores.placements(cell / readers, cell % readers, -1);
            area[cell] = all.auc;
            part[cell] =
                    errors == Errors.JACKKNIFE
                            ? leavingOut(scores, cell / readers, cell % readers)
                            : placed(scores, cell / readers, cell % readers, all);
        }
        double[] count = new double[4];
        for (int a = 0; a < cells; a++) {
            for (int b = 0; b < cells; b++) {
                double covariance = 0;
                for (int c = 0; c < part[a].length; c++) {
                    covariance += part[a][c] * part[b][c];
                }
                boolean sameTest = a / readers == b / readers;
                boolean sameReader = a % readers == b % readers;
                int kind = sameTest ? sameReader ? 0 : 2 : sameReader ? 1 : 3;
                mean[kind] += covariance;
                count[kind]++;
                if (sameTest) {
                    int place = 2 * (a / readers) + (sameReader ? 0 : 1);
                    byTest[place] += covariance / (readers * (sameReader ? 1 : readers - 1.0));
                }
            }
        }
        for (int kind = 0; kind < mean.length; kind++) {
            mean[kind] /= count[kind];
        }
    }

    private static double[] leavingOut(ReaderScores scores, int test, int reader) {
        int cases = scores.cases();
        double[] part = new double[cases];
        double mean = 0;
        for (int c = 0; c < cases; c++) {
            part[c] = scores.placements(test, reader, c).auc;
            mean += part[c] / cases;
        }
        for (int c = 0; c < cases; c++) {
            part[c] = Math.sqrt((cases - 1.0) / cases) * (part[c] - mean);
        }
        return part;
    }

    private static double[] placed(ReaderScores scores, int test, int reader, Placements p) {
        double[] part = new double[scores.cases()];
        int[] rows = scores.rows(test, reader);
        for (int n = 0; n < rows.length; n++) {
            double of = p.positive[n] ? p.positives : p.negatives;
            part[rows[n]] = (p.share[n] - p.auc) / Math.sqrt(of * (of - 1));
        }
        return part;
    }
}
