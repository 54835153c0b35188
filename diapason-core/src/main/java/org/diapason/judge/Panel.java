package org.diapason.judge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.diapason.stats.LeastSquares;
import org.diapason.stats.Omega;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * A table ready for regressions of every feature on covariates, site and biology; a feature uses
 * the rows in which it is finite.
 */
final class Panel {
    /** How text becomes numbers, the same for a table and all draws from it. */
    record Coding(String batch, Optional<String> biology, Design label, Design covariates) {
        static Coding of(
                FeatureTable table, String batch, Optional<String> biology, List<String> names) {
            Design label = Design.of(table, biology.map(List::of).orElse(List.of()));
            if (label.size() > 1) {
                Design.Column c = label.columns().get(0);
                throw new RefusedException(
                        "biology column "
                                + c.name()
                                + " has the "
                                + c.levels().size()
                                + " levels "
                                + String.join(", ", c.levels())
                                + ", and a judgement needs two levels or a number. Name another"
                                + " column or code it as a number.");
            }
            return new Coding(batch, biology, label, Design.of(table, names));
        }
    }

    private final FeatureTable table;
    private final double[][] covariates;
    private final double[] label;
    private final String[] sites;
    private final List<String> siteNames;
    private final double[][] columns;

    /** Designs per feature, null where it does not vary. */
    private final Models[] models;

    Panel(FeatureTable table, Coding coding) {
        this.table = table;
        int n = table.size();
        covariates = new double[n][];
        label = coding.label().size() == 1 ? new double[n] : null;
        sites = new String[n];
        for (int r = 0; r < n; r++) {
            covariates[r] = coding.covariates().encode(table, r);
            if (label != null) {
                label[r] = coding.label().encode(table, r)[0];
            }
            sites[r] = table.covariate(r, coding.batch());
        }
        siteNames = List.copyOf(new TreeSet<>(List.of(sites)));
        int features = table.features().size();
        columns = new double[features][n];
        for (int r = 0; r < n; r++) {
            double[] row = table.row(r);
            for (int f = 0; f < features; f++) {
                columns[f][r] = row[f];
            }
        }
        models = new Models[features];
        Map<BitSet, Models> byRows = new HashMap<>();
        for (int f = 0; f < features; f++) {
            BitSet rows = finite(columns[f]);
            if (varies(columns[f], rows)) {
                models[f] = byRows.computeIfAbsent(rows, this::design);
            }
        }
    }

    private record Models(int[] rows, LeastSquares plain, LeastSquares site) {}

    List<String> features() {
        return table.features();
    }

    int rows() {
        return table.size();
    }

    List<String> siteNames() {
        return siteNames;
    }

    String site(int row) {
        return sites[row];
    }

    /** Returns the numbers of biology per row, null where it does not vary or is not named. */
    double[] label() {
        return label;
    }

    double[] column(int feature) {
        return columns[feature];
    }

    /** Returns ω² of site after biology and covariates. */
    double siteShare(int feature) {
        Models m = models[feature];
        return m == null ? Double.NaN : Omega.share(response(feature, m), m.plain, m.site);
    }

    /** Returns the residuals without site of a feature, in the rows it has; null if none. */
    double[] residuals(int feature) {
        Models m = models[feature];
        return m == null ? null : m.plain.residuals(response(feature, m));
    }

    /**
     * Returns the residuals without site of a feature in every row in units of their root mean
     * square, NaN where the feature is not finite; null where it does not vary.
     */
    double[] spreadOut(int feature) {
        double[] residuals = residuals(feature);
        if (residuals == null) {
            return null;
        }
        double squares = 0;
        for (double e : residuals) {
            squares += e * e;
        }
        double[] all = new double[table.size()];
        Arrays.fill(all, Double.NaN);
        int[] rows = models[feature].rows;
        for (int k = 0; k < rows.length; k++) {
            all[rows[k]] = residuals[k] / Math.sqrt(squares / rows.length);
        }
        return squares > 0 ? all : null;
    }

    /** Returns ω² of site when residuals of {@link #residuals} come in another order of rows. */
    double siteShare(int feature, double[] residuals, int[] order) {
        Models m = models[feature];
        if (m == null) {
            return Double.NaN;
        }
        int[] rank = new int[table.size()];
        Arrays.fill(rank, -1);
        for (int k = 0; k < m.rows.length; k++) {
            rank[m.rows[k]] = k;
        }
        double[] moved = new double[residuals.length];
        int at = 0;
        for (int row : order) {
            if (rank[row] >= 0) {
                moved[at++] = residuals[rank[row]];
            }
        }
        return Omega.share(moved, m.plain, m.site);
    }

    /**
     * Returns the coefficient of biology: 0 where the feature has one value in every row, NaN where
     * it has none or biology none.
     */
    double coefficient(int feature, boolean withSite) {
        if (label == null) {
            return Double.NaN;
        }
        Models m = models[feature];
        if (m == null) {
            return Arrays.stream(columns[feature]).anyMatch(Double::isFinite) ? 0 : Double.NaN;
        }
        return (withSite ? m.site : m.plain).lastCoefficient(response(feature, m));
    }

    /** Returns the whole fit, biology last; null where the feature does not vary. */
    LeastSquares.Fit fit(int feature, boolean withSite) {
        Models m = models[feature];
        return m == null ? null : (withSite ? m.site : m.plain).fit(response(feature, m));
    }

    private double[] response(int feature, Models m) {
        if (m.rows.length == table.size()) {
            return columns[feature];
        }
        double[] y = new double[m.rows.length];
        for (int k = 0; k < y.length; k++) {
            y[k] = columns[feature][m.rows[k]];
        }
        return y;
    }

    private static BitSet finite(double[] column) {
        BitSet finite = new BitSet();
        for (int r = 0; r < column.length; r++) {
            finite.set(r, Double.isFinite(column[r]));
        }
        return finite;
    }

    private static boolean varies(double[] column, BitSet rows) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int r = rows.nextSetBit(0); r >= 0; r = rows.nextSetBit(r + 1)) {
            low = Math.min(low, column[r]);
            high = Math.max(high, column[r]);
        }
        return high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high));
    }

    private Models design(BitSet finite) {
        int[] rows = finite.stream().toArray();
        double[][] plain = new double[rows.length][];
        double[][] site = new double[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            plain[k] = designRow(rows[k], false);
            site[k] = designRow(rows[k], true);
        }
        return new Models(rows, LeastSquares.of(plain), LeastSquares.of(site));
    }

    /** Returns the numbers of a row in the model with site. */
    double[] siteRow(int row) {
        return designRow(row, true);
    }

    /** One, covariates, sites but the first, biology. */
    private double[] designRow(int r, boolean withSite) {
        int extra = withSite ? siteNames.size() - 1 : 0;
        double[] row = new double[1 + covariates[r].length + extra + (label == null ? 0 : 1)];
        row[0] = 1;
        System.arraycopy(covariates[r], 0, row, 1, covariates[r].length);
        int s = siteNames.indexOf(sites[r]);
        if (withSite && s > 0) {
            row[covariates[r].length + s] = 1;
        }
        if (label != null) {
            row[row.length - 1] = label[r];
        }
        return row;
    }
}
