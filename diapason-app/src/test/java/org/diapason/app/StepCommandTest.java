package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.features.filter.LaplacianOfGaussian;
import org.diapason.features.filter.Space;
import org.diapason.io.Images;
import org.diapason.io.nifti.Nifti;
import org.diapason.math.Boundary;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCommandTest {
    private static final Geometry GRID = Geometry.of(9, 8, 7, 1, 1, 1);

    @TempDir Path folder;
    private Path image;
    private Path mask;
    private Path out;
    private float[] values;

    @BeforeEach
    void write() {
        values = new float[GRID.voxels()];
        float[] inside = new float[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = v * 37 % 101;
            inside[v] = v % 9 < 5 ? 1 : 0;
        }
        image = folder.resolve("mr.nii.gz");
        mask = folder.resolve("roi.nii.gz");
        out = folder.resolve("out.nii.gz");
        Nifti.write(image, Volume.of(GRID, values, Quantity.UNKNOWN));
        Nifti.write(mask, Volume.of(GRID, inside, Quantity.UNKNOWN));
    }

    @Test
    void aNestedSettingIsWrittenAsInARecipeAndTheMapComesOut() {
        Cli.Said said =
                Cli.run(
                        "step",
                        "response",
                        image,
                        out,
                        "--filter",
                        "{laplacian-of-gaussian: {sigma-mm: 1.5}}");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(said.out().startsWith("log-1.5mm-3d: " + out + "\n"), said.out());
        assertArrayEquals(
                new LaplacianOfGaussian(1.5, 4, Boundary.MIRROR, Space.VOLUME)
                        .respond(GRID, values),
                Images.read(out).volume().values());
    }

    @Test
    void severalMapsBecomeOneFileEach() {
        Cli.Said said =
                Cli.run(
                        "step",
                        "feature-map",
                        image,
                        out,
                        "--mask-file",
                        "roi=" + mask,
                        "--mask",
                        "roi",
                        "--features",
                        "[stat_min, cm_contrast_3D_comb]");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertFalse(Files.exists(out));
        assertTrue(Files.exists(folder.resolve("out.cm_contrast_3D_comb.nii.gz")));
        float[] map = Images.read(folder.resolve("out.stat_min.nii.gz")).volume().values();
        assertTrue(Float.isNaN(map[8]));
        float least = Float.MAX_VALUE;
        for (int v : new int[] {0, 1, 2, 9, 10, 11, 18, 19, 20}) {
            for (int slice = 0; slice < 3; slice++) {
                least = Math.min(least, values[v + 72 * slice]);
            }
        }
        assertEquals(least, map[0]);
    }

    @Test
    void aFaultInANestedSettingIsNamedWithItsOption() {
        Cli.Said said = Cli.run("step", "response", image, out, "--filter", "{mean: {suport: 3}}");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --filter, line 1, column 9: mean has no setting \"suport\"; did you mean"
                        + " \"support\"?\n",
                said.err());
    }

    @Test
    void anotherImageDoesNotTakeThePlaceOfIn() {
        Cli.Said said =
                Cli.run(
                        "step",
                        "histogram-match",
                        image,
                        out,
                        "--mask",
                        "",
                        "--image-file",
                        "image=" + mask,
                        "--reference",
                        "image");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --image-file image=roi.nii.gz: image is the name of IN. Give the other"
                        + " image another name.\n",
                said.err());
    }

    /** The other image is twice this one plus 5, so that is what this one becomes. */
    @Test
    void oneImageIsMatchedToAnotherFile() {
        float[] twice = values.clone();
        for (int v = 0; v < twice.length; v++) {
            twice[v] = 2 * values[v] + 5;
        }
        Path other = folder.resolve("other.nii.gz");
        Nifti.write(other, Volume.of(GRID, twice, Quantity.UNKNOWN));
        Cli.Said said =
                Cli.run(
                        "step",
                        "histogram-match",
                        image,
                        out,
                        "--quantity",
                        "MR",
                        "--mask",
                        "",
                        "--image-file",
                        "other=" + other,
                        "--reference",
                        "other");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertArrayEquals(twice, Images.read(out).volume().values());
    }
}
