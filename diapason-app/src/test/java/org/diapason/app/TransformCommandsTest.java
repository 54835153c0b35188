package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.io.transform.Transforms;
import org.diapason.volume.Affine;
import org.diapason.volume.Channels;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformCommandsTest {
    private static final Geometry GRID = Geometry.of(20, 18, 16, 2, 2, 2);

    @TempDir Path folder;
    private Path fixed;
    private Path shift;

    @BeforeEach
    void write() {
        float[] ramp = new float[GRID.voxels()];
        for (int v = 0; v < ramp.length; v++) {
            ramp[v] = v % 20;
        }
        fixed = folder.resolve("fixed.nii");
        Images.write(fixed, Image.of(Volume.of(GRID, ramp, Quantity.UNKNOWN)));
        shift = folder.resolve("shift.tfm");
        Transforms.write(shift, Affine.shift(4, 0, -1.0 / 3));
    }

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), text);
    }

    @Test
    void placesAreReplacedAndAllElseIsKept() throws IOException {
        Path in = table("name,x,y,z,seen\nnose,1,2,3,yes\n\"left, ear\",0.1,-2,1e2,no\n");
        Path out = folder.resolve("out.csv");
        Cli.Said said = Cli.run("transform-points", shift, in, out);
        assertEquals("", said.err());
        assertEquals(
                "out.csv: 2 places, moved by 4.014 mm on average and 4.014 mm at most\n",
                said.out());
        assertEquals(
                "name,x,y,z,seen\nnose,5,2,2.6666666666666665,yes\n"
                        + "\"left, ear\",4.1,-2,99.66666666666667,no\n",
                Files.readString(out));
        Path back = folder.resolve("back.csv");
        assertEquals(0, Cli.run("transform-points", shift, out, back, "--inverse").code());
        assertTrue(Files.readString(back).contains("nose,1,2,3,yes"), Files.readString(back));
    }

    @Test
    void aTableWithoutPlacesSaysWhatIsMissing() throws IOException {
        Cli.Said said =
                Cli.run(
                        "transform-points",
                        shift,
                        table("X,y,z\n1,2,3\n"),
                        folder.resolve("out.csv"));
        assertEquals(1, said.code());
        assertEquals(
                "diapason: in.csv: has no column \"x\", and places need x, y and z in mm (LPS);"
                        + " found X, y, z. Rename or add it.\n",
                said.err());
        assertEquals(
                "diapason: in.csv, line 2, column y: \"\" is no number. Write one, in mm.\n",
                Cli.run(
                                "transform-points",
                                shift,
                                table("x,y,z\n1,,3\n"),
                                folder.resolve("out.csv"))
                        .err());
    }

    @Test
    void imagesOfOneFrameNeedNoFileToShareAGrid() {
        Path out = folder.resolve("warped.nii");
        assertEquals(0, Cli.run("warp", fixed, "identity", out, "--like", fixed).code());
        assertArrayEquals(Images.read(fixed).volume().values(), Images.read(out).volume().values());
        Cli.Said typo = Cli.run("warp", fixed, "identiy", out, "--like", fixed);
        assertEquals(1, typo.code());
        assertTrue(typo.err().contains("identiy"), typo.err());
    }

    @Test
    void anImageIsTakenWhereTheTransformLeads() {
        Path out = folder.resolve("warped.nii");
        Path only = folder.resolve("x.tfm");
        Transforms.write(only, Affine.shift(4, 0, 0));
        Cli.Said said =
                Cli.run("warp", fixed, only, out, "--like", fixed, "--interpolation", "linear");
        assertEquals(0, said.code(), said.err());
        assertTrue(
                said.out().endsWith("; 576 voxels outside the moving image are NaN\n"), said.out());
        float[] values = Images.read(out).volume().values();
        assertEquals(7, values[5], 1e-6);
        assertTrue(Float.isNaN(values[18]));
        Cli.run(
                "warp",
                fixed,
                only,
                out,
                "--like",
                fixed,
                "--interpolation",
                "linear",
                "--inverse");
        assertEquals(3, Images.read(out).volume().values()[5], 1e-6);
        Cli.Said labels = Cli.run("warp", fixed, only, out, "--like", fixed, "--labels");
        assertEquals(0, labels.code(), labels.err());
        assertEquals(0, Images.read(out).volume().values()[18]);
        assertTrue(
                labels.out().endsWith("; 576 voxels outside the moving image are 0\n"),
                labels.out());
        assertEquals(
                "diapason: --labels takes --interpolation nearest or linear: cubic would make values"
                        + " between labels.\n",
                Cli.run(
                                "warp",
                                fixed,
                                only,
                                out,
                                "--like",
                                fixed,
                                "--labels",
                                "--interpolation",
                                "cubic")
                        .err());
    }

    @Test
    void aWayBackThatIsNotThereIsSaid() {
        float[] fold = new float[GRID.voxels()];
        for (int v = 0; v < fold.length; v++) {
            fold[v] = v % 20 > 8 && v % 20 < 12 ? -9 : 0;
        }
        float[] still = new float[fold.length];
        Path t = folder.resolve("fold.nii.gz");
        Transforms.write(t, DisplacementField.of(GRID, fold, still, still));
        Path out = folder.resolve("j.nii");
        Cli.Said map = Cli.run("jacobian", t, out);
        assertEquals(0, map.code(), map.err());
        // (−9 − 0) over 4 mm, at 2 voxels of 20 in each row
        assertEquals(
                "j.nii: determinant -1.2500 … 3.2500, 0 or less at 10.0000 % of 5760 voxels\n",
                map.out());
        // all move 4 mm: nothing leads to what lies just right of the left border
        float[] four = new float[GRID.voxels()];
        java.util.Arrays.fill(four, 4);
        Transforms.write(t, DisplacementField.of(GRID, four, still, still));
        Cli.Said back = Cli.run("warp", fixed, t, out, "--like", fixed, "--inverse", "--labels");
        assertEquals(0, back.code());
        // the field ends at −1 mm, which it leads to 3: in 288 rows the voxels at 0 and 2 mm
        assertTrue(
                back.err().startsWith("warning: 576 voxels are 0: nothing leads there, since"),
                back.err());
        Cli.run("warp", fixed, t, out, "--like", fixed, "--inverse");
        assertTrue(Float.isNaN(Images.read(out).volume().values()[1]), "no made-up value");
        assertEquals(8, Images.read(out).volume().values()[10], 1e-4);
        Cli.Said convert = Cli.run("transform-convert", t, out, "--like", fixed, "--inverse");
        assertTrue(
                convert.err()
                        .startsWith("warning: 576 voxels hold the nearest place that was met:"),
                convert.err());
    }

    @Test
    void aPlaceThatNothingLeadsToIsLeftEmpty() throws IOException {
        float[] four = new float[GRID.voxels()];
        java.util.Arrays.fill(four, 4);
        float[] still = new float[four.length];
        Path t = folder.resolve("t.nii.gz");
        Transforms.write(t, DisplacementField.of(GRID, four, still, still));
        Path in = table("x,y,z,dx,dy,dz\n2,9,9,1,2,3\n10,9,9,1,2,3\n");
        Path out = folder.resolve("out.csv");
        Cli.Said said = Cli.run("transform-points", t, in, out, "--inverse", "--vectors", "turned");
        assertEquals(0, said.code(), said.err());
        assertEquals(
                "warning: 1 places are left empty: nothing leads there, since the deformation ends at"
                        + " the border of its grid or folds; the nearest way misses by up to 1.000 mm."
                        + " See folds with diapason jacobian.\n",
                said.err());
        assertEquals("x,y,z,dx,dy,dz\n\"\",,,,,\n6,9,9,1,2,3\n", Files.readString(out));
    }

    /** A quarter turn about z, then x doubled: (dx, dy) = (1, 2) becomes (−4, 1). */
    @Test
    void vectorsOfATableTurnWhereTheyAreTold() throws IOException {
        Path t = folder.resolve("turn.tfm");
        Transforms.write(t, new Affine(Numbers.of(0, -2, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0)));
        Path in = table("x,y,z,dx,dy,dz\n1,0,0,1,2,3\n");
        Path out = folder.resolve("out.csv");
        assertEquals(
                "diapason: in.csv: has vectors in dx, dy, dz, which may turn with their places. Say"
                        + " --vectors carried, turned or kept.\n",
                Cli.run("transform-points", t, in, out).err());
        Cli.run("transform-points", t, in, out, "--vectors", "carried");
        assertEquals("x,y,z,dx,dy,dz\n0,1,0,-4,1,3\n", Files.readString(out));
        Path back = folder.resolve("back.csv");
        Cli.run("transform-points", t, out, back, "--inverse", "--vectors", "carried");
        assertEquals("x,y,z,dx,dy,dz\n1,0,0,1,2,3\n", Files.readString(back));
        Cli.run("transform-points", t, in, out, "--vectors", "turned");
        assertEquals("x,y,z,dx,dy,dz\n0,1,0,-2,1,3\n", Files.readString(out));
        Cli.run("transform-points", t, in, out, "--vectors", "kept");
        assertEquals("x,y,z,dx,dy,dz\n0,1,0,1,2,3\n", Files.readString(out));
        assertEquals(
                "diapason: in.csv: has no column \"dx\", and vectors need dx, dy and dz in mm"
                        + " (LPS); found x, y, z. Rename or add it.\n",
                Cli.run("transform-points", t, table("x,y,z\n1,0,0\n"), out, "--vectors", "turned")
                        .err());
    }

    /** Vectors along RAS (intent 1006) come out along LPS (1007), turned like those of LPS. */
    @Test
    void vectorsOfAnImageTurnAlongTheAxesOfTheirFile() throws IOException {
        float[][] v = new float[3][GRID.voxels()];
        for (int r = 0; r < 3; r++) {
            java.util.Arrays.fill(v[r], r + 1);
        }
        Path lps = folder.resolve("v.nii");
        Volume vectors =
                Volume.of(GRID, List.of(v[0], v[1], v[2]), Channels.COMPONENTS, Quantity.UNKNOWN);
        Images.write(lps, Image.of(vectors));
        Path t = folder.resolve("turn.tfm");
        Transforms.write(t, new Affine(Numbers.of(0, -1, 0, 34, 1, 0, 0, 0, 0, 0, 1, 0)));
        Path out = folder.resolve("out.nii.gz");
        assertEquals(
                "diapason: the image has 3 components, and whether they are a vector, which must turn"
                        + " with the image, is not known. Say it: warp --vectors carried, turned or"
                        + " kept.\n",
                Cli.run("warp", lps, t, out, "--like", lps).err());
        assertEquals(0, Cli.run("warp", lps, t, out, "--like", lps, "--vectors", "turned").code());
        int at = GRID.index(10, 10, 8);
        Volume turned = Images.read(out).volume();
        assertEquals(2, turned.channel(0)[at], 1e-5);
        assertEquals(-1, turned.channel(1)[at], 1e-5);
        assertEquals(3, turned.channel(2)[at], 1e-5);
        byte[] ras = Files.readAllBytes(lps);
        ras[68] = (byte) (1006 & 255);
        Path other = Files.write(folder.resolve("ras.nii"), ras);
        Cli.run("warp", other, t, out, "--like", lps, "--vectors", "turned");
        turned = Images.read(out).volume();
        assertEquals(-2, turned.channel(0)[at], 1e-5);
        assertEquals(1, turned.channel(1)[at], 1e-5);
        ras[68] = 0;
        ras[69] = 0;
        Files.write(other, ras);
        assertTrue(
                Cli.run("warp", other, t, out, "--like", lps, "--vectors", "turned")
                        .err()
                        .startsWith(
                                "diapason: ras.nii: says by intent code 0 that it is no field"));
        assertEquals(0, Cli.run("warp", other, t, out, "--like", lps, "--vectors", "kept").code());
        assertEquals(1, Images.read(out).volume().channel(0)[at], 1e-5);
        assertEquals(
                "diapason: --labels and --vectors exclude each other.\n",
                Cli.run("warp", lps, t, out, "--like", lps, "--vectors", "kept", "--labels").err());
    }

    @Test
    void theMapOfAnAffineIsItsDeterminantAndNeedsAGrid() {
        Path t = folder.resolve("large.mat");
        Transforms.write(t, new Affine(Numbers.of(2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1.5, 0)));
        Path out = folder.resolve("j.nii.gz");
        assertEquals(
                "diapason: --like is missing: large.mat does not begin with a field, so it has no"
                        + " grid of its own. Name the fixed image.\n",
                Cli.run("jacobian", t, out).err());
        assertEquals(0, Cli.run("jacobian", t, out, "--like", fixed, "--log").code());
        assertEquals(1.0986123, Images.read(out).volume().values()[7], 1e-6);
    }

    @Test
    void oneFormBecomesAnother() {
        Path field = folder.resolve("field.nii.gz");
        Cli.Said said = Cli.run("transform-convert", shift, field, "--like", fixed);
        assertEquals("", said.err());
        assertEquals("field.nii.gz: field of shifts\n", said.out());
        double[] p = {10, 11, 12};
        Transforms.read(field).apply(p);
        assertArrayEquals(new double[] {14, 11, 12 - 1.0 / 3}, p, 1e-6);
        Path json = folder.resolve("back.json");
        assertEquals(0, Cli.run("transform-convert", field, json, "--inverse").code());
        double[] q = {14, 11, 12 - 1.0 / 3};
        Transforms.read(json).apply(q);
        assertArrayEquals(new double[] {10, 11, 12}, q, 1e-5);
        assertEquals(
                "diapason: shift.tfm is a transform, no image. Take: diapason transform-convert IN"
                        + " OUT\n",
                Cli.run("convert", shift, json).err());
    }
}
