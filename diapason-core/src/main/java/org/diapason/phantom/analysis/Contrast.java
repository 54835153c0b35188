package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.DataException;
import org.diapason.volume.Volume;

/**
 * Contrast and signal against noise.
 *
 * <p>{@code CNR = |S − B|/σ}, σ of the background (ACR) or of the object: other programs take the
 * one or the other, and the figures are not comparable, so the figure says which. Signal to noise
 * of MR: {@code √2 S/σ_diff} of two equal scans (NEMA MS 1, method 1), {@code 0.655 S/σ_air} of one
 * whose air is Rayleigh noise of a single coil (method 4), or {@code S/σ} where σ is what a mean
 * over 9 × 9 voxels leaves, which is smaller than the noise by 0.6 %.
 */
public final class Contrast {
    /** Standard deviation of Rayleigh noise over that of its Gaussian parts, √(2 − π/2). */
    private static final double RAYLEIGH = 0.655;

    private static final int SMOOTH = 4;

    private Contrast() {}

    /** Whose spread a contrast is divided by. */
    public enum Spread {
        BACKGROUND,
        OBJECT
    }

    /** Returns {@code cnr.NAME} of an object over its background. */
    public static Measured cnr(String name, Sample object, Sample background, Spread spread) {
        Sample noise = spread == Spread.BACKGROUND ? background : object;
        if (!(noise.sd() > 0)) {
            throw new DataException(
                    name + ": there is no noise, so its contrast to noise is undefined.");
        }
        double value = Math.abs(object.mean() - background.mean()) / noise.sd();
        double ends = Uniformity.root(object.error(), background.error()) / noise.sd();
        double error = Uniformity.root(ends, value * noise.spreadError());
        return Measured.of(
                "cnr." + name,
                value,
                "1",
                error,
                "SD of the " + (spread == Spread.BACKGROUND ? "background" : "object"));
    }

    /**
     * Returns {@code snr-pair} by two scans of one object: √2 S/σ_diff.
     *
     * @throws DataException if the grids differ or the scans do not
     */
    public static Measured twoImages(Volume one, Volume other, Area area) {
        if (!one.geometry().isClose(other.geometry(), 1e-3)) {
            throw new DataException(
                    "the two scans for the signal to noise lie on different grids. Scan twice"
                            + " without moving anything.");
        }
        float[] off = one.values().clone();
        for (int v = 0; v < off.length; v++) {
            off[v] -= other.values()[v];
        }
        double signal = (area.sample(one).mean() + area.sample(other).mean()) / 2;
        Sample noise = area.sample(one.withValues(off));
        return snr(
                "-pair",
                signal,
                noise.sd() / Math.sqrt(2),
                noise,
                "two equal scans, √2 S/SD of their" + " difference");
    }

    /** Returns {@code snr-air} by one scan and its air: 0.655 S/σ_air. */
    public static Measured air(Volume volume, Area signal, List<Area> air) {
        Sample noise = Sample.of(volume, air);
        double mean = Sample.of(volume, List.of(signal)).mean();
        return snr(
                "-air", mean, noise.sd() / RAYLEIGH, noise, "SD of the air over 0.655, one coil");
    }

    /** Returns {@code snr} by one scan: mean of S/σ over areas, σ what smoothing leaves. */
    public static Measured smoothed(Volume volume, List<Area> areas) {
        double sum = 0;
        List<Sample> rests = new ArrayList<>();
        for (Area area : areas) {
            Sample rest = leftOver(volume, area);
            sum += area.sample(volume).mean() / rest.sd() / areas.size();
            rests.add(rest);
        }
        String how = "SD of what a 9 × 9 mean leaves, " + areas.size() + " areas";
        return snr("", sum, 1, Sample.pooled(rests), how);
    }

    private static Sample leftOver(Volume volume, Area area) {
        int ni = volume.geometry().ni();
        int nj = volume.geometry().nj();
        Area.Patch p = area.patch(volume);
        for (int v = 0; v < p.box().length; v++) {
            int i = p.i0() + v % p.ni();
            int j = p.j0() + v / p.ni();
            double sum = 0;
            int count = 0;
            for (int b = Math.max(0, j - SMOOTH); b <= Math.min(nj - 1, j + SMOOTH); b++) {
                for (int a = Math.max(0, i - SMOOTH); a <= Math.min(ni - 1, i + SMOOTH); a++) {
                    sum += volume.at(a, b, area.slice());
                    count++;
                }
            }
            p.box()[v] -= sum / count;
        }
        return Sample.of(area.name(), p.box(), p.in(), p.ni(), p.nj(), 1);
    }

    private static Measured snr(String by, double signal, double sd, Sample noise, String how) {
        double value = signal / sd;
        if (!(noise.sd() > 0) || Double.isInfinite(value)) {
            throw new DataException("there is no noise, so the signal to noise is undefined.");
        }
        return Measured.of("snr" + by, value, "1", value * noise.spreadError(), how);
    }
}
