package org.diapason.app.report;

import static org.diapason.app.report.SliceMarks.mm;

import org.diapason.picture.SlicePlane;
import org.diapason.registration.GridThrough;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;

/**
 * Lines of the fixed grid as the part of a transform that is no linear one moves them, coloured by
 * its Jacobian determinant: by how much a volume grows.
 *
 * @param deformation without its linear parts
 * @param lineMm distance of the lines
 * @param stepMm half the distance over which the Jacobian is measured
 */
record DeformationGrid(Transform deformation, double lineMm, double stepMm) {
    private static final double[] ROUND = {1, 2, 5, 10, 20, 50};
    private static final int MOST_LINES = 24;
    private static final int PIECES = 4;

    /** Upper ends of the classes, their style, and their name. */
    private static final double[] ENDS = {0, 0.67, 0.9, 1.11, 1.5, Double.POSITIVE_INFINITY};

    private static final String[] STYLES = {
        "folded", "shrunk2", "shrunk", "even", "grown", "grown2"
    };
    private static final String[] NAMES = {
        "folded (0 or less)", "below 0.67", "0.67 to 0.9", "0.9 to 1.11", "1.11 to 1.5", "above 1.5"
    };

    static DeformationGrid of(Transform transform, Geometry g) {
        // pulled back, so that parts before and behind the deformation cancel
        Transform rest = transform.then(GridThrough.linear(transform).inverse());
        double longest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            longest = Math.max(longest, g.size(a) * g.spacing(a));
            smallest = g.size(a) > 1 ? Math.min(smallest, g.spacing(a)) : smallest;
        }
        double line = ROUND[ROUND.length - 1];
        for (int n = ROUND.length - 1; n >= 0; n--) {
            line = longest / ROUND[n] <= MOST_LINES ? ROUND[n] : line;
        }
        return new DeformationGrid(rest, line, 0.4 * smallest);
    }

    String words() {
        return "Lines of the fixed grid every "
                + Words.number(lineMm, 0)
                + " mm, as the deformation without its linear part moves them within the plane; the"
                + " colour says by how much a volume grows there (Jacobian determinant).";
    }

    /** Draws both families of lines of a plane. */
    void draw(Html html, SlicePlane p) {
        StringBuilder[] paths = new StringBuilder[ENDS.length];
        for (int n = 0; n < paths.length; n++) {
            paths[n] = new StringBuilder();
        }
        for (double y = lineMm / 2; y < p.heightMm(); y += lineMm) {
            for (double x = 0; x < p.widthMm(); x += lineMm / PIECES) {
                piece(p, paths, x, y, Math.min(p.widthMm(), x + lineMm / PIECES), y);
            }
        }
        for (double x = lineMm / 2; x < p.widthMm(); x += lineMm) {
            for (double y = 0; y < p.heightMm(); y += lineMm / PIECES) {
                piece(p, paths, x, y, x, Math.min(p.heightMm(), y + lineMm / PIECES));
            }
        }
        for (int n = paths.length - 1; n >= 0; n--) { // folds on top
            if (!paths[n].isEmpty()) {
                html.empty("path", "class", "lines " + STYLES[n], "d", paths[n].toString());
            }
        }
    }

    private void piece(
            SlicePlane p, StringBuilder[] paths, double x1, double y1, double x2, double y2) {
        double[] from = p.place(x1, y1);
        double[] to = p.place(x2, y2);
        double[] middle = p.place((x1 + x2) / 2, (y1 + y2) / 2);
        double det = determinant(middle);
        int n = 0;
        while (n < ENDS.length - 1 && !(det <= ENDS[n])) {
            n++;
        }
        deformation.apply(from);
        deformation.apply(to);
        double[] a = p.point(from);
        double[] b = p.point(to);
        paths[n].append("M").append(mm(a[0])).append(" ");
        paths[n].append(mm(a[1])).append("L");
        paths[n].append(mm(b[0])).append(" ");
        paths[n].append(mm(b[1]));
    }

    private double determinant(double[] place) {
        double[] m = new double[9];
        for (int c = 0; c < 3; c++) {
            double[] up = place.clone();
            double[] down = place.clone();
            up[c] += stepMm;
            down[c] -= stepMm;
            deformation.apply(up);
            deformation.apply(down);
            for (int r = 0; r < 3; r++) {
                m[3 * r + c] = (up[r] - down[r]) / (2 * stepMm);
            }
        }
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    void legend(Html html) {
        html.open("ul", "class", "legend");
        for (int n = 0; n < NAMES.length; n++) {
            html.open("li");
            html.open("svg", "class", "key", "viewBox", "-6 -6 12 12", "aria-hidden", "true");
            html.empty(
                    "rect", "class", "back", "x", "-6", "y", "-6", "width", "12", "height", "12");
            html.empty("path", "class", "lines " + STYLES[n], "d", "M-6 0L6 0");
            html.close("svg").text(NAMES[n]).close("li");
        }
        html.close("ul");
    }
}
