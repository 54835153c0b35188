package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import org.diapason.stats.Cholesky;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Term;

/** Refuses covariates that cannot be told apart from the batches or from each other. */
final class Confounding {
    private static final double MAX_VIF = 10;

    private final String batch;
    private final List<String> names;
    private final Design design;
    private final Curves curves;
    private final List<Moments> moments;
    private final List<Ranges> ranges;
    private final Moments total;
    private final Moments within;

    Confounding(
            String batch,
            List<String> names,
            Design design,
            Curves curves,
            List<Moments> moments,
            List<Ranges> ranges) {
        this.ranges = ranges;
        this.batch = batch;
        this.names = names;
        this.design = design;
        this.curves = curves;
        this.moments = moments;
        total = new Moments(design.size());
        within = new Moments(design.size());
        for (Moments m : moments) {
            total.add(m);
            for (int k = 0; k < within.cross.length; k++) {
                within.cross[k] += m.cross[k];
            }
        }
    }

    /** Returns the sum of squares of each column over all rows. */
    double[] scale() {
        double[] scale = new double[design.size()];
        for (int k = 0; k < scale.length; k++) {
            scale[k] = total.cross[k * scale.length + k];
        }
        return scale;
    }

    /** Returns the cross-products within batches, over all rows. */
    double[] within() {
        return within.cross.clone();
    }

    void check(Trace trace) {
        refuse();
        inflations(scale(), trace);
        if (names.size() > 1) {
            for (Term term : design.terms()) {
                if (term.columns().size() == 1) {
                    Design.Column column = design.column(term.columns().get(0));
                    warnOfGaps(term, column, trace);
                }
            }
        }
    }

    /** Refuses what the batches and the terms before decide. */
    void refuse() {
        double[] scale = scale();
        Cholesky factor = curves.factor(within.cross, scale);
        for (int k = 0; k < scale.length; k++) {
            if (factor.dependent(k)) {
                throw new RefusedException(message(k, scale));
            }
        }
    }

    /**
     * Writes down how much the variance of each effect is inflated: of a column by batch and the
     * other columns, of each number of a curve or an interaction by batch alone, since these are
     * made of each other.
     */
    private void inflations(double[] scale, Trace trace) {
        List<Integer> plain = new ArrayList<>();
        for (int k = 0; k < scale.length; k++) {
            if (plain(design.term(k))) {
                plain.add(k);
            }
        }
        int p = plain.size();
        double[] cross = new double[p * p];
        double[] own = new double[p];
        for (int a = 0; a < p; a++) {
            own[a] = scale[plain.get(a)];
            for (int b = 0; b < p; b++) {
                cross[a * p + b] = within.cross[plain.get(a) * scale.length + plain.get(b)];
            }
        }
        Cholesky factor = Cholesky.of(cross, own);
        String warned = "";
        for (int k = 0; k < scale.length; k++) {
            int a = plain.indexOf(k);
            if (a < 0 && !(within.cross[k * scale.length + k] > 0)) {
                // A function of a curve that no value reaches: the penalty alone draws it.
                continue;
            }
            double vif =
                    a < 0
                            ? scale[k] / within.cross[k * scale.length + k]
                            : scale[k] * factor.inverse(a);
            String name = design.names().get(k);
            trace.note("vif." + name, vif);
            String who = a < 0 ? design.term(k).text() : name;
            if (vif > MAX_VIF && !warned.equals(who)) {
                warned = who;
                trace.warn(
                        who
                                + " is nearly explained by "
                                + batch
                                + (a < 0 ? "" : " and the other protected columns")
                                + " (variance inflation "
                                + Numbers.fixed(vif, 1)
                                + ", more than 10): its effect and the effect of "
                                + batch
                                + " are hard to tell apart.");
            }
        }
    }

    private boolean plain(Term term) {
        return !term.smooth() && term.columns().size() == 1;
    }

    /** Warns where a level is absent from a batch, or two batches share no range of a number. */
    private void warnOfGaps(Term term, Design.Column column, Trace trace) {
        if (column.width() == 0) {
            return;
        }
        if (!column.numeric()) {
            List<String> empty = cells(column, design.start(term));
            if (!empty.isEmpty()) {
                trace.warn(
                        column.name()
                                + " is not at every "
                                + batch
                                + ": "
                                + String.join("; ", empty)
                                + ". Its effect there is taken from the others.");
            }
        } else {
            warnOfRanges(term, design.columns().indexOf(column), trace);
        }
    }

    private void warnOfRanges(Term term, int k, Trace trace) {
        String column = term.columns().get(0);
        int apart = 0;
        String first = "";
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                Ranges a = ranges.get(i);
                Ranges b = ranges.get(j);
                boolean several = Math.min(a.n, b.n) > 1;
                if (several && (a.high[k] < b.low[k] || b.high[k] < a.low[k])) {
                    first = apart++ == 0 ? range(i, k) + " and " + range(j, k) : first;
                }
            }
        }
        if (apart > 0) {
            trace.warn(
                    column
                            + " of "
                            + first
                            + " do not overlap"
                            + (apart == 1 ? "" : ", nor do " + (apart - 1) + " more pairs")
                            + ": what "
                            + column
                            + " does and what "
                            + batch
                            + " does are told apart by the assumed "
                            + (term.smooth() ? "curve" : "straight line")
                            + " alone.");
        }
    }

    private String range(int i, int k) {
        Ranges m = ranges.get(i);
        return batch
                + " "
                + names.get(i)
                + " ("
                + Numbers.fixed(m.low[k], 2)
                + " to "
                + Numbers.fixed(m.high[k], 2)
                + ")";
    }

    private String message(int k, double[] scale) {
        int p = scale.length;
        Term term = design.term(k);
        Design.Column column = design.column(term.columns().get(0));
        if (term.smooth() && !constantWithin(term) && curves.count() > 0) {
            return term.text()
                    + " cannot be told apart from "
                    + batch
                    + " and the other protected terms together: its straight line is a sum of them."
                    + " Leave one of these terms out of protect.";
        }
        if (term.smooth() && !constantWithin(term)) {
            return term.text()
                    + " cannot be fitted: some of its "
                    + term.splines()
                    + " functions have too few values of "
                    + column.name()
                    + " within "
                    + batch
                    + ", or another protected term says the same. Give it fewer functions, as in"
                    + " s("
                    + column.name()
                    + ",5), or protect "
                    + column.name()
                    + " as a straight line.";
        }
        if (!plain(term) && !term.smooth()) {
            return design.names().get(k)
                    + " cannot be told apart from "
                    + batch
                    + " and the other protected terms: too few exams have both at one "
                    + batch
                    + ". Leave the interaction "
                    + term.text()
                    + " out of protect.";
        }
        if (within.cross[k * p + k] <= 1e-10 * scale[k] || splits(column)) {
            return column.name()
                    + " and "
                    + batch
                    + " cannot be told apart: "
                    + String.join("; ", cells(column, design.start(term)))
                    + ". Removing "
                    + batch
                    + " would remove "
                    + column.name()
                    + ". Collect exams for what is missing, or use travelling subjects.";
        }
        List<String> others = new ArrayList<>(design.names().subList(0, k));
        return design.names().get(k)
                + " cannot be told apart from "
                + batch
                + " and "
                + String.join(", ", others)
                + " together: it is a sum of them. Leave one of these columns out of protect.";
    }

    /** Returns whether no number of a term varies within a batch. */
    private boolean constantWithin(Term term) {
        int p = design.size();
        for (int n = design.start(term); n < design.start(term) + design.width(term); n++) {
            if (within.cross[n * p + n] > 1e-10 * total.cross[n * p + n]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether every level of a column lies in batches of its own. */
    private boolean splits(Design.Column column) {
        if (column.numeric()) {
            return false;
        }
        int[][] counts = counts(column);
        for (int[] byLevel : counts) {
            int present = 0;
            for (int count : byLevel) {
                present += count > 0 ? 1 : 0;
            }
            if (present > 1) {
                return false;
            }
        }
        return true;
    }

    /** Returns what is empty: cells of batch × level, or batches in which a number never varies. */
    private List<String> cells(Design.Column column, int k) {
        List<String> cells = new ArrayList<>();
        if (column.numeric()) {
            for (int i = 0; i < names.size(); i++) {
                Moments m = moments.get(i);
                if (!design.term(k).smooth() && m.n > 0) {
                    cells.add(
                            "it is "
                                    + Numbers.fixed(m.mean[k], 2)
                                    + " in every exam of "
                                    + names.get(i));
                }
            }
            if (cells.isEmpty()) {
                cells.add("it is the same in all exams of each " + batch);
            }
        } else {
            int[][] counts = counts(column);
            for (int i = 0; i < names.size(); i++) {
                for (int l = 0; l < column.levels().size(); l++) {
                    if (counts[i][l] == 0) {
                        cells.add(
                                "no exam with "
                                        + column.name()
                                        + "="
                                        + column.levels().get(l)
                                        + " in "
                                        + names.get(i));
                    }
                }
            }
        }
        int shown = Math.min(6, cells.size());
        List<String> first = new ArrayList<>(cells.subList(0, shown));
        if (shown < cells.size()) {
            first.add("and " + (cells.size() - shown) + " more");
        }
        return first;
    }

    /** Returns exams per batch and level. */
    private int[][] counts(Design.Column column) {
        int start = 0;
        for (Term term : design.terms()) {
            if (plain(term) && term.columns().get(0).equals(column.name())) {
                start = design.start(term);
            }
        }
        int[][] counts = new int[names.size()][column.levels().size()];
        for (int i = 0; i < names.size(); i++) {
            Moments m = moments.get(i);
            counts[i][0] = m.n;
            for (int l = 1; l < column.levels().size(); l++) {
                counts[i][l] = (int) Math.rint(m.n * m.mean[start + l - 1]);
                counts[i][0] -= counts[i][l];
            }
        }
        return counts;
    }
}
