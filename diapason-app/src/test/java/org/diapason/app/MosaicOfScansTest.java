package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A T1 scan of a thigh, cut in four tiles of other brightness and shading:
 * docs/concepts/mosaics.md.
 */
class MosaicOfScansTest {
    @TempDir Path folder;

    /** First and last voxel along i and j of each tile. */
    private static final int[][] TILES = {
        {0, 128, 0, 100}, {98, 226, 0, 104}, {0, 124, 74, 173}, {96, 226, 70, 173}
    };

    private static final double[] OFFSETS = {0, 30, -15, 20};

    /** Gain over the whole image, x and y from −1 to 1. */
    private static double gain(int tile, double x, double y) {
        return 1
                + switch (tile) {
                    case 0 -> 0.3 * x;
                    case 1 -> -0.3 * y + 0.15 * x;
                    case 2 -> 0.25 * x * y - 0.2 * y;
                    default -> -0.25 * x;
                };
    }

    private Path tile(Volume scan, int t) {
        Geometry g = scan.geometry();
        int[] box = TILES[t];
        Geometry part =
                new Geometry(
                        box[1] - box[0],
                        box[3] - box[2],
                        g.nk(),
                        g.spacingMm(),
                        g.toWorld(box[0], box[2], 0),
                        g.direction());
        float[] values = new float[part.voxels()];
        for (int v = 0; v < values.length; v++) {
            int i = box[0] + v % part.ni();
            int j = box[2] + v / part.ni() % part.nj();
            int k = v / (part.ni() * part.nj());
            double x = 2.0 * i / (g.ni() - 1) - 1;
            double y = 2.0 * j / (g.nj() - 1) - 1;
            values[v] = (float) (gain(t, x, y) * scan.at(i, j, k) + OFFSETS[t]);
        }
        Path file = folder.resolve("t" + t + ".nii.gz");
        Images.write(file, Image.of(Volume.of(part, values, Quantity.MR)));
        return file;
    }

    /**
     * Mean size of what pairs across the seam i = 112, 113 of the upper tiles differ by too much.
     */
    private static double seam(Volume scan, Volume mosaic) {
        double sum = 0;
        int n = 0;
        for (int k = 0; k < scan.geometry().nk(); k++) {
            for (int j = 0; j < 60; j++) {
                double was = (double) scan.at(113, j, k) - scan.at(112, j, k);
                double is = (double) mosaic.at(113, j, k) - mosaic.at(112, j, k);
                sum += Math.abs(is - was);
                n++;
            }
        }
        return sum / n;
    }

    @Test
    void shadingOfFourTilesLeavesNoSeamInAScan() {
        Path cohort =
                Path.of(System.getProperty("diapason.data", "../../shared/data"), "cohort_sts");
        Path file = cohort.resolve("STS_007/MR_T1_image.nii.gz");
        Assumptions.assumeTrue(Files.exists(file), "cohort_sts is not in the data folder");
        Volume scan = Images.read(file).volume();
        Path[] tiles = new Path[4];
        for (int t = 0; t < 4; t++) {
            tiles[t] = tile(scan, t);
        }
        double[] seams = new double[2];
        for (String blend : List.of("nearest", "gradient")) {
            Path out = folder.resolve(blend + ".nii.gz");
            Cli.Said said =
                    Cli.run(
                            "mosaic", tiles[0], tiles[1], tiles[2], tiles[3], "--fixed", "1",
                            "--blend", blend, "--out", out);
            assertEquals(0, said.code(), said.err());
            Volume mosaic = Images.read(out).volume();
            assertEquals(226, mosaic.geometry().ni());
            seams[blend.equals("nearest") ? 0 : 1] = seam(scan, mosaic);
        }
        assertTrue(seams[1] < 0.4 * seams[0], seams[0] + " became " + seams[1]);
    }
}
