package org.diapason.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.diapason.stats.Estimate;

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

    private static final Set<Metric> OF_COUNTS = EnumSet.of(Metric.MI, Metric.NMI, Metric.ENTROPY);

    /** What a program makes of sums of its own. */
    record Variant(
            String program, Tally tally, ToDoubleFunction<double[]> finish, String difference) {
        static Variant both(Variant a, Variant b, DoubleBinaryOperator f) {
            return new Variant(
                    a.program,
                    a.tally.beside(b.tally),
                    together(a.tally, a.finish, b.finish, f),
                    a.difference);
        }

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
        return of(
                metric,
                new Tally(new double[][] {{1}}, new int[] {1, 1, 1}),
                sums -> value,
                undefined);
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
        Tally tally = a.tally.beside(b.tally);
        ToDoubleFunction<double[]> finish = together(a.tally, a.finish, b.finish, f);
        List<Variant> variants = new ArrayList<>();
        for (int v = 0; v < Math.min(a.variants.size(), b.variants.size()); v++) {
            variants.add(Variant.both(a.variants.get(v), b.variants.get(v), f));
        }
        String note = a.note.isEmpty() ? b.note : a.note;
        return new Measured(metric, tally, finish, a.undefined, note, variants);
    }

    /** Makes one figure of sums that stand behind each other, those of {@code first} in front. */
    private static ToDoubleFunction<double[]> together(
            Tally first,
            ToDoubleFunction<double[]> a,
            ToDoubleFunction<double[]> b,
            DoubleBinaryOperator f) {
        int split = first.total().length;
        return sums ->
                f.applyAsDouble(
                        a.applyAsDouble(Arrays.copyOf(sums, split)),
                        b.applyAsDouble(Arrays.copyOfRange(sums, split, sums.length)));
    }

    Figure figure(Settings s) {
        Optional<Estimate> interval =
                s.draws() > 0 && OF_COUNTS.contains(metric)
                        ? tally.jackknife(finish)
                        : tally.interval(finish, s.draws(), s.seed());
        Figure figure = Figure.of(metric, value(), undefined, interval);
        if (figure.defined()) {
            figure = figure.withNote(note);
        }
        return s.literature()
                ? figure.with(variants.stream().map(Variant::figure).toList())
                : figure;
    }
}
