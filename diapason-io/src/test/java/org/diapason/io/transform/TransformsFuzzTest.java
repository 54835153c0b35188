package org.diapason.io.transform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Mutator;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is in a file, a transform or a DataException comes out of it. */
class TransformsFuzzTest {
    @TempDir Path folder;

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "affine, .tfm",
        "affine, .mat",
        "affine, .txt",
        "affine, .json",
        "spline, .tfm",
        "spline, .mat",
        "spline, .txt",
        "spline, .json",
        "field, .nii",
        "field, .tfm",
        "field, .json",
        "chain, .txt",
        "chain, .tfm"
    })
    void brokenFilesFailInOneWay(String what, String end) throws IOException {
        Geometry four = Geometry.of(4, 4, 4, 10, 10, 10);
        double[] phi = new double[192];
        for (int n = 0; n < phi.length; n++) {
            phi[n] = n / 8.0;
        }
        Transform spline =
                new org.diapason.volume.BsplineTransform(four, org.diapason.volume.Numbers.of(phi));
        Transform transform =
                switch (what) {
                    case "affine" -> Given.SHEAR;
                    case "spline" -> spline;
                    case "field" ->
                            org.diapason.volume.DisplacementField.of(
                                    four, new float[64], new float[64], new float[64]);
                    default -> spline.then(Given.SHEAR);
                };
        Path file = folder.resolve("t" + end);
        Transforms.write(file, transform);
        byte[] seed = Files.readAllBytes(file);
        new Mutator(7).attack(seed, 1500, file, Transforms::read);
    }
}
