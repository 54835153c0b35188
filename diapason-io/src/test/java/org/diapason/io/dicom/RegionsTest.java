package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.io.Images;
import org.diapason.io.Inspection;
import org.diapason.io.Masks;
import org.diapason.io.Regions;
import org.diapason.io.TestData;
import org.diapason.math.ContourTrace;
import org.diapason.math.Rng;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structure sets and segmentations that we write, and how regions are named and chosen. */
class RegionsTest {
    @TempDir Path folder;

    private Path image;
    private Geometry grid;

    @BeforeEach
    void anImage() {
        Geometry oblique = TestData.oblique(9, 7, 5, false);
        image = folder.resolve("ct");
        DicomCtWriter.write(
                image,
                "masks",
                oblique,
                new short[oblique.voxels()],
                1,
                0,
                Map.of("PatientName", "Doe^Jane"));
        grid = Images.read(image).volume().geometry();
    }

    private Mask random(int seed, int tenths) {
        Rng rng = new Rng(seed);
        boolean[] voxels = new boolean[grid.voxels()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = rng.nextInt(10) < tenths;
        }
        return Mask.of(grid, voxels);
    }

    private Mask read(String path) {
        return Masks.read(folder.resolve(path), grid, Optional.of(image));
    }

    private String failure(String path) {
        return assertThrows(DataException.class, () -> read(path)).getMessage();
    }

    @Test
    void masksWrittenAsSegmentationsAndStructureSetsAreReadBackVoxelByVoxel() throws IOException {
        TreeMap<String, Mask> masks =
                new TreeMap<>(Map.of("Tumour", random(1, 5), "Rand\\stück", random(2, 8)));
        SegWriter.write(folder.resolve("seg.dcm"), masks, image);
        RtStructWriter.write(folder.resolve("rs.dcm"), masks, image);
        for (String file : List.of("seg.dcm", "rs.dcm")) {
            // a backslash would begin another value
            Mask tumour = read(file + "#Tumour");
            assertArrayEquals(masks.get("Tumour").voxels(), tumour.voxels());
            assertEquals(grid, tumour.geometry());
            assertEquals(List.of(), tumour.notes());
            assertArrayEquals(
                    masks.get("Rand\\stück").voxels(), read(file + "#Rand_stück").voxels());
            assertTrue(Masks.drawnOn(folder.resolve(file), image));
        }
        // a tag is two 16-bit numbers, group first
        DataSet seg = DicomFile.readAll(folder.resolve("seg.dcm")).orElseThrow().values();
        DataSet dimension = seg.items(Keyword.DimensionIndexSequence).get(0);
        assertArrayEquals(
                new byte[] {0x62, 0, 0x0B, 0},
                dimension.element(Keyword.DimensionIndexPointer.tag()).orElseThrow().bytes());
        byte[] before = Files.readAllBytes(folder.resolve("seg.dcm"));
        SegWriter.write(folder.resolve("seg.dcm"), masks, image);
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("seg.dcm")));
    }

    @Test
    void masksOfAnotherFrameOfReferenceAreRefused() {
        TreeMap<String, Mask> masks = new TreeMap<>(Map.of("GTV", random(1, 5)));
        SegWriter.write(folder.resolve("seg.dcm"), masks, image);
        RtStructWriter.write(folder.resolve("rs.dcm"), masks, image);
        image = folder.resolve("later");
        DicomCtWriter.write(image, "other", grid, new short[grid.voxels()], 1, 0, Map.of());
        for (String file : List.of("seg.dcm", "rs.dcm")) {
            assertEquals(
                    file
                            + ", region GTV: lies in another frame of reference (0020,0052) than the"
                            + " image \"later\", so its millimetres are not the image's. Give the"
                            + " image it was drawn on.",
                    failure(file));
        }
    }

    @Test
    void aContourLongerThan64KibIsWrittenWhole() {
        Geometry wide = Geometry.of(200, 200, 1, 0.7, 0.7, 1);
        DicomCtWriter.write(folder.resolve("wide"), "w", wide, new short[40000], 1, 0, Map.of());
        boolean[] comb = new boolean[40000];
        for (int n = 0; n < comb.length; n++) {
            int i = n % 200;
            int j = n / 200;
            comb[n] = i % 4 == 0 || j == 0 || i % 4 == 1 && j % 2 == 0;
        }
        Geometry there = Images.read(folder.resolve("wide")).volume().geometry();
        Mask mask = Mask.of(there, comb);
        double[] outline = ContourTrace.trace(mask).get(0).pointsMm().toArray();
        assertTrue(Elements.decimals(Keyword.ContourData, outline).bytes().length > 1 << 16);
        Path file = folder.resolve("comb.dcm");
        RtStructWriter.write(file, new TreeMap<>(Map.of("comb", mask)), folder.resolve("wide"));
        assertArrayEquals(comb, Masks.read(file, there).voxels());
    }

    @Test
    void aMaskWithoutAVoxelIsNotWritten() {
        TreeMap<String, Mask> empty = new TreeMap<>(Map.of("none", random(1, 0)));
        assertEquals(
                "mask none has no voxel, and a segment needs a frame. Leave it out.",
                assertThrows(
                                DataException.class,
                                () -> SegWriter.write(folder.resolve("x.dcm"), empty, image))
                        .getMessage());
        assertThrows(
                DataException.class,
                () -> RtStructWriter.write(folder.resolve("x.dcm"), empty, image));
        assertFalse(Files.exists(folder.resolve("x.dcm")));
    }

    /** Returns a structure set with one square contour on slice 2 for each name. */
    private DataSet structures(String charset, String type, String data, String... names) {
        DataSet v = new DataSet("rs");
        v.put(Elements.text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.481.3"));
        v.put(Elements.text(Keyword.SpecificCharacterSet, charset));
        v.put(Elements.text(Keyword.Modality, "RTSTRUCT"));
        v.put(Elements.text(Keyword.PatientName, "Doe^Jane"));
        DataSet[] rois = new DataSet[names.length];
        DataSet[] drawn = new DataSet[names.length];
        for (int n = 0; n < names.length; n++) {
            String number = Integer.toString(10 + n);
            rois[n] =
                    Elements.item(
                            Elements.text(Keyword.ROINumber, number),
                            Elements.name(Keyword.ROIName, RegionText.charset(v), names[n]));
            drawn[n] =
                    Elements.item(
                            Elements.text(Keyword.ReferencedROINumber, number),
                            Elements.sequence(
                                    Keyword.ContourSequence,
                                    Elements.item(
                                            Elements.text(Keyword.ContourGeometricType, type),
                                            Elements.text(Keyword.NumberOfContourPoints, "4"),
                                            Elements.text(Keyword.ContourData, data))));
        }
        v.put(Elements.sequence(Keyword.StructureSetROISequence, rois));
        v.put(Elements.sequence(Keyword.ROIContourSequence, drawn));
        return v;
    }

    private String square() {
        double[] mm = new double[12];
        double[][] corners = {{1.5, 1.5}, {4.5, 1.5}, {4.5, 4.5}, {1.5, 4.5}};
        for (int c = 0; c < 4; c++) {
            double[] p = grid.toWorld(corners[c][0], corners[c][1], 2).toArray();
            System.arraycopy(p, 0, mm, 3 * c, 3);
        }
        return new String(
                Elements.decimals(Keyword.ContourData, mm).bytes(),
                java.nio.charset.StandardCharsets.US_ASCII);
    }

    private void save(String charset, String type, String data, String... names) {
        DataSet values = structures(charset, type, data, names);
        DicomWriter.writeImplicit(folder.resolve("rs.dcm"), values);
    }

    @Test
    void namesAreShownInTheirAlphabetAndCannotSteerATerminalOrAPage() {
        save(
                "ISO_IR 192",
                "CLOSED_PLANAR",
                square(),
                "Läsion ж",
                "\u001b[2J\u001b]0;gone\u0007<script>alert(1)</script>",
                "a\u202Eb",
                "x".repeat(64) + "y");
        List<Regions.Region> regions = Masks.list(folder.resolve("rs.dcm"));
        assertEquals(
                List.of(
                        "Läsion ж",
                        "?[2J?]0;gone??script?alert(1)?/script?",
                        "a?b",
                        "x".repeat(64)),
                regions.stream().map(Regions.Region::name).toList());
        assertEquals(9, read("rs.dcm#Läsion ж").count());
        assertEquals(9, read("rs.dcm#?[2J?]0;gone??script?alert(1)?/script?").count());
        assertTrue(failure("rs.dcm#Lasion ж").contains("did you mean \"Läsion ж\"?"));
        assertFalse(failure("rs.dcm#nothing").contains("Doe"));
    }

    @Test
    void oneOfSeveralRegionsOfANameIsChosenByItsNumber() {
        save("ISO_IR 100", "CLOSEDPLANAR_XOR", square(), "GTV", "GTV");
        assertEquals(
                "rs.dcm: several regions are named \"GTV\", numbers 10, 11. Give the number instead"
                        + " of the name.",
                failure("rs.dcm#GTV"));
        assertEquals(9, read("rs.dcm#11").count());
    }

    @Test
    void contoursThatAreNoneAreRefused() {
        save("ISO_IR 100", "OPEN_PLANAR", square(), "cord");
        assertTrue(
                failure("rs.dcm")
                        .contains("has a contour of type \"OPEN_PLANAR\", which encloses"));
        save("ISO_IR 100", "CLOSED_PLANAR", "1\\2\\3\\4\\5\\6", "short");
        assertTrue(
                failure("rs.dcm").contains("has 6 numbers, 3 for each of 4 points were expected"),
                failure("rs.dcm"));
        save("ISO_IR 100", "CLOSED_PLANAR", "1\\2\\NaN" + "\\3".repeat(9), "nan");
        assertTrue(failure("rs.dcm").contains("has a value that is not a decimal number"));
        save("ISO_IR 100", "CLOSED_PLANAR", "  ", "empty");
        assertTrue(
                failure("rs.dcm").contains("has 0 numbers, 3 for each of 4 points were expected"),
                failure("rs.dcm"));
        DataSet undrawn = new DataSet("rs");
        undrawn.put(Elements.sequence(Keyword.ROIContourSequence));
        undrawn.addAll(structures("ISO_IR 100", "CLOSED_PLANAR", square(), "empty"));
        DicomWriter.writeImplicit(folder.resolve("rs.dcm"), undrawn);
        assertEquals(
                "rs.dcm, region empty: has a name but no contour. Choose another region, or draw"
                        + " it.",
                failure("rs.dcm"));
        save("ISO_IR 100", "CLOSED_PLANAR", square());
        assertEquals("rs.dcm: there is no region in it.", failure("rs.dcm"));
    }

    @Test
    void aFileMayHaveANumberSignInItsName() throws IOException {
        save("ISO_IR 100", "CLOSED_PLANAR", square(), "GTV#1 a/b");
        Files.move(folder.resolve("rs.dcm"), folder.resolve("rs#2.dcm"));
        Files.writeString(folder.resolve("rs"), "another file");
        assertEquals(9, read("rs#2.dcm").count());
        assertEquals(9, read("rs#2.dcm#GTV#1 a/b").count());
        assertTrue(Masks.exists(folder.resolve("rs#2.dcm#GTV")));
        assertFalse(Masks.exists(folder.resolve("rt#3.dcm")));
    }

    @Test
    void aFolderMayHoldOneFileOfRegions() throws IOException {
        save("ISO_IR 100", "CLOSED_PLANAR", square(), "GTV");
        Path inside = Files.createDirectory(folder.resolve("masks"));
        Files.writeString(inside.resolve("notes.txt"), "not DICOM");
        assertEquals(
                "masks: there is no structure set or segmentation in it. Name the file.",
                failure("masks"));
        Files.copy(folder.resolve("rs.dcm"), inside.resolve("a"));
        assertEquals(9, read("masks#GTV").count());
        Files.copy(folder.resolve("rs.dcm"), inside.resolve("b"));
        assertEquals(
                "masks: there is more than one structure set or segmentation in it: a, b. Name the"
                        + " file.",
                failure("masks"));
    }

    @Test
    void anInspectionListsRegionsWithTheirSizesAndTheSeriesTheyWereDrawnOn() {
        TreeMap<String, Mask> masks =
                new TreeMap<>(Map.of("Tumour", random(1, 5), "GTV Jane", random(2, 8)));
        SegWriter.write(folder.resolve("seg.dcm"), masks, image);
        RtStructWriter.write(folder.resolve("rs.dcm"), masks, image);
        Inspection seen = Inspection.of(folder);
        assertEquals(List.of(), seen.problems());
        assertEquals(0, seen.skipped());
        Inspection.RegionsFile rs = seen.regions().get(0);
        assertEquals("rs.dcm RTSTRUCT [ct] 0", text(rs));
        assertTrue(rs.regions().get(1).what().matches("\\d+ contours"), rs.regions()::toString);
        Inspection.RegionsFile seg = seen.regions().get(1);
        assertEquals("seg.dcm SEG [ct] 0", text(seg));
        // "Jane" is a word of the patient's name
        assertEquals("(holds a word of the patient's)", seg.regions().get(0).name());
        assertEquals("Tumour", seg.regions().get(1).name());
        assertEquals(
                "5 frames, " + masks.get("Tumour").count() + " voxels",
                seg.regions().get(1).what());
        Inspection alone = Inspection.of(folder.resolve("rs.dcm"));
        assertEquals("rs.dcm RTSTRUCT [] 1", text(alone.regions().get(0)));
    }

    private static String text(Inspection.RegionsFile file) {
        return file.path() + " " + file.kind() + " " + file.drawnOn() + " " + file.absent();
    }
}
