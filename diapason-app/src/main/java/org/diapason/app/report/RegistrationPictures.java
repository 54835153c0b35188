package org.diapason.app.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.ContourTrace;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Otsu;
import org.diapason.math.Resample;
import org.diapason.registration.ContrastMap;
import org.diapason.volume.Affine;
import org.diapason.volume.Contour;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Draws a registration in the mid planes of the fixed image: flicker, checkerboard, contours and
 * difference, before (by the files' own places) and after, and what the deformation does to lines.
 */
final class RegistrationPictures {
    private static final double SQUARES = 8;

    /** Contours shorter than this share of the picture's width are noise. */
    private static final double SHORTEST = 0.12;

    private final Html html;
    private final List<SlicePlane> planes;
    private final Volume fixed;
    private final Volume before;
    private final Volume after;
    private double rmsBefore;
    private double rmsAfter;
    private double shown;

    RegistrationPictures(Html html, Volume fixed, Volume before, Volume after) {
        this.html = html;
        this.fixed = fixed;
        this.before = before;
        this.after = after;
        planes = SlicePlane.through(fixed);
    }

    /** Draws all of them; the places of pixels that are used again come first. */
    void draw(Transform transform) {
        store();
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
        pair("Difference", difference(), this::use, "difference of fixed and moving image");
        if (!(transform instanceof Affine)) {
            deformation(transform);
        }
    }

    /** Writes every picture once; drawn by the figures that use it. */
    private void store() {
        double[] own = window(fixed.values());
        double[] other = window(after.values());
        html.open("svg", "width", "0", "height", "0", "class", "store", "aria-hidden", "true");
        html.open("defs");
        for (SlicePlane p : planes) {
            image(p, "fixed", p.pixels(fixed.values()), own[0], own[1]);
            image(p, "before", p.pixels(before.values()), other[0], other[1]);
            image(p, "after", p.pixels(after.values()), other[0], other[1]);
            square(p);
        }
        ContrastMap map = ContrastMap.of(fixed.geometry(), fixed.values(), after.values());
        float[] off = minus(map, before.values());
        float[] rest = minus(map, after.values());
        rmsBefore = rms(off, rest);
        rmsAfter = rms(rest, off);
        shown = Math.max(1e-9, size(off));
        for (SlicePlane p : planes) {
            image(p, "difference-before", p.pixels(off), -shown, shown);
            image(p, "difference-after", p.pixels(rest), -shown, shown);
        }
        html.close("defs").close("svg");
    }

    private float[] minus(ContrastMap map, float[] moving) {
        float[] out = new float[moving.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = (float) (fixed.values()[v] - map.at(moving[v]));
        }
        return out;
    }

    /** Of the places that have a value in the other too: others may be the easier ones. */
    private static double rms(float[] values, float[] other) {
        double sum = 0;
        long count = 0;
        for (int n = 0; n < values.length; n++) {
            if (values[n] == values[n] && other[n] == other[n]) {
                sum += (double) values[n] * values[n];
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    /** Not exceeded by 99.5 % of the sizes in the planes. */
    private double size(float[] values) {
        double[] window = window(values);
        return Math.max(Math.abs(window[0]), Math.abs(window[1]));
    }

    /** Returns the 0.5th and the 99.5th percentile of what the planes show. */
    private double[] window(float[] values) {
        List<float[]> all = new ArrayList<>();
        planes.forEach(p -> all.add(p.pixels(values)));
        double[] sorted = new double[all.stream().mapToInt(a -> a.length).sum()];
        int n = 0;
        for (float[] plane : all) {
            for (float v : plane) {
                if (Float.isFinite(v)) {
                    sorted[n++] = v;
                }
            }
        }
        if (n == 0) {
            return new double[] {0, 1};
        }
        Arrays.sort(sorted, 0, n);
        double low = sorted[(int) (0.005 * (n - 1))];
        double high = sorted[(int) (0.995 * (n - 1))];
        return new double[] {low, high > low ? high : low + 1};
    }

    private void image(SlicePlane p, String what, float[] pixels, double low, double high) {
        byte[] grey = new byte[pixels.length];
        for (int n = 0; n < grey.length; n++) {
            double share = (pixels[n] - low) / (high - low);
            double known = share == share ? share : low < 0 && high == -low ? 0.5 : 0;
            grey[n] = (byte) Math.rint(255 * Math.max(0, Math.min(1, known)));
        }
        html.empty(
                "image",
                "id",
                id(p, what),
                "width",
                mm(p.columns() * p.pixelAcrossMm()),
                "height",
                mm(p.rows() * p.pixelDownMm()),
                "preserveAspectRatio",
                "none",
                "href",
                Png.address(p.columns(), p.rows(), grey));
    }

    /** What is cut out of a moving image: every other square. */
    private void square(SlicePlane p) {
        double s = Math.max(p.widthMm(), p.heightMm()) / SQUARES;
        StringBuilder path = new StringBuilder();
        for (int row = 0; row * s < p.heightMm(); row++) {
            for (int column = row % 2; column * s < p.widthMm(); column += 2) {
                path.append("M").append(mm(column * s)).append(" ").append(mm(row * s));
                path.append("h").append(mm(s)).append("v").append(mm(s));
                path.append("h").append(mm(-s)).append("z");
            }
        }
        html.open("clipPath", "id", id(p, "checks"));
        html.empty("path", "d", path.toString()).close("clipPath");
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
                                    "flicker",
                                    "id",
                                    "flicker-" + state[0],
                                    "class",
                                    "to-" + state[0]));
            if (state == states[0]) {
                attributes.addAll(List.of("checked", "checked"));
            }
            html.empty("input", attributes.toArray(String[]::new));
            html.element("label", state[1], "for", "flicker-" + state[0]);
        }
        html.open("div", "class", "planes");
        for (SlicePlane p : planes) {
            open(p, "fixed and moving image in turns, " + p.name());
            html.empty("use", "href", "#" + id(p, "fixed"));
            html.empty("use", "class", "turn before", "href", "#" + id(p, "before"));
            html.empty("use", "class", "turn after", "href", "#" + id(p, "after"));
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
        for (String when : List.of("before", "after")) {
            html.open("div", "class", "planes");
            for (SlicePlane p : planes) {
                open(p, spoken + ", " + p.name() + ", " + when);
                layer.draw(p, when);
                close(p, p.name() + ", " + when);
            }
            html.close("div");
        }
    }

    private void checks(SlicePlane p, String when) {
        html.empty("use", "href", "#" + id(p, "fixed"));
        html.empty("use", "href", "#" + id(p, when), "clip-path", "url(#" + id(p, "checks") + ")");
    }

    private void use(SlicePlane p, String when) {
        html.empty("use", "href", "#" + id(p, "difference-" + when));
    }

    private String difference() {
        String unit = fixed.quantity().unit().equals("1") ? "" : " " + fixed.quantity().unit();
        return "Fixed minus moving, once each value of the moving image is replaced by what the fixed"
                + " one shows there on average (after): other contrasts then differ by place alone."
                + " Grey is 0, white fixed brighter, black darker by "
                + Words.number(shown)
                + unit
                + ". Root mean square "
                + Words.number(rmsBefore)
                + unit
                + " before, "
                + Words.number(rmsAfter)
                + unit
                + " after, over what the moving image covers both times. Where it covers nothing it"
                + " is grey too.";
    }

    private void contours(SlicePlane p, String when) {
        html.empty("use", "href", "#" + id(p, when));
        String path = edges(p);
        if (!path.isEmpty()) {
            html.empty("path", "class", "outline", "d", path);
        }
    }

    /** Borders of what is bright in the fixed image, and of what is brighter within it. */
    private String edges(SlicePlane p) {
        double dx = p.pixelAcrossMm();
        double dy = p.pixelDownMm();
        Geometry pixel = Geometry.of(p.columns(), p.rows(), 1, dx, dy, 1);
        float[] pixels = p.pixels(fixed.values());
        for (int n = 0; n < pixels.length; n++) {
            pixels[n] = pixels[n] == pixels[n] ? pixels[n] : 0;
        }
        double fine = Math.min(dx, dy); // slices far apart would make steps of the contours
        Geometry g = Grid.of(pixel, Grid.Rule.IBSI, fine, fine, 1);
        float[] smooth =
                Gauss.blur(g, Resample.onto(pixel, pixels, g, Interpolation.LINEAR), 1, 1, 0);
        double outer = Otsu.threshold(smooth);
        float[] inside = new float[smooth.length];
        int n = 0;
        for (float v : smooth) {
            if (v > outer) {
                inside[n++] = v;
            }
        }
        double inner = n == 0 ? outer : Otsu.threshold(Arrays.copyOf(inside, n));
        StringBuilder path = new StringBuilder();
        for (double level : new double[] {outer, inner}) {
            boolean[] in = new boolean[smooth.length];
            for (int v = 0; v < in.length; v++) {
                in[v] = smooth[v] > level;
            }
            for (Contour c : ContourTrace.trace(Mask.of(g, in))) {
                append(path, c.pointsMm(), SHORTEST * p.widthMm(), dx / 2, dy / 2);
            }
        }
        return path.toString();
    }

    private static void append(
            StringBuilder path, Numbers points, double shortest, double dx, double dy) {
        StringBuilder loop = new StringBuilder();
        double length = 0;
        for (int n = 0; n + 2 < points.size(); n += 3) {
            loop.append(n == 0 ? "M" : "L");
            loop.append(mm(points.get(n) + dx)).append(" ").append(mm(points.get(n + 1) + dy));
            int next = (n + 3) % points.size();
            length +=
                    Math.abs(points.get(next) - points.get(n))
                            + Math.abs(points.get(next + 1) - points.get(n + 1));
        }
        if (length >= shortest) {
            path.append(loop).append("z");
        }
    }

    private void deformation(Transform transform) {
        html.element("h3", "Deformation");
        DeformationGrid lines = DeformationGrid.of(transform, fixed.geometry());
        html.element("p", lines.words(), "class", "muted");
        html.open("div", "class", "planes");
        for (SlicePlane p : planes) {
            open(p, "lines of the fixed grid as the deformation moves them, " + p.name());
            html.empty("use", "href", "#" + id(p, "fixed"), "class", "dim");
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
        double size = Math.max(p.widthMm(), p.heightMm()) / 16;
        String[] sides = p.sides();
        letter(sides[0], size * 0.3, p.heightMm() / 2, "start", size);
        letter(sides[1], p.widthMm() - size * 0.3, p.heightMm() / 2, "end", size);
        letter(sides[2], p.widthMm() / 2, size, "middle", size);
        double w = p.widthMm();
        double bar = w >= 250 ? 100 : w >= 120 ? 50 : w >= 25 ? 10 : 1;
        double y = p.heightMm() - size * 0.5;
        html.empty(
                "line",
                "class",
                "bar",
                "x1",
                mm(size * 0.4),
                "x2",
                mm(size * 0.4 + bar),
                "y1",
                mm(y),
                "y2",
                mm(y));
        letter(Numbers.fixed(bar, 0) + " mm", size * 0.7 + bar, y + size * 0.25, "start", size);
        html.close("svg").element("figcaption", caption).close("figure");
    }

    private void letter(String text, double x, double y, String anchor, double size) {
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
                "font-size:" + Numbers.fixed(0.8 * size, 2) + "px");
    }

    private static String id(SlicePlane p, String what) {
        return p.name() + "-" + what;
    }

    static String mm(double value) {
        return Numbers.fixed(value, 2);
    }
}
