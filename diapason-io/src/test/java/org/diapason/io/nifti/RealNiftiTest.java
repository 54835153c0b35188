package org.diapason.io.nifti;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.diapason.io.TestData;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealNiftiTest {
    /**
     * Affines (RAS, three rows) and sums by nibabel 5.0.0: {@code i = nib.load(f); i.affine;
     * i.get_fdata().sum()}. In turn: qform alone; qform, big-endian; sform; pair with sform only,
     * permuted axes; four axes with one frame and an extension.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    cohort_sts/STS_002/PET_image.nii.gz; -5.46875 0 0 -2.73438; 0 -5.46875 0 -57.42188; 0 0 3.27 -629.02002; 24193.158356581698
                    nifti/nifti_reader_js/big.nii.gz; -4 0 0 0; 0 4 0 0; 0 0 6 0; 11648.372022011292
                    nifti/nibabel/anatomical.nii; -2 0 0 32; 0 2 0 -40; 0 0 2 -16; 284166082
                    nifti/nifti_reader_js/air.hdr.gz; 0 0 2.38523 -75.76254; 2.38975 0 0 -110.76254; 0 -2.36649 0 84.42556; 11398461.247137904
                    nifti/nifti_reader_js/with_extension.nii.gz; -1 0 0 80; 0 -1 0 80; 0 0 -1 85; 1472871
                    """)
    void affineAndVoxelsAreThoseOfNibabelFlippedToLps(
            String file, String x, String y, String z, double sum) {
        Volume volume = Nifti.read(TestData.real(file)).volume();
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
        for (float v : volume.values()) {
            total += v;
        }
        // nibabel scales in double, we round each voxel to float
        assertEquals(sum, total, 1e-7 * Math.abs(sum));
    }
}
