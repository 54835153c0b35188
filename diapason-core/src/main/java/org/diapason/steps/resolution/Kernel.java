package org.diapason.steps.resolution;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.diapason.math.Mtf;
import org.diapason.math.Transfer;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Turns images of a sharp reconstruction kernel into those of a softer one, by their MTFs.
 *
 * <p>{@code H(f) = MTF_target(f)/MTF_source(f)}, radial within the slices and another across them,
 * at most 1, and 0 where the source keeps {@code least-transfer} of the contrast or less. The
 * source is the setting, else the image's calibration, else the Gaussian of the stated resolution;
 * the target is a curve or the Gaussian of a width. Across the slices nothing is done without a
 * target there. The stated resolution becomes that of the Gaussians which keep half the contrast
 * where the targets do.
 *
 * <p>Equal MTF is not equal noise: the power of the noise is multiplied by |H|², and what two
 * scanners had before differs. The trace says what share of the standard deviation white noise
 * keeps, and of even tissue, in a mask or found, the noise power spectrum within the slices before
 * and after: curve, standard deviation (its integral), frequency of most power, mean frequency.
 *
 * <p>Refused: the opposite direction. Where the target keeps more contrast than the source by more
 * than 5 % of the whole, it would have to be multiplied, and the noise with it; where the source
 * keeps nothing there is nothing to multiply. Refused too: an image already put on another grid, an
 * unknown source, curves that end before the image's frequencies do while they still keep 5 %, and
 * a stated resolution that differs by more than 10 % along i and j.
 *
 * <p>Method: MTF-ratio filtering; see Samei, Flynn and Reimann 1998, Medical Physics 25(1):102–113,
 * doi:10.1118/1.598165, for the curves.
 *
 * @param image which images, a pattern on their names
 * @param target transfer to reach within the slices
 * @param targetAcross transfer to reach across the slices
 * @param targetFwhmMm the Gaussian to reach within the slices in mm, instead of target
 * @param source transfer of the images within the slices; their calibration's where absent
 * @param sourceAcross transfer of the images across the slices; their calibration's where absent
 * @param leastTransfer share of the contrast at or below which a frequency of the source is given
 *     up
 * @param uniform a mask of uniform tissue in which the noise is measured; found where absent
 */
public record Kernel(
        @Default("*") String image,
        Optional<Mtf> target,
        Optional<Mtf> targetAcross,
        OptionalDouble targetFwhmMm,
        Optional<Mtf> source,
        Optional<Mtf> sourceAcross,
        @Default("0.02") double leastTransfer,
        Optional<String> uniform)
        implements Step<Exam> {
    private static final double SHARPENS = 0.05;
    private static final double STEP_PER_MM = 1e-3;

    /** A filter of half transfer f reaches this many times 1/f. */
    private static final double REACH = 3;

    private static final double LONGEST_REACH_MM = 60;

    /** Widths along i and j that differ by less are those of one round point-spread function. */
    private static final double ROUND = 0.1;

    public Kernel {
        if (target.isPresent() == targetFwhmMm.isPresent()) {
            throw new IllegalArgumentException(
                    "one of target and target-fwhm-mm is needed, got "
                            + (target.isPresent() ? "both" : "none"));
        }
        if (targetFwhmMm.isPresent() && !(targetFwhmMm.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "target-fwhm-mm must be positive, got " + targetFwhmMm.getAsDouble() + " mm");
        }
        if (!(leastTransfer > 0 && leastTransfer < 0.5)) {
            throw new IllegalArgumentException(
                    "least-transfer must be above 0 and below 0.5, got " + leastTransfer);
        }
    }

    @Override
    public Set<String> masks() {
        return uniform.map(Set::of).orElse(Set.of());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        return Globs.mapImages(exam, image, (name, one) -> soften(exam, name, one, trace));
    }

    private Image soften(Exam exam, String name, Image one, Trace trace) {
        String who = "exam " + exam.id() + ", image " + name;
        Volume volume = one.volume();
        Geometry g = volume.geometry();
        if (volume.resampled()) {
            throw new RefusedException(
                    who
                            + ": it was already put on another grid, which has changed its MTF. Apply"
                            + " kernel first and only then change the grid.");
        }
        Mtf to = target.orElseGet(() -> Mtf.gaussian(targetFwhmMm.getAsDouble()));
        Mtf from = source.orElseGet(() -> own(who, name, one, 0));
        double nyquist = 0.5 / Math.min(g.spacing(0), g.spacing(1));
        judge(who, "within the slices", from, to, nyquist);
        boolean through = targetAcross.isPresent() && g.nk() > 1;
        Mtf fromAcross = through ? sourceAcross.orElseGet(() -> own(who, name, one, 2)) : null;
        if (through) {
            judge(who, "across the slices", fromAcross, targetAcross.get(), 0.5 / g.spacing(2));
        }
        DoubleUnaryOperator inPlane = f -> from.ratio(to, f, leastTransfer, 1);
        DoubleUnaryOperator across =
                through ? f -> fromAcross.ratio(targetAcross.get(), f, leastTransfer, 1) : null;
        double half = to.f50();
        if (through) {
            half = Math.min(half, targetAcross.get().f50());
        }
        float[] soft =
                Transfer.filter(
                        g,
                        volume.values(),
                        inPlane,
                        across,
                        Math.min(LONGEST_REACH_MM, REACH / half));
        trace.note(name + ".sourceF50PerMm", from.f50());
        trace.note(name + ".targetF50PerMm", to.f50());
        trace.note(name + ".residualMtf", residual(from, to, inPlane, nyquist));
        if (through) {
            trace.note(
                    name + ".residualMtfAcross",
                    residual(fromAcross, targetAcross.get(), across, 0.5 / g.spacing(2)));
            trace.note(name + ".sourceAcrossF50PerMm", fromAcross.f50());
            trace.note(name + ".targetAcrossF50PerMm", targetAcross.get().f50());
        }
        trace.note(name + ".whiteNoiseSdRatio", Transfer.noiseKept(g, inPlane, across));
        trace.note(
                name + ".noise", "equal MTF is not equal noise: its power was multiplied by |H|²");
        KernelNoise.of(exam, name, volume, uniform, trace)
                .ifPresent(noise -> noise.note(name, soft, trace));
        Volume out = volume.withValues(soft);
        double across50 =
                through
                        ? targetAcross.get().gaussianFwhmMm()
                        : volume.fwhmMm().map(w -> w.get(2)).orElse(Double.NaN);
        double in50 = to.gaussianFwhmMm();
        return Widths.blurred(
                one,
                Double.isNaN(across50)
                        ? out.withFwhmMm(null)
                        : out.withFwhmMm(Numbers.of(in50, in50, across50)));
    }

    private static Mtf own(String who, String name, Image one, int axis) {
        Optional<Mtf> measured = Widths.transfer(who, one, axis);
        if (measured.isPresent()) {
            return measured.get();
        }
        Numbers w = Widths.known(who, name, one);
        if (axis == 2) {
            return Mtf.gaussian(w.get(2));
        }
        if (Math.abs(w.get(0) - w.get(1)) > ROUND * Math.max(w.get(0), w.get(1))) {
            throw new RefusedException(
                    who
                            + ": its resolution is "
                            + Numbers.fixed(w.get(0), 2)
                            + " mm along i and "
                            + Numbers.fixed(w.get(1), 2)
                            + " mm along j, and kernel has one curve for all directions within the"
                            + " slices. Use match-fwhm, or set source.");
        }
        return Mtf.gaussian(Math.sqrt((w.get(0) * w.get(0) + w.get(1) * w.get(1)) / 2));
    }

    /** Refuses a target that keeps more than the source does, and curves that end too early. */
    private static void judge(String who, String where, Mtf from, Mtf to, double nyquist) {
        complete(who, "source's MTF " + where, from, nyquist);
        complete(who, "target's MTF " + where, to, nyquist);
        double worst = 0;
        double at = 0;
        for (double f = 0; f <= nyquist; f += STEP_PER_MM) {
            double excess = to.at(f) - from.at(f);
            at = excess > worst ? f : at;
            worst = Math.max(worst, excess);
        }
        if (worst > SHARPENS) {
            throw new RefusedException(
                    who
                            + ": the target is sharper than the source "
                            + where
                            + ": at "
                            + Numbers.fixed(at, 3)
                            + " per mm it keeps "
                            + Numbers.fixed(100 * to.at(at), 0)
                            + " % of the contrast, the source "
                            + Numbers.fixed(100 * from.at(at), 0)
                            + " %. What is lost can only be multiplied together with the noise. Take"
                            + " the softer kernel as target or reconstruct anew.");
        }
    }

    private static void complete(String who, String what, Mtf curve, double nyquist) {
        double last = curve.perMm().get(curve.perMm().size() - 1);
        if (last >= nyquist && Double.isNaN(curve.f50())) {
            throw new RefusedException(
                    who
                            + ": the "
                            + what
                            + " keeps more than half the contrast up to its end at "
                            + Numbers.fixed(last, 3)
                            + " per mm. Give the curve on to where it falls to a half.");
        }
        if (last < nyquist && curve.at(last) > SHARPENS || Double.isNaN(curve.f50())) {
            throw new RefusedException(
                    who
                            + ": the "
                            + what
                            + " ends at "
                            + Numbers.fixed(last, 3)
                            + " per mm, where it still keeps "
                            + Numbers.fixed(100 * curve.at(last), 0)
                            + " % of the contrast, while the image goes up to "
                            + Numbers.fixed(nyquist, 3)
                            + " per mm. Give the whole curve.");
        }
    }

    /** Returns the largest difference of the softened curve from the target, with its sign. */
    private static double residual(Mtf from, Mtf to, DoubleUnaryOperator h, double nyquist) {
        double worst = 0;
        for (double f = 0; f <= nyquist; f += STEP_PER_MM) {
            double off = from.at(f) * h.applyAsDouble(f) - to.at(f);
            worst = Math.abs(off) > Math.abs(worst) ? off : worst;
        }
        return worst;
    }
}
