package org.diapason.app.report;

import java.util.List;
import org.diapason.volume.Numbers;

/**
 * What stands on every picture of a slice: letters of the patient's sides and a bar of a length.
 */
final class SliceMarks {
    private SliceMarks() {}

    /**
     * Draws them over a picture whose units are mm.
     *
     * @param lengths what these are called
     * @param sides letters at the left and the right, and at the top where there is a third; none
     *     where nobody knows which side is which
     */
    static void draw(Html html, Lengths lengths, double widthMm, double heightMm, String... sides) {
        double size = Math.min(widthMm / 17, heightMm / 5); // pictures are shown equally wide
        if (sides.length > 1) {
            letter(html, sides[0], size * 0.4, heightMm / 2, "start", size);
            letter(html, sides[1], widthMm - size * 0.4, heightMm / 2, "end", size);
        }
        if (sides.length > 2) {
            letter(html, sides[2], widthMm / 2, size, "middle", size);
        }
        double bar = widthMm >= 250 ? 100 : widthMm >= 120 ? 50 : widthMm >= 25 ? 10 : 1;
        double y = heightMm - size * 0.7;
        for (String style : List.of("bar under", "bar")) { // light on dark, seen on either
            html.empty(
                    "line",
                    "class",
                    style,
                    "x1",
                    mm(size * 0.5),
                    "x2",
                    mm(size * 0.5 + bar),
                    "y1",
                    mm(y),
                    "y2",
                    mm(y));
        }
        String length = Numbers.fixed(bar, 0) + " " + lengths.unit();
        letter(html, length, size * 0.9 + bar, y + size * 0.3, "start", size);
    }

    private static void letter(
            Html html, String text, double x, double y, String anchor, double size) {
        html.element(
                "text",
                text,
                "class",
                "lr",
                "x",
                mm(x),
                "y",
                mm(y),
                "text-anchor",
                anchor,
                "style",
                "font-size:" + mm(size) + "px;stroke-width:" + mm(size / 6) + "px");
    }

    /** Returns a length for an attribute; a hundredth of a mm is finer than any screen. */
    static String mm(double value) {
        return Numbers.fixed(value, 2);
    }
}
