package org.diapason.registration;

import org.diapason.volume.Affine;

/**
 * A metric of moves that come before a transform.
 *
 * @param then what follows each move
 */
record Beyond(Metric metric, Affine then) implements Metric {
    @Override
    public Found at(Affine move) {
        Found found = metric.at(move.then(then));
        return new Found(found.value(), before(found.gradient()));
    }

    @Override
    public double value(Affine move) {
        return metric.value(move.then(then));
    }

    @Override
    public double likelihood(double value) {
        return metric.likelihood(value);
    }

    @Override
    public double[][] parts(Affine move) {
        double[][] parts = metric.parts(move.then(then));
        for (int p = 0; p < parts.length; p++) {
            parts[p] = before(parts[p]);
        }
        return parts;
    }

    @Override
    public double[] shares(Affine move) {
        return metric.shares(move.then(then));
    }

    private double[] before(double[] gradient) {
        double[] out = new double[12];
        for (int c = 0; c < 4; c++) {
            for (int k = 0; k < 3; k++) {
                for (int r = 0; r < 3; r++) {
                    out[4 * k + c] += then.get(r, k) * gradient[4 * r + c];
                }
            }
        }
        return out;
    }
}
