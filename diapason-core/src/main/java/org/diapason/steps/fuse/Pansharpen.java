package org.diapason.steps.fuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diapason.pansharpening.Pansharpened;
import org.diapason.pansharpening.Resolution;
import org.diapason.pansharpening.Sharpening;
import org.diapason.pansharpening.Wald;
import org.diapason.quality.Figure;
import org.diapason.quality.Metric;
import org.diapason.step.Default;
import org.diapason.step.Names;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Gives bands of low resolution the detail of a sharp image, on its grid, as new images.
 *
 * <p>Bands (PET, diffusion weightings, phases of perfusion) lie on one grid, their own or that of
 * the sharp image (CT, MR). Every run is judged one resolution step down, where the truth is known,
 * and refused where the bands are better left alone.
 *
 * <p>Refused too: a single band for ihs, brovey and gram-schmidt, which would return the sharp
 * image; bands of unknown resolution, or no coarser than the sharp image; an image that carries a
 * transform which no grid step has applied; a name that is taken.
 *
 * @param sharp name of the image that lends its detail
 * @param bands names of the images that get it
 * @param suffix what the names of the new images end with: pet becomes pet-sharp
 * @param rule how: ihs, brovey, gram-schmidt, hpf, mtf-glp or atwt
 * @param fwhmMm full width at half maximum of the bands in mm, one number or three along the axes
 *     of the sharp image; by default what is known of them
 * @param spacingMm voxels of the bands in mm before they were brought to the grid of the sharp
 *     image
 * @param nyquistGain transfer at the bands' Nyquist frequency, from which their width follows where
 *     it is not known
 * @param within name of a mask on the sharp image over which is fitted and judged
 * @param mask name of a mask on the sharp image in which the drift of mean and largest value is
 *     recorded
 * @param harm refuse, or warn, where the bands are better left alone
 * @param judge record Dλ, Ds and QNR at full resolution too
 */
public record Pansharpen(
        String sharp,
        List<String> bands,
        @Default("-sharp") String suffix,
        Sharpening rule,
        @Default("") Optional<Numbers> fwhmMm,
        @Default("") Optional<Numbers> spacingMm,
        @Default("0.3") double nyquistGain,
        @Default("") Optional<String> within,
        @Default("") Optional<String> mask,
        @Default("refuse") Harm harm,
        @Default("false") boolean judge)
        implements Step<Exam> {

    /** What becomes of a result that is worse than the bands left alone. */
    public enum Harm {
        /** The exam is refused. */
        REFUSE,
        /** It is warned of. */
        WARN
    }

    public Pansharpen {
        bands = List.copyOf(bands);
        if (bands.isEmpty()
                || new HashSet<>(bands).size() < bands.size()
                || !bands.stream().allMatch(Inputs::plain)) {
            throw new IllegalArgumentException(
                    "bands must name one image or more, each once, got " + bands);
        }
        if (!Inputs.plain(sharp) || bands.contains(sharp)) {
            throw new IllegalArgumentException(
                    "sharp must name an image that is no band, got \"" + sharp + "\"");
        }
        if (!Inputs.plain(suffix)) {
            throw new IllegalArgumentException("suffix must not be empty, got \"" + suffix + "\"");
        }
        new Resolution(fwhmMm, spacingMm, nyquistGain); // refuses what is none
    }

    @Override
    public Set<String> images() {
        Set<String> all = new TreeSet<>(bands);
        all.add(sharp);
        return all;
    }

    @Override
    public Set<String> masks() {
        Set<String> all = new TreeSet<>();
        within.ifPresent(all::add);
        mask.ifPresent(all::add);
        return all;
    }

    @Override
    public Optional<String> source(String made) {
        return bands.stream().anyMatch(b -> made.equals(b + suffix))
                ? Optional.of(sharp)
                : Optional.empty();
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        bands.forEach(band -> Inputs.requireFree(exam, band + suffix));
        List<String> used = new ArrayList<>(List.of(sharp));
        used.addAll(bands);
        Inputs from = new Inputs("pansharpen", used);
        List<Volume> volumes = from.volumes(exam);
        try {
            Pansharpened made =
                    Pansharpened.of(
                            rule,
                            volumes.get(0),
                            bands,
                            volumes.subList(1, volumes.size()),
                            new Resolution(fwhmMm, spacingMm, nyquistGain),
                            within.map(exam::mask));
            if (harm == Harm.REFUSE) {
                made.refuseHarm();
            }
            made.harm().ifPresent(trace::warn);
            note(made, mask.map(exam::mask), trace);
            Exam all = exam;
            for (Pansharpened.Band band : made.bands()) {
                all = from.with(all, band.name() + suffix, band.fused().volume());
            }
            return all;
        } catch (RefusedException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
    }

    private void note(Pansharpened made, Optional<Mask> in, Trace trace) {
        trace.note("rule", Names.of(rule));
        trace.note("blurFwhmMm", made.fwhmMm());
        trace.note("ratio", made.ratio());
        made.wald().notJudged().ifPresent(why -> trace.warn("not judged: " + why));
        for (Pansharpened.Band band : made.bands()) {
            String key = band.name() + suffix;
            trace.note(key + ".quantity", band.meaning());
            band.fused()
                    .notQuantitative()
                    .ifPresent(why -> trace.note(Recipe.notQuantitative(key), why));
            trace.note(key + ".nanVoxels", band.nanVoxels());
            trace.note(key + ".leftVoxels", band.leftVoxels());
            if (Double.isFinite(band.gain())) {
                trace.note(key + ".gain", band.gain());
            }
            trace.note(key + ".consistency.mean", band.consistency().mean());
            trace.note(key + ".consistency.rms", band.consistency().rms());
            trace.note(key + ".consistency.largest", band.consistency().largest());
            trace.note(key + ".consistency.untouchedRms", band.untouched().rms());
            if (in.isPresent()) {
                Inputs.note(key + "." + mask.get(), band.drift(in.get()), trace);
            }
        }
        for (Wald.Judged j : made.wald().bands()) {
            String key = j.name() + suffix + ".reduced.";
            trace.note(key + "rmse", j.rmse());
            trace.note(key + "untouchedRmse", j.untouchedRmse());
            note(key, j.sharpened(), trace);
            note(key + "untouched.", j.untouched(), trace);
        }
        note("reduced.", made.wald().sharpened(), trace);
        note("reduced.untouched.", made.wald().untouched(), trace);
        if (judge) {
            note("full.", made.fullResolution(), trace);
        }
    }

    private static void note(String key, Map<Metric, Figure> figures, Trace trace) {
        for (Figure f : figures.values()) {
            if (f.defined() && f.metric() != Metric.MSE) {
                trace.note(key + f.metric().label(), f.value());
            }
        }
    }
}
