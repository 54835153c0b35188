package org.diapason.steps.perturb;

import java.util.Arrays;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;

/** Grows and shrinks masks to a given number of voxels. */
final class Contours {
    private Contours() {}

    /**
     * Returns the mask with its number of voxels changed by a fraction: whole layers of face
     * neighbours, and a random part of the last. A mask that fills the grid cannot grow.
     */
    static Mask grown(Mask mask, double fraction, Rng rng) {
        boolean[] inside = mask.voxels().clone();
        int now = mask.count();
        int wanted = (int) Math.rint(now * (1 + fraction));
        boolean grow = wanted > now;
        while (now != wanted) {
            int[] rim = rim(mask.geometry(), inside, grow);
            if (rim.length == 0) {
                break;
            }
            int missing = Math.abs(wanted - now);
            if (rim.length > missing) {
                rng.shuffle(rim);
                rim = Arrays.copyOf(rim, missing);
            }
            for (int v : rim) {
                inside[v] = grow;
            }
            now += grow ? rim.length : -rim.length;
        }
        return Mask.of(mask.geometry(), inside);
    }

    /** Returns the voxels next to the contour, on its outside or its inside. */
    private static int[] rim(Geometry g, boolean[] inside, boolean outside) {
        int[] rim = new int[inside.length];
        int used = 0;
        int[] step = {1, g.ni(), g.ni() * g.nj()};
        for (int v = 0; v < inside.length; v++) {
            if (inside[v] == outside) {
                continue;
            }
            int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / g.ni() / g.nj()};
            boolean touches = false;
            for (int a = 0; a < 3; a++) {
                if (g.size(a) == 1) {
                    continue;
                }
                boolean below = at[a] > 0 && inside[v - step[a]];
                boolean above = at[a] < g.size(a) - 1 && inside[v + step[a]];
                touches |= outside ? below || above : !below || !above;
            }
            if (touches) {
                rim[used++] = v;
            }
        }
        return Arrays.copyOf(rim, used);
    }
}
