package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Images;
import org.diapason.io.transform.Transforms;
import org.diapason.volume.Affine;
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
                "diapason: in.csv: has no column \"x\", and places need x, y and z in mm (LPS); did"
                        + " you mean \"X\"?\n",
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
        assertTrue(
                back.err().startsWith("warning: the way back misses its place by up to "),
                back.err());
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
