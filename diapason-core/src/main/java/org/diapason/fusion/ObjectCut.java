package org.diapason.fusion;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * How a map of features becomes the mask of the object in a box.
 *
 * @param seed a voxel of the object, i, j, k from 0, where a watershed begins; the middle of the
 *     box if empty
 * @param threshold from which value of the map on a voxel belongs to the object, with what that
 *     shuts off; by a watershed if empty
 */
public record ObjectCut(Optional<Numbers> seed, OptionalDouble threshold) {
    public ObjectCut {
        if (seed.isPresent() && (seed.get().size() != 3 || threshold.isPresent())) {
            throw new IllegalArgumentException(
                    "the seed is one voxel i,j,k for the watershed; a threshold needs none.");
        }
    }

    /**
     * Returns the object.
     *
     * @throws IllegalArgumentException if the box does not fit, or the seed is not in it
     * @throws org.diapason.volume.RefusedException if there is no value at the seed
     */
    public Mask of(SeedBox box, FeatureMap found) {
        if (threshold.isPresent()) {
            return box.threshold(found.map(), threshold.getAsDouble());
        }
        int[] at = box.middle();
        for (int a = 0; seed.isPresent() && a < 3; a++) {
            at[a] = (int) seed.get().get(a);
        }
        return box.watershed(found.relief(), at);
    }
}
