package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.diapason.stats.Estimate;
import org.diapason.stats.Quantiles;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * What a correction does to subgroups, and how far predictions are off in them. Counts of fewer
 * than five rows are hidden, with others that would give them away; so is all else of such a level.
 *
 * @param columns one per column of levels that was asked for
 */
public record Subgroups(List<Column> columns) {
    private static final int MOST_LEVELS = 30;

    public Subgroups {
        columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param sites in the order of {@link Level#exams()}
     */
    public record Column(String name, List<String> sites, List<Level> levels) {
        public Column {
            sites = List.copyOf(sites);
            levels = List.copyOf(levels);
        }
    }

    /**
     * One subgroup.
     *
     * @param all its rows, empty where hidden
     * @param exams its rows per site, empty where hidden
     * @param shift mean of after less before, in SD of all rows before: median of its size over
     *     features; NaN where hidden
     * @param largest feature that is shifted most, empty where hidden
     * @param largestShift its shift in SD, with sign
     * @param spread SD after over SD before, median over features; NaN where hidden
     * @param errors where a prediction is named and the level is not hidden
     */
    public record Level(
            String name,
            OptionalInt all,
            List<OptionalInt> exams,
            double shift,
            String largest,
            double largestShift,
            double spread,
            Optional<Errors> errors) {
        public Level {
            exams = List.copyOf(exams);
        }

        private Level with(Optional<Errors> found) {
            return new Level(name, all, exams, shift, largest, largestShift, spread, found);
        }
    }

    /**
     * How far predictions are off.
     *
     * @param kind what {@code size} is: mean absolute error, Brier score, or share wrong
     * @param bias mean of prediction less truth, with its 95 % interval; NaN of levels
     * @param size how far off, never negative
     */
    public record Errors(String kind, Estimate bias, double size) {}

    /**
     * Looks at subgroups.
     *
     * @param before rows before the correction, with the columns of subgroups
     * @param after the same rows after it
     * @param truth what the prediction is of; not looked at without one
     * @throws RefusedException if a column has more than 30 levels
     */
    public static Subgroups of(
            FeatureTable before,
            FeatureTable after,
            String batch,
            List<String> names,
            Optional<String> truth,
            Optional<String> prediction,
            Predicate<String> counts) {
        List<Column> columns = new ArrayList<>();
        double[] sd = new double[before.features().size()];
        int[] every = IntStream.range(0, before.size()).toArray();
        for (int f = 0; f < sd.length; f++) {
            sd[f] = counts.test(before.features().get(f)) ? moments(before, f, every)[1] : 0;
        }
        for (String name : names) {
            columns.add(column(before, after, batch, name, sd, truth, prediction));
        }
        return new Subgroups(columns);
    }

    private static Column column(
            FeatureTable before,
            FeatureTable after,
            String batch,
            String name,
            double[] sd,
            Optional<String> truth,
            Optional<String> prediction) {
        int[] known =
                IntStream.range(0, before.size())
                        .filter(r -> !Design.missing(before, r, name))
                        .toArray();
        List<String> levels = distinct(before, known, name);
        if (levels.size() > MOST_LEVELS) {
            throw new RefusedException(
                    "subgroups column "
                            + name
                            + " has "
                            + levels.size()
                            + " levels, and at most "
                            + MOST_LEVELS
                            + " are shown. Name a column of groups, such as an age band.");
        }
        List<String> sites = distinct(before, known, batch);
        if (levels.isEmpty()) {
            return new Column(name, sites, List.of());
        }
        int[][] cells = new int[sites.size()][levels.size()];
        for (int r : known) {
            cells[sites.indexOf(before.covariate(r, batch))][
                    levels.indexOf(before.covariate(r, name))]++;
        }
        boolean[][] hidden = SmallCells.hidden(cells);
        List<Level> found = new ArrayList<>();
        for (int l = 0; l < levels.size(); l++) {
            int level = l;
            int[] rows =
                    Arrays.stream(known)
                            .filter(r -> before.covariate(r, name).equals(levels.get(level)))
                            .toArray();
            List<OptionalInt> exams =
                    IntStream.range(0, sites.size())
                            .mapToObj(s -> shown(cells[s][level], hidden[s][level]))
                            .toList();
            OptionalInt all = shown(rows.length, hidden[sites.size()][level]);
            found.add(
                    rows.length < SmallCells.FEWEST
                            ? new Level(
                                    levels.get(l),
                                    all,
                                    exams,
                                    Double.NaN,
                                    "",
                                    Double.NaN,
                                    Double.NaN,
                                    Optional.empty())
                            : level(before, after, levels.get(l), all, exams, rows, sd)
                                    .with(errors(before, rows, truth, prediction)));
        }
        return new Column(name, sites, found);
    }

    private static OptionalInt shown(int count, boolean hidden) {
        return hidden ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static List<String> distinct(FeatureTable table, int[] rows, String column) {
        Set<String> texts = new TreeSet<>();
        for (int r : rows) {
            texts.add(table.covariate(r, column));
        }
        return List.copyOf(texts);
    }

    private static Level level(
            FeatureTable before,
            FeatureTable after,
            String name,
            OptionalInt all,
            List<OptionalInt> exams,
            int[] rows,
            double[] sd) {
        double[] shifts = new double[sd.length];
        double[] spreads = new double[sd.length];
        Arrays.fill(shifts, Double.NaN);
        Arrays.fill(spreads, Double.NaN);
        int largest = -1;
        for (int f = 0; f < sd.length; f++) {
            if (sd[f] > 0) {
                double[] was = moments(before, f, rows);
                double[] is = moments(after, f, rows);
                shifts[f] = (is[0] - was[0]) / sd[f];
                spreads[f] = was[1] > 0 ? is[1] / was[1] : Double.NaN;
                boolean more = largest < 0 || Math.abs(shifts[f]) > Math.abs(shifts[largest]);
                largest = more && !Double.isNaN(shifts[f]) ? f : largest;
            }
        }
        return new Level(
                name,
                all,
                exams,
                Quantiles.median(Arrays.stream(shifts).map(Math::abs).toArray()),
                largest < 0 ? "" : before.features().get(largest),
                largest < 0 ? Double.NaN : shifts[largest],
                Quantiles.median(spreads),
                Optional.empty());
    }

    /** Returns mean and SD (divisor n − 1) of the finite values; NaN where there are too few. */
    private static double[] moments(FeatureTable table, int feature, int[] rows) {
        double[] values =
                Arrays.stream(rows)
                        .mapToDouble(r -> table.row(r)[feature])
                        .filter(Double::isFinite)
                        .toArray();
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return values.length == 0
                ? new double[] {Double.NaN, Double.NaN}
                : new double[] {mean, Math.sqrt(squares / (values.length - 1))};
    }

    private static Optional<Errors> errors(
            FeatureTable table, int[] all, Optional<String> truth, Optional<String> prediction) {
        if (truth.isEmpty() || prediction.isEmpty()) {
            return Optional.empty();
        }
        String is = truth.get();
        String said = prediction.get();
        int[] rows =
                Arrays.stream(all)
                        .filter(r -> !Design.missing(table, r, is))
                        .filter(r -> !Design.missing(table, r, said))
                        .toArray();
        if (rows.length < SmallCells.FEWEST) {
            return Optional.empty();
        }
        int[] every =
                IntStream.range(0, table.size())
                        .filter(r -> !Design.missing(table, r, is))
                        .toArray();
        List<String> levels = distinct(table, every, is);
        boolean numbers = numeric(table, rows, said);
        boolean two = levels.size() == 2;
        if (!numbers || !two && !numeric(table, every, is)) {
            long wrong =
                    Arrays.stream(rows)
                            .filter(r -> !table.covariate(r, is).equals(table.covariate(r, said)))
                            .count();
            return Optional.of(
                    new Errors("share wrong", Estimate.NONE, (double) wrong / rows.length));
        }
        double[] off = new double[rows.length];
        for (int k = 0; k < off.length; k++) {
            String text = table.covariate(rows[k], is);
            double was = two ? levels.indexOf(text) : Double.parseDouble(text);
            off[k] = Double.parseDouble(table.covariate(rows[k], said)) - was;
        }
        double mean = Arrays.stream(off).average().orElseThrow();
        double squares = Arrays.stream(off).map(o -> (o - mean) * (o - mean)).sum();
        double size =
                Arrays.stream(off).map(o -> two ? o * o : Math.abs(o)).average().orElseThrow();
        double error = Math.sqrt(squares / (off.length - 1) / off.length);
        return Optional.of(
                new Errors(
                        two ? "Brier score" : "mean absolute error",
                        Estimate.of(mean, error),
                        size));
    }

    private static boolean numeric(FeatureTable table, int[] rows, String column) {
        return Arrays.stream(rows)
                .allMatch(r -> Numbers.parse(table.covariate(r, column)).isPresent());
    }
}
