package org.diapason.reconstruction;

import org.diapason.math.NoiseSd;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Says whether an anatomical image has anything to say of another one, before it may guide it.
 *
 * <p>Agreement is {@code Σ |⟨∇z, ξ⟩| / Σ |∇z|} over the voxels that count, {@code ξ = ∇Av / |∇Av|}
 * the directions of the guide's edges at the resolution of the image: 1 where all edges are
 * parallel, ½ by chance in space and 2/π in a plane. What chance gives with edges as these is the
 * same with the guide shifted around, to every other place of a grid of up to 4 × 4 × 4 (in a plane
 * 8 × 8, on a line 64; no two nearer than four voxels). A guide that agrees no better in its own
 * place than in the best of them has edges, but not those of the image: it is unrelated or lies
 * elsewhere. If places are alike to an unrelated guide it passes once in as many as there are: once
 * in 64 where every axis has 16 voxels.
 *
 * @param agreement 0 to 1
 * @param byChance the largest of the shifted guides; 0 where there are none
 * @param shifts how many; none where no axis has 8 voxels
 */
record Guidance(double agreement, double byChance, int shifts) {
    private static final double SAME = 0.9999;

    /** Places along an axis, where so many axes can be shifted along. */
    private static final int[] PLACES = {1, 64, 8, 4};

    /** Voxels from one place to the next, at least. */
    private static final int APART = 4;

    /** So small an η that only the direction of an edge is left. */
    private static final double DIRECTION = 1e-6;

    /**
     * @throws RefusedException for a guide that is flat, the image itself, or unrelated
     */
    static Guidance of(Geometry g, float[] z, float[] guide, boolean[] counts, Blur blur) {
        double like = correlation(z, guide, counts);
        if (Math.abs(like) > SAME) {
            throw new RefusedException(
                    "the guide is the image itself (correlation "
                            + Numbers.fixed(like, 5)
                            + "), so every edge of its noise would count as anatomy. Give an"
                            + " image of another kind, or take --prior tv.");
        }
        float[] known = guide.clone();
        for (int p = 0; p < known.length; p++) {
            known[p] = Float.isNaN(known[p]) ? 0 : known[p];
        }
        float[] soft = new float[z.length];
        blur.forward(known, soft);
        float[][] xi = GuideEdges.directions(g, soft, DIRECTION, square -> 1);
        float[][] gz = new float[xi.length][z.length];
        new Differences(g).apply(z, gz);
        boolean[] in = differing(g, counts);
        double all = Total.of(z.length, (from, to) -> sizes(gz, in, from, to));
        if (!(all > 0)) {
            throw new RefusedException(
                    "the image has no edges for a guide to agree with: all values in it that"
                            + " count are alike. Take --prior tv.");
        }
        double here = along(g, gz, xi, in, new int[3]) / all;
        int[] places = places(g);
        int shifts = places[0] * places[1] * places[2] - 1;
        double chance = 0;
        for (int s = 1; s <= shifts; s++) {
            int[] by = {
                s % places[0] * g.ni() / places[0],
                s / places[0] % places[1] * g.nj() / places[1],
                s / places[0] / places[1] * g.nk() / places[2]
            };
            chance = Math.max(chance, along(g, gz, xi, in, by) / all);
        }
        if (!(here > chance)) {
            throw new RefusedException(
                    "the guide's edges are not those of the image: they agree to "
                            + Numbers.fixed(here, 3)
                            + ", and to "
                            + Numbers.fixed(chance, 3)
                            + " in the best of "
                            + shifts
                            + " places to which the guide was shifted. It would only invent"
                            + " structure. Register it first, or take --prior tv.");
        }
        return new Guidance(here, chance, shifts);
    }

    /** Returns η for which edges as high as twice the guide's own noise count half. */
    static double eta(Geometry g, float[] guide) {
        double largest = GuideEdges.largest(g, guide);
        if (largest == 0) {
            throw new RefusedException(
                    "the guide has no edges: all its values are alike. Take --prior tv.");
        }
        double noise = NoiseSd.of(g, guide, null).orElse(0);
        double edge = 2 * Math.sqrt(2) * noise / MapPrior.spacing(g);
        return Math.max(0.01, Math.min(1, edge / largest));
    }

    private static double correlation(float[] z, float[] v, boolean[] counts) {
        double[] s = new double[6];
        for (int p = 0; p < z.length; p++) {
            if (counts[p] && v[p] == v[p]) {
                s[0]++;
                s[1] += z[p];
                s[2] += v[p];
                s[3] += (double) z[p] * z[p];
                s[4] += (double) v[p] * v[p];
                s[5] += (double) z[p] * v[p];
            }
        }
        double zz = s[3] - s[1] * s[1] / s[0];
        double vv = s[4] - s[2] * s[2] / s[0];
        return zz > 0 && vv > 0 ? (s[5] - s[1] * s[2] / s[0]) / Math.sqrt(zz * vv) : 0;
    }

    /**
     * Returns the voxels that count and have a next one along each axis. Where one is missing both
     * gradients lack that part, which would speak for the guide in its own place whatever it shows.
     */
    private static boolean[] differing(Geometry g, boolean[] counts) {
        boolean[] in = counts.clone();
        for (int p = 0; p < in.length; p++) {
            int r = p / g.ni();
            in[p] &= g.ni() == 1 || p % g.ni() < g.ni() - 1;
            in[p] &= g.nj() == 1 || r % g.nj() < g.nj() - 1;
            in[p] &= g.nk() == 1 || r / g.nj() < g.nk() - 1;
        }
        return in;
    }

    /** Returns how many places there are along each axis. */
    private static int[] places(Geometry g) {
        int shifted = 0;
        for (int a = 0; a < 3; a++) {
            shifted += g.size(a) >= 2 * APART ? 1 : 0;
        }
        int[] places = new int[3];
        for (int a = 0; a < 3; a++) {
            places[a] = Math.max(1, Math.min(PLACES[shifted], g.size(a) / APART));
        }
        return places;
    }

    /** Returns Σ |∇z|. */
    private static double sizes(float[][] gz, boolean[] counts, int from, int to) {
        double sum = 0;
        for (int p = from; p < to; p++) {
            double square = 0;
            for (float[] c : gz) {
                square += counts[p] && c[p] == c[p] ? (double) c[p] * c[p] : 0;
            }
            sum += Math.sqrt(square);
        }
        return sum;
    }

    /** Returns Σ |⟨∇z, ξ⟩| with the guide shifted around. */
    private static double along(
            Geometry g, float[][] gz, float[][] xi, boolean[] counts, int[] by) {
        double[] rows = new double[g.nj() * g.nk()];
        Parallel.forEach(
                rows.length,
                r -> {
                    int j = (r % g.nj() + by[1]) % g.nj();
                    int k = (r / g.nj() + by[2]) % g.nk();
                    int there = g.index(0, j, k);
                    for (int i = 0; i < g.ni(); i++) {
                        int p = r * g.ni() + i;
                        if (counts[p]) {
                            rows[r] += Math.abs(dot(gz, p, xi, there + (i + by[0]) % g.ni()));
                        }
                    }
                });
        double sum = 0;
        for (double row : rows) {
            sum += row;
        }
        return sum;
    }

    private static double dot(float[][] gz, int p, float[][] xi, int q) {
        double sum = 0;
        for (int c = 0; c < gz.length; c++) {
            sum += gz[c][p] == gz[c][p] ? gz[c][p] * xi[c][q] : 0;
        }
        return sum;
    }
}
