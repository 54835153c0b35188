package org.diapason.judge;

import java.util.List;
import java.util.Optional;

/** Judges of the column {@code site} with fewer draws than the usual ones. */
final class Judges {
    private Judges() {}

    /** Twenty permutations, and no column of size, outcome, prediction or subject. */
    static BiologyAndSite of(
            Optional<String> biology,
            List<String> covariates,
            List<String> shownOnly,
            int bootstraps,
            int halfSplits,
            boolean evidence) {
        return new BiologyAndSite(
                "site",
                biology,
                covariates,
                List.of(),
                shownOnly,
                bootstraps,
                halfSplits,
                20,
                evidence,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
