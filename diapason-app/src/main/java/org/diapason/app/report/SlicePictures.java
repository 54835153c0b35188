package org.diapason.app.report;

import static org.diapason.app.report.Sites.f;
import static org.diapason.app.report.SliceMarks.mm;

import java.util.List;
import org.diapason.report.Picture;
import org.diapason.volume.Numbers;

/** Lays pairs of slices side by side; the one after shows the one before while pointed at. */
final class SlicePictures {
    /** Pixels of all pictures together: beyond, pictures are left out and counted. */
    private static final int MOST_PIXELS = 2_000_000;

    private SlicePictures() {}

    static void draw(Html html, List<Picture> pictures, Sites sites) {
        int pixels = 0;
        int n = 0;
        html.open("div", "class", "pairs");
        for (; n < pictures.size(); n++) {
            Picture picture = pictures.get(n);
            pixels += picture.before().values().size() + picture.after().values().size();
            if (pixels > MOST_PIXELS) {
                break;
            }
            pair(html, picture, "p" + n, sites);
        }
        html.close("div");
        if (n < pictures.size()) {
            html.element(
                    "p",
                    Words.count(pictures.size() - n, "more picture")
                            + " left out to keep this file small.",
                    "class",
                    "muted");
        }
    }

    private static void pair(Html html, Picture picture, String id, Sites sites) {
        html.open("figure", "class", "pair", "tabindex", "0");
        html.open("div", "class", "both");
        panel(html, picture, picture.before(), "before", id + "b", "");
        panel(html, picture, picture.after(), "after", id + "a", id + "b");
        html.close("div");
        html.open("figcaption");
        html.element("b", picture.exam());
        html.text(" · " + picture.image());
        if (!picture.site().isEmpty()) {
            html.text(" · ");
            html.open("svg", "class", "key", "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            sites.mark(html, picture.site(), 0, 0, 4.2, "");
            html.close("svg");
            html.text(picture.site());
        }
        html.empty("br");
        html.element("span", picture.caption(), "class", "muted");
        html.close("figcaption");
        html.close("figure");
    }

    private static void panel(
            Html html,
            Picture picture,
            Picture.Slice slice,
            String which,
            String id,
            String other) {
        double w = picture.widthMm();
        double h = picture.heightMm();
        html.open("div", "class", "panel-" + which);
        html.open("p", "class", "which");
        html.element("span", which, "class", "now");
        if (!other.isEmpty()) {
            html.element("span", "before", "class", "then");
        }
        html.close("p");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + f(w) + " " + f(h),
                "role",
                "img",
                "aria-label",
                picture.exam() + ", " + picture.image() + ", " + which + ". " + picture.caption());
        image(html, slice, id);
        outline(html, slice, "outline");
        if (!other.isEmpty()) {
            html.open("g", "class", "other");
            html.empty("use", "href", "#" + other);
            outline(html, picture.before(), "outline");
            html.close("g");
        }
        SliceMarks.draw(html, Lengths.MM, w, h, "R", "L");
        html.close("svg");
        html.close("div");
    }

    private static void image(Html html, Picture.Slice slice, String id) {
        byte[] grey = new byte[slice.values().size()];
        for (int p = 0; p < grey.length; p++) {
            grey[p] = (byte) slice.grey(p);
        }
        html.empty(
                "image",
                "id",
                id,
                "x",
                mm(slice.leftMm()),
                "y",
                mm(slice.topMm()),
                "width",
                mm(slice.columns() * slice.pixelWidthMm()),
                "height",
                mm(slice.rows() * slice.pixelHeightMm()),
                "preserveAspectRatio",
                "none",
                "href",
                Png.address(slice.columns(), slice.rows(), grey));
    }

    private static void outline(Html html, Picture.Slice slice, String style) {
        StringBuilder path = new StringBuilder();
        for (Numbers loop : slice.outline()) {
            for (int n = 0; n + 1 < loop.size(); n += 2) {
                path.append(n == 0 ? "M" : "L");
                path.append(mm(loop.get(n))).append(" ").append(mm(loop.get(n + 1)));
            }
            path.append("z");
        }
        if (!path.isEmpty()) {
            html.empty("path", "class", style, "d", path.toString());
        }
    }
}
