package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.fusion.FeatureMap;
import org.diapason.io.InputFile;
import org.diapason.math.MaskAgreement;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/**
 * What images show together, in words and as fields.
 *
 * @param object its mask; empty where none was asked for
 * @param agreement of the object with a reference; empty without one
 */
record FeatureText(FeatureMap found, Optional<Mask> object, Optional<MaskAgreement> agreement) {

    /** Returns what {@code --json} writes. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("low", found.low());
        fields.put("high", found.high());
        fields.put("contourVoxels", found.contours().count());
        object.ifPresent(m -> fields.put("maskVoxels", m.count()));
        object.ifPresent(m -> fields.put("maskMl", millilitres(m)));
        agreement.ifPresent(
                a -> {
                    fields.put("dice", a.dice());
                    fields.put("hausdorffMm", a.hausdorffMm());
                    fields.put("meanSurfaceDistanceMm", a.surfaceMm());
                });
        return fields;
    }

    /** Returns the lines for people. */
    List<String> lines(List<Path> images) {
        List<String> lines = new ArrayList<>();
        for (int m = 0; m < images.size(); m++) {
            lines.add(
                    "image       "
                            + InputFile.name(images.get(m))
                            + ", divided by "
                            + Numbers.plain(found.scales().get(m)));
        }
        lines.add(
                "contours    "
                        + found.contours().count()
                        + " voxels, from "
                        + Numbers.power(found.low(), 3)
                        + " where they hang on "
                        + Numbers.power(found.high(), 3));
        object.ifPresent(
                m ->
                        lines.add(
                                "object      "
                                        + m.count()
                                        + " voxels, "
                                        + Numbers.fixed(millilitres(m), 3)
                                        + " ml"));
        agreement.ifPresent(
                a ->
                        lines.add(
                                "agreement   Dice "
                                        + figure(a.dice(), "")
                                        + ", Hausdorff "
                                        + figure(a.hausdorffMm(), " mm")
                                        + ", mean surface distance "
                                        + figure(a.surfaceMm(), " mm")));
        return lines;
    }

    private static String figure(double value, String unit) {
        return value == value ? Numbers.fixed(value, 3) + unit : "none, as a mask is empty";
    }

    private static double millilitres(Mask mask) {
        return mask.count() * mask.geometry().voxelMm3() / 1000;
    }
}
