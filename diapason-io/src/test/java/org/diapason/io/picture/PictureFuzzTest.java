package org.diapason.io.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Images;
import org.diapason.io.Mutator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, an image or a DataException comes out of it. */
class PictureFuzzTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "be16.tif",
                "f32.tif",
                "multi.tif",
                "rgb_lzw.tif",
                "planar.tif",
                "g8_deflate.tif",
                "pack.tif",
                "pal.png",
                "la.png",
                "rgba.png",
                "g16.png",
                "rgb.jpg"
            })
    void brokenPicturesFailInOneWay(String name) throws IOException {
        byte[] seed;
        try (InputStream in = PictureFuzzTest.class.getResourceAsStream("/pictures/" + name)) {
            seed = in.readAllBytes();
        }
        new Mutator(8).attack(seed, 300, folder.resolve(name), path -> read(path, name));
    }

    private static void read(Path path, String name) {
        if (name.endsWith(".png")) {
            try {
                Files.write(path, PngSums.repair(Files.readAllBytes(path)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Images.read(path);
    }
}
