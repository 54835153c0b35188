package org.diapason.table;

import java.util.TreeMap;

/**
 * What ComBat keeps of one batch: per feature the mean, the centred sum of squares and the centred
 * cross-products with the covariates.
 *
 * <p>All features share the moments of the covariates until one has a cell that is not finite; from
 * then on that feature counts its own rows.
 */
final class BatchSums {
    final int features;

    /** Moments of the covariates over all rows. */
    final Moments shared;

    /** Moments over the finite rows of a feature that lacks some. */
    final TreeMap<Integer, Moments> own = new TreeMap<>();

    /** Mean per feature; with one row, the row itself. */
    double[] mean;

    /** Centred sum of squares per feature; null while there is one row. */
    double[] squares;

    /** Centred cross-products {@code [covariate][feature]}; null while there is one row. */
    double[][] cross;

    BatchSums(int features, int covariates) {
        this.features = features;
        shared = new Moments(covariates);
    }

    /** Returns the moments that hold for a feature. */
    Moments moments(int feature) {
        Moments m = own.get(feature);
        return m == null ? shared : m;
    }

    void add(double[] covariates, double[] row) {
        boolean complete = finite(row);
        if (shared.n == 0) {
            mean = row.clone();
            if (!complete) {
                for (int f = 0; f < features; f++) {
                    if (!Double.isFinite(row[f])) {
                        mean[f] = 0;
                        own.put(f, shared.copy());
                    }
                }
            }
        } else {
            allocate();
            if (complete && own.isEmpty()) {
                addToAll(covariates, row);
            } else {
                addOneByOne(covariates, row);
            }
        }
        shared.add(covariates);
    }

    /** Adds the sums of other rows of the same batch. */
    void add(BatchSums from) {
        if (from.shared.n == 1) {
            from.own.keySet().forEach(f -> from.mean[f] = Double.NaN);
            add(from.shared.mean, from.mean);
            return;
        }
        allocate();
        from.allocate();
        if (own.isEmpty() && from.own.isEmpty()) {
            joinAll(from);
        } else {
            joinOneByOne(from);
        }
        shared.add(from.shared);
    }

    private void joinAll(BatchSums from) {
        double n = shared.n + from.shared.n;
        double part = from.shared.n / n;
        double weight = shared.n * part;
        for (int k = 0; k < cross.length; k++) {
            double[] into = cross[k];
            double[] other = from.cross[k];
            double dk = weight * (from.shared.mean[k] - shared.mean[k]);
            for (int f = 0; f < features; f++) {
                into[f] += other[f] + dk * (from.mean[f] - mean[f]);
            }
        }
        for (int f = 0; f < features; f++) {
            double d = from.mean[f] - mean[f];
            squares[f] += from.squares[f] + weight * d * d;
            mean[f] += d * part;
        }
    }

    private void joinOneByOne(BatchSums from) {
        Moments a = shared.copy();
        double[] shift = new double[a.mean.length];
        for (int f = 0; f < features; f++) {
            Moments mine = own.get(f);
            Moments theirs = from.own.get(f);
            if (mine == null && theirs != null) {
                mine = a.copy();
                own.put(f, mine);
            }
            Moments left = mine == null ? a : mine;
            Moments right = theirs == null ? from.shared : theirs;
            join(f, left, right, from, shift);
            if (mine != null) {
                mine.add(right);
            }
        }
    }

    private void join(int f, Moments left, Moments right, BatchSums from, double[] shift) {
        if (right.n == 0) {
            return;
        }
        double part = right.n / (double) (left.n + right.n);
        double weight = left.n * part;
        double d = from.mean[f] - mean[f];
        for (int k = 0; k < shift.length; k++) {
            cross[k][f] += from.cross[k][f] + weight * (right.mean[k] - left.mean[k]) * d;
        }
        squares[f] += from.squares[f] + weight * d * d;
        mean[f] += d * part;
    }

    private void addToAll(double[] covariates, double[] row) {
        double n = shared.n;
        double weight = n / (n + 1);
        for (int k = 0; k < covariates.length; k++) {
            double[] into = cross[k];
            double dk = weight * (covariates[k] - shared.mean[k]);
            for (int f = 0; f < features; f++) {
                into[f] += dk * (row[f] - mean[f]);
            }
        }
        double part = 1 / (n + 1);
        for (int f = 0; f < features; f++) {
            double d = row[f] - mean[f];
            squares[f] += weight * d * d;
            mean[f] += d * part;
        }
    }

    private void addOneByOne(double[] covariates, double[] row) {
        for (int f = 0; f < features; f++) {
            boolean finite = Double.isFinite(row[f]);
            Moments m = own.get(f);
            if (m == null && !finite) {
                own.put(f, shared.copy());
            } else if (finite) {
                Moments at = m == null ? shared : m;
                double n = at.n;
                double weight = n / (n + 1);
                double d = row[f] - mean[f];
                for (int k = 0; k < covariates.length; k++) {
                    cross[k][f] += weight * (covariates[k] - at.mean[k]) * d;
                }
                squares[f] += weight * d * d;
                mean[f] += d * (1 / (n + 1));
                if (m != null) {
                    m.add(covariates);
                }
            }
        }
    }

    /** Makes every array present, for reading. */
    void complete() {
        if (mean == null) {
            mean = new double[features];
        }
        allocate();
    }

    private void allocate() {
        if (squares == null) {
            squares = new double[features];
            cross = new double[shared.mean.length][features];
        }
    }

    private static boolean finite(double[] row) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int f = 0;
        for (; f + 3 < row.length; f += 4) {
            a += 0 * row[f];
            b += 0 * row[f + 1];
            c += 0 * row[f + 2];
            d += 0 * row[f + 3];
        }
        for (; f < row.length; f++) {
            a += 0 * row[f];
        }
        return a + b + c + d == 0;
    }
}
