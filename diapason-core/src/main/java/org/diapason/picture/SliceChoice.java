package org.diapason.picture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diapason.step.Spelling;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * Which slices of an image are shown: {@code axial:10,20,30} by their numbers, {@code
 * coronal:-12.5,40mm} by their places (LPS), {@code sagittal} alone where the coloured image is
 * brightest.
 *
 * @param normal 0 sagittal, 1 coronal, 2 axial
 * @param places numbers of slices counted from 0, or mm; empty to look for the brightest
 * @param mm whether places are mm
 */
public record SliceChoice(int normal, Numbers places, boolean mm) {
    /** Panels of a picture if nobody says which. */
    static final int BRIGHTEST = 9;

    /** Pixels along the longer side of a slice; beyond, several voxels make one. */
    static final int MOST_PIXELS = 1024;

    private static final int MOST_SLICES = 100;
    private static final int NO_MEAN = 1 << 20;
    private static final List<String> NAMES = List.of("sagittal", "coronal", "axial");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,7}(\\.\\d{1,6})?");

    /**
     * Reads what was asked for.
     *
     * @throws IllegalArgumentException if it is no plane or no list of numbers
     */
    public static SliceChoice of(String asked) {
        int colon = asked.indexOf(':');
        String name = (colon < 0 ? asked : asked.substring(0, colon)).toLowerCase(Locale.ROOT);
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "--slices " + asked + ": " + Spelling.hint(name, NAMES));
        }
        String list = colon < 0 ? "" : asked.substring(colon + 1).strip();
        boolean mm = list.endsWith("mm");
        String[] words = (mm ? list.substring(0, list.length() - 2) : list).split(",", -1);
        double[] places = new double[colon < 0 ? 0 : words.length];
        for (int n = 0; n < places.length; n++) {
            String word = words[n].strip();
            boolean unit = mm && word.endsWith("mm");
            Matcher number =
                    NUMBER.matcher(unit ? word.substring(0, word.length() - 2).strip() : word);
            if (!number.matches() || !mm && number.group(1) != null) {
                throw new IllegalArgumentException(
                        "--slices "
                                + asked
                                + ": needs numbers of slices, as in axial:10,20,30, or places in mm,"
                                + " as in axial:-12.5,40mm; found \""
                                + word
                                + "\".");
            }
            places[n] = Double.parseDouble(number.group());
        }
        if (places.length > MOST_SLICES) {
            throw new IllegalArgumentException(
                    "--slices: at most " + MOST_SLICES + " of a plane, got " + places.length + ".");
        }
        return new SliceChoice(NAMES.indexOf(name), Numbers.of(places), mm);
    }

    /** Returns the brightest slices of the first plane with an area, axial before the others. */
    public static SliceChoice brightest(Volume grey) {
        for (int normal = 2; normal > 0; normal--) {
            if (SlicePlane.of(grey, normal, 0, NO_MEAN).hasArea()) {
                return new SliceChoice(normal, Numbers.of(), false);
            }
        }
        return new SliceChoice(0, Numbers.of(), false);
    }

    /**
     * Returns the planes in the order asked for; the brightest from head to feet, front to back or
     * right to left.
     *
     * @param coloured on the grid of the grey image
     * @throws IllegalArgumentException if a slice lies beyond the image
     */
    public List<SlicePlane> planes(Volume grey, Volume coloured, Overlay overlay) {
        Geometry g = grey.geometry();
        int through = SlicePlane.axes(g)[normal];
        if (!SlicePlane.of(grey, normal, 0, NO_MEAN).hasArea()) {
            throw new IllegalArgumentException(
                    "--slices "
                            + NAMES.get(normal)
                            + ": the image is a line or a point there. Choose another plane.");
        }
        List<SlicePlane> planes = new ArrayList<>();
        if (places.size() == 0) {
            for (int at : spread(brightness(grey, coloured, overlay))) {
                planes.add(SlicePlane.of(grey, normal, inView(g, through, at), MOST_PIXELS));
            }
        }
        for (int n = 0; n < places.size(); n++) {
            int at = mm ? nearest(g, through, places.get(n)) : (int) places.get(n);
            if (at < 0 || at >= g.size(through)) {
                throw new IllegalArgumentException(beyond(g, through, places.get(n)));
            }
            planes.add(SlicePlane.of(grey, normal, at, MOST_PIXELS));
        }
        return planes;
    }

    private String beyond(Geometry g, int through, double place) {
        double one = SlicePlane.centreMm(g, through, 0).get(normal);
        double two = SlicePlane.centreMm(g, through, g.size(through) - 1).get(normal);
        return "--slices "
                + NAMES.get(normal)
                + ":"
                + Numbers.plain(place)
                + (mm ? "mm" : "")
                + ": ANAT has "
                + g.size(through)
                + " "
                + NAMES.get(normal)
                + " slices, counted from 0, from "
                + Numbers.fixed(Math.min(one, two), 1)
                + " to "
                + Numbers.fixed(Math.max(one, two), 1)
                + " mm.";
    }

    /** Head, front or right first, whichever way the axis runs. */
    private int inView(Geometry g, int through, int n) {
        boolean rises = g.direction().get(3 * normal + through) > 0;
        return rises == (normal == 2) ? g.size(through) - 1 - n : n;
    }

    /** Returns the slice in whose thickness a place lies; −1 for none. */
    private int nearest(Geometry g, int through, double place) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < g.size(through); n++) {
            int at = inView(g, through, n);
            double off = Math.abs(SlicePlane.centreMm(g, through, at).get(normal) - place);
            if (off < least - 1e-6) {
                least = off;
                best = at;
            }
        }
        return least <= g.spacing(through) / 2 + 1e-6 ? best : -1;
    }

    /** Sums of the shares of the range that are seen, slice by slice as they are viewed. */
    private double[] brightness(Volume grey, Volume coloured, Overlay overlay) {
        Geometry g = grey.geometry();
        int through = SlicePlane.axes(g)[normal];
        double[] sums = new double[g.size(through)];
        for (int n = 0; n < sums.length; n++) {
            SlicePlane plane = SlicePlane.of(grey, normal, inView(g, through, n), NO_MEAN);
            for (float value : plane.pixels(coloured.values())) {
                sums[n] += overlay.shows(value) ? overlay.range().share(value) : 0;
            }
        }
        return sums;
    }

    /**
     * Cuts the slices into nine parts of equal brightness and takes the middle of each, so that
     * bright stretches have more; evenly where nothing shines.
     */
    private static Set<Integer> spread(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        Set<Integer> chosen = new LinkedHashSet<>();
        double reached = 0;
        int next = 0;
        for (int n = 0; n < sums.length; n++) {
            reached += total > 0 ? sums[n] : 1.0 / sums.length;
            double whole = total > 0 ? total : 1;
            while (next < BRIGHTEST && reached >= (next + 0.5) / BRIGHTEST * whole) {
                chosen.add(n);
                next++;
            }
        }
        return chosen;
    }
}
