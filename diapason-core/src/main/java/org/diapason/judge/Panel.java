package org.diapason.judge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.diapason.stats.LeastSquares;
import org.diapason.stats.Omega;
import org.diapason.volume.FeatureTable;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * A table ready for regressions of every feature on covariates, site and biology; a feature uses
 * the rows in which it is finite.
 */
final class Panel {
    private final FeatureTable table;
    private final double[][] covariates;

    /**
     * Numbers of biology per row: one, or one per level but the first; null where it is one value.
     */
    private final double[][] labels;

    private final double[] label;
    private final Coding coding;
    private final String[] sites;
    private final List<String> siteNames;
    private final double[][] columns;

    /** Designs per feature, null where it does not vary. */
    private final Models[] models;

    Panel(FeatureTable table, Coding coding) {
        this.table = table;
        int n = table.size();
        covariates = new double[n][];
        this.coding = coding;
        labels = coding.label().size() > 0 ? new double[n][] : null;
        label = labels == null ? null : new double[n];
        sites = new String[n];
        for (int r = 0; r < n; r++) {
            double[][] code = coding.encode(table, r);
            covariates[r] = code[1];
            if (labels != null) {
                labels[r] = code[0];
                for (int k = 0; k < labels[r].length; k++) {
                    label[r] += (k + 1) * labels[r][k];
                }
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

    /** With and without site, and the same without biology where that has three levels. */
    private record Models(
            int[] rows,
            LeastSquares plain,
            LeastSquares site,
            LeastSquares noPlain,
            LeastSquares noSite) {}

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

    /**
     * Returns a number, or the place 0, 1, 2 … of the level, of biology per row; null where it does
     * not vary or is not named.
     */
    double[] label() {
        return label;
    }

    /** Says whether biology is one number, or two levels. */
    boolean oneNumber() {
        return label != null && labels[0].length == 1;
    }

    /** Returns how many levels biology has, 0 where it is a number with more than two values. */
    int classes() {
        return label == null ? 0 : coding.levels().size();
    }

    /** Returns the place of a row's level; biology must have levels. */
    int level(int row) {
        return classes() > 2 || label[row] == 0
                ? (int) label[row]
                : label[row] == coding.label().columns().get(0).high() || !numeric() ? 1 : 0;
    }

    private boolean numeric() {
        return coding.label().columns().get(0).numeric();
    }

    List<Coding.Contrast> contrasts() {
        return coding.contrasts();
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
     * Returns the effect of biology: 0 where the feature has one value in every row, NaN where it
     * has none or biology none.
     */
    double coefficient(int feature, Coding.Contrast contrast, boolean withSite) {
        if (label == null) {
            return Double.NaN;
        }
        Models m = models[feature];
        if (m == null) {
            return Arrays.stream(columns[feature]).anyMatch(Double::isFinite) ? 0 : Double.NaN;
        }
        LeastSquares model = withSite ? m.site : m.plain;
        double[] y = response(feature, m);
        return labels[0].length == 1
                ? model.lastCoefficient(y)
                : model.combination(y, weights(contrast, withSite))[0];
    }

    /** Returns the effect with its error; NaN where the feature or biology does not vary. */
    Coefficient effect(int feature, Coding.Contrast contrast, boolean withSite) {
        Models m = label == null ? null : models[feature];
        double[] found = {Double.NaN, Double.NaN};
        double sd = Double.NaN;
        if (m != null) {
            LeastSquares model = withSite ? m.site : m.plain;
            double[] y = response(feature, m);
            found = model.combination(y, weights(contrast, withSite));
            sd = Math.sqrt(model.residualSquares(y) / (model.rows() - model.rank()));
        }
        return new Coefficient(features().get(feature), found[0], found[1], sd);
    }

    /** The sum of design columns that a contrast is. */
    private double[] weights(Coding.Contrast contrast, boolean withSite) {
        int width = labels[0].length;
        double[] weights = new double[designRow(0, withSite).length];
        int base = weights.length - width - 1;
        weights[base + contrast.to()] = 1;
        if (contrast.from() > 0) {
            weights[base + contrast.from()] = -1;
        }
        return weights;
    }

    /** An F test: the statistic with its degrees of freedom. */
    record Test(double f, int over, int under) {
        double p() {
            return over < 1 || under < 1 || Double.isNaN(f)
                    ? Double.NaN
                    : 1 - new FDistribution(over, under).cumulativeProbability(f);
        }
    }

    /**
     * Tests all of biology; null where the feature or biology does not vary.
     *
     * @param spent degrees of freedom that a fit has taken besides those of the model: a scale per
     *     site, which a harmonized table shows nothing of
     */
    Test test(int feature, boolean withSite, int spent) {
        Models m = label == null ? null : models[feature];
        if (m == null) {
            return null;
        }
        double[] y = response(feature, m);
        LeastSquares model = withSite ? m.site : m.plain;
        int free = model.rows() - model.rank();
        int under = free - spent;
        double scale = (double) under / free;
        if (labels[0].length == 1) {
            double[] b = model.combination(y, weights(coding.contrasts().get(0), withSite));
            return new Test(scale * b[0] * b[0] / (b[1] * b[1]), 1, under);
        }
        LeastSquares without = withSite ? m.noSite : m.noPlain;
        int over = model.rank() - without.rank();
        double left = model.residualSquares(y);
        double f = (without.residualSquares(y) - left) / over / (left / under);
        return new Test(f, over, under);
    }

    /**
     * Returns what of a feature, in the rows it has, is biology's with site in the model: the
     * fitted part less its mean; null where the feature or biology does not vary.
     */
    double[] biologyPart(int feature) {
        Models m = label == null ? null : models[feature];
        if (m == null) {
            return null;
        }
        double[] y = response(feature, m);
        int width = labels[0].length;
        var b = m.site.fit(y).coefficients();
        double[] part = new double[y.length];
        double mean = 0;
        for (int k = 0; k < part.length; k++) {
            for (int c = 0; c < width; c++) {
                double slope = b.get(b.size() - width + c);
                double x = labels[m.rows[k]][c];
                part[k] += x == 0 ? 0 : slope * x;
            }
            mean += part[k] / part.length;
        }
        for (int k = 0; k < part.length; k++) {
            part[k] -= mean;
        }
        return part;
    }

    /** Returns the residuals of the model with site in the rows a feature has; null if none. */
    double[] residualsWithinSite(int feature) {
        Models m = models[feature];
        return m == null ? null : m.site.residuals(response(feature, m));
    }

    /** Returns the rows in which a feature is finite; null where it does not vary. */
    int[] rowsOf(int feature) {
        return models[feature] == null ? null : models[feature].rows;
    }

    /** Returns the numbers of a row in the model without site. */
    double[] plainRow(int row) {
        return designRow(row, false);
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
        boolean several = labels != null && labels[0].length > 1;
        return new Models(
                rows,
                LeastSquares.of(plain),
                LeastSquares.of(site),
                several ? LeastSquares.of(withoutLabel(plain)) : null,
                several ? LeastSquares.of(withoutLabel(site)) : null);
    }

    private double[][] withoutLabel(double[][] rows) {
        double[][] shorter = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            shorter[r] = Arrays.copyOf(rows[r], rows[r].length - labels[0].length);
        }
        return shorter;
    }

    /** Returns the numbers of a row in the model with site. */
    double[] siteRow(int row) {
        return designRow(row, true);
    }

    /** One, covariates, sites but the first, biology. */
    private double[] designRow(int r, boolean withSite) {
        int extra = withSite ? siteNames.size() - 1 : 0;
        double[] row =
                new double
                        [1 + covariates[r].length + extra + (label == null ? 0 : labels[r].length)];
        row[0] = 1;
        System.arraycopy(covariates[r], 0, row, 1, covariates[r].length);
        int s = siteNames.indexOf(sites[r]);
        if (withSite && s > 0) {
            row[covariates[r].length + s] = 1;
        }
        if (label != null) {
            System.arraycopy(labels[r], 0, row, row.length - labels[r].length, labels[r].length);
        }
        return row;
    }
}
