package org.diapason.compositing;

import java.util.List;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** What the user of a blend must know, in whole sentences. */
final class Notes {
    /** Ranges further apart than this factor are hardly on one scale: 8 and 16 bits are 257. */
    private static final double UNLIKE = 16;

    private Notes() {}

    static void ofSource(
            Patch patch, Layer layer, double targetRange, double sourceRange, List<String> notes) {
        Volume source = layer.volume();
        if (Bands.hasOpacity(source)) {
            float[] opacity = patch.cut(layer, source.channel(source.channels() - 1));
            int clear = 0;
            for (int p = 0; p < opacity.length; p++) {
                clear += patch.inside()[p] && opacity[p] == 0 ? 1 : 0;
            }
            notes.add(
                    "the source's opacity is not used: the mask says what is blended"
                            + (clear > 0
                                    ? ", though "
                                            + clear
                                            + " of its pixels are transparent in the source."
                                    : "."));
        }
        double ratio = sourceRange / targetRange;
        if (targetRange > 0 && sourceRange > 0 && (ratio > UNLIKE || ratio < 1 / UNLIKE)) {
            notes.add(
                    "the source spans "
                            + Numbers.fixed(sourceRange, 2)
                            + " and the target "
                            + Numbers.fixed(targetRange, 2)
                            + ": its differences are taken as they stand. Bring both to one scale"
                            + " first, if they are not on one.");
        }
    }

    static void ofTarget(Patch patch, boolean open, Gaps.Target gaps, List<String> notes) {
        if (open) {
            notes.add(
                    "the mask covers every pixel, so nothing holds the level: it is the mean of the "
                            + (patch.hasSource() ? "source." : "target."));
        }
        if (gaps.within() > 0) {
            notes.add(
                    pixels(gaps.within())
                            + " of the mask had no value (NaN) in the target and have one now.");
        }
        if (gaps.beside() > 0) {
            notes.add(
                    pixels(gaps.beside())
                            + " beside the mask have no value (NaN) in the target: nothing holds the"
                            + " blend there, as at the border of an image.");
        }
    }

    private static String pixels(int count) {
        return count == 1 ? "1 pixel" : count + " pixels";
    }
}
