package org.diapason.app.report;

import static org.diapason.app.report.SliceMarks.mm;

import java.util.ArrayList;
import java.util.List;
import org.diapason.picture.SlicePlane;
import org.diapason.volume.Affine;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Draws a registration in the mid planes of the fixed image: flicker, checkerboard, contours and
 * difference, before (by the files' own places) and after, and what the deformation does to lines.
 */
final class RegistrationPictures {
    private final Html html;
    private final String prefix;
    private final Lengths lengths;
    private final Volume fixed;
    private final PlaneStore store;
    private final List<SlicePlane> planes;

    /**
     * Makes the pictures of a pair.
     *
     * @param prefix begins every id of the pair; no other on the page may have it
     */
    RegistrationPictures(
            Html html, String prefix, Lengths lengths, Volume fixed, Volume before, Volume after) {
        this.html = html;
        this.prefix = prefix;
        this.lengths = lengths;
        this.fixed = fixed;
        store = new PlaneStore(html, prefix, fixed, before, after);
        planes = store.planes();
    }

    /** Draws all of them; the places of pixels that are used again come first. */
    void draw(Transform transform) {
        store.write();
        flicker();
        pair(
                "Checkerboard",
                "Every other square is the moving image: edges that go on across squares fit.",
                this::checks,
                "checkerboard of fixed and moving image");
        pair(
                "Contours",
                "Edges of the fixed image, drawn on the moving one.",
                this::contours,
                "contours of the fixed image on the moving one");
        pair("Difference", store.difference(), this::use, "difference of fixed and moving image");
        if (!(transform instanceof Affine)) {
            deformation(transform);
        }
    }

    private void flicker() {
        html.element("h3", "Flicker");
        html.open("div", "class", "flicker");
        String[][] states = {
            {"after", "fixed and moving, after"},
            {"before", "fixed and moving, before"},
            {"fixed", "fixed, still"},
            {"moving", "moving after, still"}
        };
        for (String[] state : states) {
            List<String> attributes =
                    new ArrayList<>(
                            List.of(
                                    "type",
                                    "radio",
                                    "name",
                                    prefix + "flicker",
                                    "id",
                                    prefix + "flicker-" + state[0],
                                    "class",
                                    "to-" + state[0]));
            if (state == states[0]) {
                attributes.addAll(List.of("checked", "checked"));
            }
            html.empty("input", attributes.toArray(String[]::new));
            html.element("label", state[1], "for", prefix + "flicker-" + state[0]);
        }
        html.open("div", "class", "planes");
        for (SlicePlane p : planes) {
            open(p, "fixed and moving image in turns, " + p.name());
            html.empty("use", "href", "#" + store.id(p, "fixed"));
            html.empty("use", "class", "turn before", "href", "#" + store.id(p, "before"));
            html.empty("use", "class", "turn after", "href", "#" + store.id(p, "after"));
            close(p, p.name());
        }
        html.close("div").close("div");
        html.element(
                "p",
                "What jumps does not fit. Where motion is switched off, point at a picture.",
                "class",
                "muted");
    }

    private interface Layer {
        void draw(SlicePlane plane, String when);
    }

    private void pair(String title, String words, Layer layer, String spoken) {
        html.element("h3", title).element("p", words, "class", "muted");
        boolean one = planes.size() == 1; // then before and after stand side by side
        for (String when : List.of("before", "after")) {
            if (!one || when.equals("before")) {
                html.open("div", "class", "planes");
            }
            for (SlicePlane p : planes) {
                open(p, spoken + ", " + p.name() + ", " + when);
                layer.draw(p, when);
                close(p, p.name() + ", " + when);
            }
            if (!one || when.equals("after")) {
                html.close("div");
            }
        }
    }

    private void checks(SlicePlane p, String when) {
        html.empty("use", "href", "#" + store.id(p, "fixed"));
        html.empty(
                "use",
                "href",
                "#" + store.id(p, when),
                "clip-path",
                "url(#" + store.id(p, "checks") + ")");
    }

    private void use(SlicePlane p, String when) {
        html.empty("use", "href", "#" + store.id(p, "difference-" + when));
    }

    private void contours(SlicePlane p, String when) {
        html.empty("use", "href", "#" + store.id(p, when));
        String path = PlaneContours.path(p, fixed.values());
        if (!path.isEmpty()) {
            html.empty("path", "class", "outline", "d", path);
        }
    }

    private void deformation(Transform transform) {
        html.element("h3", "Deformation");
        DeformationGrid lines = DeformationGrid.of(transform, fixed.geometry());
        html.element("p", lengths.said(lines.words()), "class", "muted");
        html.open("div", "class", "planes");
        for (SlicePlane p : planes) {
            open(p, "lines of the fixed grid as the deformation moves them, " + p.name());
            html.empty("use", "href", "#" + store.id(p, "fixed"), "class", "dim");
            lines.draw(html, p);
            close(p, p.name());
        }
        html.close("div");
        lines.legend(html);
    }

    private void open(SlicePlane p, String spoken) {
        html.open("figure", "class", "plane");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + mm(p.widthMm()) + " " + mm(p.heightMm()),
                "role",
                "img",
                "aria-label",
                spoken);
    }

    private void close(SlicePlane p, String caption) {
        SliceMarks.draw(html, lengths, p.widthMm(), p.heightMm(), p.sides());
        html.close("svg").element("figcaption", caption).close("figure");
    }
}
