package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.diapason.io.Inspection;
import org.diapason.volume.DataException;
import org.diapason.volume.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no files, files that end too early, and lengths that lie. */
class HostileFilesTest {
    @TempDir Path folder;

    private String failure(byte[] file) {
        Path path = DicomBuilder.save(folder.resolve("x.dcm"), file);
        return assertThrows(DataException.class, () -> DicomSeries.read(path)).getMessage();
    }

    private static String warnings(Image image) {
        return image.tags().text("ReaderWarnings").orElse("");
    }

    @Test
    void anEmptyFileIsNamedAndAFolderIsNotTakenForAFile() throws IOException {
        assertEquals(
                "x.dcm: is named like a DICOM file and is none. Copy it again or remove it.",
                failure(new byte[0]));
        Files.delete(folder.resolve("x.dcm"));
        Files.createDirectory(folder.resolve("folder.dcm"));
        DicomBuilder.slice(0).pixels(4).save(folder.resolve("a.dcm"));
        assertEquals(1, DicomSeries.read(folder).volume().geometry().nk());
    }

    @Test
    void aPipeNeverBlocksAndLinksInACircleAreNotFollowed() throws Exception {
        DicomBuilder.slice(0).pixels(4).save(folder.resolve("a.dcm"));
        Process make = new ProcessBuilder("mkfifo", folder.resolve("pipe.dcm").toString()).start();
        assumeTrue(make.waitFor() == 0, "this system has no mkfifo");
        Files.createSymbolicLink(folder.resolve("circle.dcm"), folder.resolve("circle.dcm"));
        Files.createSymbolicLink(folder.resolve("up"), folder);
        Files.createSymbolicLink(folder.resolve("nowhere.dcm"), folder.resolve("absent"));
        Files.createSymbolicLink(folder.resolve("zero.dcm"), Path.of("/dev/zero"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    assertEquals(1, DicomSeries.read(folder).volume().geometry().nk());
                    Inspection seen = Inspection.of(folder);
                    assertEquals(1, seen.parts().size());
                    Path pipe = folder.resolve("pipe.dcm");
                    assertEquals(
                            "pipe.dcm: there is no such file or folder.",
                            assertThrows(DataException.class, () -> DicomSeries.read(pipe))
                                    .getMessage());
                });
        Files.delete(folder.resolve("zero.dcm")); // cleaning up warns of links that lead away
    }

    @Test
    void aFileCutAnywhereIsRefusedWithTheByteAndNeverGivesAVolume() {
        byte[] whole = DicomBuilder.slice(0).pixels(4).file(DicomBuilder.EXPLICIT);
        int refused = 0;
        for (int end = 0; end < whole.length; end++) {
            String message = failure(Arrays.copyOf(whole, end));
            refused++;
            assertTrue(message.startsWith("x.dcm"), message);
        }
        assertEquals(whole.length, refused);
        String message = failure(Arrays.copyOf(whole, whole.length - 3));
        assertTrue(
                message.endsWith(
                        "only 5 remain: the file is truncated (it ends at byte "
                                + (whole.length - 3)
                                + " of "
                                + whole.length
                                + ") or broken. Copy it again."),
                message);
    }

    @ParameterizedTest(name = "a length of {0} in a file of 1 kB")
    @ValueSource(longs = {0xFFFFFFFEL, 0x7FFFFFFFL, 0x80000000L, 0xFFFF0000L})
    void anAbsurdLengthIsRefusedWithoutAllocatingIt(long length) {
        byte[] file =
                DicomBuilder.slice(0)
                        .head(0x00091001, "OB", length)
                        .raw(new byte[600])
                        .file(DicomBuilder.EXPLICIT);
        failure(file); // loads the classes
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path path = folder.resolve("x.dcm");
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        String message =
                assertThrows(
                                DataException.class,
                                () -> DicomParser.read(path, DicomParser.Keep.ALL))
                        .getMessage();
        long spent = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(message.contains("(0009,1001) needs " + length + " bytes"), message);
        assertTrue(spent <= 64 << 10, spent + " bytes allocated");
    }

    @Test
    void anOddLengthIsReadWithAWarning() {
        byte[] odd =
                DicomBuilder.slice(0)
                        .head(Keyword.ConvolutionKernel.tag(), "SH", 3)
                        .raw((byte) 'B', (byte) '3', (byte) '0')
                        .pixels(4)
                        .file(DicomBuilder.EXPLICIT);
        Image image = DicomSeries.read(DicomBuilder.save(folder.resolve("x.dcm"), odd));
        assertEquals("B30", image.tags().text("ConvolutionKernel").orElseThrow());
        assertTrue(
                warnings(image).contains("(0018,1210) has an odd length of 3 bytes."),
                warnings(image));
    }

    private byte[] overrun(int over) {
        DicomBuilder item =
                DicomBuilder.explicit()
                        .text(Keyword.RadionuclideHalfLife, "6588")
                        .head(Keyword.RadionuclideTotalDose.tag(), "DS", 4 + over)
                        .raw("1234".getBytes());
        return DicomBuilder.slice(0)
                .sequence(Keyword.RadiopharmaceuticalInformationSequence, item)
                .bytes(0x00540001, "OB", new byte[2000])
                .pixels(4)
                .file(DicomBuilder.EXPLICIT);
    }

    @Test
    void anElementThatOverrunsItsItemALittleIsLeftOutWithAWarning() {
        Image image = DicomSeries.read(DicomBuilder.save(folder.resolve("x.dcm"), overrun(1024)));
        assertEquals("6588", image.tags().text("RadionuclideHalfLife").orElseThrow());
        assertTrue(image.tags().text("RadionuclideTotalDose").isEmpty());
        assertTrue(
                warnings(image)
                        .contains(
                                "(0018,1074) says it has 1028 bytes, 1024 more than its item holds;"
                                        + " skipped to the end of the item."),
                warnings(image));
        String message = failure(overrun(1026));
        assertTrue(message.contains("but its item ends after 4: the file is broken"), message);
    }

    @Test
    void aSequenceThatIsNeverClosedIsRefused() {
        DicomBuilder b =
                DicomBuilder.slice(0)
                        .head(Keyword.RadiopharmaceuticalInformationSequence.tag(), "SQ", -1)
                        .head(0xFFFEE000, "", -1)
                        .text(Keyword.RadionuclideHalfLife, "6588");
        String message = failure(b.file(DicomBuilder.EXPLICIT));
        assertTrue(message.endsWith("never closed: the file is truncated or broken."), message);
    }

    @Test
    void aMillionEmptyItemsAndAMillionPrivateElementsAreRefusedInTime() {
        ByteBuffer items = ByteBuffer.allocate(8_000_000).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer elements = ByteBuffer.allocate(8_000_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 1_000_000; n++) {
            items.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(0);
            elements.putShort((short) 9).putShort((short) 0x1001).put((byte) 'L').put((byte) 'O');
            elements.putShort((short) 0);
        }
        byte[] many =
                DicomBuilder.slice(0)
                        .head(Keyword.RadiopharmaceuticalInformationSequence.tag(), "SQ", -1)
                        .raw(items.array())
                        .head(0xFFFEE0DD, "", 0)
                        .file(DicomBuilder.EXPLICIT);
        byte[] private_ = DicomBuilder.slice(0).raw(elements.array()).file(DicomBuilder.EXPLICIT);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    for (byte[] file : new byte[][] {many, private_}) {
                        String message = failure(file);
                        assertTrue(
                                message.contains("more than 900000 elements")
                                        || message.contains("beside its pixels"),
                                message);
                    }
                });
    }
}
