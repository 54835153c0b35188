package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.stats.DeLong;
import org.diapason.stats.Holm;

/**
 * What observers said of the pairs that judge, and what follows from it.
 *
 * @param lesion which pairs hold the lesion
 * @param scores of each modality, of both side by side and of each rule, by name, in that order
 * @param separations d' of the ideal observer by its formula, for the modalities that have one
 * @param modalities the names of both
 * @param best the modality that was the better one on the pairs that taught, so that those that
 *     judge had no say in what rules are compared with
 */
public record DetectionScores(
        boolean[] lesion,
        Map<String, double[]> scores,
        Map<String, Double> separations,
        List<String> modalities,
        String best) {
    private static final double LEVEL = 0.05;

    /** What fusion did. */
    public enum Verdict {
        /** Better than the best single modality. */
        GAIN("gain"),
        /** Worse than the best single modality. */
        HARM("harm"),
        /** No difference found; that is no proof that there is none. */
        NOT_SHOWN("no difference shown");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * A fused image beside the best single modality.
     *
     * @param name of the rule, or of both side by side
     * @param area under its curve
     * @param difference of the areas, fused less single, paired
     * @param adjusted p of the difference, two-sided, by Holm over all that are compared; NaN where
     *     both areas have no spread
     * @param verdict at 5 % of the adjusted p
     */
    public record Compared(
            String name, DeLong area, DeLong.Pair difference, double adjusted, Verdict verdict) {}

    /** Returns the area under the curve of one that is named in {@link #scores}. */
    public DeLong area(String name) {
        return DeLong.of(scores.get(name), lesion);
    }

    /** Compares all but the modalities with the best of these. */
    public List<Compared> compared() {
        List<String> names = new ArrayList<>(scores.keySet());
        names.removeAll(modalities);
        List<DeLong.Pair> pairs = new ArrayList<>();
        for (String name : names) {
            pairs.add(DeLong.compare(scores.get(name), scores.get(best), lesion));
        }
        double[] p = Holm.adjusted(pairs.stream().mapToDouble(DeLong.Pair::p).toArray());
        List<Compared> all = new ArrayList<>();
        for (int n = 0; n < p.length; n++) {
            DeLong.Pair pair = pairs.get(n);
            Verdict verdict =
                    !(p[n] < LEVEL)
                            ? Verdict.NOT_SHOWN
                            : pair.difference() > 0 ? Verdict.GAIN : Verdict.HARM;
            all.add(new Compared(names.get(n), area(names.get(n)), pair, p[n], verdict));
        }
        return List.copyOf(all);
    }
}
