package org.diapason.app.report;

import java.util.Arrays;
import org.diapason.io.picture.Pictures;
import org.diapason.volume.Image;

/** What the lengths of a registration are counted in. */
public enum Lengths {
    MM("mm"),
    /** No file says how large a pixel is; the engine took 1 mm for each. */
    PIXELS("pixels");

    private final String unit;

    Lengths(String unit) {
        this.unit = unit;
    }

    /** Returns pixels where none of the images says how large one is. */
    public static Lengths of(Image... images) {
        return Arrays.stream(images).noneMatch(Pictures::statesSpacing) ? PIXELS : MM;
    }

    String unit() {
        return unit;
    }

    /** Returns words that are said in mm, in this unit. */
    public String said(String words) {
        return this == MM ? words : words.replaceAll("\\bmm\\b", unit);
    }
}
