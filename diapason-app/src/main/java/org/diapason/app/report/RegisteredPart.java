package org.diapason.app.report;

import java.util.List;

/**
 * The part of a run's report that shows registered images before and after, the worst ones first.
 *
 * @param pairs drawn, one after the other
 * @param more how many were registered and are not drawn
 */
public record RegisteredPart(List<RegisteredPair> pairs, int more) {
    /** Nothing was registered. */
    static final RegisteredPart NONE = new RegisteredPart(List.of(), 0);

    public RegisteredPart {
        pairs = List.copyOf(pairs);
    }

    /** Draws each pair to be opened; the first is open. */
    void draw(Html html) {
        html.element(
                "p",
                "Those to be looked at first, in the mid planes of the image that stayed; refused"
                        + " ones as they were read, through the linear part of what was found. "
                        + RegistrationPage.CANNOT_TELL);
        for (int n = 0; n < pairs.size(); n++) {
            RegisteredPair pair = pairs.get(n);
            if (n == 0) {
                html.open("details", "class", "registered", "open", "open");
            } else {
                html.open("details", "class", "registered");
            }
            html.open("summary")
                    .element("b", pair.title())
                    .text(" · " + pair.lengths().said(pair.words()));
            html.close("summary");
            new RegistrationPictures(
                            html,
                            "r" + n + "-",
                            pair.lengths(),
                            pair.fixed(),
                            pair.before(),
                            pair.after())
                    .draw(pair.transform());
            html.close("details");
        }
        if (more > 0) {
            html.element(
                    "p",
                    Words.count(more, "more registered image")
                            + " not drawn, to keep this file small. diapason register FIXED MOVING"
                            + " with --report draws any.",
                    "class",
                    "muted");
        }
    }
}
