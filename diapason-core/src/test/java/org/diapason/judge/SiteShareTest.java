package org.diapason.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.diapason.volume.FeatureTable;
import org.junit.jupiter.api.Test;

class SiteShareTest {
    private static final double[] UNEVEN = {0.2, 0.5, 0.8};

    /**
     * One normal feature, three sites of 20: ω² = 2(F − 1)/(2F + 58), and R's qf(0.95, 2, 57) is
     * 3.158843. 4000 orders leave a standard error of 0.0025.
     */
    @Test
    void theLimitIsThatOfTheFTestForOneNormalFeature() {
        FeatureTable table = Simulation.cohort(21, 1, 20, UNEVEN, 0, 0);
        Panel panel = new Panel(table, coding(table, Optional.empty(), List.of()));
        double limit = SiteShare.permutationLimit(panel, 4000, 5, f -> true);
        assertEquals(2 * (3.158843 - 1) / (2 * 3.158843 + 58), limit, 0.0075);
    }

    /** A strong effect of disease, which goes along with the site, is not taken for the site's. */
    @Test
    void biologyThatGoesAlongWithTheSiteDoesNotMoveTheLimit() {
        FeatureTable plain = Simulation.cohort(22, 20, 20, UNEVEN, 0, 0);
        FeatureTable ill = Simulation.cohort(22, 20, 20, UNEVEN, 50, 0);
        assertEquals(limit(plain), limit(ill), 1e-9);
    }

    @Test
    void featuresThatDoNotCountDoNotEnterTheMedian() {
        FeatureTable table = Simulation.cohort(23, 4, 20, UNEVEN, 0, 3);
        double all = SiteShare.of(table, "site", Optional.of("disease"), List.of("age"), f -> true);
        double one =
                SiteShare.of(
                        table, "site", Optional.of("disease"), List.of("age"), f -> f.equals("f2"));
        Panel panel = new Panel(table, coding(table, Optional.of("disease"), List.of("age")));
        assertEquals(panel.siteShare(2), one);
        assertTrue(all != one);
    }

    private static double limit(FeatureTable table) {
        Panel panel = new Panel(table, coding(table, Optional.of("disease"), List.of("age")));
        return SiteShare.permutationLimit(panel, 40, 5, f -> true);
    }

    private static Coding coding(
            FeatureTable table, Optional<String> biology, List<String> covariates) {
        return Coding.of(table, "site", biology, covariates);
    }
}
