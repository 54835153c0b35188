package org.diapason.phantom.analysis;

import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.Region;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/** Where a digital object lies in a scan of it. */
final class ObjectPose {
    private ObjectPose() {}

    /** Returns where the object lies, as a person says or by correlation. */
    static Finder.Found found(Volume scan, DigitalObject object, Manual manual) {
        if (manual.centreMm().isPresent()) {
            double roll = manual.rollDegrees().orElse(0);
            return new Finder.Found(manual.centreMm().get(), roll, 1, true);
        }
        Finder.Found found =
                Finder.find(scan, (x, y, z, s) -> value(object, x, y, z, s), manual.rollDegrees());
        if (!(found.confidence() >= ObjectQa.LEAST)) {
            throw new DataException(
                    "the object "
                            + object.name()
                            + " was not found in the image (correlation "
                            + Numbers.fixed(found.confidence(), 2)
                            + ", "
                            + Numbers.fixed(ObjectQa.LEAST, 2)
                            + " is needed). Say where it is: --centre x,y,z and --roll.");
        }
        return found;
    }

    /** Returns what is expected at a place under a Gaussian, textures left out. */
    private static double value(DigitalObject object, double x, double y, double z, double sigma) {
        double v = object.background();
        for (Region region : object.regions()) {
            double away = region.shape().distanceMm(x, y, z);
            boolean far = Math.abs(away) >= 4 * sigma;
            double m = far ? away < 0 ? 1 : 0 : region.shape().share(x, y, z, sigma);
            v += m * (region.value() - v);
        }
        return v;
    }

    /** Returns the scan with the object's own axes as its world. */
    static Volume posed(Volume scan, Numbers centre, double rollDegrees) {
        Geometry g = scan.geometry();
        double angle = StrictMath.toRadians(rollDegrees);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] turned = g.direction().toArray();
        double[] origin = new double[3];
        for (int a = 0; a < 3; a++) {
            double x = g.direction().get(a);
            double y = g.direction().get(3 + a);
            turned[a] = cos * x + sin * y;
            turned[3 + a] = cos * y - sin * x;
            origin[a] = g.originMm().get(a) - centre.get(a);
        }
        Numbers start =
                Numbers.of(
                        cos * origin[0] + sin * origin[1],
                        cos * origin[1] - sin * origin[0],
                        origin[2]);
        Geometry own =
                new Geometry(g.ni(), g.nj(), g.nk(), g.spacingMm(), start, Numbers.of(turned));
        return Volume.of(own, scan.values(), scan.quantity());
    }
}
