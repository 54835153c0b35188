package org.diapason.stats;

import java.util.stream.IntStream;
import org.diapason.volume.RefusedException;

/**
 * Finds the variances that make a response most likely: from the best of equal scales downhill;
 * what ends next to 0 is set to 0, and kept there unless the deviance falls off the edge.
 */
final class MixedSearch {
    private static final double SINGULAR = 1e-8;

    final double[] theta;
    int iterations;
    boolean singular;
    private final MixedSums sums;
    private final Deviance deviance;
    private final int[] diagonal;

    /** −2·log-likelihood of a response but for constants, profiled over β and σ². */
    private record Deviance(MixedResponse response, MixedPoint point) implements Minimum.Function {
        @Override
        public double value(double[] at) {
            return response.solve(point.set(at));
        }

        @Override
        public double[] gradient() {
            return response.gradient(point);
        }
    }

    MixedSearch(MixedStart from, MixedResponse response) {
        sums = from.sums;
        deviance = new Deviance(response, new MixedPoint(sums));
        int count = sums.parameter[sums.factors.size()];
        diagonal = sums.diagonal();
        int[] all = IntStream.range(0, count).toArray();
        double[] at = from.best(response);
        Minimum found = descend(at, all);
        for (int round = 0; round < 3; round++) {
            double[] regular = found.at.clone();
            int[] free = settle(regular);
            if (free.length == count) {
                break;
            }
            Minimum edge = descend(regular, free);
            double[] off = offTheEdge(edge);
            if (off == null) {
                singular = true;
                found = edge;
                break;
            }
            found = descend(off, all);
        }
        theta = found.at;
        if (!found.converged) {
            throw new RefusedException(
                    "mixed model: the variances did not come to rest in "
                            + iterations
                            + " steps. Give the columns of random effects similar scales, or"
                            + " leave one out.");
        }
    }

    private Minimum descend(double[] from, int[] free) {
        Minimum found = new Minimum(deviance, from, free);
        iterations += found.iterations;
        return found;
    }

    /** Sets to 0 what is next to it, as a triangle with zeros; returns what may still move. */
    private int[] settle(double[] at) {
        boolean[] held = new boolean[at.length];
        for (int f = 0; f < sums.factors.size(); f++) {
            GroupFactor factor = sums.factors.get(f);
            double[][] own = new double[factor.width][factor.width];
            factor.triangle(at, sums.parameter[f], own);
            double[][] square = new double[own.length][own.length];
            for (int i = 0; i < own.length; i++) {
                for (int j = 0; j < own.length; j++) {
                    for (int k = 0; k < own.length; k++) {
                        square[i][j] += own[i][k] * own[j][k];
                    }
                }
            }
            int place = sums.parameter[f];
            for (int t = 0; t < factor.term.length; t++) {
                int end = factor.start[t + 1];
                for (int k = factor.start[t]; k < end; k++) {
                    boolean zero = square[k][k] < SINGULAR;
                    double root = zero ? 0 : Math.sqrt(square[k][k]);
                    for (int i = k; i < end; i++) {
                        held[place] = zero;
                        own[i][k] = zero ? 0 : square[i][k] / root;
                        at[place++] = own[i][k];
                    }
                    for (int i = k; i < end; i++) {
                        for (int j = k; j < end; j++) {
                            square[i][j] -= own[i][k] * own[j][k];
                        }
                    }
                }
            }
        }
        return IntStream.range(0, at.length).filter(i -> !held[i]).toArray();
    }

    /** Returns a better place where a variance is not 0; null where there is none. */
    private double[] offTheEdge(Minimum edge) {
        for (int d : diagonal) {
            for (double s : new double[] {0.01, 0.1, 0.5}) {
                double[] off = edge.at.clone();
                off[d] = s;
                if (edge.at[d] == 0 && deviance.value(off) < edge.value - 1e-9) {
                    return off;
                }
            }
        }
        return null;
    }
}
