package org.diapason.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.diapason.gate.NetBenefit;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.phantom.DetectionScores;
import org.diapason.stats.CalibrationCurve;
import org.diapason.stats.Clusters;
import org.diapason.stats.DeLong;
import org.diapason.stats.Roc;
import org.diapason.stats.RocBand;

/** Lays out ROC curves, reliability diagrams and decision curves: one file, no network. */
public final class TaskPage {
    private static final double[] UNIT = {0, 1, 0, 1};
    private static final double LAST_THRESHOLD = 0.99;
    private static final int COLOURS = 6;
    private static final int BAND = 500;

    private TaskPage() {}

    /** Writes the curves of scores, with bands of 95 %; high ones speak for positive. */
    public static void roc(
            Path file,
            boolean[] positive,
            Clusters clusters,
            Map<String, double[]> scores,
            long seed,
            List<String> found) {
        Html html = start("ROC curves");
        html.open("div", "class", "plots");
        curves(html, positive, clusters, scores, scores.keySet(), seed);
        html.close("div");
        bands(html);
        end(html, found, file);
    }

    /**
     * Writes what fusion does to detection: differences from the best single modality, then the
     * curves, few to a plot, each beside that modality.
     *
     * @param groups names of the curves of each plot
     */
    public static void fusion(
            Path file,
            DetectionScores detected,
            List<List<String>> groups,
            long seed,
            List<String> found) {
        Html html = start("Lesion detection in fused images of a phantom");
        List<RangePlot.Line> lines = new ArrayList<>();
        double low = 0;
        double high = 0;
        for (DetectionScores.Compared c : detected.compared()) {
            DeLong.Pair d = c.difference();
            boolean shown = c.verdict() != DetectionScores.Verdict.NOT_SHOWN;
            lines.add(
                    new RangePlot.Line(
                            c.name(),
                            shown,
                            List.of(
                                    new RangePlot.Point(
                                            d.difference(),
                                            d.low(),
                                            d.high(),
                                            shown ? "full" : "hollow")),
                            false,
                            shown ? c.verdict().words() : "not shown"));
            low = Math.min(low, d.low());
            high = Math.max(high, d.high());
        }
        html.open("figure", "class", "chart");
        RangePlot.draw(
                html,
                low - 0.02,
                high + 0.02,
                t -> Words.number(t, 2),
                new double[] {0},
                new double[0],
                lines,
                "Area under the curve less that of " + detected.best() + ", 95 % intervals");
        html.element(
                "figcaption",
                "Area under the ROC curve less that of "
                        + detected.best()
                        + ", the better modality alone, with intervals of 95 % (DeLong, paired); gain and"
                        + " harm at 5 % after Holm's correction, else no difference was shown.");
        html.close("figure");
        html.open("div", "class", "plots");
        Clusters each = Clusters.single(detected.lesion().length);
        for (List<String> group : groups) {
            curves(html, detected.lesion(), each, detected.scores(), group, seed);
        }
        html.close("div");
        bands(html);
        end(html, found, file);
    }

    private static void curves(
            Html html,
            boolean[] positive,
            Clusters clusters,
            Map<String, double[]> scores,
            Collection<String> shown,
            long seed) {
        List<CurvePlot.Curve> curves = new ArrayList<>();
        List<CurvePlot.Band> bands = new ArrayList<>();
        curves.add(line("chance", new double[] {0, 1}, new double[] {0, 1}, "muted"));
        shown.forEach(
                name -> {
                    double[] values = scores.get(name);
                    Roc roc = Roc.of(values, positive);
                    double[] x = roc.specificity().toArray();
                    for (int n = 0; n < x.length; n++) {
                        x[n] = 1 - x[n];
                    }
                    int before = curves.size() - 1;
                    String colour = "c" + before % COLOURS;
                    curves.add(
                            new CurvePlot.Curve(
                                    name,
                                    x,
                                    roc.sensitivity().toArray(),
                                    colour,
                                    before >= COLOURS)); // a colour's second curve is dashed
                    RocBand band = RocBand.of(values, positive, clusters, BAND, seed);
                    bands.add(
                            new CurvePlot.Band(
                                    band.falseAlarms().toArray(),
                                    band.low().toArray(),
                                    band.high().toArray(),
                                    colour));
                });
        CurvePlot.draw(
                html,
                UNIT,
                "1 − specificity",
                "sensitivity",
                bands,
                curves,
                List.of(),
                "ROC curves with bands of 95 %");
    }

    private static void bands(Html html) {
        html.element(
                "p",
                "Bands: where the sensitivity lies at each specificity in 95 % of 500 draws of the"
                        + " bootstrap, place by place; of the whole curve fewer lie inside.",
                "class",
                "muted");
    }

    /** Writes reliability diagram and decision curve of probabilities. */
    public static void calibration(
            Path file,
            String name,
            double[] p,
            boolean[] event,
            Clusters clusters,
            List<String> found) {
        Html html = start("Calibration of " + name);
        html.open("div", "class", "plots");
        double[][] smooth = CalibrationCurve.of(p, event);
        List<CurvePlot.Point> points = new ArrayList<>();
        for (CalibrationCurve.Bin bin : CalibrationCurve.bins(p, event)) {
            points.add(
                    new CurvePlot.Point(
                            bin.predicted(),
                            bin.observed().value(),
                            bin.observed().low(),
                            bin.observed().high()));
        }
        CurvePlot.draw(
                html,
                UNIT,
                "predicted probability",
                "share of events",
                List.of(),
                List.of(
                        line("right", new double[] {0, 1}, new double[] {0, 1}, "muted"),
                        new CurvePlot.Curve("smoothed (loess)", smooth[0], smooth[1], "c1", false)),
                points,
                "Reliability diagram: points are ten bins of equal width with 95 % intervals");
        decisions(html, p, event, clusters);
        html.close("div");
        html.element(
                "p",
                "Points: ten bins of equal width with intervals of Wilson; net benefit: true positives"
                        + " per row, false ones charged with the odds of the threshold, with its"
                        + " interval of 95 % at each threshold.",
                "class",
                "muted");
        end(html, found, file);
    }

    private static void decisions(Html html, double[] p, boolean[] event, Clusters clusters) {
        List<NetBenefit> curve = NetBenefit.curve(p, event, clusters, LAST_THRESHOLD);
        double[] threshold = curve.stream().mapToDouble(NetBenefit::threshold).toArray();
        double[] model = curve.stream().mapToDouble(n -> n.model().value()).toArray();
        double[] all = curve.stream().mapToDouble(n -> n.all().value()).toArray();
        double most = 0.01;
        for (int n = 0; n < model.length; n++) {
            most = Math.max(most, Math.max(model[n], all[n]));
        }
        CurvePlot.draw(
                html,
                new double[] {0, 1, -0.25 * most, 1.1 * most},
                "threshold",
                "net benefit",
                List.of(
                        new CurvePlot.Band(
                                threshold,
                                curve.stream().mapToDouble(n -> n.model().low()).toArray(),
                                curve.stream().mapToDouble(n -> n.model().high()).toArray(),
                                "c0")),
                List.of(
                        line("nobody", new double[] {0, 1}, new double[] {0, 0}, "muted"),
                        line("everybody", threshold, all, "c2"),
                        new CurvePlot.Curve("model", threshold, model, "c0", false)),
                List.of(),
                "Decision curve");
    }

    private static CurvePlot.Curve line(String name, double[] x, double[] y, String colour) {
        return new CurvePlot.Curve(name, x, y, colour, true);
    }

    private static Html start(String title) {
        Html html = new Html();
        Frame.start(html, title, title, HtmlReport.resource("report.css"));
        return html.open("section", "id", "curves");
    }

    /** Ends with what was found in words: whoever opens a page looks at its curves first. */
    private static void end(Html html, List<String> found, Path file) {
        html.close("section").open("section", "id", "found").open("ul", "class", "reasons");
        found.forEach(line -> html.element("li", line.strip()));
        html.close("ul").close("section");
        byte[] page = Frame.end(html).getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, out -> out.write(page));
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }
}
