package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;

/**
 * From how far away searches on the coarsest grid come back, and how much better the place found is
 * than others.
 *
 * @param curve searches by the distance of their start
 * @param homeMm how far from what was found the coarsest grid fits best, mean
 * @param voxelMm mean distance of its voxels
 * @param found likelihood of the metric at the transform, on the second grid
 * @param elsewhere its mean at random poses
 * @param spread its standard deviation there
 */
record CaptureProbe(
        List<Certificate.CapturePoint> curve,
        double homeMm,
        double voxelMm,
        double found,
        double elsewhere,
        double spread) {
    private static final double[] SHIFTS_MM = {5, 10, 15, 20};
    private static final double[] TURNS_DEGREES = {5, 8, 12, 15};
    private static final int NEAR = 2;
    private static final int STARTS = 6;
    private static final int SAMPLES = 4000;
    private static final int ELSEWHERE = 64;
    private static final int ELSEWHERE_SAMPLES = 15_000;
    private static final double ROUGH = 0.1;

    /** Returns the share of the nearer starts that came back: 5 and 10 mm, 5 and 8 degrees away. */
    double back() {
        int starts = 0;
        int back = 0;
        for (Certificate.CapturePoint point : curve.subList(0, NEAR)) {
            starts += point.starts();
            back += point.back();
        }
        return back / (double) starts;
    }

    static CaptureProbe of(Pair pair, boolean turns, Affine found, double[][] places, long seed) {
        double[] centre = middle(places);
        Samples few = pair.samples(3, SAMPLES);
        double spacing = pair.fixed(3).spacingMm();
        Metric coarse = new Beyond(pair.metric(few, 3), found);
        LinearModel model = turns ? LinearModel.RIGID : LinearModel.TRANSLATION;
        Scaled scaled = new Scaled(model, centre, Scaled.corners(pair.grid()), pair.flat());
        LinearSearch search = new LinearSearch(coarse, scaled, spacing, ROUGH * spacing);
        Affine home = search.from(Affine.IDENTITY, null).transform();
        Rng rng = new Rng(Rng.seed(seed, "capture"));
        List<Certificate.CapturePoint> curve = new ArrayList<>();
        for (int d = 0; d < SHIFTS_MM.length; d++) {
            double away = 0;
            int back = 0;
            for (int s = 0; s < STARTS; s++) {
                double turn = turns ? TURNS_DEGREES[d] * Math.PI / 180 : 0;
                Affine start = pose(rng, SHIFTS_MM[d], turn, centre, pair.flat());
                away += Distances.mean(start, Affine.IDENTITY, places) / STARTS;
                Affine end = search.from(start, null).transform();
                back += Distances.mean(end, home, places) < spacing ? 1 : 0;
            }
            curve.add(new Certificate.CapturePoint(away, STARTS, back));
        }
        Metric second = pair.metric(pair.samples(2, ELSEWHERE_SAMPLES), 2);
        double reach = 0;
        for (double[] place : places) {
            double dx = place[0] - centre[0];
            double dy = place[1] - centre[1];
            double dz = place[2] - centre[2];
            reach = Math.max(reach, Math.sqrt(dx * dx + dy * dy + dz * dz));
        }
        double sum = 0;
        double square = 0;
        for (int s = 0; s < ELSEWHERE; s++) {
            double shift = reach * (0.3 + 0.5 * rng.nextDouble());
            double turn = turns ? 0.5 + rng.nextDouble() : 0;
            Affine pose = pose(rng, shift, turn, centre, pair.flat());
            double value = second.likelihood(second.value(pose.then(found)));
            sum += value;
            square += value * value;
        }
        double mean = sum / ELSEWHERE;
        double variance = Math.max(0, square / ELSEWHERE - mean * mean);
        return new CaptureProbe(
                List.copyOf(curve),
                Distances.mean(home, Affine.IDENTITY, places),
                spacing,
                second.likelihood(second.value(found)),
                mean,
                Math.sqrt(variance));
    }

    private static double[] middle(double[][] places) {
        double[] middle = new double[3];
        for (double[] place : places) {
            for (int a = 0; a < 3; a++) {
                middle[a] += place[a] / places.length;
            }
        }
        return middle;
    }

    /** Returns a pose so far and so much turned away, in a random direction. */
    private static Affine pose(Rng rng, double mm, double rad, double[] centre, boolean flat) {
        double[] shift = direction(rng, flat, false);
        double[] turn = direction(rng, flat, true);
        return LinearModel.RIGID.at(
                new double[] {
                    mm * shift[0],
                    mm * shift[1],
                    mm * shift[2],
                    rad * turn[0],
                    rad * turn[1],
                    rad * turn[2]
                },
                centre);
    }

    private static double[] direction(Rng rng, boolean flat, boolean axis) {
        double[] d = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
        if (flat) {
            d[0] *= axis ? 0 : 1;
            d[1] *= axis ? 0 : 1;
            d[2] *= axis ? 1 : 0;
        }
        double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        for (int a = 0; a < 3; a++) {
            d[a] /= length;
        }
        return d;
    }
}
