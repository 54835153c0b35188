package org.diapason.io.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diapason.io.Mutator;
import org.diapason.io.TestData;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file, a series or a DataException comes out of it. */
class DicomFuzzTest {
    @TempDir Path folder;

    @Test
    void brokenSeriesOfOursFailInOneWay() throws IOException {
        Geometry g = TestData.oblique(3, 2, 1, false);
        Map<String, String> attributes =
                Map.of("AcquisitionDate", "20240229", "AcquisitionTime", "1200", "KVP", "120");
        DicomCtWriter.write(folder, "fuzz", g, new short[6], 1, -1024, attributes);
        byte[] seed = Files.readAllBytes(folder.resolve("slice-0001.dcm"));
        new Mutator(11).attack(seed, 4000, folder.resolve("x.dcm"), DicomSeries::read);
    }

    @Test
    void aSequenceNestedTenThousandTimesIsRefused() throws IOException {
        // implicit VR: item and sequence of undefined length, again and again
        byte[] unit = new byte[16];
        java.nio.ByteBuffer b =
                java.nio.ByteBuffer.wrap(unit).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        b.putShort((short) 8).putShort((short) 0x1140).putInt(-1);
        b.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(-1);
        byte[] file = new byte[8 + 10 + unit.length * 10_000];
        java.nio.ByteBuffer f =
                java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        f.putShort((short) 8).putShort((short) 5).putInt(10).put("ISO_IR 100".getBytes("US-ASCII"));
        for (int n = 0; n < 10_000; n++) {
            f.put(unit);
        }
        Path path = Files.write(folder.resolve("deep.dcm"), file);
        String message =
                org.junit.jupiter.api.Assertions.assertThrows(
                                org.diapason.volume.DataException.class,
                                () -> DicomSeries.read(path))
                        .getMessage();
        org.junit.jupiter.api.Assertions.assertTrue(
                message.endsWith("sequences are nested deeper than 32: the file is broken."),
                message);
    }

    @Test
    void filesOfOthersAreReadOrRefused() throws IOException {
        try (Stream<Path> all = Files.walk(TestData.real("dicom/pydicom_files"))) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                Mutator.survives(file, DicomSeries::read);
                if (Files.size(file) < 20_000) {
                    byte[] seed = Files.readAllBytes(file);
                    new Mutator(5).attackAny(seed, 15, folder.resolve("y.dcm"), DicomSeries::read);
                }
            }
        }
    }
}
