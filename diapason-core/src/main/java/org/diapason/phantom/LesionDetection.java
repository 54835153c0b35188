package org.diapason.phantom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.decision.Answer;
import org.diapason.decision.Bayes;
import org.diapason.decision.DecisionPlan;
import org.diapason.decision.DecisionRule;
import org.diapason.decision.Decisions;
import org.diapason.decision.DempsterShafer;
import org.diapason.decision.Dependence;
import org.diapason.decision.Expert;
import org.diapason.decision.Mass;
import org.diapason.decision.Readings;
import org.diapason.decision.Vote;
import org.diapason.fusion.FusionRule;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * Is there a lesion? An experiment whose truth is known: a ball at a known place or none, seen by
 * two modalities, each alone, in their fused image, and by rules over what each says.
 *
 * <p>Half of the images hold the lesion. Noise is white and normal; a share of it may be common to
 * both modalities, as normal anatomy is that both show. The observer is the matched filter {@code t
 * = Σ s·g} of the lesion's image s, the best there is for white noise: its separation is {@code d'
 * = |s|/σ} and its area under the curve {@code Φ(d'/√2)} (Barrett and Myers 2004, Foundations of
 * Image Science, Wiley, chapter 13), for the weighted average with {@code s = α s₁ + (1 − α) s₂}
 * and {@code σ² = α² σ₁² + (1 − α)² σ₂² + 2 α (1 − α) ρ σ₁ σ₂}.
 *
 * @param first a modality
 * @param second another
 * @param radiusMm of the lesion
 * @param spacingMm distance of voxels, the same in both
 * @param shared share ρ of the noise's variance that is common to both, 0 to below 1
 * @param images how many there are, half of them with the lesion; half of each calibrate the rules
 * @param seed makes the noise and parts the halves
 */
public record LesionDetection(
        Modality first,
        Modality second,
        double radiusMm,
        double spacingMm,
        double shared,
        int images,
        long seed) {
    private static final String LESION = "lesion";

    /** Beyond so many widths of the response nothing of the lesion is left. */
    private static final double REACH = 1.5;

    /**
     * One way of seeing.
     *
     * @param name its name
     * @param psfMm full width at half maximum of its response in mm
     * @param contrast of the lesion over its background
     * @param noiseSd standard deviation of the noise of a voxel
     */
    public record Modality(String name, double psfMm, double contrast, double noiseSd) {
        public Modality {
            if (!(noiseSd > 0) || !Double.isFinite(contrast)) {
                throw new IllegalArgumentException(
                        "modality " + name + ": noise must be positive and contrast finite");
            }
        }
    }

    /**
     * What was seen in the images that judge.
     *
     * @param lesion which hold the lesion
     * @param scores of each modality, the fused image and each rule, by name
     * @param separations d' of modalities and fused image by the formula
     */
    public record Found(
            boolean[] lesion, Map<String, double[]> scores, Map<String, Double> separations) {}

    public LesionDetection {
        if (!(shared >= 0 && shared < 1)) {
            throw new IllegalArgumentException(
                    "shared must be 0 or more and below 1, got " + shared);
        }
        if (images < 160 || images % 4 != 0) {
            throw new IllegalArgumentException(
                    "images must be 160 or more and a multiple of 4, got " + images);
        }
        if (first.name.equals(second.name)) {
            throw new IllegalArgumentException("two modalities need two names");
        }
    }

    /**
     * Runs the experiment.
     *
     * @param fusion makes one image of two; linear, so that its observer is the matched filter of
     *     the fused lesion
     * @param fused its name
     */
    public Found find(FusionRule fusion, String fused) {
        double width = 2 * (radiusMm + REACH * Math.max(first.psfMm, second.psfMm));
        Numbers field = Numbers.of(width, width, width);
        Geometry grid = VirtualScanner.reference(first.psfMm, spacingMm).grid(field);
        float[][] signal = new float[3][];
        signal[0] = ball(first, radiusMm, field, spacingMm, grid);
        signal[1] = ball(second, radiusMm, field, spacingMm, grid);
        signal[2] = fusion.fuse(grid, List.of(signal[0], signal[1]));
        double[][] scores = new double[3][images];
        Parallel.forEach(images, n -> see(n, grid, signal, fusion, scores));
        Decisions decisions = decide(scores);
        int[] judging = decisions.judging();
        Map<String, double[]> all = new LinkedHashMap<>();
        all.put(first.name, some(scores[0], judging));
        all.put(second.name, some(scores[1], judging));
        all.put(fused, some(scores[2], judging));
        decisions.decided().forEach((name, d) -> all.put(name, some(d.score(), judging)));
        boolean[] lesion = new boolean[judging.length];
        for (int n = 0; n < lesion.length; n++) {
            lesion[n] = judging[n] % 2 == 0;
        }
        Map<String, Double> separations = new LinkedHashMap<>();
        separations.put(first.name, norm(signal[0]) / first.noiseSd);
        separations.put(second.name, norm(signal[1]) / second.noiseSd);
        separations.put(fused, norm(signal[2]) / fusedSd(fusion, grid));
        return new Found(lesion, all, separations);
    }

    /** Returns what a modality shows of a ball at the world's origin on an empty ground. */
    static float[] ball(
            Modality m, double radiusMm, Numbers field, double spacingMm, Geometry grid) {
        Shape ball = new Sphere(Numbers.of(0, 0, 0), radiusMm);
        DigitalObject object =
                new DigitalObject(
                        LESION,
                        Quantity.UNKNOWN,
                        0,
                        field,
                        List.of(Region.of(LESION, m.contrast, ball)));
        VirtualScanner scanner = VirtualScanner.reference(m.psfMm, spacingMm);
        return scanner.scan(scanner.truth(object), grid, 0).values(); // no noise, so no seed
    }

    /** Even images hold the lesion. */
    private void see(int n, Geometry grid, float[][] signal, FusionRule fusion, double[][] scores) {
        Rng rng = new Rng(Rng.seed(seed, "image " + n));
        float[][] image = new float[3][grid.voxels()];
        for (int v = 0; v < grid.voxels(); v++) {
            double common = Math.sqrt(shared) * rng.nextGaussian();
            for (int m = 0; m < 2; m++) {
                double noise = common + Math.sqrt(1 - shared) * rng.nextGaussian();
                double sd = m == 0 ? first.noiseSd : second.noiseSd;
                image[m][v] = (float) ((n % 2 == 0 ? signal[m][v] : 0) + sd * noise);
            }
        }
        image[2] = fusion.fuse(grid, List.of(image[0], image[1]));
        for (int m = 0; m < 3; m++) {
            scores[m][n] = product(signal[m], image[m]);
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int v = 0; v < a.length; v++) {
            sum += (double) a[v] * b[v];
        }
        return sum;
    }

    private static double norm(float[] signal) {
        return Math.sqrt(product(signal, signal));
    }

    /** The weights of a linear rule are what it makes of 1 and 0. */
    private double fusedSd(FusionRule fusion, Geometry grid) {
        float[] one = new float[grid.voxels()];
        java.util.Arrays.fill(one, 1);
        float[] none = new float[grid.voxels()];
        double a = first.noiseSd * fusion.fuse(grid, List.of(one, none))[0];
        double b = second.noiseSd * fusion.fuse(grid, List.of(none, one))[0];
        return Math.sqrt(a * a + b * b + 2 * shared * a * b);
    }

    private Decisions decide(double[][] scores) {
        SortedMap<String, Expert> experts = new TreeMap<>();
        Map<String, double[]> said = new HashMap<>();
        List<String> names = List.of(first.name, second.name);
        for (int m = 0; m < 2; m++) {
            OptionalDouble none = OptionalDouble.empty();
            experts.put(
                    names.get(m),
                    new Expert.Score(
                            names.get(m), LESION, false, Expert.Curve.LOGISTIC, none, none));
            said.put(names.get(m), scores[m]);
        }
        Dependence fitted = new Dependence.Fitted();
        SortedMap<String, DecisionRule> rules = new TreeMap<>();
        rules.put("bayes", new Bayes(List.of(), fitted));
        rules.put("naive-bayes", new Bayes(List.of(), new Dependence.Independent()));
        rules.put(
                "dempster-shafer",
                new DempsterShafer(List.of(), fitted, new TreeMap<>(), Mass.Normalisation.YAGER));
        rules.put("vote", new Vote(List.of(), new TreeMap<>(), 0));
        DecisionPlan.Truth truth =
                new DecisionPlan.Truth(LESION, Optional.empty(), Optional.empty(), 0.5, seed);
        DecisionPlan plan =
                new DecisionPlan(
                        LESION,
                        Optional.of(truth),
                        OptionalDouble.empty(),
                        0.5,
                        0.5,
                        experts,
                        rules);
        List<Answer> known = new ArrayList<>();
        for (int n = 0; n < images; n++) {
            known.add(Answer.of(n % 2 == 0));
        }
        return Decisions.of(
                plan, new Readings(images, said, Map.of(), known, List.of(), r -> null));
    }

    private static double[] some(double[] values, int[] of) {
        return java.util.Arrays.stream(of).mapToDouble(n -> values[n]).toArray();
    }
}
