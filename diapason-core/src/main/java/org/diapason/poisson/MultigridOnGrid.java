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

    /** Red-black sweeps of a plain cycle. */
    private static final int SWEEPS = 3;

    /** What a plain cycle must divide residuals by, or else conjugate gradients take over. */
    private static final double WORTH_IT = 4;

    private final PoissonGrid grid;
    private final double worthIt;
    private final List<Room> rooms = new ArrayList<>();
    private MultigridCycle cycle;
    private MultigridVectors vectors;

    MultigridOnGrid(PoissonGrid grid) {
        this(grid, WORTH_IT);
    }

    /**
     * @param worthIt what a plain cycle must divide residuals by; infinity for one cycle, then
     *     conjugate gradients
     */
    MultigridOnGrid(PoissonGrid grid, double worthIt) {
        this.grid = grid;
        this.worthIt = worthIt;
    }

    static void requireSame(PoissonGrid grid, PoissonGrid same) {
        if (same != grid) {
            throw new IllegalArgumentException("this multigrid was set up for another grid");
        }
    }

    @Override
    public synchronized PoissonSolution solve(
            PoissonGrid same, List<double[]> rightHandSides, double relativeResidual) {
        requireSame(grid, same);
        double[] norms = grid.check(rightHandSides, relativeResidual);
        return new Run(rightHandSides, norms, relativeResidual).solve();
    }

    /** The vectors of a channel on the finest grid; those of conjugate gradients if needed. */
    private static final class Room {
        final float[][] e;
        float[][] r;
        float[][] left;
        float[][] p;
        float[][] z;

        Room(RowGrid rows) {
            r = rows.vector();
            left = rows.vector();
            e = rows.vector();
        }

        void swap() {
            float[][] old = r;
            r = left;
            left = old;
        }

        /** Makes room for conjugate gradients, which begin at 0. */
        void conjugate(RowGrid rows) {
            p = rows.vector();
            z = left;
            for (float[] half : e) {
                Arrays.fill(half, 0);
            }
        }
    }

    /** One right-hand side and its vectors; all in units of 1 / scale but x and b. */
    private static final class Channel {
        final double[] b;
        final double[] x;
        final double norm;
        double scale;
        int number;
        Room room;
        double rz;
        double relative;
        double relativeExact;

        /** Whether r holds all points: it was not yet smoothed. */
        boolean fresh = true;

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
                cycles();
                Parallel.forEach(open.size(), c -> open.get(c).room.conjugate(cycle.slabs.grid));
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
            while (rooms.size() < open.size()) {
                rooms.add(new Room(cycle.slabs.grid));
            }
            double unknowns = grid.unknowns();
            for (int c = 0; c < open.size(); c++) {
                begin(open.get(c), c, unknowns);
            }
        }

        private void begin(Channel c, int number, double unknowns) {
            double typical = c.norm / Math.sqrt(unknowns);
            c.scale = Math.scalb(1.0, -Math.getExponent(typical));
            c.number = number;
            c.room = rooms.get(number);
            vectors.start(c.b, c.scale, c.room.r);
        }

        private void exact(Channel c) {
            vectors.collect(c.room.e, c.scale, c.x);
            c.relative = vectors.residual(c.x, c.b, c.scale, c.room.r) / c.norm;
            c.relativeExact = c.relative;
            c.fresh = true;
        }

        /** Runs plain cycles; what stays open are the channels at which they are slow. */
        private void cycles() {
            List<Channel> cycling = new ArrayList<>(open);
            while (!cycling.isEmpty()) {
                cycling.removeAll(cycle(cycling));
                open.removeIf(c -> c.relativeExact <= tolerance);
                cycling.retainAll(open);
            }
        }

        /** Runs a plain cycle; returns the channels whose residuals did not fall by enough. */
        private List<Channel> cycle(List<Channel> cycling) {
            double[] before = cycling.stream().mapToDouble(c -> c.relative).toArray();
            wave(1, cycling.stream().filter(c -> c.fresh).toList());
            cycle.coarse(cycling.stream().mapToInt(c -> c.number).toArray());
            wave(SWEEPS, cycling);
            List<Channel> slow = new ArrayList<>();
            for (int i = 0; i < before.length; i++) {
                Channel c = cycling.get(i);
                double enough = before[i] / worthIt;
                boolean fell = c.relative <= enough;
                if (!fell || isToBeChecked(c)) {
                    exact(c);
                    // what rounding gives back has not fallen
                    fell &= c.relative <= enough;
                }
                if (!fell) {
                    slow.add(c);
                }
            }
            note();
            refuse();
            return slow;
        }

        /** Smooths, after what the coarse grids found if channels are not fresh. */
        private void wave(int sweeps, List<Channel> which) {
            MultigridWave.Vectors[] v =
                    which.stream()
                            .map(
                                    c ->
                                            new MultigridWave.Vectors(
                                                    c.room.r,
                                                    c.fresh ? null : cycle.found(c.number),
                                                    c.room.e,
                                                    c.room.left,
                                                    cycle.left(c.number)))
                            .toArray(MultigridWave.Vectors[]::new);
            double[] squares = cycle.wave.run(sweeps, v);
            for (int i = 0; i < squares.length; i++) {
                Channel c = which.get(i);
                c.room.swap();
                c.fresh = false;
                c.relative = Math.sqrt(squares[i]) / (c.scale * c.norm);
            }
        }

        private boolean isToBeChecked(Channel c) {
            return !(c.relative > Math.max(tolerance, TRUSTED * c.relativeExact));
        }

        private void iterate() {
            float[][][] r = open.stream().map(c -> c.room.r).toArray(float[][][]::new);
            float[][][] z = open.stream().map(c -> c.room.z).toArray(float[][][]::new);
            double[] rz = cycle.run(r, z);
            for (int i = 0; i < open.size(); i++) {
                Channel c = open.get(i);
                Room v = c.room;
                double beta = c.rz == 0 ? 0 : rz[i] / c.rz;
                c.rz = rz[i];
                double alpha = c.rz / vectors.direction(v.z, v.p, (float) beta);
                double rr = vectors.advance(v.p, (float) alpha, v.e, v.r);
                c.relative = Math.sqrt(rr) / (c.scale * c.norm);
                if (isToBeChecked(c)) {
                    double recursed = c.relative;
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
