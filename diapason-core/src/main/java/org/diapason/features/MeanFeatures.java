package org.diapason.features;

/** The mean of features over matrices, each over the matrices that define it. */
final class MeanFeatures {
    private final double[] sum;
    private final int[] defined;

    MeanFeatures(int features) {
        sum = new double[features];
        defined = new int[features];
    }

    void add(double[] features) {
        for (int f = 0; f < sum.length; f++) {
            boolean usable = !Double.isNaN(features[f]);
            sum[f] += usable ? features[f] : 0;
            defined[f] += usable ? 1 : 0;
        }
    }

    /** Returns the means; NaN where no matrix defined the feature. */
    double[] mean() {
        double[] mean = new double[sum.length];
        for (int f = 0; f < sum.length; f++) {
            mean[f] = sum[f] / defined[f];
        }
        return mean;
    }
}
