package org.diapason.io.nifti;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.diapason.io.TestData;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealNiftiTest {
    /**
     * Affines (RAS, three rows), channels and sums of all and of the last by nibabel 5.0.0: {@code
     * i = nib.load(f); d = i.get_fdata(); d = d.reshape(d.shape[:3] + (-1,), order='F'); i.affine;
     * d.shape[3]; d.sum(); d[..., -1].sum()}. In turn: qform alone, twice; qform, big-endian;
     * sform; pair with sform only and permuted axes, as NIfTI-1 and NIfTI-2; one frame and an
     * extension; two frames, whose rounded quaternion is 0.017 mm off at the last voxel; NIfTI-2;
     * scaled frames; bytes without a unit; three components on axis 5; NIfTI-2 of floats.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    cohort_sts/STS_002/PET_image.nii.gz; -5.46875 0 0 -2.73438; 0 -5.46875 0 -57.42188; 0 0 3.27 -629.02002; 1; 24193.158356581698; 24193.158356581698
                    cohort_sts/STS_002/MR_T1_image.nii.gz; -0.97656 0 0 -30.27331; 0 -0.97656 0 -88.86703; 0 0 3.26995 -609.41742; 1; 167980381.0; 167980381.0
                    nifti/nifti_reader_js/big.nii.gz; -4 0 0 0; 0 4 0 0; 0 0 6 0; 1; 11648.372022011292; 11648.372022011292
                    nifti/nibabel/anatomical.nii; -2 0 0 32; 0 2 0 -40; 0 0 2 -16; 1; 284166082.0; 284166082.0
                    nifti/nifti_reader_js/air.hdr.gz; 0 0 2.38523 -75.76254; 2.38975 0 0 -110.76254; 0 -2.36649 0 84.42556; 1; 11398461.247137904; 11398461.247137904
                    nifti/nifti_reader_js/air2.hdr.gz; 0 0 2.38523 -75.76254; 2.38975 0 0 -110.76254; 0 -2.36649 0 84.42556; 1; 11398461.247137904; 11398461.247137904
                    nifti/nifti_reader_js/with_extension.nii.gz; -1 0 0 80; 0 -1 0 80; 0 0 -1 85; 1; 1472871.0; 1472871.0
                    nifti/nibabel/example4d.nii.gz; -2 0 0 117.8551; 0 1.97371 -0.35553 -35.72294; 0 0.32321 2.17108 -7.2488; 2; 101985356.0; 50990959.0
                    nifti/nibabel/example_nifti2.nii.gz; -2 0 0 117.8551; 0 1.97371 -0.35553 -35.72294; 0 0.32321 2.17108 -7.2488; 2; 6926802.0; 3465054.0
                    nifti/nibabel/functional.nii; -4 0 0 32; 0 4 0 -40; 0 0 8 0; 20; 77913290.36292362; 3888072.273083091
                    nifti/nibabel/standard.nii.gz; 1 0 0 0; 0 3 0 0; 0 0 2 0; 1; 7650.0; 7650.0
                    nifti/nifti_reader_js/5D_small.nii; 0 -0.00165 1 -87.89346; -0.99175 0.12821 0.00021 147.39847; 0.12821 0.99175 0.00163 -120.61728; 3; 7.281447608489543; 1.9867660377640277
                    nifti/nifti_reader_js/avg152T1_LR_nifti2.nii.gz; -2 0 0 90; 0 2 0 -126; 0 0 2 -72; 1; 74825382.0; 74825382.0
                    """)
    void affineAndVoxelsAreThoseOfNibabelFlippedToLps(
            String file, String x, String y, String z, int channels, double sum, double last) {
        Volume volume = Nifti.read(TestData.real(file)).volume();
        assertEquals(channels, volume.channels());
        String[] rows = {x, y, z};
        for (int row = 0; row < 3; row++) {
            String[] ras = rows[row].trim().split(" ");
            int flip = row < 2 ? -1 : 1;
            Geometry g = volume.geometry();
            Numbers origin = g.toWorld(0, 0, 0);
            for (int a = 0; a < 3; a++) {
                Numbers step = g.toWorld(a == 0 ? 1 : 0, a == 1 ? 1 : 0, a == 2 ? 1 : 0);
                double column = step.get(row) - origin.get(row);
                // the numbers above are rounded to 5 decimals
                assertEquals(flip * Double.parseDouble(ras[a]), column, 1e-5);
            }
            assertEquals(flip * Double.parseDouble(ras[3]), origin.get(row), 1e-5);
        }
        double total = 0;
        for (int c = 0; c < channels; c++) {
            total += sum(volume.channel(c));
        }
        // nibabel scales in double, we round each voxel to float
        assertEquals(sum, total, 1e-7 * Math.abs(sum));
        assertEquals(last, sum(volume.channel(channels - 1)), 1e-7 * Math.abs(last));
    }

    private static double sum(float[] values) {
        double total = 0;
        for (float v : values) {
            total += v;
        }
        return total;
    }

    @Test
    void framesAreTimedAsNibabelSays() {
        // i.header.get_zooms()[3], i.header.get_xyzt_units() -> 2.0, ('mm', 'sec')
        Channels frames =
                Nifti.read(TestData.real("nifti/nibabel/functional.nii")).volume().meaning();
        assertEquals(Channels.frames(20, 0, 2), frames);
        Path vector = TestData.real("nifti/nifti_reader_js/5D_small.nii");
        assertEquals(Channels.COMPONENTS, Nifti.read(vector).volume().meaning());
    }
}
