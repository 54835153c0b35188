package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.diapason.io.Images;
import org.diapason.io.Inspection;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several volumes in one folder, most of them under one SeriesInstanceUID. */
class MixedSeriesTest {
    @TempDir Path temporary;

    private Path folder() {
        return temporary.resolve("exam");
    }

    /** Writes three slices of one pixel value; {@code more} adds what tells them apart. */
    private void write(String name, int value, Consumer<DicomBuilder> more) {
        for (int k = 0; k < 3; k++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.SOPInstanceUID, Uids.of(name + k));
            more.accept(b);
            DicomBuilder.slice(b, 2.5 * k);
            b.pixels(value + k, value, value, value).save(folder().resolve(name + k + ".dcm"));
        }
    }

    private String refusal(String choice) {
        Path path = Path.of(folder() + choice);
        return assertThrows(DataException.class, () -> DicomSeries.read(path)).getMessage();
    }

    private Image read(String choice) {
        return Images.read(Path.of(folder() + choice));
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @CsvSource({
        "EchoTime, 4.6, 9.2",
        "ConvolutionKernel, B30f, B60f",
        "ImageType, ORIGINAL\\PRIMARY\\M\\ND, ORIGINAL\\PRIMARY\\P\\ND",
        "InversionTime, 900, 2400",
        "KVP, 80, 140",
        "ImageOrientationPatient, 1\\0\\0\\0\\-1\\0, 1\\0\\0\\0\\1\\0",
        // these part only what lies at one place
        "TemporalPositionIdentifier, 1, 2",
        "TriggerTime, 0, 450",
        "AcquisitionNumber, 2, 3",
        "ContrastBolusAgent, Gadovist, none",
        "FlipAngle, 5, 26",
        "AcquisitionTime, 101500, 101730",
        "EchoNumbers, 1, 2",
    })
    void whatTellsTwoVolumesApartIsNamedAndChooses(Keyword keyword, String one, String two) {
        write("a", 10, b -> b.text(keyword, one));
        write("b", 50, b -> b.text(keyword, two));
        String first = keyword.name() + "=" + one;
        String second = keyword.name() + "=" + two;
        String how = one.contains("\\") ? "" : " or exam#" + first;
        assertEquals(
                "exam: 2 series lie in it: series=1 ("
                        + first
                        + "), 3 images; series=2 ("
                        + second
                        + "), 3 images. Choose one by adding it to the path, such as exam#series=1"
                        + how
                        + ".",
                refusal(""));
        assertEquals(10, read("#" + first).volume().at(1, 0, 0));
        assertEquals(50, read("#" + second).volume().at(1, 0, 0));
        assertEquals(50, read("#series=2").volume().at(1, 0, 0));
        List<String> paths = new ArrayList<>();
        Inspection.of(folder()).parts().forEach(p -> paths.add(p.path()));
        assertEquals(List.of(".#series=1", ".#series=2"), paths);
        assertEquals(1, Inspection.of(Path.of(folder() + "#" + second)).parts().size());
    }

    @Test
    void theSameEchoTimeWrittenInTwoWaysIsOneSeries() {
        for (int k = 0; k < 3; k++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.EchoTime, k == 1 ? "4.60" : "4.6").text(Keyword.EchoTime, "9");
            DicomBuilder.slice(b, k).pixels(4).save(folder().resolve(k + ".dcm"));
        }
        assertEquals(3, read("").volume().geometry().nk());
    }

    @Test
    void timesThatChangeFromSliceToSlicePartNothing() {
        for (int k = 0; k < 3; k++) {
            DicomBuilder b = DicomBuilder.explicit();
            b.text(Keyword.AcquisitionTime, "10150" + k).text(Keyword.AcquisitionNumber, "" + k);
            b.text(Keyword.TemporalPositionIdentifier, "" + k);
            DicomBuilder.slice(b, k).pixels(4).save(folder().resolve(k + ".dcm"));
        }
        assertEquals(3, read("").volume().geometry().nk());
    }

    @Test
    void fourVolumesNeedBothOfTwoTags() {
        for (int t = 0; t < 4; t++) {
            int n = t;
            write(
                    "t" + t,
                    10 * t,
                    b ->
                            b.text(Keyword.FlipAngle, n % 2 == 0 ? "5" : "26")
                                    .text(Keyword.TriggerTime, n < 2 ? "0" : "400"));
        }
        assertTrue(refusal("").startsWith("exam: 4 series lie in it: series=1 ("), refusal(""));
        assertEquals(30, read("#FlipAngle=26,TriggerTime=400").volume().at(1, 0, 0));
        assertTrue(
                refusal("#FlipAngle=26").contains("2 are what # asks for: series="),
                refusal("#FlipAngle=26"));
        assertTrue(
                refusal("#FlipAngle=7").contains("4 series lie in it, and none is what # asks for"),
                refusal("#FlipAngle=7"));
    }

    @Test
    void aChoiceThatCannotBeUnderstoodSaysWhatCan() {
        write("a", 1, b -> {});
        assertEquals(
                "exam: \"echo=3\" behind # cannot be understood. Write series=2, or a DICOM keyword"
                        + " with its value such as EchoTime=4.6, or tilt=linear, tilt=cubic,"
                        + " gaps=interpolate; several with commas.",
                refusal("#echo=3"));
    }

    @Test
    void seriesOfTwoUidsAreCountedByTheirNumber() {
        write(
                "a",
                10,
                b -> b.text(Keyword.SeriesInstanceUID, "2.25.9").text(Keyword.SeriesNumber, "2"));
        write(
                "b",
                50,
                b -> b.text(Keyword.SeriesInstanceUID, "2.25.8").text(Keyword.SeriesNumber, "12"));
        assertTrue(refusal("").contains("series=1 (SeriesNumber=2), 3 images"), refusal(""));
        assertEquals(50, read("#SeriesNumber=12").volume().at(1, 0, 0));
    }

    @Test
    void frameTimesOfADynamicSeriesStandInTheTags() {
        for (int t = 0; t < 3; t++) {
            int n = t;
            write(
                    "t" + t,
                    10 * t,
                    b ->
                            b.text(Keyword.AcquisitionDate, "20240101")
                                    .text(Keyword.AcquisitionTime, "10" + (n * 10 + 10) + "00")
                                    .text(Keyword.ActualFrameDuration, "" + (n + 1) * 60000)
                                    .text(Keyword.FrameReferenceTime, "" + n * 600000));
        }
        Image last = read("#series=3");
        assertEquals("1200", last.tags().text("FrameStartSeconds").orElseThrow());
        assertEquals("180", last.tags().text("FrameDurationSeconds").orElseThrow());
        assertEquals(20, last.volume().at(1, 0, 0));
    }

    @Test
    void vendorsOwnBValuesAreRead() {
        write(
                "a",
                10,
                b ->
                        b.text(Keyword.Manufacturer, "GE MEDICAL SYSTEMS")
                                .text(Keyword.GEBValue, "1000000050\\8\\0\\0"));
        write(
                "b",
                50,
                b ->
                        b.text(Keyword.Manufacturer, "GE MEDICAL SYSTEMS")
                                .text(Keyword.GEBValue, "1000001000\\8\\0\\0"));
        assertEquals(10, read("#DiffusionBValue=50").volume().at(1, 0, 0));
        assertEquals(50, read("#DiffusionBValue=1000").volume().at(1, 0, 0));
    }

    private void cut(String name, int from) throws IOException {
        byte[] whole = Files.readAllBytes(folder().resolve(name));
        Files.write(
                folder().resolve(name),
                Arrays.copyOf(whole, from < 0 ? whole.length + from : from));
    }

    private void twoEchoes() {
        write("a", 10, b -> b.text(Keyword.EchoTime, "4.6"));
        write("b", 50, b -> b.text(Keyword.EchoTime, "9.2"));
    }

    @Test
    void aBrokenFileBlocksTheSeriesItIsOfAndNoOther() throws IOException {
        twoEchoes();
        cut("b1.dcm", -1);
        Image first = read("#EchoTime=4.6");
        assertEquals(3, first.volume().geometry().nk());
        assertEquals(
                "b1.dcm is broken and is no image of the chosen series; it was left aside.",
                first.tags().text("ReaderWarnings").orElseThrow());
        for (String choice : List.of("", "#tilt=linear", "#EchoTime=9.2")) {
            assertTrue(refusal(choice).startsWith("b1.dcm, byte "), refusal(choice));
        }
        for (int k = 0; k < 3; k++) {
            cut("b" + k + ".dcm", -1);
        }
        assertTrue(refusal("#EchoTime=9.2").startsWith("b0.dcm, byte "), refusal("#EchoTime=9.2"));
        assertEquals(10, read("#EchoTime=4.6").volume().at(1, 0, 0));
        assertEquals(10, read("#series=1").volume().at(1, 0, 0));
    }

    @Test
    void aFileThatSaysNothingOfItsSeriesIsNamedCountedAndLeftAside() throws IOException {
        twoEchoes();
        Files.write(folder().resolve("x.dcm"), new byte[200]);
        Files.write(folder().resolve("y.dcm"), new byte[200]);
        assertEquals(
                "x.dcm is broken and does not say which series it is of; it was left aside. If it"
                        + " was the first or the last slice of the chosen series, the volume lacks"
                        + " it (and once more).",
                read("#EchoTime=4.6").tags().text("ReaderWarnings").orElseThrow());
        assertEquals(
                "x.dcm: is named like a DICOM file and is none. Copy it again or remove it.",
                refusal(""));
    }

    @Test
    void anInspectionSaysWhichSeriesABrokenFileBlocks() throws IOException {
        twoEchoes();
        cut("b1.dcm", -1);
        Inspection seen = Inspection.of(folder());
        assertEquals(List.of(), seen.parts().get(0).problems());
        assertTrue(
                seen.parts()
                        .get(1)
                        .problems()
                        .get(0)
                        .startsWith(
                                "Cannot be read, since a file of this series is broken: b1.dcm,"),
                seen.parts().get(1).problems()::toString);
        for (int k = 0; k < 3; k++) {
            Files.delete(folder().resolve("a" + k + ".dcm"));
        }
        Files.write(folder().resolve("x.dcm"), new byte[200]);
        Files.delete(folder().resolve("b1.dcm"));
        assertEquals(".#series=1", Inspection.of(folder()).parts().get(0).path());
        assertEquals(2, read("#series=1").volume().geometry().nk());
    }

    @Test
    void oneUidWithTwoContentsBlocksOnlyItsOwnSeries() {
        twoEchoes();
        DicomBuilder b = DicomBuilder.explicit().text(Keyword.SOPInstanceUID, Uids.of("b1"));
        DicomBuilder.slice(b.text(Keyword.EchoTime, "9.2"), 2.5)
                .pixels(4)
                .save(folder().resolve("c"));
        assertEquals(3, read("#EchoTime=4.6").volume().geometry().nk());
        assertTrue(
                refusal("#EchoTime=9.2").startsWith("b1.dcm and c have the same SOPInstanceUID"),
                refusal("#EchoTime=9.2"));
        assertEquals(1, Inspection.of(folder()).problems().size());
    }

    @Test
    void aWarningAboutOneSeriesIsNotToldOfAnother() throws IOException {
        twoEchoes();
        Files.copy(folder().resolve("b1.dcm"), folder().resolve("copy"));
        assertTrue(read("#EchoTime=4.6").tags().text("ReaderWarnings").isEmpty());
        assertEquals(
                "b1.dcm and copy are the same image (same SOPInstanceUID, same pixels); it was used"
                        + " once.",
                read("#EchoTime=9.2").tags().text("ReaderWarnings").orElseThrow());
        assertEquals(List.of(), Inspection.of(folder()).parts().get(0).warnings());
    }

    @Test
    void aNameInTheWrongFieldIsNotRepeatedAsALabel() {
        write("a", 10, b -> b.text(Keyword.EchoTime, "Doe^Jane"));
        write("b", 50, b -> b.text(Keyword.EchoTime, "9.2"));
        assertTrue(refusal("").contains("EchoTime=8 characters that are not shown"), refusal(""));
    }
}
