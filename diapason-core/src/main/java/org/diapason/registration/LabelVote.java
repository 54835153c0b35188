package org.diapason.registration;

import org.diapason.math.Grid;
import org.diapason.math.Parallel;
import org.diapason.math.Places;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * Labels between voxels: each of the eight neighbours gives its weight of linear interpolation to
 * its label, and the label with most of it wins; of equal ones the lowest. So no label comes out
 * that did not go in. Outside the field: 0.
 */
final class LabelVote {
    /** Weights this close are equal. */
    private static final double TIE = 1e-6;

    private final Geometry from;
    private final float[] labels;
    private final float[] label = new float[8];
    private final double[] weight = new double[8];

    private LabelVote(Geometry from, float[] labels) {
        this.from = from;
        this.labels = labels;
    }

    /** Refuses what is no label. */
    static void requireLabels(float[] labels) {
        for (float v : labels) {
            if (v != Math.rint(v) || Math.abs(v) > 1 << 24) {
                throw new RefusedException(
                        "the image holds the value "
                                + v
                                + ", and labels are whole numbers. Warp it without --labels.");
            }
        }
    }

    static float[] move(Geometry from, float[] labels, Transform transform, Geometry to) {
        float[] out = new float[to.voxels()];
        Parallel.forEach(
                to.nk(),
                k -> {
                    LabelVote vote = new LabelVote(from, labels);
                    Places places = new Places(to, transform, from);
                    double[][] at = new double[3][to.ni()];
                    for (int j = 0; j < to.nj(); j++) {
                        places.row(j, k, at[0], at[1], at[2]);
                        int v = to.index(0, j, k);
                        for (int i = 0; i < to.ni(); i++) {
                            out[v + i] = vote.at(at[0][i], at[1][i], at[2][i]);
                        }
                    }
                });
        return out;
    }

    private float at(double i, double j, double k) {
        if (!Grid.inField(from, i, j, k)) {
            return 0;
        }
        double pi = Math.max(0, Math.min(from.ni() - 1, i));
        double pj = Math.max(0, Math.min(from.nj() - 1, j));
        double pk = Math.max(0, Math.min(from.nk() - 1, k));
        int li = (int) pi;
        int lj = (int) pj;
        int lk = (int) pk;
        int many = 0;
        for (int corner = 0; corner < 8; corner++) {
            int di = corner & 1;
            int dj = corner >> 1 & 1;
            int dk = corner >> 2;
            double w =
                    (di == 1 ? pi - li : 1 - pi + li)
                            * (dj == 1 ? pj - lj : 1 - pj + lj)
                            * (dk == 1 ? pk - lk : 1 - pk + lk);
            if (w == 0) {
                continue;
            }
            float here = labels[from.index(li + di, lj + dj, lk + dk)];
            int n = 0;
            while (n < many && label[n] != here) {
                n++;
            }
            if (n == many) {
                label[many] = here;
                weight[many++] = 0;
            }
            weight[n] += w;
        }
        int best = 0;
        for (int n = 1; n < many; n++) {
            double more = weight[n] - weight[best];
            if (more > TIE || more >= -TIE && label[n] < label[best]) {
                best = n;
            }
        }
        return label[best];
    }
}
