package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.phantom.Box;
import org.diapason.phantom.Cylinder;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.HalfSpace;
import org.diapason.phantom.Region;
import org.diapason.phantom.Sphere;
import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * What a scan of a described object says, by its description: the line through its rods of HU, the
 * noise of its first region and the contrast of rods over it, the sharpness of its edges across x,
 * wires along z and beads, the recovery of its hot spheres.
 *
 * <p>The object is taken to lie in the middle of the image, along its axes, unless a person says
 * otherwise. The confidence is the correlation of the image with the description, region by region
 * without blur; below {@value #LEAST} the object is not taken to be there. Values whose quantity
 * the file does not say are taken in the object's.
 */
public final class ObjectQa {
    /** Correlation below which the object counts as not found. */
    public static final double LEAST = 0.5;

    private static final double LEAST_ROD_MM = 8;
    private static final double INSET_MM = 4;
    private static final double CLEAR_MM = 15;
    private static final double LEAST_CONTRAST_MM = 2;
    private static final double THIN_MM = 1;
    private static final double AROUND_MM = 12;
    private static final double EDGE_MM = 15;
    private static final int SQUARE = 32;

    private ObjectQa() {}

    /**
     * Analyses a scan of the object.
     *
     * @throws DataException if the object is not there
     * @throws RefusedException if the image is of another quantity than the object
     */
    public static QaReport analyse(Volume scan, DigitalObject object, Manual manual) {
        if (scan.quantity() != object.quantity() && scan.quantity() != Quantity.UNKNOWN) {
            throw new RefusedException(
                    "the phantom scan is in "
                            + scan.quantity().label()
                            + ", the object "
                            + object.name()
                            + " in "
                            + object.quantity().label()
                            + ". Scan the object that was named.");
        }
        Volume posed = posed(scan, manual);
        Geometry g = posed.geometry();
        double sure = manual.centreMm().isPresent() ? 1 : correlation(posed, object);
        if (!(sure >= LEAST)) {
            throw new DataException(
                    "the object "
                            + object.name()
                            + " is not in the middle of the image (correlation "
                            + Numbers.fixed(sure, 2)
                            + ", "
                            + Numbers.fixed(LEAST, 2)
                            + " is needed). Say where it is: --centre x,y,z and --roll.");
        }
        Numbers middle = g.toVoxel(0, 0, 0);
        List<Area> areas = new ArrayList<>();
        List<QaReport.Module> modules = new ArrayList<>();
        if (object.quantity() == Quantity.HU) {
            modules.add(QaReport.Module.of("noise spectrum", () -> noise(posed, object)));
            if (object.regions().stream().anyMatch(r -> rod(r, LEAST_ROD_MM))) {
                modules.add(QaReport.Module.of("scale", () -> scale(posed, object)));
            }
            if (object.regions().stream().skip(1).anyMatch(r -> rod(r, LEAST_CONTRAST_MM))) {
                modules.add(QaReport.Module.of("contrast", () -> contrast(posed, object)));
            }
        }
        for (Region region : object.regions()) {
            if (sharp(region)) {
                modules.add(
                        QaReport.Module.of(
                                "sharpness, " + region.name(),
                                () -> sharpness(posed, object, region)));
            } else if (region.shape() instanceof Sphere ball && object.quantity() != Quantity.HU) {
                modules.add(
                        QaReport.Module.of(
                                region.name(), () -> recovery(posed, object, region, ball)));
                Numbers at =
                        g.toVoxel(
                                ball.centreMm().get(0),
                                ball.centreMm().get(1),
                                ball.centreMm().get(2));
                areas.add(
                        Area.disc(
                                region.name(),
                                (int) Math.rint(at.get(2)),
                                at.get(0) * g.spacing(0),
                                at.get(1) * g.spacing(1),
                                ball.radiusMm()));
            }
        }
        QaReport.Place place =
                new QaReport.Place(
                        (int) Math.rint(middle.get(2)),
                        middle.get(0) * g.spacing(0),
                        middle.get(1) * g.spacing(1),
                        0,
                        manual.rollDegrees().orElse(0),
                        sure,
                        manual.centreMm().isPresent() ? "as given" : "in the middle of the image");
        return new QaReport(object.name(), place, modules, areas);
    }

    /** Returns the scan with the object's own axes as its world. */
    static Volume posed(Volume scan, Manual manual) {
        Geometry g = scan.geometry();
        Numbers centre =
                manual.centreMm()
                        .orElse(
                                g.toWorld(
                                        (g.ni() - 1) / 2.0,
                                        (g.nj() - 1) / 2.0,
                                        (g.nk() - 1) / 2.0));
        double angle = StrictMath.toRadians(manual.rollDegrees().orElse(0));
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

    private static double correlation(Volume scan, DigitalObject object) {
        double[] expected = new double[scan.values().length];
        Arrays.fill(expected, object.background());
        for (Region region : object.regions()) {
            boolean[] in = object.mask(region.name(), scan.geometry(), 0).voxels();
            for (int n = 0; n < in.length; n++) {
                expected[n] = in[n] ? region.value() : expected[n];
            }
        }
        Sample a = Sample.of(expected);
        double mean = 0;
        for (float v : scan.values()) {
            mean += v / (double) expected.length;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int n = 0; n < expected.length; n++) {
            double x = expected[n] - a.mean();
            double y = scan.values()[n] - mean;
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static List<Measured> scale(Volume scan, DigitalObject object) {
        List<HuLinearity.Insert> inserts = new ArrayList<>();
        for (Region region : object.regions()) {
            if (region.shape() instanceof Cylinder rod && rod.radiusMm() >= LEAST_ROD_MM) {
                Mask core = object.mask(region.name(), scan.geometry(), INSET_MM);
                Sample seen = Sample.of(region.name(), scan, core);
                inserts.add(new HuLinearity.Insert(region.name(), region.value(), seen));
            }
        }
        if (inserts.size() < 2) {
            Sample air =
                    Sample.of(
                            DigitalObject.BACKGROUND,
                            scan,
                            object.mask(DigitalObject.BACKGROUND, scan.geometry(), INSET_MM));
            inserts.add(new HuLinearity.Insert("background", object.background(), air));
        }
        return HuLinearity.of(inserts).figures();
    }

    private static List<Measured> noise(Volume scan, DigitalObject object) {
        Region largest = object.regions().get(0);
        Mask even = object.mask(largest.name(), scan.geometry(), INSET_MM);
        return Nps.of(scan, even, SQUARE, 1).figures(object.quantity().unit());
    }

    /** Contrast to noise of every rod over what it stands in, the spread of that. */
    private static List<Measured> contrast(Volume scan, DigitalObject object) {
        Region body = object.regions().get(0);
        Mask ground = object.mask(body.name(), scan.geometry(), INSET_MM);
        Sample below = Sample.of(body.name(), scan, ground);
        List<Measured> all = new ArrayList<>();
        for (Region region : object.regions().subList(1, object.regions().size())) {
            if (region.shape() instanceof Cylinder rod && rod.radiusMm() >= LEAST_CONTRAST_MM) {
                Mask core = object.mask(region.name(), scan.geometry(), rod.radiusMm() / 3);
                Sample seen = Sample.of(region.name(), scan, core);
                all.add(Contrast.cnr(region.name(), seen, below, Contrast.Spread.BACKGROUND));
            }
        }
        return all;
    }

    private static boolean rod(Region region, double leastMm) {
        return region.shape() instanceof Cylinder rod && rod.radiusMm() >= leastMm;
    }

    /** Says whether a region is an edge, a wire or a bead. */
    private static boolean sharp(Region region) {
        return region.shape() instanceof HalfSpace
                || region.shape() instanceof Cylinder wire && wire.radiusMm() < THIN_MM
                || region.shape() instanceof Sphere bead && bead.radiusMm() < THIN_MM;
    }

    private static List<Measured> sharpness(Volume scan, DigitalObject object, Region region) {
        List<Measured> found;
        if (region.shape() instanceof Cylinder wire) {
            found = ScannerMtf.figures(ScannerMtf.wire(scan, wire, 0, AROUND_MM), "wire");
        } else if (region.shape() instanceof Sphere bead) {
            found = ScannerMtf.figures(ScannerMtf.point(scan, bead, 0, AROUND_MM), "bead");
        } else {
            found = ScannerMtf.edgeFigures(scan, alone(object, region));
        }
        return found.stream()
                .map(
                        m ->
                                new Measured(
                                        m.metric() + "." + region.name(),
                                        m.value(),
                                        m.unit(),
                                        m.low(),
                                        m.high(),
                                        m.how()))
                .toList();
    }

    /** Returns the box around the middle of an edge across x that holds no other region. */
    private static Box alone(DigitalObject object, Region region) {
        Numbers middle = ((HalfSpace) region.shape()).throughMm();
        double[] half = {EDGE_MM, 0.45 * object.fieldMm().get(1), 0.45 * object.fieldMm().get(2)};
        for (Region other : object.regions()) {
            for (int n = 0; !other.equals(region) && n < 11 * 11; n++) {
                double x = middle.get(0) + (n % 11 - 5) * half[0] / 5;
                double y = middle.get(1) + (n / 11 - 5) * half[1] / 5;
                if (other.shape().distanceMm(x, y, middle.get(2)) < half[0] / 10) {
                    throw new DataException(
                            "around "
                                    + region.name()
                                    + " stands "
                                    + other.name()
                                    + ", so its sharpness cannot be measured. Describe an edge with "
                                    + Numbers.fixed(EDGE_MM, 0)
                                    + " mm of room.");
                }
            }
        }
        return new Box(middle, Numbers.of(2 * half[0], 2 * half[1], 2 * half[2]));
    }

    private static List<Measured> recovery(
            Volume scan, DigitalObject object, Region region, Sphere ball) {
        Region body = object.regions().get(0);
        Mask around = object.mask(body.name(), scan.geometry(), CLEAR_MM);
        double background = Sample.of(body.name(), scan, around).mean();
        return PetRecovery.of(
                        scan, ball.centreMm(), 2 * ball.radiusMm(), region.value(), background)
                .figures();
    }
}
