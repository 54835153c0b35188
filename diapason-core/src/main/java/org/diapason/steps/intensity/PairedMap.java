package org.diapason.steps.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.StraightPieces;
import org.diapason.stats.BlandAltman;
import org.diapason.stats.PassingBablok;
import org.diapason.stats.Students;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.PairedScans.Pair;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** Fits a map to paired scans, with standard errors jackknifed over subjects. */
record PairedMap(Mapping mapping, List<String> masks, String source, String target) {
    /** Below this, paired voxels neither rise nor fall together. */
    private static final double LEAST_CONCORDANCE = 0.2;

    StraightPieces learn(List<Pair> pairs, Trace trace) {
        boolean falling = mapping == Mapping.MONOTONE && falls(pairs, trace);
        StraightPieces map = fit(pairs, falling);
        List<StraightPieces> without = new ArrayList<>();
        for (int p = 0; p < pairs.size(); p++) {
            without.add(fit(without(pairs, p), falling));
        }
        trace.note("knots", map.from());
        trace.note("mapped", map.to());
        Numbers knots = map.from();
        double[] errors = new double[knots.size()];
        for (int k = 0; k < errors.length; k++) {
            double at = knots.get(k);
            errors[k] = jackknife(without.stream().mapToDouble(m -> m.at(at)).toArray());
        }
        trace.note("mappedSe", Numbers.of(errors));
        if (mapping == Mapping.AFFINE) {
            noteLine(pairs, map, without, trace);
        }
        PairedAgreement agreement = new PairedAgreement(pairs, without, masks);
        if (mapping == Mapping.MONOTONE) {
            agreement.noteVoxels(source + " and " + target, trace);
        }
        for (int m = 0; m < masks.size(); m++) {
            agreement.noteMeans(m, trace);
        }
        return map;
    }

    private StraightPieces fit(List<Pair> pairs, boolean falling) {
        return switch (mapping) {
            case AFFINE -> line(pairs);
            case MONOTONE -> shares(pairs, falling);
            case TISSUE_WISE -> tissues(pairs);
        };
    }

    private StraightPieces line(List<Pair> pairs) {
        PassingBablok line = regression(pairs);
        if (Double.isNaN(line.slope())) {
            throw untold("do not vary, or in no common direction");
        }
        double[] x = means(pairs, true);
        double low = Arrays.stream(x).min().getAsDouble();
        double high = Arrays.stream(x).max().getAsDouble();
        return StraightPieces.of(
                Numbers.of(low, high),
                Numbers.of(
                        line.intercept() + line.slope() * low,
                        line.intercept() + line.slope() * high));
    }

    private PassingBablok regression(List<Pair> pairs) {
        return PassingBablok.of(means(pairs, true), means(pairs, false));
    }

    private double[] means(List<Pair> pairs, boolean ofSource) {
        return pairs.stream()
                .flatMapToDouble(p -> Arrays.stream((ofSource ? p.source() : p.target()).means()))
                .toArray();
    }

    private RefusedException untold(String what) {
        return new RefusedException(
                "the means of "
                        + masks
                        + " of the subjects scanned at "
                        + source
                        + " and "
                        + target
                        + " "
                        + what
                        + ", so no gain can be told. Name masks of several tissues, or scan more"
                        + " subjects at both.");
    }

    private StraightPieces shares(List<Pair> pairs, boolean falling) {
        int count = pairs.get(0).source().shares()[0].length;
        double[] x = new double[count];
        double[] y = new double[count];
        for (Pair pair : pairs) {
            for (int q = 0; q < count; q++) {
                x[q] += pair.source().shares()[0][q] / pairs.size();
                int other = falling ? count - 1 - q : q;
                y[q] += pair.target().shares()[0][other] / pairs.size();
            }
        }
        return knots(x, y);
    }

    private StraightPieces tissues(List<Pair> pairs) {
        Integer[] order = new Integer[masks.size()];
        double[] x = new double[order.length];
        double[] y = new double[order.length];
        for (int m = 0; m < order.length; m++) {
            order[m] = m;
            for (Pair pair : pairs) {
                x[m] += pair.source().means()[m] / pairs.size();
                y[m] += pair.target().means()[m] / pairs.size();
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(x[a], x[b]));
        for (int m = 1; m < order.length; m++) {
            requireApart(pairs, order[m - 1], order[m]);
        }
        return knots(
                Arrays.stream(order).mapToDouble(m -> x[m]).toArray(),
                Arrays.stream(order).mapToDouble(m -> y[m]).toArray());
    }

    /** Refuses tissues whose order at the source is not the same in nearly all subjects. */
    private void requireApart(List<Pair> pairs, int low, int high) {
        double[] apart =
                pairs.stream()
                        .mapToDouble(p -> p.source().means()[high] - p.source().means()[low])
                        .toArray();
        BlandAltman spread = BlandAltman.of(apart);
        if (!(spread.low() > 0)) {
            throw new RefusedException(
                    "the images of "
                            + source
                            + " do not tell "
                            + masks.get(low)
                            + " from "
                            + masks.get(high)
                            + ": their means differ by "
                            + Numbers.fixed(spread.bias(), 3)
                            + " ± "
                            + Numbers.fixed(spread.sd(), 3)
                            + ", so no map from there can tell them. Leave one of the masks out.");
        }
    }

    /** Joins knots of the same place. */
    private StraightPieces knots(double[] x, double[] y) {
        double[] from = new double[x.length];
        double[] to = new double[x.length];
        int n = 0;
        int same = 0;
        for (int k = 0; k < x.length; k++) {
            if (n > 0 && x[k] <= from[n - 1]) {
                same++;
                to[n - 1] += (y[k] - to[n - 1]) / same;
            } else {
                from[n] = x[k];
                to[n++] = y[k];
                same = 1;
            }
        }
        return StraightPieces.of(
                Numbers.of(Arrays.copyOf(from, n)), Numbers.of(Arrays.copyOf(to, n)));
    }

    private boolean falls(List<Pair> pairs, Trace trace) {
        double sum = 0;
        for (Pair pair : pairs) {
            sum += pair.concordance();
        }
        double concordance = sum / pairs.size();
        trace.note("concordance", concordance);
        if (!(Math.abs(concordance) >= LEAST_CONCORDANCE)) {
            throw new RefusedException(
                    "paired voxels in mask "
                            + masks.get(0)
                            + " of "
                            + source
                            + " and "
                            + target
                            + " neither rise nor fall together (Kendall's tau "
                            + Numbers.fixed(concordance, 3)
                            + ", needed "
                            + LEAST_CONCORDANCE
                            + " at least), so no monotone map joins them. Check the registration, or"
                            + " choose tissue-wise.");
        }
        return concordance < 0;
    }

    private void noteLine(
            List<Pair> pairs, StraightPieces map, List<StraightPieces> without, Trace trace) {
        double slope = slope(map);
        double slopeSe = jackknife(without.stream().mapToDouble(PairedMap::slope).toArray());
        double offset = map.at(0);
        double offsetSe = jackknife(without.stream().mapToDouble(m -> m.at(0)).toArray());
        double t = Students.t95(without.size() - 1);
        trace.note("slope", slope);
        trace.note("slopeSe", slopeSe);
        trace.note("slopeInterval", Numbers.of(slope - t * slopeSe, slope + t * slopeSe));
        trace.note("offset", offset);
        trace.note("offsetSe", offsetSe);
        trace.note("offsetInterval", Numbers.of(offset - t * offsetSe, offset + t * offsetSe));
        double tau = regression(pairs).tau();
        double[] taus = new double[pairs.size()];
        for (int p = 0; p < taus.length; p++) {
            taus[p] = regression(without(pairs, p)).tau();
        }
        double tauReach = t * jackknife(taus);
        trace.note("tau", tau);
        trace.note("tauInterval", Numbers.of(tau - tauReach, tau + tauReach));
        if (!(Math.abs(tau) > tauReach)) {
            throw untold(
                    "have the rank correlation "
                            + Numbers.fixed(tau, 3)
                            + " ± "
                            + Numbers.fixed(tauReach, 3)
                            + ", which may be 0");
        }
    }

    private static List<Pair> without(List<Pair> pairs, int one) {
        List<Pair> others = new ArrayList<>(pairs);
        others.remove(one);
        return others;
    }

    private static double slope(StraightPieces line) {
        return (line.to().get(1) - line.to().get(0)) / (line.from().get(1) - line.from().get(0));
    }

    /** Returns the standard error of an estimate from its values without one subject each. */
    private static double jackknife(double[] without) {
        int n = without.length;
        double sum = 0;
        for (double value : without) {
            sum += value;
        }
        double squares = 0;
        for (double value : without) {
            squares += (value - sum / n) * (value - sum / n);
        }
        return Math.sqrt(squares * (n - 1) / n);
    }
}
