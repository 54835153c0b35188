package org.diapason.table;

/** Count, mean and centred cross-products of the covariates of some rows. */
final class Moments {
    int n;
    final double[] mean;

    /** Centred cross-products, row by row. */
    final double[] cross;

    Moments(int covariates) {
        mean = new double[covariates];
        cross = new double[covariates * covariates];
    }

    Moments copy() {
        Moments copy = new Moments(mean.length);
        copy.n = n;
        System.arraycopy(mean, 0, copy.mean, 0, mean.length);
        System.arraycopy(cross, 0, copy.cross, 0, cross.length);
        return copy;
    }

    void add(double[] covariates) {
        add(1, covariates, null);
    }

    void add(Moments from) {
        add(from.n, from.mean, from.cross);
    }

    /** Chan, Golub and LeVeque 1983, for vectors. */
    private void add(int count, double[] otherMean, double[] otherCross) {
        if (count == 0) {
            return;
        }
        int p = mean.length;
        double weight = (double) n * count / (n + count);
        for (int k = 0; k < p; k++) {
            double dk = otherMean[k] - mean[k];
            for (int l = 0; l < p; l++) {
                cross[k * p + l] += weight * dk * (otherMean[l] - mean[l]);
                if (otherCross != null) {
                    cross[k * p + l] += otherCross[k * p + l];
                }
            }
        }
        for (int k = 0; k < p; k++) {
            mean[k] += (otherMean[k] - mean[k]) * count / (n + count);
        }
        n += count;
    }
}
