package org.diapason.app.report;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.diapason.phantom.analysis.Area;
import org.diapason.volume.Geometry;
import org.diapason.volume.Volume;

/** The slices of a phantom in which something was measured, side by side, with its outlines. */
public final class QaPicture {
    private static final int MOST_SLICES = 8;
    private static final double LINE = 1;

    private QaPicture() {}

    /**
     * Returns a PNG of the slices, grey from the 2nd to the 99.5th percentile of all of them, with
     * an outline of every area: white on dark, black on bright.
     */
    public static byte[] of(Volume volume, List<Area> areas) {
        Geometry g = volume.geometry();
        TreeSet<Integer> used = new TreeSet<>();
        areas.forEach(a -> used.add(Math.max(0, Math.min(g.nk() - 1, a.slice()))));
        if (used.isEmpty()) {
            used.add(g.nk() / 2);
        }
        List<Integer> shown = used.stream().limit(MOST_SLICES).toList();
        int plane = g.ni() * g.nj();
        double[] all = new double[plane * shown.size()];
        for (int s = 0; s < shown.size(); s++) {
            for (int n = 0; n < plane; n++) {
                float v = volume.at(n % g.ni(), n / g.ni(), shown.get(s));
                all[s * plane + n] = Float.isNaN(v) ? 0 : v;
            }
        }
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        double low = sorted[(int) (0.02 * (sorted.length - 1))];
        double high = Math.max(low + 1e-6, sorted[(int) (0.995 * (sorted.length - 1))]);
        int columns = g.ni() * shown.size();
        byte[] grey = new byte[columns * g.nj()];
        for (int s = 0; s < shown.size(); s++) {
            for (int n = 0; n < plane; n++) {
                double share = (all[s * plane + n] - low) / (high - low);
                double level = 255 * Math.max(0, Math.min(1, share));
                for (Area a : areas) {
                    if (a.slice() == shown.get(s) && onLine(g, a, n % g.ni(), n / g.ni())) {
                        level = level > 127 ? 0 : 255;
                        break;
                    }
                }
                grey[n / g.ni() * columns + s * g.ni() + n % g.ni()] = (byte) Math.round(level);
            }
        }
        return Png.of(columns, g.nj(), grey);
    }

    private static boolean onLine(Geometry g, Area a, int i, int j) {
        double u = i * g.spacing(0);
        double v = j * g.spacing(1);
        boolean in = a.contains(u, v);
        return in != a.contains(u + LINE * g.spacing(0), v)
                || in != a.contains(u, v + LINE * g.spacing(1));
    }
}
