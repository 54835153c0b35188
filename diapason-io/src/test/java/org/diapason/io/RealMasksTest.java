package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structure sets of real patients and of the IBSI phantom against masks that others made. */
class RealMasksTest {

    @Test
    void theStructureSetOfTheIbsiPhantomHoldsTheVoxelsOfTheConsensus() {
        Path folder = TestData.real("ibsi1/ct_phantom");
        Path image = folder.resolve("dicom/image");
        Geometry grid = Images.read(image).volume().geometry();
        Path structures = folder.resolve("dicom/mask/DCM_RS_00060.dcm");
        Mask mask = Masks.read(structures, grid, Optional.of(image));
        // IBSI 1, configuration A: int_mask_vox_count_init_roi and bounding box, tolerance 0
        assertEquals(125256, mask.count());
        assertArrayEquals(new int[] {100, 99, 26}, extent(mask));
        // volume by voxel counting, voxels of 0.977 × 0.977 × 3 mm: 3.59e5 mm³, tolerance 5e3 mm³
        assertEquals(3.59e5, mask.count() * grid.voxelMm3(), 5e3);
        assertTrue(mask.notes().isEmpty(), mask.notes().toString());
        Mask nifti = Masks.read(folder.resolve("nifti/mask/mask.nii.gz"), grid);
        assertArrayEquals(nifti.voxels(), mask.voxels());
        // by name, and through the folder
        assertArrayEquals(
                mask.voxels(),
                Masks.read(folder.resolve("dicom/mask#GTV-1"), grid, Optional.of(image)).voxels());
    }

    @ParameterizedTest(name = "{0} {1}: {2} voxels")
    @CsvSource({
        "STS_002, CT, 17090", "STS_002, MR_T1, 17090", "STS_002, PET, 555",
        "STS_003, CT, 25693", "STS_003, MR_T1, 25693", "STS_003, PET, 817"
    })
    void structureSetsAndTheirNiftiTwinsHoldTheSameVoxels(String id, String name, int count) {
        Path folder = TestData.real("dicom/sts").resolve(id).resolve(name);
        Path twins = TestData.real("cohort_sts").resolve(id);
        Path image = folder.resolve("image");
        Geometry grid = Images.read(image).volume().geometry();
        Geometry twin = Images.read(twins.resolve(name + "_image.nii.gz")).volume().geometry();
        // NIfTI keeps 32-bit floats, some 1e-6 of the offset of 800 mm
        assertTrue(grid.isClose(twin, 1e-4), grid + " and " + twin);
        Mask mask = Masks.read(folder.resolve("mask"), grid, Optional.of(image));
        Mask nifti = Masks.read(twins.resolve(name + "_mask.nii.gz"), grid);
        assertEquals(count, nifti.count());
        assertArrayEquals(nifti.voxels(), mask.voxels());
        // the images were cropped and sent under new UIDs after the contours were drawn
        assertEquals(
                List.of(
                        "RS.dcm, region GTV_Mass_"
                                + name
                                + " was drawn on another series than \"image\", in the same frame of"
                                + " reference."),
                mask.notes());
    }

    @Test
    void aStructureSetOfAnotherPatientIsRefused() {
        Path sts = TestData.real("dicom/sts");
        Path image = sts.resolve("STS_002/CT/image");
        Geometry grid = Images.read(image).volume().geometry();
        Path other = sts.resolve("STS_003/CT/mask/RS.dcm");
        assertEquals(
                "RS.dcm, region GTV_Mass_CT: lies in another frame of reference (0020,0052) than"
                        + " the image \"image\", so its millimetres are not the image's. Give the image"
                        + " it was drawn on.",
                assertThrows(DataException.class, () -> Masks.read(other, grid, Optional.of(image)))
                        .getMessage());
    }

    @Test
    void regionsAreListedAndPointsAreNoRegion() {
        Path file = TestData.real("dicom/pydicom_files/rtstruct.dcm");
        assertEquals(
                List.of(
                        new Regions.Region(1, "patient", "3 contours"),
                        new Regions.Region(2, "Isocenter 1", "1 contour"),
                        new Regions.Region(3, "Isocenter 2", "1 contour")),
                Masks.list(file));
        // a box: x −200 … 200, y −150 … 150, z −200, −190 and −180 mm; the first point is repeated
        Geometry grid =
                new Geometry(
                        50,
                        40,
                        3,
                        Numbers.of(10, 10, 10),
                        Numbers.of(-245, -195, -200),
                        Geometry.IDENTITY);
        Mask mask = Masks.read(Path.of(file + "#patient"), grid);
        assertEquals(3 * 40 * 30, mask.count());
        assertEquals(
                "rtstruct.dcm, region Isocenter 1: has a contour of type \"POINT\", which encloses"
                        + " nothing; closed planar contours (CLOSED_PLANAR) are needed. Choose"
                        + " another region.",
                failure(file + "#Isocenter 1", grid));
        assertEquals(
                "rtstruct.dcm: there is no region \"Patient\"; did you mean \"patient\"? It holds"
                        + " \"patient\", \"Isocenter 1\", \"Isocenter 2\".",
                failure(file + "#Patient", grid));
        assertEquals(
                "rtstruct.dcm: holds 3 regions: \"patient\", \"Isocenter 1\", \"Isocenter 2\". Say"
                        + " which one after the file, as in rtstruct.dcm#patient.",
                failure(file.toString(), grid));
        assertEquals(
                "CT_small.dcm: is neither a structure set (modality RTSTRUCT) nor a segmentation"
                        + " (SEG), but \"CT\".",
                failure(file.resolveSibling("CT_small.dcm").toString(), grid));
    }

    @Test
    void aSegmentationThatContradictsItselfIsRefused() {
        // the file was cut down to one frame for other tests; its descriptions were left
        Path file = TestData.real("dicom/pydicom_files/liver_1frame.dcm");
        assertEquals(List.of(new Regions.Region(1, "Liver", "3 frames")), Masks.list(file));
        assertEquals(
                "liver_1frame.dcm: holds 1 frame and descriptions of 3, so which is which is not"
                        + " known. Export it again.",
                failure(file.toString(), Geometry.of(4, 4, 4, 1, 1, 1)));
    }

    private static String failure(String path, Geometry grid) {
        return assertThrows(DataException.class, () -> Masks.read(Path.of(path), grid))
                .getMessage();
    }

    private static int[] extent(Mask mask) {
        Geometry g = mask.geometry();
        int[] low = {g.ni(), g.nj(), g.nk()};
        int[] high = {0, 0, 0};
        for (int n = 0; n < g.voxels(); n++) {
            int[] at = {n % g.ni(), n / g.ni() % g.nj(), n / g.ni() / g.nj()};
            for (int a = 0; a < 3 && mask.voxels()[n]; a++) {
                low[a] = Math.min(low[a], at[a]);
                high[a] = Math.max(high[a], at[a]);
            }
        }
        return new int[] {high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1};
    }
}
