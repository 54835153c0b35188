package org.diapason.steps.intensity;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.BandChange;
import org.diapason.math.Distortion;
import org.diapason.math.SortedFloats;
import org.diapason.math.StraightPieces;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** What every histogram method writes down about the map it gave an image, and its warning. */
final class Distortions {
    private static final double MOST_NONLINEARITY = 0.1;
    private static final double MOST_MERGED = 0.05;

    private Distortions() {}

    static void note(
            Admission image, String name, SortedFloats source, StraightPieces map, Trace trace) {
        Distortion distortion = Distortion.of(source, map);
        trace.note(name + ".voxels", source.size());
        trace.note(name + ".knots", map.knots());
        trace.note(name + ".steepest", map.steepest());
        trace.note(name + ".nonlinearity", distortion.nonlinearity());
        trace.note(name + ".stretch", distortion.stretch());
        trace.note(name + ".merged", distortion.merged());
        if (distortion.nonlinearity() > MOST_NONLINEARITY) {
            trace.warn(
                    image.who()
                            + ": "
                            + percent(distortion.nonlinearity())
                            + " % of the variance after the map is not explained by a change of gain"
                            + " and offset, above "
                            + percent(MOST_NONLINEARITY)
                            + " %: the shape of the histogram was another one. Check that both"
                            + " images show the same tissue in the same contrast.");
        }
        if (distortion.merged() > MOST_MERGED) {
            trace.warn(
                    image.who()
                            + ": "
                            + percent(distortion.merged())
                            + " % of the voxels fell together with other values, above "
                            + percent(MOST_MERGED)
                            + " %: their contrast is lost. Choose a mask without background, or a"
                            + " reference that has more values.");
        }
    }

    /** Says how the ratio of bands changed, hue for colours. */
    static void noteBands(Exam exam, String name, Volume after, String mask, Trace trace) {
        Volume before = exam.image(name).volume();
        boolean[] in =
                mask.isEmpty()
                        ? null
                        : exam.mask(mask).voxels(); // its grid was checked with the values
        List<float[]> was = new ArrayList<>();
        List<float[]> is = new ArrayList<>();
        for (int c = 0; c < before.channels(); c++) {
            was.add(before.channel(c));
            is.add(after.channel(c));
        }
        BandChange change = BandChange.of(was, is, in);
        trace.note(name + ".spectralAngleDegrees", change.meanDegrees());
        trace.note(name + ".spectralAngle95Degrees", change.p95Degrees());
        trace.note(name + ".bandShareChange", change.shares());
        if (change.meanDegrees() > BandChange.NOTICED_DEGREES) {
            trace.warn(
                    "exam "
                            + exam.id()
                            + ", image "
                            + name
                            + ": the ratio of its bands turned by "
                            + Numbers.fixed(change.meanDegrees(), 1)
                            + "° on average (95 % below "
                            + Numbers.fixed(change.p95Degrees(), 1)
                            + "°), above "
                            + Numbers.fixed(BandChange.NOTICED_DEGREES, 1)
                            + "°: colours and ratios of bands do not mean what they did. Set bands"
                            + " to joint, or do not use ratios.");
        }
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1);
    }
}
