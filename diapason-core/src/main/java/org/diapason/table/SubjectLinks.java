package org.diapason.table;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.diapason.step.Trace;
import org.diapason.volume.RefusedException;

/**
 * Which subjects were measured in which batches: what says whether a batch can be told apart from
 * its subjects.
 *
 * <p>Two batches are linked where a subject was measured in both, or in a chain of such subjects.
 * Batches of one link are compared within subjects, others between subjects only; where no two
 * subjects are of one link, every difference between subjects is one between batches.
 */
final class SubjectLinks {
    private final RepeatedRows rows;
    private final List<TreeSet<Integer>> met = new ArrayList<>();

    /** Batches of each link. */
    private final List<TreeSet<Integer>> links = new ArrayList<>();

    SubjectLinks(RepeatedRows rows) {
        this.rows = rows;
        rows.subjects.forEach(s -> met.add(new TreeSet<>()));
        for (int r = 0; r < rows.batchOf.length; r++) {
            met.get(rows.subjectOf[r]).add(rows.batchOf[r]);
        }
        for (TreeSet<Integer> batches : met) {
            TreeSet<Integer> joined = new TreeSet<>(batches);
            links.stream()
                    .filter(link -> link.stream().anyMatch(batches::contains))
                    .forEach(joined::addAll);
            links.removeIf(joined::containsAll);
            links.add(joined);
        }
    }

    /** Returns how many subjects were measured in several batches. */
    int subjects() {
        return (int) met.stream().filter(b -> b.size() > 1).count();
    }

    void check(LongComBat settings, Trace trace) {
        int n = rows.batchOf.length;
        int count = rows.subjects.size();
        if (count * rows.width() >= n || count < 2) {
            throw new RefusedException(
                    "long-combat: column "
                            + settings.subject()
                            + " names "
                            + count
                            + (count == 1 ? " subject in " : " subjects in ")
                            + n
                            + " exams; a random "
                            + (rows.width() == 1 ? "intercept" : "intercept and slope")
                            + " per subject needs at least two subjects and repeated exams of them."
                            + " Use combat, or add follow-up exams.");
        }
        trace.note("subjects", count);
        trace.note("subjectsInSeveralBatches", subjects());
        if (rows.batches.size() == 1) {
            return;
        }
        String who =
                "long-combat: "
                        + settings.subject()
                        + " and "
                        + settings.batch()
                        + " cannot be told apart: ";
        if (subjects() == 0) {
            throw new RefusedException(
                    who
                            + "no subject was measured in two batches, so a difference between them"
                            + " may be one between their subjects. Use combat, or add exams of the"
                            + " same subjects in two batches.");
        }
        if (links.size() == count) {
            throw new RefusedException(
                    who
                            + "no two subjects were measured in the same batch, so every difference"
                            + " between subjects may be one between batches. Add exams of different"
                            + " subjects in one batch.");
        }
        if (links.size() > 1) {
            trace.warn(
                    "no subject links "
                            + String.join(
                                    " with ", links.stream().map(this::names).sorted().toList())
                            + " of "
                            + settings.batch()
                            + ": these are compared between subjects only. Exams of one subject in"
                            + " both would make it certain.");
        }
    }

    private String names(TreeSet<Integer> batches) {
        return String.join(", ", batches.stream().map(rows.batches::get).toList());
    }
}
