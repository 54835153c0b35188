package org.diapason.features;

import java.util.function.ObjDoubleConsumer;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * What the manual asks to report of an image and its region at each stage, under the tags of its
 * benchmarks: {@code img_dim_x_init_img}, {@code int_mask_vox_count_reseg_roi}.
 *
 * <p>x, y, z are the axes i, j, k; lengths are voxels or mm, intensities the image's unit. NaN is
 * left out of intensities; where nothing is left they are NaN.
 */
final class Diagnostics {
    private static final String AXES = "xyz";

    private Diagnostics() {}

    /**
     * Notes size, spacing and range of an image; {@code stage} is {@code init} or {@code interp}.
     */
    static void image(Volume volume, String stage, ObjDoubleConsumer<String> note) {
        Geometry g = volume.geometry();
        for (int a = 0; a < 3; a++) {
            note.accept("img_dim_" + AXES.charAt(a) + "_" + stage + "_img", g.size(a));
            note.accept("vox_dim_" + AXES.charAt(a) + "_" + stage + "_img", g.spacing(a));
        }
        range(volume.values(), "", stage + "_img", note);
    }

    /** Notes a region: {@code stage} is {@code init}, {@code interp} or {@code reseg}. */
    static void region(Mask shape, Region measured, String stage, ObjDoubleConsumer<String> note) {
        String end = stage + "_roi";
        Geometry g = shape.geometry();
        Box shapeBox = Box.of(shape.voxels(), g);
        Box box = Box.of(measured);
        for (int a = 0; a < 3; a++) {
            char axis = AXES.charAt(a);
            note.accept("int_mask_dim_" + axis + "_" + end, g.size(a));
            note.accept("int_mask_bb_dim_" + axis + "_" + end, box.size(a));
            note.accept("morph_mask_bb_dim_" + axis + "_" + end, shapeBox.size(a));
        }
        note.accept("int_mask_vox_count_" + end, measured.size());
        note.accept("morph_mask_vox_count_" + end, shape.count());
        range(measured.values(), "int_mask_", end, note);
    }

    private static void range(
            float[] values, String start, String end, ObjDoubleConsumer<String> note) {
        double sum = 0;
        long count = 0;
        float low = Float.NaN;
        float high = Float.NaN;
        for (float v : values) {
            if (Float.isFinite(v)) {
                sum += v;
                count++;
                low = v >= low ? low : v;
                high = v <= high ? high : v;
            }
        }
        note.accept(start + "mean_int_" + end, sum / count);
        note.accept(start + "min_int_" + end, low);
        note.accept(start + "max_int_" + end, high);
    }
}
