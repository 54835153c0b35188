package org.diapason.io.nrrd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Mutator;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file, an image or a DataException comes out of it. */
class NrrdFuzzTest {
    @TempDir Path folder;

    @Test
    void brokenImagesOfOursFailInOneWay() throws IOException {
        Path file = folder.resolve("a.nrrd");
        List<float[]> planes = List.of(new float[24], new float[24]);
        Nrrd.write(
                file,
                Volume.of(
                        TestData.oblique(4, 3, 2, false),
                        planes,
                        Channels.frames(2, 0, 3),
                        Quantity.HU));
        byte[] seed = Files.readAllBytes(file);
        new Mutator(5).attack(seed, 3000, file, Nrrd::read);
    }

    @Test
    void brokenTextImagesFailInOneWay() throws IOException {
        String head =
                """
                NRRD0005
                type: short
                dimension: 4
                space: right-anterior-superior-time
                sizes: 2 1 2 2
                space directions: (1,0,0,0) (0,1,0,0) (0,0,1,0) (0,0,0,2)
                kinds: space space space time
                space units: "mm" "mm" "mm" "s"
                encoding: text
                space origin: (1,2,3,0)

                1 2 3 4 -5 6e1 7. 8
                """;
        byte[] seed = head.getBytes(StandardCharsets.UTF_8);
        new Mutator(6).attack(seed, 3000, folder.resolve("t.nrrd"), Nrrd::read);
    }
}
