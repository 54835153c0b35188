package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write must be read by others: run where dcmtk or pydicom is installed. */
class DicomPeersTest {
    private static final Geometry GRID =
            new Geometry(
                    3,
                    2,
                    2,
                    Numbers.of(0.5, 0.75, 2.5),
                    Numbers.of(-10.5, 20.25, 30),
                    Numbers.of(0, 1, 0, 1, 0, 0, 0, 0, -1));
    private static final float[] HU = {-1000, -20, 0, 40, 7, 1200, 1, 2, 3, 4, 5, 6};

    @TempDir Path folder;

    private Path slice() {
        DicomCtWriter.write(folder, "peers", GRID, HU, 0.5, -1024, Map.of("StationName", "A"));
        return folder.resolve("slice-0001.dcm");
    }

    private static String run(Path program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void dcmdumpReadsASliceWithoutAWarning() throws Exception {
        Path dcmdump = Path.of("/usr/bin/dcmdump");
        assumeTrue(Files.isExecutable(dcmdump), "dcmtk is not installed: apt install dcmtk");
        String said = run(dcmdump, slice().toString());
        assertTrue(!said.contains("W:") && !said.contains("E:"), said);
        assertTrue(said.contains("(0028,1053) DS [0.5]"), said);
        assertTrue(said.contains("(0008,0016) UI =CTImageStorage"), said);
    }

    @Test
    void pydicomReadsTheGridAndTheValues() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(
                Files.isExecutable(python)
                        && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/pydicom")),
                "pydicom is not installed: apt install python3-pydicom python3-numpy");
        String script =
                """
                import sys, pydicom
                d = pydicom.dcmread(sys.argv[1])
                hu = d.pixel_array * float(d.RescaleSlope) + float(d.RescaleIntercept)
                print([float(x) for x in d.PixelSpacing], [float(x) for x in d.ImagePositionPatient])
                print([float(x) for x in d.ImageOrientationPatient], hu.tolist())
                """;
        // Rows are j, columns are i: PixelSpacing is (row distance, column distance).
        assertEquals(
                """
                [0.75, 0.5] [-10.5, 20.25, 30.0]
                [0.0, 1.0, 0.0, 1.0, 0.0, 0.0] [[-1000.0, -20.0, 0.0], [40.0, 7.0, 1200.0]]
                """,
                run(python, "-c", script, slice().toString()));
    }

    /**
     * By hand, on derived CT, MR and PET series of real scanners: {@code dcmdump FILE}, {@code
     * dcmj2pnm +Wm +on8 FILE x.png}, {@code gdcmdump FILE}, {@code dciodvfy FILE} (dicom3tools).
     */
    @Test
    void pydicomReadsADerivedSeriesWithTheSameGridAndValues() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(
                Files.isExecutable(python)
                        && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/pydicom")),
                "pydicom is not installed: apt install python3-pydicom python3-numpy");
        DicomCtWriter.write(folder.resolve("in"), "peers", GRID, HU, 0.5, -1024, Map.of());
        Path out = folder.resolve("out");
        Derivation derivation =
                new Derivation(
                        "test", "Nothing.", List.of(Derivation.Method.MULTIPLICATION), "", "1.0");
        Volume volume = Volume.of(GRID, HU, Quantity.HU);
        DerivedSeries.write(volume, folder.resolve("in"), out, derivation, false);
        String script =
                """
                import sys, pydicom
                d = pydicom.dcmread(sys.argv[1])
                hu = d.pixel_array * float(d.RescaleSlope) + float(d.RescaleIntercept)
                print([float(x) for x in d.PixelSpacing], [float(x) for x in d.ImagePositionPatient])
                print([float(x) for x in d.ImageOrientationPatient], hu.tolist())
                print(d.DerivationCodeSequence[0].CodeMeaning, len(d.SourceImageSequence))
                """;
        assertEquals(
                """
                [0.75, 0.5] [-10.5, 20.25, 27.5]
                [0.0, 1.0, 0.0, 1.0, 0.0, 0.0] [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
                Pixel by pixel multiplication 1
                """,
                run(python, "-c", script, out.resolve("slice-0002.dcm").toString()));
        Path dcmdump = Path.of("/usr/bin/dcmdump");
        if (Files.isExecutable(dcmdump)) {
            String said = run(dcmdump, out.resolve("slice-0001.dcm").toString());
            assertTrue(!said.contains("W:") && !said.contains("E:"), said);
        }
    }
}
