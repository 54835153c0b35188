package org.diapason.io.nrrd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NrrdTest {
    private static final String LPS = "space: left-posterior-superior\n";
    private static final String PLAIN =
            "type: uchar\ndimension: 3\nsizes: 2 1 2\nencoding: text\n" + LPS;
    private static final String STEPS = "space directions: (1,0,0) (0,2,0) (0,0,3)\n";

    @TempDir Path folder;

    private Path file(String header, byte... data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                ("NRRD0004\n# by hand\n" + header + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(data);
        return Files.write(folder.resolve("x.nrrd"), bytes.toByteArray());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String failure(Path file) {
        return assertThrows(DataException.class, () -> Nrrd.read(file)).getMessage();
    }

    /**
     * Grid and sums by ITK: {@code plastimatch convert --input f.nrrd --output-img f.nii} (1.9.4),
     * then nibabel 5.0.0: {@code i = nib.load('f.nii'); i.affine; i.get_fdata().sum();
     * d[:20].sum()}, rows x and y of the affine with the other sign.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    pyradiomics/brain1_image.nrrd; 0.78125 -0.78125 6.5; -99.609375 99.609375 -78; 631859459; 4494826
                    pyradiomics/brain1_label.nrrd; 0.78125 -0.78125 6.5; -99.609375 99.609375 -78; 4137; 0
                    pyradiomics/prostate_phantom_subvolume.nrrd; -0.5 -0.5 3; 15.683382511 76.535760879 -52.776130676; 27811967; 9172015
                    """)
    void realFilesLieWhereItkPutsThem(
            String name, String diagonal, String origin, double sum, double part) {
        Volume volume = Nrrd.read(TestData.real(name)).volume();
        Geometry g = volume.geometry();
        for (int a = 0; a < 3; a++) {
            double step = Double.parseDouble(diagonal.split(" ")[a]);
            assertEquals(step, g.direction().get(4 * a) * g.spacing(a), 1e-6);
            assertEquals(Double.parseDouble(origin.split(" ")[a]), g.originMm().get(a), 1e-5);
        }
        double all = 0;
        double left = 0;
        float[] values = volume.values();
        for (int n = 0; n < values.length; n++) {
            all += values[n];
            left += n % g.ni() < 20 ? values[n] : 0;
        }
        assertEquals(sum, all);
        assertEquals(part, left);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "left-posterior-superior, 1, 1",
        "LPS, 1, 1",
        "right-anterior-superior, -1, -1",
        "RAS, -1, -1",
        "left-anterior-superior, 1, -1"
    })
    void everyWorldIsTurnedToLps(String space, int x, int y) throws IOException {
        Path file =
                file(
                        PLAIN.replace("left-posterior-superior", space)
                                + "space directions: (0,2,0) (0,0,3) (1,0,0)\nspace origin: (4,5,6)\n",
                        text("1 2 3 4"));
        Geometry g = Nrrd.read(file).volume().geometry();
        assertEquals(Numbers.of(4 * x, 5 * y, 6), g.originMm());
        assertEquals(Numbers.of(2, 3, 1), g.spacingMm());
        assertEquals(Numbers.of(4 * x, 7 * y, 6), g.toWorld(1, 0, 0));
        assertEquals(Numbers.of(5 * x, 5 * y, 6), g.toWorld(0, 0, 1));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({
        "signed char, raw, little, ff01, -1, 1",
        "uint8, raw, , ff01, 255, 1",
        "short, raw, big, ff000001, -256, 1",
        "unsigned short, raw, little, ff000001, 255, 256",
        "int, raw, big, fffffffe00000001, -2, 1",
        "uint32_t, raw, little, feffffff01000000, 4294967294, 1",
        "long long, raw, big, fffffffffffffffe0000000000000001, -2, 1",
        "uint64, raw, little, feffffffffffffff0100000000000000, 18446744073709551614, 1",
        "float, raw, big, 3fc00000c0000000, 1.5, -2",
        "double, raw, little, 000000000000f83f00000000000000c0, 1.5, -2",
        "short, hex, big, 666630302030310a3030, -256, 256"
    })
    void everyTypeAndOrderIsRead(
            String type, String encoding, String endian, String hex, double first, double second)
            throws IOException {
        byte[] data = java.util.HexFormat.of().parseHex(hex);
        Path file =
                file(
                        "type: "
                                + type
                                + "\ndimension: 3\nsizes: 2 1 1\nencoding: "
                                + encoding
                                + "\n"
                                + (endian == null ? "" : "endian: " + endian + "\n")
                                + LPS
                                + STEPS,
                        data);
        assertArrayEquals(
                new float[] {(float) first, (float) second}, Nrrd.read(file).volume().values());
    }

    @Test
    void numbersAsTextMayBePartedByAnything() throws IOException {
        Path file = file(PLAIN.replace("uchar", "float") + STEPS, text("1.5,\n -2e1\tnan  4."));
        assertArrayEquals(new float[] {1.5f, -20, Float.NaN, 4}, Nrrd.read(file).volume().values());
        assertEquals(
                "x.nrrd, byte 4 of the voxels: expected a number, found \"0x1\": the file is"
                        + " broken.",
                failure(file(PLAIN.replace("uchar", "float") + STEPS, text("0x1 2 3 4"))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vector space space space | 3 2 1 1 | none (1,0,0) (0,2,0) (0,0,3) | COMPONENTS
                    space space space list   | 2 1 1 3 | (1,0,0) (0,2,0) (0,0,3) none | COMPONENTS
                    RGB-color space space space | 3 2 1 1 | none (1,0,0) (0,2,0) (0,0,3) | COLOURS
                    space time space space   | 2 3 1 1 | (1,0,0) none (0,2,0) (0,0,3) | FRAMES
                    """)
    void theChannelMayBeAnyAxis(String kinds, String sizes, String directions, Channels.Kind kind)
            throws IOException {
        Path file =
                file(
                        "type: uchar\ndimension: 4\nsizes: "
                                + sizes
                                + "\nencoding: ascii\nkinds: "
                                + kinds
                                + "\n"
                                + LPS
                                + "space directions: "
                                + directions
                                + "\n",
                        text("1 2 3 4 5 6"));
        Volume volume = Nrrd.read(file).volume();
        assertEquals(kind, volume.meaning().kind());
        assertEquals(3, volume.channels());
        boolean first = sizes.startsWith("3");
        for (int c = 0; c < 3; c++) {
            float[] expected =
                    first ? new float[] {c + 1, c + 4} : new float[] {2 * c + 1, 2 * c + 2};
            assertArrayEquals(expected, volume.channel(c));
        }
    }

    @Test
    void aChannelBetweenTwoAxesOfSpaceIsUntangled() throws IOException {
        Path file =
                file(
                        "type: uchar\ndimension: 4\nsizes: 2 3 1 2\nencoding: ascii\nkinds: space"
                                + " vector space space\n"
                                + LPS
                                + "space directions: (1,0,0) none (0,2,0) (0,0,3)\n",
                        text("1 2 3 4 5 6 7 8 9 10 11 12"));
        Volume volume = Nrrd.read(file).volume();
        assertArrayEquals(new float[] {1, 2, 7, 8}, volume.channel(0));
        assertArrayEquals(new float[] {5, 6, 11, 12}, volume.channel(2));
    }

    @Test
    void aSpaceWithTimeGivesTheFramesTheirDuration() throws IOException {
        Path file =
                file(
                        "type: uchar\ndimension: 4\nsizes: 1 1 1 2\nencoding: ascii\nspace:"
                                + " right-anterior-superior-time\nspace directions: (1,0,0,0)"
                                + " (0,1,0,0) (0,0,1,0) (0,0,0,2500)\nspace units: \"mm\" \"mm\""
                                + " \"mm\" \"ms\"\n",
                        text("1 2"));
        assertEquals(Channels.frames(2, 0, 2.5), Nrrd.read(file).volume().meaning());
    }

    @Test
    void withSpacingsOnlyTheOrientationIsAssumedAndSaid() throws IOException {
        Path file =
                file(
                        "type: uchar\ndimension: 2\nsizes: 2 1\nencoding: ascii\nspacings: 0.5"
                                + " 2\nunits: \"cm\" \"mm\"\n",
                        text("1 2"));
        Image image = Nrrd.read(file);
        assertEquals(Geometry.of(2, 1, 1, 5, 2, 1), image.volume().geometry());
        assertTrue(image.tags().text("GeometryNote").orElseThrow().startsWith("no orientation"));
    }

    @Test
    void aDetachedHeaderFindsItsFilesInOrder() throws IOException {
        Files.write(folder.resolve("b2.raw"), new byte[] {9, 9, 3, 4});
        Files.write(folder.resolve("b1.raw"), new byte[] {9, 9, 1, 2});
        String head =
                "NRRD0005\ntype: uchar\ndimension: 3\nsizes: 2 1 2\nencoding: raw\nbyte skip: 2\n"
                        + LPS
                        + STEPS;
        Path file = folder.resolve("x.nhdr");
        for (String data : List.of("LIST\nb1.raw\nb2.raw\n", "b%d.raw 1 2 1\n")) {
            Files.writeString(file, head + "data file: " + data);
            assertArrayEquals(new float[] {1, 2, 3, 4}, Nrrd.read(file).volume().values());
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(text("a line\n"));
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[] {0, 0, 5, 6, 7, 8});
        }
        Files.write(folder.resolve("all.gz"), packed.toByteArray());
        Files.writeString(
                file, head.replace("raw", "gzip") + "line skip: 1\r\ndatafile: ./all.gz\r\n");
        assertArrayEquals(new float[] {5, 6, 7, 8}, Nrrd.read(file).volume().values());
        Files.write(folder.resolve("end.raw"), new byte[] {0, 0, 0, 1, 2, 3, 4});
        Files.writeString(file, head.replace("skip: 2", "skip: -1") + "data file: end.raw\n");
        assertArrayEquals(new float[] {1, 2, 3, 4}, Nrrd.read(file).volume().values());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    data file: /etc/hostname | x.nrrd, line 9: the data file must lie beside the header or in a folder below it. Move it there and name it without its folder.
                    data file: a/../../b.raw | x.nrrd, line 9: the data file must lie beside the header or in a folder below it. Move it there and name it without its folder.
                    data file: none.raw | none.raw: the voxels are missing: there is no such file. Copy all files.
                    encoding2: raw | x.nrrd, byte 161: the header needs 7 bytes of voxels, the file has 0: it is truncated or broken. Copy it again.
                    type: short | x.nrrd, line 9: "type" is there twice. Remove one.
                    no colon | x.nrrd, line 9: expected "field: value": the header is broken.
                    kinds: space space | x.nrrd, line 9: "kinds" has 2 entries, 3 are needed, one an axis.
                    space units: "mile" "mile" "mile" | x.nrrd, line 9: "mile" is no unit of length; mm, cm, m and um are.
                    """)
    void whatIsWrongIsSaidWithItsLine(String line, String message) throws IOException {
        assertEquals(message, failure(file(PLAIN + STEPS + line + "\n")));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    uchar                    | block      | x.nrrd, line 3: type "block" is not read; integers of 8 to 64 bits, float and double are.
                    text                     | bzip2      | x.nrrd, line 6: encoding "bzip2" is not read; raw, gzip, text and hex are. Write it again with gzip.
                    2 1 2                    | 2 0 2      | x.nrrd, line 5: axis 2 has 0 samples.
                    2 1 2                    | 2 1 999999999 | x.nrrd, byte 154: the header needs 3999999995 bytes of voxels, the file has 0: it is truncated or broken. Copy it again.
                    dimension: 3             | dimension: 17 | x.nrrd, line 4: expected 1 to 16 axes, found 17.
                    left-posterior-superior  | scanner-xyz | x.nrrd, line 7: space "scanner-xyz" does not say where the patient's left is; left-posterior-superior, right-anterior-superior and left-anterior-superior do. Write it again with one of them.
                    (0,2,0)                  | (1,2,0)    | x.nrrd, line 8: the axes are sheared, singular or not finite, not at right angles. Resample the image to a grid with right angles first.
                    (0,2,0)                  | (0,0,0)    | x.nrrd, line 8: the axes are sheared, singular or not finite, not at right angles. Resample the image to a grid with right angles first.
                    (0,2,0)                  | (0,2)      | x.nrrd, line 8: a direction has 2 numbers, the space has 3 dimensions.
                    """)
    void headersThatCannotBeAreRefused(String from, String to, String message) throws IOException {
        assertEquals(message, failure(file((PLAIN + STEPS).replace(from, to))));
    }

    @Test
    void whatWasWrittenComesBack() {
        Geometry g = TestData.oblique(4, 3, 2, true);
        float[] a = new float[24];
        float[] b = new float[24];
        for (int n = 0; n < 24; n++) {
            a[n] = n * 0.37f;
            b[n] = -n;
        }
        b[3] = Float.NaN;
        Path file = folder.resolve("out.nrrd");
        Nrrd.write(file, Volume.of(g, a, Quantity.HU));
        Volume one = Nrrd.read(file).volume();
        // directions times spacings are written as the shortest text of the product
        assertTrue(g.isClose(one.geometry(), 1e-12));
        assertArrayEquals(a, one.values());
        for (Channels meaning : List.of(Channels.frames(2, 0, 1.5), Channels.COMPONENTS)) {
            Nrrd.write(file, Volume.of(g, List.of(a, b), meaning, Quantity.MR));
            Volume two = Nrrd.read(file).volume();
            assertEquals(meaning, two.meaning());
            assertArrayEquals(b, two.channel(1));
        }
    }
}
