package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Parallel;

/** {@link Multigrid} on one grid; solves one call at a time. */
final class MultigridOnGrid implements PoissonSolver {
    private static final int MOST_ITERATIONS = 200;

    /** What the residual may fall by, relative to its last exact value, before the next. */
    private static final double TRUSTED = 1e-3;

    private final PoissonGrid grid;
    private final List<Room> rooms = new ArrayList<>();
    private MultigridCycle cycle;
    private MultigridVectors vectors;

    MultigridOnGrid(PoissonGrid grid) {
        this.grid = grid;
    }

    @Override
    public synchronized PoissonSolution solve(
            PoissonGrid same, List<double[]> rightHandSides, double relativeResidual) {
        if (same != grid) {
            throw new IllegalArgumentException("this multigrid was set up for another grid");
        }
        double[] norms = grid.check(rightHandSides, relativeResidual);
        return new Run(rightHandSides, norms, relativeResidual).solve();
    }

    /** The vectors of a channel on the finest grid. */
    private static final class Room {
        final float[][] r;
        final float[][] p;
        final float[][] z;
        final float[][] e;

        Room(RowGrid rows) {
            r = rows.vector();
            p = rows.vector();
            z = rows.vector();
            e = rows.vector();
        }

        /** Forgets what a call that was refused left behind. */
        void clear() {
            for (int h = 0; h < p.length; h++) {
                Arrays.fill(p[h], 0);
                Arrays.fill(e[h], 0);
            }
        }
    }

    /** One right-hand side and its vectors; all in units of 1 / scale but x and b. */
    private static final class Channel {
        final double[] b;
        final double[] x;
        final double norm;
        double scale;
        float[][] r;
        float[][] p;
        float[][] z;
        float[][] e;
        double rz;
        double relative;
        double relativeExact;

        Channel(double[] b, double norm, double[] x) {
            this.b = b;
            this.norm = norm;
            this.x = x;
            relative = norm > 0 ? 1 : 0;
            relativeExact = relative;
        }
    }

    private final class Run {
        private final double tolerance;
        private final Channel[] all;
        private final List<Channel> open = new ArrayList<>();
        private final List<Double> history = new ArrayList<>();

        Run(List<double[]> bs, double[] norms, double tolerance) {
            this.tolerance = tolerance;
            all = new Channel[norms.length];
            Parallel.forEach(
                    all.length,
                    c -> {
                        double[] b = bs.get(c);
                        all[c] = new Channel(b, norms[c], new double[b.length]);
                    });
            Arrays.stream(all).filter(c -> c.relative > tolerance).forEach(open::add);
            note();
        }

        private void note() {
            history.add(Arrays.stream(all).mapToDouble(c -> c.relative).max().orElse(0));
        }

        PoissonSolution solve() {
            if (!open.isEmpty()) {
                setUp();
                while (!open.isEmpty()) {
                    iterate();
                }
            }
            return new PoissonSolution(
                    Arrays.stream(all).map(c -> c.x).toList(),
                    history.stream().mapToDouble(h -> h).toArray());
        }

        private void setUp() {
            if (cycle == null) {
                cycle = new MultigridCycle(grid);
                vectors = new MultigridVectors(grid, cycle.slabs);
            }
            cycle.reserve(open.size());
            int kept = rooms.size();
            while (rooms.size() < open.size()) {
                rooms.add(new Room(cycle.slabs.grid));
            }
            double unknowns = grid.unknowns();
            Parallel.forEach(
                    open.size(),
                    c -> {
                        if (c < kept) {
                            rooms.get(c).clear();
                        }
                        begin(open.get(c), rooms.get(c), unknowns);
                    });
        }

        private void begin(Channel c, Room room, double unknowns) {
            double typical = c.norm / Math.sqrt(unknowns);
            c.scale = Math.scalb(1.0, -Math.getExponent(typical));
            c.r = room.r;
            c.p = room.p;
            c.z = room.z;
            c.e = room.e;
            vectors.start(c.b, c.scale, c.r);
        }

        private void exact(Channel c) {
            c.relative = vectors.residual(c.x, c.b, c.scale, c.r) / c.norm;
            c.relativeExact = c.relative;
        }

        private void iterate() {
            float[][][] r = open.stream().map(c -> c.r).toArray(float[][][]::new);
            float[][][] z = open.stream().map(c -> c.z).toArray(float[][][]::new);
            double[] rz = cycle.run(r, z);
            for (int i = 0; i < open.size(); i++) {
                Channel c = open.get(i);
                double beta = c.rz == 0 ? 0 : rz[i] / c.rz;
                c.rz = rz[i];
                double alpha = c.rz / vectors.direction(c.z, c.p, (float) beta);
                double rr = vectors.advance(c.p, (float) alpha, c.e, c.r);
                c.relative = Math.sqrt(rr) / (c.scale * c.norm);
                if (!(c.relative > Math.max(tolerance, TRUSTED * c.relativeExact))) {
                    double recursed = c.relative;
                    vectors.collect(c.e, c.scale, c.x);
                    exact(c);
                    // what was lost to rounding is another problem: begin anew
                    c.rz = c.relative > 2 * recursed ? 0 : c.rz;
                }
            }
            note();
            refuse();
            open.removeIf(c -> c.relativeExact <= tolerance);
        }

        private void refuse() {
            double relative = history.get(history.size() - 1);
            if (history.size() > MOST_ITERATIONS || !(relative < 1e6)) {
                throw Channels.notReached(
                        "multigrid",
                        history.size() - 1,
                        relative,
                        tolerance,
                        Channels.NEXT_TO_NOTHING);
            }
        }
    }
}
