package org.diapason.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.decision.Answer;
import org.diapason.decision.DecisionNames;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.DecisionRule;
import org.diapason.decision.Expert;
import org.diapason.decision.Logic;
import org.diapason.decision.Readings;
import org.diapason.decision.Row;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.volume.RefusedException;

/** A table as the experts of a plan speak in it. */
final class DecisionTable {
    private final DecisionPlan plan;
    private final Path file;
    private final Csv csv;

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if a column that the plan names is not there, or a rule
     *     names what is neither expert nor column
     */
    DecisionTable(DecisionPlan plan, Path file) {
        this.plan = plan;
        this.file = file;
        csv = Csv.read(file);
        plan.experts().forEach((name, e) -> LabelledTable.need(csv, e.column()));
        plan.truth()
                .ifPresent(
                        t -> {
                            LabelledTable.need(csv, t.column());
                            t.patient().ifPresent(p -> LabelledTable.need(csv, p));
                        });
        DecisionNames.check(plan, csv.header(), "column");
        plan.rules().forEach(this::checkColumns);
    }

    /** One column heard through two experts would count twice. */
    private void checkColumns(String name, DecisionRule rule) {
        if (rule instanceof Logic) {
            return;
        }
        Map<String, String> by = new HashMap<>();
        for (String expert : rule.experts().isEmpty() ? plan.experts().keySet() : rule.experts()) {
            String other = by.put(plan.experts().get(expert).column(), expert);
            if (other != null && !other.equals(expert)) {
                throw new IllegalArgumentException(
                        "rule "
                                + name
                                + ": the experts "
                                + other
                                + " and "
                                + expert
                                + " speak in one column, which would count twice. Name one of them"
                                + " (experts:).");
            }
        }
    }

    Csv csv() {
        return csv;
    }

    /** Returns what the experts say in every row. */
    Readings readings() {
        List<Csv.Row> rows = csv.rows();
        Map<String, double[]> said = new HashMap<>();
        Map<String, String[]> problems = new HashMap<>();
        plan.experts()
                .forEach(
                        (name, expert) -> {
                            double[] own = new double[rows.size()];
                            String[] why = new String[rows.size()];
                            for (int r = 0; r < own.length; r++) {
                                try {
                                    own[r] = said(expert, rows.get(r));
                                } catch (RefusedException e) {
                                    own[r] = Double.NaN;
                                    why[r] = e.getMessage();
                                }
                            }
                            said.put(name, own);
                            problems.put(name, why);
                        });
        List<String> patients =
                plan.truth()
                        .flatMap(DecisionPlan.Truth::patient)
                        .map(p -> rows.stream().map(r -> patient(r, p)).toList())
                        .orElse(List.of());
        return new Readings(
                rows.size(), said, problems, truth(), patients, r -> new Cells(rows.get(r)));
    }

    /** A row without a patient is one of its own. */
    private String patient(Csv.Row row, String column) {
        String name = csv.text(row, column);
        return name.isEmpty() ? "line " + row.line() : name;
    }

    private double said(Expert expert, Csv.Row row) {
        return expert instanceof Expert.Label l
                ? switch (answer(row, l.column(), l.positive(), l.negative())) {
                    case YES -> 1;
                    case NO -> 0;
                    default -> Double.NaN;
                }
                : number(row, expert.column());
    }

    private double number(Csv.Row row, String column) {
        return Tables.MISSING.contains(csv.text(row, column))
                ? Double.NaN
                : LabelledTable.number(csv, row, column);
    }

    private Answer answer(
            Csv.Row row, String column, Optional<String> positive, Optional<String> negative) {
        String text = csv.text(row, column);
        if (Tables.MISSING.contains(text)) {
            return Answer.UNKNOWN;
        }
        boolean yes = positive.map(text::equals).orElseGet(() -> LabelledTable.meansEvent(text));
        boolean no = negative.map(text::equals).orElseGet(() -> LabelledTable.meansNone(text));
        if (yes == no) {
            throw new RefusedException(
                    "says \""
                            + text
                            + "\", which is neither "
                            + positive.orElse("yes")
                            + " nor "
                            + negative.orElse("no"));
        }
        return Answer.of(yes);
    }

    private List<Answer> truth() {
        if (plan.truth().isEmpty()) {
            return List.of();
        }
        DecisionPlan.Truth truth = plan.truth().get();
        LabelledTable known =
                new LabelledTable(
                        file, truth.column(), truth.positive().orElse(null), List.of(), List.of());
        Map<Long, Boolean> events = new TreeMap<>();
        for (int r = 0; r < known.size(); r++) {
            events.put(known.line(r), known.event()[r]);
        }
        return csv.rows().stream()
                .map(
                        r ->
                                events.containsKey(r.line())
                                        ? Answer.of(events.get(r.line()))
                                        : Answer.UNKNOWN)
                .toList();
    }

    /** A row by the names of experts, which come first, and of columns. */
    private final class Cells implements Row {
        private final Csv.Row row;

        Cells(Csv.Row row) {
            this.row = row;
        }

        private String column(String name) {
            Expert expert = plan.experts().get(name);
            return expert == null ? name : expert.column();
        }

        @Override
        public double number(String name) {
            return DecisionTable.this.number(row, column(name));
        }

        @Override
        public String text(String name) {
            String text = csv.text(row, column(name));
            return Tables.MISSING.contains(text) ? "" : text;
        }

        @Override
        public Answer answer(String name) {
            Optional<Expert.Label> label =
                    plan.experts().get(name) instanceof Expert.Label l
                            ? Optional.of(l)
                            : Optional.empty();
            try {
                return DecisionTable.this.answer(
                        row,
                        column(name),
                        label.flatMap(Expert.Label::positive),
                        label.flatMap(Expert.Label::negative));
            } catch (RefusedException e) {
                throw new RefusedException(name + " " + e.getMessage());
            }
        }
    }
}
