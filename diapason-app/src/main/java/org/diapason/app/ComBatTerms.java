package org.diapason.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.RefusedException;
import picocli.CommandLine.Option;

/** What every command that learns ComBat keeps, and what it must not look at. */
final class ComBatTerms {

    @Option(
            names = "--protect",
            paramLabel = "TERMS",
            description =
                    "What keeps its effect, with commas between: numbers or levels (age), interactions"
                            + " (age:sex), curves (s(bmi), s(bmi,6)); or a formula (~ age*sex + s(bmi)).")
    private List<String> protect = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description =
                    "What will be predicted from what is harmonized: no feature, and not to be"
                            + " protected.")
    private String target;

    /** Returns the protected terms: commas stand between them, but for commas in parentheses. */
    List<String> protect() {
        return split(protect);
    }

    /** Returns the terms of texts with commas between terms. */
    static List<String> split(List<String> texts) {
        List<String> terms = new ArrayList<>();
        for (String text : texts) {
            terms.addAll(Arrays.asList(text.split(",(?![^(]*\\))", -1)));
        }
        return terms.stream().map(String::strip).toList();
    }

    Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /** Says whether a protected term looks at the target. */
    boolean leaks() {
        return target != null && ComBatTarget.isProtected(target, protect());
    }

    /**
     * Refuses to protect the target.
     *
     * @param otherwise what else can be done than to leave it out, behind a semicolon; empty for
     *     nothing
     */
    void refuseLeak(String otherwise) {
        if (leaks()) {
            throw new RefusedException(
                    "--protect names "
                            + target
                            + ", which is to be predicted: every row would be moved by its own answer,"
                            + " and a prediction tested on it would look better than it is. Leave "
                            + target
                            + " out of --protect"
                            + otherwise
                            + ".");
        }
    }
}
