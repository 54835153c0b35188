package org.diapason.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diapason.phantom.BinFlips;
import org.diapason.phantom.KnownDifference;
import org.diapason.phantom.KnownDifference.Found;
import org.diapason.phantom.TwinPair;
import org.diapason.phantom.TwinProof;
import org.diapason.phantom.TwinProof.Outcome;
import org.diapason.phantom.TwinProof.Residual;
import org.diapason.report.Section;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** Lays out the proofs on phantoms in the style of the report: one file, no network. */
public final class ProofPage {
    private static final int LINES = 40;

    /** Differences of a 10^12th of the scale and less are drawn as one. */
    private static final double LEAST = -12;

    private final Html html = new Html();

    private ProofPage() {}

    /** Writes the page of the twin-scanner proof; a file of that name is replaced. */
    public static void write(Path file, TwinProof.Result result) {
        write(file, html(result));
    }

    /** Writes the page of the known-difference proof; a file of that name is replaced. */
    public static void write(Path file, List<Found> found) {
        write(file, html(found));
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException("the page cannot be written to " + file, e);
        }
    }

    static String html(TwinProof.Result result) {
        ProofPage page = new ProofPage();
        TwinPair pair = result.pair();
        page.start(
                "Twin-scanner proof",
                "One lesion, scanners "
                        + pair.twins().a().name()
                        + " and "
                        + pair.twins().b().name()
                        + ", one recipe",
                result.outcome(),
                reasons(result));
        page.pictures(pair);
        page.residuals(result.features());
        page.section("claims", claims(result.checks()));
        if (!result.flips().isEmpty()) {
            page.section("flips", flips(result.flips()));
        }
        page.section("features", features(result.features()));
        return page.end();
    }

    private static List<String> reasons(TwinProof.Result result) {
        List<String> reasons = new ArrayList<>();
        for (TwinProof.Check c : result.checks()) {
            reasons.add(
                    word(c.outcome())
                            + ", "
                            + c.name()
                            + ": "
                            + c.claim()
                            + ": "
                            + c.found()
                            + " (limit: "
                            + c.limit()
                            + ")");
        }
        reasons.add("proof of " + String.join(", ", TwinProof.proved(result.pair())));
        List<String> out = TwinProof.notProved(result.pair());
        if (!out.isEmpty()) {
            reasons.add("left out: " + String.join(", ", out));
        }
        return reasons;
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    static String html(List<Found> found) {
        ProofPage page = new ProofPage();
        List<String> reasons = new ArrayList<>();
        boolean compared = false;
        boolean flagged = false;
        for (Found f : found) {
            reasons.add(f.name() + ": " + f.refused().orElseGet(() -> ratio(f)));
            compared |= f.refused().isEmpty();
            flagged |= f.flag().isPresent();
        }
        page.start(
                "Known-difference proof",
                "Objects that differ by a stated amount, after scanner and recipe",
                !compared ? Outcome.STATED : flagged ? Outcome.MISSED : Outcome.HELD,
                reasons);
        page.ratios(found);
        return page.end();
    }

    private static String ratio(Found f) {
        return Words.number(f.ratio(), 3)
                + " of "
                + Words.number(f.truth())
                + " "
                + f.unit()
                + " recovered (95 % interval "
                + Words.number(f.low(), 3)
                + " to "
                + Words.number(f.high(), 3)
                + ")"
                + f.flag().map(w -> ", " + w).orElse("");
    }

    private void start(String title, String subtitle, Outcome outcome, List<String> reasons) {
        String style =
                switch (outcome) {
                    case HELD -> "better";
                    case MISSED -> "harm";
                    case STATED -> "none";
                };
        String sign = outcome == Outcome.HELD ? "✓" : outcome == Outcome.MISSED ? "✕" : "–";
        String css = HtmlReport.resource("report.css");
        Frame.start(html, title + " · " + word(outcome), title, css, subtitle);
        html.open("section", "id", "verdict", "aria-label", "Verdict");
        html.open("p", "class", "badge " + style);
        html.element("span", sign, "class", "sign", "aria-hidden", "true");
        html.element("span", word(outcome), "class", "word").close("p");
        html.open("ul", "class", "reasons");
        reasons.forEach(r -> html.element("li", HtmlReport.sentence(r)));
        html.close("ul").close("section");
    }

    private String end() {
        return Frame.end(html);
    }

    private void section(String id, Section section) {
        open(id, section.title());
        TablesPart.section(html, section);
        html.close("section");
    }

    private void open(String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title");
        html.element("h2", title, "id", id + "-title");
    }

    private void pictures(TwinPair pair) {
        String name = pair.a().images().firstKey();
        String raw = pair.scannedA().images().firstKey();
        open("pictures", "The same slice");
        html.element(
                "p",
                "Each pair with one window; the difference after the recipe with a window of its own.");
        html.open("div", "class", "plots");
        Volume a = pair.scannedA().image(raw).volume();
        Volume b = pair.scannedB().image(raw).volume();
        both("as scanned", a, b);
        Volume x = pair.a().image(name).volume();
        Volume y = pair.b().image(name).volume();
        both("after the recipe", x, y);
        float[] difference = new float[x.values().length];
        double most = 0;
        for (int v = 0; v < difference.length; v++) {
            difference[v] = x.values()[v] - y.values()[v];
            most = Math.max(most, Math.abs(difference[v]));
        }
        html.open("div", "class", "pair");
        html.open("div", "class", "both");
        picture(
                "a − b after the recipe, black −"
                        + Numbers.power(most, 1)
                        + ", white "
                        + Numbers.power(most, 1)
                        + " "
                        + x.quantity().unit(),
                x.withValues(difference),
                -most,
                most);
        html.close("div").close("div").close("div").close("section");
    }

    private void both(String when, Volume a, Volume b) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (Volume volume : List.of(a, b)) {
            for (float v : volume.values()) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        html.open("div", "class", "pair").open("div", "class", "both");
        picture("a " + when, a, low, high);
        picture("b " + when, b, low, high);
        html.close("div").close("div");
    }

    private void picture(String words, Volume volume, double low, double high) {
        Geometry g = volume.geometry();
        byte[] grey = new byte[g.ni() * g.nj()];
        for (int p = 0; p < grey.length; p++) {
            double v = volume.values()[g.index(0, 0, g.nk() / 2) + p];
            double share = high > low ? (v - low) / (high - low) : 0.5;
            grey[p] = (byte) Math.rint(255 * Math.max(0, Math.min(1, share)));
        }
        html.open("figure");
        html.empty(
                "img",
                "src",
                Png.address(g.ni(), g.nj(), grey),
                "alt",
                words,
                "style",
                "width:100%;image-rendering:pixelated");
        html.element("figcaption", words).close("figure");
    }

    private void residuals(List<Residual> all) {
        open("residuals", "Residual per feature");
        html.element(
                "p",
                "|a − b| over the standard deviation of the feature over the demo's objects, on a"
                        + " scale of powers of ten. Hollow: as measured; full: once voxels in another"
                        + " bin were moved. The line marks 1e-5, the band what lies below.");
        List<RangePlot.Line> lines = new ArrayList<>();
        double high = -4;
        for (Residual r : sorted(all).stream().limit(LINES).toList()) {
            double share = power(r.share());
            double moved = power(r.movedShare());
            high = Math.max(high, share + 0.3);
            lines.add(
                    new RangePlot.Line(
                            r.feature(),
                            false,
                            List.of(
                                    new RangePlot.Point(share, "hollow"),
                                    new RangePlot.Point(moved, "full")),
                            true,
                            Numbers.power(r.share(), 2)));
        }
        html.open("figure", "class", "plot wide");
        double limit = StrictMath.log10(TwinProof.FEATURES);
        RangePlot.draw(
                html,
                LEAST - 0.5,
                high,
                t -> t <= LEAST ? "0" : "1e" + Words.number(t, 0),
                new double[] {limit},
                new double[] {LEAST - 0.5, limit},
                lines,
                "Residual of each feature on a scale of powers of ten");
        html.close("figure").close("section");
    }

    private static double power(double share) {
        return share > 0 && share < Double.POSITIVE_INFINITY
                ? Math.max(LEAST, StrictMath.log10(share))
                : share > 0 ? 9 : LEAST;
    }

    private static List<Residual> sorted(List<Residual> all) {
        List<Residual> rows = new ArrayList<>(all);
        rows.sort(Comparator.comparingDouble((Residual r) -> -r.share()));
        return rows;
    }

    private void ratios(List<Found> found) {
        open("ratios", "Recovered over true");
        html.element(
                "p",
                "The line marks 1, the whole difference; outside 0.9 to 1.1, the band, the recipe is"
                        + " flagged. Bars are 95 % intervals.");
        List<RangePlot.Line> lines = new ArrayList<>();
        double low = 0.8;
        double high = 1.15;
        for (Found f : found) {
            if (f.refused().isEmpty()) {
                low = Math.min(low, f.low() - 0.05);
                high = Math.max(high, f.high() + 0.05);
                String style = f.flag().isPresent() ? "hollow" : "full";
                lines.add(
                        new RangePlot.Line(
                                f.name(),
                                f.flag().isPresent(),
                                List.of(new RangePlot.Point(f.ratio(), f.low(), f.high(), style)),
                                false,
                                Words.number(f.ratio(), 3)
                                        + f.flag().map(w -> " flagged").orElse("")));
            }
        }
        html.open("figure", "class", "plot wide");
        RangePlot.draw(
                html,
                low,
                high,
                t -> Words.number(t, 2),
                new double[] {1},
                new double[] {KnownDifference.FLAG, KnownDifference.INFLATED},
                lines,
                "Recovered over true with its interval");
        html.close("figure").close("section");
    }

    private static Section claims(List<TwinProof.Check> checks) {
        return new Section(
                "Claims",
                "What was to be shown, and what was found; stated: nothing was promised here.",
                List.of("", "claim", "outcome", "found", "limit", "of what"),
                checks.stream()
                        .map(
                                c ->
                                        List.of(
                                                c.name(),
                                                c.claim(),
                                                word(c.outcome()),
                                                c.found(),
                                                c.limit(),
                                                c.detail()))
                        .toList(),
                Optional.empty());
    }

    private static Section flips(List<BinFlips.Flip> flips) {
        return new Section(
                "Voxels in another bin",
                "An edge of a bin lies between the two values, so a difference of rounding became a"
                        + " whole level.",
                List.of("bins", "voxel", "a", "bin", "b", "bin", "from the edge", "residual"),
                flips.stream()
                        .map(
                                f ->
                                        List.of(
                                                f.rule(),
                                                f.i() + " " + f.j() + " " + f.k(),
                                                Numbers.fixed(f.valueA(), 5),
                                                String.valueOf(f.levelA()),
                                                Numbers.fixed(f.valueB(), 5),
                                                String.valueOf(f.levelB()),
                                                Numbers.power(f.awayBins(), 2),
                                                Numbers.power(f.residualBins(), 2)))
                        .toList(),
                Optional.of("Distance and residual in widths of a bin."));
    }

    private static Section features(List<Residual> all) {
        return new Section(
                "All features",
                "Both scanners, largest residual first.",
                List.of("feature", "a", "b", "of its scale", "once moved"),
                sorted(all).stream()
                        .map(
                                r ->
                                        List.of(
                                                r.feature(),
                                                Words.number(r.a()),
                                                Words.number(r.b()),
                                                Numbers.power(r.share(), 2),
                                                Numbers.power(r.movedShare(), 2)))
                        .toList(),
                Optional.empty());
    }
}
