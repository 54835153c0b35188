package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.catalogue.Tree;
import org.diapason.io.Images;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.dicom.SegWriter;
import org.diapason.io.mesh.MeshFile;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.surface.Mesh;
import org.diapason.surface.MeshCheck;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no surface, several surfaces, or a surface that cannot be printed, is told in words. */
class MeshWordsTest {
    @TempDir Path folder;

    private Path image(String name, Geometry g, float[] values) {
        Path path = folder.resolve(name);
        Images.write(path, Image.of(Volume.of(g, values, Quantity.UNKNOWN)));
        return path;
    }

    private void assertSaid(int code, String message, Object... words) {
        Cli.Said said = Cli.run(words);
        assertEquals("diapason: " + message + "\n", said.err());
        assertEquals(code, said.code());
        assertFalse(Files.exists(folder.resolve("o.stl")));
    }

    @Test
    void whatCannotBeMadeASurfaceIsRefusedInWords() throws IOException {
        Geometry ball = MeshCommandTest.oblique(32);
        Path in = image("a.nii", ball, MeshCommandTest.depth(ball, ball.toWorld(15, 14, 8), 9));
        Path out = folder.resolve("o.stl");
        assertSaid(
                2,
                "one of --threshold, --from-mask and --labels says where the surface lies, got"
                        + " none.",
                "mesh",
                in,
                out);
        assertSaid(
                2,
                "one of --threshold, --from-mask and --labels says where the surface lies, got 2 of"
                        + " them.",
                "mesh",
                in,
                out,
                "--threshold",
                1,
                "--from-mask");
        assertSaid(
                2,
                "o.stk: surfaces are not files of \".stk\"; did you mean \".stl\"?",
                "mesh",
                in,
                folder.resolve("o.stk"),
                "--threshold",
                1);
        assertSaid(
                2,
                "OUT would write over a.nii.stl, which this command reads or writes itself. Name"
                        + " another.",
                "mesh",
                folder.resolve("a.nii.stl"),
                folder.resolve("a.nii.stl"),
                "--threshold",
                1);
        assertSaid(
                2,
                "a.nii: every voxel lies above --threshold -100 (the least is "
                        + Numbers.plain(least(in))
                        + "): the surface would be the box of the image. Give a higher one.",
                "mesh",
                in,
                out,
                "--threshold",
                -100);
        assertTrue(
                Cli.run("mesh", in, out, "--threshold", 1000)
                        .err()
                        .startsWith("diapason: no value lies above the threshold 1000.0: the"));
        float[] nothing = new float[27];
        java.util.Arrays.fill(nothing, Float.NaN);
        Path gaps = image("gaps.nii", Geometry.of(3, 3, 3, 1, 1, 1), nothing);
        assertTrue(
                Cli.run("mesh", gaps, out, "--threshold", 0).err().contains("all are NaN"),
                "all NaN");
        Path flat = image("flat.nii", Geometry.of(9, 9, 1, 1, 1, 1), new float[81]);
        assertSaid(
                1,
                "flat.nii: has 9 × 9 × 1 voxels: a picture encloses nothing. Give a volume of two"
                        + " slices or more.",
                "mesh",
                flat,
                out,
                "--threshold",
                0);
        Path none = image("none.nii", Geometry.of(3, 3, 3, 1, 1, 1), new float[27]);
        assertSaid(
                1,
                "none.nii: no voxel is above 0.5, so there is no surface. Is it the right file?",
                "mesh",
                none,
                out,
                "--from-mask");
        List<float[]> rgb = List.of(new float[27], new float[27], new float[27]);
        Path colour = folder.resolve("colour.nii");
        Geometry g = Geometry.of(3, 3, 3, 1, 1, 1);
        Images.write(colour, Image.of(Volume.of(g, rgb, Channels.COLOURS, Quantity.PICTURE)));
        for (String how : new String[] {"--from-mask", "--labels=all", "--threshold=1"}) {
            Cli.Said said = Cli.run("mesh", colour, out, how);
            assertTrue(said.err().contains("one channel is needed"), said.err());
            assertEquals(1, said.code());
        }
        assertFalse(Files.exists(out));
    }

    private static float least(Path in) {
        float least = Float.POSITIVE_INFINITY;
        for (float v : Images.read(in).volume().values()) {
            least = Math.min(least, v);
        }
        return least;
    }

    @Test
    void labelsBecomeSurfacesThatFit() {
        Geometry g = MeshCommandTest.oblique(20);
        float[] labels = new float[g.voxels()];
        float[] deep = MeshCommandTest.depth(g, g.toWorld(9, 8, 4), 6);
        for (int v = 0; v < labels.length; v++) {
            labels[v] = deep[v] > 0 ? v % 20 < 9 ? 2 : 7 : 0;
        }
        Path in = image("l.nii", g, labels);
        Path out = folder.resolve("o.stl");
        Cli.Said said = Cli.run("mesh", in, out, "--labels", "all", "--json", "-");
        assertEquals(0, said.code(), said.err());
        for (String name : new String[] {"o.2.stl", "o.7.stl"}) {
            Mesh mesh = MeshFile.read(folder.resolve(name)).mesh();
            assertTrue(MeshCheck.of(mesh, true).printable(), name);
        }
        assertFalse(Files.exists(out));
        assertTrue(said.out().contains("\"label\": \"7\""), said.out());
        assertSaid(
                2,
                "--labels: there is no label \"3\"; did you mean \"2\"?",
                "mesh",
                in,
                out,
                "--labels",
                "2,3");
        String warned = Cli.run("mesh", in, out, "--threshold", 1).err();
        assertTrue(warned.startsWith("warning: l.nii holds 3 whole numbers only"), warned);
        String merged = Cli.run("mesh", in, out, "--from-mask").err();
        assertTrue(merged.contains("all above 0.5 are one mask"), merged);
        Cli.Said one = Cli.run("mesh", in + "#7", out, "--from-mask");
        assertEquals("", one.err());
    }

    @Test
    void smallPartsAreToldAndLeftOutWhereAsked() {
        Geometry g = Geometry.of(40, 30, 30, 1, 1, 1);
        float[] values = MeshCommandTest.depth(g, Numbers.of(15, 15, 15), 11.3f);
        for (int n = 0; n < 3; n++) {
            values[g.index(35, 5 + 7 * n, 5)] = 1;
        }
        values[g.index(15, 15, 15)] = -1;
        Path in = image("a.nii", g, values);
        Path out = folder.resolve("p.stl");
        Cli.Said all = Cli.run("mesh", in, out, "--threshold", 0);
        assertTrue(all.out().contains("5 parts (1 of them hollow), 0 handles\n"), all.out());
        assertTrue(
                all.out()
                        .contains(
                                "            3 parts hold less than a thousandth of the largest\n"),
                all.out());
        assertTrue(all.out().contains("(--largest 1 or --min-ml ML leaves small"), all.out());
        String thin = Cli.run("mesh", in, out, "--threshold=0", "--decimate=1e-4").err();
        assertTrue(thin.matches("warning: 4 triangles were asked for, \\d+ are left: .*\n"), thin);
        Cli.Said one = Cli.run("mesh", in, out, "--threshold", 0, "--largest", 1);
        String left = "(?s).*left out    3 parts and hollows of together \\d\\.\\d\\de-6 mL\n.*";
        assertTrue(one.out().matches(left), one.out());
        assertTrue(one.out().contains("2 parts (1 of them hollow)"), one.out());
        Cli.Said solid = Cli.run("mesh", in, out, "--threshold", 0, "--min-ml", 0.01);
        assertTrue(solid.out().contains(" 1 part, 0 handles"), solid.out());
        assertEquals(1, MeshCheck.of(MeshFile.read(out).mesh()).shells());
        assertSaid(
                2,
                "--largest is how many parts to keep, 1 or more, got 0",
                "mesh",
                in,
                folder.resolve("o.stl"),
                "--threshold=0",
                "--largest=0");
        assertTrue(
                Cli.run("mesh", in, out, "--threshold=0", "--min-ml=100")
                        .err()
                        .contains("mL, less than --min-ml. Lower it."));
    }

    /** Of a segmentation each segment gives the very file that its mask as NIfTI gives. */
    @Test
    void everySegmentOfASegmentationIsASurface() throws IOException {
        Geometry g = Geometry.of(20, 18, 12, 1, 1, 2);
        Path ct = folder.resolve("ct");
        DicomCtWriter.write(ct, "s", g, new float[g.voxels()], 1, -1024, Map.of());
        Geometry grid = Images.read(ct).volume().geometry();
        SortedMap<String, Mask> masks = new TreeMap<>();
        for (String name : List.of("Liver", "Spleen")) {
            boolean[] voxels = new boolean[g.voxels()];
            int left = name.equals("Liver") ? 2 : 11;
            for (int v = 0; v < voxels.length; v++) {
                int i = v % 20;
                int k = v / 360;
                voxels[v] = i >= left && i < left + 6 && v / 20 % 18 > 4 && k > 2 && k < 3 + left;
            }
            masks.put(name, Mask.of(grid, voxels));
            Nifti.writeMask(folder.resolve(name + ".nii"), masks.get(name));
        }
        Path seg = folder.resolve("seg.dcm");
        SegWriter.write(seg, masks, ct);
        for (String name : masks.keySet()) {
            Path one = folder.resolve("one.stl");
            Path other = folder.resolve("other.stl");
            Cli.Said said = Cli.run("mesh", seg + "#" + name, one, "--from-mask", "--like", ct);
            assertEquals(0, said.code(), said.err());
            Cli.run("mesh", folder.resolve(name + ".nii"), other, "--from-mask");
            assertEquals(-1, Files.mismatch(one, other), name);
        }
        Path out = folder.resolve("o.stl");
        assertSaid(
                1,
                "seg.dcm: holds 2 regions: \"Liver\", \"Spleen\". Say which one after the file, as"
                        + " in seg.dcm#Liver.",
                "mesh",
                seg,
                out,
                "--from-mask",
                "--like",
                ct);
        assertSaid(
                2,
                "seg.dcm: --labels is for label maps (NIfTI, NRRD, MetaImage). Of a structure set"
                        + " or segmentation give one region at a time: IN#NAME, --from-mask and --like"
                        + " IMAGE.",
                "mesh",
                seg,
                out,
                "--labels",
                "all");
    }

    /**
     * A ball of eight voxels' radius, voxels of a tenth of a micrometre: no length may be "0.00".
     */
    @Test
    void whatIsTinyIsToldWithDigitsThatCount() {
        Geometry g = Geometry.of(24, 24, 24, 1e-4, 1e-4, 1e-4);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            double square = Math.pow(v % 24 - 12, 2) + Math.pow(v / 24 % 24 - 12, 2);
            values[v] = square + Math.pow(v / 576 - 12, 2) < 64 ? 1 : 0;
        }
        Cli.Said said =
                Cli.run("mesh", image("t.nii", g, values), folder.resolve("t.stl"), "--from-mask");
        assertEquals(0, said.code(), said.err());
        assertTrue(said.out().contains("voxels of 1.00e-4 × 1.00e-4 × 1.00e-4 mm\n"), said.out());
        // 4/3 π 0.0008³ = 2.14e-9
        assertTrue(said.out().matches("(?s).*volume 2\\.[01]\\de-9 mm³, box 1\\.\\d\\de-3 .*"));
        assertTrue(said.out().contains("grid        4.75e-5 mm: "), said.out());
        assertFalse(said.out().contains(" 0.000 mm"), said.out());
    }

    @Test
    void aStructureSetIsDrawnOnItsImage() {
        Path data = Path.of(System.getProperty("diapason.data", "../shared/data"));
        Path dro = data.resolve("suv/dro/DRO_0_0");
        assumeTrue(Files.exists(dro), "needs the reference objects: -Ddiapason.data=DIR");
        Path rs = dro.resolve("RS/RS_dro_0_0.dcm");
        Path out = folder.resolve("r.stl");
        assertSaid(
                2,
                "RS_dro_0_0.dcm: has no voxels of its own. If it is a structure set or"
                        + " segmentation, name the image it is drawn on: --like IMAGE.",
                "mesh",
                rs,
                out,
                "--from-mask");
        Cli.Said said =
                Cli.run("mesh", rs + "#region_1", out, "--from-mask", "--like", dro.resolve("PT"));
        assertEquals(0, said.code(), said.err());
        // mask RS --like PT says 174690 voxels of 64 mm³
        assertTrue(said.out().contains("the voxels' 11180160.000 mm³"), said.out());
        assertSaid(
                2,
                "--like goes with --from-mask: it is the image a structure set or segmentation is"
                        + " drawn on.",
                "mesh",
                dro.resolve("PT"),
                folder.resolve("o.stl"),
                "--threshold=1",
                "--like",
                dro.resolve("PT"));
    }

    @Test
    void aSurfaceWithoutSlopeHasNoPlace() {
        Geometry g = Geometry.of(12, 12, 12, 1, 1, 1);
        float[] board = new float[g.voxels()];
        for (int v = 0; v < board.length; v++) {
            board[v] = (v % 12 + v / 12 % 12 + v / 144) % 2 + 0.25f;
        }
        Path in = image("board.nii", g, board);
        Cli.Said said = Cli.run("mesh", in, folder.resolve("b.stl"), "--threshold", 0.5);
        String told = "unknown: more than 5 % of the points lie where the image has no slope";
        assertTrue(said.out().contains("grid        " + told), said.out());
        assertTrue(said.out().contains("threshold   " + told), said.out());
        Json.parse(
                "said",
                Cli.run(
                                "mesh",
                                in,
                                folder.resolve("b.stl"),
                                "--threshold",
                                0.5,
                                "--noise=0",
                                "--json=-")
                        .out());
    }

    @ParameterizedTest(name = "{0}: exit {1}")
    @CsvSource({
        "20mm-xyz-cube.stl, 0, printable: closed",
        "box.STL, 0, printable: closed",
        "angle_block.STL, 1, not printable: 166 edges of one triangle only"
    })
    void realFilesHaveAVerdict(String file, int code, String verdict) {
        Path data = Path.of(System.getProperty("diapason.data", "../shared/data"));
        Path stl = data.resolve("mesh").resolve(file);
        assumeTrue(Files.exists(stl), "needs the STL files: -Ddiapason.data=DIR");
        Cli.Said said = Cli.run("mesh-check", stl);
        assertEquals(code, said.code());
        assertTrue(said.out().contains("verdict     " + verdict), said.out());
        Cli.Said json = Cli.run("mesh-check", stl, "--json", "-");
        Tree.Fields fields = (Tree.Fields) Json.parse("said", json.out());
        assertEquals(
                code == 0 ? "true" : "false",
                ((Tree.Text) fields.values().get("printable")).value());
    }
}
