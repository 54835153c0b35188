package org.diapason.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.volume.Affine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeadTest {
    private static final Affine AWAY = Affine.shift(9, -7, 5);

    private static Metric metric(Registration.Metric of) {
        Registration settings =
                new Registration(Registration.Model.RIGID, 64, 100_000, 1, of, false);
        Pair pair =
                Pair.of(
                        Scenes.of(0, Scenes.GRID, Affine.IDENTITY, 2),
                        Scenes.of(
                                of == Registration.Metric.SSD ? 0 : 1,
                                Scenes.GRID,
                                Affine.IDENTITY,
                                2),
                        Optional.empty(),
                        settings);
        return pair.metric(pair.samples(1, 20_000), 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MUTUAL_INFORMATION", "SSD"})
    void whatTheBoxesAddIsTheMetric(Registration.Metric of) {
        Metric metric = metric(of);
        for (Affine at : new Affine[] {Affine.IDENTITY, AWAY}) {
            double sum = Arrays.stream(metric.shares(at)).sum();
            assertEquals(metric.value(at), sum, 1e-6 * Math.abs(sum));
        }
    }

    /** The truth fits in every box; what it leads by is a share of the metric for both of them. */
    @ParameterizedTest
    @EnumSource(names = {"MUTUAL_INFORMATION", "SSD"})
    void theTruthLeadsClearlyAndBackwardsItDoesNot(Registration.Metric of) {
        Metric metric = metric(of);
        Lead lead = Lead.of(metric, Affine.IDENTITY, AWAY);
        assertTrue(lead.deviations() > 3, lead.toString());
        assertTrue(lead.share() > 0.3 && lead.share() <= 1, lead.toString());
        Lead back = Lead.of(metric, AWAY, Affine.IDENTITY);
        assertEquals(-lead.share(), back.share(), 1e-12);
        assertEquals(-lead.deviations(), back.deviations(), 1e-9);
        assertEquals(0, Lead.of(metric, AWAY, AWAY).deviations());
    }
}
