package org.diapason.io.metaimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Mutator;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, an image or a DataException comes out of it. */
class MetaImageFuzzTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.mha", "a.mhd"})
    void brokenImagesOfOursFailInOneWay(String name) throws IOException {
        Path file = folder.resolve(name);
        List<float[]> planes = List.of(new float[24], new float[24]);
        MetaImage.write(
                file,
                Volume.of(
                        TestData.oblique(4, 3, 2, false),
                        planes,
                        Channels.frames(2, 0, 3),
                        Quantity.HU));
        byte[] seed = Files.readAllBytes(file);
        new Mutator(7).attack(seed, 1500, file, MetaImage::read);
    }
}
