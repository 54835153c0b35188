package org.diapason.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.diapason.report.Distribution;
import org.diapason.report.Report;
import org.diapason.report.Section;
import org.diapason.step.Judgement;

/**
 * Lays a report out as one HTML file: no network, no address of a script or style sheet, readable
 * without scripts, on paper, in the dark and by keyboard. The same report gives the same bytes.
 */
public final class HtmlReport {
    private final Report report;
    private final Html html = new Html();
    private final Sites sites;
    private final RegisteredPart registered;

    private HtmlReport(Report report, RegisteredPart registered) {
        this.report = report;
        this.registered = registered;
        this.sites = new Sites(report.cohort());
    }

    /** Writes the page; a file of that name is replaced. */
    public static void write(Path file, Report report) {
        write(file, report, RegisteredPart.NONE);
    }

    /** Writes the page of a run that registered images. */
    public static void write(Path file, Report report, RegisteredPart registered) {
        try {
            Files.writeString(file, html(report, registered));
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + file, e);
        }
    }

    /** Returns the page, well-formed as XML too. */
    public static String html(Report report) {
        return html(report, RegisteredPart.NONE);
    }

    static String html(Report report, RegisteredPart registered) {
        return new HtmlReport(report, registered).page();
    }

    private String page() {
        html.open("html", "lang", "en");
        String more = registered.pairs().isEmpty() ? "" : resource("registration.css");
        String title = report.title() + " · " + word();
        Frame.head(html, title, resource("report.css") + more, "; script-src 'unsafe-inline'");
        Frame.heading(html, report.title());
        html.element("p", subtitle(), "class", "muted").close("div");
        contents();
        html.close("header").open("main", "id", "report");
        verdict();
        outcomes();
        pictures();
        site();
        biology();
        extra();
        registered();
        TablesPart.cohort(html, report, sites);
        open("steps", "Steps and what they decided");
        StepsPart.draw(html, report, sites);
        html.close("section");
        TablesPart.warnings(html, report);
        TablesPart.lost(html, report);
        methods();
        html.close("main");
        html.element(
                "footer",
                "Diapason "
                        + report.version()
                        + ", seed "
                        + report.seed()
                        + ". This file holds everything it shows and opens no connection.");
        html.verbatim("script", resource("report.js"));
        html.close("body").close("html");
        return html.page();
    }

    private String subtitle() {
        int batches = report.cohort().rows().size();
        String column = report.cohort().batchColumn();
        String by = ", " + batches + (batches == 1 ? " batch" : " batches") + " by " + column;
        return Words.count(report.counts().in(), "exam")
                + (column.isEmpty() ? "" : by)
                + " · Diapason "
                + report.version();
    }

    private void contents() {
        html.open("nav", "aria-label", "Contents").open("ul");
        link("verdict", "Verdict");
        link("outcomes", "Exams");
        if (!report.pictures().isEmpty()) {
            link("pictures", "Pictures");
        }
        link("site", "Site effect");
        link("biology", "Biology");
        for (int n = 0; n < report.extra().size(); n++) {
            link("extra-" + n, report.extra().get(n).title());
        }
        if (!registered.pairs().isEmpty()) {
            link("registered", "Registered images");
        }
        link("cohort", "Cohort");
        link("steps", "Steps");
        link("warnings", "Warnings");
        link("lost", "Refused and failed");
        link("methods", "Methods");
        html.close("ul").close("nav");
    }

    private void link(String id, String text) {
        html.open("li").element("a", text, "href", "#" + id).close("li");
    }

    private void open(String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title");
        html.element("h2", title, "id", id + "-title");
    }

    private String word() {
        return report.refusal().isPresent()
                ? "stopped"
                : Judgement.together(report.judgements()).text();
    }

    private void verdict() {
        html.open("section", "id", "verdict", "aria-label", "Verdict");
        if (report.refusal().isPresent()) {
            badge("harm", "✕", "stopped");
            html.open("div")
                    .element(
                            "p",
                            "The run was stopped before the features were harmonized: a step refused this"
                                    + " cohort. What was computed until then is shown below.",
                            "class",
                            "meaning");
            html.open("ul", "class", "reasons").element("li", sentence(report.refusal().get()));
            html.close("ul").close("div");
        } else if (report.judgements().isEmpty() && !learned()) {
            Judgement.Verdict none = Judgement.Verdict.NOT_JUDGED;
            badge(Verdicts.style(none), Verdicts.sign(none), none.text());
            html.element("p", Verdicts.NOTHING_LEARNED, "class", "meaning");
        } else if (report.judgements().isEmpty()) {
            judgement(
                    Judgement.Verdict.NOT_JUDGED, List.of("The recipe names no judge."), Map.of());
        }
        if (!report.judgements().isEmpty()) {
            List<String> reasons = new ArrayList<>();
            report.judgements().forEach(j -> reasons.addAll(j.reasons()));
            judgement(
                    Judgement.together(report.judgements()),
                    reasons,
                    report.judgements().get(0).figures());
        }
        html.close("section");
    }

    private void judgement(
            Judgement.Verdict verdict, List<String> reasons, Map<String, Double> figures) {
        badge(Verdicts.style(verdict), Verdicts.sign(verdict), verdict.text());
        html.open("div");
        html.element("p", Verdicts.meaning(verdict), "class", "meaning");
        JudgementPart.headline(html, figures);
        html.open("ul", "class", "reasons");
        reasons.forEach(r -> html.element("li", sentence(r)));
        html.close("ul").close("div");
    }

    private void badge(String style, String sign, String word) {
        html.open("p", "class", "badge " + style);
        html.element("span", sign, "class", "sign", "aria-hidden", "true");
        html.element("span", word, "class", "word").close("p");
    }

    private void outcomes() {
        Report.Counts c = report.counts();
        open("outcomes", "Exams");
        html.open("p", "class", "sum");
        html.element("b", String.valueOf(c.in())).text(" in = ");
        html.element("b", String.valueOf(c.done()), "class", "done").text(" done + ");
        html.element("b", String.valueOf(c.refused()), "class", "refused").text(" refused + ");
        html.element("b", String.valueOf(c.failed()), "class", "failed").text(" failed");
        html.close("p");
        html.open("div", "class", "stack", "aria-hidden", "true");
        part("done", c.done(), c.in());
        part("refused", c.refused(), c.in());
        part("failed", c.failed(), c.in());
        html.close("div");
        html.open("p", "class", "muted");
        html.text(
                "Refused: the exam is sound but a step must not be applied to it. Failed: a file is"
                        + " missing, broken or contradictory. ");
        html.element("a", "Each with its reason", "href", "#lost").text(".").close("p");
        html.close("section");
    }

    private void part(String style, long n, long all) {
        if (n > 0) {
            String share = Words.number(100.0 * n / all, 2);
            html.element("span", "", "class", style, "style", "width:" + share + "%");
        }
    }

    private void pictures() {
        if (report.pictures().isEmpty()) {
            return;
        }
        open("pictures", "Before and after");
        html.open("p").text("The same place of the same patient. Point at ");
        html.element("em", "after").text(" to see ").element("em", "before");
        html.element("span", " in its place; space flickers, o hides outlines", "class", "js");
        html.text(". Outlined: what was measured.").close("p");
        SlicePictures.draw(html, report.pictures(), sites);
        html.close("section");
    }

    private void site() {
        open("site", "Site effect, before and after");
        JudgementPart.siteShares(html, report);
        if (!report.distributions().isEmpty()) {
            html.element("h3", "Headline features per " + report.cohort().batchColumn());
            sites.legend(html);
            html.open("div", "class", "plots");
            for (Distribution feature : report.distributions()) {
                new StripPlot(feature, sites).draw(html);
            }
            html.close("div");
            html.element(
                    "p",
                    "Each point is an exam; boxes are quartiles, lines medians. Differences between"
                            + " sites hold scanner and patients: where the patients differ, sites"
                            + " should not look alike even when the scanner is gone. "
                            + (learned()
                                    ? "In-sample: steps were learned from these exams."
                                    : "Nothing was learned from these exams."),
                    "class",
                    "muted");
        }
        html.close("section");
    }

    private boolean learned() {
        return report.operations().stream().anyMatch(o -> !o.learned().isEmpty());
    }

    private void biology() {
        open("biology", "Biology kept");
        Set<String> primary =
                report.distributions().stream()
                        .filter(Distribution::primary)
                        .map(Distribution::feature)
                        .collect(Collectors.toSet());
        for (Judgement judgement : report.judgements()) {
            boolean first = judgement == report.judgements().get(0);
            if (!JudgementPart.kept(html, judgement, primary) && first) {
                html.element(
                        "p",
                        judgement.verdict() == Judgement.Verdict.NOT_JUDGED
                                ? "Nothing says what must be kept, so this was not judged."
                                : "No feature has an effect of biology that could be judged.");
            }
            FrontierPlot.draw(html, judgement.figures());
            JudgementPart.figures(html, judgement);
            JudgementPart.table(html, judgement);
        }
        if (report.judgements().isEmpty()) {
            html.element("p", "Not judged.");
        }
        html.close("section");
    }

    private void extra() {
        for (int n = 0; n < report.extra().size(); n++) {
            Section section = report.extra().get(n);
            open("extra-" + n, section.title());
            TablesPart.section(html, section);
            html.close("section");
        }
    }

    private void registered() {
        if (!registered.pairs().isEmpty()) {
            open("registered", "Registered images, before and after");
            registered.draw(html);
            html.close("section");
        }
    }

    private void methods() {
        open("methods", "Methods and versions");
        html.element("p", String.join(" ", report.methods().sentences()), "class", "methods");
        if (!report.methods().references().isEmpty()) {
            html.element("h3", "References").open("ol", "class", "references");
            report.methods().references().forEach(r -> html.element("li", r));
            html.close("ol");
        }
        html.open("dl", "class", "settings");
        html.open("div").element("dt", "Diapason").element("dd", report.version()).close("div");
        html.open("div").element("dt", "seed");
        html.element("dd", String.valueOf(report.seed())).close("div");
        html.close("dl").close("section");
    }

    static String sentence(String text) {
        boolean word = text.length() > 1 && Character.isLetter(text.charAt(1));
        return word ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : text;
    }

    static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the product lacks " + name, e);
        }
    }
}
