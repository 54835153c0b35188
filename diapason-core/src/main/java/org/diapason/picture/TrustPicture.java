package org.diapason.picture;

import java.util.List;
import java.util.Optional;
import org.diapason.fusion.BiasMap;
import org.diapason.math.Blocks;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Where a fused image is not to be trusted if the registration is off as far as was said: slices in
 * grey, coloured where |bias| or SD is above what does not matter.
 *
 * <p>A colour stands for {@code max(|b|, SD) / max(limit, τ)}: above 1 where the map's edge risk
 * is, if no tolerance was given. Yellow begins at 1, red is 3 and a half, purple 5 and above;
 * nothing is drawn below 1 or where the map has no value.
 *
 * @param excess that ratio at each voxel
 * @param overlay how it is drawn over the fused image
 * @param planes the slices, denser where more is marked
 * @param marked how many voxels are coloured
 * @param over what an error is held against: the noise or the tolerance
 */
public record TrustPicture(
        Volume excess, Overlay overlay, List<SlicePlane> planes, long marked, String over) {
    private static final double MOST = 5;
    private static final double OPACITY = 0.6;

    /**
     * Lays out a picture.
     *
     * @param tolerance τ, an error that does not matter, in the unit of the fused image; 0 for the
     *     limit of the map alone
     */
    public static TrustPicture of(Volume fused, BiasMap map, double tolerance) {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(
                    "--tolerance is an error that does not matter, 0 or more, got " + tolerance);
        }
        double one = Math.max(map.figures().limit(), tolerance);
        float[] bias = map.bias().values();
        float[] sd = map.sd().values();
        float[] excess = new float[bias.length];
        Blocks.forEach(
                excess.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        excess[v] = (float) (Math.max(Math.abs(bias[v]), sd[v]) / one);
                    }
                });
        Overlay overlay =
                new Overlay(
                        ValueRange.grey(fused),
                        Lut.WARNING,
                        new ValueRange(1, MOST, "times what does not matter"),
                        OPACITY,
                        Math.nextUp(1.0));
        Volume ratio = Volume.of(fused.geometry(), excess, Quantity.UNKNOWN);
        long marked = 0;
        for (float v : excess) {
            marked += overlay.shows(v) ? 1 : 0;
        }
        List<SlicePlane> planes = SliceChoice.brightest(fused).planes(fused, ratio, overlay);
        String over = tolerance > map.figures().limit() ? "tolerance" : "noise";
        return new TrustPicture(ratio, overlay, List.copyOf(planes), marked, over);
    }

    /** Draws it. */
    public Volume draw(Volume fused) {
        Montage.Caption words = new Montage.Caption("error / " + over, "do not trust");
        Montage montage = new Montage(overlay, planes, Optional.of(words));
        return montage.draw(fused, excess).volume(montage.pixelMm());
    }
}
