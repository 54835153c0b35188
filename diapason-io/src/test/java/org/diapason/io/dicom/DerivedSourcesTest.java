package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diapason.io.TestData;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derived series of files that hold many slices, with the patient's name and without. */
class DerivedSourcesTest {
    private static final Geometry GRID = TestData.oblique(4, 3, 5, false);
    private static final int[] ORDER = {3, 1, 4, 0, 2};
    private static final Derivation NOTHING =
            new Derivation("copy", "Nothing was done.", List.of(), "recipe", "1.0");
    private static final byte[] KEY =
            "a key of at least 16 bytes".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path folder;

    private enum Kind {
        ENHANCED_MR("MR", "1.2.840.10008.5.1.4.1.1.4.1"),
        ENHANCED_CT("CT", "1.2.840.10008.5.1.4.1.1.2.1"),
        LEGACY_CT("CT", "1.2.840.10008.5.1.4.1.1.2.2"),
        ENHANCED_PET("PT", "1.2.840.10008.5.1.4.1.1.128.1"),
        MOSAIC("MR", "1.2.840.10008.5.1.4.1.1.4");

        final String modality;
        final String sopClass;

        Kind(String modality, String sopClass) {
            this.modality = modality;
            this.sopClass = sopClass;
        }
    }

    private Path source() {
        return folder.resolve("source/many.dcm");
    }

    private static DataSet.Element fd(int tag, double value) {
        byte[] bytes =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
        return DataSet.Element.value(tag, "FD", bytes, ByteOrder.LITTLE_ENDIAN, 0);
    }

    private static DataSet head(Kind kind) {
        return Elements.item(
                Elements.text(Keyword.SOPClassUID, kind.sopClass),
                Elements.text(Keyword.SOPInstanceUID, "1.2.3.4"),
                Elements.text(Keyword.SeriesInstanceUID, "1.2.3.2"),
                Elements.text(Keyword.StudyInstanceUID, "1.2.3.1"),
                Elements.text(Keyword.FrameOfReferenceUID, "1.2.3.5"),
                Elements.text(Keyword.Modality, kind.modality),
                Elements.text(Keyword.ImageType, "ORIGINAL", "PRIMARY", "M", "NONE"),
                Elements.text(Keyword.PatientName, "Doe^Jane"),
                Elements.text(Keyword.PatientID, "4711-77"),
                Elements.text(Keyword.PatientBirthDate, "19610203"),
                Elements.text(Keyword.PatientWeight, "70"),
                Elements.text(Keyword.PatientSize, "1.75"),
                Elements.text(Keyword.StudyDate, "20240301"),
                Elements.text(Keyword.SeriesDate, "20240301"),
                Elements.text(Keyword.SeriesTime, "110000"),
                Elements.text(Keyword.SeriesDescription, "head of Jane"),
                Elements.text(0x00081010, "Station Roe"),
                Elements.numbers(Keyword.SamplesPerPixel, 1),
                Elements.text(Keyword.PhotometricInterpretation, "MONOCHROME2"),
                Elements.numbers(Keyword.BitsAllocated, 16),
                Elements.numbers(Keyword.BitsStored, 16),
                Elements.numbers(Keyword.HighBit, 15),
                Elements.numbers(Keyword.PixelRepresentation, 0));
    }

    private static DataSet shared(Kind kind) {
        double[] d = GRID.direction().toArray();
        DataSet shared =
                Elements.item(
                        Elements.sequence(
                                Keyword.PlaneOrientationSequence,
                                Elements.item(
                                        Elements.decimals(
                                                Keyword.ImageOrientationPatient,
                                                d[0],
                                                d[3],
                                                d[6],
                                                d[1],
                                                d[4],
                                                d[7]))),
                        Elements.sequence(
                                Keyword.PixelMeasuresSequence,
                                Elements.item(
                                        Elements.decimals(
                                                Keyword.PixelSpacing,
                                                GRID.spacing(1),
                                                GRID.spacing(0)))),
                        Elements.sequence(
                                0x00209071, // FrameAnatomySequence
                                Elements.item(
                                        Elements.code(0x00082218, "69536005", "Head of Jane"))));
        switch (kind) {
            case ENHANCED_MR ->
                    shared.put(
                            Elements.sequence(
                                    Keyword.MREchoSequence, Elements.item(fd(0x00189082, 4.6))));
            case LEGACY_CT ->
                    shared.put(
                            Elements.sequence(
                                    Keyword.UnassignedSharedConvertedAttributesSequence,
                                    Elements.item(
                                            Elements.text(Keyword.ConvolutionKernel, "B31f"),
                                            Elements.text(0x00181030, "Jane's head"))));
            default -> {}
        }
        return shared;
    }

    private static DataSet frame(Kind kind, int k) {
        boolean pet = kind == Kind.ENHANCED_PET;
        return Elements.item(
                Elements.sequence(
                        Keyword.PlanePositionSequence,
                        Elements.item(
                                Elements.decimals(
                                        Keyword.ImagePositionPatient,
                                        GRID.toWorld(0, 0, k).toArray()))),
                Elements.sequence(
                        Keyword.PixelValueTransformationSequence,
                        Elements.item(
                                Elements.decimals(
                                        Keyword.RescaleIntercept,
                                        kind.modality.equals("CT") ? -1024 : 0),
                                Elements.decimals(Keyword.RescaleSlope, pet ? 10 + k : 1))),
                Elements.sequence(
                        0x00209111, // FrameContentSequence
                        Elements.item(fd(0x00189220, 1000), Elements.text(0x00204000, "for Jane"))),
                Elements.sequence(
                        Keyword.UnassignedPerFrameConvertedAttributesSequence,
                        Elements.item(Elements.text(Keyword.ExposureTime, "" + (500 + k)))));
    }

    private Path write(Kind kind) {
        if (kind == Kind.MOSAIC) {
            return mosaic();
        }
        DataSet head = head(kind);
        head.put(Elements.text(Keyword.NumberOfFrames, "5"));
        head.put(Elements.numbers(Keyword.Rows, 3));
        head.put(Elements.numbers(Keyword.Columns, 4));
        head.put(Elements.sequence(Keyword.SharedFunctionalGroupsSequence, shared(kind)));
        List<DataSet> frames = new ArrayList<>();
        ByteBuffer pixels = ByteBuffer.allocate(2 * 60).order(ByteOrder.LITTLE_ENDIAN);
        for (int k : ORDER) {
            frames.add(frame(kind, k));
            for (int n = 0; n < 12; n++) {
                pixels.putShort((short) (100 * k + n));
            }
        }
        head.put(Elements.sequence(Keyword.PerFrameFunctionalGroupsSequence, frames));
        if (kind == Kind.ENHANCED_PET) {
            head.put(Elements.text(Keyword.Units, "BQML"));
            head.put(Elements.text(Keyword.DecayCorrection, "START"));
            head.put(Elements.text(Keyword.CorrectedImage, "ATTN", "DECY"));
            head.put(Elements.text(Keyword.AcquisitionDate, "20240301"));
            head.put(Elements.text(Keyword.AcquisitionTime, "110000"));
            head.put(
                    Elements.sequence(
                            Keyword.RadiopharmaceuticalInformationSequence,
                            Elements.item(
                                    Elements.text(
                                            Keyword.RadiopharmaceuticalStartDateTime,
                                            "20240301100000"),
                                    Elements.text(Keyword.RadionuclideTotalDose, "368080000"),
                                    Elements.text(Keyword.RadionuclideHalfLife, "6586.2"))));
        }
        DicomWriter.write(source(), head, Pixels.of(pixels.array()));
        return source();
    }

    private Path mosaic() {
        DataSet head = head(Kind.MOSAIC);
        head.set(Elements.text(Keyword.ImageType, "ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"));
        head.put(Elements.numbers(Keyword.Rows, 6));
        head.put(Elements.numbers(Keyword.Columns, 6));
        head.put(Elements.decimals(Keyword.PixelSpacing, 2, 3));
        head.put(Elements.decimals(Keyword.SpacingBetweenSlices, 4));
        head.put(Elements.decimals(Keyword.ImagePositionPatient, -9, -6, 40));
        head.put(Elements.decimals(Keyword.ImageOrientationPatient, 1, 0, 0, 0, 1, 0));
        head.put(Elements.textAs(0x00290010, "LO", "SIEMENS CSA HEADER"));
        head.put(
                DataSet.Element.value(
                        0x00291010, "OB", MosaicTest.csa("5", "1.0"), ByteOrder.LITTLE_ENDIAN, 0));
        ByteBuffer pixels = ByteBuffer.allocate(2 * 36).order(ByteOrder.LITTLE_ENDIAN);
        for (int tile = 0; tile < 5; tile++) {
            for (int v = 0; v < 4; v++) {
                int row = tile / 3 * 2 + v / 2;
                pixels.putShort(2 * (6 * row + tile % 3 * 2 + v % 2), (short) (10 * tile + v));
            }
        }
        DicomWriter.write(source(), head, Pixels.of(pixels.array()));
        return source();
    }

    private static Volume inUnits(Path series) {
        Image image = DicomSeries.read(series);
        return new Units("*")
                .apply(Exam.of("e", Map.of("i", image), Map.of(), Map.of()), new Trace())
                .image("i")
                .volume();
    }

    private static void same(Volume before, Volume after, double tolerance) {
        assertTrue(before.geometry().isClose(after.geometry(), 1e-9), after.geometry() + "");
        assertEquals(before.quantity(), after.quantity());
        for (int n = 0; n < before.values().length; n++) {
            assertEquals(before.values()[n], after.values()[n], tolerance);
        }
    }

    /** Checks that every element has the representation of PS3.6, and returns the head. */
    private static DataSet sound(Path file) {
        DataSet head = DicomFile.readAll(file).orElseThrow().values();
        sound(head);
        return head;
    }

    private static void sound(DataSet set) {
        for (DataSet.Element e : set.elements()) {
            assertEquals(
                    Dictionary.vr(e.tag(), true).orElse("none"), e.vr(), Keyword.tagText(e.tag()));
            e.items().forEach(DerivedSourcesTest::sound);
        }
    }

    private static String text(DataSet set, int tag) {
        return set.element(tag).map(DataSet::text).orElse(null);
    }

    // The same kinds of files, written by pydicom 2.3.1 and converted with diapason convert:
    //   dcmdump (3.6.7), gdcminfo (3.0.22) and pydicom read positions, orientation and pixels as
    //   they are here; dciodvfy (1.00~20220618) reports no error.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void everySourceGivesTheSameGridAndValues(Kind kind) {
        Volume volume = inUnits(write(kind));
        Path out = folder.resolve("out");
        DerivedSeries.Written written = DerivedSeries.write(volume, source(), out, NOTHING, false);
        assertEquals(5, written.files());
        same(volume, inUnits(out), written.slope() / 2 + 1e-6);
        for (int k = 0; k < 5; k++) {
            DataSet head = sound(out.resolve("slice-000" + (k + 1) + ".dcm"));
            assertEquals("Doe^Jane", text(head, 0x00100010));
            DataSet source = head.element(0x00082112).get().items().get(0);
            assertEquals("1.2.3.4", text(source, 0x00081155));
            boolean frames = kind != Kind.MOSAIC;
            int frame = 1;
            while (frames && ORDER[frame - 1] != k) {
                frame++;
            }
            assertEquals(frames ? "" + frame : null, text(source, 0x00081160));
            assertEquals(null, text(head, 0x00080104), "the meaning of a code of its own sequence");
            assertEquals(frames ? "" + (500 + k) : null, text(head, 0x00181150));
            assertEquals(kind == Kind.ENHANCED_MR ? "4.6" : null, text(head, 0x00180081));
            assertEquals(kind == Kind.LEGACY_CT ? "B31f" : null, text(head, 0x00181210));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everySourceGivesADerivedSeriesThatNamesNobody(Kind kind) throws IOException {
        Volume volume = inUnits(write(kind));
        Path out = folder.resolve("out");
        Deidentifier deidentifier = new Deidentifier(KEY, false);
        DerivedSeries.Written written = deidentifier.derive(volume, source(), out, NOTHING);
        same(volume, inUnits(out), written.slope() / 2 + 1e-6);
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String gone :
                        List.of(
                                "Doe",
                                "Jane",
                                "Roe",
                                "4711-77",
                                "19610203",
                                "20240301",
                                "1.2.3.")) {
                    assertFalse(bytes.contains(gone), gone + " in " + file.getFileName());
                }
                DataSet head = sound(file);
                assertEquals("YES", text(head, 0x00120062));
                assertEquals("Diapason", text(equipment(head), 0x00081090));
                assertEquals("[Diapason: copy]", text(head, 0x0008103E));
            }
        }
    }

    private static DataSet equipment(DataSet head) {
        return head.element(0x0018A001).get().items().get(0);
    }

    @Test
    void aDerivedSeriesRefersToTheCopiesOfItsSourceUnderTheSameKey() throws IOException {
        Volume volume = inUnits(write(Kind.ENHANCED_PET));
        Deidentifier deidentifier = new Deidentifier(KEY, false);
        Path copies = folder.resolve("copies");
        assertEquals(1, deidentifier.run(source(), copies).done());
        Path copy;
        try (Stream<Path> walk = Files.walk(copies)) {
            copy = walk.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        DataSet old = DicomFile.readAll(copy).orElseThrow().values();
        Path out = folder.resolve("out");
        deidentifier.derive(volume, source(), out, NOTHING);
        DataSet head = sound(out.resolve("slice-0001.dcm"));
        DataSet reference = head.element(0x00082112).get().items().get(0);
        assertEquals(text(old, 0x00080018), text(reference, 0x00081155));
        for (int tag :
                new int[] {
                    0x0020000D,
                    0x00200052,
                    0x00100010,
                    0x00100020,
                    0x00080020,
                    0x00080021,
                    0x00080022,
                    0x00080032,
                    0x00101030,
                    0x00101020
                }) {
            assertEquals(text(old, tag), text(head, tag), Keyword.tagText(tag));
        }
        assertNotEquals(text(old, 0x0020000E), text(head, 0x0020000E));
        assertArrayEquals(volume.values(), inUnits(copy).values(), "SUV of the copy");
        Path other = folder.resolve("other");
        byte[] key = "another key of 16 bytes".getBytes(StandardCharsets.US_ASCII);
        new Deidentifier(key, false).derive(volume, source(), other, NOTHING);
        DataSet stranger = sound(other.resolve("slice-0001.dcm"));
        for (int tag : new int[] {0x0020000E, 0x00080018, 0x0020000D, 0x00100010}) {
            assertNotEquals(text(head, tag), text(stranger, tag), Keyword.tagText(tag));
        }
    }

    @Test
    void nothingIsWrittenWhereOneOfManyFilesMayShowAName() {
        Geometry g = Geometry.of(3, 2, 3, 1, 1, 2);
        Path in = folder.resolve("in");
        DicomCtWriter.write(in, "s", g, new short[18], 1, -1024, Map.of());
        DicomCtWriter.write(
                folder.resolve("last"),
                "s",
                g,
                new short[18],
                1,
                -1024,
                Map.of("BurnedInAnnotation", "YES"));
        try {
            Files.copy(
                    folder.resolve("last/slice-0003.dcm"),
                    in.resolve("slice-0003.dcm"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Volume volume = inUnits(in);
        Path out = folder.resolve("out");
        assertThrows(
                RefusedException.class, () -> DerivedSeries.write(volume, in, out, NOTHING, false));
        assertTrue(Files.notExists(out), "not even the slices before it");
        assertThrows(RefusedException.class, () -> new Deidentifier(KEY, false).pixelsSilent(in));
        assertTrue(new Deidentifier(KEY, true).pixelsSilent(in));
    }
}
