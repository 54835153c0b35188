package org.diapason.pansharpening;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.diapason.math.Resample;
import org.diapason.quality.Comparison;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.quality.Settings;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;

/**
 * Wald's second property, one resolution step down, where the truth is known: sharp image and bands
 * are degraded by the ratio of their resolutions, the bands are sharpened, and the result is
 * compared with the bands as they are. Beside it stands what comes of doing nothing, the degraded
 * bands interpolated: a rule that is not nearer than that does harm.
 *
 * <p>It says what the rule does one step down, and that is what it does here as far as the images
 * look alike at both scales.
 *
 * <p>Method: Wald, Ranchin and Mangolini 1997, Photogramm. Eng. Remote Sens. 63(6):691–699.
 *
 * @param bands figures of each
 * @param sharpened figures of all bands together; empty where nothing could be judged
 * @param untouched those of the bands left alone
 * @param notJudged why nothing could be judged; empty where it was
 */
public record Wald(
        List<Judged> bands,
        Map<Metric, Figure> sharpened,
        Map<Metric, Figure> untouched,
        Optional<String> notJudged) {

    /** Figures of a band. */
    public static final Set<Metric> OF_ONE = EnumSet.of(Metric.MSE, Metric.NCC, Metric.UQI);

    /** Figures of all bands together. */
    public static final Set<Metric> OF_ALL = EnumSet.of(Metric.ERGAS, Metric.SAM, Metric.UQI);

    /** Voxels that an axis must keep one step down. */
    private static final int LEAST = 4;

    /** A rule does harm where its error is larger by more than this share: less is rounding. */
    private static final double HARM = 0.01;

    /**
     * Figures of one band one step down, the band itself being the truth.
     *
     * @param name of the band
     * @param sharpened of the sharpened band
     * @param untouched of the band left alone, over the same voxels
     */
    public record Judged(
            String name, Map<Metric, Figure> sharpened, Map<Metric, Figure> untouched) {

        /** Returns the root mean square error of the sharpened band, in its unit. */
        public double rmse() {
            return Math.sqrt(sharpened.get(Metric.MSE).value());
        }

        /** Returns that of the band left alone. */
        public double untouchedRmse() {
            return Math.sqrt(untouched.get(Metric.MSE).value());
        }

        /** Says whether the band is better left alone. */
        public boolean harmed() {
            return rmse() > (1 + HARM) * untouchedRmse();
        }
    }

    public Wald {
        bands = List.copyOf(bands);
    }

    /**
     * Judges a rule.
     *
     * @param sharp on the fine grid
     * @param names of the bands
     * @param bands on their grid
     * @param within the fine voxels over which is fitted and compared; null for all
     */
    static Wald of(
            Sharpening rule,
            Degradation way,
            float[] sharp,
            List<String> names,
            List<float[]> bands,
            boolean[] within) {
        Degradation down = way.reduced();
        Geometry g = down.fine();
        for (int a = 0; a < 3; a++) {
            if (down.ratio().get(a) > 1 && g.size(a) < LEAST * down.ratio().get(a)) {
                return none(
                        "the bands have too few voxels along an axis to be degraded once more.");
            }
        }
        boolean[] in = within == null ? null : Resample.mask(way.fine(), within, g);
        float[] less = way.movedDown(way.blurred(sharp));
        List<float[]> truth = new ArrayList<>();
        List<float[]> low = new ArrayList<>();
        for (float[] band : bands) {
            float[] one = way.apart() ? band : way.movedDown(band);
            truth.add(one);
            low.add(down.lowPass(one));
        }
        Scene scene = new Scene(down, less, low, in);
        if (scene.countWith(less) < LEAST * LEAST) {
            return none("too few voxels have a value in all images one resolution step down.");
        }
        List<Injection> how = rule.injections(scene);
        List<float[]> made = new ArrayList<>();
        for (int m = 0; m < low.size(); m++) {
            float[] f = how.get(m).into(low.get(m), less, new AtomicLong());
            float[] alone = low.get(m).clone();
            for (int v = 0; v < f.length; v++) {
                alone[v] = Float.isFinite(f[v]) ? alone[v] : Float.NaN;
            }
            low.set(m, alone);
            made.add(f);
        }
        Settings settings =
                Settings.usual()
                        .withRatio(1 / way.meanRatio())
                        .withMask(Optional.ofNullable(in).map(voxels -> Mask.of(g, voxels)));
        List<Judged> judged = new ArrayList<>();
        for (int m = 0; m < made.size(); m++) {
            List<float[]> one = List.of(truth.get(m));
            judged.add(
                    new Judged(
                            names.get(m),
                            figures(g, one, List.of(made.get(m)), OF_ONE, settings),
                            figures(g, one, List.of(low.get(m)), OF_ONE, settings)));
        }
        return new Wald(
                judged,
                figures(g, truth, made, OF_ALL, settings),
                figures(g, truth, low, OF_ALL, settings),
                Optional.empty());
    }

    private static Wald none(String why) {
        return new Wald(List.of(), Map.of(), Map.of(), Optional.of(why));
    }

    private static Map<Metric, Figure> figures(
            Geometry g,
            List<float[]> truth,
            List<float[]> made,
            Collection<Metric> wanted,
            Settings settings) {
        return Comparison.of(volume(g, truth), volume(g, made), wanted, settings);
    }

    static Volume volume(Geometry g, List<float[]> bands) {
        Channels meaning = bands.size() == 1 ? Channels.ONE : Channels.COMPONENTS;
        return Volume.of(g, bands, meaning, Quantity.UNKNOWN);
    }

    /** Returns the bands that are better left alone. */
    public List<Judged> harmed() {
        return bands.stream().filter(Judged::harmed).toList();
    }
}
