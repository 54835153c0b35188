package org.diapason.io.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.diapason.io.TestData;
import org.diapason.io.nifti.Nifti;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/**
 * Numbers by pydicom 2.3.1: slices sorted by {@code np.cross(iop[:3], iop[3:]) @ ipp}, then {@code
 * v = np.stack([d.pixel_array for d in slices])}.
 */
class RealSeriesTest {
    private static double sum(Volume volume) {
        double sum = 0;
        for (float v : volume.values()) {
            sum += v;
        }
        return sum;
    }

    private static void assertGrid(
            Geometry g, int ni, int nj, int nk, double x, double y, double z) {
        assertEquals(ni, g.ni());
        assertEquals(nj, g.nj());
        assertEquals(nk, g.nk());
        assertEquals(x, g.originMm().get(0), 1e-9);
        assertEquals(y, g.originMm().get(1), 1e-9);
        assertEquals(z, g.originMm().get(2), 1e-9);
    }

    @Test
    void petImplicitKeepsSlopePerSliceAndTheTracer() {
        Image pet = DicomSeries.read(TestData.real("dicom/sts/STS_002/PET/image"));
        // v.shape; slices[0].ImagePositionPatient
        assertGrid(
                pet.volume().geometry(), 30, 27, 48, 2.73437999999998, 57.4218799999999, -629.02);
        assertEquals(3.27, pet.volume().geometry().spacing(2), 1e-9);
        // v.sum(); v[24, 13, 15]; v[1, 5, 3]
        assertEquals(172254934, sum(pet.volume()));
        assertEquals(1795, pet.volume().at(15, 13, 24));
        assertEquals(10090, pet.volume().at(3, 5, 1));
        // slices[0].RescaleSlope; slices[1].RescaleSlope
        assertEquals(0.00006911235598, pet.tags().slices("RescaleSlope").orElseThrow().get(0));
        assertEquals(0.00005135825931, pet.tags().slices("RescaleSlope").orElseThrow().get(1));
        // slices[0].RadiopharmaceuticalInformationSequence[0]
        assertEquals(433344096, pet.tags().number("RadionuclideTotalDose").orElseThrow());
        assertEquals(6588, pet.tags().number("RadionuclideHalfLife").orElseThrow());
        assertEquals("135100", pet.tags().text("RadiopharmaceuticalStartTime").orElseThrow());
    }

    @Test
    void mrExplicitAndUnsignedTwelveBitCt() {
        Volume mr = DicomSeries.read(TestData.real("dicom/sts/STS_003/MR_T1/image")).volume();
        assertGrid(mr.geometry(), 121, 138, 47, -111.328186, 15.624878, -839.50469999999);
        assertEquals(362958960, sum(mr)); // v.sum()
        assertEquals(324, mr.at(60, 69, 23)); // v[23, 69, 60]
        Image ct = DicomSeries.read(TestData.real("dicom/ct_head_phantom/S21570/S2010"));
        assertGrid(ct.volume().geometry(), 512, 512, 28, -115.5, -1.85, 696.21);
        assertEquals(1419514858, sum(ct.volume())); // v.sum()
        assertEquals(1117, ct.volume().at(256, 256, 14)); // v[14, 256, 256]
        assertEquals("1", ct.tags().text("SkippedFiles").orElseThrow());
    }

    @Test
    void oneObjectAsDicomAndAsNiftiLiesInOnePlace() {
        Volume dicom = DicomSeries.read(TestData.real("ibsi1/ct_phantom/dicom/image")).volume();
        Path file = TestData.real("ibsi1/ct_phantom/nifti/image/phantom.nii.gz");
        Volume nifti = Nifti.read(file).volume();
        assertTrue(dicom.geometry().isClose(nifti.geometry(), 1e-4));
        for (int n = 0; n < dicom.values().length; n++) {
            // slices[0].RescaleIntercept is -1000, the slope 1
            assertEquals(dicom.values()[n] - 1000, nifti.values()[n]);
        }
    }

    @Test
    void petAsDicomAndAsNiftiAgreeAfterTheSlopeOfEachSlice() {
        Image dicom = DicomSeries.read(TestData.real("dicom/sts/STS_002/PET/image"));
        Volume nifti = Nifti.read(TestData.real("cohort_sts/STS_002/PET_image.nii.gz")).volume();
        assertTrue(dicom.volume().geometry().isClose(nifti.geometry(), 1e-4));
        double slope = dicom.tags().slices("RescaleSlope").orElseThrow().get(24);
        // the NIfTI holds floats: relative rounding 6e-8
        assertEquals(dicom.volume().at(15, 13, 24) * slope, nifti.at(15, 13, 24), 1e-6);
    }

    @Test
    void bothByteOrdersGiveTheSameVoxels() {
        Volume little =
                DicomSeries.read(TestData.real("dicom/pydicom_files/MR_small.dcm")).volume();
        Volume big =
                DicomSeries.read(TestData.real("dicom/pydicom_files/MR_small_bigendian.dcm"))
                        .volume();
        assertEquals(sum(little), sum(big));
        assertEquals(little.geometry(), big.geometry());
        assertEquals(905, little.at(0, 0, 0)); // dcmread("MR_small.dcm").pixel_array[0, 0]
    }
}
