package org.diapason.registration;

import java.util.List;
import java.util.Optional;
import org.diapason.math.Rng;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** Two images on all grids of a search, and how their fit is measured. */
final class Pair {
    /** Grids of the pyramid; the coarsest is eight times the voxels of the image. */
    static final int LEVELS = 4;

    /**
     * Voxels that a mask is widened by: a mask that ends where the object ends hides its edge, and
     * an affine transform then blows the object up by some percent unseen.
     */
    static final int SHELL = 2;

    /** Voxels that a sample must lie inside the moving image to be compared on the finer grids. */
    private static final double INSIDE = 2;

    /** One of so many samples is few. */
    private static final long FEW = 16;

    private final List<Level> fixed;
    private final List<Level> moving;
    private final Registration settings;
    private final Moving[] splines;
    private final Moving[] fixedSplines;

    private Pair(
            List<Level> fixed,
            List<Level> moving,
            Moving[] fixedSplines,
            Moving[] splines,
            Registration settings) {
        this.fixed = fixed;
        this.moving = moving;
        this.fixedSplines = fixedSplines;
        this.splines = splines;
        this.settings = settings;
    }

    static Pair of(Volume fixed, Volume moving, Optional<Mask> mask, Registration settings) {
        List<Level> levels = Level.pyramid(fixed, mask.orElse(null), LEVELS);
        List<Level> widened = levels.stream().map(l -> l.widened(SHELL)).toList();
        return new Pair(
                widened,
                Level.pyramid(moving, null, LEVELS),
                new Moving[LEVELS],
                new Moving[LEVELS],
                settings);
    }

    /** Returns the way back. */
    Pair swapped() {
        return new Pair(moving, fixed, splines, fixedSplines, settings);
    }

    boolean flat() {
        return grid().nk() == 1 && moving.get(0).geometry().nk() == 1;
    }

    /** Returns the fixed grid. */
    Geometry grid() {
        return fixed.get(0).geometry();
    }

    Level fixed(int level) {
        return fixed.get(Math.min(level, fixed.size() - 1));
    }

    private Level moving(int level) {
        return moving.get(Math.min(level, moving.size() - 1));
    }

    /** Returns the place of the fixed image's bright part, mm. */
    double[] centre() {
        Level f = fixed(LEVELS);
        return Brightness.centre(new Level(f.geometry(), f.values(), null), "fixed");
    }

    /** Returns the place of the moving image's bright part, mm. */
    double[] other() {
        return Brightness.centre(moving(LEVELS), "moving");
    }

    /** Returns the moving image of a level; splines go through the voxels of the finest. */
    Moving spline(int level) {
        if (splines[level] == null) {
            splines[level] = spline(moving(level), "moving", level);
        }
        return splines[level];
    }

    private Moving fixedSpline(int level) {
        if (fixedSplines[level] == null) {
            fixedSplines[level] = spline(fixed(level), "fixed", level);
        }
        return fixedSplines[level];
    }

    private static Moving spline(Level of, String who, int level) {
        return Moving.of(of, Range.of(of, who), level == 0);
    }

    /** Draws about so many samples of the fixed image. */
    Samples samples(int level, int wanted) {
        long seed = Rng.seed(settings.seed(), "level " + level);
        int most = Math.min(wanted, settings.samples());
        return Samples.of(fixed(level), fixedSpline(level), settings.bins(), most, seed);
    }

    /** Returns those of the samples that lie well inside the moving image; all where few do. */
    Samples inside(Samples drawn, int level, Affine start) {
        Samples within = drawn.within(spline(level), start, INSIDE);
        return within.size() * FEW < drawn.size() ? drawn : within;
    }

    /** Says whether a transform puts more than a few samples into the moving image. */
    boolean meet(Samples drawn, int level, Affine transform) {
        return drawn.within(spline(level), transform, 0).size() * FEW >= drawn.size();
    }

    /** Returns what share of places of the fixed image lies in the moving one, 0 to 1. */
    double overlap(double[][] places, Affine transform) {
        Moving there = spline(0);
        Affine toVoxels = transform.then(there.fromWorld());
        int in = 0;
        for (double[] place : places) {
            double[] at = place.clone();
            toVoxels.apply(at);
            in += there.covers(at, 0) ? 1 : 0;
        }
        return in / (double) places.length;
    }

    Metric metric(Samples samples, int level) {
        return settings.metric() == Registration.Metric.SSD
                ? new MeanSquares(samples, spline(level))
                : new MutualInformation(samples, spline(level));
    }
}
