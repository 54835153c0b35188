package org.diapason.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.registration.Certificate;
import org.diapason.registration.Folding;

/** The figures and plots of a registration's certificate. */
final class CertificatePart {
    private static final int COLOURS = 6;

    private final Html html;
    private final Certificate certificate;
    private final Lengths lengths;

    CertificatePart(Html html, Certificate certificate, Lengths lengths) {
        this.html = html;
        this.certificate = certificate;
        this.lengths = lengths;
    }

    void draw() {
        html.open("dl", "class", "figures");
        figure("overlap, share of the fixed image", Words.percent(certificate.overlap()));
        certificate.targetError().ifPresent(e -> errors("predicted target error", e));
        certificate.inverse().ifPresent(e -> errors("there and back", e));
        certificate.folding().ifPresent(this::folding);
        html.close("dl");
        how();
        html.open("div", "class", "plots");
        capture();
        traces();
        certificate.folding().ifPresent(this::jacobians);
        html.close("div");
    }

    private void figure(String name, String value) {
        figure(html, name, lengths.said(value));
    }

    /** Writes a name and its value into an open list. */
    static void figure(Html html, String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close("div");
    }

    private void errors(String name, Certificate.ErrorMm e) {
        if (Double.isNaN(e.mean())) {
            figure(name, "cannot be told");
            return;
        }
        List<String> mm = Words.alike(e.mean(), e.p95(), e.max());
        figure(name + ", mean", mm.get(0) + " mm");
        figure(name + ", 95 % below", mm.get(1) + " mm");
        figure(name + ", largest", mm.get(2) + " mm");
    }

    private void how() {
        StringBuilder words = new StringBuilder();
        certificate
                .targetError()
                .ifPresent(
                        e -> words.append("Predicted target error: ").append(e.how()).append(". "));
        certificate
                .inverse()
                .ifPresent(e -> words.append("There and back: ").append(e.how()).append("."));
        if (!words.isEmpty()) {
            html.element("p", lengths.said(words.toString().strip()), "class", "muted");
        }
    }

    private void folding(Folding f) {
        figure("voxels that are folded", grouped(f.folded()) + " of " + grouped(f.voxels()));
        figure("folded volume", Words.number(f.foldedMm3()) + " mm³");
        figure("folded before the repair", grouped(f.repaired()));
        figure(
                "Jacobian determinant, least and most",
                Words.number(f.least(), 3) + ", " + Words.number(f.most(), 3));
        figure(
                "its logarithm, mean and SD",
                Words.number(f.meanLog(), 4) + ", " + Words.number(f.sdLog(), 4));
    }

    /** {@code 7,100,000}. */
    private static String grouped(long count) {
        return String.valueOf(count).replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    }

    private void capture() {
        List<Certificate.CapturePoint> points = certificate.capture();
        if (points.isEmpty()) {
            return;
        }
        double[] x = points.stream().mapToDouble(Certificate.CapturePoint::awayMm).toArray();
        double[] y = points.stream().mapToDouble(p -> 100.0 * p.back() / p.starts()).toArray();
        double most = 0;
        for (double away : x) {
            most = Math.max(most, away);
        }
        long starts = points.stream().mapToLong(Certificate.CapturePoint::starts).sum();
        CurvePlot.draw(
                html,
                new double[] {0, most > 0 ? 1.05 * most : 1, 0, 100},
                "started away, mean distance in " + lengths.unit(),
                "came back, %",
                List.of(),
                List.of(
                        new CurvePlot.Curve(
                                starts + " searches from elsewhere", x, y, "c0", false)),
                marks(x, y),
                "Share of searches that came back, by how far away they started");
    }

    private static List<CurvePlot.Point> marks(double[] x, double[] y) {
        List<CurvePlot.Point> points = new ArrayList<>();
        for (int n = 0; n < x.length; n++) {
            points.add(new CurvePlot.Point(x[n], y[n], y[n], y[n]));
        }
        return points;
    }

    /** One plot for each metric; its grids follow each other. */
    private void traces() {
        Map<String, List<Certificate.Stage>> metrics = new LinkedHashMap<>();
        for (Certificate.Stage s : certificate.stages()) {
            metrics.computeIfAbsent(s.metric(), k -> new ArrayList<>()).add(s);
        }
        metrics.forEach(this::trace);
    }

    private void trace(String metric, List<Certificate.Stage> stages) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int at = 1;
        List<CurvePlot.Curve> curves = new ArrayList<>();
        List<CurvePlot.Point> ends = new ArrayList<>();
        for (Certificate.Stage s : stages) {
            double[] y = s.values().stream().mapToDouble(Double::doubleValue).toArray();
            if (y.length == 0) {
                continue;
            }
            double[] x = new double[y.length];
            for (int n = 0; n < y.length; n++) {
                x[n] = at++;
                low = Math.min(low, y[n]);
                high = Math.max(high, y[n]);
            }
            String name =
                    Words.number(s.spacingMm(), 1)
                            + " "
                            + lengths.unit()
                            + " grid, "
                            + Words.count(s.evaluations(), "evaluation");
            curves.add(new CurvePlot.Curve(name, x, y, "c" + curves.size() % COLOURS, false));
            double end = y[y.length - 1];
            ends.add(new CurvePlot.Point(x[x.length - 1], end, end, end));
        }
        if (curves.isEmpty()) {
            return;
        }
        double room = high > low ? 0.06 * (high - low) : Math.max(1e-6, 0.05 * Math.abs(high));
        CurvePlot.draw(
                html,
                new double[] {0, at, low - room, high + room},
                "step of the search",
                metric.replace('-', ' ') + (metric.equals("mutual-information") ? ", nats" : ""),
                List.of(),
                curves,
                ends,
                "The metric at each step of the search, grid by grid");
    }

    private void jacobians(Folding f) {
        int n = f.counts().size();
        if (n == 0) {
            return;
        }
        double[] x = new double[2 * n];
        double[] high = new double[2 * n];
        double most = 0;
        long all = Math.max(1, f.counts().stream().mapToLong(Long::longValue).sum());
        for (int b = 0; b < n; b++) {
            for (int side = 0; side < 2; side++) {
                x[2 * b + side] = f.edges().get(b + side);
                high[2 * b + side] = 100.0 * f.counts().get(b) / all;
            }
            most = Math.max(most, high[2 * b]);
        }
        CurvePlot.draw(
                html,
                new double[] {x[0], x[x.length - 1], 0, 1.05 * most},
                "logarithm of the Jacobian determinant",
                "voxels, %",
                List.of(new CurvePlot.Band(x, new double[2 * n], high, "c0")),
                List.of(
                        new CurvePlot.Curve(
                                "share of voxels; 0 keeps its volume", x, high, "c0", false)),
                List.of(),
                "Histogram of the logarithm of the Jacobian determinant");
    }
}
