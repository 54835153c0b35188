package org.diapason.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.picture.Overlaid;
import org.diapason.picture.Overlay;
import org.diapason.volume.Numbers;

/** How an image was laid over another, in words and as fields; callers add where it went. */
record OverlayText(Overlaid overlaid) {

    /** Returns the lines for people. */
    List<String> lines() {
        Overlay o = overlaid.overlay();
        List<String> lines = new ArrayList<>();
        lines.add(
                "grey: "
                        + o.window().words(overlaid.grey().quantity())
                        + " ("
                        + o.window().why()
                        + ")");
        lines.add(
                "colour: "
                        + o.range().words(overlaid.coloured().quantity())
                        + " ("
                        + o.range().why()
                        + "), "
                        + overlaid.fromWords()
                        + ", opacity "
                        + Numbers.plain(100 * o.alpha())
                        + " %, "
                        + o.lut().word());
        if (overlaid.above() > 0) {
            lines.add(overlaid.above() + " voxels above the range have its last colour");
        }
        return lines;
    }

    /** Returns what {@code --json} writes. */
    Map<String, Object> fields() {
        Overlay o = overlaid.overlay();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("window", List.of(o.window().low(), o.window().high()));
        fields.put("windowQuantity", overlaid.grey().quantity().label());
        fields.put("range", List.of(o.range().low(), o.range().high()));
        fields.put("rangeQuantity", overlaid.coloured().quantity().label());
        fields.put("from", o.from() == Double.NEGATIVE_INFINITY ? null : o.from());
        fields.put("alpha", o.alpha());
        fields.put("lut", o.lut().word());
        fields.put("voxelsAboveRange", overlaid.above());
        return fields;
    }
}
