package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * An image made of several, with what its numbers mean.
 *
 * <p>They keep the quantity of the images where all have the same, they were fused as they are, and
 * the rule is a mean whose weights do not follow the values. Else it is {@link Quantity#FUSED}: a
 * picture to look at, not to measure in, and what is fused of such a one is one too.
 *
 * @param volume on the grid of the first image
 * @param names of the images
 * @param inputs the images as they were fused, on their scale
 * @param notQuantitative why values mean nothing any more; empty where they keep their quantity
 */
public record Fused(
        Volume volume, List<String> names, List<Volume> inputs, Optional<String> notQuantitative) {

    private static final double SAME_GRID_VOXELS = 1e-3;

    /**
     * What fusion did to the values inside a mask.
     *
     * @param name of the image
     * @param mean of its voxels in the mask that have a value in the fused image too
     * @param largest of them
     * @param meanDrift mean of the fused image there minus {@code mean}
     * @param largestDrift its largest value minus {@code largest}
     */
    public record Drift(
            String name, double mean, double largest, double meanDrift, double largestDrift) {}

    /**
     * Fuses images.
     *
     * @param names of the images, for messages
     * @param volumes on one grid, two or more
     * @param scale on which they are fused; needed where their quantities differ
     * @throws RefusedException if they lie on several grids, or have several quantities and no
     *     scale was said
     */
    public static Fused of(
            Fusion rule, List<String> names, List<Volume> volumes, Optional<Scale> scale) {
        if (volumes.size() < 2) {
            throw new IllegalArgumentException(
                    "fusion needs two images or more, got " + volumes.size());
        }
        Volume first = volumes.get(0);
        Geometry g = first.geometry();
        boolean same = true;
        boolean fusedBefore = false;
        boolean resampled = false;
        for (int n = 0; n < volumes.size(); n++) {
            Volume one = volumes.get(n);
            one.values(); // refuses several channels
            if (!g.isClose(one.geometry(), SAME_GRID_VOXELS)) {
                throw new RefusedException(otherGrid(names.get(n), names.get(0)));
            }
            same &= one.quantity() == first.quantity();
            resampled |= one.resampled();
            fusedBefore |= one.quantity() == Quantity.FUSED;
        }
        if (!same && scale.isEmpty()) {
            throw new RefusedException(noScale(names, volumes));
        }
        List<Volume> inputs = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (int n = 0; n < volumes.size(); n++) {
            Volume scaled = scale.orElse(Scale.AS_IS).of(volumes.get(n), names.get(n));
            inputs.add(Volume.of(g, scaled.values(), scaled.quantity()));
            values.add(scaled.values());
        }
        Optional<String> why = whyNot(rule, scale, same, fusedBefore);
        Quantity quantity = why.isPresent() ? Quantity.FUSED : first.quantity();
        Volume volume = Volume.of(g, rule.fuse(g, values), quantity).withResampled(resampled);
        return new Fused(volume, List.copyOf(names), List.copyOf(inputs), why);
    }

    private static Optional<String> whyNot(
            Fusion rule, Optional<Scale> scale, boolean same, boolean fusedBefore) {
        if (fusedBefore) {
            return Optional.of("an image measures nothing since it was fused");
        }
        if (scale.isPresent() && scale.get() != Scale.AS_IS) {
            return Optional.of("the images were put on a scale of their own");
        }
        if (!same) {
            return Optional.of("the images have different quantities");
        }
        return rule.keepsQuantity()
                ? Optional.empty()
                : Optional.of("the rule selects or sharpens instead of averaging");
    }

    /** Returns what the numbers mean, in words: a quantity, or that they do not measure. */
    public String meaning() {
        return notQuantitative
                .map(why -> "fused, not quantitative (" + why + ")")
                .orElse(volume.quantity().label());
    }

    /**
     * Returns the drift against each image.
     *
     * @throws RefusedException if an image has no voxel with a value in the mask
     */
    public List<Drift> drift(Mask mask) {
        if (!mask.geometry().isClose(volume.geometry(), SAME_GRID_VOXELS)) {
            throw new RefusedException(otherGrid("the mask", names.get(0)));
        }
        List<Drift> drifts = new ArrayList<>();
        for (int n = 0; n < names.size(); n++) {
            drifts.add(drift(names.get(n), inputs.get(n).values(), mask.voxels()));
        }
        return drifts;
    }

    private Drift drift(String name, float[] image, boolean[] in) {
        float[] fused = volume.values();
        long count = 0;
        double sum = 0;
        double change = 0;
        double largest = Double.NEGATIVE_INFINITY;
        double after = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < in.length; v++) {
            if (in[v] && Float.isFinite(image[v]) && Float.isFinite(fused[v])) {
                count++;
                sum += image[v];
                change += (double) fused[v] - image[v];
                largest = Math.max(largest, image[v]);
                after = Math.max(after, fused[v]);
            }
        }
        if (count == 0) {
            throw new RefusedException(
                    name
                            + " has no value in any voxel of the mask. Check that the mask belongs to"
                            + " these images.");
        }
        return new Drift(name, sum / count, largest, change / count, after - largest);
    }

    private static String otherGrid(String name, String first) {
        return name
                + " lies on another grid than "
                + first
                + ". Bring it there first: common-grid in a recipe, or diapason warp IN T OUT --like "
                + first
                + ".";
    }

    private static String noScale(List<String> names, List<Volume> volumes) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < names.size(); n++) {
            text.append(n == 0 ? "" : n == names.size() - 1 ? " and " : ", ")
                    .append(names.get(n))
                    .append(" (")
                    .append(volumes.get(n).quantity().label())
                    .append(")");
        }
        return text
                + " have no scale in common, and the larger numbers would win everywhere. Say scale:"
                + " percentiles (1 to 99 of each become 0 to 1), or as-is.";
    }
}
