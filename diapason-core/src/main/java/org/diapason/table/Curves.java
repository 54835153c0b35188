package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
         * @param chosen receives what was chosen per curve
         * @param feature the feature
         */
        void solve(double[] products, double squares, double degrees, Chosen chosen, int feature);
    }

    /** What was chosen per curve and feature. */
    static final class Chosen {
        /** Effective degrees of freedom {@code [curve][feature]}. */
        final double[][] freedom;

        /** λ {@code [curve][feature]}, infinite for a straight line. */
        final double[][] lambda;

        Chosen(int curves, int features) {
            freedom = new double[curves][features];
            lambda = new double[curves][features];
        }
    }

    /**
     * Returns the solver for cross-products within batches; null where they are rank-deficient even
     * with the penalties.
     */
    Solver solver(double[] within, double[] scale) {
        if (smooths.isEmpty()) {
            Cholesky factor = Cholesky.of(within, scale);
            return factor.full() ? (b, squares, degrees, chosen, f) -> factor.solve(b) : null;
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
        return (b, squares, degrees, chosen, f) -> {
            double[] freedom = new double[smooths.size()];
            double[] lambda = new double[smooths.size()];
            fit.fit(b, squares, degrees, freedom, lambda);
            for (int j = 0; j < freedom.length; j++) {
                chosen.freedom[j][f] = freedom[j];
                chosen.lambda[j][f] = lambda[j];
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

    /**
     * Writes down the lowest, the median and the highest degrees of freedom and λ of each curve.
     */
    void report(Chosen chosen, double[] sigma, Trace trace) {
        for (int j = 0; j < smooths.size(); j++) {
            String term = smooths.get(j).term().text();
            report("lambda." + term, chosen.lambda[j], sigma, trace);
        }
        report(chosen.freedom, sigma, trace);
    }

    /** Writes down the lowest, the median and the highest degrees of freedom of each curve. */
    void report(double[][] freedom, double[] sigma, Trace trace) {
        for (int j = 0; j < smooths.size(); j++) {
            report("freedom." + smooths.get(j).term().text(), freedom[j], sigma, trace);
        }
    }

    private static void report(String name, double[] of, double[] sigma, Trace trace) {
        double[] fitted =
                IntStream.range(0, of.length)
                        .filter(f -> sigma[f] > 0)
                        .mapToDouble(f -> of[f])
                        .sorted()
                        .toArray();
        int n = fitted.length;
        if (n > 0) {
            trace.note(name, Numbers.of(fitted[0], fitted[n / 2], fitted[n - 1]));
        }
    }

    /** Returns what was chosen as part of a model; NaN for a straight line and where no fit is. */
    List<ComBatModel.Curve> model(Chosen chosen, double[] sigma) {
        List<ComBatModel.Curve> curves = new ArrayList<>();
        for (int j = 0; j < smooths.size(); j++) {
            double[] freedom = chosen.freedom[j].clone();
            double[] lambda = chosen.lambda[j].clone();
            for (int f = 0; f < sigma.length; f++) {
                freedom[f] = sigma[f] > 0 ? freedom[f] : Double.NaN;
                boolean known = sigma[f] > 0 && Double.isFinite(lambda[f]);
                lambda[f] = known ? lambda[f] : Double.NaN;
            }
            curves.add(
                    new ComBatModel.Curve(
                            smooths.get(j).term().text(), Numbers.of(lambda), Numbers.of(freedom)));
        }
        return curves;
    }
}
