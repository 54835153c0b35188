package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.io.Images;
import org.diapason.io.Masks;
import org.diapason.io.TestData;
import org.diapason.math.Parallel;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segmentations that others write otherwise than we do. */
class SegmentationTest {
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

    private Mask read(String path) {
        return Masks.read(folder.resolve(path), grid, Optional.of(image));
    }

    private String failure(String path) {
        return assertThrows(DataException.class, () -> read(path)).getMessage();
    }

    /**
     * Returns a segmentation of frames on slices of the grid, the first pixel at its far corner.
     */
    private DataSet segmentation(String type, int bits, int... slices) {
        DataSet v = new DataSet("seg");
        v.put(Elements.text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.66.4"));
        v.put(Elements.text(Keyword.Modality, "SEG"));
        v.put(Elements.text(Keyword.SegmentationType, type));
        v.put(Elements.numbers(Keyword.MaximumFractionalValue, 200));
        v.put(Elements.text(Keyword.NumberOfFrames, Integer.toString(slices.length)));
        v.put(Elements.numbers(Keyword.Rows, grid.nj()));
        v.put(Elements.numbers(Keyword.Columns, grid.ni()));
        v.put(Elements.numbers(Keyword.BitsAllocated, bits));
        v.put(
                Elements.sequence(
                        Keyword.SegmentSequence,
                        Elements.item(
                                Elements.numbers(Keyword.SegmentNumber, 7),
                                Elements.text(Keyword.SegmentLabel, "one")),
                        Elements.item(
                                Elements.numbers(Keyword.SegmentNumber, 300),
                                Elements.text(Keyword.SegmentLabel, "two"))));
        double[] d = grid.direction().toArray();
        v.put(
                Elements.sequence(
                        Keyword.SharedFunctionalGroupsSequence,
                        Elements.item(
                                Elements.sequence(
                                        Keyword.PlaneOrientationSequence,
                                        Elements.item(
                                                Elements.decimals(
                                                        Keyword.ImageOrientationPatient,
                                                        -d[0],
                                                        -d[3],
                                                        -d[6],
                                                        -d[1],
                                                        -d[4],
                                                        -d[7]))),
                                Elements.sequence(
                                        Keyword.PixelMeasuresSequence,
                                        Elements.item(
                                                Elements.decimals(
                                                        Keyword.PixelSpacing,
                                                        grid.spacing(1),
                                                        grid.spacing(0)))),
                                Elements.sequence(
                                        Keyword.SegmentIdentificationSequence,
                                        Elements.item(
                                                Elements.numbers(
                                                        Keyword.ReferencedSegmentNumber, 7))))));
        DataSet[] frames = new DataSet[slices.length];
        for (int f = 0; f < slices.length; f++) {
            double[] corner = grid.toWorld(grid.ni() - 1, grid.nj() - 1, slices[f]).toArray();
            frames[f] =
                    Elements.item(
                            Elements.sequence(
                                    Keyword.PlanePositionSequence,
                                    Elements.item(
                                            Elements.decimals(
                                                    Keyword.ImagePositionPatient, corner))));
        }
        v.put(Elements.sequence(Keyword.PerFrameFunctionalGroupsSequence, frames));
        return v;
    }

    /** Returns the voxels whose pixel, in frames that begin at the far corner, fulfils a test. */
    private boolean[] expected(int[] slices, java.util.function.IntPredicate inside) {
        boolean[] voxels = new boolean[grid.voxels()];
        int plane = grid.ni() * grid.nj();
        for (int p = 0; p < slices.length * plane; p++) {
            int n = plane - 1 - p % plane;
            voxels[slices[p / plane] * plane + n] |= inside.test(p);
        }
        return voxels;
    }

    @Test
    void framesInAnyOrderAndDirectionArePlacedByTheirPositions() {
        int[] slices = {3, 0, 4};
        byte[] bits = new byte[(3 * 63 + 7) / 8];
        for (int p = 0; p < 3 * 63; p++) {
            if (p * 7919 % 5 < 2) {
                bits[p / 8] |= (byte) (1 << p % 8);
            }
        }
        DicomWriter.write(
                folder.resolve("s.dcm"), segmentation("BINARY", 1, slices), Pixels.bytes(bits));
        Mask mask = read("s.dcm#one");
        assertArrayEquals(expected(slices, p -> p * 7919 % 5 < 2), mask.voxels());
        assertEquals(
                List.of(
                        "s.dcm, region one names no frame of reference, so that the region belongs"
                                + " to this image was not checked."),
                mask.notes());
        assertEquals(0, read("s.dcm#two").count());
    }

    @Test
    void aCroppedAndTurnedImageTakesItsShareOfASegmentation() {
        byte[] bits = new byte[8];
        for (int p = 0; p < 63; p++) {
            bits[p / 8] |= (byte) (p % 5 < 2 ? 1 << p % 8 : 0);
        }
        DicomWriter.write(
                folder.resolve("s.dcm"), segmentation("BINARY", 1, 3), Pixels.bytes(bits));
        // axes k, i, j of the grid; i from 2 to 6, j from 1 to 4, slice 3 alone
        double[] d = grid.direction().toArray();
        Geometry turned =
                new Geometry(
                        1,
                        5,
                        4,
                        Numbers.of(grid.spacing(2), grid.spacing(0), grid.spacing(1)),
                        grid.toWorld(2, 1, 3),
                        Numbers.of(d[2], d[0], d[1], d[5], d[3], d[4], d[8], d[6], d[7]));
        Mask mask = Masks.read(folder.resolve("s.dcm#one"), turned);
        boolean[] whole = expected(new int[] {3}, p -> p % 5 < 2);
        int inside = 0;
        for (int j = 0; j < 4; j++) {
            for (int i = 0; i < 5; i++) {
                assertEquals(whole[grid.index(i + 2, j + 1, 3)], mask.at(0, i, j));
                inside += mask.at(0, i, j) ? 1 : 0;
            }
        }
        // 26 of the 63 pixels are inside: p = 5 n and 5 n + 1 below 63
        assertEquals(
                List.of(
                        "s.dcm, region one: "
                                + (26 - inside)
                                + " of its pixels lie outside the image."),
                mask.notes());
    }

    @Test
    void aFractionAboveHalfOfTheMaximumIsInside() {
        byte[] parts = new byte[63];
        for (int p = 0; p < 63; p++) {
            parts[p] = (byte) (p % 2 == 0 ? 100 + p % 3 : 200); // 100 is exactly half
        }
        DicomWriter.write(
                folder.resolve("f.dcm"), segmentation("FRACTIONAL", 8, 2), Pixels.bytes(parts));
        Mask mask = read("f.dcm#one");
        assertArrayEquals(expected(new int[] {2}, p -> (parts[p] & 0xFF) > 100), mask.voxels());
        assertTrue(mask.notes().get(1).contains("above half of the maximum"));
    }

    @Test
    void framesMayBeCompressed() {
        byte[] parts = new byte[126];
        for (int p = 0; p < parts.length; p++) {
            parts[p] = (byte) (p % 5 == 0 ? 200 : 20);
        }
        DataSet values = segmentation("FRACTIONAL", 8, 1, 4);
        DicomWriter.write(folder.resolve("f.dcm"), values, runLengths(parts, 63));
        assertArrayEquals(expected(new int[] {1, 4}, p -> p % 5 == 0), read("f.dcm#one").voxels());
    }

    /** Frames are decoded on all cores and each falls into its own slice. */
    @Test
    void compressedFramesGiveOneMaskOnAnyNumberOfThreads() {
        int[] slices = java.util.stream.IntStream.range(0, 40).map(n -> 1 + n % 4).toArray();
        byte[] parts = new byte[63 * slices.length];
        for (int p = 0; p < parts.length; p++) {
            parts[p] = (byte) (p % 63 == p / 63 ? 200 : 20);
        }
        DataSet values = segmentation("FRACTIONAL", 8, slices);
        DicomWriter.write(folder.resolve("f.dcm"), values, runLengths(parts, 63));
        int before = Parallel.threads();
        Mask[] masks = new Mask[2];
        try {
            for (int n = 0; n < 2; n++) {
                Parallel.setThreads(1 + 3 * n);
                masks[n] = read("f.dcm#one");
            }
        } finally {
            Parallel.setThreads(before);
        }
        assertArrayEquals(expected(slices, p -> p % 63 == p / 63), masks[0].voxels());
        assertArrayEquals(masks[0].voxels(), masks[1].voxels());
    }

    /** Returns frames of bytes in RLE, each one run of literals (PS3.5 annex G, A.4.2). */
    private static Pixels runLengths(byte[] pixels, int frame) {
        return new Pixels() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                DicomWriter.header(out, Keyword.PixelData.tag(), "OB", -1);
                item(out, 0xE000, 0);
                for (int at = 0; at < pixels.length; at += frame) {
                    item(out, 0xE000, 64 + 1 + frame);
                    out.write(DicomWriter.little(4, 1)); // one segment
                    out.write(DicomWriter.little(4, 64)); // which begins behind this header
                    out.write(new byte[56]);
                    out.write(frame - 1);
                    out.write(pixels, at, frame);
                }
                item(out, 0xE0DD, 0);
            }

            private void item(OutputStream out, int element, int length) throws IOException {
                out.write(DicomWriter.little(2, 0xFFFE));
                out.write(DicomWriter.little(2, element));
                out.write(DicomWriter.little(4, length));
            }

            @Override
            public String syntax() {
                return "1.2.840.10008.1.2.5";
            }
        };
    }

    @Test
    void aLabelMapHoldsASegmentWhereItsNumberStands() {
        byte[] numbers = new byte[126];
        for (int p = 0; p < 63; p++) {
            int number = p % 3 == 0 ? 300 : p % 3 == 1 ? 7 : 0;
            numbers[2 * p] = (byte) number;
            numbers[2 * p + 1] = (byte) (number >> 8);
        }
        DicomWriter.write(
                folder.resolve("l.dcm"), segmentation("LABELMAP", 16, 1), Pixels.bytes(numbers));
        int[] slices = {1};
        assertArrayEquals(expected(slices, p -> p % 3 == 1), read("l.dcm#one").voxels());
        assertArrayEquals(expected(slices, p -> p % 3 == 0), read("l.dcm#300").voxels());
    }

    @Test
    void aSegmentationOnOtherVoxelsIsRefusedWithBothGrids() {
        DicomWriter.write(
                folder.resolve("s.dcm"), segmentation("BINARY", 1, 3), Pixels.bytes(new byte[8]));
        // pixel (0, 0) is voxel (8, 6, 3): origin + 5.6 (2, 2, 1)/3 + 7.8 (-2, 1, 2)/3 + 7.5 (1,
        // -2, 2)/3
        Geometry other = Geometry.of(9, 7, 5, 0.7, 1.3, 2.5);
        assertEquals(
                "s.dcm, region one, frame 1: its pixels (0.700 × 1.300 mm from (-10.47, 21.58,"
                        + " -288.06), rows along (-0.67, -0.67, -0.33)) are not voxels of the image"
                        + " (0.700 × 1.300 × 2.500 mm from (0.00, 0.00, 0.00)). Give the image it"
                        + " was drawn on, or resample it.",
                assertThrows(
                                DataException.class,
                                () -> Masks.read(folder.resolve("s.dcm#one"), other))
                        .getMessage());
    }

    @Test
    void pixelsMayLieAHundredthOfAVoxelOff() {
        DicomWriter.write(
                folder.resolve("s.dcm"), segmentation("BINARY", 1, 3), Pixels.bytes(new byte[8]));
        Path file = folder.resolve("s.dcm#one");
        assertEquals(0, Masks.read(file, moved(0, 0.009, 1)).count());
        for (Geometry away :
                List.of(
                        moved(0, 0.011, 1),
                        moved(2, 0.5, 1),
                        moved(1, -0.011, 1),
                        moved(0, 0, 1.003))) {
            assertThrows(DataException.class, () -> Masks.read(file, away), away.toString());
        }
    }

    /** Returns the grid moved by a part of a voxel along an axis, its columns further apart. */
    private Geometry moved(int axis, double voxels, double wider) {
        return new Geometry(
                grid.ni(),
                grid.nj(),
                grid.nk(),
                Numbers.of(wider * grid.spacing(0), grid.spacing(1), grid.spacing(2)),
                grid.toWorld(
                        axis == 0 ? voxels : 0, axis == 1 ? voxels : 0, axis == 2 ? voxels : 0),
                grid.direction());
    }

    @Test
    void segmentationsThatAreTooShortOrOfAnotherKindAreRefused() {
        DicomWriter.write(
                folder.resolve("a.dcm"),
                segmentation("BINARY", 1, 3, 4),
                Pixels.bytes(new byte[8]));
        assertTrue(
                failure("a.dcm#one").contains("has 8 bytes, 16 are needed"), failure("a.dcm#one"));
        DataSet one = new DataSet("seg");
        one.put(Elements.text(Keyword.NumberOfFrames, "1"));
        one.addAll(segmentation("BINARY", 1, 3, 4));
        DicomWriter.write(folder.resolve("d.dcm"), one, Pixels.bytes(new byte[16]));
        assertEquals(
                "d.dcm: holds 1 frame and descriptions of 2, so which is which is not known. Export"
                        + " it again.",
                failure("d.dcm#one"));
        DicomWriter.write(
                folder.resolve("b.dcm"), segmentation("BINARY", 8, 3), Pixels.bytes(new byte[63]));
        assertTrue(failure("b.dcm#one").contains("is 8; 1 was expected"));
        DicomWriter.write(
                folder.resolve("c.dcm"), segmentation("SURFACE", 8, 3), Pixels.bytes(new byte[63]));
        assertTrue(
                failure("c.dcm#one")
                        .contains("is \"SURFACE\"; BINARY, FRACTIONAL and LABELMAP are read"));
        assertEquals(
                "c.dcm: holds 2 regions: \"one\", \"two\". Say which one after the file, as in c.dcm#one.",
                failure("c.dcm"));
    }

    @Test
    void aFrameOfNoSegmentIsNotLeftOutInSilence() {
        DataSet whole = segmentation("BINARY", 1, 3);
        DataSet group = whole.items(Keyword.SharedFunctionalGroupsSequence).get(0);
        DataSet nobodys = new DataSet("seg");
        for (DataSet.Element element : group.elements()) {
            if (element.tag() != Keyword.SegmentIdentificationSequence.tag()) {
                nobodys.put(element);
            }
        }
        DataSet lost = new DataSet("seg");
        lost.put(Elements.sequence(Keyword.SharedFunctionalGroupsSequence, nobodys));
        lost.addAll(whole);
        DicomWriter.write(folder.resolve("lost.dcm"), lost, Pixels.bytes(new byte[8]));
        assertEquals(
                "lost.dcm: frame 1 does not say which segment it belongs to. Export it again.",
                failure("lost.dcm#one"));
    }

    @Test
    void aFrameThatDoesNotSayWhereItLiesIsRefused() {
        DataSet whole = segmentation("BINARY", 1, 3);
        DataSet lost = new DataSet("seg");
        for (DataSet.Element element : whole.elements()) {
            if (element.tag() != Keyword.SharedFunctionalGroupsSequence.tag()) {
                lost.put(element);
            }
        }
        lost.put(
                Elements.sequence(
                        Keyword.SharedFunctionalGroupsSequence,
                        Elements.item(
                                Elements.sequence(
                                        Keyword.SegmentIdentificationSequence,
                                        Elements.item(
                                                Elements.numbers(
                                                        Keyword.ReferencedSegmentNumber, 7))))));
        DicomWriter.write(folder.resolve("lost.dcm"), lost, Pixels.bytes(new byte[8]));
        assertEquals(
                "lost.dcm: a frame has no PlaneOrientationSequence (0020,9116), so its place is not"
                        + " known. Export it again.",
                failure("lost.dcm#one"));
    }
}
