package org.diapason.steps.intensity;

import org.diapason.math.Distortion;
import org.diapason.math.MonotoneMap;
import org.diapason.math.SortedFloats;
import org.diapason.step.Trace;
import org.diapason.volume.Numbers;

/** What every histogram method writes down about the map it gave an image, and its warning. */
final class Distortions {
    private static final double MOST_NONLINEARITY = 0.1;
    private static final double MOST_MERGED = 0.05;

    private Distortions() {}

    static void note(
            Admission image, String name, SortedFloats source, MonotoneMap map, Trace trace) {
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

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 1);
    }
}
