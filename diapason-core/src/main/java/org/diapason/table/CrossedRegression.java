package org.diapason.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.stats.CrossedScales;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;

/**
 * {@link Regression} on several batch variables, from sums per combination of their levels: the
 * first variable is its batch, the levels of the others are columns beside the covariates. Then the
 * scales of all variables from what is left in each combination.
 */
final class CrossedRegression {
    private static final int BLOCK = 64;
    private static final double[] NONE = {};

    final double[] alpha;
    final double[][] beta;
    final double[] sigma;

    /** Standardised effect {@code [variable][level][feature]}, NaN where undefined. */
    final double[][][] gamma;

    /** Standardised squared scale {@code [variable][level][feature]}. */
    final double[][][] delta;

    /** Finite rows {@code [variable][level][feature]}. */
    final int[][][] count;

    /** Degrees of freedom {@code [curve][feature]}. */
    final double[][] freedom;

    /** Features whose scales did not settle. */
    final AtomicInteger unsettled = new AtomicInteger();

    private final JointComBat settings;
    private final ComBatFit cells;
    private final BatchCrossing all;
    private final List<BatchSums> sums;

    CrossedRegression(
            JointComBat settings, ComBatFit cells, BatchCrossing crossing, List<BatchSums> sums) {
        this.settings = settings;
        this.cells = cells;
        this.sums = sums;
        all = crossing;
        int features = cells.columns().size();
        alpha = new double[features];
        beta = new double[cells.design().size()][features];
        sigma = new double[features];
        freedom = new double[new Curves(cells.design(), settings.smoothing()).count()][features];
        int variables = crossing.variables.size();
        gamma = new double[variables][][];
        delta = new double[variables][][];
        count = new int[variables][][];
        for (int v = 0; v < variables; v++) {
            int levels = crossing.levels.get(v).size();
            gamma[v] = new double[levels][features];
            delta[v] = new double[levels][features];
            count[v] = new int[levels][features];
            for (int l = 0; l < levels; l++) {
                Arrays.fill(gamma[v][l], Double.NaN);
                Arrays.fill(delta[v][l], Double.NaN);
            }
        }
    }

    /** Returns pairs of level and fitted feature without a finite row. */
    int missing() {
        int missing = 0;
        for (int[][] variable : count) {
            for (int[] level : variable) {
                for (int f = 0; f < sigma.length; f++) {
                    missing += sigma[f] > 0 && level[f] == 0 ? 1 : 0;
                }
            }
        }
        return missing;
    }

    /** Fits features that have values at the same levels. */
    void fit(int[] features) {
        int[] present =
                IntStream.range(0, sums.size()).filter(c -> reached(c, features[0])).toArray();
        if (present.length == 0) {
            for (int f : features) {
                leaveOut(f, Double.NaN);
            }
            return;
        }
        List<String> names = Arrays.stream(present).mapToObj(cells.batches()::get).toList();
        Group group = new Group(features, present, new BatchCrossing(all.variables, names));
        group.fit();
    }

    /** Says whether a feature has a finite value at every level of a cell, there or elsewhere. */
    private boolean reached(int cell, int f) {
        for (int v = 0; v < all.variables.size(); v++) {
            boolean found = false;
            for (int c = 0; c < sums.size() && !found; c++) {
                found = all.at[c][v] == all.at[cell][v] && sums.get(c).moments(f).n > 0;
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private void leaveOut(int f, double sd) {
        sigma[f] = sd;
        alpha[f] = Double.isNaN(sd) ? Double.NaN : 0;
        for (double[] effects : beta) {
            effects[f] = 0;
        }
        for (int v = 0; v < gamma.length; v++) {
            for (int l = 0; l < gamma[v].length; l++) {
                gamma[v][l][f] = Double.NaN;
                delta[v][l][f] = Double.NaN;
            }
        }
    }

    /** Returns moments with numbers that are the same in every row before them. */
    static Moments coded(Moments m, double[] code) {
        int q = code.length;
        int p = q + m.mean.length;
        Moments coded = new Moments(p);
        coded.n = m.n;
        System.arraycopy(code, 0, coded.mean, 0, q);
        System.arraycopy(m.mean, 0, coded.mean, q, p - q);
        for (int k = 0; k < p - q; k++) {
            System.arraycopy(m.cross, k * (p - q), coded.cross, (q + k) * p + q, p - q);
        }
        return coded;
    }

    /** Returns the sums of some features, with numbers that are the same in every row. */
    private static BatchSums coded(BatchSums s, int[] features, double[] code) {
        Moments shared = coded(s.shared, code);
        BatchSums result = new BatchSums(features.length, shared.mean.length);
        result.shared.add(shared);
        result.mean = pick(s.mean, features);
        result.squares = pick(s.squares, features);
        result.cross = new double[shared.mean.length][];
        double[] none = new double[features.length];
        for (int k = 0; k < result.cross.length; k++) {
            result.cross[k] = k < code.length ? none : pick(s.cross[k - code.length], features);
        }
        for (int g = 0; g < features.length; g++) {
            Moments own = s.own.get(features[g]);
            if (own != null) {
                result.own.put(g, coded(own, code));
            }
        }
        return result;
    }

    private static double[] pick(double[] values, int[] places) {
        double[] picked = new double[places.length];
        for (int g = 0; g < picked.length; g++) {
            picked[g] = values[places[g]];
        }
        return picked;
    }

    /** Features that share their levels, and the cells of these. */
    private final class Group {
        private final int[] features;
        private final BatchCrossing crossing;
        private final List<BatchSums> own;
        private final int[][] levels;
        private final int dummies;
        private final Map<Numbers, double[]> spent = new HashMap<>();
        private Regression regression;

        Group(int[] features, int[] present, BatchCrossing crossing) {
            this.features = features;
            this.crossing = crossing;
            dummies = crossing.dummies();
            own =
                    IntStream.range(0, present.length)
                            .mapToObj(c -> coded(sums.get(present[c]), features, crossing.code(c)))
                            .toList();
            levels = new int[crossing.variables.size()][];
            for (int v = 0; v < levels.length; v++) {
                List<String> wanted = all.levels.get(v);
                levels[v] = crossing.levels.get(v).stream().mapToInt(wanted::indexOf).toArray();
            }
        }

        void fit() {
            Design design = crossing.with(cells.design());
            Curves curves = new Curves(design, settings.smoothing());
            List<BatchSums> batches = byFirst(design.size());
            Confounding products =
                    new Confounding(
                            crossing.variables.get(0),
                            crossing.levels.get(0),
                            design,
                            curves,
                            batches.stream().map(b -> b.shared).toList(),
                            List.of());
            regression =
                    new Regression(
                            batches,
                            curves,
                            products.within(),
                            products.scale(),
                            -1,
                            settings.minScaleExams());
            for (int g = 0; g < features.length; g++) {
                spent.computeIfAbsent(Numbers.of(rows(g)), this::leverages);
            }
            Parallel.forEach(
                    (features.length + BLOCK - 1) / BLOCK,
                    b -> {
                        int end = Math.min(features.length, (b + 1) * BLOCK);
                        regression.fit(b * BLOCK, end);
                        for (int g = b * BLOCK; g < end; g++) {
                            take(g);
                        }
                    });
        }

        /** Returns the sums per level of the first variable. */
        private List<BatchSums> byFirst(int numbers) {
            List<BatchSums> batches =
                    crossing.levels.get(0).stream()
                            .map(l -> new BatchSums(features.length, numbers))
                            .toList();
            batches.forEach(BatchSums::complete);
            for (int c = 0; c < own.size(); c++) {
                if (own.get(c).shared.n > 0) {
                    // Adding a cell of one row writes into it, and it is needed again.
                    BatchSums copy =
                            coded(own.get(c), IntStream.range(0, features.length).toArray(), NONE);
                    batches.get(crossing.at[c][0]).add(copy);
                }
            }
            return batches;
        }

        private double[] rows(int g) {
            return own.stream().mapToDouble(s -> s.moments(g).n).toArray();
        }

        private double[] leverages(Numbers rows) {
            return crossing.leverages(
                    Arrays.stream(rows.toArray()).mapToInt(n -> (int) n).toArray());
        }

        /** Takes what the regression found of a feature. */
        private void take(int g) {
            int f = features[g];
            double sd = regression.sigma[g];
            double[] rows = rows(g);
            for (int c = 0; c < rows.length; c++) {
                for (int v = 0; v < levels.length; v++) {
                    count[v][levels[v][crossing.at[c][v]]][f] += (int) rows[c];
                }
            }
            if (!(sd > 0)) {
                leaveOut(f, sd);
                return;
            }
            sigma[f] = sd;
            for (int k = 0; k < beta.length; k++) {
                beta[k][f] = regression.beta[dummies + k][g];
            }
            for (int j = 0; j < freedom.length; j++) {
                freedom[j][f] = regression.chosen.freedom[j][g];
            }
            double[][] effects = effects(g, sd, rows);
            double grand = regression.alpha[g];
            for (int v = 1; v < effects.length; v++) {
                grand += centre(v, effects[v], rows) * sd;
            }
            alpha[f] = grand;
            for (int v = 0; v < effects.length; v++) {
                for (int l = 0; l < effects[v].length; l++) {
                    gamma[v][levels[v][l]][f] = effects[v][l];
                }
            }
            scales(g, f, effects, rows);
        }

        /** Returns the effect of each level in units of σ, that of the first 0 but in the first. */
        private double[][] effects(int g, double sd, double[] rows) {
            double[][] effects = new double[levels.length][];
            for (int v = 0; v < effects.length; v++) {
                effects[v] = new double[levels[v].length];
                for (int l = 0; l < effects[v].length; l++) {
                    int place = crossing.dummy(v, l);
                    effects[v][l] =
                            v == 0
                                    ? regression.gamma[l][g]
                                    : place < 0 ? 0 : regression.beta[place][g] / sd;
                }
            }
            return effects;
        }

        /** Makes the mean over the rows 0 and returns what it was. */
        private double centre(int v, double[] effects, double[] rows) {
            double sum = 0;
            double n = 0;
            for (int c = 0; c < rows.length; c++) {
                sum += rows[c] * effects[crossing.at[c][v]];
                n += rows[c];
            }
            for (int l = 0; l < effects.length; l++) {
                effects[l] -= sum / n;
            }
            return sum / n;
        }

        private void scales(int g, int f, double[][] effects, double[] rows) {
            double[] leverages = spent.get(Numbers.of(rows));
            double[] squares = new double[rows.length];
            double[] degrees = new double[rows.length];
            double[] b = new double[beta.length + dummies];
            for (int k = dummies; k < b.length; k++) {
                b[k] = beta[k - dummies][f];
            }
            for (int c = 0; c < rows.length; c++) {
                BatchSums s = own.get(c);
                Moments m = s.moments(g);
                if (m.n == 0) {
                    continue;
                }
                double away = s.mean[g] - alpha[f];
                for (int k = dummies; k < b.length; k++) {
                    away -= b[k] * m.mean[k];
                }
                away /= sigma[f];
                for (int v = 0; v < effects.length; v++) {
                    away -= effects[v][crossing.at[c][v]];
                }
                double within = Regression.residual(s, m, g, b);
                squares[c] = within / (sigma[f] * sigma[f]) + m.n * away * away;
                degrees[c] = m.n - leverages[c];
            }
            boolean[][] wanted = new boolean[levels.length][];
            for (int v = 0; v < wanted.length; v++) {
                wanted[v] = new boolean[levels[v].length];
                for (int l = 0; l < wanted[v].length; l++) {
                    wanted[v][l] =
                            wanted[v].length > 1
                                    && count[v][levels[v][l]][f] >= settings.minScaleExams();
                }
            }
            CrossedScales fitted = CrossedScales.of(crossing.at, squares, degrees, wanted);
            if (fitted.iterations < 0) {
                unsettled.incrementAndGet();
                leaveOut(f, Double.NaN);
                return;
            }
            for (int v = 0; v < wanted.length; v++) {
                for (int l = 0; l < wanted[v].length; l++) {
                    delta[v][levels[v][l]][f] = wanted[v].length == 1 ? 1 : fitted.squares[v][l];
                }
            }
        }
    }
}
