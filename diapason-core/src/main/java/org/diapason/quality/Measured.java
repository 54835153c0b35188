package org.diapason.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The sums behind a figure and what is made of them.
 *
 * @param finish the figure of sums; no number where it is not defined
 * @param undefined what is said then
 * @param note what must be known of any value
 * @param variants of literature, made only where they are asked for
 */
record Measured(
        Metric metric,
        Tally tally,
        ToDoubleFunction<double[]> finish,
        String undefined,
        String note,
        List<Variant> variants) {

    /** What a program makes of sums of its own. */
    record Variant(
            String program, Tally tally, ToDoubleFunction<double[]> finish, String difference) {
        Figure.Variant figure() {
            return new Figure.Variant(program, finish.applyAsDouble(tally.total()), difference);
        }
    }

    static Measured of(
            Metric metric, Tally tally, ToDoubleFunction<double[]> finish, String undefined) {
        return new Measured(metric, tally, finish, undefined, "", List.of());
    }

    /** Makes what is not defined whatever the values are. */
    static Measured none(Metric metric, String why) {
        return of(metric, Tally.empty(), sums -> Double.NaN, why);
    }

    /** Makes what is no function of sums, so that it has no interval. */
    static Measured fixed(Metric metric, double value, String undefined) {
        return of(metric, new Tally(new double[][] {{1}}), sums -> value, undefined);
    }

    Measured with(Variant variant) {
        List<Variant> more = new ArrayList<>(variants);
        more.add(variant);
        return new Measured(metric, tally, finish, undefined, note, more);
    }

    Measured withNote(String newNote) {
        return new Measured(metric, tally, finish, undefined, newNote, variants);
    }

    double value() {
        return finish.applyAsDouble(tally.total());
    }

    /** Makes one figure of two over the same cells. */
    static Measured both(Metric metric, Measured a, Measured b, DoubleBinaryOperator f) {
        for (Measured one : new Measured[] {a, b}) {
            if (!Double.isFinite(one.value())) {
                return none(metric, one.undefined);
            }
        }
        int split = a.tally.total().length;
        Tally tally =
                a.tally.byCell().length == b.tally.byCell().length
                        ? a.tally.beside(b.tally)
                        : new Tally(new double[0][1]);
        ToDoubleFunction<double[]> finish =
                sums -> {
                    double[] one = java.util.Arrays.copyOf(sums, split);
                    double[] other = java.util.Arrays.copyOfRange(sums, split, sums.length);
                    return f.applyAsDouble(
                            a.finish.applyAsDouble(one), b.finish.applyAsDouble(other));
                };
        return of(metric, tally, finish, a.undefined);
    }

    Figure figure(Settings s) {
        Figure figure =
                Figure.of(metric, value(), undefined, tally.interval(finish, s.draws(), s.seed()));
        if (figure.defined()) {
            figure = figure.withNote(note);
        }
        return s.literature()
                ? figure.with(variants.stream().map(Variant::figure).toList())
                : figure;
    }
}
