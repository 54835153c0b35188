package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.diapason.io.Images;
import org.diapason.io.transform.Transforms;
import org.diapason.registration.LinearModel;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterCommandTest {
    private static final Geometry GRID = Geometry.of(40, 36, 32, 2, 2, 2);
    private static final double[] CENTRE = {39, 35, 31};
    private static final Affine POSE =
            LinearModel.RIGID.at(new double[] {5, -3, 2, 0.05, -0.1, 0.15}, CENTRE);

    /** x, y, z, radii in mm, two contrasts. */
    private static final double[][] EGGS = {
        {39, 35, 31, 30, 23, 18, 100, 50},
        {26, 33, 34, 8, 7, 6, 60, -40},
        {50, 40, 27, 6, 8, 5, -70, 90},
    };

    @TempDir Path folder;
    private Path ct;
    private Path pet;

    @BeforeEach
    void draw() {
        ct = image("ct.nii.gz", 0, Affine.IDENTITY);
        pet = image("pet.nii.gz", 1, POSE);
    }

    /** Draws the object with its place p at {@code pose(p)}. */
    private Path image(String name, int contrast, Affine pose) {
        Affine back = pose.inverse();
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / GRID.ni();
            double[] p = GRID.toWorld(v % GRID.ni(), row % GRID.nj(), row / GRID.nj()).toArray();
            back.apply(p);
            for (double[] e : EGGS) {
                double square = 0;
                for (int a = 0; a < 3; a++) {
                    square += (p[a] - e[a]) * (p[a] - e[a]) / (e[3 + a] * e[3 + a]);
                }
                double out = (Math.sqrt(square) - 1) * e[4] / 0.7;
                values[v] += (float) (e[6 + contrast] / (1 + StrictMath.exp(out)));
            }
        }
        Path file = folder.resolve(name);
        Images.write(file, Image.of(Volume.of(GRID, values, Quantity.UNKNOWN)));
        return file;
    }

    private static double apart(Transform found) {
        double most = 0;
        for (double[] e : EGGS) {
            double[] p = {e[0] + e[3], e[1], e[2] - e[5]};
            double[] q = p.clone();
            found.apply(p);
            POSE.apply(q);
            for (int a = 0; a < 3; a++) {
                most = Math.max(most, Math.abs(p[a] - q[a]));
            }
        }
        return most;
    }

    /** Registers the PET image on the CT one with options. */
    private Cli.Said rigid(Object... options) {
        List<Object> line = new ArrayList<>(List.of("register", ct, pet, "--transform", "rigid"));
        line.addAll(List.of(options));
        return Cli.run(line.toArray());
    }

    @Test
    void theVerdictComesFirstAndTheFilesAreWritten() throws Exception {
        Path t = folder.resolve("t.json");
        Path warped = folder.resolve("w.nii.gz");
        Path certificate = folder.resolve("c.json");
        Cli.Said said = rigid("--out", t, "--warped", warped, "--certificate", certificate);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        String[] lines = said.out().split("\n");
        assertTrue(lines[0].equals("pass") || lines[0].equals("warn"), said.out());
        assertTrue(said.out().contains("rotation         10."), said.out());
        Matcher shift =
                Pattern.compile("shift {12}(\\S+), (\\S+), (\\S+) mm \\(x, y, z, LPS\\)")
                        .matcher(said.out());
        assertTrue(shift.find(), said.out());
        assertEquals(5, Double.parseDouble(shift.group(1)), 0.3);
        assertEquals(-3, Double.parseDouble(shift.group(2)), 0.3);
        assertEquals(2, Double.parseDouble(shift.group(3)), 0.3);
        assertTrue(said.out().contains("overlap          "), said.out());
        Transform found = Transforms.read(t);
        assertTrue(apart(found) < 0.3, "off by " + apart(found) + " mm");
        Volume moved = Images.read(warped).volume();
        Volume truth = Images.read(image("truth.nii.gz", 1, Affine.IDENTITY)).volume();
        assertEquals(GRID.ni(), moved.geometry().ni());
        int at = GRID.index(13, 16, 17); // in the second egg
        assertEquals(truth.values()[at], moved.values()[at], 2);
        assertTrue(Files.readString(certificate).contains("\"overlap\""));
    }

    @Test
    void theSameFilesAreWrittenOnAnyNumberOfThreads() throws Exception {
        byte[][] bytes = new byte[2][];
        for (int n = 0; n < 2; n++) {
            Path t = folder.resolve("t" + n + ".json");
            rigid("--out", t, "--threads", 1 + 2 * n);
            bytes[n] = Files.readAllBytes(t);
        }
        assertArrayEquals(bytes[0], bytes[1]);
    }

    @Test
    void aStartIsGoneOnFrom() {
        Path start = folder.resolve("start.json");
        Path t = folder.resolve("t.json");
        Affine near = LinearModel.RIGID.at(new double[] {4, -2, 1, 0, 0, 0.1}, CENTRE);
        Transforms.write(start, near);
        Cli.Said said = rigid("--out", t, "--start", start);
        assertEquals("", said.err());
        assertTrue(apart(Transforms.read(t)) < 0.3);
    }

    @Test
    void whatCannotBeRegisteredExitsWithOneAndSaysWhy() throws Exception {
        Path flat = folder.resolve("flat.nii.gz");
        Volume nothing = Volume.of(GRID, new float[GRID.voxels()], Quantity.UNKNOWN);
        Images.write(flat, Image.of(nothing));
        Path t = folder.resolve("t.json");
        Path certificate = folder.resolve("c.json");
        Cli.Said said =
                Cli.run(
                        "register",
                        ct,
                        flat,
                        "--transform",
                        "rigid",
                        "--out",
                        t,
                        "--certificate",
                        certificate);
        assertEquals(1, said.code(), said.out() + said.err());
        assertEquals("fail", said.out().split("\n")[0]);
        assertTrue(said.out().contains("all its 46080 voxels hold one value"), said.out());
        assertFalse(Files.exists(t), "no transform was found");
        assertFalse(said.out().contains("overlap"), "nothing was compared: " + said.out());
        assertTrue(Files.readString(certificate).contains("\"fail\""));
    }

    @Test
    void anUnknownTransformIsUsageAndNothingIsWritten() {
        Path t = folder.resolve("t.json");
        Cli.Said said = Cli.run("register", ct, pet, "--transform", "elastic", "--out", t);
        assertEquals(2, said.code());
        assertEquals(
                "diapason: --transform elastic: known: translation, rigid, similarity, affine,"
                        + " diffeo.\n",
                said.err());
        assertFalse(Files.exists(t));
    }

    @Test
    void amongWordsTheNearestIsNamed() {
        assertEquals(
                "diapason: --transform rigit: did you mean \"rigid\"?\n",
                wrong("--transform", "rigit"));
        assertEquals("diapason: --metric sdd: did you mean \"ssd\"?\n", wrong("--metric", "sdd"));
        assertEquals(
                "diapason: --start idntity: there is no such file; did you mean \"identity\"?\n",
                wrong("--start", "idntity"));
        assertEquals(
                "diapason: --start t.json: there is no such file; give a transform, or"
                        + " identity.\n",
                wrong("--start", "t.json"));
    }

    private String wrong(String option, String word) {
        boolean model = option.equals("--transform");
        Path t = folder.resolve("t.json");
        Cli.Said said =
                model
                        ? Cli.run("register", ct, pet, option, word, "--out", t)
                        : rigid(option, word, "--out", t);
        assertEquals(2, said.code());
        return said.err();
    }

    /** A search takes a minute: what cannot be written is told before it. */
    @Test
    void whatCannotBeWrittenIsSaidBeforeTheSearch() throws Exception {
        byte[] read = Files.readAllBytes(ct);
        String over = written(ct, folder.resolve("w.nii.gz"));
        assertTrue(over.contains("--out would write over ct.nii.gz"), over);
        assertArrayEquals(read, Files.readAllBytes(ct));
        String form = written(folder.resolve("t.jsn"), folder.resolve("w.nii.gz"));
        assertEquals(
                "diapason: t.jsn: transforms are not written as \".jsn\"; did you mean \".json\"?\n",
                form);
        String image = written(folder.resolve("t.json"), folder.resolve("w.nii.gx"));
        assertTrue(image.startsWith("diapason: w.nii.gx: images are not written as "), image);
        String under = written(ct.resolve("a/t.json"), folder.resolve("w.nii.gz"));
        assertEquals(
                "diapason: t.json: nothing can be written under " + ct + ". Name another place.\n",
                under);
        assertEquals(
                "diapason: w.png: PNG holds whole numbers, and what is interpolated is none. Write"
                        + " .tif, .nii.gz, .nrrd or .mha.\n",
                written(folder.resolve("t.json"), folder.resolve("w.png")));
        Path mat = folder.resolve("t.mat");
        Cli.Said chain = Cli.run("register", ct, pet, "--transform", "diffeo", "--out", mat);
        assertEquals(
                "diapason: ITK's .mat cannot hold a chain. Write it as .json, or as a field on the"
                        + " fixed image's grid: diapason transform-convert T OUT.nii.gz --like"
                        + " FIXED\n",
                chain.err());
    }

    /**
     * NIfTI holds no matrix, but the shifts of every voxel of the fixed image; folders are made.
     */
    @Test
    void aRigidTransformMayBeWrittenAsAField() {
        Path field = folder.resolve("new/t.nii.gz");
        Cli.Said said = rigid("--out", field, "--no-probe");
        assertEquals("", said.err());
        assertTrue(Transforms.read(field) instanceof DisplacementField);
        assertTrue(apart(Transforms.read(field)) < 0.5);
    }

    private String written(Path t, Path warped) {
        Cli.Said said = rigid("--out", t, "--warped", warped);
        assertEquals(2, said.code());
        return said.err();
    }

    /** Where headers are right nothing else is tried; equal contrasts are compared as they are. */
    @Test
    void theHeadersMayBeTheStartAndSquaredDifferencesTheMetric() {
        Path t = folder.resolve("t.json");
        Cli.Said said =
                Cli.run(
                        "register",
                        ct,
                        image("again.nii.gz", 0, Affine.shift(1, 0, -0.5)),
                        "--transform",
                        "translation",
                        "--out",
                        t,
                        "--start",
                        "identity",
                        "--metric",
                        "ssd",
                        "--no-probe");
        assertEquals("", said.err());
        double[] p = {39, 35, 31};
        Transforms.read(t).apply(p);
        assertArrayEquals(new double[] {40, 35, 30.5}, p, 0.1);
    }

    /** A picture without a word on its size counts in pixels, wherever a length is told. */
    @Test
    void picturesOfUnknownSizeAreToldInPixels() throws Exception {
        Path fixed = picture("fixed.png", 0, 0);
        Path moving = picture("moving.png", 4, -3);
        Path page = folder.resolve("page.html");
        Cli.Said said =
                Cli.run(
                        "register",
                        fixed,
                        moving,
                        "--transform",
                        "rigid",
                        "--out",
                        folder.resolve("t.json"),
                        "--report",
                        page);
        assertTrue(said.out().contains(" pixels (x, y, z, LPS)"), said.out() + said.err());
        assertTrue(said.out().contains(" pixels mean, "), said.out());
        Pattern mm = Pattern.compile("[ >]mm\\b");
        assertFalse(mm.matcher(said.out()).find(), said.out());
        String html = Files.readString(page);
        Matcher told = mm.matcher(html.substring(html.indexOf("<body")));
        assertFalse(told.find(), "the page says mm");
        assertTrue(html.contains("96 × 80 pixels whose size no file says"));
        Cli.Said inMm =
                Cli.run(
                        "register",
                        ct,
                        pet,
                        "--transform",
                        "rigid",
                        "--out",
                        folder.resolve("t.json"));
        assertFalse(inMm.out().contains("pixels"), inMm.out());
    }

    /** Four discs, moved by whole pixels, in a file that states no spacing. */
    private Path picture(String name, int right, int down) throws Exception {
        BufferedImage image = new BufferedImage(96, 80, BufferedImage.TYPE_BYTE_GRAY);
        int[][] discs = {{48, 40, 26, 120}, {38, 34, 8, 70}, {60, 48, 6, -90}, {46, 54, 5, 100}};
        for (int y = 0; y < 80; y++) {
            for (int x = 0; x < 96; x++) {
                double sum = 20;
                for (int[] d : discs) {
                    double r = StrictMath.hypot(x - right - d[0], y - down - d[1]);
                    sum += d[3] / (1 + StrictMath.exp(r - d[2]));
                }
                image.getRaster().setSample(x, y, 0, Math.min(255, sum));
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
