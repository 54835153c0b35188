package org.diapason.decision;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.diapason.step.Default;

/**
 * Who speaks of a finding, and by which rules what they say is put together.
 *
 * @param finding what is to be decided, in the words of the experts
 * @param truth the column that knows, where there is one: half of its rows calibrate, the others
 *     judge
 * @param prior the probability of the finding where the decisions are to hold; without it the share
 *     in the calibration half
 * @param threshold from which probability on the answer is yes
 * @param conflict from which conflict mass on a row is marked as conflicting
 * @param experts who speaks, by name
 * @param rules how they are put together, by name
 */
public record DecisionPlan(
        String finding,
        Optional<Truth> truth,
        OptionalDouble prior,
        @Default("0.5") double threshold,
        @Default("0.5") double conflict,
        SortedMap<String, Expert> experts,
        SortedMap<String, DecisionRule> rules) {

    public DecisionPlan {
        if (finding.isBlank()) {
            throw new IllegalArgumentException("finding needs a name, as in finding: malignant");
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException(
                    "no rule is named, as in rules: {together: {bayes: {}}}");
        }
        open("prior", prior.orElse(0.5));
        open("threshold", threshold);
        if (!(conflict >= 0 && conflict <= 1)) {
            throw new IllegalArgumentException("conflict must be 0 to 1, got " + conflict);
        }
    }

    private static void open(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and below 1, got " + share);
        }
    }

    /**
     * The column that knows, and how its rows are parted.
     *
     * @param column 0 and 1, or two words
     * @param positive the word for yes, where it is not plain
     * @param patient the column of patients: their rows stay in one half
     * @param share of patients (of rows, where none are named) that calibrate; 0 where nothing is
     *     to be learned
     * @param seed of the drawing
     */
    public record Truth(
            String column,
            Optional<String> positive,
            Optional<String> patient,
            @Default("0.5") double share,
            @Default("1") long seed) {
        public Truth {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "share must be 0 or more and below 1, got " + share);
            }
        }
    }
}
