package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Rng;
import org.diapason.registration.LinearModel;
import org.diapason.report.RegisteredImages;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files in different poses to one table. */
class RegisteredRunTest {
    private static final Geometry CT = Geometry.of(40, 36, 32, 2, 2, 2);
    private static final Geometry PET = Geometry.of(27, 25, 22, 3, 3, 3);
    private static final double[] CENTRE = {39, 35, 31};

    /** x, y, z, radii in mm, two contrasts. */
    private static final double[][] EGGS = {
        {39, 35, 31, 30, 23, 18, 100, 50},
        {26, 33, 34, 8, 7, 6, 60, 90},
        {50, 40, 27, 6, 8, 5, -70, 20},
    };

    /** The learner stands between both, so that exams are put down while they carry transforms. */
    private static final String RECIPE =
            """
            images:
              - register: {moving: pet, to: ct, transform: rigid}
              - nyul: {image: pet, mask: body}
              - common-grid: {onto: ct, spacing-mm: 3}
            features:
              - ibsi: {image: pet, mask: lesion, families: [statistics]}
            """;

    @TempDir Path folder;

    private static Affine pose(int n) {
        return LinearModel.RIGID.at(
                new double[] {5 - 3 * n, -3, 2, 0.05, -0.1, 0.15 - 0.2 * n}, CENTRE);
    }

    /** Says whether a place lies in an egg; more than 0 the nearer. */
    private static double in(double[] e, double[] p) {
        double square = 0;
        for (int a = 0; a < 3; a++) {
            square += (p[a] - e[a]) * (p[a] - e[a]) / (e[3 + a] * e[3 + a]);
        }
        return 1 - Math.sqrt(square);
    }

    private Volume draw(String name, int contrast, Geometry g, Affine pose, long seed) {
        Affine back = pose.inverse();
        Rng rng = new Rng(seed);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            int row = v / g.ni();
            double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
            back.apply(p);
            values[v] = (float) (100 + rng.nextGaussian());
            for (double[] e : EGGS) {
                values[v] +=
                        (float) (e[6 + contrast] / (1 + StrictMath.exp(-in(e, p) * e[4] / 0.7)));
            }
        }
        Volume volume = Volume.of(g, values, Quantity.UNKNOWN);
        Nifti.write(folder.resolve(name + ".nii.gz"), volume);
        return volume;
    }

    private void mask(String name, Geometry g, double[] egg, Affine pose) {
        Affine back = pose.inverse();
        boolean[] inside = new boolean[g.voxels()];
        for (int v = 0; v < inside.length; v++) {
            int row = v / g.ni();
            double[] p = g.toWorld(v % g.ni(), row % g.nj(), row / g.nj()).toArray();
            back.apply(p);
            inside[v] = in(egg, p) >= 0;
        }
        Nifti.writeMask(folder.resolve(name + ".nii.gz"), Mask.of(g, inside));
    }

    @BeforeEach
    void write() throws IOException {
        StringBuilder table =
                new StringBuilder("exam,image.ct,image.pet,quantity.pet,mask.body,mask.lesion\n");
        for (int n = 0; n < 3; n++) {
            draw("ct" + n, 0, CT, Affine.IDENTITY, 1 + n);
            draw("pet" + n, 1, PET, pose(n), 7 + n);
            mask("body" + n, PET, EGGS[0], pose(n));
            mask("lesion" + n, CT, EGGS[1], Affine.IDENTITY);
            table.append(
                    "E%d,ct%d.nii.gz,pet%d.nii.gz,MR,body%d.nii.gz,lesion%d.nii.gz\n"
                            .replace("%d", "" + n));
        }
        Nifti.write(
                folder.resolve("pet2.nii.gz"),
                Volume.of(PET, new float[PET.voxels()], Quantity.UNKNOWN));
        Files.writeString(folder.resolve("cohort.csv"), table.toString());
    }

    private Cli.Said run(String recipe, String out, int threads) throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), recipe);
        return Cli.run(
                "run",
                folder.resolve("recipe.yaml"),
                "--cohort",
                folder.resolve("cohort.csv"),
                "--out",
                folder.resolve(out),
                "--threads",
                threads);
    }

    @Test
    void aRunPutsWhatLaysApartOnOneGridAndSaysHow() throws IOException {
        Cli.Said said = run(RECIPE, "out", 2);
        Path out = folder.resolve("out");
        assertEquals(1, said.code(), "one exam is refused: " + said.out() + said.err());
        Csv outcomes = Csv.read(out.resolve("outcomes.csv"));
        assertEquals(
                List.of("E2", "refused", "register"), outcomes.rows().get(2).cells().subList(0, 3));
        for (int n = 0; n < 2; n++) {
            Transform found = Transforms.read(out.resolve("transforms/E" + n + "/pet.json"));
            for (double[] e : EGGS) {
                double[] p = {e[0] + e[3], e[1], e[2] - e[5]};
                double[] q = p.clone();
                found.apply(p);
                pose(n).apply(q);
                assertArrayEquals(q, p, 0.5);
            }
            Path images = out.resolve("images/E" + n);
            Geometry grid = Nifti.readGeometry(images.resolve("ct.nii.gz"));
            assertEquals(3, grid.spacing(0), 1e-6);
            for (String name : List.of("pet", "body.mask", "lesion.mask")) {
                assertTrue(
                        grid.isClose(Nifti.readGeometry(images.resolve(name + ".nii.gz")), 1e-6));
            }
            assertFalse(Files.exists(out.resolve("transforms/E" + n + "/ct.json")), "it stayed");
        }
        Csv features = Csv.read(out.resolve("features.csv"));
        assertEquals(2, features.rows().size());
        assertDrawn("out", "E0 · pet to ct");
        assertDrawn("out", "E1 · pet to ct");
        assertFalse(report("out").contains("E2 · pet to ct"), "nothing was found to be drawn");
    }

    private String report(String out) throws IOException {
        return Files.readString(folder.resolve(out).resolve("report.html"));
    }

    /** The pictures of a pair show less difference after than before: half of it or less. */
    private void assertDrawn(String out, String title) throws IOException {
        String report = report(out);
        int at = report.indexOf("<summary><b>" + title + "</b>");
        assertTrue(at > 0, title + " is drawn");
        Matcher rms =
                Pattern.compile("Root mean square (\\S+) before, (\\S+) after").matcher(report);
        assertTrue(rms.find(at));
        double before = Double.parseDouble(rms.group(1));
        double after = Double.parseDouble(rms.group(2));
        assertTrue(2 * after < before, title + ": " + rms.group());
    }

    /** Why it was refused is seen: where the search ended lies beside where the headers are. */
    @Test
    void aRefusedPairIsDrawnFirstWithTheReason() throws IOException {
        Rng rng = new Rng(17);
        float[] noise = new float[PET.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) (100 + 30 * rng.nextGaussian());
        }
        Nifti.write(folder.resolve("pet2.nii.gz"), Volume.of(PET, noise, Quantity.UNKNOWN));
        run(RECIPE, "out", 2);
        Csv outcomes = Csv.read(folder.resolve("out/outcomes.csv"));
        List<String> lost = outcomes.rows().get(2).cells();
        assertEquals(List.of("E2", "refused", "register"), lost.subList(0, 3));
        String who = "exam E2, image pet to ct: ";
        String reason = lost.get(lost.size() - 1);
        assertTrue(reason.startsWith(who), reason);
        String report = report("out");
        Matcher drawn =
                Pattern.compile("<summary><b>(E\\d) · pet to ct</b>(.*?)</summary>")
                        .matcher(report);
        assertTrue(drawn.find());
        assertEquals("E2", drawn.group(1));
        assertTrue(drawn.group(2).contains("refused: fail (unrelated"), drawn.group(2));
        assertTrue(drawn.group(2).contains(reason.substring(who.length())), drawn.group(2));
        assertTrue(drawn.find() && drawn.find(), "the two others are drawn too");
        assertTrue(report.contains(">refused: fail (unrelated"), "it stands in the table too");
        assertFalse(Files.exists(folder.resolve("out/traces/E2.json")));
        assertFalse(Files.exists(folder.resolve("out/transforms/E2")));
    }

    @Test
    void refusedPairsLeaveRoomForThoseThatWentOn() {
        List<RegisteredImages.Row> rows =
                List.of(
                        row("a", true),
                        row("b", true),
                        row("c", true),
                        row("d", false),
                        row("e", false));
        assertEquals(
                "abdec",
                RegisteredPairs.inTurn(rows).stream()
                        .map(RegisteredImages.Row::exam)
                        .collect(Collectors.joining()));
        assertEquals(rows.subList(3, 5), RegisteredPairs.inTurn(rows.subList(3, 5)));
    }

    private static RegisteredImages.Row row(String exam, boolean refused) {
        return new RegisteredImages.Row(
                exam, "pet", refused ? Map.of("pet.refused", "constant") : Map.of());
    }

    /** The image that moved stays: what is drawn lies on its grid, and the other one is moved. */
    @Test
    void aPairIsDrawnOnTheGridOfWhicheverImageStayed() throws IOException {
        run(
                """
                images:
                  - register: {moving: pet, to: ct, transform: rigid}
                  - common-grid: {onto: pet, spacing-mm: 3}
                features:
                  - ibsi: {image: pet, mask: lesion, families: [statistics]}
                """,
                "out",
                2);
        assertFalse(Files.exists(folder.resolve("out/transforms/E0/pet.json")), "it stayed");
        assertDrawn("out", "E0 · pet to ct");
    }

    @Test
    void theSameBytesAreWrittenOnAnyNumberOfThreads() throws IOException {
        run(RECIPE, "one", 1);
        run(RECIPE, "three", 3);
        for (String file :
                List.of(
                        "features.csv",
                        "fitted.json",
                        "transforms/E0/pet.json",
                        "report.html",
                        "traces/E0.json")) {
            assertEquals(
                    Files.readString(folder.resolve("one").resolve(file)),
                    Files.readString(folder.resolve("three").resolve(file)),
                    file);
        }
    }

    @Test
    void measuringBeforeTheTransformIsAppliedIsWarnedOf() throws IOException {
        run(
                """
                images:
                  - register: {moving: pet, to: ct, transform: rigid}
                features:
                  - ibsi: {image: pet, mask: body, families: [statistics]}
                """,
                "out",
                2);
        assertTrue(
                Files.readString(folder.resolve("out/traces/E0.json"))
                        .contains("it was registered and is measured where it lay before"));
        assertDrawn("out", "E0 · pet to ct");
    }

    @Test
    void aTemplateIsLearnedAndLaterExamsGoOntoItThroughTheirOtherImages() throws IOException {
        run(
                """
                images:
                  - register: {moving: pet, to: ct, transform: rigid}
                  - group-template: {image: ct, transform: rigid, spacing-mm: 4, rounds: 1}
                  - common-grid: {onto: template}
                features:
                  - ibsi: {image: pet, mask: lesion, families: [statistics]}
                """,
                "out",
                2);
        Path out = folder.resolve("out");
        Path images = out.resolve("images/E1");
        Geometry grid = Nifti.readGeometry(images.resolve("template.nii.gz"));
        assertEquals(4, grid.spacing(0), 1e-6);
        assertTrue(grid.isClose(Nifti.readGeometry(images.resolve("pet.nii.gz")), 1e-6));
        assertTrue(grid.isClose(Nifti.readGeometry(images.resolve("lesion.mask.nii.gz")), 1e-6));
        // both lie on the template: what takes the template to ct and on to pet is known of pet
        Transform toCt = Transforms.read(out.resolve("transforms/E1/ct.json"));
        Transform toPet = Transforms.read(out.resolve("transforms/E1/pet.json"));
        double[] p = {30, 40, 25};
        double[] q = p.clone();
        toCt.apply(p);
        pose(1).apply(p);
        toPet.apply(q);
        assertArrayEquals(p, q, 0.5);
        assertDrawn("out", "E1 · pet to ct");
        assertTrue(report("out").contains("<summary><b>E1 · ct to template</b>"));
        Cli.Said said =
                Cli.run(
                        "apply",
                        out.resolve("fitted.json"),
                        "--cohort",
                        folder.resolve("cohort.csv"),
                        "--out",
                        folder.resolve("new"));
        assertEquals("", said.err());
        assertEquals(
                Files.readString(out.resolve("features.csv")),
                Files.readString(folder.resolve("new/features.csv")));
    }
}
