package org.diapason.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.diapason.fusion.Fusion;
import org.diapason.fusion.Min;
import org.diapason.fusion.Scale;
import org.diapason.fusion.Swt;
import org.diapason.fusion.Weighted;
import org.diapason.math.Parallel;
import org.diapason.phantom.DetectionScores.Compared;
import org.diapason.phantom.DetectionScores.Verdict;
import org.diapason.phantom.FusionDetection.Anatomy;
import org.diapason.phantom.LesionDetection.Modality;
import org.diapason.stats.DeLong;
import org.diapason.volume.Numbers;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

class FusionDetectionTest {
    private static final Modality PET = new Modality("pet", 6, 2, 5);
    private static final Modality MR = new Modality("mr", 6, 3, 9);

    private static FusionDetection experiment(
            Modality first, Modality second, Anatomy anatomy, double shift, int images, long seed) {
        return new FusionDetection(
                first, second, 5, 2, 32, anatomy, shift, Scale.AS_IS, images, seed);
    }

    private static double closed(double separation) {
        return new NormalDistribution().cumulativeProbability(separation / Math.sqrt(2));
    }

    /**
     * What is left of d' when p weights are learnt from n rows: d' / √((1 + 4p/(n d'²)) n/(n − p)),
     * Raudys and Young 2004, J. Multivariate Analysis 89(1):1–35,
     * doi:10.1016/S0047-259X(02)00021-0.
     */
    private static double learnt(double d, int p, double n) {
        return d / Math.sqrt((1 + 4 * p / (n * d * d)) * n / (n - p));
    }

    private static Weighted weights(double... w) {
        return new Weighted(Optional.of(Numbers.of(w)));
    }

    private static Verdict verdict(DetectionScores found, String name) {
        return found.compared().stream()
                .filter(c -> c.name().equals(name))
                .map(Compared::verdict)
                .findFirst()
                .orElseThrow();
    }

    // white noise and one response: the best weights are contrast/σ², and d'² = d₁² + d₂²; five
    // studies, since 2 standard errors are passed by chance in one of twenty areas
    @Test
    void areasAreThoseOfTheIdealObserver() {
        Map<String, Double> off = new TreeMap<>();
        Map<String, Double> variance = new TreeMap<>();
        for (int seed = 1; seed <= 5; seed++) {
            DetectionScores found =
                    experiment(PET, MR, Anatomy.NONE, 0, 6000, seed)
                            .find(Map.of("weighted", weights(2 / 25.0, 3 / 81.0)));
            double pet = found.separations().get("pet");
            double mr = found.separations().get("mr");
            assertEquals(2 / 5.0 / (3 / 9.0), pet / mr, 1e-6, "one lesion, two contrasts");
            assertTrue(pet > 0.5 && pet < 2, "neither chance nor certainty, d' " + pet);
            double both = Math.hypot(pet, mr);
            Map<String, Double> expected =
                    Map.of("pet", pet, "mr", mr, "weighted", both, FusionDetection.TOGETHER, both);
            expected.forEach(
                    (name, d) -> {
                        DeLong area = found.area(name);
                        assertEquals(1500, area.positives());
                        boolean together = name.equals(FusionDetection.TOGETHER);
                        int p = (together ? 2 : 1) * FusionDetection.CHANNELS;
                        double ideal = closed(learnt(d, p, 3000));
                        assertEquals(closed(d), ideal, 0.005, "little is lost by learning");
                        off.merge(name, area.auc() - ideal, Double::sum);
                        variance.merge(name, area.variance(), Double::sum);
                    });
            assertEquals("pet", found.best());
            assertEquals(Verdict.GAIN, verdict(found, "weighted"));
            assertEquals(Verdict.GAIN, verdict(found, FusionDetection.TOGETHER));
        }
        off.forEach(
                (name, sum) ->
                        assertEquals(0, sum / 5, 2 * Math.sqrt(variance.get(name)) / 5, name));
    }

    // the mean with an image of noise alone, as noisy: d' falls by √2
    @Test
    void aRuleThatHarmsIsReportedAsHarm() {
        Modality useless = new Modality("mr", 6, 0, 5);
        DetectionScores found =
                experiment(PET, useless, Anatomy.NONE, 0, 4000, 4)
                        .find(Map.of("weighted", new Weighted()));
        DeLong area = found.area("weighted");
        double d = found.separations().get("pet") / Math.sqrt(2);
        assertEquals(closed(d), area.auc(), 2 * area.standardError());
        assertEquals("pet", found.best());
        assertEquals(Verdict.HARM, verdict(found, "weighted"));
        assertEquals(Verdict.NOT_SHOWN, verdict(found, FusionDetection.TOGETHER));
    }

    @Test
    void whatIsComparedIsAdjustedForAllThatAre() {
        DetectionScores found =
                experiment(PET, MR, Anatomy.NONE, 0, 800, 5)
                        .find(new TreeMap<>(Map.of("min", new Min(), "swt", new Swt())));
        List<Compared> all = found.compared();
        assertEquals(
                List.of(FusionDetection.TOGETHER, "min", "swt"),
                all.stream().map(Compared::name).toList());
        double least = all.stream().mapToDouble(c -> c.difference().p()).min().orElseThrow();
        double adjusted = all.stream().mapToDouble(Compared::adjusted).min().orElseThrow();
        assertEquals(Math.min(1, 3 * least), adjusted, 1e-12);
        assertEquals(
                found.area("min").auc() - found.area(found.best()).auc(),
                all.get(1).difference().difference(),
                1e-12);
    }

    @Test
    void anatomyHasTheSpreadThatWasAskedForAndBothShowIt() {
        Modality still = new Modality("pet", 6, 0, 1e-6);
        Modality inverted = new Modality("mr", 6, 0, 1e-6);
        DetectionPairs pairs =
                new DetectionPairs(experiment(still, inverted, new Anatomy(8, 3, -2), 0, 400, 6));
        double squares = 0;
        int count = 0;
        for (int n = 0; n < 100; n++) {
            float[][] pair = pairs.draw(n, false);
            for (int v = 0; v < pair[0].length; v++, count++) {
                squares += (double) pair[0][v] * pair[0][v];
                assertEquals(-2 / 3.0 * pair[0][v], pair[1][v], 1e-4);
            }
        }
        // patches of 8 mm, 64² mm: about 40 of them in each of 100 slices, 1/√(2 · 4000) = 1.1 %
        assertEquals(3, Math.sqrt(squares / count), 0.1);
    }

    @Test
    void anatomyHidesTheLesionAndTheOtherModalityShowsWhereItIs() {
        Modality quiet = new Modality("mr", 6, 0, 1);
        Anatomy patches = new Anatomy(15, 3, 3);
        DetectionScores even =
                experiment(PET, quiet, Anatomy.NONE, 0, 2000, 7).find(Map.<String, Fusion>of());
        DetectionScores found =
                experiment(PET, quiet, patches, 0, 2000, 7).find(Map.<String, Fusion>of());
        assertTrue(found.area("pet").auc() < even.area("pet").auc() - 0.05);
        assertEquals(0.5, found.area("mr").auc(), 0.05, "it holds no lesion");
        assertTrue(
                found.area(FusionDetection.TOGETHER).auc() > found.area("pet").auc() + 0.05,
                "what is known of the anatomy is taken off");
        assertTrue(found.separations().isEmpty(), "there is no formula for what patches hide");
    }

    // off by 8 mm on average, a ball of 5 mm is rarely where it is looked for
    @Test
    void aMisregistrationCostsWhatTheSecondModalityAdds() {
        DetectionScores still =
                experiment(PET, MR, Anatomy.NONE, 0, 4000, 8)
                        .find(Map.of("weighted", weights(2 / 25.0, 3 / 81.0)));
        DetectionScores off =
                experiment(PET, MR, Anatomy.NONE, 8, 4000, 8)
                        .find(Map.of("weighted", weights(2 / 25.0, 3 / 81.0)));
        assertEquals(still.area("pet").auc(), off.area("pet").auc(), 0.03, "nothing moved here");
        assertTrue(off.area("mr").auc() < still.area("mr").auc() - 0.08);
        assertTrue(off.area("weighted").auc() < still.area("weighted").auc() - 0.05);
        assertEquals(Set.of("pet"), off.separations().keySet());
    }

    @Test
    void threadsChangeNothing() {
        int before = Parallel.threads();
        FusionDetection few = experiment(PET, MR, new Anatomy(15, 1, 1), 2, 160, 3);
        Map<String, Swt> rules = Map.of("swt", new Swt());
        try {
            Parallel.setThreads(1);
            double[] one = few.find(rules).scores().get("swt");
            Parallel.setThreads(8);
            assertArrayEquals(one, few.find(rules).scores().get("swt"), 0);
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> experiment(PET, PET, Anatomy.NONE, 0, 400, 1));
        assertThrows(
                IllegalArgumentException.class, () -> experiment(PET, MR, Anatomy.NONE, 9, 400, 1));
        assertThrows(
                IllegalArgumentException.class, () -> experiment(PET, MR, Anatomy.NONE, 0, 402, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> experiment(new Modality("pet", 40, 2, 5), MR, Anatomy.NONE, 0, 400, 1));
        assertThrows(IllegalArgumentException.class, () -> new Anatomy(-1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> experiment(PET, MR, Anatomy.NONE, 0, 400, 1).find(Map.of("pet", new Min())));
    }
}
