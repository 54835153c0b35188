package org.diapason.steps.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.diapason.math.Gauss;
import org.diapason.math.OuterSurface;
import org.diapason.math.Rng;
import org.diapason.math.SurfaceBlur;
import org.diapason.stats.Quantiles;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * States the resolution of images whose resolution is not known, from the edge of the body or of a
 * mask in the image itself.
 *
 * <p>Small pieces of the surface are each fitted by a tilted, curved edge blurred by a Gaussian; a
 * piece of normal n is as blurred as {@code s² = Σ n_a² σ_a²}, and pieces that face many ways give
 * the widths along i, j, k by robust least squares. Values stay as they are. The interval holds 95
 * % of 500 draws of the pieces with replacement, widened by 2 % for what pieces share (texture
 * under the surface, curvature that the fit does not follow). An axis of one voxel gets its
 * spacing.
 *
 * <p>Refused: fewer than 20 pieces of enough contrast; a width whose interval is wider than ± 25 %,
 * as where no edge faces along an axis; a quantity other than HU without a threshold or a mask.
 *
 * <p>Method: Pakdel et al. 2014, Medical Physics 41(1):011906, doi:10.1118/1.4835515 (a Gaussian of
 * its own width along each direction, fitted to edges in patients), here at the skin.
 *
 * @param image which images, a pattern on their names
 * @param mask the mask whose border is the edge; the skin where absent
 * @param threshold value between air and body, where no mask is given; −500 for HU
 * @param minContrastToNoise contrast of the two sides over what a fit leaves, below which a piece
 *     is left out
 * @param knownKMm the width across the slices in mm where it is known, because no edge shows it
 * @param replace estimate also where a resolution is stated, and replace it
 */
public record EstimateFwhm(
        @Default("*") String image,
        Optional<String> mask,
        OptionalDouble threshold,
        @Default("10") double minContrastToNoise,
        OptionalDouble knownKMm,
        @Default("false") boolean replace)
        implements Step<Exam> {
    private static final double AIR_TO_SKIN_HU = -500;
    private static final double SAME_GRID = 1e-3;
    private static final int MOST_PIECES = 400;
    private static final int LEAST_PIECES = 20;
    private static final int PASSES = 6;
    private static final double SETTLED = 0.05;
    private static final int DRAWS = 500;
    private static final double SHARED = 0.02;
    private static final double WIDE = 0.25;

    public EstimateFwhm {
        if (!(minContrastToNoise >= 3)) {
            throw new IllegalArgumentException(
                    "min-contrast-to-noise must be 3 or more, got " + minContrastToNoise);
        }
        if (mask.isPresent() && threshold.isPresent()) {
            throw new IllegalArgumentException("give mask or threshold, not both");
        }
        if (knownKMm.isPresent() && !(knownKMm.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "known-k-mm must be positive, got " + knownKMm.getAsDouble() + " mm");
        }
    }

    @Override
    public Set<String> masks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(
                exam,
                image,
                (name, one) -> {
                    if (one.volume().fwhmMm().isPresent() && !replace) {
                        trace.note(name + ".edge", "not measured: the resolution is stated");
                        return one;
                    }
                    return estimated(exam, name, one, trace);
                });
    }

    private Image estimated(Exam exam, String name, Image one, Trace trace) {
        String who = "exam " + exam.id() + ", image " + name;
        Volume volume = one.volume();
        Geometry g = volume.geometry();
        int[] border = border(exam, who, name, volume, trace);
        List<SurfaceBlur.Piece> pieces = pieces(who, name, volume, border, trace.seed());
        double[] known = {Double.NaN, Double.NaN, Double.NaN};
        for (int a = 0; a < 3; a++) {
            if (g.size(a) == 1) {
                known[a] = square(g.spacing(a) / Gauss.FWHM_PER_SIGMA);
            }
        }
        if (knownKMm.isPresent()) {
            known[2] = square(knownKMm.getAsDouble() / Gauss.FWHM_PER_SIGMA);
        }
        double[][] draws = draws(pieces, known, trace.seed());
        double[] variance = SurfaceBlur.variances(pieces, known);
        double[] fwhm = new double[3];
        double[] low = new double[3];
        double[] high = new double[3];
        for (int a = 0; a < 3; a++) {
            fwhm[a] = variance == null ? Double.NaN : width(variance[a]);
            boolean given = !Double.isNaN(known[a]);
            low[a] = given ? fwhm[a] : Quantiles.of(draws[a], 0.025) * (1 - SHARED);
            high[a] = given ? fwhm[a] : Quantiles.of(draws[a], 0.975) * (1 + SHARED);
            if (!(high[a] - fwhm[a] <= WIDE * fwhm[a] && fwhm[a] - low[a] <= WIDE * fwhm[a])) {
                throw new RefusedException(
                        who
                                + ": the width along "
                                + Widths.axis(a)
                                + " is "
                                + Numbers.fixed(fwhm[a], 2)
                                + " mm with a 95 % interval of "
                                + Numbers.fixed(low[a], 2)
                                + " to "
                                + Numbers.fixed(high[a], 2)
                                + " mm, wider than ± 25 %: too few of "
                                + pieces.size()
                                + " pieces of the edge face that way. "
                                + (a == 2 ? "Set known-k-mm, or state" : "State")
                                + " the resolution in the column fwhm."
                                + name
                                + " (mm).");
            }
        }
        trace.note(name + ".fwhmMm", Numbers.of(fwhm));
        trace.note(name + ".fwhmLowMm", Numbers.of(low));
        trace.note(name + ".fwhmHighMm", Numbers.of(high));
        trace.note(name + ".pieces", pieces.size());
        trace.note(
                name + ".contrastToNoise",
                Quantiles.median(
                        pieces.stream().mapToDouble(SurfaceBlur.Piece::contrast).toArray()));
        return Widths.blurred(one, volume.withFwhmMm(Numbers.of(fwhm)));
    }

    /** Looks as far as the blur reaches, which is found by looking. */
    private List<SurfaceBlur.Piece> pieces(
            String who, String name, Volume volume, int[] border, long seed) {
        SurfaceBlur blur = new SurfaceBlur(volume.geometry(), volume.values());
        double sigma = Math.cbrt(volume.geometry().voxelMm3());
        List<SurfaceBlur.Piece> pieces = List.of();
        for (int pass = 0; pass < PASSES; pass++) {
            pieces = blur.pieces(border, sigma, minContrastToNoise, MOST_PIECES, seed);
            if (pieces.size() < LEAST_PIECES) {
                sigma *= 2;
                continue;
            }
            double next =
                    Math.sqrt(
                            Quantiles.median(
                                    pieces.stream()
                                            .mapToDouble(SurfaceBlur.Piece::variance)
                                            .toArray()));
            boolean settled = Math.abs(next - sigma) < SETTLED * sigma;
            sigma = next;
            if (settled) {
                break;
            }
        }
        if (pieces.size() < LEAST_PIECES) {
            throw new RefusedException(
                    who
                            + ": only "
                            + pieces.size()
                            + " pieces of its edge are even on both sides with a contrast of "
                            + Numbers.plain(minContrastToNoise)
                            + " times the noise, and "
                            + LEAST_PIECES
                            + " are needed. Name another mask or threshold, or state the"
                            + " resolution in the column fwhm."
                            + name
                            + " (mm).");
        }
        return pieces;
    }

    private int[] border(Exam exam, String who, String name, Volume volume, Trace trace) {
        Geometry g = volume.geometry();
        if (mask.isPresent()) {
            Mask edge = exam.mask(mask.get());
            if (!g.isClose(edge.geometry(), SAME_GRID)) {
                throw new RefusedException(
                        who
                                + ": mask "
                                + mask.get()
                                + " lies on another grid. Name a mask drawn on this image.");
            }
            trace.note(name + ".edge", "border of mask " + mask.get());
            return OuterSurface.ofMask(g, edge.voxels());
        }
        if (threshold.isEmpty() && volume.quantity() != Quantity.HU) {
            throw new RefusedException(
                    who
                            + ": its quantity is "
                            + volume.quantity().label()
                            + ", for which no value between air and body is known. "
                            + (isActivity(volume.quantity())
                                    ? "Uptake is seldom even on both sides of an edge: give the"
                                            + " resolution of a phantom in the column fwhm."
                                            + name
                                            + " (mm) or calibration; else set threshold, or mask to"
                                            + " an organ of even uptake."
                                    : "Set threshold, or mask to the region whose border is to be"
                                            + " measured."));
        }
        double level = threshold.orElse(AIR_TO_SKIN_HU);
        trace.note(name + ".edge", "skin");
        trace.note(name + ".threshold", level);
        return OuterSurface.of(g, volume.values(), level);
    }

    private static boolean isActivity(Quantity quantity) {
        return quantity == Quantity.BQ_ML || quantity.name().startsWith("SUV");
    }

    private static double[][] draws(List<SurfaceBlur.Piece> pieces, double[] known, long seed) {
        Rng rng = new Rng(Rng.seed(seed, "draws"));
        double[][] draws = new double[3][DRAWS];
        for (int d = 0; d < DRAWS; d++) {
            List<SurfaceBlur.Piece> drawn = new ArrayList<>(pieces.size());
            for (int p = 0; p < pieces.size(); p++) {
                drawn.add(pieces.get(rng.nextInt(pieces.size())));
            }
            double[] variance = SurfaceBlur.variances(drawn, known);
            for (int a = 0; a < 3; a++) {
                draws[a][d] = variance == null ? Double.NaN : width(variance[a]);
            }
        }
        return draws;
    }

    private static double width(double variance) {
        return Gauss.FWHM_PER_SIGMA * Math.sqrt(variance);
    }

    private static double square(double x) {
        return x * x;
    }
}
