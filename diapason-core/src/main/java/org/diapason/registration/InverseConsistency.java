package org.diapason.registration;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Transform;

/**
 * How far a way there and a way back miss each other: {@code |back(there(x)) − x|} in mm.
 *
 * <p>Says that a map can be undone, not that it is right: the identity has 0.
 */
public final class InverseConsistency {
    /** Voxels that are looked at, about and at most. */
    private static final int PLACES = 250_000;

    private InverseConsistency() {}

    /**
     * Returns mean, 95th percentile and maximum over the voxels of a grid, every n-th of them (n
     * odd) where there are more than 250,000. Places that the way there puts outside the grid on
     * which the way back is known count like all others.
     *
     * @param mask on the grid: which voxels; all where empty
     */
    public static Certificate.ErrorMm of(
            Transform there, Transform back, Geometry g, Optional<Mask> mask) {
        boolean[] in = mask.map(Mask::voxels).orElse(null);
        int inside = mask.map(Mask::count).orElse(g.voxels());
        int every = inside / PLACES + 1;
        every += every % 2 == 0 ? 1 : 0;
        int[] voxels = new int[(inside + every - 1) / every];
        for (int v = 0, met = 0, taken = 0; v < g.voxels(); v++) {
            if ((in == null || in[v]) && met++ % every == 0) {
                voxels[taken++] = v;
            }
        }
        double[] off = new double[voxels.length];
        int blocks = (off.length + 4095) / 4096;
        Parallel.forEach(
                blocks,
                b -> {
                    for (int n = b * 4096; n < Math.min(off.length, (b + 1) * 4096); n++) {
                        off[n] = off(there, back, g, voxels[n]);
                    }
                });
        double sum = 0;
        for (double d : off) {
            sum += d;
        }
        Arrays.sort(off);
        int n = off.length;
        String how = "way there and back from " + n + " voxels";
        return n == 0
                ? new Certificate.ErrorMm(0, 0, 0, how)
                : new Certificate.ErrorMm(
                        sum / n, off[(int) Math.ceil(0.95 * n) - 1], off[n - 1], how);
    }

    private static double off(Transform there, Transform back, Geometry g, int v) {
        int row = v / g.ni();
        double[] p = g.toWorld(v - row * g.ni(), row % g.nj(), row / g.nj()).toArray();
        double[] q = p.clone();
        there.apply(q);
        back.apply(q);
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            sum += (q[r] - p[r]) * (q[r] - p[r]);
        }
        return Math.sqrt(sum);
    }
}
