package org.diapason.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.math.Parallel;
import org.diapason.step.Default;
import org.diapason.step.Progress;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Finds a shift of its own for every place of an image, without folds, so that it says most about
 * another.
 *
 * <p>The map is {@code p → start(p + u(p))}; u is the flow of a stationary velocity v in unit time
 * (Arsigny et al. 2006, MICCAI, doi:10.1007/11866565_113), v a sum of cubic B-splines, zero at the
 * border of the image. What is climbed is {@code fit(u) − α/2 ∫ |D²v|² dx}, coarse to fine, with
 * steps that know the slope and the stiffness of the fit in every voxel (Gauss-Newton; Fisher's
 * information for mutual information). The way back is the flow of −v. The fit sums over voxels, so
 * a finer image binds less. What still folds between voxels is repaired ({@link FoldRepair}).
 *
 * @param metric what fits
 * @param spacingMm distance of the control points of the velocity in mm, about
 * @param stiffness α, what bending costs, in nats per mm
 * @param bins of either image for mutual information, fewer where voxels are few
 * @param radius of the boxes of local correlation, in voxels
 * @param wide whether to look first for shifts of up to 4 voxels of the coarsest grid by
 *     self-similarity (MIND), which are taken where they fit better
 */
public record Diffeomorphic(
        @Default("mutual-information") Metric metric,
        @Default("10") double spacingMm,
        @Default("300") double stiffness,
        @Default("64") int bins,
        @Default("2") int radius,
        @Default("true") boolean wide) {

    /** Grids of the pyramid; large shifts are looked for on the coarsest. */
    private static final int LEVELS = 4;

    /**
     * Grids that are climbed: coarser ones mix tissues, and their best fit lies beside the truth.
     */
    private static final int CLIMBED = 3;

    /** Stiffness of local correlation by that of the other metrics. */
    private static final double LOCAL = 1 / 15.0;

    /** What fits. */
    public enum Metric {
        /** Any contrast, the same everywhere in the image. */
        MUTUAL_INFORMATION,
        /** The same contrast, or nearly, with gain and offset that change over the image. */
        LNCC,
        /** The same contrast in the same unit. */
        SSD
    }

    public Diffeomorphic {
        if (!(spacingMm > 0) || Double.isInfinite(spacingMm)) {
            throw new IllegalArgumentException(
                    "spacing-mm must be positive, got " + spacingMm + " mm");
        }
        if (!(stiffness > 0) || Double.isInfinite(stiffness)) {
            throw new IllegalArgumentException("stiffness must be positive, got " + stiffness);
        }
        if (bins < 16 || bins > 127) {
            throw new IllegalArgumentException("bins must be 16 to 127, got " + bins);
        }
        if (radius < 1) {
            throw new IllegalArgumentException("radius must be at least 1 voxel, got " + radius);
        }
    }

    /** The usual settings. */
    public static Diffeomorphic usual() {
        return new Diffeomorphic(Metric.MUTUAL_INFORMATION, 10, 300, 64, 2, true);
    }

    /**
     * The usual settings for a grid. Voxels of more than 1 mm³ are fewer and say less each than
     * what bending would then cost: the stiffness is divided by the root of their volume.
     */
    static Diffeomorphic usual(Geometry g) {
        Diffeomorphic usual = usual();
        double volume = g.nk() == 1 ? 1 : g.spacing(0) * g.spacing(1) * g.spacing(2);
        return new Diffeomorphic(
                usual.metric,
                usual.spacingMm,
                usual.stiffness / Math.sqrt(Math.max(1, volume)),
                usual.bins,
                usual.radius,
                usual.wide);
    }

    /**
     * Returns the same by local correlation, whose sum over voxels is much less than that of mutual
     * information: of 20, 100 and 300 the least stiffness came nearest on drawn heads.
     */
    Diffeomorphic withLocalCorrelation() {
        double less = stiffness * LOCAL;
        return new Diffeomorphic(Metric.LNCC, spacingMm, less, bins, radius, wide);
    }

    /** Returns the same with another metric. */
    Diffeomorphic with(Metric other) {
        return new Diffeomorphic(other, spacingMm, stiffness, bins, radius, wide);
    }

    /**
     * What was found.
     *
     * @param field shifts on the fixed grid, zero at its border, before the linear transform
     * @param inverse the way back of the field alone, on the same grid
     * @param folding of the field, after the repair
     * @param inverseError distance between a place and where field and inverse put it
     * @param stages of the search, from the coarsest grid to the finest
     * @param errors drawn at random as images and stiffness leave them open: changes of the field
     *     that would hardly fit worse; none where they were not asked for
     */
    public record Found(
            DisplacementField field,
            DisplacementField inverse,
            Folding folding,
            Certificate.ErrorMm inverseError,
            List<Certificate.Stage> stages,
            List<DisplacementField> errors) {
        public Found {
            stages = List.copyOf(stages);
            errors = List.copyOf(errors);
        }
    }

    /**
     * Deforms the fixed image's space onto that of the moving one.
     *
     * @param start fixed mm to moving mm, after the shifts
     * @param mask on the grid of the fixed image: what is to fit
     * @throws RefusedException if an image shows nothing that places could be told by
     */
    public Found find(
            Volume fixed, Volume moving, Affine start, Optional<Mask> mask, Progress progress) {
        return find(fixed, moving, start, mask, false, progress);
    }

    /**
     * @param probe whether errors are drawn, too
     */
    Found find(
            Volume fixed,
            Volume moving,
            Affine start,
            Optional<Mask> mask,
            boolean probe,
            Progress progress) {
        Geometry g = fixed.geometry();
        List<Level> of = Level.pyramid(fixed, mask.orElse(null), LEVELS);
        List<Level> to = Level.pyramid(moving, null, LEVELS);
        ControlGrid grid = new ControlGrid(g, spacingMm, spacingMm);
        List<Certificate.Stage> stages = new ArrayList<>();
        Ascent.Clock clock = new Ascent.Clock(of, progress);
        int coarsest = of.size() - 1;
        double[][] controls =
                wide ? ascent(grid, of, to, coarsest, start).wide() : new double[3][grid.size];
        List<DisplacementField> errors = List.of();
        for (int n = Math.min(CLIMBED, coarsest + 1) - 1; n >= 0; n--) {
            Ascent ascent = ascent(grid, of, to, n, start);
            controls = ascent.climb(controls, stages, clock);
            errors = n == 0 && probe ? ascent.posterior(controls).errors() : errors;
        }
        float[][] velocity = grid.velocity(controls, g);
        FoldRepair.Repaired there = FoldRepair.of(field(g, Flow.of(g, velocity, 1, spacingMm)));
        DisplacementField back =
                there.rounds() == 0
                        ? FoldRepair.of(field(g, Flow.of(g, velocity, -1, spacingMm))).field()
                        : Deformation.on(g, there.field().inverse()).field();
        return new Found(
                there.field(),
                back,
                there.folding(),
                InverseConsistency.of(there.field(), back, g, mask),
                stages,
                errors);
    }

    private Ascent ascent(ControlGrid grid, List<Level> of, List<Level> to, int n, Affine start) {
        return new Ascent(this, grid, of.get(n), to.get(Math.min(n, to.size() - 1)), start);
    }

    /** Turns shifts along the axes of a grid into shifts in LPS. */
    static DisplacementField field(Geometry g, float[][] u) {
        float[][] out = new float[3][g.voxels()];
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int r = 0; r < 3; r++) {
                        double a = g.direction().get(3 * r);
                        double b = g.direction().get(3 * r + 1);
                        double c = g.direction().get(3 * r + 2);
                        for (int v = k * plane; v < (k + 1) * plane; v++) {
                            out[r][v] = (float) (a * u[0][v] + b * u[1][v] + c * u[2][v]);
                        }
                    }
                });
        return DisplacementField.of(g, out[0], out[1], out[2]);
    }
}
