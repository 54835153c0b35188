package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Gauss;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/** The search of {@link Diffeomorphic} on one grid. */
final class Ascent {
    /**
     * Steps at most. More of them fit better and lie farther off: between contrasts mutual
     * information is not largest at the truth.
     */
    static final int STEPS = 8;

    /** A gain below this share of all that was gained on a grid ends the search there. */
    private static final double LITTLE = 1e-3;

    /** A step grows and shrinks between these. */
    private static final double LONGEST = 4;

    private static final double SHORTEST = 0.1;

    /** Shifts found by self-similarity are taken from a fit that is better by this share. */
    private static final double CLEARLY = 0.05;

    /** Blur of both images before they are compared, in voxels. */
    private static final double SIGMA = 0.5;

    /** Voxels for each cell of the joint histogram, at least. */
    private static final int A_CELL = 64;

    private static final int FEWEST_BINS = 16;

    private final ControlGrid grid;
    private final Level f;
    private final float[] image;
    private final float[] compared;
    private final int seen;
    private final Pull pull;
    private final Geometry flow;
    private final double alikeMm;
    private final Drawn drawn;
    private final Cells cells;
    private final Newton newton;
    private final float[] pulls;
    private final float[] stiffness;

    Ascent(Diffeomorphic settings, ControlGrid grid, Level f, Level m, Affine start) {
        this.grid = grid;
        this.f = f;
        Geometry g = f.geometry();
        boolean[] in = Drawn.inside(g, m.geometry(), start);
        compared = Jitter.at(g, Gauss.blur(g, f.values(), SIGMA, SIGMA, SIGMA));
        int count = 0;
        for (int v = 0; v < compared.length; v++) {
            compared[v] = in[v] && f.shows(v) ? compared[v] : Float.NaN;
            count += compared[v] == compared[v] ? 1 : 0;
        }
        seen = Math.max(1, count);
        image = Gauss.blur(m.geometry(), m.values(), SIGMA, SIGMA, SIGMA);
        Range fixedRange = Range.of(new Level(g, compared, null), "fixed");
        Range range = Range.of(new Level(m.geometry(), image, null), "moving");
        int bins =
                Math.max(
                        FEWEST_BINS,
                        Math.min(
                                settings.bins(),
                                (int) Math.sqrt(compared.length / (double) A_CELL)));
        pull =
                switch (settings.metric()) {
                    case MUTUAL_INFORMATION ->
                            new InformationPull(compared, fixedRange, range, bins);
                    case LNCC -> new Lncc(g, compared, settings.radius());
                    case SSD -> new Ssd(compared);
                };
        double s = settings.spacingMm();
        alikeMm = s;
        flow = coarse(g, Math.max(s / 5, Math.min(f.spacingMm(), s / 2.5)));
        drawn = new Drawn(g, m.geometry(), flow, start);
        cells = new Cells(g, s / 2);
        newton = new Newton(grid, cells, settings.stiffness());
        pulls = new float[compared.length];
        stiffness = new float[compared.length];
    }

    /** Returns the control points of the best fit that steps from here come to. */
    double[][] climb(double[][] from, List<Certificate.Stage> stages, Clock clock) {
        List<Double> trace = new ArrayList<>();
        double[][] best = from;
        double[][] controls = from;
        double[][] step = null;
        double[][] slope = null;
        double was = 0;
        double first = 0;
        double part = 1;
        for (int n = 0; n < STEPS; n++) {
            double now = fit(controls, compared) - newton.cost(controls);
            clock.tick(f, n + 1);
            trace.add(now / seen);
            if (n == 0) {
                first = now;
            } else if (now <= was) {
                part /= 2;
                if (part < SHORTEST) {
                    break;
                }
                controls = along(best, step, part);
                continue;
            }
            boolean little = n > 1 && now - was < LITTLE * (now - first);
            was = now;
            best = controls;
            if (little || n == STEPS - 1) {
                break;
            }
            cells.clear();
            cells.add(pulls, stiffness, drawn.slope);
            double[][] next = newton.gradient(controls);
            part = slope == null ? 1 : length(step, slope, next, part);
            slope = next;
            step = newton.step(next);
            controls = along(best, step, part);
        }
        clock.tick(f, STEPS);
        stages.add(new Certificate.Stage(pull.name(), f.spacingMm(), trace, trace.size()));
        return best;
    }

    /**
     * Returns shifts found by self-similarity as a start where they fit clearly better, else none.
     */
    double[][] wide() {
        double[][] none = new double[3][grid.size];
        double before = fit(none, null);
        MindSearch search = new MindSearch(f.geometry());
        cells.pin(search.blocks(), search.of(compared, drawn.value), newton.stiffness());
        double[][] found = newton.step(newton.gradient(none));
        double after = fit(found, compared) - newton.cost(found);
        return after > before + CLEARLY * Math.abs(before) ? found : none;
    }

    /** Returns what is left open about control points, as the last step saw it. */
    Posterior posterior(double[][] controls) {
        return new Posterior(grid, flow, newton, controls);
    }

    private double fit(double[][] controls, float[] asked) {
        float[][] shifts = Flow.of(flow, grid.velocity(controls, flow), 1, alikeMm);
        drawn.draw(image, shifts, asked);
        return pull.at(drawn.value, pulls, stiffness);
    }

    /** Where the slope along the last step would have come to nothing, in steps. */
    private static double length(double[][] step, double[][] was, double[][] now, double part) {
        double before = Newton.dot(step, was);
        double left = Newton.dot(step, now);
        double length = left < before ? part * before / (before - left) : LONGEST;
        return Math.max(1 / LONGEST, Math.min(LONGEST, length));
    }

    private static double[][] along(double[][] from, double[][] step, double part) {
        double[][] to = new double[3][from[0].length];
        for (int a = 0; a < 3; a++) {
            for (int i = 0; i < to[a].length; i++) {
                to[a][i] = from[a][i] + part * step[a][i];
            }
        }
        return to;
    }

    /** Returns a grid of the same first voxel and directions that covers it with coarser voxels. */
    private static Geometry coarse(Geometry g, double spacingMm) {
        int[] size = new int[3];
        double[] spacing = new double[3];
        for (int a = 0; a < 3; a++) {
            int step = Math.max(1, (int) (spacingMm / g.spacing(a) + 1e-6));
            size[a] = (g.size(a) - 1 + step - 1) / step + 1;
            spacing[a] = step * g.spacing(a);
        }
        return new Geometry(
                size[0], size[1], size[2], Numbers.of(spacing), g.originMm(), g.direction());
    }

    /** Tells how far the search is, in shares of the voxels of all grids and steps. */
    static final class Clock {
        private final List<Level> levels;
        private final Progress progress;

        Clock(List<Level> levels, Progress progress) {
            this.levels = levels;
            this.progress = progress;
        }

        void tick(Level now, int step) {
            double all = 0;
            double done = 0;
            for (Level level : levels) {
                double work = level.values().length;
                all += work;
                boolean before = work < now.values().length;
                done += before ? work : level == now ? work * step / STEPS : 0;
            }
            progress.at("deformation", (int) Math.rint(100 * done / all), 100, 0);
        }
    }
}
