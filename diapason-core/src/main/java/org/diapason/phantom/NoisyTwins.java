package org.diapason.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.features.Family;
import org.diapason.features.Ibsi;
import org.diapason.math.Parallel;
import org.diapason.step.Extractor;
import org.diapason.step.Progress;
import org.diapason.volume.FeatureTable;

/**
 * How often the 95 % interval of a noisy pair's difference holds the truth, which is no difference.
 *
 * <p>Noise alone: of M other lesions, e = (difference with noise) − (difference without). A pair's
 * interval is {@code d − e₍M+1−k₎ … d − e₍k₎}, k = 0.025 (M + 1), e in rising order: an order
 * statistic needs no shape of distribution, and its expected coverage is 1 − 2k/(M + 1) = 0.95
 * where M + 1 is a multiple of 40. Systematic effects of noise (a maximum rises with it) are in e;
 * a wrong recipe is not, because the difference without noise is taken off. Every pair is another
 * lesion with other noise.
 *
 * @param pairs how many pairs were tried
 * @param draws how many lesions told what noise does, M
 * @param covered share of pairs over all features
 * @param lowest share of the feature that is covered least
 * @param lowestFeature its name
 * @param highest share of the feature that is covered most
 * @param features how many features were counted
 */
public record NoisyTwins(
        int pairs,
        int draws,
        double covered,
        double lowest,
        String lowestFeature,
        double highest,
        int features) {

    private static final double SIDE = 0.025;

    /** Lesions are small, so that hundreds of pairs take seconds. */
    private static final double RADIUS_MM = 7;

    private static final double FIELD_MM = 32;

    /**
     * Tries pairs of small lesions, on local intensity and intensity statistics where the extractor
     * measures families, else on all it measures.
     *
     * @param factor what the stated widths of scanner b are wrong by; 1 for right
     */
    public static NoisyTwins of(
            Twins twins, int pairs, int draws, double factor, Progress progress) {
        Twins small = twins.of(RADIUS_MM, FIELD_MM);
        List<Extractor> extractors =
                small.recipe().features().stream().map(NoisyTwins::quick).toList();
        double[][] tried = new double[pairs][];
        double[][] noise = new double[draws][];
        List<String> names = new ArrayList<>(names(small.quiet(1, factor), extractors));
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                pairs + draws,
                n -> {
                    double[] d = difference(small.noisy(n + 1, factor), extractors);
                    if (n < pairs) {
                        tried[n] = d;
                    } else {
                        double[] quiet = difference(small.quiet(n + 1, factor), extractors);
                        for (int f = 0; f < d.length; f++) {
                            d[f] -= quiet[f];
                        }
                        noise[n - pairs] = d;
                    }
                    progress.at("pairs with noise", done.incrementAndGet(), pairs + draws, 0);
                });
        return count(tried, noise, names);
    }

    private static List<String> names(TwinPair pair, List<Extractor> extractors) {
        return TwinPair.measure(pair.a(), extractors).features();
    }

    private static Extractor quick(Extractor extractor) {
        return extractor instanceof Ibsi ibsi && ibsi.filters().isEmpty()
                ? ibsi.with(List.of(Family.LOCAL_INTENSITY, Family.STATISTICS), ibsi.rulesInUse())
                : extractor;
    }

    private static double[] difference(TwinPair pair, List<Extractor> extractors) {
        FeatureTable a = TwinPair.measure(pair.a(), extractors);
        FeatureTable b = TwinPair.measure(pair.b(), extractors);
        double[] d = new double[a.features().size()];
        for (int f = 0; f < d.length; f++) {
            d[f] = a.row(0)[f] - b.row(0)[f];
        }
        return d;
    }

    private static NoisyTwins count(double[][] tried, double[][] noise, List<String> names) {
        int cut = (int) Math.max(1, Math.rint(SIDE * (noise.length + 1)));
        double sum = 0;
        double lowest = 2;
        double highest = -1;
        String lowestFeature = "";
        int counted = 0;
        for (int f = 0; f < names.size(); f++) {
            double[] e = new double[noise.length];
            for (int n = 0; n < e.length; n++) {
                e[n] = noise[n][f];
            }
            Arrays.sort(e);
            double low = e[cut - 1];
            double high = e[e.length - cut];
            if (!(high > low)) {
                continue;
            }
            int covered = 0;
            for (double[] pair : tried) {
                covered += pair[f] >= low && pair[f] <= high ? 1 : 0;
            }
            double share = (double) covered / tried.length;
            sum += share;
            counted++;
            highest = Math.max(highest, share);
            lowestFeature = share < lowest ? names.get(f) : lowestFeature;
            lowest = Math.min(lowest, share);
        }
        return new NoisyTwins(
                tried.length, noise.length, sum / counted, lowest, lowestFeature, highest, counted);
    }
}
