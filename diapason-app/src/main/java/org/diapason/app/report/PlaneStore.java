package org.diapason.app.report;

import static org.diapason.app.report.SliceMarks.mm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.picture.SlicePlane;
import org.diapason.registration.ContrastMap;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * The planes of a registered pair as pictures, each written once: fixed, moving before and after,
 * both differences, and the squares of the checkerboard.
 */
final class PlaneStore {
    private static final double SQUARES = 8;

    private final Html html;
    private final String prefix;
    private final List<SlicePlane> planes;
    private final Volume fixed;
    private final Volume before;
    private final Volume after;
    private double rmsBefore;
    private double rmsAfter;
    private double shown;

    /**
     * Cuts the planes.
     *
     * @param prefix begins every id, so that a page may hold several pairs
     */
    PlaneStore(Html html, String prefix, Volume fixed, Volume before, Volume after) {
        this.html = html;
        this.prefix = prefix;
        this.fixed = fixed;
        this.before = before;
        this.after = after;
        planes = SlicePlane.through(fixed);
    }

    List<SlicePlane> planes() {
        return planes;
    }

    /** Returns the id of a picture: fixed, before, after, difference-before, … or checks. */
    String id(SlicePlane p, String what) {
        return prefix + p.name() + "-" + what;
    }

    /** Writes all of them, to be drawn by the figures that use them. */
    void write() {
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

    /** Says what the difference is and how large, once the pictures are written. */
    String difference() {
        String unit = unit(fixed.quantity());
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

    /** Returns a unit with a space before, as it is said after a number. */
    private static String unit(Quantity quantity) {
        return switch (quantity.unit()) {
            case "1" -> "";
            case "arbitrary" -> " arbitrary units";
            case "grey" -> " levels of grey";
            default -> " " + quantity.unit();
        };
    }
}
