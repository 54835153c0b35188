package org.diapason.steps.perturb;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Rng;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Changes image and mask as much as a second scan or another reader might: moves the grid, adds
 * noise, grows or shrinks the contour and draws it anew.
 *
 * <p>How much is drawn evenly between minus and plus the given limits, from the seed of the
 * operation. The grid turns about the k axis through the centre of the mask and is shifted by parts
 * of a voxel, by linear interpolation (the mask: 0.5 or more); beyond the border the outermost
 * voxel is repeated; every mask on this grid turns with it. Noise is normal and of the stated
 * standard deviation in every voxel, also where it is correlated. The contour changes by layers of
 * face neighbours, the last one by a random part of it. A contour drawn anew is made of
 * supervoxels: of one that lies to a part η in the mask all is taken where η is 0.9 or more, none
 * below 0.2, and between them with probability η; the one with the largest η always.
 *
 * <p>Refused: an image or mask on another grid than the others; a contour that vanishes.
 *
 * <p>Method: Zwanenburg et al. 2019, Scientific Reports 9:614, doi:10.1038/s41598-018-36938-4;
 * supervoxels: Achanta et al. 2012, IEEE Trans. Pattern Anal. Mach. Intell. 34(11):2274–2282,
 * doi:10.1109/TPAMI.2012.120.
 *
 * @param image which images, a pattern on their names; all on the grid of the mask
 * @param mask name of the mask
 * @param noiseSd standard deviation of the noise that is added, in the image's unit
 * @param noiseFwhmMm correlation of the noise: full width at half maximum in mm of the Gaussian
 *     that white noise is blurred with before it gets its standard deviation; 0 leaves it white
 * @param shiftVoxels largest shift along each axis, in voxels
 * @param rotationDegrees largest turn about the k axis, in degrees
 * @param volumeFraction largest part by which the mask grows or shrinks
 * @param supervoxelMm edge of the supervoxels of which the contour is drawn anew, in mm; 0 keeps it
 */
public record Perturb(
        @Default("*") String image,
        String mask,
        @Default("0") double noiseSd,
        @Default("0") double noiseFwhmMm,
        @Default("0") double shiftVoxels,
        @Default("0") double rotationDegrees,
        @Default("0") double volumeFraction,
        @Default("0") double supervoxelMm)
        implements Step<Exam> {

    private static final double SAME_GRID = 1e-3;

    public Perturb {
        check("noise-sd", noiseSd, Double.MAX_VALUE);
        check("noise-fwhm-mm", noiseFwhmMm, 100);
        check("shift-voxels", shiftVoxels, 10);
        check("rotation-degrees", rotationDegrees, 180);
        check("volume-fraction", volumeFraction, 0.9);
        check("supervoxel-mm", supervoxelMm, 1000);
        if (noiseFwhmMm > 0 && noiseSd == 0) {
            throw new IllegalArgumentException(
                    "noise-fwhm-mm correlates noise, and noise-sd adds none. Give noise-sd, or leave"
                            + " noise-fwhm-mm out.");
        }
    }

    private static void check(String name, double found, double most) {
        if (!(found >= 0 && found <= most)) {
            throw new IllegalArgumentException(
                    name
                            + " must be 0 or more"
                            + (most < Double.MAX_VALUE ? ", at most " + Numbers.plain(most) : "")
                            + ", got "
                            + found);
        }
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Mask inside = exam.mask(mask);
        String who = "exam " + exam.id() + ", mask " + mask;
        if (inside.count() == 0) {
            throw new DataException(
                    who + ": the mask has no voxel. Correct it or leave this exam out.");
        }
        Rng rng = new Rng(trace.seed());
        Motion motion =
                Motion.of(
                        inside,
                        new double[] {
                            even(rng, shiftVoxels), even(rng, shiftVoxels), even(rng, shiftVoxels)
                        },
                        even(rng, rotationDegrees));
        double growth = even(rng, volumeFraction);
        long noiseSeed = rng.nextLong();
        long contourSeed = rng.nextLong();
        trace.note("shiftVoxels", Numbers.of(motion.shift()));
        trace.note("rotationDegrees", motion.degrees());
        trace.note("volumeFraction", growth);
        SortedMap<String, Image> moved = new TreeMap<>();
        Exam perturbed =
                Globs.mapImages(
                        exam,
                        image,
                        (name, one) -> {
                            Volume volume =
                                    changed(who, name, one.volume(), inside, motion, noiseSeed);
                            moved.put(name, one.withVolume(volume));
                            return moved.get(name);
                        });
        if (moved.isEmpty()) {
            throw new DataException(
                    who
                            + ": no image matches \""
                            + image
                            + "\", only "
                            + exam.images().keySet()
                            + " are there. Correct image.");
        }
        Mask changed = motion.still() ? inside : motion.move(inside);
        if (changed.count() > 0) {
            changed = Contours.grown(changed, growth, new Rng(contourSeed));
        }
        if (changed.count() > 0 && supervoxelMm > 0) {
            Volume volume = moved.get(moved.firstKey()).volume();
            changed = Supervoxels.redrawn(volume, changed, supervoxelMm, new Rng(contourSeed + 1));
        }
        if (changed.count() == 0) {
            throw new RefusedException(
                    who
                            + ": none of its "
                            + inside.count()
                            + " voxels is left. Use smaller perturbations or leave this exam out.");
        }
        trace.note("voxelsBefore", inside.count());
        trace.note("voxelsAfter", changed.count());
        Mask named = changed;
        return perturbed.mapMasks(
                (name, other) ->
                        name.equals(mask)
                                ? named
                                : motion.still()
                                                || !other.geometry()
                                                        .isClose(inside.geometry(), SAME_GRID)
                                        ? other
                                        : motion.move(other));
    }

    private Volume changed(
            String who, String name, Volume volume, Mask inside, Motion motion, long seed) {
        Geometry g = volume.geometry();
        if (!g.isClose(inside.geometry(), SAME_GRID)) {
            throw new RefusedException(
                    who
                            + ": image "
                            + name
                            + " lies on another grid than the mask. Name the image it was drawn on,"
                            + " or resample both to one grid.");
        }
        Volume changed = motion.still() ? volume : volume.onGrid(g, motion.move(volume));
        if (noiseSd == 0) {
            return changed;
        }
        float[] noisy = Noise.of(g, noiseSd, noiseFwhmMm, new Rng(Rng.seed(seed, name)));
        float[] values = changed.values();
        for (int v = 0; v < noisy.length; v++) {
            noisy[v] += values[v];
        }
        return changed.withValues(noisy);
    }

    private static double even(Rng rng, double most) {
        return most * (2 * rng.nextDouble() - 1) + 0.0;
    }
}
