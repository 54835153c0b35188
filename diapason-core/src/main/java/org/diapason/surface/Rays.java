package org.diapason.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which shells of a mesh lie inside others: a ray from a shell counts the triangles of others that
 * it crosses, and an odd number means inside.
 *
 * <p>Rays of many shells run in one direction, so that one look at all triangles tells what each
 * meets ({@link RayHits}). A ray that meets an edge to rounding, or begins on a triangle of
 * another, is given up for another direction, then for another triangle to begin at; a shell of
 * which none of them can tell, since it lies on others throughout, is taken as inside none.
 */
final class Rays {
    private static final double[][] DIRECTIONS = {
        {0.8125317, 0.4510231, 0.3693277},
        {-0.3217731, 0.7719113, 0.5483391},
        {0.1319717, -0.6177313, 0.7752419},
        {-0.5713379, -0.2931771, -0.7665923}
    };

    private static final int STARTS = 8;
    private static final int AT_ONCE = 1 << 16;
    private static final int[] NONE = {};

    private final Mesh mesh;
    private final Shells shells;
    private final int most;

    /** For each triangle the next of its shell, −1 behind the last; made when it is needed. */
    private int[] after;

    Rays(Mesh mesh, Shells shells) {
        this(mesh, shells, RayHits.MOST);
    }

    /** Lets several rays cross so many triangles at once. */
    Rays(Mesh mesh, Shells shells, int most) {
        this.mesh = mesh;
        this.shells = shells;
        this.most = most;
    }

    /** Says of each of some shells whether it lies inside an odd number of others. */
    boolean[] inside(int[] asked) {
        boolean[] inside = new boolean[asked.length];
        ask(asked, (n, met) -> inside[n] = met.length % 2 == 1);
        return inside;
    }

    /**
     * Returns for each of some shells the solid shell that lies closest around it, by its volume;
     * −1 for none.
     */
    int[] holders(int[] asked) {
        int[] holders = new int[asked.length];
        ask(asked, (n, met) -> holders[n] = holder(met));
        return holders;
    }

    private int holder(int[] met) {
        Arrays.sort(met);
        int holder = -1;
        for (int from = 0; from < met.length; ) {
            int to = from;
            while (to < met.length && met[to] == met[from]) {
                to++;
            }
            double volume = shells.volumeMm3(met[from]);
            boolean around = (to - from) % 2 == 1 && volume > 0;
            if (around && (holder < 0 || volume < shells.volumeMm3(holder))) {
                holder = met[from];
            }
            from = to;
        }
        return holder;
    }

    private interface Taker {
        /** Takes the shells of the triangles that the ray of shell n of those asked crosses. */
        void take(int n, int[] met);
    }

    /** From the middle of a triangle of a shell, the nth of those asked. */
    private record Ray(int n, int shell, int face) {}

    private void ask(int[] asked, Taker taker) {
        for (int from = 0; from < asked.length; from += AT_ONCE) {
            List<Ray> open = new ArrayList<>();
            for (int n = from; n < Math.min(asked.length, from + AT_ONCE); n++) {
                open.add(new Ray(n, asked[n], shells.first(asked[n])));
            }
            for (int start = 0; start < STARTS && !open.isEmpty(); start++) {
                open = start == 0 ? open : next(open, taker);
                for (double[] direction : DIRECTIONS) {
                    open = open.isEmpty() ? open : untold(open, direction, taker);
                }
            }
            open.forEach(ray -> taker.take(ray.n, NONE));
        }
    }

    /** Casts rays, in halves where they meet too much at once; returns those that do not tell. */
    private List<Ray> untold(List<Ray> rays, double[] direction, Taker taker) {
        double[] from = new double[3 * rays.size()];
        int[] own = new int[rays.size()];
        for (int r = 0; r < own.length; r++) {
            own[r] = rays.get(r).shell;
            for (int c = 0; c < 9; c++) {
                int corner = mesh.triangles()[3 * rays.get(r).face + c / 3];
                from[3 * r + c % 3] += mesh.points()[3 * corner + c % 3] / 3;
            }
        }
        List<Ray> untold = new ArrayList<>();
        RayHits hits = RayHits.of(mesh, shells, own, from, direction, most);
        if (hits == null) {
            untold.addAll(untold(rays.subList(0, own.length / 2), direction, taker));
            untold.addAll(untold(rays.subList(own.length / 2, own.length), direction, taker));
            return untold;
        }
        for (int r = 0; r < own.length; r++) {
            if (hits.untold(r)) {
                untold.add(rays.get(r));
            } else {
                taker.take(rays.get(r).n, hits.met(r));
            }
        }
        return untold;
    }

    /** Lets rays begin at the next triangle of their shells; where there is none, inside none. */
    private List<Ray> next(List<Ray> rays, Taker taker) {
        after = after == null ? after() : after;
        List<Ray> next = new ArrayList<>();
        for (Ray ray : rays) {
            int face = after[ray.face];
            if (face < 0) {
                taker.take(ray.n, NONE);
            } else {
                next.add(new Ray(ray.n, ray.shell, face));
            }
        }
        return next;
    }

    private int[] after() {
        int[] then = new int[shells.count()];
        Arrays.fill(then, -1);
        int[] next = new int[mesh.triangles().length / 3];
        for (int f = next.length - 1; f >= 0; f--) {
            int shell = shells.of(f);
            if (shell >= 0) {
                next[f] = then[shell];
                then[shell] = f;
            }
        }
        return next;
    }
}
