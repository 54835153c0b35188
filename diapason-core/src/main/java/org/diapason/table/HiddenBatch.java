package org.diapason.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.step.Default;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;

/**
 * Looks in features for groups of exams that no column names, and proposes them as a batch where
 * the acquisition agrees.
 *
 * <p>Of each feature, what protected terms and the known batch leave, as normal scores (ranks), so
 * that skewed features are no groups; their leading principal components; there, mixtures of 2 … K
 * normal groups against one, by the log likelihood of exams held out of the fit ({@link
 * org.diapason.stats.GaussianMixture}). Groups are found where the held-out gain per exam is over
 * twice its standard error, the smallest has its share of exams, and the fits of the folds agree on
 * who is in which.
 *
 * <p><b>Two groups may be biology</b> (responders, a subtype, sexes): they are proposed only where
 * a column of the acquisition, or of a phantom, goes along with them; without they are refused.
 *
 * <p>After Horng and others 2022, Scientific Reports 12:4493, doi:10.1038/s41598-022-08412-9 (GMM
 * ComBat), which takes the feature of the best AIC and harmonizes its two groups.
 *
 * @param batch a known batch column whose effect is taken out first
 * @param protect terms whose effect is taken out first, as in combat
 * @param evidence columns of the acquisition or of a phantom that may explain groups
 * @param features which features to look at, a pattern
 * @param most largest number of groups to try, 2 to 4
 * @param minShare least share of exams in the smallest group
 * @param folds parts of the exams, each held out once
 * @param agreement least Cramér's V or η of a column that agrees; 0.5 is a quarter of the variance
 * @param permutations orders of a column for its p value
 * @param seed of folds, first guesses and orders
 */
public record HiddenBatch(
        @Default("") Optional<String> batch,
        @Default("") List<String> protect,
        @Default("") List<String> evidence,
        @Default("*") String features,
        @Default("3") int most,
        @Default("0.25") double minShare,
        @Default("10") int folds,
        @Default("0.5") double agreement,
        @Default("999") int permutations,
        @Default("1") long seed) {

    public HiddenBatch {
        protect = List.copyOf(protect);
        evidence = List.copyOf(evidence);
        Set<String> named = new HashSet<>(Design.covariates(protect));
        batch.ifPresent(named::add);
        for (String column : evidence) {
            if (column.isBlank() || !named.add(column)) {
                throw new IllegalArgumentException(
                        "evidence names \""
                                + column
                                + "\", which is no column, stands twice or is taken out as batch or"
                                + " protect. Name columns of the acquisition.");
            }
        }
        if (most < 2 || most > 4) {
            throw new IllegalArgumentException("most must be 2 to 4 groups, got " + most);
        }
        if (!(minShare > 0 && minShare <= 0.5)) {
            throw new IllegalArgumentException(
                    "min-share must be over 0 and at most 0.5, got " + minShare);
        }
        if (folds < 3 || folds > 50) {
            throw new IllegalArgumentException("folds must be 3 to 50, got " + folds);
        }
        if (!(agreement > 0 && agreement <= 1)) {
            throw new IllegalArgumentException(
                    "agreement must be over 0 and at most 1, got " + agreement);
        }
        if (permutations < 99) {
            throw new IllegalArgumentException(
                    "permutations must be at least 99, got " + permutations);
        }
    }

    /** The usual settings. */
    public static HiddenBatch of(List<String> protect, List<String> evidence) {
        return new HiddenBatch(Optional.empty(), protect, evidence, "*", 3, 0.25, 10, 0.5, 999, 1);
    }

    /** Returns the columns of the cohort table that are read. */
    public Set<String> cohortColumns() {
        Set<String> columns = new LinkedHashSet<>(Design.covariates(protect));
        batch.ifPresent(columns::add);
        columns.addAll(evidence);
        return columns;
    }

    /**
     * Looks at a table; the order of its rows does not matter.
     *
     * @throws org.diapason.volume.RefusedException if it has fewer than 40 exams or 4 features that
     *     vary, or a protected column is missing
     */
    public Proposal propose(FeatureTable table) {
        return new HiddenSearch(this, table).propose();
    }

    /** What came of it. */
    public enum Verdict {
        /** No groups. */
        NONE,
        /** Groups, and nothing that tells them from biology. */
        REFUSED,
        /** Groups that the acquisition agrees with. */
        PROPOSED
    }

    /**
     * What was found.
     *
     * @param verdict what came of it
     * @param reason of the verdict, a sentence
     * @param exams rows looked at
     * @param features features that vary and were looked at
     * @param components principal components looked at
     * @param candidates a line per number of groups
     * @param groups how many were found, 1 for none
     * @param stability mean share of exams that the fit of a fold puts where the fit of all does
     * @param labels group of each row of the table, {@code h1} the largest; empty for none
     * @param uncertain rows whose group has a probability under 0.9
     * @param evidence a line per column
     * @param apart features by how much their means differ between the groups, the most first
     */
    public record Proposal(
            Verdict verdict,
            String reason,
            int exams,
            int features,
            int components,
            List<Candidate> candidates,
            int groups,
            double stability,
            List<String> labels,
            int uncertain,
            List<Evidence> evidence,
            List<Apart> apart) {
        public Proposal {
            candidates = List.copyOf(candidates);
            labels = List.copyOf(labels);
            evidence = List.copyOf(evidence);
            apart = List.copyOf(apart);
        }

        /** Returns the rows with their group in a column. */
        public FeatureTable with(FeatureTable table, String column) {
            return table.withCovariate(column, new ArrayList<>(labels));
        }
    }

    /**
     * A number of groups.
     *
     * @param groups how many
     * @param gain log likelihood of a held-out exam more than with one group, mean
     * @param error its standard error
     * @param smallest share of the smallest group
     * @param separation least distance of two groups in standard deviations
     */
    public record Candidate(
            int groups, double gain, double error, double smallest, double separation) {}

    /**
     * A column beside the groups.
     *
     * @param column its name
     * @param measure {@code cramers-v} for levels, {@code eta} for numbers
     * @param value 0 … 1, NaN where the column does not vary
     * @param p by permutation, times the number of columns, at most 1
     * @param rows that have the column
     * @param agrees whether it explains the groups
     */
    public record Evidence(
            String column, String measure, double value, double p, int rows, boolean agrees) {}

    /**
     * A feature beside the groups.
     *
     * @param feature its name
     * @param eta of its residuals over the groups, 0 … 1
     * @param gain log likelihood of a held-out exam by two groups in this feature alone more than
     *     by one, mean; skewed features have some too
     * @param error its standard error
     */
    public record Apart(String feature, double eta, double gain, double error) {}
}
