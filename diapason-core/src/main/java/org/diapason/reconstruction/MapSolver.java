package org.diapason.reconstruction;

import org.diapason.step.Progress;

/**
 * Finds the image of {@link MapFusion} for weights, one after the other; each begins where the last
 * ended.
 */
final class MapSolver {
    /** A gap of this share of the objective is enough to compare weights. */
    private static final double COARSE = 1e-2;

    private static final int MOST = 3000;

    /** Iterations for a weight that is only tried; the next goes on where it ended. */
    private static final int TRIED = 100;

    /** Without a gap, an iteration may change the image by this share of the tolerance. */
    private static final double NO_GAP = 0.01;

    /** The upper bound of the image, over the largest value of the input. */
    private static final double OUT_OF_REACH = 20;

    /** How far from the image the gap looks, over the largest value of the input. */
    private static final double WITHIN = 0.2;

    private final Measured data;
    private final double tolerance;
    private final double largest;

    /** Null for priors that are no norms. */
    private final Pdhg pdhg;

    private final Prior prior;
    private float[] image;

    /**
     * @param start to begin with; not modified
     */
    MapSolver(Measured data, double tolerance, Prior prior, float[] start) {
        this.data = data;
        this.tolerance = tolerance;
        this.prior = prior;
        image = above(start);
        largest = largest(data.z);
        double s = data.noise / data.unit;
        pdhg =
                prior instanceof NormPrior norm
                        ? new Pdhg(data.blur, data.data(data.z), norm, image, s * s)
                        : null;
    }

    private MapSolver(MapSolver from, NormPrior prior) {
        data = from.data;
        tolerance = from.tolerance;
        this.prior = prior;
        image = from.image;
        largest = from.largest;
        pdhg = from.pdhg.with(prior);
    }

    /** Returns one for another prior that begins where this one ended, which is lost. */
    MapSolver with(Prior other) {
        return other instanceof NormPrior norm && pdhg != null
                ? new MapSolver(this, norm)
                : new MapSolver(data, tolerance, other, image);
    }

    private static float[] above(float[] x) {
        float[] out = new float[x.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = x[p] > 0 ? x[p] : 0;
        }
        return out;
    }

    private static double largest(float[] z) {
        double most = 0;
        for (float v : z) {
            most = Math.max(most, v == v ? v : 0);
        }
        return most;
    }

    /**
     * An image, in the unit of the data.
     *
     * @param gap NaN where none is known
     */
    record Solved(float[] image, double weight, double objective, double gap, int iterations) {}

    /**
     * @param tried whether the weight is only tried: loosely, and no further than some iterations
     */
    Solved solve(double weight, boolean tried, Progress shown) {
        double enough = tried ? Math.max(COARSE, tolerance) : tolerance;
        int most = tried ? TRIED : MOST;
        if (pdhg == null) {
            Stopping stopping = new Stopping(NO_GAP * enough, most);
            Reconstruction r =
                    new MonotoneDescent(0, stopping)
                            .minimise(data.likelihood(), new Penalty(prior, weight), image, shown);
            image = tried ? r.image() : r.convergedImage();
            double least = r.objectives().get(r.iterations());
            return new Solved(image, weight, least, Double.NaN, r.iterations());
        }
        Pdhg.Settings now =
                new Pdhg.Settings(enough, WITHIN * largest, OUT_OF_REACH * largest, most);
        Pdhg.Result r =
                tried ? pdhg.approach(weight, now, shown) : pdhg.minimise(weight, now, shown);
        image = r.image();
        Pdhg.Check end = r.last();
        return new Solved(image, weight, end.objective(), end.gap(), end.iteration());
    }
}
