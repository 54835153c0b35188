package org.diapason.registration;

import java.util.stream.IntStream;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;

/**
 * The parameters of a model that may move, in mm: a unit of each moves a corner of the fixed box by
 * 1 mm at most.
 */
final class Scaled {
    private static final double DIFFERENCE = 1e-5;

    private final LinearModel model;
    private final double[] centre;
    private final int[] free;
    private final double[] scale;

    /**
     * @param flat whether it stays in the plane z = 0
     */
    Scaled(LinearModel model, double[] centre, double[][] corners, boolean flat) {
        this.model = model;
        this.centre = centre;
        free = flat ? model.inPlane() : IntStream.range(0, model.parameters()).toArray();
        scale = new double[free.length];
        for (int n = 0; n < scale.length; n++) {
            double[] p = new double[model.parameters()];
            p[free[n]] = DIFFERENCE;
            Affine moved = model.at(p, centre);
            for (double[] corner : corners) {
                scale[n] = Math.max(scale[n], far(moved, corner) / DIFFERENCE);
            }
            scale[n] = Math.max(scale[n], 1e-9);
        }
    }

    /** Returns the corners of a grid in mm. */
    static double[][] corners(Geometry g) {
        double[][] corners = new double[8][];
        for (int c = 0; c < 8; c++) {
            double i = (c & 1) * (g.ni() - 1);
            double j = (c >> 1 & 1) * (g.nj() - 1);
            double k = (c >> 2 & 1) * (g.nk() - 1);
            corners[c] = g.toWorld(i, j, k).toArray();
        }
        return corners;
    }

    private static double far(Affine moved, double[] from) {
        double[] to = from.clone();
        moved.apply(to);
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double dz = to[2] - from[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    int size() {
        return free.length;
    }

    /** Returns all parameters of the model for a transform. */
    double[] parametersOf(Affine transform) {
        return model.parametersOf(transform, centre);
    }

    /** Returns the scaled ones of all parameters. */
    double[] of(double[] parameters) {
        double[] at = new double[free.length];
        for (int a = 0; a < at.length; a++) {
            at[a] = parameters[free[a]] * scale[a];
        }
        return at;
    }

    /**
     * @param held all parameters; those that may not move count
     */
    Affine transform(double[] held, double[] at) {
        double[] p = held.clone();
        for (int a = 0; a < free.length; a++) {
            p[free[a]] = at[a] / scale[a];
        }
        return model.at(p, centre);
    }

    /** Turns the gradient by the 12 numbers of a transform into that by the scaled parameters. */
    double[] gradient(double[] held, double[] at, double[] byNumbers) {
        double[] gradient = new double[at.length];
        for (int a = 0; a < gradient.length; a++) {
            double[] up = at.clone();
            double[] down = at.clone();
            double h = DIFFERENCE * Math.max(1, scale[a]);
            up[a] += h;
            down[a] -= h;
            Affine high = transform(held, up);
            Affine low = transform(held, down);
            for (int m = 0; m < 12; m++) {
                gradient[a] +=
                        byNumbers[m] * (high.matrix().get(m) - low.matrix().get(m)) / (2 * h);
            }
        }
        return gradient;
    }
}
