package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.phantom.BinFlips.Flip;
import org.diapason.phantom.TwinProof.Check;
import org.diapason.phantom.TwinProof.Outcome;
import org.diapason.phantom.TwinProof.Residual;
import org.diapason.volume.Numbers;

/**
 * Puts what was found beside what was promised, one {@link Check} for each claim.
 *
 * @param promised whether the scanners and the recipe are such that equality is promised
 */
record TwinClaims(boolean promised) {
    private static final double MOVED = 1e-12;
    private static final double WITHOUT_FLIP = 0.95;
    private static final double LEAST_COVERED = 0.92;
    private static final double MOST_COVERED = 0.98;
    private static final double GROWS = 10;
    private static final String NONE = "–";

    /** What an object of one correlation length showed. */
    record Seen(TwinPair pair, List<Residual> features, List<Flip> flips) {}

    /** (i), over objects of all correlation lengths. */
    Check images(List<Seen> all) {
        Seen worst = all.get(0);
        for (Seen s : all) {
            worst = s.pair().imageResidual() > worst.pair().imageResidual() ? s : worst;
        }
        TwinPair pair = worst.pair();
        double kernel = pair.leastKernelSigma();
        String unit = pair.a().images().values().iterator().next().volume().quantity().label();
        return new Check(
                "i",
                "images apart, largest difference over their range",
                outcome(promised, pair.imageResidual() <= TwinProof.IMAGES),
                Numbers.power(pair.imageResidual(), 2),
                "≤ 1e-6",
                "range "
                        + Numbers.fixed(pair.range(), 1)
                        + " ("
                        + unit
                        + "); worst of textures of "
                        + lengths()
                        + " mm; "
                        + (pair.fourier()
                                ? "a transfer in the Fourier domain"
                                : Double.isInfinite(kernel)
                                        ? "nothing was blurred to match"
                                        : "kernels from " + Numbers.fixed(kernel, 2) + " voxels")
                        + ", point-spread functions from "
                        + Numbers.fixed(pair.leastSourceSigma(), 2)
                        + " voxels"
                        + (pair.alike() ? "" : "; responses are no Gaussians"));
    }

    private static String lengths() {
        return String.join(
                ", ", Twins.CORRELATIONS_MM.stream().map(mm -> Numbers.fixed(mm, 1)).toList());
    }

    /** (ii), over objects of all correlation lengths. */
    Check features(List<Seen> all) {
        Residual worst = null;
        int count = 0;
        for (Seen seen : all) {
            count = 0;
            for (Residual r : seen.features()) {
                if (!r.levels() || r.examined() && r.volumeHistogram()) {
                    count++;
                    worst = worst == null || r.movedShare() > worst.movedShare() ? r : worst;
                }
            }
        }
        return new Check(
                "ii",
                "features without bins apart, of their scale",
                outcome(
                        promised && count > 0,
                        count > 0 && worst.movedShare() <= TwinProof.FEATURES),
                count == 0 ? NONE : Numbers.power(worst.movedShare(), 2),
                "≤ 1e-5",
                count == 0
                        ? "the recipe measures none"
                        : "largest of " + count + ", " + worst.feature());
    }

    /** (iii), over objects of all correlation lengths. */
    Check flips(List<Seen> all) {
        int levelled = 0;
        long rest = 0;
        long off = 0;
        long far = 0;
        int flipped = 0;
        double residual = 0;
        for (Seen seen : all) {
            List<Residual> levels =
                    seen.features().stream()
                            .filter(r -> r.examined() && !r.volumeHistogram())
                            .toList();
            levelled += levels.size();
            off += levels.stream().filter(r -> !r.equalOnceMoved(MOVED)).count();
            rest = seen.features().stream().filter(r -> r.levels() && !r.examined()).count();
            flipped += seen.flips().size();
            for (Flip flip : seen.flips()) {
                far += flip.explained() ? 0 : 1;
                residual = Math.max(residual, flip.residualBins());
            }
        }
        String seen =
                flipped
                        + (flipped == 1 ? " voxel" : " voxels")
                        + " in another bin, "
                        + far
                        + " of them further from its edge than the residual"
                        + (flipped == 0 ? "" : " of " + Numbers.power(residual, 2) + " of a bin")
                        + (rest == 0 ? "" : "; bins of " + rest + " more were not looked at");
        return new Check(
                "iii",
                "features from levels apart by over 1e-12, voxels in another bin moved",
                outcome(levelled > 0, off == 0 && far == 0),
                levelled == 0 ? NONE : off + " of " + levelled,
                "0",
                levelled > 0
                        ? seen
                        : rest == 0 ? "the recipe measures none" : "bins were not looked at");
    }

    /** (iv): in how many objects no voxel changed its bin; empty where nothing has bins. */
    Check seeds(Optional<Integer> without, int objects) {
        int needed = (int) Math.ceil(WITHOUT_FLIP * objects);
        return new Check(
                "iv",
                "objects without a voxel in another bin",
                outcome(promised && without.isPresent(), without.orElse(0) >= needed),
                without.map(n -> n + " of " + objects).orElse(NONE),
                "≥ " + needed,
                without.isPresent()
                        ? "every one another lesion"
                        : "the recipe has no bins to look at");
    }

    /** (v). */
    Check misstated(double right, double wrong) {
        return new Check(
                "v",
                "images apart where scanner b's width is stated wrong by 5 %",
                outcome(promised, wrong > TwinProof.IMAGES && wrong > GROWS * right),
                Numbers.power(wrong, 2),
                "> " + Numbers.power(Math.max(TwinProof.IMAGES, GROWS * right), 2),
                "must miss (i) and be ten times as far apart as with the right width");
    }

    /** Different grids. */
    static Check grids(TwinPair pair, Optional<EdgeTwins> predicted) {
        double found = pair.imageResidual();
        OptionalDouble bound =
                predicted.map(p -> OptionalDouble.of(p.bound())).orElse(OptionalDouble.empty());
        String voxels =
                "voxels of "
                        + pair.twins().a().spacingMm().fixed(2)
                        + " and "
                        + pair.twins().b().spacingMm().fixed(2)
                        + " mm; ";
        return new Check(
                "grids",
                "images apart from different grids, beside what aliasing can do",
                outcome(bound.isPresent(), found <= bound.orElse(Double.NaN)),
                percent(found),
                bound.isPresent() ? "≤ " + percent(bound.getAsDouble()) : NONE,
                voxels
                        + predicted
                                .map(
                                        p ->
                                                "the limit is what any object of the lesion's range"
                                                        + " (seen at "
                                                        + Numbers.fixed(p.blurMm(), 2)
                                                        + " mm) can leave; one edge of it leaves "
                                                        + percent(p.edge()))
                                .orElse(
                                        "nothing is predicted: a response has no closed form, or the"
                                                + " steps are not linear or do not take a line of"
                                                + " voxels"));
    }

    /** With noise. */
    Check noise(NoisyTwins noise) {
        boolean any = noise.features() > 0;
        boolean held = noise.covered() >= LEAST_COVERED && noise.covered() <= MOST_COVERED;
        return new Check(
                "noise",
                "pairs with noise whose 95 % interval holds no difference",
                outcome(promised && any, held),
                any ? Numbers.fixed(100 * noise.covered(), 1) + " %" : NONE,
                "92 to 98 %",
                any
                        ? noise.pairs()
                                + " pairs, "
                                + noise.features()
                                + " features, from "
                                + Numbers.fixed(100 * noise.lowest(), 1)
                                + " % ("
                                + noise.lowestFeature()
                                + ") to "
                                + Numbers.fixed(100 * noise.highest(), 1)
                                + " %"
                        : "the recipe measures nothing that noise changes");
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 3) + " %";
    }

    private static Outcome outcome(boolean promised, boolean held) {
        return !promised ? Outcome.STATED : held ? Outcome.HELD : Outcome.MISSED;
    }

    /** Returns all residuals of the pairs, the largest of each feature. */
    static List<Residual> worst(List<Seen> all) {
        List<Residual> worst = new ArrayList<>(all.get(0).features());
        for (Seen seen : all) {
            for (int f = 0; f < worst.size(); f++) {
                Residual r = seen.features().get(f);
                Residual w = worst.get(f);
                boolean more = r.share() > w.share() || r.movedShare() > w.movedShare();
                worst.set(f, more ? r : w);
            }
        }
        return List.copyOf(worst);
    }
}
