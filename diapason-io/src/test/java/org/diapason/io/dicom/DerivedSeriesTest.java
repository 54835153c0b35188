package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.io.TestData;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedSeriesTest {
    private static final Geometry GRID = TestData.oblique(5, 4, 3, false);
    private static final Derivation NOTHING =
            new Derivation("copy", "Values in HU.", List.of(), "recipe", "1.0");

    @TempDir Path folder;

    private Path source() {
        return folder.resolve("source");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private void source(Map<String, String> attributes) {
        short[] stored = new short[GRID.voxels()];
        for (int n = 0; n < stored.length; n++) {
            stored[n] = (short) (n * 37);
        }
        DicomCtWriter.write(source(), "seed", GRID, stored, 0.5, -1024, attributes);
    }

    private static float[] wave(Geometry g, double scale) {
        float[] values = new float[g.voxels()];
        for (int n = 0; n < values.length; n++) {
            values[n] = (float) (scale * (n % 17 - 5.25));
        }
        return values;
    }

    private static Volume hu(Geometry g, float[] values) {
        return Volume.of(g, values, Quantity.HU);
    }

    private DerivedSeries.Written write(Volume volume) {
        return DerivedSeries.write(volume, source(), out(), NOTHING, false);
    }

    private static float[] values(Image image) {
        return new Units("*")
                .apply(Exam.of("e", Map.of("i", image), Map.of(), Map.of()), new Trace())
                .image("i")
                .volume()
                .values();
    }

    private DataSet slice(int number) {
        Path file = out().resolve("slice-000" + number + ".dcm");
        return DicomFile.readAll(file).orElseThrow().values();
    }

    private static String text(DataSet set, int tag) {
        return set.element(tag).map(DataSet::text).orElse(null);
    }

    @Test
    void wholeHounsfieldUnitsComeBackExactlyInTheSamePlace() {
        source(Map.of());
        float[] values = new float[GRID.voxels()];
        for (int n = 0; n < values.length; n++) {
            values[n] = n * 50 - 1000;
        }
        DerivedSeries.Written written = write(hu(GRID, values));
        assertEquals(3, written.files());
        assertEquals(0, written.largestError());
        assertEquals(1, written.slope());
        Image back = DicomSeries.read(out());
        assertTrue(back.volume().geometry().isClose(GRID, 1e-9));
        assertArrayEquals(values, values(back));
    }

    @Test
    void otherValuesLoseAtMostHalfASlope() {
        source(Map.of());
        float[] values = wave(GRID, 0.123);
        values[7] = 2.9f;
        DerivedSeries.Written written = write(hu(GRID, values));
        // from -5.25 · 0.123 to 2.9 in 65534 steps, up to the rounding of nine digits
        assertEquals(3.54575 / 65534, written.slope(), 1e-11);
        assertTrue(written.largestError() <= written.slope() / 2 * (1 + 1e-9));
        assertTrue(written.largestError() > written.slope() / 20);
        float[] back = values(DicomSeries.read(out()));
        for (int n = 0; n < back.length; n++) {
            assertEquals(values[n], back[n], written.slope() / 2 + 1e-6);
        }
    }

    @Test
    void aVoxelWithoutAValueIsPadding() {
        source(Map.of("PixelPaddingValue", "-2000"));
        float[] values = wave(GRID, 3);
        values[4] = Float.NaN;
        write(hu(GRID, values));
        Image back = DicomSeries.read(out());
        assertEquals(-32768, back.tags().number("PixelPaddingValue").orElseThrow());
        assertEquals(-32768, back.volume().values()[4]);
        assertTrue(back.volume().values()[3] >= -32767);
    }

    @Test
    void theSameInputGivesTheSameBytesAndAnotherRecipeOtherUids() throws IOException {
        source(Map.of());
        Volume volume = hu(GRID, wave(GRID, 3));
        DerivedSeries.Written one = write(volume);
        Path again = folder.resolve("again");
        DerivedSeries.write(volume, source(), again, NOTHING, false);
        for (int k = 1; k <= 3; k++) {
            String name = "slice-000" + k + ".dcm";
            assertEquals(-1, Files.mismatch(out().resolve(name), again.resolve(name)));
        }
        Derivation other = new Derivation("copy", "Values in HU.", List.of(), "other", "1.0");
        Path third = folder.resolve("third");
        assertNotEquals(
                one.seriesUid(),
                DerivedSeries.write(volume, source(), third, other, false).seriesUid());
        Volume changed = hu(GRID, wave(GRID, 3.01));
        Path fourth = folder.resolve("fourth");
        assertNotEquals(
                one.seriesUid(),
                DerivedSeries.write(changed, source(), fourth, NOTHING, false).seriesUid());
    }

    @Test
    void theHeadSaysWhatItCameFromAndHow() {
        source(Map.of("PatientName", "Doe^Jane", "LossyImageCompression", "01"));
        write(hu(GRID, wave(GRID, 3)));
        DataSet before = DicomFile.readAll(source().resolve("slice-0002.dcm")).get().values();
        DataSet after = slice(2);
        assertEquals("DERIVED\\SECONDARY\\AXIAL", text(after, 0x00080008));
        assertEquals("Doe^Jane", text(after, 0x00100010));
        assertEquals("01", text(after, 0x00282110));
        for (int same : new int[] {0x0020000D, 0x00200052, 0x00080060, 0x00080016}) {
            assertEquals(text(before, same), text(after, same));
        }
        for (int other : new int[] {0x0020000E, 0x00080018}) {
            assertTrue(text(after, other).matches("2\\.25\\.\\d{36,39}"));
            assertNotEquals(text(before, other), text(after, other));
        }
        DataSet reference = after.element(0x00082112).get().items().get(0);
        assertEquals(text(before, 0x00080018), text(reference, 0x00081155));
        assertEquals(1, after.element(0x00082112).get().items().size());
        DataSet purpose = reference.element(0x0040A170).get().items().get(0);
        assertEquals("121322", text(purpose, 0x00080100));
        DataSet equipment = after.element(0x0018A001).get().items().get(0);
        assertEquals("Diapason", text(equipment, 0x00081090));
        assertEquals("1.0", text(equipment, 0x00181020));
        assertTrue(after.element(0x00089215).isEmpty(), "nothing was done that has a code");
    }

    @Test
    void anotherGridReplacesEverythingThatDescribedTheOldOne() {
        source(Map.of("SliceThickness", "7.5"));
        Geometry fine =
                new Geometry(
                        9,
                        8,
                        6,
                        org.diapason.volume.Numbers.of(0.5, 0.5, 1.25),
                        GRID.originMm(),
                        GRID.direction());
        write(hu(fine, wave(fine, 3)));
        Image back = DicomSeries.read(out());
        assertTrue(back.volume().geometry().isClose(fine, 1e-9));
        assertEquals("1.25", back.tags().text("SliceThickness").orElseThrow());
        DataSet code = slice(1).element(0x00089215).get().items().get(0);
        assertEquals("113085", text(code, 0x00080100));
        assertTrue(slice(3).element(0x00082112).get().items().size() > 1);
    }

    @Test
    void aNameInThePixelsIsRefusedUnlessItIsAskedFor() throws IOException {
        source(Map.of("BurnedInAnnotation", "YES", "ConversionType", "WSD"));
        Volume volume = hu(GRID, wave(GRID, 3));
        String message = assertThrows(RefusedException.class, () -> write(volume)).getMessage();
        assertEquals(
                "slice-0001.dcm: BurnedInAnnotation (0028,0301) is YES, so a name may stand in its"
                        + " pixels. Look at it, then mask it or add --accept-burned-in.",
                message);
        DerivedSeries.write(volume, source(), out(), NOTHING, true);
        assertEquals("YES", text(slice(1), 0x00280301));
        assertEquals(null, text(slice(1), 0x00080064), "of the old pixels");
    }

    @Test
    void storedNumbersHaveNoUnitToWrite() {
        source(Map.of());
        Volume stored = Volume.of(GRID, wave(GRID, 1), Quantity.STORED);
        assertThrows(RefusedException.class, () -> write(stored));
    }

    @Test
    void whatWasFusedSaysSoAndIsNoHounsfieldUnit() {
        source(Map.of());
        write(Volume.of(GRID, wave(GRID, 3), Quantity.FUSED));
        assertEquals("fused, not quantitative", text(slice(1), 0x00204000).strip());
        assertEquals("US", text(slice(1), 0x00281054).strip());
    }

    @Test
    void theSuvOfAReferenceObjectSurvives() {
        Path dro =
                Path.of(
                        System.getProperty("diapason.data", "../../shared/data"),
                        "suv/dro/DRO_3_0/PT");
        assumeTrue(Files.isDirectory(dro), "suv/dro is not in the data folder");
        Image source = DicomSeries.read(dro);
        float[] suv = values(source);
        Volume volume = Volume.of(source.volume().geometry(), suv, Quantity.SUV_BW);
        DerivedSeries.Written written = DerivedSeries.write(volume, dro, out(), NOTHING, false);
        assertEquals(0, written.intercept());
        Image back = DicomSeries.read(out());
        assertEquals("GML", back.tags().text("Units").orElseThrow());
        assertEquals("BW", back.tags().text("SUVType").orElseThrow());
        float[] read = back.volume().values();
        for (int n = 0; n < suv.length; n++) {
            assertEquals(suv[n], written.slope() * read[n], written.slope() / 2 + 1e-6);
        }
    }
}
