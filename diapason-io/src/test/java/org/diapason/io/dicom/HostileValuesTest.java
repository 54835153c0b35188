package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.diapason.io.Inspection;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are not what their representation promises, texts in every alphabet, odd files. */
class HostileValuesTest {
    @TempDir Path folder;

    private Image read(DicomBuilder first) {
        DicomBuilder b = DicomBuilder.slice(first, 0).pixels(4);
        b.save(folder.resolve("x.dcm"));
        return DicomSeries.read(folder);
    }

    private static String warnings(Image image) {
        return image.tags().text("ReaderWarnings").orElse("");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "KVP, 1e309, a decimal number, 1e309",
        "ActualFrameDuration, 3.7, a whole number, 3.7",
        // no digits of a date in a message
        "SeriesDate, 2020-13-45, a date YYYYMMDD, 9999-99-99",
        "SeriesDate, 20201345, a date YYYYMMDD, 99999999",
        "SeriesTime, 10:56, a time HHMMSS, 99:99",
        // a name in the wrong field is not repeated
        "PatientWeight, Doe^Jane, a decimal number, aaa^aaaa",
    })
    void garbageIsListedFieldByFieldAndDoesNotStopWhatNeedsItNot(
            Keyword keyword, String value, String needed, String found) {
        Image image = read(DicomBuilder.explicit().text(keyword, value));
        String sentence =
                "x.dcm, byte 172: "
                        + keyword.label()
                        + " is not "
                        + needed
                        + ": found \""
                        + found
                        + "\".";
        assertEquals(sentence, warnings(image));
        assertTrue(Inspection.of(folder).parts().get(0).warnings().contains(sentence));
    }

    @Test
    void anAttributeThatStandsTwiceIsTold() {
        DicomBuilder twice =
                DicomBuilder.explicit().text(Keyword.KVP, "120").text(Keyword.KVP, "80");
        Image image = read(twice);
        assertEquals("120", image.tags().text("KVP").orElseThrow());
        assertTrue(
                warnings(image)
                        .endsWith("(0018,0060) stands twice in one data set; the first was taken."),
                warnings(image));
    }

    /** Java reads 1f, 1d and 0x1p3 as numbers; DICOM does not. */
    @ParameterizedTest
    @CsvSource({"1f", "1d", "0x1p3", "NaN", "+-1"})
    void whatOnlyJavaTakesForANumberIsNone(String slope) {
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.RescaleSlope, slope);
        String message = assertThrows(DataException.class, () -> read(b)).getMessage();
        assertTrue(message.contains("RescaleSlope (0028,1053) is not a number"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "FrameAcquisitionDateTime, 20200101990000",
        "FrameAcquisitionDateTime, 20201",
        "SeriesTime, 11.5",
        "EchoNumbers, 1-2",
        "EchoNumbers, -",
    })
    void digitsThatAreNoTimeOrNumberAreTold(Keyword keyword, String value) {
        String seen = warnings(read(DicomBuilder.explicit().text(keyword, value)));
        assertTrue(seen.contains(keyword.label() + " is not a"), seen);
    }

    @Test
    void faultsBeyondTheListAreCounted() {
        Warnings many = new Warnings();
        for (int n = 0; n < 53; n++) {
            many.add("kind" + n, "x.");
        }
        assertEquals(
                "3 more faults are of further kinds and are not listed.", many.sentences().get(50));
    }

    @Test
    void emptyValuesAreNoFault() {
        DicomBuilder b = DicomBuilder.explicit();
        for (Keyword k :
                List.of(Keyword.KVP, Keyword.SeriesDate, Keyword.SeriesTime, Keyword.EchoTime)) {
            b.text(k, "");
        }
        assertEquals("", warnings(read(b)));
    }

    @Test
    void garbageInWhatIsNeededStopsTheSeries() {
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.RescaleSlope, "1e309");
        String message = assertThrows(DataException.class, () -> read(b)).getMessage();
        assertEquals(
                "x.dcm, byte 172: RescaleSlope (0028,1053) is not a number: found \"1e309\".",
                message);
    }

    /**
     * Texts by pydicom 2.3.1, {@code decode_bytes(b, convert_encodings(set), {'\\', '^', '='})},
     * but for ISO 2022 IR 58, in which it leaves the escape sequence standing; see PS3.5 annex K.
     */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "ISO_IR 100, 4275636BE9, Bucké",
        "ISO_IR 144, BBEECEDBE7DBE6, ЛюЮлчлц",
        "ISO_IR 192, E78E8BE5B08FE69DB1, 王小東",
        "GB18030, CDF5D0A1B6AB, 王小东",
        "ISO_IR 13, D4CFC0DE, ﾔﾏﾀﾞ",
        "\\ISO 2022 IR 87, 1B24423B3345441B284220547261, 山田 Tra",
        "ISO 2022 IR 13\\ISO 2022 IR 87, D4CF1B24423B3345441B284A41, ﾔﾏ山田A",
        "\\ISO 2022 IR 149, 1B242943FBF31B242943D1CE, 洪吉",
        "\\ISO 2022 IR 159, 1B242844222F1B2842, ˘",
        "\\ISO 2022 IR 58, 1B242941CDF5, 王",
        "ISO 2022 IR 100\\ISO 2022 IR 126, E9201B2D46C4E9, é Δι",
    })
    void textsAreDecodedByTheirCharacterSet(String set, String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.SpecificCharacterSet, set);
        b.bytes(Keyword.StationName.tag(), "SH", bytes);
        Image image = read(b);
        assertEquals(text, image.tags().text("StationName").orElseThrow());
        assertEquals("", warnings(image));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "ISO_IR 192, 41E94200, A\uFFFDB, some bytes mean nothing in ISO_IR 192",
        "'', 41E942, A\uFFFDB, 'some bytes mean nothing in ASCII, as none is stated'",
        "ISO_IR 999, 41E942, A\uFFFDB, the character set \"ISO_IR 999\" is not known",
        "\\ISO 2022 IR 87, 411B2571B242, A\uFFFD\uFFFD\uFFFD, an escape sequence is not known",
    })
    void whatCannotBeDecodedIsReplacedWithAWarning(
            String set, String hex, String text, String fault) {
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.SpecificCharacterSet, set);
        b.bytes(Keyword.StationName.tag(), "SH", HexFormat.of().parseHex(hex));
        Image image = read(b);
        assertTrue(image.tags().text("StationName").orElseThrow().startsWith(text.substring(0, 2)));
        assertTrue(
                warnings(image)
                        .contains("StationName (0008,1010) cannot be decoded in full, " + fault),
                warnings(image));
    }

    @Test
    void nothingInATextCanSteerATerminalOrTurnALine() {
        byte[] evil = "A\0B\u001b[31mred\u202Egnp\u2066\r\nX".getBytes(StandardCharsets.UTF_8);
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.SpecificCharacterSet, "ISO_IR 192");
        Image image = read(b.bytes(Keyword.StationName.tag(), "SH", evil));
        String text = image.tags().text("StationName").orElseThrow();
        assertEquals("A B?[31mred?gnp???X", text);
        assertTrue(warnings(image).contains("holds control characters"), warnings(image));
        assertFalse(warnings(image).contains("\u001b"));
    }

    @Test
    void aUidThatIsTooLongOrAPathIsOnlyAText() throws IOException {
        String path = "../../../" + "1".repeat(70);
        Image image = read(DicomBuilder.explicit().text(Keyword.SeriesInstanceUID, path));
        assertTrue(
                warnings(image)
                        .contains(
                                "SeriesInstanceUID (0020,000E) is not a UID of digits and points,"
                                        + " 64 characters at most: found \"../../../99999"),
                warnings(image));
        Image zero = read(DicomBuilder.explicit().text(Keyword.SeriesInstanceUID, "1.02.3"));
        assertTrue(warnings(zero).contains("found \"9.99.9\""), warnings(zero));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aDirectoryIsConfinedToItsFolderAndWhatIsMissingIsListed() {
        DicomBuilder.slice(0).pixels(4).save(folder.resolve("IMAGES").resolve("A1"));
        DicomBuilder directory =
                DicomBuilder.explicit()
                        .text(Keyword.SOPClassUID, "1.2.840.10008.1.3.10")
                        .sequence(
                                Keyword.DirectoryRecordSequence,
                                DicomBuilder.explicit()
                                        .text(Keyword.ReferencedFileID, "IMAGES\\A1"),
                                DicomBuilder.explicit()
                                        .text(Keyword.ReferencedFileID, "IMAGES\\A2"),
                                DicomBuilder.explicit()
                                        .text(Keyword.ReferencedFileID, "..\\..\\etc\\passwd"),
                                DicomBuilder.explicit()
                                        .text(Keyword.ReferencedFileID, "/etc/passwd"));
        directory.save(folder.resolve("DICOMDIR"));
        Inspection seen = Inspection.of(folder);
        assertEquals(
                List.of(
                        "DICOMDIR: 2 of 4 listed files lie outside its folder; they were not looked"
                                + " at.",
                        "DICOMDIR: 1 of 4 listed files are missing (IMAGES/A2). Copy the whole disk"
                                + " again."),
                seen.problems());
        assertEquals(List.of("1 × directory (DICOMDIR)"), seen.skippedKinds());
        assertEquals(1, seen.parts().size());
    }

    @Test
    void whatIsNoSliceIsSkippedAndCountedByKind() throws IOException {
        DicomBuilder.slice(0).pixels(4).save(folder.resolve("a"));
        other("b", b -> b.text(Keyword.ImageType, "ORIGINAL\\PRIMARY\\LOCALIZER"));
        other("c", b -> b.text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7"));
        other("d", b -> b.text(Keyword.SOPClassUID, "1.2.840.10008.5.1.4.1.1.88.67"));
        other("e", b -> b.text(Keyword.ImageType, "DERIVED\\SECONDARY\\SCREEN SAVE"));
        other("f", b -> b.text(Keyword.Modality, "RTSTRUCT"));
        DicomBuilder.slice(0).save(folder.resolve("g"));
        Files.writeString(folder.resolve("h.txt"), "nothing");
        assertEquals("7", DicomSeries.read(folder).tags().text("SkippedFiles").orElseThrow());
        Inspection seen = Inspection.of(folder);
        // an inspection lists structure sets with their regions
        assertEquals(6, seen.skipped());
        assertEquals("f", seen.regions().get(0).path());
        assertEquals(
                List.of(
                        "1 × CT file without an image",
                        "1 × localizer",
                        "1 × no DICOM file",
                        "1 × report (dose or other)",
                        "1 × screen shot",
                        "1 × secondary capture"),
                seen.skippedKinds());
    }

    private void other(String name, java.util.function.Consumer<DicomBuilder> what) {
        DicomBuilder b = DicomBuilder.explicit();
        what.accept(b);
        DicomBuilder.slice(b, 0).pixels(4).save(folder.resolve(name));
    }
}
