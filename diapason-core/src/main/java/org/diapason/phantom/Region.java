package org.diapason.phantom;

import java.util.Optional;

/**
 * A named part of a digital object: where it is and what it holds.
 *
 * @param name lower case, digits and dashes; the name of its mask
 * @param value what it holds, in the unit of the object
 * @param shape where it is
 * @param texture how its value varies around that mean; none where it does not
 */
public record Region(String name, double value, Shape shape, Optional<Texture> texture) {

    public Region {
        if (!name.matches("[a-z0-9][a-z0-9.-]*") || name.equals(DigitalObject.BACKGROUND)) {
            throw new IllegalArgumentException(
                    "a region's name is lower case letters, digits, dots and dashes and not \""
                            + DigitalObject.BACKGROUND
                            + "\", got \""
                            + name
                            + "\"");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value of region " + name + " must be finite");
        }
    }

    /** Returns a region of one value. */
    public static Region of(String name, double value, Shape shape) {
        return new Region(name, value, shape, Optional.empty());
    }

    /** Returns the same region with a texture. */
    public Region with(Texture given) {
        return new Region(name, value, shape, Optional.of(given));
    }
}
