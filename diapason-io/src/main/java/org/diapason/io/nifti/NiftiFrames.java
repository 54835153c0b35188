package org.diapason.io.nifti;

import java.nio.ByteBuffer;
import org.diapason.io.raw.Samples;
import org.diapason.volume.Channels;

/**
 * What the axes after the third mean: axis 4 is time, the others are components.
 *
 * @param channels their product; 1 is the rule
 * @param meaning what they are
 */
record NiftiFrames(int channels, Channels meaning) {
    static NiftiFrames of(String file, NiftiLayout layout, ByteBuffer raw, int colours) {
        long axes = layout.size(raw, 0);
        double product = 1;
        for (int a = 4; a <= axes; a++) {
            product *= layout.size(raw, a);
        }
        if (product > Samples.MOST_CHANNELS) {
            throw NiftiHeader.bad(
                    file,
                    layout.dim() + 4 * layout.dimBytes(),
                    "more than "
                            + Samples.MOST_CHANNELS
                            + " frames and components. Split the file first.");
        }
        int channels = (int) product;
        if (colours > 1 && channels > 1) {
            throw NiftiHeader.bad(
                    file,
                    layout.dim() + 4 * layout.dimBytes(),
                    channels + " frames of colours are not read. Split the file first.");
        }
        if (colours > 1) {
            return new NiftiFrames(colours, Channels.COLOURS);
        }
        if (channels == 1) {
            return new NiftiFrames(1, Channels.ONE);
        }
        int unit = layout.unitsOf(raw) & 0x38;
        boolean time = unit <= 24 && layout.size(raw, 4) == channels;
        return new NiftiFrames(
                channels, time ? frames(layout, raw, unit, channels) : Channels.COMPONENTS);
    }

    /** Returns the times of frames, unknown where the file has no unit or no duration. */
    private static Channels frames(NiftiLayout layout, ByteBuffer raw, int unit, int channels) {
        double second =
                switch (unit) {
                    case 8 -> 1;
                    case 16 -> 1e-3;
                    case 24 -> 1e-6;
                    default -> Double.NaN;
                };
        double duration = layout.real(raw, layout.pixdim(), 4) * second;
        double start = layout.real(raw, layout.tOffset(), 0) * second;
        boolean known = duration > 0 && Double.isFinite(duration) && Double.isFinite(start);
        return known
                ? Channels.frames(channels, start, duration)
                : Channels.frames(channels, Double.NaN, Double.NaN);
    }
}
