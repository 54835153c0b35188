package org.diapason.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.diapason.volume.Numbers;

/** A {@link ComBatModel} as plain arrays, for speed. */
final class ComBatKernel {
    private final int[] place;
    private final double[] alpha;
    private final double[] sigma;
    private final double[][] beta;
    private final double[][] theta;
    private final double[][] shift;
    private final double[][] factor;
    private final int[] fitted;
    private final int[] undefined;
    private final Transforms transforms;

    /** Whether the model changes every column of the table, in the table's order and as it is. */
    private final boolean whole;

    /**
     * Holds the batches that there are rows of; the others may be large, and are not touched.
     *
     * @param place where the features of the model lie in the table, −1 where they do not
     * @param width features of the table
     * @param batchOf batch of each row
     */
    ComBatKernel(ComBatModel model, Transforms transforms, int[] place, int width, int[] batchOf) {
        this.place = place;
        this.transforms = transforms;
        alpha = model.alpha().toArray();
        sigma = model.sigma().toArray();
        beta = arrays(model.effects());
        theta = arrays(model.scale().map(ComBatModel.Scale::effects).orElse(List.of()));
        fitted = which(place, f -> sigma[f] > 0);
        undefined = which(place, f -> Double.isNaN(sigma[f]));
        boolean plain = fitted.length == width && transforms.none() && theta.length == 0;
        for (int f = 0; f < place.length; f++) {
            plain &= place[f] == f;
        }
        whole = plain;
        shift = new double[model.batches().size()][];
        factor = new double[model.batches().size()][];
        for (int i : Arrays.stream(batchOf).distinct().toArray()) {
            double[] gamma = model.batches().get(i).gamma().toArray();
            double[] delta = model.batches().get(i).delta().toArray();
            for (int f = 0; f < gamma.length; f++) {
                gamma[f] *= sigma[f];
                delta[f] = 1 / Math.sqrt(delta[f]);
            }
            shift[i] = gamma;
            factor[i] = delta;
        }
    }

    private static double[][] arrays(List<ComBatModel.Effect> effects) {
        return effects.stream()
                .map(ComBatModel.Effect::values)
                .map(Numbers::toArray)
                .toArray(double[][]::new);
    }

    /**
     * Returns a harmonized row.
     *
     * @param code the row's covariates as numbers
     * @param spread those of its spread, from their means
     * @param mean room for as many numbers as the model has features
     */
    double[] apply(double[] row, int batch, double[] code, double[] spread, double[] mean) {
        System.arraycopy(alpha, 0, mean, 0, mean.length);
        for (int k = 0; k < code.length; k++) {
            double c = code[k];
            double[] b = beta[k];
            for (int f = 0; f < mean.length; f++) {
                mean[f] += c * b[f];
            }
        }
        double[] away = shift[batch];
        double[] times = factor[batch];
        if (whole) {
            double[] out = new double[mean.length];
            for (int f = 0; f < mean.length; f++) {
                out[f] = (row[f] - mean[f] - away[f]) * times[f] + mean[f];
            }
            return out;
        }
        double[] out = row.clone();
        for (int f : fitted) {
            double y = transforms.forward(f, row[place[f]]);
            if (Double.isInfinite(row[place[f]])) {
                continue;
            }
            double off = y - mean[f] - away[f] * spread(f, spread);
            out[place[f]] = transforms.back(f, off * times[f] + mean[f]);
        }
        for (int f : undefined) {
            out[place[f]] = Double.NaN;
        }
        return out;
    }

    /** Returns the spread of a row in units of σ. */
    private double spread(int f, double[] code) {
        if (theta.length == 0) {
            return 1;
        }
        double sum = 0;
        for (int k = 0; k < code.length; k++) {
            sum += code[k] * theta[k][f];
        }
        return StrictMath.exp(sum);
    }

    private static int[] which(int[] places, IntPredicate wanted) {
        int[] found = new int[places.length];
        int count = 0;
        for (int f = 0; f < places.length; f++) {
            if (places[f] >= 0 && wanted.test(f)) {
                found[count++] = f;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
