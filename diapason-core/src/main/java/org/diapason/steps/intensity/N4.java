package org.diapason.steps.intensity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.BiasFit;
import org.diapason.math.BlockMeans;
import org.diapason.math.BsplineField;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Tags;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Divides MR images by the smooth field of their coils (bias field, shading), which it finds in the
 * image itself: N4.
 *
 * <p>Blocks of voxels of about {@code working-mm} are averaged over the positive finite voxels of
 * the mask; blocks that hold more than one tissue count less ({@link BlockMeans}). {@link BiasFit}
 * finds the logarithm of the field: cubic B-splines with knots {@code knot-spacing-mm} apart,
 * around the centre of the image, and half as far at each further level. The field is evaluated at
 * every voxel and scaled to mean 1 over those voxels, so that the unit survives; the quantity stays
 * MR. NaN stays NaN; voxels outside the mask are divided by the continued field. An axis of one
 * voxel has no field along it.
 *
 * <p>Without a mask, the voxels above {@link org.diapason.math.Otsu Otsu's} threshold are taken;
 * the threshold is in the trace.
 *
 * <p>A level ends when a round changes the field by no more than the tolerance (coefficient of
 * variation of old over new field); when that is below 5 tolerances and has come to rest ({@link
 * BiasFit}); or after max-iterations. If the last level ends above the tolerance, that is a
 * warning; above 5 tolerances the image is refused: its field is not known. The rounds of each
 * level and the last change are in the trace.
 *
 * <p>A field that is independent of the tissues widens their histogram, by the entropy power
 * inequality to no less than {@code sqrt(after² + width of the field²)} ({@link
 * org.diapason.math.HistogramWidth}). Where dividing by a field that varies by 1 % or more narrows
 * the histogram by less than that, the field follows the anatomy, which is a warning.
 *
 * <p>Refused: every quantity but MR; a mask on another grid, or without a positive value; a
 * constant image.
 *
 * <p>Method: Tustison et al. 2010, IEEE Trans. Med. Imaging 29(6):1310–1320,
 * doi:10.1109/TMI.2010.2046908. Apart from block means with confidences for every n-th voxel, ITK's
 * N4BiasFieldCorrectionImageFilter does the same, with fwhm 0.15 and tolerance 0.001; to match its
 * lattice, set knot-spacing-mm to the length of the image.
 *
 * @param image which images, a pattern on their names; all of them must be MR
 * @param mask name of the mask whose voxels show the field; when not given, the voxels above Otsu's
 *     threshold
 * @param workingMm length of the blocks in mm on which the field is found, rounded to whole voxels;
 *     positive
 * @param levels how many times knots are set, each time half as far apart; 1 … 8
 * @param knotSpacingMm distance of the knots of the first level in mm; positive
 * @param bins bins of the histogram of logarithms; at least 16
 * @param fwhm width of the Gaussian that the field puts on the histogram: full width at half
 *     maximum in natural logarithms; positive
 * @param noise constant of the Wiener filter that takes it off; positive
 * @param maxIterations the most rounds of a level; at least 1
 * @param tolerance the change of a round at which a level ends; positive
 * @param field also add the field to the exam, as image {@code NAME.field}
 */
public record N4(
        @Default("*") String image,
        @Default("") Optional<String> mask,
        @Default("4") double workingMm,
        @Default("3") int levels,
        @Default("200") double knotSpacingMm,
        @Default("200") int bins,
        @Default("0.1") double fwhm,
        @Default("0.01") double noise,
        @Default("200") int maxIterations,
        @Default("0.0002") double tolerance,
        @Default("false") boolean field)
        implements Step<Exam> {

    private static final String FIELD = ".field";
    private static final int MOST_LEVELS = 8;
    private static final int LEAST_BINS = 16;

    public N4 {
        requirePositive("working-mm", workingMm, " mm");
        requirePositive("knot-spacing-mm", knotSpacingMm, " mm");
        requirePositive("fwhm", fwhm, "");
        requirePositive("noise", noise, "");
        requirePositive("tolerance", tolerance, "");
        if (levels < 1 || levels > MOST_LEVELS) {
            throw new IllegalArgumentException(
                    "levels must be 1 … " + MOST_LEVELS + ", got " + levels);
        }
        if (bins < LEAST_BINS) {
            throw new IllegalArgumentException(
                    "bins must be at least " + LEAST_BINS + ", got " + bins);
        }
        if (nearestKnotsMm(knotSpacingMm, levels) < workingMm) {
            throw new IllegalArgumentException(
                    "knots of level "
                            + levels
                            + " would be "
                            + Numbers.fixed(nearestKnotsMm(knotSpacingMm, levels), 3)
                            + " mm apart, nearer than working-mm "
                            + Numbers.fixed(workingMm, 3)
                            + " mm. Raise knot-spacing-mm or lower levels or working-mm.");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException(
                    "max-iterations must be at least 1, got " + maxIterations);
        }
    }

    private static double nearestKnotsMm(double knotSpacingMm, int levels) {
        return knotSpacingMm / (1 << (levels - 1));
    }

    private static void requirePositive(String name, double value, String unit) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive, got " + value + unit);
        }
    }

    @Override
    public Set<String> masks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Optional<String> source(String made) {
        return Optional.of(made)
                .filter(name -> field && name.endsWith(FIELD))
                .map(name -> name.substring(0, name.length() - FIELD.length()))
                .filter(name -> Globs.matches(image, name));
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        SortedMap<String, Image> fields = new TreeMap<>();
        Exam corrected =
                Globs.mapImages(
                        exam, image, (name, one) -> correct(exam, name, one, fields, trace));
        if (fields.isEmpty()) {
            return corrected;
        }
        SortedMap<String, Image> all = new TreeMap<>(corrected.images());
        all.putAll(fields);
        SortedMap<String, Transform> transforms = new TreeMap<>(exam.transforms());
        for (String made : fields.keySet()) {
            Transform same = exam.transforms().get(source(made).orElseThrow());
            if (same != null) {
                transforms.put(made, same);
            }
        }
        return corrected.withImages(all).withTransforms(transforms);
    }

    private Image correct(
            Exam exam, String name, Image one, SortedMap<String, Image> fields, Trace trace) {
        String who = "exam " + exam.id() + ", image " + name;
        Volume volume = one.volume();
        requireMr(who, name, volume.quantity());
        if (field && exam.images().containsKey(name + FIELD)) {
            throw new RefusedException(
                    who
                            + ": there is an image \""
                            + name
                            + FIELD
                            + "\" already. Set field to false, or rename the column of the cohort"
                            + " table.");
        }
        requireKnotsApart(who, volume.geometry());
        Shaded shaded = Shaded.of(exam, who, name, volume, mask, trace);
        Geometry g = volume.geometry();
        N4Lattice lattice = N4Lattice.of(g, workingMm, knotSpacingMm);
        trace.note(name + ".blockVoxels", numbers(lattice.block()));
        trace.note(name + ".elements", numbers(lattice.elements()));
        BsplineField found = fit(who, name, shaded, lattice, trace);
        float[] bias = found.exponential(lattice.voxels());
        shaded.scaleToMeanOne(bias, name, trace);
        float[] out = field ? new float[bias.length] : bias;
        shaded.divide(bias, out);
        if (field) {
            Volume added = Volume.of(g, bias, Quantity.UNKNOWN).withResampled(volume.resampled());
            fields.put(name + FIELD, new Image(added, Tags.none(), Optional.empty()));
        }
        return one.withVolume(volume.withValues(out));
    }

    private BsplineField fit(
            String who, String name, Shaded shaded, N4Lattice lattice, Trace trace) {
        BlockMeans means = shaded.means(lattice.block());
        float[] logs = means.mean().clone();
        for (int b = 0; b < logs.length; b++) {
            logs[b] = logs[b] > 0 ? (float) StrictMath.log(logs[b]) : 0;
        }
        BiasFit.Result result =
                BiasFit.of(
                        new BiasFit.Settings(
                                levels,
                                boxed(lattice.elements()),
                                bins,
                                fwhm,
                                noise,
                                maxIterations,
                                tolerance),
                        lattice.blocks(),
                        logs,
                        means.confidence());
        FoundField.check(who, name, result, tolerance, trace);
        return result.field();
    }

    private void requireKnotsApart(String who, Geometry g) {
        double nearest = nearestKnotsMm(knotSpacingMm, levels);
        for (int a = 0; a < 3; a++) {
            if (g.size(a) > 1 && g.spacing(a) > nearest) {
                throw new RefusedException(
                        who
                                + ": its voxels are "
                                + Numbers.fixed(g.spacing(a), 3)
                                + " mm long along "
                                + "ijk".charAt(a)
                                + ", and the knots of level "
                                + levels
                                + " would be only "
                                + Numbers.fixed(nearest, 3)
                                + " mm apart. Raise knot-spacing-mm, lower levels, or check the"
                                + " file's spacing.");
            }
        }
    }

    private static void requireMr(String who, String name, Quantity quantity) {
        if (quantity == Quantity.MR) {
            return;
        }
        String found = who + ": the quantity is " + quantity.label();
        if (quantity == Quantity.UNKNOWN) {
            throw new RefusedException(
                    found
                            + ", and only MR has the bias field of a coil. If it is MR, say so in"
                            + " the cohort table, column quantity."
                            + name
                            + ".");
        }
        if (quantity == Quantity.STORED) {
            throw new RefusedException(
                    found + ", and it must be known to be MR. Put units before this step.");
        }
        if (quantity == Quantity.MAPPED || quantity == Quantity.Z_SCORE) {
            throw new RefusedException(
                    found
                            + ", so the image is normalized already, and its bias field was not"
                            + " multiplied onto these values. Put n4 before the normalization.");
        }
        throw new RefusedException(
                found
                        + ", and only MR has the bias field of a coil. Name the MR image in the"
                        + " setting image.");
    }

    private static List<Integer> boxed(int[] values) {
        List<Integer> list = new ArrayList<>();
        for (int v : values) {
            list.add(v);
        }
        return list;
    }

    private static Numbers numbers(int[] values) {
        return Numbers.of(values[0], values[1], values[2]);
    }
}
