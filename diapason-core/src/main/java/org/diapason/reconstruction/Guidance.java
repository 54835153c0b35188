package org.diapason.reconstruction;

import org.diapason.math.NoiseSd;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Says whether an anatomical image has anything to say of another one, before it may guide it.
 *
 * <p>Agreement is {@code Σ |⟨∇z, ξ⟩| / Σ |∇z|} over the voxels that count, {@code ξ = ∇Av / |∇Av|}
 * the directions of the guide's edges at the resolution of the image: 1 where all edges are
 * parallel, ½ by chance in space and 2/π in a plane. What chance gives with edges as these is the
 * same with the guide shifted around by a quarter, half and three quarters of each axis. A guide
 * that agrees no better in its own place has edges, but not those of the image: it is unrelated or
 * lies elsewhere.
 *
 * @param agreement 0 to 1
 * @param byChance the largest of the shifted guides; 0 where no axis has 8 voxels
 */
record Guidance(double agreement, double byChance) {
    private static final double SAME = 0.9999;
    private static final int LEAST_SHIFTED = 8;

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
        double here = agreement(g, gz, xi, counts, 0, 0);
        double chance = 0;
        for (int a = 0; a < 3; a++) {
            for (int quarter = 1; quarter < 4 && g.size(a) >= LEAST_SHIFTED; quarter++) {
                int by = quarter * g.size(a) / 4;
                chance = Math.max(chance, agreement(g, gz, xi, counts, a, by));
            }
        }
        if (!(here > chance)) {
            throw new RefusedException(
                    "the guide's edges are not those of the image: they agree to "
                            + Numbers.fixed(here, 3)
                            + ", and to "
                            + Numbers.fixed(chance, 3)
                            + " when the guide is shifted out of its place. It would only invent"
                            + " structure. Register it first, or take --prior tv.");
        }
        return new Guidance(here, chance);
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

    private static double agreement(
            Geometry g, float[][] gz, float[][] xi, boolean[] counts, int axis, int by) {
        int inner = axis == 0 ? 1 : axis == 1 ? g.ni() : g.ni() * g.nj();
        int length = g.size(axis);
        int n = g.voxels();
        double[] parts = new double[2];
        for (int part = 0; part < 2; part++) {
            boolean along = part == 0;
            parts[part] =
                    Total.of(
                            n,
                            (from, to) -> {
                                double sum = 0;
                                for (int p = from; p < to; p++) {
                                    if (!counts[p]) {
                                        continue;
                                    }
                                    int at = p / inner % length;
                                    int q = p + ((at + by) % length - at) * inner;
                                    double dot = 0;
                                    for (int c = 0; c < gz.length; c++) {
                                        double d = gz[c][p] == gz[c][p] ? gz[c][p] : 0;
                                        dot += along ? d * xi[c][q] : d * d;
                                    }
                                    sum += along ? Math.abs(dot) : Math.sqrt(dot);
                                }
                                return sum;
                            });
        }
        return parts[1] > 0 ? parts[0] / parts[1] : 0;
    }
}
