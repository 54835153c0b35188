package org.diapason.phantom.analysis;

import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.volume.Numbers;

/**
 * Where a person says the phantom lies, instead of what is found.
 *
 * @param centreMm its middle, x, y, z in mm as in the image's header
 * @param rollDegrees how far it is turned from i towards j
 */
public record Manual(Optional<Numbers> centreMm, OptionalDouble rollDegrees) {
    /** Nothing is said; the phantom is looked for. */
    public static final Manual NONE = new Manual(Optional.empty(), OptionalDouble.empty());

    public Manual {
        if (centreMm.isPresent() && centreMm.get().size() != 3) {
            throw new IllegalArgumentException(
                    "the centre of a phantom needs x, y, z in mm, got " + centreMm.get().fixed(1));
        }
    }
}
