package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Images;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The badge on the saucer of docs/methods/blend.md. */
class BlendPicturesTest {
    private static final int DX = -34;
    private static final int DY = -150;

    @TempDir Path folder;

    private static boolean in(int x, int y) {
        double i = (x - 171) / 43.0;
        double j = (y - 385) / 43.0;
        return i * i + j * j < 1;
    }

    /** Root mean square of what pairs across the border of the mask differ by too much. */
    private static double seam(Volume made, Volume source) {
        double squares = 0;
        int pairs = 0;
        for (int y = 330; y < 440; y++) {
            for (int x = 120; x < 230; x++) {
                for (int c = 0; c < 3 && in(x, y) != in(x + 1, y); c++) {
                    double is =
                            made.channel(c)[made.geometry().index(x + 1 + DX, y + DY, 0)]
                                    - made.channel(c)[made.geometry().index(x + DX, y + DY, 0)];
                    double wished =
                            source.channel(c)[source.geometry().index(x + 1, y, 0)]
                                    - source.channel(c)[source.geometry().index(x, y, 0)];
                    squares += (is - wished) * (is - wished);
                    pairs++;
                }
            }
        }
        return Math.sqrt(squares / pairs);
    }

    @Test
    void theBadgeLiesOnTheSaucerWithoutASeam() {
        Path pictures =
                Path.of(System.getProperty("diapason.data", "../../shared/data"), "pictures");
        Assumptions.assumeTrue(Files.isDirectory(pictures), "pictures are not in the data folder");
        Geometry g = Geometry.of(512, 512, 1, 1, 1, 1);
        float[] drawn = new float[g.voxels()];
        for (int v = 0; v < drawn.length; v++) {
            drawn[v] = in(v % 512, v / 512) ? 255 : 0;
        }
        Path mask = folder.resolve("mask.png");
        Images.write(mask, Image.of(Volume.of(g, drawn, Quantity.PICTURE)));
        Volume source = Images.read(pictures.resolve("astronaut.png")).volume();
        Volume target = Images.read(pictures.resolve("coffee.png")).volume();
        Path out = folder.resolve("out.tif"); // floats: nothing is clipped
        double[] seams = new double[2];
        for (int n = 0; n < 2; n++) {
            Cli.Said said =
                    Cli.run(
                            "blend",
                            pictures.resolve("astronaut.png"),
                            pictures.resolve("coffee.png"),
                            mask,
                            out,
                            "--offset",
                            DX + "," + DY,
                            "--screen",
                            n == 0 ? "1e6" : "0"); // so strong a screen is a copy
            assertEquals(0, said.code(), said.err());
            Volume made = Images.read(out).volume();
            seams[n] = seam(made, source);
            for (int c = 0; c < 3; c++) {
                for (int v = 0; v < 600 * 400; v++) {
                    boolean inside = in(v % 600 - DX, v / 600 - DY);
                    assertTrue(inside || made.channel(c)[v] == target.channel(c)[v]);
                }
            }
        }
        assertTrue(seams[0] > 60, "copied: " + seams[0]);
        assertTrue(seams[1] < seams[0] / 6, seams[0] + " became " + seams[1]);
    }
}
