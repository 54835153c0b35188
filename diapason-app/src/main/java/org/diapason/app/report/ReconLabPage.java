package org.diapason.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.diapason.io.InputFile;
import org.diapason.io.WholeFile;
import org.diapason.phantom.lab.LabLesion;
import org.diapason.phantom.lab.LabLesion.Kind;
import org.diapason.phantom.lab.LabMethod;
import org.diapason.phantom.lab.LabPrior;
import org.diapason.phantom.lab.LabResult;
import org.diapason.phantom.lab.LabRow;
import org.diapason.report.Section;
import org.diapason.volume.Numbers;

/**
 * Lays out the reconstruction experiment: the answer, pictures, curves, findings, tables; one file,
 * no network.
 */
public final class ReconLabPage {
    /** Of the white of pictures; grey matter has 8. */
    private static final double WHITE = 10;

    private static final double MR_WHITE = 1.2;

    /** Half a side of what is shown of a lesion, in mm. */
    private static final double ZOOM_MM = 20;

    private static final String RMSE = "RMSE, % of the brain's activity";
    private static final String BIAS = "Bias of grey matter, %";
    private static final String MATCHED = "Contrast of matched lesions, %";
    private static final String PET_ONLY = "Contrast of PET-only lesions, %";
    private static final String INVENTED = "Contrast invented at MR-only places, %";

    /** What rules begin with. */
    private static final LabMethod FILTERED = new LabMethod(false, LabPrior.NONE);

    private final Html html = new Html();
    private final LabResult result;

    private ReconLabPage(LabResult result) {
        this.result = result;
    }

    /** Writes the page; a file of that name is replaced. */
    public static void write(Path file, LabResult result) {
        byte[] page = new ReconLabPage(result).page().getBytes(StandardCharsets.UTF_8);
        try {
            WholeFile.write(file, out -> out.write(page));
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    private String page() {
        start();
        ReconLabTables tables = new ReconLabTables(result);
        answer(tables);
        pictures();
        curves();
        open("found", "Finding by finding");
        html.open("ul", "class", "reasons");
        result.findings().forEach(line -> html.element("li", line));
        html.close("ul").close("section");
        open("tables", "All numbers");
        TablesPart.folded(html, tables.results());
        TablesPart.folded(html, tables.lesions());
        if (!result.others().isEmpty()) {
            TablesPart.folded(html, tables.settings());
        }
        TablesPart.folded(html, tables.weights());
        if (!result.ends().isEmpty()) {
            TablesPart.folded(html, tables.ends());
        }
        html.close("section");
        how();
        return Frame.end(html);
    }

    private void answer(ReconLabTables tables) {
        open("answer", "The answer");
        for (String line : result.answer()) { // no line ends between a number and its unit
            html.element("p", line.replace(" %", "\u00a0%"), "class", "meaning");
        }
        Section summary = tables.summary();
        html.element("h3", summary.title());
        TablesPart.section(html, summary);
        html.close("section");
    }

    private void start() {
        String title = "Reconstruction with and without anatomy";
        Frame.start(
                html,
                title,
                title,
                HtmlReport.resource("report.css"),
                "A head phantom whose truth is known; lesions that PET and MR show, that PET alone"
                        + " shows, that MR alone shows.");
    }

    private void open(String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title");
        html.element("h2", title, "id", id + "-title");
    }

    private void pictures() {
        open(
                "pictures",
                "One realisation, "
                        + ReconLabTables.millions(result.lab().middle())
                        + " million counts");
        html.element(
                "p",
                "PET from 0 to 10 (white matter 3, grey 8, lesions 7.5), MR from 0 to 1.2 of white"
                        + " matter. Under each image the larger lesions, from left to right: of both, of"
                        + " PET alone, of MR alone where MR shows it. \"counts\": the prior acts on the"
                        + " counts; \"after\": on an image that is there already.");
        for (double shift : shown()) {
            html.element("h3", "MR off by " + Numbers.plain(shift) + " mm");
            html.open(
                    "div",
                    "style",
                    "display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:1rem");
            for (LabResult.View v : result.views()) {
                boolean truth = v.name().equals("truth PET");
                if (v.shiftMm() == shift || truth) {
                    picture(v, shift);
                }
            }
            html.close("div");
        }
        html.close("section");
    }

    /** The first shift and the last. */
    private List<Double> shown() {
        List<Double> all = result.lab().shiftsMm();
        return all.size() == 1 ? all : List.of(all.get(0), all.get(all.size() - 1));
    }

    private void picture(LabResult.View view, double shiftMm) {
        int side = LabResult.side();
        double white = view.mr() ? MR_WHITE : WHITE;
        html.open("figure");
        img(view.name(), view.pixels(), 0, 0, side, white, "100%");
        html.open("div", "style", "display:flex;gap:2px;margin-top:2px");
        for (LabLesion l : LabResult.lesions()) {
            if (l.radiusMm() > 6 && l.kind() != Kind.CONTROL) {
                double off = l.kind() == Kind.MR_ONLY ? shiftMm : 0;
                int many = (int) (2 * ZOOM_MM / LabResult.pixelMm());
                int i = corner(l.xMm() + off, many);
                int j = corner(l.yMm(), many);
                img(view.name() + ", " + l.name(), view.pixels(), i, j, many, white, "33%");
            }
        }
        html.close("div");
        html.element("figcaption", view.name()).close("figure");
    }

    private static int corner(double mm, int many) {
        double middle = mm / LabResult.pixelMm() + (LabResult.side() - 1) / 2.0;
        return (int) Math.rint(middle - (many - 1) / 2.0);
    }

    private void img(
            String words, float[] pixels, int i, int j, int many, double white, String width) {
        byte[] grey = new byte[many * many];
        for (int p = 0; p < grey.length; p++) {
            double v = pixels[(j + p / many) * LabResult.side() + i + p % many] / white;
            grey[p] = (byte) Math.rint(255 * Math.max(0, Math.min(1, v)));
        }
        html.empty(
                "img",
                "src",
                Png.address(many, many, grey),
                "alt",
                words,
                "style",
                "width:" + width + ";image-rendering:pixelated");
    }

    private void curves() {
        open("curves", "Curves");
        html.element(
                "p",
                "Left the prior acts on the counts, in the middle on an image that is there already, on"
                        + " one scale; right rules that fuse that image with MR, on a scale of their own."
                        + " Means over the realisations; the tables have the standard deviations.");
        html.open("p", "class", "legend");
        CurvePlot.legend(html, keys());
        html.close("p");
        if (result.lab().trues().size() > 1) {
            html.element("h3", "Over counts, MR in its place");
            overCounts(RMSE, r -> 100 * r.rmse().mean());
            overCounts(BIAS, r -> 100 * r.biasGrey().mean());
            overCounts("CNR of the larger PET-only lesion", r -> r.cnr(petOnly()).mean());
            overCounts(MATCHED, r -> 100 * r.contrast(Kind.MATCHED).mean());
            overCounts(PET_ONLY, r -> 100 * r.contrast(Kind.PET_ONLY).mean());
            overCounts(INVENTED, r -> 100 * r.size(Kind.MR_ONLY));
        }
        if (result.lab().shiftsMm().size() > 1) {
            html.element(
                    "h3",
                    "Over the shift of MR, "
                            + ReconLabTables.millions(result.lab().middle())
                            + " million counts");
            html.element("p", "Priors that do not look at MR stay as they are.", "class", "muted");
            overShift(RMSE, r -> 100 * r.rmse().mean());
            overShift(BIAS, r -> 100 * r.biasGrey().mean());
            overShift(MATCHED, r -> 100 * r.contrast(Kind.MATCHED).mean());
            overShift(PET_ONLY, r -> 100 * r.contrast(Kind.PET_ONLY).mean());
            overShift(INVENTED, r -> 100 * r.size(Kind.MR_ONLY));
        }
        html.close("section");
    }

    private static List<CurvePlot.Curve> keys() {
        double[] none = {};
        return Arrays.stream(LabPrior.values()).map(p -> curve(p, none, none)).toList();
    }

    private static LabLesion petOnly() {
        return LabResult.lesions().stream()
                .filter(l -> l.kind() == Kind.PET_ONLY)
                .findFirst()
                .orElseThrow();
    }

    private void overCounts(String what, ToDoubleFunction<LabRow> figure) {
        double[] x = result.lab().trues().stream().mapToDouble(t -> StrictMath.log10(t)).toArray();
        row(
                "million counts",
                what,
                x,
                result.lab().trues().stream().map(ReconLabTables::millions).toList(),
                (m, n) -> figure.applyAsDouble(result.row(m, result.lab().trues().get(n), 0)));
    }

    private void overShift(String what, ToDoubleFunction<LabRow> figure) {
        double[] x = result.lab().shiftsMm().stream().mapToDouble(s -> s).toArray();
        double counts = result.lab().middle();
        row(
                "MR off by, mm",
                what,
                x,
                result.lab().shiftsMm().stream().map(Numbers::plain).toList(),
                (m, n) -> figure.applyAsDouble(result.row(m, counts, x[n])));
    }

    private interface Value {
        double of(LabMethod method, int n);
    }

    /** One of three charts side by side: what it is called, and what it shows. */
    private record Panel(String title, List<LabMethod> methods) {}

    /** A figure of three: on the counts and after on one scale, rules on their own. */
    private void row(String nameX, String nameY, double[] x, List<String> words, Value value) {
        List<LabMethod> priors = result.methods().stream().filter(m -> !m.prior().rule()).toList();
        List<LabMethod> rules =
                result.methods().stream()
                        .filter(m -> m.prior().rule() || m.equals(FILTERED))
                        .toList();
        CurvePlot.Ticks ticks = new CurvePlot.Ticks(Arrays.stream(x).boxed().toList(), words);
        html.element("p", nameY, "class", "which");
        html.open("div", "class", "plots three");
        List<LabMethod> counts = priors.stream().filter(LabMethod::fromCounts).toList();
        List<LabMethod> after = priors.stream().filter(m -> !m.fromCounts()).toList();
        for (Panel p :
                List.of(
                        new Panel("on the counts", counts),
                        new Panel("after", after),
                        new Panel("rules, on their own scale", rules))) {
            double[] range = range(p.methods == rules ? rules : priors, x, value);
            List<CurvePlot.Curve> curves = new ArrayList<>();
            for (LabMethod m : p.methods) {
                double[] y = new double[x.length];
                for (int n = 0; n < y.length; n++) {
                    y[n] = value.of(m, n);
                }
                curves.add(curve(m.prior(), x, y));
            }
            String spoken = nameY + " over " + nameX + ", " + p.title;
            CurvePlot.small(html, range, ticks, nameX, p.title, curves, spoken);
        }
        html.close("div");
    }

    private static double[] range(List<LabMethod> methods, double[] x, Value value) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (LabMethod m : methods) {
            for (int n = 0; n < x.length; n++) {
                low = Math.min(low, value.of(m, n));
                high = Math.max(high, value.of(m, n));
            }
        }
        Scale y = Scale.around(low, high, 0, 1);
        return new double[] {x[0], x[x.length - 1], y.low(), y.high()};
    }

    /** Priors that look at MR have whole lines, a colour each. */
    private static CurvePlot.Curve curve(LabPrior prior, double[] x, double[] y) {
        List<LabPrior> kin =
                Arrays.stream(LabPrior.values()).filter(p -> p.guided() == prior.guided()).toList();
        String colour = prior == LabPrior.NONE ? "muted" : "c" + kin.indexOf(prior);
        return new CurvePlot.Curve(prior.word(), x, y, colour, !prior.guided());
    }

    private void how() {
        open("how", "How it was made");
        html.element(
                "p",
                "Seed "
                        + result.lab().seed()
                        + ", "
                        + result.lab().realisations()
                        + " realisations. One slice, 96 × 96 pixels of 2.25 mm; data from 4 × 4 samples a"
                        + " pixel. PET: 64 views, resolution 5 mm, attenuation, 20 % randoms and scatter of"
                        + " known mean. MR: half of the outer lines of k-space, white noise. From counts:"
                        + " quasi-Newton steps, with MR estimated too; without prior OSEM to a change of 1 % and a"
                        + " Gaussian filter. After: OSEM without resolution model, then the image of the"
                        + " least |G u − û|²/2 + λR(u); without prior a filter; laplacian and mtf-glp fuse"
                        + " the filtered image with MR. Weights (and widths of filters) are chosen on other"
                        + " data. A phantom ranks methods; it does not predict"
                        + " patients. docs/concepts/recon-lab.md says more.");
        html.close("section");
    }
}
