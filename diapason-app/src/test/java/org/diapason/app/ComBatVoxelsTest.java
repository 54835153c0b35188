package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.VoxelModelFile;
import org.diapason.math.Rng;
import org.diapason.step.Fold;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.table.ComBat;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComBatVoxelsTest {
    private static final int EXAMS = 30;
    private static final Geometry GRID =
            new Geometry(7, 6, 5, Numbers.of(1, 2, 2.5), Numbers.of(-30, 12, 5), Geometry.IDENTITY);

    @TempDir Path folder;
    private Path cohort;
    private Path mask;
    private Path out;
    private boolean[] inside;
    private final float[][] images = new float[EXAMS][];
    private final List<SortedMap<String, String>> covariates = new ArrayList<>();

    @BeforeEach
    void makeCohort() throws IOException {
        Rng rng = new Rng(5);
        inside = new boolean[GRID.voxels()];
        for (int v = 0; v < inside.length; v++) {
            inside[v] = v % 7 != 0;
        }
        mask = folder.resolve("mask.nii.gz");
        out = folder.resolve("out");
        Nifti.writeMask(mask, Mask.of(GRID, inside));
        StringBuilder table = new StringBuilder("exam,image.gm,site,age\n");
        for (int e = 0; e < EXAMS; e++) {
            int site = e % 3;
            int age = 40 + rng.nextInt(30);
            images[e] = new float[GRID.voxels()];
            for (int v = 0; v < images[e].length; v++) {
                double noise = (1 + 0.3 * site) * rng.nextGaussian();
                images[e][v] = (float) (100 + v + 3 * site - 0.2 * age + noise);
            }
            images[e][10] = 5; // a constant voxel passes
            if (e == 4) {
                images[e][11] = Float.NaN;
            }
            String id = "P" + (100 + e);
            Nifti.write(
                    folder.resolve(id + "-gm.nii"), Volume.of(GRID, images[e], Quantity.UNKNOWN));
            String name = "S" + site;
            table.append(id).append(',').append(id).append("-gm.nii,").append(name).append(',');
            table.append(age).append('\n');
            covariates.add(new TreeMap<>(Map.of("site", name, "age", "" + age)));
        }
        cohort = folder.resolve("cohort.csv");
        Files.writeString(cohort, table.toString());
    }

    private Cli.Said voxels(Path to, Object... more) {
        List<Object> words =
                new ArrayList<>(List.of("combat", "voxels", "--cohort", cohort, "--image", "gm"));
        words.addAll(List.of("--out", to));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private Cli.Said fit() {
        return voxels(out, "--mask", mask, "--batch", "site", "--protect", "age");
    }

    @Test
    void voxelsAreHarmonizedAsAreFeaturesOfATable() {
        Cli.Said said = fit();
        assertEquals(0, said.code(), said.err());
        assertEquals(
                "180 voxels of 30 of 30 images harmonized\nimages: "
                        + out
                        + "\nmodel: "
                        + out.resolve("model")
                        + "\n",
                said.out());
        double[][] rows = new double[EXAMS][180];
        for (int e = 0; e < EXAMS; e++) {
            int n = 0;
            for (int v = 0; v < inside.length; v++) {
                if (inside[v]) {
                    rows[e][n++] = images[e][v];
                }
            }
        }
        List<String> exams = covariates.stream().map(c -> "e").toList();
        FeatureTable table =
                FeatureTable.of(VoxelModelFile.names(180), exams, exams, rows, covariates);
        List<Step<FeatureTable>> steps =
                Fold.learn(
                        List.of(ComBat.of("site", List.of("age"))), Fold.rows(table), new Trace());
        FeatureTable after = Fold.apply(steps, table, new Trace());
        for (int e = 0; e < EXAMS; e++) {
            Volume image = Nifti.read(out.resolve("P" + (100 + e) + ".nii.gz")).volume();
            assertTrue(image.geometry().isClose(GRID, 1e-6));
            int n = 0;
            for (int v = 0; v < inside.length; v++) {
                if (inside[v]) {
                    // values reach 310: a 32-bit step is 3e-5, and alpha, beta, sigma have one each
                    assertEquals(after.row(e)[n++], image.values()[v], 1e-4, e + ", " + v);
                } else {
                    assertEquals(0, image.values()[v]);
                }
            }
            assertEquals(5, image.values()[10]);
            assertEquals(e == 4, Float.isNaN(image.values()[11]));
        }
    }

    @Test
    void theModelTakesLaterImagesToTheSameBytesOnAnyThreads() throws IOException {
        fit();
        Path again = folder.resolve("again");
        Cli.Said said = voxels(again, "--model", out.resolve("model"), "--threads", 1);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        for (int e = 0; e < EXAMS; e++) {
            String name = "P" + (100 + e) + ".nii.gz";
            assertArrayEquals(
                    Files.readAllBytes(out.resolve(name)), Files.readAllBytes(again.resolve(name)));
        }
        Files.writeString(
                cohort, Files.readString(cohort).replaceFirst("P100-gm.nii,S0", "P100-gm.nii,S9"));
        Path third = folder.resolve("third");
        Cli.Said unknown = voxels(third, "--model", out.resolve("model"));
        assertEquals(1, unknown.code());
        assertEquals(
                "left out: exam P100: site \"S9\" was not in the fit (it knows S0, S1, S2). Correct"
                        + " it, leave this exam out, or fit anew with exams of it.\n",
                unknown.err());
        assertTrue(Files.exists(third.resolve("P101.nii.gz")));
    }

    /** Text at byte 148, qform code at 252, an unused spacing at 92. */
    @Test
    void theHeaderOfAnImageIsKept() throws IOException {
        Path file = folder.resolve("P103-gm.nii");
        ByteBuffer old = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        old.position(148).put("smoothed 8 mm".getBytes(StandardCharsets.US_ASCII));
        old.putShort(252, (short) 4).putFloat(92, 2.5f);
        Files.write(file, old.array());
        fit();
        Path made = folder.resolve("out/P103.nii.gz");
        byte[] bytes;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(made))) {
            bytes = in.readAllBytes();
        }
        byte[] before = Arrays.copyOf(old.array(), 352);
        assertArrayEquals(before, Arrays.copyOf(bytes, 352));
        assertEquals(352 + 4 * GRID.voxels(), bytes.length);
    }

    /** An extension of 16 bytes, type 6 (comment), between header and voxels. */
    @Test
    void extensionsOfAHeaderAreSaidToBeLeftOut() throws IOException {
        Path file = folder.resolve("P103-gm.nii");
        byte[] old = Files.readAllBytes(file);
        ByteBuffer longer = ByteBuffer.allocate(old.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        longer.put(old, 0, 352)
                .putInt(16)
                .putInt(6)
                .put("Jane Doe".getBytes(StandardCharsets.US_ASCII));
        longer.put(old, 352, old.length - 352);
        longer.put(348, (byte) 1).putFloat(108, 368);
        Files.write(file, longer.array());
        Cli.Said said = fit();
        String warning =
                "\nwarning: some images have extensions of the NIfTI header, which are not written.\n";
        assertTrue(said.err().endsWith(warning), said.err());
        assertEquals(0, said.code());
        assertArrayEquals(
                images[3],
                Nifti.read(file).volume().values(),
                "the voxels are where the header says");
        byte[] made;
        try (GZIPInputStream in =
                new GZIPInputStream(Files.newInputStream(out.resolve("P103.nii.gz")))) {
            made = in.readAllBytes();
        }
        assertEquals(352 + 4 * GRID.voxels(), made.length);
        assertEquals(0, made[348]);
    }

    @Test
    void anImageOnAnotherGridIsRefusedByName() {
        Geometry moved =
                new Geometry(
                        7, 6, 5, Numbers.of(1, 2, 2.5), Numbers.of(-29, 12, 5), Geometry.IDENTITY);
        Nifti.write(folder.resolve("P107-gm.nii"), Volume.of(moved, images[7], Quantity.UNKNOWN));
        Cli.Said said = fit();
        assertEquals(1, said.code());
        assertEquals(
                "diapason: exam P107, P107-gm.nii: its grid (7 × 6 × 5 voxels of 1.000 × 2.000 ×"
                        + " 2.500 mm from -29.00 × 12.00 × 5.00 mm) is not that of the mask (7 × 6"
                        + " × 5 voxels of 1.000 × 2.000 × 2.500 mm from -30.00 × 12.00 × 5.00 mm),"
                        + " so its voxels are not the same places. Register and resample it to the"
                        + " mask.\n",
                said.err());
    }

    @Test
    void anImageIsNeverWrittenOver() throws IOException {
        Files.move(folder.resolve("P102-gm.nii"), folder.resolve("P102.nii"));
        Files.writeString(cohort, Files.readString(cohort).replace("P102-gm.nii", "./P102.nii"));
        Cli.Said said = voxels(folder, "--mask", mask, "--batch", "site", "--uncompressed");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: exam P102: --out would write over P102.nii, which this command reads or"
                        + " writes itself. Name another.\n",
                said.err());
    }

    /** Exam P102 would be written over the image of P105 before that is read. */
    @Test
    void theImageOfAnotherExamIsNeverWrittenOver() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        Files.move(folder.resolve("P105-gm.nii"), folder.resolve("P102.nii"));
        Files.writeString(cohort, Files.readString(cohort).replace("P105-gm.nii", "P102.nii"));
        Cli.Said said = voxels(link, "--mask", mask, "--batch", "site", "--uncompressed");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: exam P102: --out would write over P102.nii, which this command reads or"
                        + " writes itself. Name another.\n",
                said.err());
    }

    @Test
    void aMapThatWasChangedIsRefused() {
        fit();
        Path map = out.resolve("model/gamma-2.nii.gz");
        Volume gamma = Nifti.read(map).volume();
        float[] values = gamma.values().clone();
        values[8] += 0.5f;
        Nifti.write(map, gamma.withValues(values));
        Cli.Said said = voxels(folder.resolve("again"), "--model", out.resolve("model"));
        assertEquals(1, said.code());
        assertEquals(
                "diapason: model: the map gamma-2.nii.gz is not the one that model.json was written"
                        + " with. Restore the folder, or fit anew.\n",
                said.err());
    }

    @Test
    void whatAFitNeedsAndAModelHasIsSaid() {
        assertEquals(
                "diapason: a fit needs --mask and --batch; or give --model to take what was learned"
                        + " before.\n",
                voxels(out, "--mask", mask).err());
        assertEquals(
                "diapason: --model has its mask, batch and settings, and nothing is fitted: leave"
                        + " --method, --mask out.\n",
                voxels(out, "--model", out, "--mask", mask, "--method", "none").err());
        assertEquals(
                "diapason: --protect names age, which is to be predicted: every row would be moved by"
                        + " its own answer, and a prediction tested on it would look better than it"
                        + " is. Leave age out of --protect.\n",
                voxels(
                                out,
                                "--mask",
                                mask,
                                "--batch",
                                "site",
                                "--protect",
                                "s(age)",
                                "--target",
                                "age")
                        .err());
        assertTrue(
                voxels(out, "--mask", mask, "--batch", "sit")
                        .err()
                        .startsWith("diapason: the cohort table has no column \"sit\""));
    }
}
