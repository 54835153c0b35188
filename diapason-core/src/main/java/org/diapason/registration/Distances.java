package org.diapason.registration;

import org.diapason.volume.Transform;

/** How far apart two transforms put places, in mm. */
final class Distances {
    private Distances() {}

    static double at(Transform a, Transform b, double[] place) {
        double[] p = place.clone();
        double[] q = place.clone();
        a.apply(p);
        b.apply(q);
        double dx = p[0] - q[0];
        double dy = p[1] - q[1];
        double dz = p[2] - q[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    static double most(Transform a, Transform b, double[][] places) {
        double most = 0;
        for (double[] place : places) {
            most = Math.max(most, at(a, b, place));
        }
        return most;
    }

    static double mean(Transform a, Transform b, double[][] places) {
        double sum = 0;
        for (double[] place : places) {
            sum += at(a, b, place);
        }
        return sum / places.length;
    }
}
