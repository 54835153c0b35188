package org.diapason.bench;

import org.diapason.volume.Geometry;

/** Grids from their names. */
final class Sizes {
    private Sizes() {}

    /** Returns the grid of a size like {@code 512x512x300} with the given spacing in mm. */
    static Geometry parse(String size, double si, double sj, double sk) {
        String[] n = size.split("x");
        return Geometry.of(
                Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]), si, sj, sk);
    }
}
