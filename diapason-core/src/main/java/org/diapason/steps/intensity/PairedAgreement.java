package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.List;
import org.diapason.math.StraightPieces;
import org.diapason.stats.BlandAltman;
import org.diapason.stats.Icc;
import org.diapason.step.Trace;
import org.diapason.steps.intensity.PairedScans.Pair;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Says how far a map between two scanners may be trusted: every subject is mapped by what the
 * others teach.
 *
 * @param pairs the subjects
 * @param without for each of them the map that was learned from all others
 * @param masks the masks whose means are compared
 */
record PairedAgreement(List<Pair> pairs, List<StraightPieces> without, List<String> masks) {
    /** A map that explains less of the variance of paired voxels is warned of. */
    private static final double LITTLE_EXPLAINED = 0.5;

    /**
     * Compares paired voxels, each mapped by what the other subjects teach: where tissues change
     * their order the histograms agree and the voxels do not.
     */
    void noteVoxels(String sites, Trace trace) {
        double missed = 0;
        double varied = 0;
        long voxels = 0;
        for (int p = 0; p < pairs.size(); p++) {
            float[][] both = pairs.get(p).voxels();
            double mean = 0;
            for (float y : both[1]) {
                mean += y / (double) both[1].length;
            }
            for (int v = 0; v < both[0].length; v++) {
                double off = without.get(p).at(both[0][v]) - both[1][v];
                missed += off * off;
                varied += (both[1][v] - mean) * (both[1][v] - mean);
            }
            voxels += both[0].length;
        }
        double rms = Math.sqrt(missed / voxels);
        double spread = Math.sqrt(varied / voxels);
        double explained = 1 - missed / varied;
        trace.note("voxelRms", rms);
        trace.note("voxelSd", spread);
        trace.note("explained", explained);
        String found =
                "the monotone map misses the paired voxels in mask "
                        + masks.get(0)
                        + " of "
                        + sites
                        + " by "
                        + Numbers.fixed(rms, 3)
                        + " (root mean square), and they spread by "
                        + Numbers.fixed(spread, 3);
        if (!(explained > 0)) {
            throw new RefusedException(
                    found
                            + ": one value for all would do as well. Where tissues change their order"
                            + " choose tissue-wise; else check the registration.");
        }
        if (explained < LITTLE_EXPLAINED) {
            trace.warn(
                    found
                            + ": it explains "
                            + Numbers.fixed(100 * explained, 1)
                            + " % of their variance, below "
                            + Numbers.fixed(100 * LITTLE_EXPLAINED, 0)
                            + " %. Check the registration, or choose tissue-wise.");
        }
    }

    /** Compares the means in one mask, before the map and after it. */
    void noteMeans(int m, Trace trace) {
        double[][] before = new double[pairs.size()][];
        double[][] after = new double[pairs.size()][];
        for (int p = 0; p < before.length; p++) {
            Pair pair = pairs.get(p);
            double truth = pair.target().means()[m];
            before[p] = new double[] {pair.source().means()[m], truth};
            after[p] = new double[] {without.get(p).meanOf(pair.source().shares()[m]), truth};
        }
        BlandAltman was = note(masks.get(m) + ".before", before, trace);
        BlandAltman is = note(masks.get(m) + ".after", after, trace);
        if (is.sd() > was.sd() && Math.abs(is.bias()) >= Math.abs(was.bias())) {
            trace.warn(
                    "in mask "
                            + masks.get(m)
                            + " the two scans of a subject agree less after the map (limits "
                            + Numbers.fixed(is.low(), 3)
                            + " to "
                            + Numbers.fixed(is.high(), 3)
                            + ") than before ("
                            + Numbers.fixed(was.low(), 3)
                            + " to "
                            + Numbers.fixed(was.high(), 3)
                            + "). Leave the step out, or choose another mapping.");
        }
    }

    private static BlandAltman note(String start, double[][] paired, Trace trace) {
        BlandAltman limits =
                BlandAltman.of(Arrays.stream(paired).mapToDouble(p -> p[0] - p[1]).toArray());
        Icc icc = Icc.of(paired, Icc.Form.AGREEMENT);
        double reach = limits.limitReach();
        trace.note(start + ".bias", limits.bias());
        trace.note(
                start + ".biasInterval",
                Numbers.of(limits.bias() - limits.biasReach(), limits.bias() + limits.biasReach()));
        trace.note(start + ".limits", Numbers.of(limits.low(), limits.high()));
        trace.note(start + ".lowInterval", Numbers.of(limits.low() - reach, limits.low() + reach));
        trace.note(
                start + ".highInterval", Numbers.of(limits.high() - reach, limits.high() + reach));
        trace.note(start + ".icc", Numbers.of(icc.value(), icc.low(), icc.high()));
        return limits;
    }
}
