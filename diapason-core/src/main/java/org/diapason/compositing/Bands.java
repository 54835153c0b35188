package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Channels;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/** Which channels are blended, and how those of a source meet those of a target. */
final class Bands {
    /** Luma of ITU-R BT.601, for values as pictures store them. */
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    private Bands() {}

    /** Returns how many channels are colours or values; opacity, the last one, is none of them. */
    static int coloured(Volume volume) {
        int channels = volume.channels();
        return hasOpacity(volume) ? channels - 1 : channels;
    }

    static boolean hasOpacity(Volume volume) {
        boolean colours = volume.meaning().kind() == Channels.Kind.COLOURS;
        return colours && (volume.channels() == 2 || volume.channels() == 4);
    }

    /** Returns the weight of a channel in the grey of so many. */
    static double shareOfGrey(int channel, int channels) {
        return channels == 3 ? LUMA[channel] : 1.0 / channels;
    }

    /**
     * Returns the planes of a source for each blended channel of a target: grey stands for every
     * colour, colours become their luma for a grey target.
     *
     * @throws RefusedException if neither can be
     */
    static List<float[]> of(Volume source, Volume target) {
        int has = coloured(source);
        int needed = coloured(target);
        boolean colours = source.meaning().kind() == Channels.Kind.COLOURS;
        if (has != needed && has != 1 && !(colours && needed == 1)) {
            throw new RefusedException(
                    "the source has "
                            + has
                            + " channels and the target "
                            + needed
                            + ". Give as many, or a source of one channel, which is taken for each.");
        }
        List<float[]> planes = new ArrayList<>();
        for (int c = 0; c < needed; c++) {
            planes.add(has > needed ? grey(source, has) : source.channel(has == 1 ? 0 : c));
        }
        return planes;
    }

    private static float[] grey(Volume source, int colours) {
        float[] grey = new float[source.geometry().voxels()];
        for (int v = 0; v < grey.length; v++) {
            double sum = 0;
            for (int c = 0; c < colours; c++) {
                sum += shareOfGrey(c, colours) * source.channel(c)[v];
            }
            grey[v] = (float) sum;
        }
        return grey;
    }
}
