package org.diapason.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Assumptions;

/** Real images where they are present, and grids that are no textbook. */
public final class TestData {
    private TestData() {}

    /** Returns a path in the folder of real data; skips the test where it is absent. */
    public static Path real(String relative) {
        Path path = Path.of(System.getProperty("diapason.data", "../shared/data"), relative);
        Assumptions.assumeTrue(Files.exists(path), relative + " is not in the data folder");
        return path;
    }

    /** Returns an oblique grid, all spacings different; left-handed where asked. */
    public static Geometry oblique(int ni, int nj, int nk, boolean leftHanded) {
        double s = leftHanded ? -1 : 1;
        // columns (2, 2, 1)/3, (-2, 1, 2)/3, (1, -2, 2)/3: orthonormal, right-handed
        return new Geometry(
                ni,
                nj,
                nk,
                Numbers.of(0.7, 1.3, 2.5),
                Numbers.of(-11.5, 20.25, -300.125),
                Numbers.of(
                        2 / 3.0,
                        -2 / 3.0,
                        s / 3,
                        2 / 3.0,
                        1 / 3.0,
                        s * -2 / 3,
                        1 / 3.0,
                        2 / 3.0,
                        s * 2 / 3));
    }
}
