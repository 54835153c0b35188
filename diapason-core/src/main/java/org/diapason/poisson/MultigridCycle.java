package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A hierarchy of grids and one symmetric V-cycle through it, an approximate inverse of the grid's
 * operator in single precision.
 *
 * <p>An axis is halved where its weight is at least half the largest, and then weighs a quarter; so
 * the strong couplings, which point smoothing evens out, are halved until all are alike.
 */
final class MultigridCycle {
    private static final int COARSEST = 64;

    /**
     * How many times fewer points a level has where its equations are solved twice as well: what
     * many levels lack adds up, and these cost next to nothing.
     */
    private static final int FEW = 32;

    final MultigridSlabs slabs;
    final MultigridWave wave;
    private final MultigridFinest finest;
    private final List<MultigridLevel> levels = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final CoarsestSolve coarsest;
    private final int twice;

    MultigridCycle(PoissonGrid grid) {
        slabs = new MultigridSlabs(grid);
        finest = new MultigridFinest(slabs);
        double[] weights = {grid.wi(), grid.wj(), grid.wk()};
        Stencil stencil = slabs;
        Stencil.Stored coarse;
        do {
            coarse = coarsen(stencil, weights);
            levels.add(new MultigridLevel(coarse));
            rooms.add(new Room(coarse.grid()));
            stencil = coarse;
        } while (most(coarse.grid(), weights) > 0 && points(coarse.grid()) > COARSEST);
        coarsest = new CoarsestSolve(coarse);
        wave = new MultigridWave(slabs, levels.get(0).g);
        twice = few();
    }

    /** Returns the first level of few points, −1 if it is the last or there is none. */
    private int few() {
        for (int l = 0; l < levels.size() - 1; l++) {
            if (points(levels.get(l).g) <= points(slabs.grid) / FEW) {
                return l;
            }
        }
        return -1;
    }

    private static long points(RowGrid g) {
        return (long) g.ni * g.nj * g.nk;
    }

    /** Returns the largest weight of the axes that can be halved, 0 where none can. */
    private static double most(RowGrid g, double[] weights) {
        double most = 0;
        for (int a = 0; a < 3; a++) {
            most = Math.max(most, g.n(a) > 2 ? weights[a] : 0);
        }
        return most;
    }

    /** Returns the operator on every second point of the strong axes, the same if there is none. */
    private static Stencil.Stored coarsen(Stencil fine, double[] weights) {
        double most = most(fine.grid(), weights);
        Stencil coarse = fine;
        for (int a = 2; a >= 0; a--) {
            if (fine.grid().n(a) > 2 && weights[a] >= most / 2) {
                coarse = coarse.coarsen(a);
                weights[a] /= 4;
            }
        }
        return coarse instanceof Stencil.Stored stored ? stored : coarse.stored();
    }

    /** Makes room for so many channels on every coarse level. */
    void reserve(int channels) {
        for (int l = 0; l < rooms.size(); l++) {
            rooms.get(l).reserve(channels, l == twice);
        }
    }

    /** The vectors of the channels on a coarse level. */
    private static final class Room {
        private final RowGrid g;
        float[][][] r = {};
        float[][][] z = {};
        float[][][] t = {};
        float[][][] other = {};

        Room(RowGrid g) {
            this.g = g;
        }

        void reserve(int channels, boolean twice) {
            other = twice ? reserve(channels, other) : other;
            r = reserve(channels, r);
            z = reserve(channels, z);
            t = reserve(channels, t);
        }

        private float[][][] reserve(int channels, float[][][] kept) {
            float[][][] all = Arrays.copyOf(kept, Math.max(channels, kept.length));
            for (int c = kept.length; c < channels; c++) {
                all[c] = g.vector();
            }
            return all;
        }
    }

    /** Writes the symmetric cycle's answer to r into z; returns r·z of every channel. */
    double[] run(float[][][] residuals, float[][][] answers) {
        RowGrid first = levels.get(0).g;
        Room room = rooms.get(0);
        finest.descend(residuals, first, room.r);
        run(0, IntStream.range(0, residuals.length).toArray(), true);
        return finest.ascend(residuals, room.z, first, answers);
    }

    /** Returns where residuals of a channel on the first coarse level are to be written. */
    float[][] left(int channel) {
        return rooms.get(0).r[channel];
    }

    /** Returns what {@link #coarse} found for a channel. */
    float[][] found(int channel) {
        return rooms.get(0).z[channel];
    }

    /** Solves for these channels on the first coarse level, as well as one cycle does. */
    void coarse(int[] channels) {
        run(0, channels, false);
    }

    private void run(int l, int[] channels, boolean symmetric) {
        once(l, channels, symmetric);
        if (l == twice) {
            Room room = rooms.get(l);
            MultigridLevel level = levels.get(l);
            level.subtract(of(room.z, channels), of(room.r, channels));
            float[][][] first = room.z;
            room.z = room.other;
            room.other = first;
            once(l, channels, symmetric);
            level.add(of(first, channels), of(room.z, channels));
        }
    }

    private static float[][][] of(float[][][] all, int[] channels) {
        return Arrays.stream(channels).mapToObj(c -> all[c]).toArray(float[][][]::new);
    }

    private void once(int l, int[] channels, boolean symmetric) {
        float[][][] left = of(rooms.get(l).r, channels);
        float[][][] found = of(rooms.get(l).z, channels);
        if (l == levels.size() - 1) {
            for (int c = 0; c < channels.length; c++) {
                coarsest.solve(left[c], found[c]);
            }
            return;
        }
        MultigridLevel level = levels.get(l);
        RowGrid coarse = levels.get(l + 1).g;
        Room next = rooms.get(l + 1);
        float[][][] rest = of(rooms.get(l).t, channels);
        level.smoothFromZero(left, found);
        level.residual(found, rest);
        level.restrict(rest, coarse, of(next.r, channels));
        run(l + 1, channels, symmetric);
        level.prolong(of(next.z, channels), coarse, found);
        level.smooth(left, found, symmetric);
    }
}
