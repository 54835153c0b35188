package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;

/** What the manual asks to report of an image and its region. */
class DiagnosticsTest {
    /** 4 × 3 × 2 voxels with the values 0 … 23; one has none. */
    private static final Geometry GRID = Geometry.of(4, 3, 2, 1, 2, 3);

    private static Volume volume() {
        float[] values = new float[24];
        for (int v = 0; v < values.length; v++) {
            values[v] = v;
        }
        values[23] = Float.NaN;
        return Volume.of(GRID, values, Quantity.HU);
    }

    /** Rows j = 1 of both slices: 4 … 7 and 16 … 19, and voxel 23 without a value. */
    private static Mask mask() {
        boolean[] inside = new boolean[24];
        for (int i = 0; i < 4; i++) {
            inside[GRID.index(i, 1, 0)] = true;
            inside[GRID.index(i, 1, 1)] = true;
        }
        inside[23] = true;
        return Mask.of(GRID, inside);
    }

    @Test
    void anImageHasItsSizeSpacingAndRangeWithoutWhatWasNotMeasured() {
        Map<String, Double> found = new TreeMap<>();
        Diagnostics.image(volume(), "init", found::put);
        Map<String, Double> expected = new TreeMap<>();
        expected.put("img_dim_x_init_img", 4.0);
        expected.put("img_dim_y_init_img", 3.0);
        expected.put("img_dim_z_init_img", 2.0);
        expected.put("vox_dim_x_init_img", 1.0);
        expected.put("vox_dim_y_init_img", 2.0);
        expected.put("vox_dim_z_init_img", 3.0);
        expected.put("mean_int_init_img", 11.0);
        expected.put("min_int_init_img", 0.0);
        expected.put("max_int_init_img", 22.0);
        assertEquals(expected, found);
    }

    @Test
    void bothMasksHaveTheirBoxAndCountAfterReSegmentation() {
        Map<String, Double> found = new TreeMap<>();
        Mask mask = mask();
        Region measured = Region.of(volume(), mask, "x").within(5, 17);
        Diagnostics.region(mask, measured, "reseg", found::put);
        Map<String, Double> expected = new TreeMap<>();
        expected.put("int_mask_dim_x_reseg_roi", 4.0);
        expected.put("int_mask_dim_y_reseg_roi", 3.0);
        expected.put("int_mask_dim_z_reseg_roi", 2.0);
        expected.put("int_mask_bb_dim_x_reseg_roi", 4.0);
        expected.put("int_mask_bb_dim_y_reseg_roi", 1.0);
        expected.put("int_mask_bb_dim_z_reseg_roi", 2.0);
        expected.put("morph_mask_bb_dim_x_reseg_roi", 4.0);
        expected.put("morph_mask_bb_dim_y_reseg_roi", 2.0);
        expected.put("morph_mask_bb_dim_z_reseg_roi", 2.0);
        expected.put("int_mask_vox_count_reseg_roi", 5.0);
        expected.put("morph_mask_vox_count_reseg_roi", 9.0);
        expected.put("int_mask_mean_int_reseg_roi", (5 + 6 + 7 + 16 + 17) / 5.0);
        expected.put("int_mask_min_int_reseg_roi", 5.0);
        expected.put("int_mask_max_int_reseg_roi", 17.0);
        assertEquals(expected, found);
    }

    @Test
    void anExtractorNotesEveryStage() {
        Exam exam = Exam.of("x", Map.of("ct", Image.of(volume())), Map.of("gtv", mask()), Map.of());
        Trace trace = new Trace();
        Ibsi.of("ct", "gtv", Discretisation.fixedCount(4)).apply(exam, trace);
        for (String stage : new String[] {"init", "interp", "reseg"}) {
            String tag = "ct.gtv.int_mask_vox_count_" + stage + "_roi";
            assertEquals(8.0, trace.notes().get(tag), tag);
        }
        assertEquals(11.0, trace.notes().get("ct.gtv.mean_int_interp_img"));
    }
}
