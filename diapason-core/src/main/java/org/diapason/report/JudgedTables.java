package org.diapason.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.judge.BiologyAndSite;
import org.diapason.judge.Confounders;
import org.diapason.judge.Subgroups;
import org.diapason.step.Judge;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/** Tables of what a judge looks at besides its figures: what goes along with biology, subgroups. */
public final class JudgedTables {
    private static final int EXAMS = 12;
    private static final String NONE = "–";
    private static final String HIDDEN = "few";

    private JudgedTables() {}

    /**
     * Returns the tables of every judge that has some.
     *
     * @param before what entered the table operations
     * @param after what left them
     */
    public static List<Section> of(
            List<Judge<FeatureTable>> judges, FeatureTable before, FeatureTable after) {
        List<Section> sections = new ArrayList<>();
        for (Judge<FeatureTable> judge : judges) {
            if (judge instanceof BiologyAndSite b && before.size() > 0) {
                b.confounders(before).forEach(c -> sections.add(confounders(c)));
                b.subgroups(before, after).columns().forEach(c -> sections.add(subgroups(c)));
            }
        }
        return sections;
    }

    /** Returns the columns of subgroups, whose counts must stand nowhere else. */
    static Set<String> hidden(List<Judge<FeatureTable>> judges) {
        Set<String> names = new TreeSet<>();
        for (Judge<FeatureTable> judge : judges) {
            if (judge instanceof BiologyAndSite b) {
                names.addAll(b.subgroups());
            }
        }
        return names;
    }

    /** Returns what goes along with biology, a row per column. */
    static Section confounders(Confounders found) {
        List<List<String>> rows = new ArrayList<>();
        for (Confounders.Column c : found.columns()) {
            List<String> parts = new ArrayList<>();
            if (!c.emptyCells().isEmpty()) {
                parts.add("no exam: " + some(c.emptyCells()));
            }
            if (!c.oneSided().isEmpty()) {
                parts.add("one-sided: " + some(c.oneSided()));
            }
            rows.add(
                    List.of(
                            c.name(),
                            c.verdict(),
                            (c.cramer() ? "V " : "ρ ") + Numbers.fixed(c.strength(), 2),
                            c.inseparable() ? "∞" : Numbers.fixed(c.inflation(), 1),
                            c.rank() + " of " + c.fullRank(),
                            Double.isNaN(c.overlap())
                                    ? NONE
                                    : Numbers.fixed(100 * c.overlap(), 0) + " %",
                            parts.isEmpty() ? NONE : String.join("; ", parts),
                            c.outside().isEmpty()
                                    ? NONE
                                    : c.outside().size() + ": " + some(c.outside())));
        }
        return new Section(
                "What goes along with " + found.biology(),
                "Before anything is fitted: columns of the table beside "
                        + found.biology()
                        + ". The worst of them: "
                        + found.verdict()
                        + ".",
                List.of(
                        "column",
                        "verdict",
                        "strength",
                        "variance inflation",
                        "rank left",
                        "in shared range",
                        "cells",
                        "exams outside"),
                rows,
                Optional.of(
                        "V: Cramér's V between levels; ρ: correlation with a number. Variance"
                                + " inflation from 10 on, a level of five exams or more on one"
                                + " side, or less than half of the exams in the shared range is"
                                + " \"entangled\"; where nothing is left beside the column it is"
                                + " \"inseparable\", and no method can help."));
    }

    /** Returns what the correction does to the levels of a column, a row per level. */
    static Section subgroups(Subgroups.Column column) {
        boolean errors = column.levels().stream().anyMatch(l -> l.errors().isPresent());
        List<String> heads = new ArrayList<>(List.of(column.name(), "rows"));
        column.sites().forEach(s -> heads.add("at " + s));
        heads.addAll(List.of("shift, median", "shift, largest", "SD after / before"));
        if (errors) {
            heads.addAll(List.of("bias of the prediction", "error"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Subgroups.Level level : column.levels()) {
            List<String> row = new ArrayList<>(List.of(level.name(), count(level.all())));
            level.exams().forEach(n -> row.add(count(n)));
            row.add(number(level.shift(), 2) + (Double.isNaN(level.shift()) ? "" : " SD"));
            row.add(
                    level.largest().isEmpty()
                            ? NONE
                            : number(level.largestShift(), 2) + " SD, " + level.largest());
            row.add(number(level.spread(), 2));
            if (errors) {
                row.add(level.errors().map(e -> bias(e)).orElse(NONE));
                row.add(
                        level.errors()
                                .map(e -> number(e.size(), 3) + " (" + e.kind() + ")")
                                .orElse(NONE));
            }
            rows.add(row);
        }
        return new Section(
                "Subgroups by " + column.name(),
                "What the correction does to each level of "
                        + column.name()
                        + ", and where its exams were made.",
                heads,
                rows,
                Optional.of(
                        "Shift: mean after less mean before, in SD of all exams before; its size,"
                                + " median over features, and the feature that moved most. \"few\":"
                                + " a count below five, or one that would give such a count away."));
    }

    private static String bias(Subgroups.Errors e) {
        return Double.isNaN(e.bias().value())
                ? NONE
                : number(e.bias().value(), 3)
                        + " (95 % "
                        + number(e.bias().low(), 3)
                        + " to "
                        + number(e.bias().high(), 3)
                        + ")";
    }

    private static String count(OptionalInt n) {
        return n.isPresent() ? Integer.toString(n.getAsInt()) : HIDDEN;
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? NONE : Numbers.fixed(value, digits);
    }

    private static String some(List<String> texts) {
        int left = texts.size() - EXAMS;
        return String.join(", ", texts.subList(0, Math.min(EXAMS, texts.size())))
                + (left > 0 ? " and " + left + " more" : "");
    }
}
