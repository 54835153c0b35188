package org.diapason.registration;

import org.diapason.volume.Affine;

/** How well two images fit under a linear transform; more is better. */
interface Metric {
    /**
     * What was found under one transform.
     *
     * @param value of the metric
     * @param gradient by each of the 12 numbers of (M | t), in units of the metric, and per mm
     */
    record Found(double value, double[] gradient) {}

    Found at(Affine transform);

    /** Returns the value alone, in about half the time. */
    double value(Affine transform);

    /**
     * Returns the log likelihood of a sample, in nats, that a value stands for. Poses that do not
     * fit differ little by it, so that their spread can measure one that does.
     */
    double likelihood(double value);

    /**
     * Returns what the samples of each cell of the fixed image add to the gradient.
     *
     * @see Samples#cell
     */
    double[][] parts(Affine transform);

    /**
     * Returns what the samples of each cell of the fixed image add to the value.
     *
     * @see Samples#cell
     */
    double[] shares(Affine transform);
}
