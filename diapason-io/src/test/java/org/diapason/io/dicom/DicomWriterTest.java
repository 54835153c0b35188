package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DicomWriterTest {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve("a.dcm");
    }

    private DataSet again(DataSet set) {
        set.set(Elements.text(0x00080016, "1.2.840.10008.5.1.4.1.1.2"));
        set.set(Elements.text(0x00080018, "1.2.3"));
        DicomWriter.write(file(), set, Pixels.of(new byte[] {1, 2}));
        return DicomFile.readAll(file()).orElseThrow().values();
    }

    @Test
    void sequencesInSequencesComeBackInAscendingOrder() {
        DataSet inner =
                Elements.item(Elements.text(0x00080104, "odd"), Elements.text(0x00080100, "1"));
        DataSet set =
                Elements.item(
                        Elements.sequence(
                                0x00082218,
                                Elements.item(
                                        Elements.sequence(0x00082220, inner, Elements.item())),
                                inner));
        DataSet read = again(set).element(0x00082218).get().items().get(0);
        DataSet deep = read.element(0x00082220).get().items().get(0);
        assertEquals("odd", DataSet.text(deep.element(0x00080104).get()));
        assertEquals(0x00080100, deep.elements().iterator().next().tag());
        assertEquals(0, read.element(0x00082220).get().items().get(1).elements().size());
    }

    @Test
    void theMetaGroupEndsWhereItSaysAndThePreambleIsEmpty() throws IOException {
        again(new DataSet("x"));
        byte[] bytes = Files.readAllBytes(file());
        for (int n = 0; n < 128; n++) {
            assertEquals(0, bytes[n]);
        }
        int length = bytes[140] & 0xFF | (bytes[141] & 0xFF) << 8;
        assertEquals(8, bytes[144 + length], "the group after the meta group");
    }

    @Test
    void whatDoesNotFitAShortLengthBecomesUnknown() {
        byte[] large = new byte[70_000];
        DataSet set =
                Elements.item(
                        DataSet.Element.value(0x00104000, "LT", large, ByteOrder.LITTLE_ENDIAN, 0));
        DataSet.Element read = again(set).element(0x00104000).orElseThrow();
        assertEquals(large.length, read.bytes().length);
    }

    @Test
    void bigEndianNumbersAreTurnedByTheirWidth() {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
        DataSet set = new DataSet("x");
        set.set(DataSet.Element.value(0x00280010, "US", bytes, ByteOrder.BIG_ENDIAN, 0));
        set.set(DataSet.Element.value(0x00189073, "FD", bytes, ByteOrder.BIG_ENDIAN, 0));
        set.set(DataSet.Element.value(0x00082111, "ST", bytes, ByteOrder.BIG_ENDIAN, 0));
        DataSet read = again(set);
        assertArrayEquals(
                new byte[] {2, 1, 4, 3, 6, 5, 8, 7}, read.element(0x00280010).get().bytes());
        assertArrayEquals(
                new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, read.element(0x00189073).get().bytes());
        assertArrayEquals(bytes, read.element(0x00082111).get().bytes());
    }

    // python3 -c "from pydicom.datadict import dictionary_VR as v; print(v(0x00100010))" and so on;
    // all 4904 attributes of pydicom 2.3.1 agree but three blank ones that the dictionary leaves
    // out
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "00100010,PN",
        "00540016,SQ",
        "60023000,OW",
        "00280120,SS",
        "00189073,FD",
        "00090010,LO"
    })
    void theDictionaryIsTheStandards(String tag, String vr) {
        assertEquals(vr, Dictionary.vr(Integer.parseInt(tag, 16), true).orElseThrow());
        assertTrue(Dictionary.vr(0x00091001, true).isEmpty());
    }
}
