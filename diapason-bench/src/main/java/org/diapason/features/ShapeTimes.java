package org.diapason.features;

import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** Opens the families of shape to benchmarks of other packages. */
public final class ShapeTimes {
    private ShapeTimes() {}

    public static double[] morphology(Volume volume, Mask mask) {
        return Morphology.of(mask.geometry(), mask.voxels(), Region.of(volume, mask, "the ball"));
    }

    public static double[] moranAndGeary(Volume volume, Mask mask) {
        return Autocorrelation.of(Region.of(volume, mask, "the ball"));
    }

    public static double[] localIntensity(Volume volume, Mask mask) {
        return LocalIntensity.of(volume.values(), Region.of(volume, mask, "the ball"));
    }
}
