package org.diapason.io.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.diapason.io.Mutator;
import org.diapason.io.TestData;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.surface.IsoSurface;
import org.diapason.surface.Mesh;
import org.diapason.surface.MeshCheck;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Surfaces in files: what is written comes back, and what others wrote is understood. */
class MeshFileTest {
    @TempDir Path folder;

    /** The surface of noise, its coordinates floats where asked. */
    private static Mesh noise(boolean floats) {
        Geometry g = TestData.oblique(9, 8, 7, true);
        Rng rng = new Rng(8);
        float[] values = new float[g.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) rng.nextGaussian();
        }
        Mesh mesh = IsoSurface.of(Volume.of(g, values, Quantity.UNKNOWN), 0.2);
        double[] points = mesh.points().clone();
        for (int c = 0; c < points.length && floats; c++) {
            points[c] = (float) points[c];
        }
        return Mesh.of(points, mesh.triangles());
    }

    private static Mesh tetrahedron() {
        double[] p = {0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4};
        return Mesh.of(p, new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
    }

    /** The places of the corners of all triangles, in order. */
    private static double[] corners(Mesh mesh) {
        double[] all = new double[3 * mesh.triangles().length];
        for (int c = 0; c < mesh.triangles().length; c++) {
            System.arraycopy(mesh.points(), 3 * mesh.triangles()[c], all, 3 * c, 3);
        }
        return all;
    }

    @ParameterizedTest(name = "{0}, as text: {1}, floats: {2}")
    @CsvSource({
        "a.obj, false, false",
        "a.ply, false, false",
        "a.ply, false, true",
        "a.ply, true, false",
        "a.3mf, false, false"
    })
    void pointsAndTrianglesComeBackBitByBit(String file, boolean text, boolean floats) {
        Path path = folder.resolve(file);
        Mesh mesh = noise(floats);
        MeshFile.write(path, mesh, text, "SPACE=LPS");
        MeshFile back = MeshFile.read(path);
        assertArrayEquals(mesh.points(), back.mesh().points());
        assertArrayEquals(mesh.triangles(), back.mesh().triangles());
        assertEquals(List.of(), back.notes());
    }

    @ParameterizedTest(name = "as text: {0}")
    @CsvSource({"true", "false"})
    void stlKeepsFloatsAndFindsItsCommonPoints(boolean text) throws IOException {
        Path path = folder.resolve("a.stl");
        Mesh mesh = noise(true);
        MeshFile.write(path, mesh, text, "Diapason SPACE=LPS UNIT=mm");
        MeshFile back = MeshFile.read(path);
        assertEquals(text ? "ASCII STL" : "binary STL", back.kind());
        assertArrayEquals(corners(mesh), corners(back.mesh()));
        assertEquals(mesh.points().length, back.mesh().points().length);
        MeshCheck was = MeshCheck.of(mesh);
        MeshCheck is = MeshCheck.of(back.mesh());
        assertEquals(was.eulerCharacteristic(), is.eulerCharacteristic());
        assertTrue(is.watertight());
        if (!text) {
            assertEquals(84 + 50L * mesh.triangles().length / 3, Files.size(path));
        }
    }

    @Test
    void aRecordOfStlIsNormalCornersAndZero() throws IOException {
        Path path = folder.resolve("a.stl");
        MeshFile.write(path, tetrahedron(), false, "x");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(4, bytes.getInt(80));
        float[] first = {0, 0, -1, 0, 0, 0, 0, 3, 0, 2, 0, 0};
        for (int n = 0; n < 12; n++) {
            assertEquals(first[n], bytes.getFloat(84 + 4 * n));
        }
        assertEquals(0, bytes.getShort(132));
    }

    @Test
    void threadsChangeNoByte() throws IOException {
        Geometry g = Geometry.of(60, 60, 60, 1, 1, 1);
        float[] values = new float[g.voxels()];
        Rng rng = new Rng(2);
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) rng.nextGaussian();
        }
        Mesh mesh = IsoSurface.of(Volume.of(g, values, Quantity.UNKNOWN), 0);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            MeshFile.write(folder.resolve("1.stl"), mesh, false, "x");
            Parallel.setThreads(8);
            MeshFile.write(folder.resolve("8.stl"), mesh, false, "x");
        } finally {
            Parallel.setThreads(threads);
        }
        assertTrue(mesh.triangles().length / 3 > 16 << 12, "several rounds of blocks");
        assertEquals(-1, Files.mismatch(folder.resolve("1.stl"), folder.resolve("8.stl")));
    }

    @Test
    void oneMeshHasOneArchive() throws IOException {
        MeshFile.write(folder.resolve("a.3mf"), tetrahedron(), false, "SPACE=LPS");
        MeshFile.write(folder.resolve("b.3mf"), tetrahedron(), false, "SPACE=LPS");
        assertEquals(-1, Files.mismatch(folder.resolve("a.3mf"), folder.resolve("b.3mf")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "20mm-xyz-cube.stl, 7938.681876, 2499.024877, true",
        "box.STL, 16.084489, 293.796681, true",
        "angle_block.STL, 1.145523, 9.387338, false" // zeros that are 2e-18 elsewhere
    })
    void realFilesHaveTheVolumeAndAreaOfTrimesh(
            String file, double volume, double area, boolean watertight) {
        Mesh mesh = MeshFile.read(TestData.real("mesh/" + file)).mesh();
        MeshCheck check = MeshCheck.of(mesh, true);
        // trimesh.load(file).volume and .area, given with the files
        assertEquals(volume, check.volumeMm3(), 1e-6 * volume);
        assertEquals(area, check.areaMm2(), 1e-6 * area);
        assertEquals(watertight, check.watertight(), check.faults().toString());
    }

    @Test
    void aBinaryFileThatBeginsWithSolidIsBinary() throws IOException {
        Path path = folder.resolve("a.stl");
        MeshFile.write(path, tetrahedron(), false, "solid by a program");
        MeshFile back = MeshFile.read(path);
        assertEquals("binary STL", back.kind());
        assertArrayEquals(corners(tetrahedron()), corners(back.mesh()));
    }

    @Test
    void aBinaryFileThatBeginsWithSolidIsBinaryAlsoWhereItsSizeIsWrong() throws IOException {
        Path path = folder.resolve("a.stl");
        MeshFile.write(path, tetrahedron(), false, "solid by a program");
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length + 7));
        assertEquals("binary STL", MeshFile.read(path).kind());
        Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length - 7));
        assertBroken(
                "a.stl, byte 277: the header counts 4 triangles, which take 284 bytes: it is"
                        + " truncated, or no STL. Copy it again.",
                path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a.stl", "a.obj"})
    void marksOfUtf8AndLinesThatEndLikeOnOldMachinesAreRead(String file) throws IOException {
        Path path = folder.resolve(file);
        MeshFile.write(path, tetrahedron(), true, "x");
        String text = Files.readString(path);
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            file(file, "\u00ef\u00bb\u00bf" + text.replace("\n", end));
            assertArrayEquals(corners(tetrahedron()), corners(MeshFile.read(path).mesh()));
            file(file, text.replace("\n", end).replace(file.equals("a.obj") ? "2" : "4", "?"));
            String said = assertThrows(DataException.class, () -> MeshFile.read(path)).getMessage();
            // the line is counted alike whatever ends it
            assertTrue(
                    said.startsWith(file + (file.equals("a.obj") ? ", line 3" : ", line 13")),
                    said);
        }
    }

    @Test
    void bytesBehindTheLastTriangleAreTold() throws IOException {
        Path path = folder.resolve("a.stl");
        MeshFile.write(path, tetrahedron(), false, "x");
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length + 7));
        assertEquals(
                List.of(
                        "7 bytes stand behind the 4 triangles that the header counts; they were"
                                + " left out."),
                MeshFile.read(path).notes());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private void assertBroken(String message, Path path) {
        assertEquals(
                message, assertThrows(DataException.class, () -> MeshFile.read(path)).getMessage());
    }

    @Test
    void whatOthersWriteIsRead() throws IOException {
        Path obj =
                file(
                        "a.obj",
                        "mtllib x\no thing\nv 0 0 0 1 1 1\nv 1 0 0\nvt 0 0\nv 1 1 0\nv 0 1 0\r\n"
                                + "s off\nf 1/1/1 2//2 \\\n 3/1 -1\n");
        assertArrayEquals(new int[] {0, 1, 2, 0, 2, 3}, MeshFile.read(obj).mesh().triangles());
        Path stl =
                file(
                        "b.stl",
                        "  solid a b c\nFACET NORMAL nan nan nan\n OUTER LOOP\nVERTEX 0 0 0\n"
                                + "vertex 1e0 0 0\nvertex 0 1. -0\nendloop endfacet\nendsolid a\n"
                                + "solid\nfacet normal 0 0 1 outer loop vertex 0 0 0 vertex 0 1 0"
                                + " vertex -1 0 0 endloop endfacet endsolid");
        MeshFile read = MeshFile.read(stl);
        assertArrayEquals(new int[] {0, 1, 2, 0, 2, 3}, read.mesh().triangles());
        assertEquals(List.of("The file holds 2 solids; they were read as one mesh."), read.notes());
        Path ply =
                file(
                        "c.ply",
                        "ply\nformat ascii 1.0\ncomment a\nelement vertex 3\nproperty uchar red\n"
                                + "property double z\nproperty float x\nproperty float y\n"
                                + "element edge 1\nproperty list uchar int v\n"
                                + "element face 1\nproperty float q\n"
                                + "property list uint8 int32 vertex_index\nend_header\n"
                                + "9 3 1 2\n9 3 4 2\n9 3 1 5\n2 0 1\n0.5 3 2 1 0\n");
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 2, 3, 1, 5, 3}, MeshFile.read(ply).mesh().points());
        assertArrayEquals(new int[] {2, 1, 0}, MeshFile.read(ply).mesh().triangles());
    }

    @Test
    void bigEndianPlyIsReadToo() throws IOException {
        String head =
                "ply\nformat binary_big_endian 1.0\nelement vertex 3\nproperty float x\n"
                        + "property float y\nproperty float z\nelement face 1\n"
                        + "property list uchar ushort vertex_indices\nend_header\n";
        ByteBuffer body = ByteBuffer.allocate(43);
        for (int n = 0; n < 9; n++) {
            body.putFloat(n * n);
        }
        body.put((byte) 3).putShort((short) 0).putShort((short) 2).putShort((short) 1);
        Path path = folder.resolve("a.ply");
        Files.write(path, head.getBytes(StandardCharsets.US_ASCII));
        Files.write(path, body.array(), java.nio.file.StandardOpenOption.APPEND);
        Mesh mesh = MeshFile.read(path).mesh();
        assertArrayEquals(new double[] {0, 1, 4, 9, 16, 25, 36, 49, 64}, mesh.points());
        assertArrayEquals(new int[] {0, 2, 1}, mesh.triangles());
    }

    private Path archive(String model) throws IOException {
        Path path = folder.resolve("x.3mf");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("3D/3dmodel.model"));
            zip.write(model.getBytes(StandardCharsets.UTF_8));
        }
        return path;
    }

    private static String model(String unit, String item) {
        return "<model xmlns=\""
                + ThreeMfWriter.CORE
                + "\""
                + unit
                + "><resources><object id=\"7\"><mesh><vertices><vertex x=\"1\" y=\"0\" z=\"0\"/>"
                + "<vertex x=\"0\" y=\"1\" z=\"0\"/><vertex x=\"0\" y=\"0\" z=\"1\"/></vertices>"
                + "<triangles><triangle v1=\"0\" v2=\"1\" v3=\"2\"/></triangles></mesh></object>"
                + "</resources><build>"
                + item
                + "</build></model>";
    }

    @Test
    void unitsAndPlacesOf3mfAreMillimetres() throws IOException {
        Mesh inch =
                MeshFile.read(archive(model(" unit=\"inch\"", "<item objectid=\"7\"/>"))).mesh();
        assertArrayEquals(new double[] {25.4, 0, 0, 0, 25.4, 0, 0, 0, 25.4}, inch.points());
        String turn = "<item objectid=\"7\" transform=\"0 1 0 1 0 0 0 0 1 10 20 30\"/>";
        Mesh placed = MeshFile.read(archive(model("", turn + "<item objectid=\"7\"/>"))).mesh();
        double[] both = {10, 21, 30, 11, 20, 30, 10, 20, 31, 1, 0, 0, 0, 1, 0, 0, 0, 1};
        assertArrayEquals(both, placed.points());
        assertArrayEquals(
                new int[] {1, 0, 2, 3, 4, 5}, placed.triangles(), "a mirror turns the side");
    }

    @Test
    void elementsOfExtensionsAreNoPoints() throws IOException {
        String slices =
                "<s:slicestack xmlns:s=\"http://schemas.microsoft.com/3dmanufacturing/slice\">"
                        + "<s:vertices><s:vertex x=\"1\" y=\"2\"/></s:vertices><s:object/>"
                        + "</s:slicestack>";
        String with =
                model("", "<item objectid=\"7\"/>").replace("<resources>", "<resources>" + slices);
        assertEquals(9, MeshFile.read(archive(with)).mesh().points().length);
        MeshFile.write(folder.resolve("a.3mf"), tetrahedron(), false, "A & B < C");
        assertEquals(12, MeshFile.read(folder.resolve("a.3mf")).mesh().points().length);
        assertThrows(
                IllegalArgumentException.class,
                () -> MeshFile.write(folder.resolve("a.obj"), tetrahedron(), false, "x\nv 1 2 3"));
    }

    @Test
    void nothingThatXmlPointsAtIsFollowed() throws IOException {
        Path secret = file("secret.txt", "1");
        String evil =
                "<!DOCTYPE model [<!ENTITY e SYSTEM \""
                        + secret.toUri()
                        + "\">]>"
                        + model("", "&e;<item objectid=\"7\"/>");
        try {
            assertEquals(9, MeshFile.read(archive(evil)).mesh().points().length);
        } catch (DataException e) {
            assertTrue(e.getMessage().contains("no sound XML"), e.getMessage());
        }
        String laughs = "<!DOCTYPE m [<!ENTITY a \"" + "x".repeat(1000) + "\">";
        for (char c = 'b'; c < 'k'; c++) {
            laughs += "<!ENTITY " + c + " \"" + ("&" + (char) (c - 1) + ";").repeat(10) + "\">";
        }
        Path bomb = archive(laughs + "]>" + model(" unit=\"&j;\"", ""));
        assertThrows(DataException.class, () -> MeshFile.read(bomb));
    }

    @Test
    void anArchiveThatUnpacksTooFarIsRefused() throws IOException {
        Path path = archive(" ".repeat(40 << 20) + model("", ""));
        String message = assertThrows(DataException.class, () -> MeshFile.read(path)).getMessage();
        assertTrue(message.startsWith("x.3mf: its model unpacks to more than "), message);
    }

    @Test
    void brokenFilesSayWhereAndWhatToDo() throws IOException {
        assertBroken("absent.stl: there is no such file.", folder.resolve("absent.stl"));
        assertBroken(
                "a.stl: has 3 bytes, and an STL file begins with 84. It is truncated or no STL.",
                file("a.stl", "abc"));
        byte[] huge = new byte[134];
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(80, -1);
        Files.write(folder.resolve("b.stl"), huge);
        assertBroken(
                "b.stl, byte 134: the header counts 4294967295 triangles, which take 214748364834"
                        + " bytes: it is truncated, or no STL. Copy it again.",
                folder.resolve("b.stl"));
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(80, 1).putFloat(100, Float.NaN);
        Files.write(folder.resolve("c.stl"), huge);
        assertBroken(
                "c.stl, triangle 1: a coordinate is not a finite number: the file is broken.",
                folder.resolve("c.stl"));
        assertBroken(
                "d.stl, line 2: expected \"facet\" or \"endsolid\". It is broken, or no STL.",
                file("d.stl", "solid\nvertex 1 2 3\n" + " ".repeat(90)));
        assertBroken("e.stl: holds no triangle.", file("e.stl", "solid\nendsolid\n"));
        assertBroken(
                "f.stl, line 3: expected a finite number, found \"1,5\". Numbers have a point, not"
                        + " a comma: write the file again in English.",
                file("f.stl", "solid\nfacet normal 0 0 1\nouter loop vertex 1,5 0 0\n"));
        assertBroken(
                "g.obj, line 2: names point 3, and 1 were given before. The file is broken.",
                file("g.obj", "v 1 2 3\nf 1 2 3\n".replace("f 1 2 3", "f 1 1 3")));
        assertBroken(
                "h.ply: the header counts at least 12000000006 bytes of points and faces, the file"
                        + " has 1: it is truncated or broken. Copy it again.",
                file(
                        "h.ply",
                        "ply\nformat ascii 1.0\nelement vertex 2000000000\nproperty float x\n"
                                + "property float y\nproperty float z\nelement face 3\n"
                                + "property list uchar int vertex_indices\nend_header\n1"));
        assertBroken(
                "i.3mf: is no sound zip (ZipException), as a 3MF is.", file("i.3mf", "PK nothing"));
        assertBroken(
                "x.3mf, line 1 of its model: builds an object that is not in the file.",
                archive(model("", "<item objectid=\"8\"/>")));
        assertEquals(
                "a.stk: surfaces are not files of \".stk\"; did you mean \".stl\"?",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        MeshFile.write(
                                                folder.resolve("a.stk"), noise(true), false, ""))
                        .getMessage());
    }

    @ParameterizedTest(name = "{0}, as text: {1}")
    @CsvSource({
        "a.stl, false",
        "a.stl, true",
        "a.obj, false",
        "a.ply, false",
        "a.ply, true",
        "a.3mf, false"
    })
    void brokenFilesFailInOneWay(String file, boolean text) throws IOException {
        Path path = folder.resolve(file);
        MeshFile.write(path, tetrahedron(), text, "SPACE=LPS");
        new Mutator(11).attack(Files.readAllBytes(path), 3000, path, MeshFile::read);
    }

    @Test
    void brokenModelsInSoundArchivesFailInOneWay() throws IOException {
        byte[] sound =
                model(
                                " unit=\"inch\"",
                                "<item objectid=\"7\" transform=\"1 0 0 0 1 0 0 0 1 1 2 3\"/>")
                        .getBytes(StandardCharsets.UTF_8);
        Path model = folder.resolve("model.xml");
        new Mutator(12)
                .attack(
                        sound,
                        3000,
                        model,
                        broken -> {
                            try {
                                MeshFile.read(
                                        archive(
                                                Files.readString(
                                                        broken, StandardCharsets.ISO_8859_1)));
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
    }
}
