package org.diapason.io.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Mutator;
import org.diapason.volume.BsplineTransform;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
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
        Transform spline = new BsplineTransform(four, Numbers.of(phi));
        Transform transform =
                switch (what) {
                    case "affine" -> Given.SHEAR;
                    case "spline" -> spline;
                    case "field" ->
                            DisplacementField.of(four, new float[64], new float[64], new float[64]);
                    default -> spline.then(Given.SHEAR);
                };
        Path file = folder.resolve("t" + end);
        Transforms.write(file, transform);
        double[] there = {15, 16, 14};
        double[] read = there.clone();
        transform.apply(there);
        Transforms.read(file).apply(read);
        assertArrayEquals(there, read, 1e-4, "what is broken next must be sound before");
        byte[] seed = Files.readAllBytes(file);
        new Mutator(7).attack(seed, 1500, file, Transforms::read);
    }
}
