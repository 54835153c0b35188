package org.diapason.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * Lays out the reconstruction experiment: words, pictures, curves, tables; one file, no network.
 */
public final class ReconLabPage {
    /** Of the white of pictures; grey matter has 8. */
    private static final double WHITE = 10;

    private static final double MR_WHITE = 1.2;

    /** Half a side of what is shown of a lesion, in mm. */
    private static final double ZOOM_MM = 20;

    private static final int COLOURS = 6;

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
        open("found", "What was found");
        html.open("ul", "class", "reasons");
        result.findings().forEach(line -> html.element("li", line));
        html.close("ul").close("section");
        pictures();
        curves();
        table("results", resultTable());
        table("lesions", lesionTable());
        table("weights", weightTable());
        how();
        return Frame.end(html);
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

    private void table(String id, Section section) {
        open(id, section.title());
        TablesPart.section(html, section);
        html.close("section");
    }

    private void pictures() {
        open("pictures", "One realisation, " + Math.round(result.lab().middle()) + " counts");
        html.element(
                "p",
                "PET from 0 to 10 (white matter 3, grey 8, lesions 7.5), MR from 0 to 1.2 of white"
                        + " matter. Under each image the larger lesions, from left to right: of both, of"
                        + " PET alone, of MR alone where MR shows it.");
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
                "Left the prior acts on the counts, right on an image that is there already. Means over"
                        + " the realisations. Priors that do not look at MR stay as they are when it is"
                        + " moved.");
        html.open("div", "class", "plots");
        if (result.lab().trues().size() > 1) {
            overCounts("RMSE, % of the brain's activity", r -> 100 * r.rmse().mean());
            overCounts("bias of grey matter, %", r -> 100 * r.biasGrey().mean());
            overCounts("CNR of the larger PET-only lesion", r -> r.cnr(petOnly()).mean());
            overCounts(
                    "contrast of matched lesions, %", r -> 100 * r.contrast(Kind.MATCHED).mean());
            overCounts(
                    "contrast of PET-only lesions, %", r -> 100 * r.contrast(Kind.PET_ONLY).mean());
        }
        if (result.lab().shiftsMm().size() > 1) {
            overShift("RMSE, % of the brain's activity", r -> 100 * r.rmse().mean());
            overShift("bias of grey matter, %", r -> 100 * r.biasGrey().mean());
            overShift("contrast of matched lesions, %", r -> 100 * r.contrast(Kind.MATCHED).mean());
            overShift(
                    "contrast of PET-only lesions, %", r -> 100 * r.contrast(Kind.PET_ONLY).mean());
            overShift("contrast invented at MR-only places, %", r -> 100 * r.size(Kind.MR_ONLY));
        }
        html.close("div").close("section");
    }

    private static LabLesion petOnly() {
        return LabResult.lesions().stream()
                .filter(l -> l.kind() == Kind.PET_ONLY)
                .findFirst()
                .orElseThrow();
    }

    private void overCounts(String what, ToDoubleFunction<LabRow> figure) {
        double[] x = result.lab().trues().stream().mapToDouble(t -> StrictMath.log10(t)).toArray();
        both(
                "counts, power of ten",
                what,
                x,
                (m, n) -> figure.applyAsDouble(result.row(m, result.lab().trues().get(n), 0)));
    }

    private void overShift(String what, ToDoubleFunction<LabRow> figure) {
        double[] x = result.lab().shiftsMm().stream().mapToDouble(s -> s).toArray();
        double counts = result.lab().middle();
        both("MR off by, mm", what, x, (m, n) -> figure.applyAsDouble(result.row(m, counts, x[n])));
    }

    private interface Value {
        double of(LabMethod method, int n);
    }

    /** Two plots of one scale. */
    private void both(String nameX, String nameY, double[] x, Value value) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (LabMethod m : result.methods()) {
            for (int n = 0; n < x.length; n++) {
                low = Math.min(low, value.of(m, n));
                high = Math.max(high, value.of(m, n));
            }
        }
        double room = 0.05 * (high - low);
        double[] range = {x[0], x[x.length - 1], low - room, high + room};
        for (boolean fromCounts : new boolean[] {true, false}) {
            List<CurvePlot.Curve> curves = new ArrayList<>();
            for (LabMethod m : result.methods()) {
                if (m.fromCounts() == fromCounts) {
                    double[] y = new double[x.length];
                    for (int n = 0; n < y.length; n++) {
                        y[n] = value.of(m, n);
                    }
                    curves.add(curve(m, x, y));
                }
            }
            String family = fromCounts ? "from counts" : "after";
            CurvePlot.draw(
                    html,
                    range,
                    nameX,
                    family + ": " + nameY,
                    List.of(),
                    curves,
                    List.of(),
                    nameY + " over " + nameX + ", " + family);
        }
    }

    /** Priors that look at MR have whole lines, a colour each. */
    private static CurvePlot.Curve curve(LabMethod m, double[] x, double[] y) {
        List<LabPrior> kin =
                java.util.Arrays.stream(LabPrior.values())
                        .filter(p -> p.guided() == m.prior().guided())
                        .toList();
        String colour =
                m.prior() == LabPrior.NONE ? "muted" : "c" + kin.indexOf(m.prior()) % COLOURS;
        return new CurvePlot.Curve(m.prior().word(), x, y, colour, !m.prior().guided());
    }

    private static String percent(LabRow.Spread s) {
        String mean = Words.number(100 * s.mean(), 1);
        return Double.isNaN(s.sd()) ? mean : mean + " ± " + Words.number(100 * s.sd(), 1);
    }

    private static List<String> condition(LabRow r) {
        return List.of(
                r.method().name(),
                String.valueOf(Math.round(r.trues())),
                Numbers.plain(r.shiftMm()));
    }

    private Section resultTable() {
        List<List<String>> rows = new ArrayList<>();
        for (LabRow r : result.rows()) {
            List<String> row = new ArrayList<>(condition(r));
            row.add(percent(r.rmse()));
            row.add(percent(r.biasGrey()));
            row.add(percent(r.biasWhite()));
            row.add(percent(r.contrast(Kind.MATCHED)));
            row.add(percent(r.contrast(Kind.PET_ONLY)));
            row.add(Words.number(100 * r.erased(), 1));
            row.add(Words.number(100 * r.size(Kind.MR_ONLY), 1));
            row.add(Words.number(100 * r.size(Kind.CONTROL), 1));
            rows.add(row);
        }
        return new Section(
                "Results",
                "All in %, mean ± standard deviation over realisations. RMSE: of the head, of the"
                        + " brain's mean activity. Contrast: of what the lesion has in truth. Erased: what"
                        + " PET-only lesions lack. Invented: root of the mean squared contrast where MR"
                        + " alone shows a lesion; control: where nobody does.",
                List.of(
                        "method",
                        "counts",
                        "MR off, mm",
                        "RMSE",
                        "bias grey",
                        "bias white",
                        "matched",
                        "PET-only",
                        "erased",
                        "invented",
                        "control"),
                rows,
                Optional.empty());
    }

    private Section lesionTable() {
        List<List<String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>(List.of("method", "counts", "MR off, mm"));
        LabResult.lesions().forEach(l -> columns.add(l.name()));
        for (LabRow r : result.rows()) {
            List<String> row = new ArrayList<>(condition(r));
            for (LabLesion l : LabResult.lesions()) {
                row.add(percent(r.contrast(l)) + " | " + Words.number(r.cnr(l).mean(), 1));
            }
            rows.add(row);
        }
        return new Section(
                "Each lesion",
                "Contrast in % of a real lesion's, mean ± standard deviation, and CNR. Numbers in"
                        + " names are radii in mm.",
                columns,
                rows,
                Optional.empty());
    }

    private Section weightTable() {
        List<List<String>> rows = new ArrayList<>();
        for (LabResult.Weight w : result.weights()) {
            rows.add(
                    List.of(
                            w.method().name(),
                            String.valueOf(Math.round(w.trues())),
                            Words.number(w.weight()) + (w.atEnd() ? " (at the end)" : ""),
                            Words.number(100 * w.rmse(), 1),
                            String.valueOf(w.tried())));
        }
        return new Section(
                "Weights",
                "Of each method the weight of least RMSE on one realisation of the head without any"
                        + " lesion, MR in its place; steps by 2 (filter width in mm: by 1.19) until both"
                        + " neighbours are worse.",
                List.of("method", "counts", "weight", "RMSE there, %", "tried"),
                rows,
                Optional.empty());
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
                        + " SVRG, with MR estimated in turn; without prior OSEM to a change of 1 %. After:"
                        + " OSEM without resolution model, then the image of the least |G u − û|²/2 + λR(u);"
                        + " without prior a Gaussian filter. A phantom ranks methods; it does not predict"
                        + " patients. docs/concepts/recon-lab.md says more.");
        html.close("section");
    }
}
