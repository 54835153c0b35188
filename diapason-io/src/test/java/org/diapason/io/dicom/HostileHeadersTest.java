package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.file.Path;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preambles, meta groups, transfer syntaxes and matrices that are not what they say. */
class HostileHeadersTest {
    @TempDir Path folder;

    private Image read(byte[] file) {
        return DicomSeries.read(DicomBuilder.save(folder.resolve("x.dcm"), file));
    }

    private String failure(byte[] file) {
        return assertThrows(DataException.class, () -> read(file)).getMessage();
    }

    private String warnings(byte[] file) {
        Image image = read(file);
        assertEquals(4, image.volume().at(1, 1, 0), "the pixels are 1, 2, 3, 4");
        return image.tags().text("ReaderWarnings").orElse("");
    }

    @Test
    void aSoundFileHasNoWarnings() {
        assertEquals("", warnings(DicomBuilder.slice(0).pixels(4).file(DicomBuilder.EXPLICIT)));
        DicomBuilder big =
                DicomBuilder.slice(new DicomBuilder(true, ByteOrder.BIG_ENDIAN), 0).pixels(4);
        assertEquals("", warnings(big.file(DicomBuilder.BIG)));
        DicomBuilder implicit = DicomBuilder.slice(DicomBuilder.implicit(), 0).pixels(4);
        assertEquals("", warnings(implicit.file(DicomBuilder.IMPLICIT)));
    }

    /** GE's own syntax has an implicit data set, and pixels in big-endian order. */
    @Test
    void anUnknownSyntaxIsRefusedAlsoWhereTheDataSetIsImplicit() {
        DicomBuilder implicit = DicomBuilder.slice(DicomBuilder.implicit(), 0).pixels(4);
        String message = failure(implicit.file("1.2.840.113619.5.2"));
        assertTrue(
                message.startsWith(
                        "x.dcm: the transfer syntax is unknown transfer syntax"
                                + " (1.2.840.113619.5.2), which is not read."),
                message);
    }

    @Test
    void aWrongMetaLengthIsToldWithBothEnds() {
        byte[] meta =
                DicomBuilder.explicit()
                        .text(Keyword.TransferSyntaxUID, DicomBuilder.EXPLICIT)
                        .body();
        byte[] file = DicomBuilder.slice(0).pixels(4).file(1000, meta);
        assertEquals(
                "x.dcm, byte 172: the length of the meta group (0002,0000) says it ends at byte"
                        + " 1144, and it ends here; taken as it stands.",
                warnings(file));
    }

    @Test
    void aMetaGroupThatCannotBeFollowedIsScannedOver() {
        byte[] meta = DicomBuilder.explicit().head(0x00020001, "OB", 0x7FFFFFF0).body();
        String seen = warnings(DicomBuilder.slice(0).pixels(4).file(12, meta));
        assertTrue(seen.contains("cannot be followed; the data set was found behind it."), seen);
        assertTrue(seen.contains("states no transfer syntax (0002,0010)"), seen);
    }

    @Test
    void aFileWithoutMetaGroupIsReadWithAWarning() {
        byte[] bare = DicomBuilder.slice(0).pixels(4).body();
        assertEquals(
                "x.dcm, byte 0: the file has no meta group; read as Explicit VR Little Endian"
                        + " (1.2.840.10008.1.2.1).",
                warnings(bare));
    }

    @Test
    void anAcrNemaFileWithoutPreambleIsRecognisedByItsFirstGroup() {
        DicomBuilder b = DicomBuilder.implicit().ul(0x00080000, 12);
        b.bytes(0x00080010, "LO", "ACR-NEMA 2.0".getBytes());
        byte[] file = DicomBuilder.slice(b, 0).pixels(4).body();
        String seen = warnings(file);
        assertTrue(seen.contains("no meta group; read as Implicit VR Little Endian"), seen);
        // group 8 holds far more than the 12 bytes it says
        assertTrue(seen.contains("(0008,0000) states a wrong length of its group"), seen);
    }

    @ParameterizedTest(name = "says {0}, is explicit {1}, {2}")
    @CsvSource({
        "1.2.840.10008.1.2.1, false, LITTLE_ENDIAN, Explicit VR Little Endian, Implicit VR Little",
        "1.2.840.10008.1.2, true, LITTLE_ENDIAN, Implicit VR Little Endian, Explicit VR Little",
        "1.2.840.10008.1.2.2, true, LITTLE_ENDIAN, Explicit VR Big Endian, Explicit VR Little",
        "1.2.840.10008.1.2.1, true, BIG_ENDIAN, Explicit VR Little Endian, Explicit VR Big",
    })
    void aTransferSyntaxThatLiesIsToldWithBothNames(
            String says, boolean explicit, String order, String said, String written) {
        ByteOrder bytes =
                order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        DicomBuilder b = DicomBuilder.slice(new DicomBuilder(explicit, bytes), 0).pixels(4);
        String seen = warnings(b.file(says));
        assertTrue(seen.contains("the meta group says " + said), seen);
        assertTrue(seen.contains("the data set is written in " + written), seen);
    }

    @Test
    void anUnknownTransferSyntaxIsNamedWithWhatIsRead() {
        String message = failure(DicomBuilder.slice(0).pixels(4).file("1.2.840.113619.5.2.7.7"));
        assertTrue(message.contains("(1.2.840.113619.5.2.7.7)"), message);
        assertTrue(message.contains("uncompressed"), message);
    }

    @ParameterizedTest(name = "a preamble of {1}")
    @CsvSource({
        "4D5A9000, a Windows program",
        "7F454C46, a Linux program",
        "504B0304, a ZIP archive"
    })
    void aPreambleThatIsAProgramIsToldAndIgnored(String hex, String what) {
        byte[] file = DicomBuilder.slice(0).pixels(4).file(DicomBuilder.EXPLICIT);
        byte[] begin = java.util.HexFormat.of().parseHex(hex);
        System.arraycopy(begin, 0, file, 0, begin.length);
        assertTrue(
                warnings(file).contains("the preamble makes the file " + what + " as well."),
                warnings(file));
    }

    @Test
    void aMatrixTooLargeToCountIsRefusedBeforeAllocation() {
        DicomBuilder b = DicomBuilder.explicit();
        b.us(Keyword.Rows, 65535).us(Keyword.Columns, 65535);
        String message = failure(DicomBuilder.slice(b, 0).pixels(4).file(DicomBuilder.EXPLICIT));
        assertEquals("x.dcm: a series of 1 such slices is too large to be held.", message);
        DicomBuilder ul = DicomBuilder.explicit();
        ul.ul(Keyword.Rows.tag(), 4_000_000_000L).us(Keyword.Columns, 2);
        message = failure(DicomBuilder.slice(ul, 0).pixels(4).file(DicomBuilder.EXPLICIT));
        assertTrue(message.contains("Rows (0028,0010) is 4E9, a whole number"), message);
        DicomBuilder large = DicomBuilder.explicit();
        large.us(Keyword.Rows, 30000).us(Keyword.Columns, 30000);
        message = failure(DicomBuilder.slice(large, 0).pixels(4).file(DicomBuilder.EXPLICIT));
        assertTrue(message.contains("PixelData (7FE0,0010) has 8 bytes, 1800000000 are"), message);
    }

    @Test
    void anElementWithoutRepresentationIsReadAsImplicit() {
        DicomBuilder b = DicomBuilder.slice(0);
        b.raw(DicomBuilder.implicit().text(Keyword.RescaleType, "HU").body()).pixels(4);
        Image image = read(b.file(DicomBuilder.EXPLICIT));
        assertEquals("HU", image.tags().text("RescaleType").orElseThrow());
        assertTrue(
                image.tags()
                        .text("ReaderWarnings")
                        .orElse("")
                        .contains("(0028,1054) has no value representation; read as implicit."));
    }

    @Test
    void wrongGroupLengthsAreIgnored() {
        DicomBuilder b = DicomBuilder.explicit().ul(0x00080000, 0xFFFFFFF0L);
        String seen = warnings(DicomBuilder.slice(b, 0).pixels(4).file(DicomBuilder.EXPLICIT));
        assertTrue(seen.contains("(0008,0000) states a wrong length of its group"), seen);
    }
}
