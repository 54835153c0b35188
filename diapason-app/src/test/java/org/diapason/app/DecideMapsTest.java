package org.diapason.app;

import static org.diapason.app.DecidePlans.PLAN;
import static org.diapason.app.DecidePlans.STATED;
import static org.diapason.app.DecidePlans.cell;
import static org.diapason.app.DecidePlans.decide;
import static org.diapason.app.DecidePlans.patients;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.diapason.io.Images;
import org.diapason.io.table.Csv;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experts that speak voxel by voxel. */
class DecideMapsTest {
    @TempDir Path folder;

    private Path map(String name, float... values) {
        Path file = folder.resolve(name + ".nii.gz");
        Geometry grid = Geometry.of(values.length / 2, 1, 2, 1, 1, 3);
        Images.write(file, Image.of(Volume.of(grid, values, Quantity.UNKNOWN)));
        return file;
    }

    private float[] voxels(String name) {
        return Images.read(folder.resolve(name)).volume().values();
    }

    @Test
    void mapsAreDecidedVoxelByVoxel() throws IOException {
        float no = Float.NaN;
        Path a = map("a", 0.9f, 0.25f, no, no, 1, 0.75f);
        Path b = map("b", 0.8f, 0.75f, 0.2f, no, 0.5f, 1.5f);
        Path c = map("c", 1, 0, 1, 1, 1, 2);
        Path out = folder.resolve("p.nii.gz");
        Object[] maps = {"--maps", "a=" + a, "b=" + b, "c=" + c, "--out", out, "--rule", "fused"};
        Cli.Said said = decide(folder, STATED, maps);
        assertEquals("", said.err());
        assertEquals(
                "rule fused, 6 voxels: 2 yes, 1 no, 1 unknown, 2 refused, in 0 experts conflict\n",
                said.out());
        assertEquals(1, said.code());
        assertArrayEquals(
                new float[] {36f / 37, 0.5f, 0.2f, no, no, no}, voxels("p.nii.gz"), 1e-6f);
        assertArrayEquals(new float[] {1, 1, 0, no, no, no}, voxels("p.answer.nii.gz"), 0);
        // 3 : 1 against each other: (1 − 1/3)²
        assertEquals(4 / 9f, voxels("p.conflict.nii.gz")[1], 1e-6f);
        maps[7] = "words";
        maps[5] = folder.resolve("w.nii.gz");
        assertEquals(1, decide(folder, STATED, maps).code());
        assertArrayEquals(new float[] {1, 0, no, no, 1, no}, voxels("w.answer.nii.gz"), 0);
        assertArrayEquals(voxels("w.answer.nii.gz"), voxels("w.nii.gz"), "no probability");
    }

    @Test
    void mapsAreDecidedByWhatATableTaught() throws IOException {
        Path table = patients(folder);
        Path out = folder.resolve("d.csv");
        String plan = PLAN.replace("  votes: {vote: {quorum: 0.4}}\n", "");
        decide(folder, plan, "--cohort", table, "--out", out);
        Csv csv = Csv.read(out);
        int[] rows = {1, 2, 3, 4, 5, 6};
        float[][] said = new float[3][6];
        for (int n = 0; n < 6; n++) {
            said[0][n] = (float) Double.parseDouble(cell(csv, rows[n], "a"));
            said[1][n] = (float) Double.parseDouble(cell(csv, rows[n], "b"));
            said[2][n] = cell(csv, rows[n], "c").equals("yes") ? 1 : 0;
        }
        Path map = folder.resolve("m.nii.gz");
        Cli.Said again =
                decide(
                        folder,
                        plan,
                        "--cohort",
                        table,
                        "--rule",
                        "fused",
                        "--out",
                        map,
                        "--maps",
                        "a=" + map("a", said[0]),
                        "b=" + map("b", said[1]),
                        "c=" + map("c", said[2]));
        assertEquals("", again.err());
        for (int n = 0; n < 6; n++) {
            double p = Double.parseDouble(cell(csv, rows[n], "fused.probability"));
            assertEquals(p, voxels("m.nii.gz")[n], 1e-6, "row " + n);
        }
    }

    @Test
    void mapsThatDoNotFitAreRefused() throws IOException {
        Path a = map("a", 0.9f, 0.2f);
        Path b = map("b", 0.9f, 0.2f, 0.1f, 0.2f);
        Path out = folder.resolve("p.nii.gz");
        Object[] maps = {"--maps", "a=" + a, "b=" + b, "c=" + a, "--out", out, "--rule", "fused"};
        assertEquals(
                "diapason: b.nii.gz: lies on another grid than the map before it. Bring the maps to one"
                        + " grid: diapason warp.\n",
                decide(folder, STATED, maps).err());
        maps[7] = "fuse";
        assertEquals(
                "diapason: --rule fuse: there is no such rule; did you mean \"fused\"?\n",
                decide(folder, STATED, maps).err());
        assertEquals(
                "diapason: --maps has no map of the expert b; add b=FILE, or take the expert out of the"
                        + " plan\n",
                decide(folder, STATED, "--maps", "a=" + a, "--out", out, "--rule", "fused").err());
        assertEquals(
                "diapason: the plan learns from the column \"y\", and maps have none: add --cohort with"
                        + " the table to learn from.\n",
                decide(
                                folder, PLAN, "--maps", "a=" + a, "b=" + a, "c=" + a, "--out", out,
                                "--rule", "fused")
                        .err());
        assertEquals(
                "diapason: decide needs --cohort with a table, or --maps with images\n",
                decide(folder, PLAN, "--out", out).err());
    }
}
