package org.diapason.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.diapason.math.Interpolation;
import org.diapason.step.Trace;
import org.diapason.steps.resolution.AntiAlias;
import org.diapason.steps.resolution.CommonGrid;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ADC (256 × 288 × 36) and T2 (584 × 512 × 33) of one patient on the grid of the T2. */
class CommonGridPairTest {

    // pydicom 2.3.1, scipy 1.10.1: p[a] = clip((t2_origin + n · t2_spacing − adc_origin) /
    // adc_spacing, 0, size − 1) along k, j, i;
    // map_coordinates(adc, p, order=1, mode='nearest'), map_coordinates(adc, p, order=3,
    // mode='mirror') at i, j, k
    private static final double[][] SCIPY = {
        {300, 200, 5, 2296.64386, 2305.69867},
        {292, 256, 10, 967.75585, 949.87966},
        {250, 180, 16, 974.52365, 932.66890},
        {350, 300, 20, 1568.64812, 1528.81273},
        {200, 256, 25, 1297.04609, 1201.14768},
        {292, 256, 2, 2399.37951, 2421.46710},
        {292, 256, 31, 2091.77614, 1984.91238},
        {310, 220, 12, 1775.48465, 1921.54478}
    };

    @ParameterizedTest
    @EnumSource(names = {"LINEAR", "CUBIC"})
    void theAdcLiesOnTheGridOfTheT2(Interpolation how) {
        Path pair = TestData.real("dicom/adc_t2_pair");
        Exam exam =
                Exam.of(
                        "P1",
                        Map.of(
                                "adc", Images.read(pair.resolve("adc_image")),
                                "t2", Images.read(pair.resolve("t2_image"))),
                        Map.of(),
                        Map.of());
        CommonGrid step =
                new CommonGrid(
                        "*",
                        "t2",
                        OptionalDouble.empty(),
                        CommonGrid.Cover.ONTO,
                        how,
                        AntiAlias.NONE,
                        false);
        Trace trace = new Trace();
        Exam out = step.apply(exam, trace);
        Geometry grid = exam.image("t2").volume().geometry();
        Volume adc = out.image("adc").volume();
        assertEquals(grid, adc.geometry());
        assertEquals(grid, out.image("t2").volume().geometry());
        int column = how == Interpolation.LINEAR ? 3 : 4;
        for (double[] row : SCIPY) {
            float value = adc.at((int) row[0], (int) row[1], (int) row[2]);
            assertEquals(row[column], value, 0.01, "a millionth of the range");
        }
        // one slice of 584 × 512, 9 mm below the first of the ADC, is outside; counted in numpy
        assertEquals(299008.0, trace.notes().get("adc.outsideFieldVoxels"));
        assertEquals(0.0, trace.notes().get("t2.outsideFieldVoxels"));
        assertTrue(Float.isNaN(adc.at(292, 256, 0)));
        assertFalse(Float.isNaN(adc.at(292, 256, 1)));
    }
}
