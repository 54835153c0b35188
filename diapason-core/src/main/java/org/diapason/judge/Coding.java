package org.diapason.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * How text becomes numbers, the same for a table and all draws from it.
 *
 * @param subject column of whose rows go together in every draw
 * @param levels of biology, none of a number with more than two values
 * @param contrasts what is judged of biology: the number, or every pair of levels
 * @param known numbers of biology and of the covariates by the covariates of a row, which draws
 *     hand on: text is read once and not in every draw
 */
record Coding(
        String batch,
        Optional<String> biology,
        Optional<String> subject,
        Design label,
        Design covariates,
        List<String> levels,
        List<Contrast> contrasts,
        Map<Map<String, String>, double[][]> known) {

    /** More levels than these are a mistake, such as the names of the patients. */
    private static final int MOST_LEVELS = 10;

    /** The difference between two levels, or the effect of a number: from 0 to 1. */
    record Contrast(String name, int from, int to) {}

    static Coding of(
            FeatureTable table, String batch, Optional<String> biology, List<String> names) {
        return of(table, batch, biology, names, Optional.empty());
    }

    static Coding of(
            FeatureTable table,
            String batch,
            Optional<String> biology,
            List<String> names,
            Optional<String> subject) {
        Design label = Design.of(table, biology.map(List::of).orElse(List.of()));
        List<String> levels = List.of();
        if (label.size() > 0) {
            Design.Column c = label.columns().get(0);
            levels = c.numeric() ? two(table, c) : c.levels();
            refuseMany(c.name(), levels.size());
        }
        Design covariates = Design.of(table, names);
        Map<Map<String, String>, double[][]> known = new IdentityHashMap<>();
        for (int r = 0; r < table.size(); r++) {
            known.put(
                    table.covariates(r),
                    new double[][] {label.encode(table, r), covariates.encode(table, r)});
        }
        return new Coding(
                batch,
                biology,
                subject,
                label,
                covariates,
                levels,
                pairs(levels),
                Collections.unmodifiableMap(known));
    }

    /** Returns how to draw rows of the table. */
    Draws draws(FeatureTable table) {
        List<String> subjects =
                subject.isEmpty()
                        ? null
                        : IntStream.range(0, table.size())
                                .mapToObj(r -> table.covariate(r, subject.get()))
                                .toList();
        return new Draws(new Panel(table, this), subjects);
    }

    /** Returns rows that were drawn; a subject that was drawn twice becomes two. */
    FeatureTable drawn(FeatureTable table, Draws.Drawn drawn) {
        FeatureTable rows = table.rows(drawn.rows());
        return subject.isEmpty()
                ? rows
                : rows.withCovariate(
                        subject.get(),
                        IntStream.range(0, rows.size())
                                .mapToObj(
                                        r ->
                                                rows.covariate(r, subject.get())
                                                        + " / "
                                                        + drawn.unit()[r])
                                .toList());
    }

    /** Returns the numbers of biology and of the covariates. */
    double[][] encode(FeatureTable table, int row) {
        double[][] read = known.get(table.covariates(row));
        return read != null
                ? read
                : new double[][] {label.encode(table, row), covariates.encode(table, row)};
    }

    private static List<String> two(FeatureTable table, Design.Column column) {
        Set<String> texts = new TreeSet<>();
        for (int r = 0; r < table.size(); r++) {
            double value = Double.parseDouble(table.covariate(r, column.name()));
            if (value != column.low() && value != column.high()) {
                return List.of();
            }
            texts.add(table.covariate(r, column.name()));
        }
        return texts.size() == 2
                ? List.copyOf(texts)
                : List.of("the lower number", "the higher number");
    }

    private static void refuseMany(String name, int levels) {
        if (levels > MOST_LEVELS) {
            throw new RefusedException(
                    "biology column "
                            + name
                            + " has "
                            + levels
                            + " levels, and a judgement takes at most "
                            + MOST_LEVELS
                            + ", or a number. Name another column, or merge levels.");
        }
    }

    private static List<Contrast> pairs(List<String> levels) {
        List<Contrast> pairs = new ArrayList<>();
        for (int to = 1; to < levels.size(); to++) {
            for (int from = 0; from < to; from++) {
                pairs.add(new Contrast(levels.get(to) + " against " + levels.get(from), from, to));
            }
        }
        return pairs.isEmpty() ? List.of(new Contrast("", 0, 1)) : List.copyOf(pairs);
    }
}
