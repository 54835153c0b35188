package org.diapason.steps.fuse;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.fusion.Scale;
import org.diapason.quality.FusionQuality.Sharp;
import org.diapason.quality.Wanted;
import org.diapason.step.Default;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Judges a fused image of an exam beside two of its sources: edges, information, structure,
 * differences. The exam stays as it is; the figures go into the trace, the report and
 * image-quality.csv.
 *
 * <p>Refused: images on several grids, or that carry a transform which no grid step has applied.
 *
 * @param fused name of the fused image
 * @param sources names of two of the images it was made of
 * @param scale on which the sources were fused: as-is, or percentiles. Edges and differences (qabf,
 *     scd, mse) only compare on that scale
 * @param sharp which source, a or b, lent its sharpness to the other, for dS and qnr; the one of
 *     one channel where the other has several
 * @param mask name of a mask; only its voxels count, and windows with their middle in it
 * @param figures which figures, and how they are made
 */
public record FusionQuality(
        String fused,
        List<String> sources,
        @Default("as-is") Scale scale,
        Optional<Sharp> sharp,
        Optional<String> mask,
        @Default("") Wanted figures)
        implements Step<Exam> {

    public FusionQuality {
        sources = List.copyOf(sources);
        Inputs.requirePlain("fused", fused);
        sources.forEach(name -> Inputs.requirePlain("sources", name));
        Set<String> all = new HashSet<>(sources);
        all.add(fused);
        if (sources.size() != 2 || all.size() != 3) {
            throw new IllegalArgumentException(
                    "sources must name two images beside "
                            + fused
                            + ", got "
                            + sources
                            + ". Of three sources judge two at a time, or each by compare");
        }
    }

    @Override
    public boolean harmonizes() {
        return false;
    }

    @Override
    public Set<String> images() {
        Set<String> all = new TreeSet<>(sources);
        all.add(fused);
        return all;
    }

    @Override
    public Set<String> masks() {
        return mask.map(Set::of).orElse(Set.of());
    }

    @Override
    public Exam apply(Exam exam, Trace trace) {
        String a = sources.get(0);
        String b = sources.get(1);
        List<Volume> v = new Inputs("fusion-quality", List.of(fused, a, b)).volumes(exam);
        TreeMap<String, String> beside = new TreeMap<>();
        beside.put("a", a);
        beside.put("b", b);
        beside.put("sources", a + " and " + b);
        FigureNotes.begin(trace, fused, beside);
        try {
            org.diapason.quality.FusionQuality found =
                    org.diapason.quality.FusionQuality.of(
                            v.get(0),
                            scale.of(v.get(1), a),
                            scale.of(v.get(2), b),
                            sharp,
                            Optional.empty(),
                            figures.figures(),
                            figures.settings(mask.map(exam::mask)));
            FigureNotes.note(trace, "sources", found.together());
            FigureNotes.note(trace, "a", found.byA());
            FigureNotes.note(trace, "b", found.byB());
        } catch (RefusedException e) {
            throw new RefusedException("exam " + exam.id() + ": " + e.getMessage());
        }
        return exam;
    }
}
