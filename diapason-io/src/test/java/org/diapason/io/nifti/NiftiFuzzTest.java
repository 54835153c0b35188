package org.diapason.io.nifti;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.diapason.io.Mutator;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
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
    void brokenFramesOfNifti2FailInOneWay() throws IOException {
        Geometry g = Geometry.of(33000, 1, 1, 1, 1, 1);
        Volume frames =
                Volume.of(
                        g,
                        List.of(new float[33000], new float[33000]),
                        Channels.frames(2, 0, 1),
                        Quantity.MR);
        Path file = folder.resolve("two.nii");
        Nifti.write(file, frames);
        byte[] seed = Arrays.copyOf(Files.readAllBytes(file), 544 + 2 * 4 * 60);
        seed[16 + 8] = 60;
        seed[16 + 9] = 0;
        new Mutator(4).attack(seed, 2000, file, Nifti::read);
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
