package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import org.diapason.stats.Cholesky;
import org.diapason.step.Trace;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** Refuses covariates that cannot be told apart from the batches or from each other. */
final class Confounding {
    private static final double MAX_VIF = 10;

    private final String batch;
    private final List<String> names;
    private final Design design;
    private final List<Moments> moments;
    private final Moments total;
    private final Moments within;

    Confounding(String batch, List<String> names, Design design, List<Moments> moments) {
        this.batch = batch;
        this.names = names;
        this.design = design;
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

    /** Returns the factor of the cross-products within batches. */
    Cholesky check(Trace trace) {
        double[] scale = scale();
        Cholesky factor = Cholesky.of(within.cross, scale);
        for (int k = 0; k < scale.length; k++) {
            if (factor.dependent(k)) {
                throw new RefusedException(message(k, scale));
            }
        }
        for (int k = 0; k < scale.length; k++) {
            double vif = scale[k] * factor.inverse(k);
            trace.note("vif." + design.names().get(k), vif);
            if (vif > MAX_VIF) {
                trace.warn(
                        design.names().get(k)
                                + " is nearly explained by "
                                + batch
                                + " and the other protected columns (variance inflation "
                                + Numbers.fixed(vif, 1)
                                + ", more than 10): its effect and the effect of "
                                + batch
                                + " are hard to tell apart.");
            }
        }
        return factor;
    }

    private String message(int k, double[] scale) {
        int p = scale.length;
        Design.Column column = column(k);
        if (within.cross[k * p + k] <= 1e-10 * scale[k] || splits(column)) {
            return column.name()
                    + " and "
                    + batch
                    + " cannot be told apart: "
                    + String.join("; ", cells(column, k))
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
                cells.add(
                        "it is "
                                + Numbers.fixed(moments.get(i).mean[k], 2)
                                + " in every exam of "
                                + names.get(i));
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

    private int[][] counts(Design.Column column) {
        int start = start(column);
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

    private int start(Design.Column wanted) {
        int at = 0;
        for (Design.Column c : design.columns()) {
            if (c == wanted) {
                break;
            }
            at += c.width();
        }
        return at;
    }

    private Design.Column column(int k) {
        int end = 0;
        for (Design.Column c : design.columns()) {
            end += c.width();
            if (k < end) {
                return c;
            }
        }
        throw new IllegalArgumentException("the design has no number " + k);
    }
}
