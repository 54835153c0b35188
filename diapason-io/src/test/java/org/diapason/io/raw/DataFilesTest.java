package org.diapason.io.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.diapason.io.Images;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFilesTest {
    @TempDir Path folder;

    @ParameterizedTest(name = "{0} to {1} by {2}")
    @CsvSource({
        "9223372036854775806, 9223372036854775807, 1",
        "-9223372036854775808, 9223372036854775807, -1",
        "1, 9223372036854775807, 9223372036854775807",
        "2, 1, 5",
        "1, 2, -5",
        "1, 2, 0",
        "1, 100001, 1"
    })
    void numbersThatRunAwayNameNoFiles(long first, long last, long step) {
        Path header = folder.resolve("x.nhdr");
        String message =
                assertTimeoutPreemptively(
                                Duration.ofSeconds(60),
                                () ->
                                        assertThrows(
                                                DataException.class,
                                                () ->
                                                        DataFiles.numbered(
                                                                header,
                                                                "a%d.raw",
                                                                first,
                                                                last,
                                                                step,
                                                                "x.nhdr, line 7")))
                        .getMessage();
        assertEquals(
                "x.nhdr, line 7: expected a name with one number, such as slice%03d.raw, its"
                        + " first, last and step, and at most 100000 files.",
                message);
    }

    @ParameterizedTest(name = "{0} from {1} to {2} by {3}")
    @CsvSource({
        "a%03d.raw, 9, 12, 2, a009.raw a011.raw",
        "a%d.raw, 3, 1, -1, a3.raw a2.raw a1.raw",
        "a%2d.raw, 5, 5, 1, a 5.raw"
    })
    void numbersOfFilesRunEitherWay(
            String pattern, long first, long last, long step, String names) {
        List<Path> files =
                DataFiles.numbered(folder.resolve("x.nhdr"), pattern, first, last, step, "");
        String joined =
                String.join(" ", files.stream().map(f -> f.getFileName().toString()).toList());
        assertEquals(names, joined);
    }

    private float[] text(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("t.txt"), text);
        return new DataFiles(List.of(file), DataFiles.Packing.TEXT, 0, 0, 0)
                .read(SampleType.FLOAT64, ByteOrder.BIG_ENDIAN, 2, 1, 2)
                .get(0);
    }

    @Test
    void aNumberOfMoreThan64CharactersIsNotTakenForTwo() throws IOException {
        String most = "0." + "1".repeat(62);
        assertArrayEquals(new float[] {1f / 9, 7}, text(most + " 7"));
        assertEquals(
                "t.txt, byte 66 of the voxels: expected a number of at most 64 characters, found \""
                        + most
                        + "1\": the file is broken.",
                assertThrows(DataException.class, () -> text(most + "117 8")).getMessage());
    }

    /** 290 bytes that ask for gigabytes of frame times before the first voxel is missed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "x.mha, 2147483639, 'x.mha, line 3: 1 channels in 2147483639 frames are not read. Split the"
                + " file first.'",
        "x.nrrd, 2147483639, 'x.nrrd, line 4: axis 4 has 2147483639 channels, at most 1048576 are"
                + " read. Split the file first.'"
    })
    void framesWithoutEndAreRefusedBeforeTheirTimesAreHeld(String name, long frames, String message)
            throws IOException {
        String head =
                name.endsWith(".mha")
                        ? "ObjectType = Image\nNDims = 4\nDimSize = 1 1 1 "
                                + frames
                                + "\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n"
                        : "NRRD0004\ntype: uchar\ndimension: 4\nsizes: 1 1 1 "
                                + frames
                                + "\nencoding: raw\nkinds: space space space time\n\n";
        Path file = Files.writeString(folder.resolve(name), head + "abc");
        assertEquals(
                message, assertThrows(DataException.class, () -> Images.read(file)).getMessage());
    }
}
