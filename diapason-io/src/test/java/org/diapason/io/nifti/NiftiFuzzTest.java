package org.diapason.io.nifti;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.diapason.io.Mutator;
import org.diapason.io.TestData;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, an image or a DataException comes out of it. */
class NiftiFuzzTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.nii", "a.nii.gz"})
    void brokenImagesOfOursFailInOneWay(String name) throws IOException {
        Geometry g = TestData.oblique(4, 3, 2, false);
        Nifti.write(folder.resolve(name), Volume.of(g, new float[24], Quantity.HU));
        byte[] seed = Files.readAllBytes(folder.resolve(name));
        new Mutator(3).attack(seed, 4000, folder.resolve(name), Nifti::read);
    }

    @Test
    void filesOfOthersAreReadOrRefused() throws IOException {
        try (Stream<Path> all = Files.walk(TestData.real("nifti"))) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                Mutator.survives(file, Nifti::read);
                Mutator.survives(file, Nifti::readMask);
                if (Files.size(file) < 100_000) {
                    byte[] seed = Files.readAllBytes(file);
                    new Mutator(9).attackAny(seed, 15, folder.resolve("y.nii"), Nifti::read);
                }
            }
        }
    }
}
