package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.math.Interpolation;
import org.diapason.math.NoiseSd;
import org.diapason.math.Parallel;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.Isotropic;
import org.diapason.surface.CrossingPlace;
import org.diapason.surface.IsoSurface;
import org.diapason.surface.MaskField;
import org.diapason.surface.Mesh;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * The values whose surface is taken, before and after they were put on cubes.
 *
 * @param grid of the file
 * @param mask where a mask was read, which has no values between inside and outside
 * @param original where values were read
 * @param cubes values on the grid of cubes, where one was asked for; of a mask signed distances
 * @param threshold where the surface of the values lies
 * @param inside voxels of the original inside
 * @param atBorder of these, those at the border of the image
 * @param noiseSd of the original, inside; empty where it cannot be estimated, or of a mask
 */
record MeshSource(
        Geometry grid,
        Optional<Mask> mask,
        Optional<Volume> original,
        Optional<Volume> cubes,
        double threshold,
        long inside,
        long atBorder,
        OptionalDouble noiseSd) {
    private static final int MOST_LABELS = 64;

    /** Reads an image whose values rise above a threshold inside. */
    static MeshSource ofThreshold(Path in, double threshold, OptionalDouble spacingMm) {
        Volume volume = InUnits.read(in);
        requireThick(in, volume.geometry());
        boolean[] inside = new boolean[volume.values().length];
        float least = Float.POSITIVE_INFINITY;
        for (int v = 0; v < inside.length; v++) {
            inside[v] = volume.values()[v] > threshold;
            least = Math.min(least, Float.isNaN(volume.values()[v]) ? least : volume.values()[v]);
        }
        if (least > threshold && least < Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    InputFile.name(in)
                            + ": every voxel lies above --threshold "
                            + Numbers.plain(threshold)
                            + " (the least is "
                            + Numbers.plain(least)
                            + "): the surface would be the box of the image. Give a higher one.");
        }
        likeLabels(volume)
                .ifPresent(
                        labels ->
                                System.err.println(
                                        "warning: "
                                                + InputFile.name(in)
                                                + " holds "
                                                + labels
                                                + " whole numbers only, as masks and labels do:"
                                                + " their surface at a threshold has steps. See"
                                                + " --from-mask and --labels."));
        OptionalDouble noise = NoiseSd.of(volume.geometry(), volume.values(), inside);
        return new MeshSource(
                volume.geometry(),
                Optional.empty(),
                Optional.of(volume),
                cubes(in, volume, spacingMm),
                threshold,
                count(volume.geometry(), inside),
                atBorder(volume.geometry(), inside),
                noise);
    }

    /** Reads a mask: what is above 0.5, or the region behind a {@code #}. */
    static MeshSource ofMask(Path in, Optional<Path> like, OptionalDouble spacingMm) {
        if (like.isPresent()) {
            Geometry grid = Images.read(like.get()).volume().geometry();
            Mask mask = Masks.read(in, grid, like);
            mask.notes().forEach(note -> System.err.println("warning: " + note));
            return ofMask(in, mask, spacingMm);
        }
        if (!Masks.isGrid(in)) {
            throw new IllegalArgumentException(
                    InputFile.name(in)
                            + ": has no voxels of its own. If it is a structure set or"
                            + " segmentation, name the image it is drawn on: --like IMAGE.");
        }
        boolean chosen = in.toString().contains("#");
        return ofMask(in, chosen ? Masks.read(in) : whole(in), spacingMm);
    }

    /** Reads a mask whose file is not parted into labels; says so where it seems to be. */
    private static Mask whole(Path in) {
        Volume volume = Images.read(in).volume();
        volume.values(); // refuses several channels before the size is asked for
        requireThick(in, volume.geometry());
        int labels = likeLabels(volume).orElse(0);
        if (labels > 2) {
            System.err.println(
                    "warning: "
                            + InputFile.name(in)
                            + " holds "
                            + labels
                            + " different numbers; all above 0.5 are one mask. One of them: "
                            + InputFile.name(in)
                            + "#2; each by itself: --labels all.");
        }
        return Images.mask(in, volume);
    }

    private static MeshSource ofMask(Path in, Mask mask, OptionalDouble spacingMm) {
        requireThick(in, mask.geometry());
        long count = count(mask.geometry(), mask.voxels());
        if (count == 0 || count == mask.voxels().length) {
            throw new RefusedException(
                    InputFile.name(in)
                            + ": "
                            + (count == 0
                                    ? "no voxel is above 0.5, so there is no surface."
                                    : "every voxel is above 0.5: the surface would be the box of"
                                            + " the image.")
                            + " Is it the right file?");
        }
        return new MeshSource(
                mask.geometry(),
                Optional.of(mask),
                Optional.empty(),
                spacingMm.isEmpty()
                        ? Optional.empty()
                        : cubes(in, MaskField.signedMm(mask), spacingMm),
                0,
                count,
                atBorder(mask.geometry(), mask.voxels()),
                OptionalDouble.empty());
    }

    private static long count(Geometry g, boolean[] inside) {
        long[] counts = new long[g.nk()];
        int plane = inside.length / g.nk();
        Parallel.forEach(
                g.nk(),
                k -> {
                    int count = 0;
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        count += inside[v] ? 1 : 0;
                    }
                    counts[k] = count;
                });
        return Arrays.stream(counts).sum();
    }

    private static long atBorder(Geometry g, boolean[] inside) {
        long border = 0;
        for (int k = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                boolean edge = k == 0 || j == 0 || k == g.nk() - 1 || j == g.nj() - 1;
                int row = g.index(0, j, k);
                for (int i = 0; i < g.ni(); i += edge ? 1 : g.ni() - 1) {
                    border += inside[row + i] ? 1 : 0;
                }
            }
        }
        return border;
    }

    /**
     * Resamples as the step isotropic does: cubic B-spline, blurred first where it gets coarser.
     */
    private static Optional<Volume> cubes(Path in, Volume volume, OptionalDouble spacingMm) {
        if (spacingMm.isEmpty()) {
            return Optional.empty();
        }
        Isotropic step =
                new Isotropic(
                        "*", spacingMm.getAsDouble(), Interpolation.CUBIC, AntiAlias.AUTO, false);
        Exam exam =
                Exam.of(InputFile.name(in), Map.of("image", Image.of(volume)), Map.of(), Map.of());
        Trace trace = new Trace();
        Volume cubes = step.apply(exam, trace).image("image").volume();
        String who = "exam " + InputFile.name(in) + ", image image: ";
        for (String warning : trace.warnings()) {
            System.err.println("warning: " + warning.replace(who, InputFile.name(in) + ": "));
        }
        return Optional.of(cubes);
    }

    private static void requireThick(Path in, Geometry g) {
        if (g.ni() < 2 || g.nj() < 2 || g.nk() < 2) {
            throw new RefusedException(
                    InputFile.name(in)
                            + ": has "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + " voxels: a picture encloses nothing. Give a volume of two slices or"
                            + " more.");
        }
    }

    /** Returns how many whole numbers an image holds, nothing where it holds others or many. */
    private static Optional<Integer> likeLabels(Volume volume) {
        float[] values = volume.values();
        int plane = values.length / volume.geometry().nk();
        List<Set<Float>> seen = new ArrayList<>(Collections.nCopies(volume.geometry().nk(), null));
        Parallel.forEach(seen.size(), k -> seen.set(k, whole(values, k * plane, plane)));
        Set<Float> all = new TreeSet<>();
        for (Set<Float> some : seen) {
            all.addAll(some);
            if (some.size() > MOST_LABELS || all.size() > MOST_LABELS || some.contains(Float.NaN)) {
                return Optional.empty();
            }
        }
        return Optional.of(all.size());
    }

    /** Returns the values of a plane up to one more than is asked for; NaN where one is broken. */
    private static Set<Float> whole(float[] values, int from, int many) {
        Set<Float> seen = new TreeSet<>();
        float last = Float.NaN;
        float before = Float.NaN; // a mask goes to and fro between two
        for (int n = from; n < from + many && seen.size() <= MOST_LABELS; n++) {
            float v = values[n];
            if (v != last && v != before && v == v) {
                before = last;
                last = v;
                seen.add(v == Math.rint(v) ? v : Float.NaN);
            }
        }
        return seen;
    }

    /** Returns the surface on the grid that was chosen. */
    Mesh surface() {
        return cubes.isPresent() ? IsoSurface.of(cubes.get(), threshold) : originalSurface();
    }

    /** Returns the surface on the grid of the file. */
    Mesh originalSurface() {
        return mask.isPresent()
                ? IsoSurface.of(mask.get())
                : IsoSurface.of(original.orElseThrow(), threshold);
    }

    /** Says how well the values tell where the surface lies; a mask has none. */
    Optional<CrossingPlace> place(Mesh surface) {
        return original.map(v -> CrossingPlace.of(cubes.orElse(v), surface));
    }

    /** Returns the grid on which the surface is taken. */
    Geometry chosenGrid() {
        return cubes.map(Volume::geometry).orElse(grid);
    }

    /** Returns what the values are: the quantity, or "mask". */
    String quantity() {
        return original.map(v -> v.quantity().label()).orElse("mask");
    }

    /** Returns the unit behind a number, with its blank; empty where there is none. */
    String unit() {
        String unit = original.map(v -> v.quantity().unit()).orElse("1");
        return unit.equals("1") ? "" : " " + unit;
    }

    /** Returns the volume of the voxels inside in mm³. */
    double voxelsMm3() {
        return inside * grid.voxelMm3();
    }

    /** Returns what the user must know of it, in whole sentences. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (atBorder > 0) {
            notes.add(
                    atBorder
                            + " of "
                            + inside
                            + " voxels inside lie at the border of the image: the surface is closed"
                            + " there by flat walls, where the object may go on.");
        }
        return notes;
    }
}
