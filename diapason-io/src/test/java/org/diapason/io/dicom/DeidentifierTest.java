package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeidentifierTest {
    private static final byte[] KEY =
            "a key of at least 16 bytes".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path folder;

    private Path in() {
        return folder.resolve("in");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Deidentifier.Result run() {
        return new Deidentifier(KEY, false).run(in(), out());
    }

    /** Writes a small PET slice with some more elements. */
    private void write(String name, DataSet.Element... more) {
        DataSet set =
                Elements.item(
                        Elements.text(0x00080016, "1.2.840.10008.5.1.4.1.1.128"),
                        Elements.text(0x00080018, "1.2.3.4"),
                        Elements.text(0x00080060, "PT"),
                        Elements.text(0x0020000D, "1.2.3.1"),
                        Elements.text(0x0020000E, "1.2.3.2"),
                        Elements.text(0x00100010, "Doe^Jane"),
                        Elements.text(0x00100020, "4711-77"),
                        Elements.numbers(0x00280100, 16));
        for (DataSet.Element element : more) {
            set.set(element);
        }
        DicomWriter.write(in().resolve(name), set, Pixels.of(new byte[] {1, 2, 3, 4}));
    }

    private List<Path> copies() {
        try (Stream<Path> walk = Files.walk(out())) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DataSet copy() {
        assertEquals(List.of(), run().failed());
        return DicomFile.readAll(copies().get(0)).orElseThrow().values();
    }

    private static String text(DataSet set, int tag) {
        return set.element(tag).map(DataSet::text).orElse(null);
    }

    @Test
    void everyFileIsDoneRefusedOrFailed() throws IOException {
        write("good");
        write("burned", Elements.text(0x00080018, "1.2.3.5"), Elements.text(0x00280301, "YES"));
        write("captured", Elements.text(0x00080018, "1.2.3.6"), Elements.text(0x00080060, "US"));
        write("index", Elements.sequence(0x00041220));
        Files.writeString(in().resolve("notes.txt"), "about Jane Doe");
        byte[] whole = Files.readAllBytes(in().resolve("good"));
        Files.write(in().resolve("cut"), java.util.Arrays.copyOf(whole, whole.length - 1));
        Deidentifier.Result result = run();
        assertEquals(6, result.files());
        assertEquals(1, result.done());
        assertEquals(4, result.refused().size(), "burned, captured, index, notes.txt");
        assertEquals(1, result.failed().size());
        assertEquals(
                "burned: BurnedInAnnotation (0028,0301) is YES, so a name may stand in its pixels."
                        + " Look at it, then mask it or add --accept-burned-in.",
                result.refused().get(0));
    }

    @Test
    void aPreambleThatIsAProgramIsNotCopied() throws IOException {
        write("a");
        byte[] file = Files.readAllBytes(in().resolve("a"));
        System.arraycopy("MZ Doe^Jane".getBytes(StandardCharsets.US_ASCII), 0, file, 0, 11);
        Files.write(in().resolve("a"), file);
        assertEquals(1, run().done());
        try (var copies = Files.walk(out())) {
            byte[] copy =
                    Files.readAllBytes(copies.filter(Files::isRegularFile).findAny().orElseThrow());
            assertArrayEquals(new byte[128], java.util.Arrays.copyOf(copy, 128));
        }
    }

    @Test
    void overlaysGoAndThoseInThePixelsRefuseTheFile() {
        write("plane", Elements.textAs(0x60000022, "LO", "drawn by Dr Roe"));
        assertTrue(copy().element(0x60000022).isEmpty());
        write(
                "pixels",
                Elements.text(0x00080018, "1.2.3.5"),
                Elements.numbers(0x60000100, 16),
                Elements.numbers(0x60000102, 12));
        Deidentifier.Result result =
                new Deidentifier(KEY, false).run(in(), folder.resolve("again"));
        assertEquals(1, result.done());
        assertEquals(
                "pixels: an overlay stands in the unused bits of its pixels, so a name may stand in"
                        + " its pixels. Look at it, then mask it or add --accept-burned-in.",
                result.refused().get(0));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "00080050 SH A-99231", // Z
                "00081030 LO Jane's second scan", // X
                "00081010 SH CT of Dr Roe", // X/Z/D
                "00181030 LO for Jane", // X/D
                "00101040 LO 1 Main Street", // X
                "00104000 LT fell off a horse", // X
                "00324000 LT see letter", // not in the table, but with the name below
                "00080092 ST Ward 7", // X
            })
    void whatIdentifiesGoesWhereverItStands(String element) {
        String[] cells = element.split(" ", 3);
        int tag = Integer.parseUnsignedInt(cells[0], 16);
        String value = cells[2] + (tag == 0x00324000 ? " of Jane" : "");
        DataSet.Element planted = Elements.textAs(tag, cells[1], value);
        write(
                "a",
                planted,
                Elements.sequence(
                        0x00082218,
                        Elements.item(Elements.sequence(0x00082220, Elements.item(planted)))));
        DataSet copy = copy();
        assertFalse(String.valueOf(text(copy, tag)).contains(cells[2]));
        DataSet deep = copy.element(0x00082218).get().items().get(0);
        deep = deep.element(0x00082220).get().items().get(0);
        assertFalse(String.valueOf(text(deep, tag)).contains(cells[2]));
        assertTrue(text(copy, 0x00100010).matches("P-[0-9a-f]{10}"));
        assertEquals(text(copy, 0x00100010), text(copy, 0x00100020));
        assertEquals("YES", text(copy, 0x00120062));
    }

    @Test
    void aNameIsFoundWhereNoTableExpectsIt() {
        write(
                "a",
                Elements.text(0x00181210, "B30 (Jane)"),
                Elements.text(0x00080070, "Janeway Systems"),
                Elements.text(0x00081090, "scanner 4711-77"));
        DataSet copy = copy();
        assertEquals(null, text(copy, 0x00181210));
        assertEquals("Janeway Systems", text(copy, 0x00080070));
        assertEquals(null, text(copy, 0x00081090));
    }

    @Test
    void uidsAreMappedAlikeInEveryFileAndEveryRunOfAKey() {
        write(
                "a",
                Elements.sequence(0x00082112, Elements.item(Elements.text(0x00081155, "1.2.3.9"))));
        write("b", Elements.text(0x00080018, "1.2.3.9"));
        assertEquals(2, run().done());
        DataSet[] copies =
                copies().stream()
                        .map(p -> DicomFile.readAll(p).orElseThrow().values())
                        .toArray(DataSet[]::new);
        DataSet a = copies[0].element(0x00082112).isPresent() ? copies[0] : copies[1];
        DataSet b = a == copies[0] ? copies[1] : copies[0];
        String referred = text(a.element(0x00082112).get().items().get(0), 0x00081155);
        assertEquals(text(b, 0x00080018), referred);
        assertTrue(referred.matches("2\\.25\\.\\d{36,39}"));
        assertEquals(text(a, 0x0020000E), text(b, 0x0020000E));
        assertEquals("1.2.840.10008.5.1.4.1.1.128", text(a, 0x00080016));
        Pseudonyms other =
                new Pseudonyms("another key of 16 bytes".getBytes(StandardCharsets.US_ASCII));
        assertNotEquals(referred, other.uid("1.2.3.9"));
    }

    @Test
    void datesMoveByOneNumberOfDaysAndTimesStay() {
        write(
                "a",
                Elements.text(0x00080021, "20240301"),
                Elements.text(0x00080031, "001500.25"),
                Elements.text(0x00100030, "19610203"),
                Elements.sequence(
                        0x00540016,
                        Elements.item(
                                Elements.text(0x00181078, "20240229235500.000000"),
                                Elements.text(0x00181072, "235500"))));
        DataSet copy = copy();
        DataSet dose = copy.element(0x00540016).get().items().get(0);
        LocalDate series =
                LocalDate.parse(text(copy, 0x00080021), DateTimeFormatter.BASIC_ISO_DATE);
        String injected = text(dose, 0x00181078);
        LocalDate injection =
                LocalDate.parse(injected.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        assertEquals(1, ChronoUnit.DAYS.between(injection, series), "29 February to 1 March");
        assertEquals("235500.000000", injected.substring(8));
        long moved = ChronoUnit.DAYS.between(series, LocalDate.of(2024, 3, 1));
        assertTrue(moved >= 365 && moved < 365 + 3650, moved + " days");
        assertEquals("001500.25", text(copy, 0x00080031));
        assertEquals("235500", text(dose, 0x00181072));
        assertEquals("", text(copy, 0x00100030));
    }

    @Test
    void whatIsNoDateNumberOrUidOfItsRepresentationGoes() {
        write(
                "a",
                Elements.text(0x00080021, "spring 2024"),
                Elements.text(0x00080031, "at noon"),
                Elements.text(0x00101030, "heavy"),
                Elements.text(0x00200052, "Dr. Roe"),
                Elements.textAs(0x00980011, "LO", "not in PS3.6"),
                Elements.text(0x00101010, "093Y"));
        DataSet copy = copy();
        for (int tag : new int[] {0x00080021, 0x00080031, 0x00101030, 0x00200052, 0x00980011}) {
            assertEquals(null, text(copy, tag));
        }
        assertEquals(
                "090Y", text(copy, 0x00101010), "ages above 89 are so rare that they identify");
    }

    @Test
    void onlyTheSafePrivateElementsOfTheirOwnCreatorStay() {
        byte[] slope =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.25f).array();
        write(
                "a",
                Elements.textAs(0x70530010, "LO", "Philips PET Private Group"),
                Elements.textAs(0x70531000, "DS", "0.000123"),
                Elements.textAs(0x70531009, "DS", "1.5"),
                Elements.textAs(0x70531003, "ST", "Jane's dose"),
                Elements.textAs(0x70530011, "LO", "SOMEONE ELSE"),
                Elements.textAs(0x70531100, "DS", "2"),
                Elements.textAs(0x00090011, "LO", "GEMS_PETD_01"),
                Elements.textAs(0x0009110D, "DT", "20240301001500.00"),
                Elements.textAs(0x0009113B, "DT", "20240229235500.00"),
                Elements.textAs(0x00091102, "SH", "exam 12"),
                Elements.textAs(0x20050010, "LO", "Philips MR Imaging DD 001"),
                DataSet.Element.value(0x2005100E, "FL", slope, ByteOrder.LITTLE_ENDIAN, 0));
        DataSet copy = copy();
        assertEquals("0.000123", text(copy, 0x70531000));
        assertEquals("1.5", text(copy, 0x70531009));
        assertEquals("Philips PET Private Group", text(copy, 0x70530010));
        for (int gone : new int[] {0x70531003, 0x70530011, 0x70531100, 0x00091102}) {
            assertEquals(null, text(copy, gone));
        }
        LocalDate scan =
                LocalDate.parse(
                        text(copy, 0x0009110D).substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        LocalDate admin =
                LocalDate.parse(
                        text(copy, 0x0009113B).substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        assertEquals(1, ChronoUnit.DAYS.between(admin, scan));
        assertNotEquals(LocalDate.of(2024, 3, 1), scan);
        assertArrayEquals(slope, copy.element(0x2005100E).get().bytes());
    }

    @Test
    void unknownElementsOfAnImplicitFileGoAndSequencesInItAreWalked() throws IOException {
        // implicit little endian: a sequence of stated length, unknown to the reader of images
        ByteBuffer file = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        implicit(file, 0x00080016, "1.2.840.10008.5.1.4.1.1.88.11");
        implicit(file, 0x00080018, "1.2.3.4");
        implicit(file, 0x00091001, "Jane in private");
        file.putShort((short) 0x0040).putShort((short) 0xA043).putInt(8 + 8 + 10);
        file.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(8 + 10);
        implicit(file, 0x00081030, "Jane Roe's");
        implicit(file, 0x00990000 + 0x10, "Jane again");
        implicit(file, 0x00980011, "not in PS3.6");
        Files.createDirectories(in());
        Files.write(in().resolve("sr"), java.util.Arrays.copyOf(file.array(), file.position()));
        DataSet copy = copy();
        assertTrue(copy.element(0x0040A043).get().isSequence());
        assertEquals(0, copy.element(0x0040A043).get().items().get(0).elements().size());
        assertTrue(copy.element(0x00980011).isEmpty());
        String bytes = Files.readString(copies().get(0), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("Jane"), bytes);
    }

    private static void implicit(ByteBuffer file, int tag, String value) {
        String even = value.length() % 2 == 1 ? value + ' ' : value;
        file.putShort((short) (tag >>> 16)).putShort((short) tag).putInt(even.length());
        file.put(even.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theOutputFolderIsNewAndNotInsideTheInput() throws IOException {
        write("a");
        Deidentifier deidentifier = new Deidentifier(KEY, false);
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> deidentifier.run(in(), in().resolve("x/y")))
                        .getMessage()
                        .contains("lies inside the input"));
        Files.createSymbolicLink(folder.resolve("link"), in());
        assertThrows(
                IllegalArgumentException.class,
                () -> deidentifier.run(in(), folder.resolve("link/x")));
        Files.createDirectories(out());
        Files.writeString(out().resolve("old"), "old");
        assertThrows(IllegalArgumentException.class, () -> deidentifier.run(in(), out()));
        assertThrows(IllegalArgumentException.class, () -> new Deidentifier(new byte[15], false));
    }

    @Test
    void compressedPixelsAndBigEndianOnesKeepTheirValues() throws IOException {
        Path files =
                Path.of(
                        System.getProperty("diapason.data", "../../shared/data"),
                        "dicom/pydicom_files");
        assumeTrue(Files.isDirectory(files), "dicom/pydicom_files is not in the data folder");
        Path compressed = find(files, "MR_small_RLE.dcm");
        Path big = find(files, "MR_small_bigendian.dcm");
        Path plain = find(files, "MR_small.dcm");
        byte[] before = fragments(compressed);
        new Deidentifier(KEY, false).run(compressed, out());
        assertArrayEquals(before, fragments(copies().get(0)));
        assertEquals(
                "1.2.840.10008.1.2.5", DicomFile.readAll(copies().get(0)).get().syntax().uid());
        Path two = folder.resolve("two");
        new Deidentifier(KEY, false).run(big, two);
        try (Stream<Path> walk = Files.walk(two)) {
            Path copy = walk.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertArrayEquals(fragments(plain), fragments(copy));
        }
    }

    private static Path find(Path files, String name) throws IOException {
        try (Stream<Path> walk = Files.walk(files)) {
            return walk.filter(p -> p.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /** Returns the whole value of the pixel data, which ends these files. */
    private static byte[] fragments(Path path) throws IOException {
        DicomFile file = DicomFile.read(path).orElseThrow();
        byte[] all = Files.readAllBytes(path);
        int from = (int) file.pixels().offset();
        int length = file.pixels().length() < 0 ? all.length - from : (int) file.pixels().length();
        if (file.pixels().length() < 0) {
            // up to the delimiter of the sequence, behind which some files go on
            for (int n = from; n + 8 <= all.length; n++) {
                if (all[n] == (byte) 0xFE
                        && all[n + 1] == (byte) 0xFF
                        && all[n + 2] == (byte) 0xDD) {
                    length = n - from;
                    break;
                }
            }
        }
        return java.util.Arrays.copyOfRange(all, from, from + length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DRO_0_0", "DRO_1_0", "DRO_3_0", "DRO_3_1", "DRO_4_0", "DRO_4_1", "DRO_5_0"})
    void suvBeforeIsSuvAfter(String object) {
        Path scan =
                Path.of(
                        System.getProperty("diapason.data", "../../shared/data"),
                        "suv/dro/" + object + "/PT");
        assumeTrue(Files.isDirectory(scan), "suv/dro is not in the data folder");
        Deidentifier.Result result = new Deidentifier(KEY, false).run(scan, out());
        assertEquals(result.files(), result.done(), result.failed().toString());
        Path series = copies().get(0).getParent();
        assertArrayEquals(suv(scan), suv(series));
        assertTrue(
                DicomSeries.read(scan)
                        .volume()
                        .geometry()
                        .equals(DicomSeries.read(series).volume().geometry()));
    }

    private static float[] suv(Path scan) {
        return new Units("*")
                .apply(
                        Exam.of("e", Map.of("i", DicomSeries.read(scan)), Map.of(), Map.of()),
                        new Trace())
                .image("i")
                .volume()
                .values();
    }

    @Test
    void aSeriesStaysASeries() {
        Geometry g = Geometry.of(3, 2, 4, 1, 1, 2);
        DicomCtWriter.write(
                in(), "s", g, new short[24], 1, -1024, Map.of("PatientName", "Doe^Jane"));
        assertEquals(4, run().done());
        Path series = copies().get(0).getParent();
        assertEquals(4, copies().stream().filter(p -> p.getParent().equals(series)).count());
        assertTrue(DicomSeries.read(series).volume().geometry().isClose(g, 1e-9));
    }

    @Test
    void aDateOrNumberThatSaysItIsATextIsJudgedByWhatItShouldBe() {
        write(
                "a",
                Elements.textAs(0x00080020, "LO", "20240301"), // StudyDate
                Elements.textAs(0x00080021, "SH", "March of 1961"), // SeriesDate
                Elements.textAs(0x00101030, "LO", "about 70"), // PatientWeight
                Elements.textAs(0x00200052, "LO", "1.2.3.5"), // FrameOfReferenceUID
                Elements.textAs(0x00082218, "LT", "hidden in a sequence"),
                Elements.textAs(0x00280010, "LO", "rows of numbers"));
        DataSet copy = copy();
        assertTrue(text(copy, 0x00080020).matches("20[012]\\d{5}"), text(copy, 0x00080020));
        assertNotEquals("20240301", text(copy, 0x00080020));
        assertTrue(text(copy, 0x00200052).startsWith("2.25."));
        for (int gone : new int[] {0x00080021, 0x00101030, 0x00082218, 0x00280010}) {
            assertEquals(null, text(copy, gone), Keyword.tagText(gone));
        }
    }

    @Test
    void creatorsOfSafeElementsMayBeInOtherCapitalsAsReadersTakeThem() {
        write(
                "a",
                Elements.textAs(0x70530011, "LO", "PHILIPS PET PRIVATE GROUP"),
                Elements.textAs(0x70531100, "DS", "0.000123"));
        assertEquals("0.000123", copy().text(Keyword.PhilipsSuvScaleFactor).orElse(""));
    }

    @Test
    void pixelsOfADeflatedFileAreInflated() throws IOException {
        byte[] pixels = new byte[8000];
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = (byte) (n * n / 7);
        }
        TinyDicom file =
                new TinyDicom("1.2.840.10008.1.2.1.99")
                        .text(Keyword.SOPClassUID, "UI", "1.2.840.10008.5.1.4.1.1.2")
                        .text(Keyword.SOPInstanceUID, "UI", "1.2.3.4")
                        .bytes(Keyword.PixelData, "OW", pixels);
        Files.createDirectories(in());
        Files.write(in().resolve("deflated"), file.file());
        assertEquals(1, run().done());
        DicomFile copy = DicomFile.read(copies().get(0)).orElseThrow();
        assertEquals(TransferSyntax.EXPLICIT_LITTLE.uid(), copy.syntax().uid());
        assertArrayEquals(pixels, fragments(copies().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FloatPixelData", "DoubleFloatPixelData"})
    void pixelsOfFloatsStayFloats(String keyword) throws IOException {
        Keyword pixels = Keyword.valueOf(keyword);
        byte[] values = new byte[16];
        ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).putFloat(3, 0.25f);
        DataSet set =
                Elements.item(
                        Elements.text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.30"),
                        Elements.text(Keyword.SOPInstanceUID, "1.2.3.4"),
                        DataSet.Element.value(
                                pixels.tag(), pixels.vr(), values, ByteOrder.LITTLE_ENDIAN, 0));
        DicomWriter.write(in().resolve("a"), set, Pixels.NONE);
        assertEquals(1, run().done());
        DicomFile copy = DicomFile.read(copies().get(0)).orElseThrow();
        assertEquals(pixels, copy.pixels().keyword());
        assertEquals(pixels.vr(), copy.pixels().vr());
        assertArrayEquals(values, fragments(copies().get(0)));
    }
}
