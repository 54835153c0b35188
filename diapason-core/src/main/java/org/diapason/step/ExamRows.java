package org.diapason.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Quantity;

/**
 * The rows that the extractors of a recipe measure in one exam, and what must be known of them: set
 * by a normalization, of values that are no quantity, measured before a transform was applied.
 */
record ExamRows(Recipe recipe) {

    /** Measures an exam; each extractor writes into a child of the trace. */
    FeatureTable of(Exam exam, Trace trace) {
        List<FeatureTable> tables = new ArrayList<>();
        for (Extractor extractor : recipe.features()) {
            String name = Names.of(extractor);
            Trace child = trace.child(name);
            mark(exam, extractor, child);
            label(exam, extractor, trace, child);
            if (exam.carriesTransform(extractor.image())) {
                child.warn(
                        "exam "
                                + exam.id()
                                + ", image "
                                + extractor.image()
                                + ": it was registered and is measured where it lay before, as"
                                + " nothing has put it on a grid since. Add common-grid after the"
                                + " registration, or take the registration out.");
            }
            tables.add(Blame.on(name, () -> extractor.apply(exam, child)));
        }
        return FeatureTable.join(tables);
    }

    /** Says which features are set by the normalization and so say nothing of the patient. */
    private void mark(Exam exam, Extractor extractor, Trace trace) {
        for (Operation<Exam> operation : recipe.images()) {
            operation
                    .fixes(extractor.image(), extractor.mask())
                    .ifPresent(
                            what -> {
                                String who = extractor.image() + "." + extractor.mask();
                                trace.note(who + ".fixedBy", Names.of(operation));
                                trace.warn(
                                        "exam "
                                                + exam.id()
                                                + ", image "
                                                + extractor.image()
                                                + ": "
                                                + what
                                                + " in mask "
                                                + extractor.mask()
                                                + " is what "
                                                + Names.of(operation)
                                                + " made it, the same in every exam. Measure in"
                                                + " another mask than the one that normalizes.");
                            });
        }
    }

    /** Says which features are of values that are no quantity. */
    private void label(Exam exam, Extractor extractor, Trace whole, Trace trace) {
        Optional<String> found =
                recipe.lineage(extractor.image()).stream()
                        .map(Recipe::notQuantitative)
                        .flatMap(key -> whole.children().stream().map(c -> c.notes().get(key)))
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .findFirst();
        found.ifPresent(
                why -> {
                    trace.note(Recipe.notQuantitative(extractor.image()), why);
                    if (exam.image(extractor.image()).volume().quantity() == Quantity.FUSED) {
                        return; // whoever measures in it warns, as of a file that says so
                    }
                    trace.warn(
                            "exam "
                                    + exam.id()
                                    + ", image "
                                    + extractor.image()
                                    + ": its values are not quantitative ("
                                    + why
                                    + "), so its features have no unit. Harmonize them before"
                                    + " scanners are compared.");
                });
    }
}
