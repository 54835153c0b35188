package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.diapason.io.TestData;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomSeriesTest {
    private static final Geometry GRID = TestData.oblique(5, 4, 3, false);

    @TempDir Path folder;

    private static short[] ramp(Geometry g) {
        short[] stored = new short[g.voxels()];
        for (int n = 0; n < stored.length; n++) {
            stored[n] = (short) (n * 997 - 30000);
        }
        return stored;
    }

    private void write(Map<String, String> attributes) {
        DicomCtWriter.write(folder, "seed", GRID, ramp(GRID), 0.5, -1024, attributes);
    }

    private Path slice(int number) {
        return folder.resolve("slice-000" + number + ".dcm");
    }

    private String failure() {
        return assertThrows(DataException.class, () -> DicomSeries.read(folder)).getMessage();
    }

    @Test
    void whatWasWrittenIsReadBackInTheSamePlaceWithTheSameNumbers() {
        write(Map.of("ConvolutionKernel", "B30f", "PixelPaddingValue", "-2000"));
        Image image = DicomSeries.read(folder);
        // positions are texts of 16 characters, so about 1e-13 of a voxel is lost
        assertTrue(image.volume().geometry().isClose(GRID, 1e-9));
        assertEquals(Quantity.STORED, image.volume().quantity());
        short[] stored = ramp(GRID);
        for (int n = 0; n < stored.length; n++) {
            assertEquals(stored[n], image.volume().values()[n]);
        }
        assertEquals("B30f", image.tags().text("ConvolutionKernel").orElseThrow());
        assertEquals(-2000, image.tags().number("PixelPaddingValue").orElseThrow());
        assertEquals(Numbers.of(0.5, 0.5, 0.5), image.tags().slices("RescaleSlope").orElseThrow());
        assertEquals(
                Numbers.of(-1024, -1024, -1024),
                image.tags().slices("RescaleIntercept").orElseThrow());
    }

    @Test
    void positionAloneDecidesTheOrderAndOtherFilesAreCounted() throws IOException {
        write(Map.of());
        Image before = DicomSeries.read(folder);
        Files.move(slice(1), folder.resolve("zz"));
        Files.writeString(folder.resolve("README.txt"), "not an image");
        Image after = DicomSeries.read(folder);
        assertEquals(before.volume().geometry(), after.volume().geometry());
        assertArrayEquals(before.volume().values(), after.volume().values());
        assertEquals("1", after.tags().text("SkippedFiles").orElseThrow());
    }

    @Test
    void namesAndIdentifiersOfPatientsDoNotLeaveTheReader() {
        write(
                Map.of(
                        "PatientName", "Doe^Jane",
                        "PatientID", "4711-SECRET",
                        "PatientBirthDate", "19610203",
                        "PatientWeight", "63.5"));
        String tags = DicomSeries.read(folder).tags().series().toString();
        assertFalse(tags.contains("Doe") || tags.contains("4711") || tags.contains("1961"), tags);
        assertTrue(tags.contains("PatientWeight=63.5"), tags);
    }

    @Test
    void aMissingSliceIsNamedByItsNeighboursAndTheirDistance() throws IOException {
        Geometry g = Geometry.of(2, 2, 5, 1, 1, 2);
        DicomCtWriter.write(folder, "gap", g, new short[20], 1, 0, Map.of());
        Files.delete(slice(4));
        assertEquals(
                "slice-0003.dcm and slice-0005.dcm do not follow each other at the series' 2.000 mm:"
                        + " they are at 4.000 and 8.000 mm, 4.000 mm apart. Slices are missing:"
                        + " export the series again, or add #gaps=interpolate to the path to have"
                        + " them guessed from their neighbours.",
                failure());
    }

    @Test
    void truncationIsFoundBeforeAnyVolumeIsMade() throws IOException {
        write(Map.of());
        byte[] whole = Files.readAllBytes(slice(2));
        Files.write(slice(2), Arrays.copyOf(whole, whole.length - 1));
        int pixels = whole.length - 40;
        assertEquals(
                "slice-0002.dcm, byte "
                        + pixels
                        + ": PixelData (7FE0,0010) needs 40 bytes, but only 39 remain: the file is"
                        + " truncated (it ends at byte "
                        + (whole.length - 1)
                        + " of "
                        + whole.length
                        + ") or broken. Copy it again.",
                failure());
    }

    @Test
    void pixelsInASyntaxThatIsNotReadAreNamedAndNotGuessed() {
        write(Map.of("TransferSyntaxUID", "1.2.840.10008.1.2.4.201"));
        assertEquals(
                "slice-0001.dcm: the transfer syntax is HTJ2K Lossless"
                        + " (1.2.840.10008.1.2.4.201), which is not read. Read are uncompressed and"
                        + " deflated files, RLE, JPEG (baseline, extended, lossless), JPEG-LS and"
                        + " JPEG 2000. Convert it first (gdcmconv --raw).",
                failure());
    }

    @Test
    void aSlopeThatIsNoNumberIsNamedByTagAndByte() {
        write(Map.of("RescaleSlope", "1,0"));
        assertTrue(
                failure()
                        .matches(
                                "slice-0001.dcm, byte \\d+: RescaleSlope \\(0028,1053\\) is not a"
                                        + " number: found \"1,0\"\\."),
                failure());
    }

    @Test
    void aSeriesWithoutSlopeSaysSoByItsAbsence() {
        write(Map.of("RescaleSlope", ""));
        assertTrue(DicomSeries.read(folder).tags().slices("RescaleSlope").isEmpty());
    }

    @Test
    void twelveBitsInSixteenLoseWhatLiesAboveThem() {
        short[] stored = {(short) 0xF7FF, 0x0800, 0x0001, (short) 0x8FFF};
        Geometry g = Geometry.of(2, 2, 1, 1, 1, 1);
        Map<String, String> twelve =
                Map.of("BitsStored", "12", "HighBit", "11", "PixelRepresentation", "1");
        DicomCtWriter.write(folder, "s", g, stored, 1, 0, twelve);
        float[] signed = DicomSeries.read(folder).volume().values();
        assertArrayEquals(new float[] {2047, -2048, 1, -1}, signed);
        Map<String, String> unsigned =
                Map.of("BitsStored", "12", "HighBit", "11", "PixelRepresentation", "0");
        DicomCtWriter.write(folder, "s", g, stored, 1, 0, unsigned);
        assertArrayEquals(
                new float[] {2047, 2048, 1, 4095}, DicomSeries.read(folder).volume().values());
    }

    @Test
    void acquisitionTimesAreSecondsOnOneClockAcrossMidnight() {
        Geometry g = Geometry.of(1, 1, 1, 1, 1, 1);
        DicomCtWriter.write(
                folder,
                "s",
                g,
                new short[1],
                1,
                0,
                Map.of("AcquisitionDate", "20240229", "AcquisitionTime", "235959.5"));
        // date -u -d '2024-02-29 23:59:59' +%s
        assertEquals(
                Numbers.of(1709251199.5),
                DicomSeries.read(folder).tags().slices("AcquisitionSeconds").orElseThrow());
    }

    @Test
    void aFolderWithoutImagesSaysWhatItNeeds() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "nothing");
        assertTrue(
                failure()
                        .contains(
                                "there is no CT, MR or PET image in it (1 files skipped: 1 × no DICOM file)"));
    }
}
