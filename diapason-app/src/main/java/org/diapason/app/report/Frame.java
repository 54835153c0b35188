package org.diapason.app.report;

/** What every page begins and ends with: a head that lets nothing be loaded, our name, a footer. */
final class Frame {
    private static final String NOTHING_LOADED =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private Frame() {}

    /** Writes the head; {@code policy} is what the page may do beyond showing itself. */
    static void head(Html html, String title, String css, String policy) {
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                NOTHING_LOADED + policy);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", title);
        html.verbatim("style", css).close("head");
    }

    /** Begins the body with our name and the heading, whose division stays open. */
    static void heading(Html html, String heading) {
        html.open("body");
        html.element("a", "Skip to the report", "href", "#report", "class", "skip");
        html.open("header").open("div").element("p", "Diapason", "class", "brand");
        html.element("h1", heading);
    }

    /** Begins a page without scripts, down to its open {@code main}. */
    static void start(Html html, String title, String heading, String css, String... muted) {
        html.open("html", "lang", "en");
        head(html, title, css, "");
        heading(html, heading);
        for (String line : muted) {
            html.element("p", line, "class", "muted");
        }
        html.close("div").close("header").open("main", "id", "report");
    }

    /** Ends what {@link #start} began and returns the page. */
    static String end(Html html) {
        html.close("main");
        html.element("footer", "This file holds everything it shows and opens no connection.");
        return html.close("body").close("html").page();
    }
}
