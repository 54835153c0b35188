package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import org.diapason.volume.Numbers;

/**
 * A bar pattern: boxes beside each other along x, as far apart as they are wide; blurred, exact.
 *
 * <p>Bars of w mm are 1/(2w) line pairs a millimetre.
 *
 * @param centreMm x, y, z of the middle of the pattern in mm
 * @param count number of bars; 1 or more
 * @param widthMm width of a bar, and of the gap to the next, along x in mm; positive
 * @param lengthMm length of the bars along y in mm; positive
 * @param depthMm depth of the bars along z in mm; positive
 */
public record Bars(Numbers centreMm, int count, double widthMm, double lengthMm, double depthMm)
        implements Shape {

    public Bars {
        Shape.three("centreMm of bars", centreMm);
        if (count < 1 || count > 1000) {
            throw new IllegalArgumentException("count of bars must be 1 to 1000, got " + count);
        }
        Shape.positive("widthMm of bars", widthMm);
        Shape.positive("lengthMm of bars", lengthMm);
        Shape.positive("depthMm of bars", depthMm);
    }

    /** Returns the bars one by one, by rising x. */
    public List<Box> boxes() {
        List<Box> boxes = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            boxes.add(
                    new Box(
                            Numbers.of(barX(n), centreMm.get(1), centreMm.get(2)),
                            Numbers.of(widthMm, lengthMm, depthMm)));
        }
        return boxes;
    }

    @Override
    public double distanceMm(double x, double y, double z) {
        double[] d = {
            Math.abs(x - barX(nearest(x))) - widthMm / 2,
            Math.abs(y - centreMm.get(1)) - lengthMm / 2,
            Math.abs(z - centreMm.get(2)) - depthMm / 2
        };
        double outside = 0;
        for (double off : d) {
            outside += off > 0 ? off * off : 0;
        }
        return outside > 0 ? Math.sqrt(outside) : Math.max(d[0], Math.max(d[1], d[2]));
    }

    @Override
    public double share(double x, double y, double z, double sigmaMm) {
        double rest =
                Shape.interval(y - centreMm.get(1), lengthMm / 2, sigmaMm)
                        * Shape.interval(z - centreMm.get(2), depthMm / 2, sigmaMm);
        double sum = 0;
        for (int n = 0; n < count && rest > 0; n++) {
            sum += Shape.interval(x - barX(n), widthMm / 2, sigmaMm);
        }
        return sum * rest;
    }

    @Override
    public double volumeMm3() {
        return count * widthMm * lengthMm * depthMm;
    }

    @Override
    public boolean thinnerThan(double mm) {
        return Math.min(widthMm, Math.min(lengthMm, depthMm)) < mm;
    }

    private int nearest(double x) {
        double place = (x - barX(0)) / (2 * widthMm);
        return (int) Math.max(0, Math.min(count - 1, Math.rint(place)));
    }

    private double barX(int n) {
        return centreMm.get(0) + (2 * n - (count - 1)) * widthMm;
    }
}
