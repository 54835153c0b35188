package org.diapason.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.report.Decided;
import org.diapason.report.OperationSummary;
import org.diapason.report.Report;
import org.diapason.report.SettingText;

/** Lists the operations with their settings and the numbers they decided. */
final class StepsPart {
    private static final int WORDS = 6;
    private static final int NUMBERS = 40;
    private static final int SITES = 6;
    private static final Map<String, String> STATIONS =
            Map.of(
                    "images", "image step",
                    "features", "features",
                    "table", "table step",
                    "judge", "judge");

    private StepsPart() {}

    static void draw(Html html, Report report, Sites sites) {
        html.open("ol", "class", "steps");
        for (OperationSummary operation : report.operations()) {
            html.open("li");
            html.open("h3").element("code", operation.name());
            html.element("span", STATIONS.get(operation.station()), "class", "tag");
            html.close("h3");
            html.element("p", operation.summary());
            settings(html, operation);
            if (!operation.learned().isEmpty()) {
                html.open("p").text("Learned ").element("code", operation.learned());
                html.text(operation.learnedSummary().isEmpty() ? "." : ": ");
                html.text(lower(operation.learnedSummary())).close("p");
            }
            decided(html, "from the whole cohort", operation.fromCohort(), List.of(), sites);
            List<String> names = sites.names().size() <= SITES ? sites.names() : List.of();
            decided(html, "for each exam", operation.fromExams(), names, sites);
            html.close("li");
        }
        html.close("ol");
    }

    private static void settings(Html html, OperationSummary operation) {
        if (operation.settings().isEmpty()) {
            return;
        }
        html.open("dl", "class", "settings");
        operation
                .settings()
                .forEach(
                        (key, value) -> {
                            String text = SettingText.of(value);
                            html.open("div").element("dt", key);
                            html.element("dd", text.isEmpty() ? "none" : text).close("div");
                        });
        html.close("dl");
    }

    private static void decided(
            Html html, String what, List<Decided> all, List<String> names, Sites sites) {
        List<Decided.Spread> numbers = new ArrayList<>();
        List<Decided.Words> words = new ArrayList<>();
        for (Decided one : all) {
            if (one instanceof Decided.Spread spread) {
                numbers.add(spread);
            } else {
                words.add((Decided.Words) one);
            }
        }
        boolean single = numbers.stream().allMatch(s -> s.count() + s.undefined() == 1);
        if (all.isEmpty()) {
            return;
        }
        html.element("p", "Decided " + what + ":", "class", "muted what");
        if (single) {
            html.open("dl", "class", "settings");
            numbers.forEach(s -> single(html, s));
            words.forEach(w -> words(html, w));
            html.close("dl");
            return;
        }
        html.open("div", "class", "scroll", "tabindex", "0").open("table");
        head(html, names, sites);
        html.open("tbody");
        numbers.stream().limit(NUMBERS).forEach(s -> row(html, s, names));
        html.close("tbody").close("table").close("div");
        if (numbers.size() > NUMBERS) {
            html.element(
                    "p", (numbers.size() - NUMBERS) + " more are in the traces.", "class", "muted");
        }
        if (!words.isEmpty()) {
            html.open("dl", "class", "settings words");
            words.forEach(w -> words(html, w));
            html.close("dl");
        }
    }

    private static void single(Html html, Decided.Spread spread) {
        html.open("div").element("dt", Words.label(spread.key()), "title", spread.key());
        html.element("dd", Words.number(spread.median()) + " " + Words.unit(spread.key()));
        html.close("div");
    }

    private static void head(Html html, List<String> names, Sites sites) {
        html.open("thead").open("tr").element("th", "number", "scope", "col");
        html.element("th", "unit", "scope", "col");
        for (String column : List.of("values", "min", "median", "max")) {
            html.element("th", column, "scope", "col", "class", "num");
        }
        for (String name : names) {
            html.element(
                    "th",
                    "median " + sites.letter(name),
                    "scope",
                    "col",
                    "class",
                    "num",
                    "title",
                    name);
        }
        html.close("tr").close("thead");
    }

    private static void row(Html html, Decided.Spread spread, List<String> names) {
        html.open("tr");
        html.element("th", Words.label(spread.key()), "scope", "row", "title", spread.key());
        html.element("td", Words.unit(spread.key()), "class", "muted");
        double[] values = new double[3 + names.size()];
        values[0] = spread.min();
        values[1] = spread.median();
        values[2] = spread.max();
        for (int n = 0; n < names.size(); n++) {
            values[3 + n] = spread.medianByBatch().getOrDefault(names.get(n), Double.NaN);
        }
        String undefined = spread.undefined() == 0 ? "" : " + " + spread.undefined() + " undefined";
        html.element("td", spread.count() + undefined, "class", "num muted");
        Words.alike(values).forEach(t -> html.element("td", t, "class", "num"));
        html.close("tr");
    }

    private static void words(Html html, Decided.Words words) {
        html.open("div").element("dt", Words.label(words.key()));
        List<String> texts = new ArrayList<>();
        long many = words.counts().size();
        long all = words.counts().values().stream().mapToLong(Long::longValue).sum();
        words.counts().entrySet().stream()
                .limit(WORDS)
                .forEach(
                        e ->
                                texts.add(
                                        all == 1 || many == 1
                                                ? e.getKey()
                                                : e.getKey() + " (" + e.getValue() + ")"));
        String more = many > WORDS ? " … and " + (many - WORDS) + " more" : "";
        html.element("dd", String.join("; ", texts) + more).close("div");
    }

    private static String lower(String sentence) {
        boolean word = sentence.length() > 1 && Character.isLowerCase(sentence.charAt(1));
        return word ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
    }
}
