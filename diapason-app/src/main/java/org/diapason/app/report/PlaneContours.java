package org.diapason.app.report;

import static org.diapason.app.report.SliceMarks.mm;

import java.util.Arrays;
import org.diapason.math.ContourTrace;
import org.diapason.math.Gauss;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.math.Otsu;
import org.diapason.math.Resample;
import org.diapason.picture.SlicePlane;
import org.diapason.volume.Contour;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;

/** Borders of what is bright in a plane of an image, and of what is brighter within it. */
final class PlaneContours {
    /** Contours shorter than this share of the picture's width are noise. */
    private static final double SHORTEST = 0.12;

    private PlaneContours() {}

    /** Returns them as an SVG path in mm, empty where the plane is even. */
    static String path(SlicePlane p, float[] values) {
        double dx = p.pixelAcrossMm();
        double dy = p.pixelDownMm();
        Geometry pixel = Geometry.of(p.columns(), p.rows(), 1, dx, dy, 1);
        float[] pixels = p.pixels(values);
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
}
