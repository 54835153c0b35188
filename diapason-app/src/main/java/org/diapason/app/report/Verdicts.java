package org.diapason.app.report;

import org.diapason.step.Judgement.Verdict;

/** What the five words of a judgement mean to whoever reads only this far. */
final class Verdicts {
    static final String NOTHING_LEARNED =
            "Nothing was learned from these exams, so there was nothing to judge. Where they went"
                    + " through what an earlier run had learned, the verdict of that run holds.";

    private Verdicts() {}

    static String style(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better";
            case NO_CHANGE -> "same";
            case HARM -> "harm";
            case CANNOT_BE_JUDGED -> "unsure";
            case NOT_JUDGED -> "none";
        };
    }

    /** A sign beside the word, so that colour is never the only difference. */
    static String sign(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "✓";
            case NO_CHANGE -> "=";
            case HARM -> "✕";
            case CANNOT_BE_JUDGED -> "?";
            case NOT_JUDGED -> "–";
        };
    }

    static String meaning(Verdict verdict) {
        return switch (verdict) {
            case BETTER ->
                    "Most of what told the sites apart is gone, and the effect of biology came"
                            + " through. The harmonized features may be pooled over these sites"
                            + " for the question judged here, and for no other.";
            case NO_CHANGE ->
                    "There was no site effect to remove, or less than half of it went. No harm was"
                            + " found, but harmonizing gained little: the features as they came"
                            + " serve as well.";
            case HARM ->
                    "Harmonizing changed the effect it was told to keep: it was erased or inflated"
                            + " beyond 10 %. Do not use the harmonized features; the reasons below"
                            + " say which features, and the methods which columns were protected.";
            case CANNOT_BE_JUDGED ->
                    "Too few features show an effect of biology clear enough to tell whether it was"
                            + " kept. That is no proof of harm and none of safety: more exams are"
                            + " needed.";
            case NOT_JUDGED ->
                    "Whether biology was kept has not been asked. Name what must not be lost"
                            + " (biology, under judge in the recipe) to have it judged; until then"
                            + " a smaller site effect alone proves nothing.";
        };
    }
}
