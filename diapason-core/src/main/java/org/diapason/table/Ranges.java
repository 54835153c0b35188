package org.diapason.table;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;

/** Smallest and largest number of each covariate in one batch; texts do not count. */
final class Ranges {
    private final List<String> covariates;

    /** Rows. */
    int n;

    /** Smallest number per covariate. */
    final double[] low;

    /** Largest number per covariate. */
    final double[] high;

    Ranges(List<String> covariates) {
        this.covariates = covariates;
        low = new double[covariates.size()];
        high = new double[covariates.size()];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    void add(FeatureTable table, int row) {
        n++;
        for (int c = 0; c < low.length; c++) {
            OptionalDouble value = Numbers.parse(table.covariate(row, covariates.get(c)));
            if (value.isPresent()) {
                low[c] = Math.min(low[c], value.getAsDouble());
                high[c] = Math.max(high[c], value.getAsDouble());
            }
        }
    }

    Ranges merge(Ranges from) {
        n += from.n;
        for (int c = 0; c < low.length; c++) {
            low[c] = Math.min(low[c], from.low[c]);
            high[c] = Math.max(high[c], from.high[c]);
        }
        return this;
    }
}
