package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any input is inspected and refused in a heap of 256 MB and in seconds, whatever its size. */
class HostileFilesTest {
    @TempDir static Path folder;

    @Test
    void everyFileOfTheFolderIsNamedWithItsFaultAndNothingEscapes() throws Exception {
        Path said = folder.resolveSibling(folder.getFileName() + "-said.txt");
        Process process = java(said, "inspect", folder.toString());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running after a minute");
        String text = Files.readString(said);
        Files.delete(said);
        assertEquals(1, process.exitValue(), text);
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertTrue(text.contains(file.getFileName().toString()), file + " in\n" + text);
            }
        }
        assertTrue(!text.contains("Exception") && !text.contains("\tat "), text);
        assertTrue(!text.contains("heap of"), text);
    }

    @Test
    void eachFileAloneTakesLessThanTenSeconds() throws Exception {
        List<String> slow = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Path said = folder.resolveSibling(folder.getFileName() + "-one.txt");
                Process process = java(said, "inspect", file.toString());
                // generous for a loaded machine; what is meant is that time is bounded by the caps
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    slow.add(file.getFileName().toString());
                    process.destroyForcibly();
                } else if (process.exitValue() != 1) {
                    slow.add(file.getFileName() + " exits " + process.exitValue());
                }
                Files.delete(said);
            }
        }
        assertEquals(List.of(), slow);
    }

    private static Process java(Path said, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("org.diapason.app.Main");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    @BeforeAll
    static void writeFiles() throws IOException {
        sparse("nifti-of-4-gigabytes.nii", nifti(1024, 1024, 1024), 352 + (4L << 30));
        Files.write(folder.resolve("nifti-that-asks-for-18-gigabytes.nii"), nifti(32767, 32767, 4));
        sparse("dicom-of-4-gigabytes.dcm", dicom(65535, 65535), 4L << 30);
        Files.write(folder.resolve("dicom-65535-by-65535.dcm"), dicom(65535, 65535));
        sparse("zeros.dcm", new byte[0], 4L << 30);
        bomb("bomb.nii.gz", 1L << 30);
    }

    private static void sparse(String name, byte[] head, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.write(head);
            file.setLength(size);
        }
    }

    private static byte[] nifti(int ni, int nj, int nk) {
        ByteBuffer b = ByteBuffer.allocate(352).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0, 348);
        short[] dim = {3, (short) ni, (short) nj, (short) nk, 1, 1, 1, 1};
        for (int d = 0; d < dim.length; d++) {
            b.putShort(40 + 2 * d, dim[d]);
            b.putFloat(76 + 4 * d, 1);
        }
        b.putShort(70, (short) 16).putShort(72, (short) 32).putFloat(108, 352);
        b.putShort(254, (short) 1).putFloat(280, 1).putFloat(300, 1).putFloat(320, 1);
        b.position(344).put("n+1\0".getBytes(StandardCharsets.US_ASCII));
        return b.array();
    }

    /** A CT slice in implicit VR without meta group, which says how large it is and ends. */
    private static byte[] dicom(int rows, int columns) {
        ByteBuffer b = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        text(b, 0x0008, 0x0060, "CT");
        text(b, 0x0020, 0x000E, "1.2.3 ");
        text(b, 0x0020, 0x0032, "0\\0\\0 ");
        text(b, 0x0020, 0x0037, "1\\0\\0\\0\\1\\0 ");
        text(b, 0x0028, 0x0030, "1\\1 ");
        number(b, 0x0028, 0x0002, 1);
        number(b, 0x0028, 0x0010, rows);
        number(b, 0x0028, 0x0011, columns);
        number(b, 0x0028, 0x0100, 16);
        number(b, 0x0028, 0x0101, 16);
        number(b, 0x0028, 0x0102, 15);
        number(b, 0x0028, 0x0103, 1);
        b.putShort((short) 0x7FE0).putShort((short) 0x0010).putInt((int) (4_000_000_000L));
        return java.util.Arrays.copyOf(b.array(), b.position());
    }

    private static void text(ByteBuffer b, int group, int element, String text) {
        b.putShort((short) group).putShort((short) element).putInt(text.length());
        b.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void number(ByteBuffer b, int group, int element, int value) {
        b.putShort((short) group).putShort((short) element).putInt(2).putShort((short) value);
    }

    /** Zeros behind a header that asks for few of them. */
    private static void bomb(String name, long zeros) throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16)) {
            out.write(nifti(1024, 1024, 250));
            for (long n = 0; n < zeros; n += block.length) {
                out.write(block);
            }
        }
    }
}
