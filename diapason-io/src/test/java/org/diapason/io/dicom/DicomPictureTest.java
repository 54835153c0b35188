package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.io.Inspection;
import org.diapason.volume.Channels;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Colours of single files, by PS3.3 C.7.6.3.1 and C.7.9.2. */
class DicomPictureTest {
    private static final String LITTLE = "1.2.840.10008.1.2.1";

    @TempDir Path folder;

    private Path file(TinyDicom tiny) {
        try {
            return Files.write(folder.resolve("tiny.dcm"), tiny.file());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private int[] channel(TinyDicom tiny, int channel) {
        float[] values = Images.read(file(tiny)).volume().channel(channel);
        int[] whole = new int[values.length];
        for (int n = 0; n < whole.length; n++) {
            whole[n] = (int) values[n];
        }
        return whole;
    }

    private String refusal(TinyDicom tiny) {
        Path file = file(tiny);
        return assertThrows(DataException.class, () -> Images.read(file)).getMessage();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int n = 0; n < values.length; n++) {
            bytes[n] = (byte) values[n];
        }
        return bytes;
    }

    private static byte[] words(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    private static TinyDicom colour(String colours, int columns, int... pixels) {
        return TinyDicom.grey(LITTLE, columns, 1, 8)
                .us(Keyword.SamplesPerPixel, 3)
                .us(Keyword.PlanarConfiguration, 0)
                .text(Keyword.PhotometricInterpretation, "CS", colours)
                .bytes(Keyword.PixelData, "OB", bytes(pixels));
    }

    @Test
    void aColourFileIsAPictureOfThreeChannelsAtTheOrigin() {
        TinyDicom tiny =
                colour("RGB", 2, 1, 2, 3, 4, 5, 6)
                        .text(Keyword.PixelSpacing, "DS", "0.5\\0.25")
                        .text(Keyword.BurnedInAnnotation, "CS", "NO")
                        .text(Keyword.LossyImageCompression, "CS", "01");
        Image image = Images.read(file(tiny));
        Volume volume = image.volume();
        assertEquals(Channels.COLOURS, volume.meaning());
        assertEquals(Quantity.PICTURE, volume.quantity());
        assertEquals(Numbers.of(0.25, 0.5, 1), volume.geometry().spacingMm());
        assertArrayEquals(new float[] {1, 4}, volume.channel(0));
        assertArrayEquals(new float[] {3, 6}, volume.channel(2));
        assertEquals("PixelSpacing (0028,0030)", image.tags().text("SpacingSource").orElseThrow());
        assertEquals("01", image.tags().text("LossyImageCompression").orElseThrow());
        assertTrue(image.tags().text("ReaderWarnings").isEmpty());
        assertTrue(image.tags().text("Modality").isEmpty(), "a screen shot of CT is no CT");
    }

    @Test
    void aPictureGoesOutAsPng() {
        Image image = Images.read(file(colour("RGB", 2, 1, 2, 3, 250, 255, 6)));
        Path png = folder.resolve("out.png");
        Images.write(png, image);
        Volume back = Images.read(png).volume();
        assertEquals(image.volume().geometry(), back.geometry());
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(image.volume().channel(c), back.channel(c));
        }
    }

    @Test
    void inspectionSaysWhatAColourFileIs() {
        Path file = file(colour("RGB", 2, 1, 2, 3, 4, 5, 6));
        Inspection found = Inspection.of(file);
        Inspection.Part part = found.parts().get(0);
        assertEquals(List.of(), found.problems());
        assertEquals("DICOM picture of 3 colours", part.kind());
        assertEquals("picture", part.quantity());
        assertEquals(Numbers.of(1, 6), part.range().orElseThrow());
        assertEquals(
                List.of(
                        "tiny.dcm: its pixels may show the patient's name; BurnedInAnnotation"
                                + " (0028,0301) does not say NO."),
                part.warnings());
        assertEquals("not stated, 1 mm taken", part.tags().get("SpacingSource"));
    }

    @Test
    void severalFramesAreNoSlicesAndOneIsChosen() {
        TinyDicom tiny = colour("RGB", 1, 1, 2, 3, 4, 5, 6).text(Keyword.NumberOfFrames, "IS", "2");
        assertEquals(
                "tiny.dcm: holds 2 colour frames, which are moments or views and no slices. Choose"
                        + " one: add #frame=1 to the path, up to #frame=2.",
                refusal(tiny));
        Path second = folder.resolve("tiny.dcm#frame=2");
        assertArrayEquals(new float[] {4}, Images.read(second).volume().channel(0));
        assertEquals("DICOM picture of 3 colours", Inspection.of(second).parts().get(0).kind());
        for (String wrong : new String[] {"frame=3", "frame=0", "frame=x", "EchoTime=3"}) {
            Path asked = folder.resolve("tiny.dcm#" + wrong);
            String message =
                    assertThrows(DataException.class, () -> Images.read(asked)).getMessage();
            assertTrue(message.contains("; #" + wrong + " is none of them. Choose one"), message);
        }
    }

    @Test
    void coloursAmongSlicesMakeNoVolume() {
        TinyDicom tiny = colour("RGB", 2, 1, 2, 3, 4, 5, 6);
        Frame frame = tiny.frame(folder, 0);
        assertEquals(
                "PhotometricInterpretation (0028,0004) is \"RGB\" with 3 samples, only grey makes a"
                        + " volume. A single colour file is read as a picture: give its own path.",
                assertThrows(
                                DataException.class,
                                () ->
                                        PixelReader.read(
                                                List.of(frame),
                                                org.diapason.volume.Geometry.of(2, 1, 1, 1, 1, 1)))
                        .getMessage()
                        .split(": ", 2)[1]);
    }

    @Test
    void interpretationsThatAreNotReadAreNamed() {
        assertTrue(
                refusal(colour("HSV", 1, 1, 2, 3, 0))
                        .endsWith(
                                "is \"HSV\" with 3 samples; of colours RGB, YBR_FULL, YBR_FULL_422,"
                                        + " PALETTE COLOR and those of JPEG 2000 are read."));
        assertFalse(DicomPicture.is(folder.resolve("absent.dcm")));
    }

    /** PS3.3 C.7.6.3.1.2: Y = .299 R + .587 G + .114 B, CB = (B − Y) / 1.772 + 128, … */
    @Test
    void luminanceAndColourDifferencesBecomeRedGreenAndBlue() {
        int[] rgb = {200, 100, 50};
        double y = .299 * 200 + .587 * 100 + .114 * 50;
        int cb = (int) Math.round((50 - y) / 1.772 + 128);
        int cr = (int) Math.round((200 - y) / 1.402 + 128);
        TinyDicom tiny = colour("YBR_FULL", 1, (int) Math.round(y), cb, cr, 0);
        for (int c = 0; c < 3; c++) {
            assertEquals(rgb[c], channel(tiny, c)[0], 1);
        }
    }

    private static TinyDicom palette(int entries, int first, int bits) {
        TinyDicom tiny =
                TinyDicom.grey(LITTLE, 4, 1, 8)
                        .text(Keyword.PhotometricInterpretation, "CS", "PALETTE COLOR")
                        .bytes(Keyword.PixelData, "OB", bytes(9, 10, 11, 200));
        for (Keyword descriptor : keywords(Keyword.RedPaletteColorLookupTableDescriptor)) {
            tiny.us(descriptor, entries, first, bits);
        }
        return tiny;
    }

    private static TinyDicom palette(int entries, int first, int bits, byte[] data) {
        TinyDicom tiny = palette(entries, first, bits);
        for (Keyword table : keywords(Keyword.RedPaletteColorLookupTableData)) {
            tiny.bytes(table, "OW", data);
        }
        return tiny;
    }

    private static TinyDicom segments(int entries, int bits, byte[] data) {
        TinyDicom tiny = palette(entries, 0, bits);
        for (Keyword table : keywords(Keyword.SegmentedRedPaletteColorLookupTableData)) {
            tiny.bytes(table, "OW", data);
        }
        byte[] all = new byte[entries + entries % 2];
        for (int n = 0; n < entries; n++) {
            all[n] = (byte) n;
        }
        return tiny.us(Keyword.Columns, entries).bytes(Keyword.PixelData, "OB", all);
    }

    /** The keywords of red, green and blue stand one after the other. */
    private static List<Keyword> keywords(Keyword red) {
        int at = red.ordinal();
        return List.of(Keyword.values()).subList(at, at + 3);
    }

    @Test
    void coloursOutsideAPaletteAreItsFirstAndLast() {
        TinyDicom tiny = palette(2, 10, 16, words(700, 800));
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(new int[] {700, 700, 800, 800}, channel(tiny, c));
        }
    }

    @Test
    void palettesOfTheWrongLengthAreRefused() {
        assertEquals(
                "RedPaletteColorLookupTableData (0028,1201) has 4 bytes, 6 were expected.",
                refusal(palette(3, 10, 16, words(700, 800))).split(": ", 2)[1]);
        assertEquals(
                "RedPaletteColorLookupTableData (0028,1201) has 4 bytes, 131072 were expected.",
                refusal(palette(0, 0, 16, words(700, 800))).split(": ", 2)[1]);
        assertEquals(
                "tiny.dcm: RedPaletteColorLookupTableData (0028,1201) is missing, the palette needs"
                        + " it.",
                refusal(palette(2, 10, 16)));
    }

    /** pydicom 2.3.1: {@code _expand_segmented_lut(numbers, "<B")}, and {@code "<H"}. */
    @Test
    void segmentsOfAPaletteAreRunsRampsAndRepeats() {
        byte[] small = bytes(0, 2, 10, 20, 1, 4, 29, 0, 1, 100, 2, 2, 4, 0, 0, 0, 1, 3, 8, 0);
        int[] expected = {10, 20, 22, 24, 27, 29, 100, 82, 64, 47, 29, 100, 69, 39, 8};
        assertArrayEquals(expected, channel(segments(15, 8, small), 1));
        byte[] large = words(0, 1, 65535, 1, 4, 0, 0, 2, 7, 8, 1, 3, 1000);
        assertArrayEquals(
                new int[] {65535, 49151, 32768, 16384, 0, 7, 8, 339, 669, 1000},
                channel(segments(10, 16, large), 2));
    }

    /** C.7.9.2.3 counts bytes; pydicom counts words of 16-bit tables and is not compared. */
    @Test
    void repeatsInWordsBeginAtAByte() {
        byte[] table = words(0, 1, 5, 0, 2, 7, 8, 2, 1, 6, 0, 0, 1, 9);
        assertArrayEquals(new int[] {5, 7, 8, 7, 8, 9}, channel(segments(6, 16, table), 0));
    }

    @Test
    void segmentsThatMeanNothingAreRefused() {
        String who = "SegmentedRedPaletteColorLookupTableData (0028,1221) ";
        byte[][] tables = {
            bytes(1, 2, 3, 0),
            bytes(0, 0, 0, 1),
            bytes(0, 1, 9, 3, 1, 0),
            bytes(0, 1, 9, 2, 1, 3, 0, 0, 0, 0),
            bytes(0, 1, 9, 0),
            bytes(0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
        };
        String[] messages = {
            "has a segment that means nothing, at number 0.",
            "has a segment that means nothing, at number 0.",
            "has a segment that means nothing, at number 3.",
            "has a segment that means nothing, at number 3.",
            "ends after 1 colours of 4 stated.",
            "has more than the 4 colours stated."
        };
        for (int n = 0; n < tables.length; n++) {
            assertEquals(who + messages[n], refusal(segments(4, 8, tables[n])).split(": ", 2)[1]);
        }
    }
}
