package org.diapason.table;

import java.util.List;
import org.diapason.stats.Cholesky;
import org.diapason.stats.PenalisedFit;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;

/**
 * What of a design is penalised, and the least squares that follow: ComBat-GAM (Pomponio and others
 * 2020, NeuroImage 208:116450, doi:10.1016/j.neuroimage.2019.116450) with a smoothness per feature
 * that no chance decides.
 *
 * <p>The batches are never penalised and are taken out before: cross-products are those within
 * batches.
 */
final class Curves {
    private final List<Design.Smooth> smooths;
    private final ComBat.Smoothing smoothing;

    Curves(Design design, ComBat.Smoothing smoothing) {
        this.smoothing = smoothing;
        smooths = smoothing == ComBat.Smoothing.NONE ? List.of() : design.smooths();
    }

    /** Returns how many curves are penalised. */
    int count() {
        return smooths.size();
    }

    /** Least squares of one feature on the shared columns. */
    interface Solver {
        /**
         * Turns cross-products into effects.
         *
         * @param products on entry C'y within batches, on return the effects
         * @param squares y'y within batches
         * @param degrees finite rows less batches
         * @param freedom receives the degrees of freedom {@code [curve][feature]}
         * @param feature the feature
         */
        void solve(
                double[] products, double squares, double degrees, double[][] freedom, int feature);
    }

    /**
     * Returns the solver for cross-products within batches; null where they are rank-deficient even
     * with the penalties.
     */
    Solver solver(double[] within, double[] scale) {
        if (smooths.isEmpty()) {
            Cholesky factor = Cholesky.of(within, scale);
            return factor.full() ? (b, squares, degrees, freedom, f) -> factor.solve(b) : null;
        }
        PenalisedFit fit =
                new PenalisedFit(
                        within,
                        scale,
                        smooths.stream().map(Curves::block).toList(),
                        PenalisedFit.Criterion.valueOf(smoothing.name()));
        if (!fit.full()) {
            return null;
        }
        return (b, squares, degrees, freedom, f) -> {
            double[] own = new double[freedom.length];
            fit.fit(b, squares, degrees, own);
            for (int j = 0; j < own.length; j++) {
                freedom[j][f] = own[j];
            }
        };
    }

    /** A curve has one straight line that its penalty leaves alone. */
    private static PenalisedFit.Block block(Design.Smooth s) {
        return new PenalisedFit.Block(s.start(), s.width(), s.penalty(), s.width() - 1);
    }

    /** Returns a factor in which a column is dependent that not even a penalty determines. */
    Cholesky factor(double[] within, double[] scale) {
        int p = scale.length;
        double[] matrix = within.clone();
        for (Design.Smooth s : smooths) {
            double trace = 0;
            for (int k = s.start(); k < s.start() + s.width(); k++) {
                trace += within[k * p + k];
            }
            double weight = trace / s.width();
            for (int r = 0; r < s.width(); r++) {
                for (int c = 0; c < s.width(); c++) {
                    matrix[(s.start() + r) * p + s.start() + c] +=
                            weight * s.penalty().get(r * s.width() + c);
                }
            }
        }
        return Cholesky.of(matrix, scale);
    }

    /** Writes down the lowest, the median and the highest degrees of freedom of each curve. */
    void report(double[][] freedom, double[] sigma, Trace trace) {
        for (int j = 0; j < freedom.length; j++) {
            double[] of = freedom[j];
            double[] fitted =
                    java.util.stream.IntStream.range(0, of.length)
                            .filter(f -> sigma[f] > 0)
                            .mapToDouble(f -> of[f])
                            .sorted()
                            .toArray();
            if (fitted.length > 0) {
                trace.note(
                        "freedom." + smooths.get(j).term().text(),
                        Numbers.of(
                                fitted[0], fitted[fitted.length / 2], fitted[fitted.length - 1]));
            }
        }
    }
}
