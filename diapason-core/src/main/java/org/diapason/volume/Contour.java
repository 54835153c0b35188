package org.diapason.volume;

/**
 * A closed polygon in a plane of patient space; the last point is joined to the first.
 *
 * @param pointsMm x, y, z of one point after the other, LPS mm; finite
 */
public record Contour(Numbers pointsMm) {

    public Contour {
        if (pointsMm.size() == 0 || pointsMm.size() % 3 != 0) {
            throw new IllegalArgumentException(
                    "a contour needs three numbers a point, got " + pointsMm.size() + " numbers");
        }
        for (int n = 0; n < pointsMm.size(); n++) {
            if (!Double.isFinite(pointsMm.get(n))) {
                throw new IllegalArgumentException(
                        "a contour needs finite numbers, got " + pointsMm.get(n) + " mm");
            }
        }
    }

    /** Returns the number of points. */
    public int size() {
        return pointsMm.size() / 3;
    }

    public double x(int point) {
        return pointsMm.get(3 * point);
    }

    public double y(int point) {
        return pointsMm.get(3 * point + 1);
    }

    public double z(int point) {
        return pointsMm.get(3 * point + 2);
    }
}
