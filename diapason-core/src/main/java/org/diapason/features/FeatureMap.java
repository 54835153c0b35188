package org.diapason.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.features.filter.Space;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Adds maps of features to the exam: at every voxel of a mask, the feature of the voxels around it.
 *
 * <p>The window of a voxel is the cube of {@code 2 radius + 1} voxels around it, or the square in
 * its slice. Only voxels of the mask with a value are in it, also at the border of the mask, and
 * pairs lie within the window. Levels are made once, over the whole mask. Outside the mask, and
 * where the feature is undefined, the map is NaN.
 *
 * <p>Offered are intensity statistics ({@code stat_*}), the intensity histogram ({@code ih_*}) and
 * co-occurrence at distance 1, merged and averaged over directions ({@code cm_*_3D_comb}, {@code
 * cm_*_3D_avg}, with 2D in slices). Runs and zones are cut by a window and neighbourhoods lack
 * neighbours at its faces, so these families have no map.
 *
 * <p>The map of image {@code ct} is named {@code ct.<tag>}, its quantity is unknown. The window
 * moves voxel by voxel: what leaves and what enters is counted, in whole numbers, so a map has the
 * bits that each window has when it is measured alone.
 *
 * <p>Method: Zwanenburg et al., IBSI reference manual, arXiv:1612.07003, sections 3.3, 3.4 and 3.6;
 * voxel-based extraction as in van Griethuysen et al. 2017, Cancer Research 77(21):e104–e107,
 * doi:10.1158/0008-5472.CAN-17-0339, with the kernel masked.
 *
 * @param image which images, a pattern on their names; the mask must lie on the grid of each
 * @param mask name of the mask
 * @param features tags of features, or patterns on them
 * @param radius how far the window reaches, in voxels: 2 is 5 × 5 × 5; 1 … 10
 * @param space in the volume, or in slices
 * @param discretisation how intensities become levels; when not given: HU by bins of 10 from −200,
 *     SUVbw by bins of 0.5 from 0, all else by 32 bins
 * @param allowLossy map texture also where the scanner's pixels were once compressed with loss
 */
public record FeatureMap(
        @Default("*") String image,
        String mask,
        List<String> features,
        @Default("2") int radius,
        @Default("3d") Space space,
        @Default("") Optional<Discretisation> discretisation,
        @Default("false") boolean allowLossy)
        implements Step<Exam> {

    private static final int FURTHEST = 10;

    public FeatureMap {
        features = List.copyOf(features);
        if (radius < 1 || radius > FURTHEST) {
            throw new IllegalArgumentException(
                    "radius must be 1 … " + FURTHEST + " voxels, got " + radius);
        }
        List<String> offered = MapFamily.all(space);
        if (features.isEmpty()) {
            throw new IllegalArgumentException(
                    "features needs at least one tag, such as " + offered.get(offered.size() - 1));
        }
        for (String pattern : features) {
            if (offered.stream().noneMatch(tag -> Globs.matches(pattern, tag))) {
                throw new IllegalArgumentException(
                        "no map in "
                                + space
                                + " is named \""
                                + pattern
                                + "\": maps are stat_*, ih_*, "
                                + MapFamily.PAIRS_MERGED.pattern(space)
                                + " and "
                                + MapFamily.PAIRS_AVERAGED.pattern(space));
            }
        }
    }

    /** Returns the tags that the patterns name, in the order of the manual. */
    List<String> tags() {
        return MapFamily.all(space).stream()
                .filter(tag -> features.stream().anyMatch(p -> Globs.matches(p, tag)))
                .toList();
    }

    @Override
    public Set<String> masks() {
        return Set.of(mask);
    }

    @Override
    public Optional<String> source(String made) {
        return tags().stream()
                .filter(tag -> made.endsWith("." + tag))
                .map(tag -> made.substring(0, made.length() - tag.length() - 1))
                .filter(name -> Globs.matches(image, name))
                .findFirst();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        Mask inside = exam.mask(mask);
        SortedMap<String, Image> maps = new TreeMap<>();
        Globs.mapImages(
                exam,
                image,
                (name, one) -> {
                    String who = "exam " + exam.id() + ", image " + name + ", mask " + mask;
                    maps.putAll(maps(name, one, inside, who, trace));
                    return one;
                });
        return DerivedImage.added(exam, maps);
    }

    private SortedMap<String, Image> maps(
            String name, Image one, Mask inside, String who, Trace trace) {
        Volume volume = one.volume();
        Region region = Region.of(volume, inside, who);
        trace.note(name + ".voxels", inside.count());
        trace.note(name + ".nanVoxels", inside.count() - region.size());
        if (region.size() == 0) {
            throw new DataException(
                    who
                            + ": none of the "
                            + inside.count()
                            + " voxels has a value. Correct the mask or leave this exam out.");
        }
        List<String> tags = tags();
        List<MapFamily> families = new ArrayList<>(List.of(MapFamily.values()));
        families.removeIf(f -> f.tags(space).stream().noneMatch(tags::contains));
        boolean pairs = families.stream().anyMatch(MapFamily::ofPairs);
        if (pairs) {
            checkTexture(one, who, trace);
        }
        Levels levels =
                pairs || families.contains(MapFamily.HISTOGRAM)
                        ? levels(name, volume, region, who, trace)
                        : new Levels(1, ones(region.size()), 0, 0);
        List<float[]> found =
                new WindowWalk(region, levels, radius, space).maps(families, tags::contains);
        SortedMap<String, Image> maps = new TreeMap<>();
        for (int t = 0; t < tags.size(); t++) {
            maps.put(name + "." + tags.get(t), DerivedImage.of(one, found.get(t)));
        }
        return maps;
    }

    private Levels levels(String name, Volume volume, Region region, String who, Trace trace) {
        Discretisation rule = discretisation.orElse(Discretisation.of(volume.quantity()));
        boolean fixedWidth = rule.binWidth().isPresent();
        double origin =
                fixedWidth ? rule.origin(volume.quantity(), OptionalDouble.empty(), who) : 0;
        Levels levels = rule.apply(region.values(), origin, who);
        trace.note(name + ".discretisation", rule.words());
        if (fixedWidth) {
            trace.note(name + ".origin", origin);
            trace.note(name + ".belowOrigin", levels.below());
        }
        trace.note(name + ".levels", levels.count());
        if (levels.count() > PairTable.MOST) {
            throw new RefusedException(
                    who
                            + ": a map with "
                            + levels.count()
                            + " levels is refused, at most "
                            + PairTable.MOST
                            + " are sound in a window. Set a larger bin-width, or use bin-count.");
        }
        return levels;
    }

    private void checkTexture(Image one, String who, Trace trace) {
        if (TextureGrid.lossy(one) && !allowLossy) {
            throw new RefusedException(
                    who
                            + ": the pixels were once compressed with loss (LossyImageCompression"
                            + " (0028,2110) is 01), so texture is not mapped. Get the original"
                            + " series, or set allow-lossy.");
        }
        TextureGrid.anisotropy(
                        one.volume().geometry(),
                        space == Space.VOLUME,
                        "texture is mapped",
                        "Put isotropic before this step",
                        "set space to 2d")
                .ifPresent(warning -> trace.warn(who + ": " + warning));
    }

    private static short[] ones(int size) {
        short[] ones = new short[size];
        Arrays.fill(ones, (short) 1);
        return ones;
    }
}
