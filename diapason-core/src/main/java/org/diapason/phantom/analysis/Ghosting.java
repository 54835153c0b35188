package org.diapason.phantom.analysis;

import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Volume;

/**
 * Ghosts of an object along the phase axis: {@code |((T + B) − (L + R))/(2 S)|}, means of four
 * areas of air and of the object (ACR large phantom guidance; at most 0.025 there).
 */
public final class Ghosting {
    private Ghosting() {}

    /** Returns {@code ghosting} as a ratio. */
    public static Measured psg(
            Volume volume, Area object, Area top, Area bottom, Area left, Area right) {
        Sample signal = Sample.of(volume, List.of(object));
        Sample t = Sample.of(volume, List.of(top));
        Sample b = Sample.of(volume, List.of(bottom));
        Sample l = Sample.of(volume, List.of(left));
        Sample r = Sample.of(volume, List.of(right));
        if (!(signal.mean() > 0)) {
            throw new DataException(
                    "area "
                            + object.name()
                            + " has no signal. Scan the phantom, or say where it is.");
        }
        double off = t.mean() + b.mean() - l.mean() - r.mean();
        double error =
                Uniformity.root(
                        Uniformity.root(t.error(), b.error()),
                        Uniformity.root(l.error(), r.error()));
        return Measured.of(
                "ghosting",
                Math.abs(off / (2 * signal.mean())),
                "1",
                error / (2 * signal.mean()),
                "air above and below against left and right");
    }
}
