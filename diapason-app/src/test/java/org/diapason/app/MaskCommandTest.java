package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskCommandTest {
    private static final Geometry GRID = Geometry.of(12, 10, 6, 1, 1, 2);

    @TempDir Path folder;

    private Path ct;
    private Path mask;
    private final boolean[] voxels = new boolean[GRID.voxels()];

    @BeforeEach
    void anImageAndAMask() {
        ct = folder.resolve("ct");
        mask = folder.resolve("mask.nii.gz");
        DicomCtWriter.write(ct, "s", GRID, new float[GRID.voxels()], 1, -1024, Map.of());
        for (int n = 130; n < 500; n++) {
            voxels[n] = n % 11 != 0;
        }
        Nifti.writeMask(mask, Mask.of(GRID, voxels));
    }

    @Test
    void aMaskGoesThroughBothDicomFormatsAndComesBack() {
        for (String format : new String[] {"seg", "rtstruct"}) {
            Path dcm = folder.resolve(format + ".dcm");
            Cli.Said said =
                    Cli.run(
                            "mask", mask, "--like", ct, "--as", format, "--name", "GTV", "--out",
                            dcm);
            assertEquals("", said.err());
            assertEquals("GTV: 336 voxels, 0.672 ml\n", said.out().replace("\r", ""));
            Path back = folder.resolve(format + ".nii");
            said = Cli.run("mask", dcm, "--roi", "GTV", "--like", ct, "--out", back);
            assertEquals(0, said.code(), said.err());
            assertArrayEquals(voxels, Nifti.readMask(back).voxels());
        }
        assertEquals(
                "1\tGTV\t4 frames\n",
                Cli.run("mask", folder.resolve("seg.dcm"), "--list").out().replace("\r", ""));
    }

    @Test
    void whatCannotBeKnownIsAskedFor() {
        assertEquals(
                "diapason: --as is missing: x.dcm does not say whether it is to be seg or"
                        + " rtstruct.\n",
                failure("mask", mask, "--like", ct, "--out", folder.resolve("x.dcm")));
        assertEquals(
                "diapason: --like is missing: a DICOM mask refers to the series it lies on.\n",
                failure("mask", mask, "--as", "seg", "--out", folder.resolve("x.dcm")));
        assertEquals(
                "diapason: --out is missing: name the file to write.\n", failure("mask", mask));
    }

    @Test
    void aMaskRefersToTheSeriesThatWasChosenInTheFolder() throws Exception {
        Path both = folder.resolve("both");
        for (String kernel : new String[] {"B30", "B60"}) {
            Path one = folder.resolve(kernel);
            Map<String, String> attributes = Map.of("ConvolutionKernel", kernel);
            DicomCtWriter.write(one, kernel, GRID, new float[GRID.voxels()], 1, -1024, attributes);
            Files.createDirectories(both);
            for (int k = 1; k <= GRID.nk(); k++) {
                String file = "slice-000" + k + ".dcm";
                Files.copy(one.resolve(file), both.resolve(kernel + file));
            }
        }
        for (String format : new String[] {"seg", "rtstruct"}) {
            Path dcm = folder.resolve(format + ".dcm");
            Path chosen = Path.of(both + "#ConvolutionKernel=B60");
            Cli.Said said = Cli.run("mask", mask, "--like", chosen, "--as", format, "--out", dcm);
            assertEquals("", said.err());
            Path back = folder.resolve("back.nii");
            said = Cli.run("mask", dcm, "--like", chosen, "--out", back);
            assertEquals("", said.err(), "it was drawn on this very series");
            said = Cli.run("mask", dcm, "--like", folder.resolve("B60"), "--out", back);
            assertEquals("", said.err());
            assertEquals(0, said.code());
        }
    }

    @Test
    void aNameThatTheSeriesCannotWriteIsNotTurnedIntoQuestionMarks() {
        Path dcm = folder.resolve("x.dcm");
        assertEquals(
                "diapason: region \"Опухоль\": the series is written in ISO-8859-1, which has not"
                        + " all of these letters. Give it another name (--name).\n",
                failure(
                        "mask", mask, "--like", ct, "--as", "seg", "--name", "Опухоль", "--out",
                        dcm));
        assertTrue(Files.notExists(dcm));
        Cli.Said said =
                Cli.run(
                        "mask", mask, "--like", ct, "--as", "seg", "--name", "Läsion", "--out",
                        dcm);
        assertEquals(0, said.code(), said.err());
        assertEquals("1\tLäsion\t4 frames\n", Cli.run("mask", dcm, "--list").out());
    }

    private static String failure(Object... arguments) {
        Cli.Said said = Cli.run(arguments);
        assertEquals(2, said.code());
        return said.err().replace("\r", "");
    }
}
