package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsTest {
    private static final Geometry GRID = TestData.oblique(4, 3, 2, false);

    @TempDir Path folder;

    private void series(String name, Geometry g, Map<String, String> attributes) {
        DicomCtWriter.write(
                folder.resolve(name), name, g, new float[g.voxels()], 1, -1024, attributes);
    }

    @Test
    void foldersAndFilesComeThroughOneDoor() {
        series("ct", GRID, Map.of());
        Nifti.write(folder.resolve("x.nii.gz"), Volume.of(GRID, new float[24], Quantity.HU));
        Path slice = folder.resolve("ct/slice-0001.dcm");
        assertEquals(2, Images.read(folder.resolve("ct")).volume().geometry().nk());
        assertEquals(1, Images.read(slice).volume().geometry().nk());
        assertEquals(Quantity.UNKNOWN, Images.read(folder.resolve("x.nii.gz")).volume().quantity());
    }

    @Test
    void whatIsNoImageIsToldWhatIsUnderstood() throws IOException {
        Path file =
                Files.writeString(folder.resolve("notes.txt"), "hello, this is no image at all");
        assertEquals(
                "notes.txt: is not an image that can be read. Give a folder of DICOM files (CT, MR"
                        + " or PET, one series), a DICOM file, or a file named .nii, .nii.gz, .hdr,"
                        + " .nrrd, .nhdr, .mha, .mhd, .png, .tif or .jpg.",
                assertThrows(DataException.class, () -> Images.read(file)).getMessage());
    }

    @Test
    void archivesAreNeverOpened() throws IOException {
        for (String name : new String[] {"ct.zip", "ct.TAR", "ct.tar.gz", "ct.tgz"}) {
            Path file = Files.writeString(folder.resolve(name), "PK\3\4 ../../etc/passwd");
            assertEquals(
                    name
                            + ": is an archive, and archives are not opened. Unpack it and give the"
                            + " folder.",
                    assertThrows(DataException.class, () -> Images.read(file)).getMessage());
        }
    }

    @Test
    void slicesKeepTheirOwnSign() throws IOException {
        Geometry one = Geometry.of(1, 1, 1, 1, 1, 1);
        for (int k = 0; k < 2; k++) {
            Map<String, String> own =
                    Map.of(
                            "PixelRepresentation",
                            Integer.toString(1 - k),
                            "SOPInstanceUID",
                            "1.2.3." + k,
                            "ImagePositionPatient",
                            "0\\0\\" + k);
            Path part = folder.resolve("part" + k);
            DicomCtWriter.write(part, "s", one, new short[] {-2}, 1, 0, own);
            Files.createDirectories(folder.resolve("ct"));
            Files.move(part.resolve("slice-0001.dcm"), folder.resolve("ct/" + k + ".dcm"));
        }
        float[] values = Images.read(folder.resolve("ct")).volume().values();
        assertArrayEquals(new float[] {-2, 65534}, values);
    }

    @Test
    void aMaskWithFlippedAndSwappedAxesIsTurnedToItsImage() {
        boolean[] voxels = new boolean[24];
        for (int n : new int[] {0, 5, 7, 23}) {
            voxels[n] = true;
        }
        Mask mask = Mask.of(GRID, voxels);
        // axes of the file: k reversed, i, j reversed; each voxel is set where it lies in the world
        double[] d = GRID.direction().toArray();
        Geometry turned =
                new Geometry(
                        2,
                        4,
                        3,
                        Numbers.of(2.5, 0.7, 1.3),
                        GRID.toWorld(0, 2, 1),
                        Numbers.of(-d[2], d[0], -d[1], -d[5], d[3], -d[4], -d[8], d[6], -d[7]));
        boolean[] stored = new boolean[24];
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 4; i++) {
                    stored[turned.index(1 - k, i, 2 - j)] = mask.at(i, j, k);
                }
            }
        }
        Nifti.writeMask(folder.resolve("mask.nii"), Mask.of(turned, stored));
        Mask read = Masks.read(folder.resolve("mask.nii"), GRID);
        assertEquals(GRID, read.geometry());
        assertArrayEquals(voxels, read.voxels());
    }

    @Test
    void aLabelOfANiftiFileIsNamedAfterIt() {
        float[] labels = new float[24];
        for (int n = 0; n < 24; n++) {
            labels[n] = n % 4;
        }
        Nifti.write(folder.resolve("l.nii.gz"), Volume.of(GRID, labels, Quantity.STORED));
        assertEquals(18, Masks.read(folder.resolve("l.nii.gz"), GRID).count());
        assertEquals(6, Masks.read(folder.resolve("l.nii.gz#2"), GRID).count());
        assertEquals("2", Masks.list(folder.resolve("l.nii.gz")).get(1).name());
        assertEquals(
                "l.nii.gz: there is no region \"4\". It holds \"1\", \"2\", \"3\".",
                assertThrows(
                                DataException.class,
                                () -> Masks.read(folder.resolve("l.nii.gz#4"), GRID))
                        .getMessage());
        labels[0] = 0.5f;
        Nifti.write(folder.resolve("l.nii.gz"), Volume.of(GRID, labels, Quantity.STORED));
        assertEquals(
                "l.nii.gz: its values are not at most 1000 whole numbers, so they are no labels."
                        + " Leave out what stands after the #: every voxel above 0.5 is inside.",
                assertThrows(
                                DataException.class,
                                () -> Masks.read(folder.resolve("l.nii.gz#3"), GRID))
                        .getMessage());
    }

    /** What can be read without a region has a name without one, in every format of grids. */
    @ParameterizedTest
    @ValueSource(strings = {"m.nii.gz", "m.nrrd", "m.mha"})
    void aMaskOfPartsIsCalledMask(String name) {
        float[] parts = new float[24];
        parts[3] = 0.7f;
        parts[4] = 0.2f;
        Volume volume = Volume.of(GRID, parts, Quantity.STORED);
        Images.write(folder.resolve(name), Image.of(volume));
        assertEquals(1, Masks.read(folder.resolve(name), GRID).count());
        assertEquals("mask", Masks.name(folder.resolve(name)));
        assertEquals("label 2", Masks.name(folder.resolve(name + "#2")));
    }

    @Test
    void aMaskHalfAVoxelAwayIsRefusedWithBothGrids() {
        Geometry image = Geometry.of(4, 3, 2, 1, 1, 2);
        Geometry away =
                new Geometry(4, 3, 2, image.spacingMm(), Numbers.of(0.5, 0, 0), Geometry.IDENTITY);
        Nifti.writeMask(folder.resolve("mask.nii"), Mask.of(away, new boolean[24]));
        assertEquals(
                "mask.nii: the mask has 4 × 3 × 2 voxels of 1.000 × 1.000 × 2.000 mm from (0.50,"
                        + " 0.00, 0.00) mm, its image 4 × 3 × 2 of 1.000 × 1.000 × 2.000 mm from"
                        + " (0.00, 0.00, 0.00) mm. Draw or resample the mask on the image's grid.",
                assertThrows(
                                DataException.class,
                                () -> Masks.read(folder.resolve("mask.nii"), image))
                        .getMessage());
    }

    @Test
    void anInspectionSeesEverySeriesAndEveryProblem() throws IOException {
        series("sound", Geometry.of(4, 3, 2, 1, 1, 2), Map.of("ConvolutionKernel", "B30f"));
        series("mute", GRID, Map.of("RescaleSlope", ""));
        Files.write(folder.resolve("half.dcm"), new byte[200]);
        Files.writeString(folder.resolve("notes.txt"), "nothing");
        Inspection seen = Inspection.of(folder);
        assertEquals(2, seen.parts().size());
        assertEquals(1, seen.skipped());
        Inspection.Part mute = seen.parts().get(0);
        assertEquals(
                "All slices lack RescaleSlope (0028,1053), so the values have no unit.",
                mute.problems().get(0));
        assertTrue(mute.orientation().contains("oblique by 48.2°"), mute.orientation()); // acos 2/3
        Inspection.Part sound = seen.parts().get(1);
        assertEquals("i to the left, j to the back, k to the head", sound.orientation());
        assertEquals("HU", sound.quantity());
        assertEquals("B30f", sound.tags().get("ConvolutionKernel"));
        assertEquals(Numbers.of(0, 0), sound.range().orElseThrow());
        assertTrue(sound.problems().isEmpty());
        assertTrue(seen.problems().get(0).startsWith("half.dcm: is named like a DICOM file"));
    }

    @Test
    void aChoiceOfASeriesIsNotIgnoredByAFileThatHasNone() {
        Path file = folder.resolve("x.nii.gz");
        Nifti.write(file, Volume.of(GRID, new float[24], Quantity.HU));
        assertEquals(
                "x.nii.gz: \"EchoTime=4.6\" behind # chooses a DICOM series, and this file is NIfTI."
                        + " Leave it out.",
                assertThrows(
                                DataException.class,
                                () -> Images.read(Path.of(file + "#EchoTime=4.6")))
                        .getMessage());
    }
}
