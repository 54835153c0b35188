package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.stats.Normalising;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;

/**
 * Learns the transform of each feature. λ is the most likely one of the model that follows: t(y)
 * normal about batch and covariates with a variance per batch (one for all where only means are
 * corrected; one shared by batches under min-scale-exams), so that neither shifts nor spreads of
 * batches are taken for the shape of the distribution.
 *
 * <p>l(λ) = −½·Σᵢ nᵢ·ln(RSSᵢ/nᵢ) + Σ ln|t′(y)|. RSSᵢ changes with λ, so no fixed sums hold it: rows
 * are needed.
 */
final class TransformFit {
    /** λ is looked for from −5 to 5. */
    private static final double MOST = 5;

    /** Values of a rank-normal transform that a model keeps. */
    private static final int KNOTS = 101;

    private static final int BLOCK = 16;

    private final ComBatFit fit;
    private final HeldRows rows;
    private final Curves curves;
    private final double[] scale;

    TransformFit(ComBatFit fit, HeldRows rows) {
        this.fit = fit;
        this.rows = rows;
        curves = new Curves(fit.design(), fit.settings().smoothing());
        Moments all = new Moments(fit.design().size());
        for (int r = 0; r < rows.size(); r++) {
            all.add(rows.code(r));
        }
        int p = all.mean.length;
        scale = new double[p];
        Arrays.setAll(scale, k -> all.cross[k * p + k]);
    }

    /** Returns the transforms of the features that have one, in their order. */
    List<Transform> learn(List<Transform.Kind> kinds) {
        Transform[] found = new Transform[kinds.size()];
        Parallel.forEach(
                (found.length + BLOCK - 1) / BLOCK,
                b -> {
                    RowFit least = new RowFit(rows, fit.batches().size(), curves, scale);
                    int end = Math.min(found.length, (b + 1) * BLOCK);
                    for (int f = b * BLOCK; f < end; f++) {
                        if (kinds.get(f) != Transform.Kind.NONE) {
                            found[f] = learn(f, kinds.get(f), least);
                        }
                    }
                });
        return Arrays.stream(found).filter(t -> t != null).toList();
    }

    private Transform learn(int f, Transform.Kind kind, RowFit least) {
        String name = fit.columns().get(f);
        double[] y = rows.column(f);
        double[] sorted = Arrays.stream(y).filter(Double::isFinite).sorted().toArray();
        int n = sorted.length;
        if (n == 0 || sorted[0] == sorted[n - 1]) {
            // Nothing to learn from, and nothing to change: the feature passes or is undefined.
            return null;
        }
        double[] ends = {sorted[0], sorted[n - 1]};
        if (kind == Transform.Kind.LOG) {
            return Transform.of(name, kind, OptionalDouble.empty(), 1, ends);
        }
        if (kind == Transform.Kind.RANK_NORMAL) {
            return ranks(name, sorted);
        }
        double unit = 1;
        double lambda;
        if (kind == Transform.Kind.BOX_COX) {
            unit = geometricMean(sorted);
            lambda = lambda(y, kind, unit, least);
        } else if (sorted[0] >= 0) {
            // Box-Cox of 1 + y.
            unit = geometricMean(Arrays.stream(sorted).map(v -> 1 + v).toArray());
            double[] more = Arrays.stream(y).map(v -> 1 + v).toArray();
            lambda = lambda(more, Transform.Kind.BOX_COX, unit, least);
        } else {
            lambda = lambda(y, kind, unit, least);
        }
        return Transform.of(name, kind, OptionalDouble.of(lambda), unit, ends);
    }

    private static double geometricMean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += StrictMath.log(v);
        }
        return StrictMath.exp(sum / values.length);
    }

    private double lambda(double[] y, Transform.Kind kind, double unit, RowFit least) {
        double[] w = new double[y.length];
        int[] count = new int[fit.batches().size()];
        double jacobian = 0;
        for (int r = 0; r < y.length; r++) {
            if (Double.isFinite(y[r])) {
                w[r] = 1;
                count[rows.batch(r)]++;
                double away = kind == Transform.Kind.BOX_COX ? y[r] / unit - 1 : Math.abs(y[r]);
                jacobian += Math.copySign(1, y[r]) * StrictMath.log1p(away);
            }
        }
        if (!least.prepare(w)) {
            return 1;
        }
        double slope = jacobian;
        double[] t = new double[y.length];
        Curves.Chosen chosen = new Curves.Chosen(curves.count(), 1);
        return Normalising.largest(
                lambda -> {
                    double size = 0;
                    for (int r = 0; r < t.length; r++) {
                        t[r] = w[r] == 0 ? 0 : changed(kind, y[r], unit, lambda);
                        size += t[r] * t[r];
                    }
                    least.solve(t, w, chosen, 0);
                    return (lambda - 1) * slope - spread(t, w, count, size, least);
                },
                -MOST,
                MOST,
                20);
    }

    private static double changed(Transform.Kind kind, double y, double unit, double lambda) {
        return kind == Transform.Kind.BOX_COX
                ? Normalising.boxCox(y / unit, lambda)
                : Normalising.yeoJohnson(y, lambda, 1);
    }

    /** Returns ½·Σᵢ nᵢ·ln(RSSᵢ/nᵢ); infinite where rounding leaves nothing of t. */
    private double spread(double[] t, double[] w, int[] count, double size, RowFit least) {
        double[] rest = new double[count.length];
        double all = 0;
        for (int r = 0; r < t.length; r++) {
            if (w[r] > 0) {
                double e = least.residual(r, t[r]);
                rest[rows.batch(r)] += e * e;
                all += e * e;
            }
        }
        if (!(all > 1e-20 * size) || Double.isInfinite(all)) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        double shared = 0;
        int many = 0;
        for (int i = 0; i < rest.length; i++) {
            if (fit.ownScale(count[i]) && rest[i] > 1e-12 * all) {
                sum += 0.5 * count[i] * StrictMath.log(rest[i] / count[i]);
            } else {
                shared += rest[i];
                many += count[i];
            }
        }
        return shared > 0 ? sum + 0.5 * many * StrictMath.log(shared / many) : sum;
    }

    private static Transform ranks(String name, double[] sorted) {
        double[] scores = Normalising.scores(sorted);
        List<Integer> first = new ArrayList<>();
        for (int n = 0; n < sorted.length; n++) {
            if (n == 0 || sorted[n] > sorted[n - 1]) {
                first.add(n);
            }
        }
        int knots = Math.min(KNOTS, first.size());
        double[] values = new double[knots];
        double[] deviates = new double[knots];
        for (int k = 0; k < knots; k++) {
            int at = first.get((int) ((long) k * (first.size() - 1) / (knots - 1)));
            values[k] = sorted[at];
            deviates[k] = scores[at];
        }
        return new Transform(
                name,
                Transform.Kind.RANK_NORMAL,
                OptionalDouble.empty(),
                1,
                Numbers.of(values),
                Numbers.of(deviates),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /** Writes down how many features have each transform, and λ: least, median, most. */
    static void report(List<Transform> transforms, Trace trace) {
        TreeMap<Transform.Kind, List<Transform>> byKind = new TreeMap<>();
        for (Transform t : transforms) {
            byKind.computeIfAbsent(t.kind(), k -> new ArrayList<>()).add(t);
        }
        byKind.forEach(
                (kind, of) -> {
                    String name = Transforms.word(kind);
                    trace.note("transformed." + name, of.size());
                    double[] l =
                            of.stream()
                                    .flatMapToDouble(t -> t.lambda().stream())
                                    .sorted()
                                    .toArray();
                    if (l.length > 0) {
                        trace.note(
                                "lambda." + name,
                                Numbers.of(l[0], l[l.length / 2], l[l.length - 1]));
                    }
                    long ends = Arrays.stream(l).filter(v -> Math.abs(v) == MOST).count();
                    if (ends > 0) {
                        trace.warn(
                                "transform "
                                        + name
                                        + ": the most likely λ of "
                                        + ends
                                        + (ends == 1 ? " feature" : " features")
                                        + " lies at or beyond -5 or 5, where it was cut off: no"
                                        + " power makes it normal. Look at its histogram.");
                    }
                });
    }
}
