package org.diapason.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a cohort as they are: batch, covariates as numbers, features. Values of patients, which
 * do not leave a site; no model holds them.
 */
final class HeldRows {
    private final List<Row> rows = new ArrayList<>();

    private record Row(int batch, double[] code, double[] scaleCode, double[] values) {}

    void add(int batch, double[] code, double[] scaleCode, double[] values) {
        rows.add(new Row(batch, code, scaleCode, values));
    }

    void add(HeldRows from) {
        rows.addAll(from.rows);
    }

    int size() {
        return rows.size();
    }

    int batch(int row) {
        return rows.get(row).batch;
    }

    /** Returns the numbers of the covariates whose effect on the mean is protected. */
    double[] code(int row) {
        return rows.get(row).code;
    }

    /** Returns the numbers of the covariates whose effect on the spread is protected. */
    double[] scaleCode(int row) {
        return rows.get(row).scaleCode;
    }

    /** Returns the features of a row; not to be written to. */
    double[] values(int row) {
        return rows.get(row).values;
    }

    /** Returns one feature over all rows, a fresh array. */
    double[] column(int feature) {
        double[] column = new double[rows.size()];
        for (int r = 0; r < column.length; r++) {
            column[r] = rows.get(r).values[feature];
        }
        return column;
    }
}
