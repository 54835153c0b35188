package org.diapason.steps.resolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Channels;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Blurs dynamic images over time to one common temporal resolution.
 *
 * <p>A frame is the mean over its duration d, a box whose second moment is d²/12, so its width is
 * {@code s = 2.3548 d/√12 = 0.680 d}. A Gaussian of {@code sqrt(t² − s²)} seconds across the frames
 * brings it to {@code t}; its kernel is that of {@link MatchFwhm}. Before the first and after the
 * last frame these are repeated, which is said of the frames it reaches. NaN weighs nothing and
 * stays NaN. Afterwards each frame states the duration of the box of its new width, {@code 1.471
 * t}, around the same middle: frames overlap then, so that nobody blurs them twice.
 *
 * <p>Refused: frames whose times are not known; frames of different durations, with gaps or with
 * overlaps. Short frames lie where uptake changes fast and long ones where counts are few, so one
 * kernel would not give them one resolution, and one resolution, that of the longest frame, would
 * destroy the beginning. Reconstruct equal frames. Refused too: frames coarser than the target. An
 * image that is not dynamic is left alone, unless it is named without a pattern.
 *
 * <p>Method: second moments as in Joshi, Koeppe and Fessler 2009, NeuroImage 46(1):154–159,
 * doi:10.1016/j.neuroimage.2009.01.057, along time.
 *
 * @param image which images, a pattern on their names
 * @param targetFwhmSeconds the temporal resolution to reach in s; positive
 * @param sourceFwhmSeconds that of the frames, where they are not plain means over their duration
 *     (view sharing); 0.680 of the duration where absent
 */
public record MatchTime(
        @Default("*") String image, double targetFwhmSeconds, OptionalDouble sourceFwhmSeconds)
        implements Step<Exam> {
    private static final double ROUNDING = 1e-3;

    /** Times are written in milliseconds. */
    private static final double EQUAL_SECONDS = 2e-3;

    private static final double BOX = Gauss.FWHM_PER_SIGMA / Math.sqrt(12);
    private static final int BLOCK = 1 << 14;

    public MatchTime {
        if (!(targetFwhmSeconds > 0) || Double.isInfinite(targetFwhmSeconds)) {
            throw new IllegalArgumentException(
                    "target-fwhm-seconds must be positive, got " + targetFwhmSeconds + " s");
        }
        if (sourceFwhmSeconds.isPresent()
                && (!(sourceFwhmSeconds.getAsDouble() > 0)
                        || Double.isInfinite(sourceFwhmSeconds.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "source-fwhm-seconds must be positive, got "
                            + sourceFwhmSeconds.getAsDouble()
                            + " s");
        }
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        boolean named = image.indexOf('*') < 0 && image.indexOf('?') < 0;
        return Globs.mapImages(
                exam,
                image,
                (name, one) -> {
                    String who = "exam " + exam.id() + ", image " + name;
                    if (one.volume().meaning().kind() != Channels.Kind.FRAMES) {
                        if (named) {
                            throw new RefusedException(
                                    who
                                            + ": it has no time frames to match. Name a dynamic"
                                            + " image or leave match-time out.");
                        }
                        return one;
                    }
                    return match(who, name, one, trace);
                });
    }

    private Image match(String who, String name, Image one, Trace trace) {
        Volume volume = one.volume();
        double duration = duration(who, volume.meaning());
        double source = sourceFwhmSeconds.orElse(BOX * duration);
        if (source > targetFwhmSeconds * (1 + ROUNDING)) {
            throw new RefusedException(
                    who
                            + ": its frames of "
                            + Numbers.fixed(duration, 2)
                            + " s have a temporal resolution of "
                            + Numbers.fixed(source, 2)
                            + " s, coarser than the target "
                            + Numbers.fixed(targetFwhmSeconds, 2)
                            + " s, and blur cannot sharpen it. Raise target-fwhm-seconds to at least "
                            + Numbers.fixed(Math.ceil(source * 100 - 1e-9) / 100, 2)
                            + " or leave this exam out.");
        }
        double square = targetFwhmSeconds * targetFwhmSeconds - source * source;
        double sigma = Math.sqrt(Math.max(0, square)) / Gauss.FWHM_PER_SIGMA / duration;
        double[] kernel = Gauss.kernel(sigma);
        trace.note(name + ".frameSeconds", duration);
        trace.note(name + ".sourceFwhmSeconds", source);
        trace.note(name + ".targetFwhmSeconds", targetFwhmSeconds);
        trace.note(name + ".extraFwhmSeconds", sigma * duration * Gauss.FWHM_PER_SIGMA);
        trace.note(name + ".whiteNoiseSdRatio", MatchFwhm.noiseKept(sigma));
        int edge = (int) Math.ceil(2 * sigma);
        trace.note(name + ".framesNearTheEnds", Math.min(volume.channels(), 2 * edge));
        if (2 * edge >= volume.channels()) {
            trace.warn(
                    who
                            + ": the blur of "
                            + Numbers.fixed(sigma * duration * Gauss.FWHM_PER_SIGMA, 2)
                            + " s reaches over the ends of all "
                            + volume.channels()
                            + " frames, which repeat there. Lower target-fwhm-seconds.");
        }
        List<float[]> planes = blurred(volume, kernel);
        return one.withVolume(
                Volume.of(volume.geometry(), planes, wider(volume.meaning()), volume.quantity())
                        .withFwhmMm(volume.fwhmMm().orElse(null))
                        .withResampled(volume.resampled()));
    }

    /** Returns the duration of all frames in s. */
    private static double duration(String who, Channels frames) {
        Numbers start = frames.startSeconds();
        Numbers lasts = frames.durationSeconds();
        double d = lasts.get(0);
        for (int c = 0; c < lasts.size(); c++) {
            if (!(lasts.get(c) > 0) || Double.isNaN(start.get(c))) {
                throw new RefusedException(
                        who
                                + ": start or duration of frame "
                                + (c + 1)
                                + " is not known, so its temporal resolution is not. Give a file that"
                                + " states the times of frames or leave match-time out.");
            }
            double expected = start.get(0) + c * d;
            if (Math.abs(lasts.get(c) - d) > EQUAL_SECONDS
                    || Math.abs(start.get(c) - expected) > EQUAL_SECONDS * (c + 1)) {
                throw new RefusedException(
                        who
                                + ": frame "
                                + (c + 1)
                                + " starts at "
                                + Numbers.fixed(start.get(c), 2)
                                + " s and lasts "
                                + Numbers.fixed(lasts.get(c), 2)
                                + " s, where equal frames would start at "
                                + Numbers.fixed(expected, 2)
                                + " s and last "
                                + Numbers.fixed(d, 2)
                                + " s. Unequal, gapped or overlapping frames have no common temporal"
                                + " resolution that one blur could match. Reconstruct equal frames or"
                                + " leave this exam out.");
            }
        }
        return d;
    }

    private Channels wider(Channels frames) {
        double[] start = frames.startSeconds().toArray();
        double[] lasts = frames.durationSeconds().toArray();
        for (int c = 0; c < start.length; c++) {
            double middle = start[c] + lasts[c] / 2;
            lasts[c] = targetFwhmSeconds / BOX;
            start[c] = middle - lasts[c] / 2;
        }
        return Channels.frames(Numbers.of(start), Numbers.of(lasts));
    }

    private static List<float[]> blurred(Volume volume, double[] kernel) {
        int frames = volume.channels();
        int voxels = volume.geometry().voxels();
        List<float[]> out = new ArrayList<>();
        for (int c = 0; c < frames; c++) {
            out.add(new float[voxels]);
        }
        Parallel.forEach(
                (voxels + BLOCK - 1) / BLOCK,
                b -> {
                    int from = b * BLOCK;
                    int n = Math.min(BLOCK, voxels - from);
                    double[] sum = new double[n];
                    double[] weight = new double[n];
                    for (int c = 0; c < frames; c++) {
                        Arrays.fill(sum, 0);
                        Arrays.fill(weight, 0);
                        for (int t = 1 - kernel.length; t < kernel.length; t++) {
                            int other = Math.max(0, Math.min(frames - 1, c + t));
                            add(volume.channel(other), from, n, kernel[Math.abs(t)], sum, weight);
                        }
                        float[] own = volume.channel(c);
                        for (int x = 0; x < n; x++) {
                            float was = own[from + x];
                            out.get(c)[from + x] =
                                    was == was ? (float) (sum[x] / weight[x]) : Float.NaN;
                        }
                    }
                });
        return out;
    }

    private static void add(
            float[] frame, int from, int n, double w, double[] sum, double[] weight) {
        for (int x = 0; x < n; x++) {
            float v = frame[from + x];
            if (v == v) {
                sum[x] += w * v;
                weight[x] += w;
            }
        }
    }
}
