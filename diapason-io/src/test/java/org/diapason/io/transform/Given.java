package org.diapason.io.transform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.volume.Affine;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import org.junit.jupiter.api.Assertions;

/** Transforms of every kind on grids that are turned, and places to try them at. */
final class Given {
    static final Affine SHEAR =
            new Affine(Numbers.of(1.1, 0.2, 0, 3, 0, 0.9, -0.1, 1.0 / 3, 0.05, 0, 1, -2e-7));

    static final double[][] PLACES = {{1, 2, 3}, {10.25, -7.5, 22}, {-14, 9, 31}, {400, 0, 0}};

    private Given() {}

    private static Geometry turned(int ni, int nj, int nk) {
        return new Geometry(
                ni,
                nj,
                nk,
                Numbers.of(10, 12, 14),
                Numbers.of(55, -60, -20),
                Numbers.of(0, -1, 0, 1, 0, 0, 0, 0, 1));
    }

    static BsplineTransform spline() {
        Geometry g = turned(12, 13, 8);
        double[] phi = new double[3 * g.voxels()];
        for (int n = 0; n < phi.length; n++) {
            phi[n] = 3 * StrictMath.sin(0.7 * n);
        }
        return new BsplineTransform(g, Numbers.of(phi));
    }

    static DisplacementField field() {
        Geometry g = turned(12, 10, 6);
        float[][] u = new float[3][g.voxels()];
        for (int r = 0; r < 3; r++) {
            for (int v = 0; v < u[r].length; v++) {
                u[r][v] = (float) (2 * StrictMath.sin(0.2 * v + r));
            }
        }
        return DisplacementField.of(g, u[0], u[1], u[2]);
    }

    static Path file(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    static void assertSame(Transform a, Transform b, double mm) {
        for (double[] place : PLACES) {
            double[] p = place.clone();
            double[] q = place.clone();
            a.apply(p);
            b.apply(q);
            Assertions.assertArrayEquals(p, q, mm);
        }
    }

    static void assertLeads(Transform t, double[] place, double[] to, double mm) {
        double[] p = place.clone();
        t.apply(p);
        Assertions.assertArrayEquals(to, p, mm);
    }
}
