package org.diapason.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.registration.Certificate;
import org.diapason.registration.Finding;
import org.diapason.registration.Folding;
import org.diapason.registration.Registered;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * Lays out a registration: the verdict of its certificate, pictures of before and after, the
 * figures, and the transform in words. One file, no network, no script.
 */
public final class RegistrationPage {
    private static final int COLOURS = 6;

    private final Html html = new Html();
    private final Registered registered;
    private final Certificate certificate;

    /**
     * What the images are called on the page; nothing that names a patient.
     *
     * @param fixed the image that stayed
     * @param moving the image that was moved
     */
    public record Names(String fixed, String moving) {}

    private RegistrationPage(Registered registered) {
        this.registered = registered;
        certificate = registered.certificate();
    }

    /**
     * Writes the page.
     *
     * @param moving as it came
     * @param before the moving image on the fixed grid by the places in the files alone
     * @param after the moving image on the fixed grid through the transform; not looked at where
     *     none was found
     */
    public static void write(
            Path file,
            Volume fixed,
            Volume moving,
            Volume before,
            Volume after,
            Registered registered,
            Names names) {
        byte[] page =
                html(fixed, moving, before, after, registered, names)
                        .getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, out -> out.write(page));
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    static String html(
            Volume fixed,
            Volume moving,
            Volume before,
            Volume after,
            Registered registered,
            Names names) {
        RegistrationPage page = new RegistrationPage(registered);
        page.start(fixed, moving, names);
        page.verdict();
        registered
                .transform()
                .ifPresent(
                        t -> {
                            page.open("pictures", "Before and after");
                            new RegistrationPictures(page.html, fixed, before, after).draw(t);
                            page.html.close("section");
                        });
        page.figures();
        registered.transform().ifPresent(t -> page.transform(t, fixed.geometry()));
        return page.end();
    }

    private void start(Volume fixed, Volume moving, Names names) {
        String title = names.moving() + " on " + names.fixed();
        html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", "Registration of " + title);
        html.verbatim(
                "style",
                HtmlReport.resource("report.css") + HtmlReport.resource("registration.css"));
        html.close("head").open("body");
        html.element("a", "Skip to the report", "href", "#report", "class", "skip");
        html.open("header").open("div").element("p", "Diapason", "class", "brand");
        html.element("h1", "Registration of " + title);
        html.element("p", "Fixed: " + words(fixed) + ".", "class", "muted");
        html.element("p", "Moving: " + words(moving) + ".", "class", "muted");
        html.close("div").close("header").open("main", "id", "report");
    }

    private static String words(Volume v) {
        String words = v.toString();
        String unknown = Quantity.UNKNOWN.label() + ", ";
        return words.startsWith(unknown) ? words.substring(unknown.length()) : words;
    }

    private String end() {
        html.close("main");
        html.element("footer", "This file holds everything it shows and opens no connection.");
        return html.close("body").close("html").page();
    }

    private void open(String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title");
        html.element("h2", title, "id", id + "-title");
    }

    private void verdict() {
        Status status = certificate.status();
        String style =
                switch (status) {
                    case PASS -> "better";
                    case WARN -> "unsure";
                    case FAIL -> "harm";
                };
        String sign = status == Status.PASS ? "✓" : status == Status.WARN ? "!" : "✕";
        html.open("section", "id", "verdict", "aria-label", "Verdict");
        html.open("p", "class", "badge " + style);
        html.element("span", sign, "class", "sign", "aria-hidden", "true");
        html.element("span", CertificateJson.word(status), "class", "word").close("p");
        html.open("div").element("p", meaning(status), "class", "meaning");
        if (!certificate.findings().isEmpty()) {
            html.open("ul", "class", "reasons");
            for (Finding f : certificate.findings()) {
                html.open("li").element("b", CertificateJson.word(f.status())).text(": ");
                html.text(f.sentence()).close("li");
            }
            html.close("ul");
        }
        html.close("div").close("section");
    }

    private static String meaning(Status status) {
        return switch (status) {
            case PASS ->
                    "Nothing was found that speaks against this registration. A look at the pictures"
                            + " is still the best check there is.";
            case WARN -> "Usable, after a look at what the findings name.";
            case FAIL -> "Not to be used. The findings say why, and what to do.";
        };
    }

    private void figures() {
        open("figures", "Certificate");
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
        html.close("div").close("section");
    }

    private void figure(String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close("div");
    }

    private void errors(String name, Certificate.ErrorMm e) {
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
            html.element("p", words.toString().strip(), "class", "muted");
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
                "started away, mean distance in mm",
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
                            + " mm grid, "
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

    private void transform(Transform t, Geometry fixed) {
        open("transform", "Transform");
        html.element("p", "From places of the fixed image to places of the moving one, LPS mm.");
        List<Transform> parts = t instanceof Chain chain ? chain.parts() : List.of(t);
        for (Transform part : parts) {
            if (parts.size() > 1) {
                html.element("h3", part instanceof Affine ? "Linear part" : "Deformation");
            }
            if (part instanceof Affine affine) {
                html.open("dl", "class", "figures");
                for (String[] row : LinearParts.of(affine, fixed).rows()) {
                    figure(row[0], row[1]);
                }
                html.close("dl");
                html.element("pre", LinearParts.matrix(affine), "class", "matrix");
            } else {
                shifts(part, fixed);
            }
        }
        html.close("section");
    }

    /** How far a deformation moves the voxels of the fixed image. */
    private void shifts(Transform t, Geometry fixed) {
        double sum = 0;
        double most = 0;
        long count = 0;
        int step = Math.max(1, (int) Math.cbrt(fixed.voxels() / 100_000.0));
        for (int k = 0; k < fixed.nk(); k += step) {
            for (int j = 0; j < fixed.nj(); j += step) {
                for (int i = 0; i < fixed.ni(); i += step) {
                    Numbers p = fixed.toWorld(i, j, k);
                    double[] q = p.toArray();
                    t.apply(q);
                    double square = 0;
                    for (int r = 0; r < 3; r++) {
                        square += (q[r] - p.get(r)) * (q[r] - p.get(r));
                    }
                    double length = Math.sqrt(square);
                    sum += length;
                    most = Math.max(most, length);
                    count++;
                }
            }
        }
        html.open("dl", "class", "figures");
        figure("shift, mean over the fixed image", Words.number(sum / count) + " mm");
        figure("shift, largest", Words.number(most) + " mm");
        if (t instanceof DisplacementField field) {
            Geometry g = field.geometry();
            figure(
                    "its grid",
                    g.ni()
                            + " × "
                            + g.nj()
                            + " × "
                            + g.nk()
                            + ", "
                            + g.spacingMm().fixed(2)
                            + " mm");
        }
        html.close("dl");
    }
}
