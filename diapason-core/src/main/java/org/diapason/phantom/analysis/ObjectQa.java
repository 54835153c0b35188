package org.diapason.phantom.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Mtf;
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
 * What a scan of a described object says, by its description: of CT the noise of its largest even
 * region, the line through its rods of HU and their contrast over what they stand in, the sharpness
 * of its edges across x, wires along z and beads; of PET the noise of the background and the
 * recovery of its hot spheres.
 *
 * <p>The object is looked for by {@link Finder}, unless a person says where it is. The confidence
 * is the correlation of the image with the description; below {@value #LEAST} the object is not
 * taken to be there. Values whose quantity the file does not say are taken in the object's.
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
    private static final Set<Quantity> PET =
            Set.of(
                    Quantity.SUV_BW,
                    Quantity.SUV_LBM,
                    Quantity.SUV_LBM_JAMES,
                    Quantity.SUV_LBM_JANMA,
                    Quantity.SUV_BSA,
                    Quantity.SUV_IBW,
                    Quantity.BQ_ML);

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
        Finder.Found found = ObjectPose.found(scan, object, manual);
        Volume posed = ObjectPose.posed(scan, found.centreMm(), found.rollDegrees());
        Geometry g = posed.geometry();
        Numbers middle = g.toVoxel(0, 0, 0);
        List<Area> areas = new ArrayList<>();
        List<QaReport.Module> modules = new ArrayList<>();
        boolean pet = PET.contains(object.quantity());
        if (object.quantity() == Quantity.HU) {
            modules.add(QaReport.Module.showing("noise spectrum", () -> noise(posed, object)));
            if (object.regions().stream().anyMatch(r -> rod(r, LEAST_ROD_MM))) {
                modules.add(QaReport.Module.showing("scale", () -> scale(posed, object)));
            }
            if (object.regions().stream().anyMatch(r -> contrasts(object, r))) {
                modules.add(QaReport.Module.of("contrast", () -> contrast(posed, object)));
            }
        }
        for (Region region : object.regions()) {
            if (object.quantity() == Quantity.HU && sharp(region)) {
                modules.add(
                        QaReport.Module.showing(
                                "sharpness, " + region.name(),
                                () -> sharpness(posed, object, region)));
            } else if (pet && hot(object, region)) {
                Sphere ball = (Sphere) region.shape();
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
        if (pet && !modules.isEmpty()) {
            Region body = ground(object, hottest(object));
            modules.add(
                    QaReport.Module.showing("background", () -> background(posed, object, body)));
            modules.add(QaReport.Module.of("recovery curve", () -> curve(modules)));
        }
        if (modules.isEmpty()) {
            throw new RefusedException(
                    "nothing of the object "
                            + object.name()
                            + " can be measured: there is no rod, edge, wire or bead in HU, and no"
                            + " hot sphere of PET. Name an object that has one.");
        }
        QaReport.Place place =
                new QaReport.Place(
                        (int) Math.rint(middle.get(2)),
                        middle.get(0) * g.spacing(0),
                        middle.get(1) * g.spacing(1),
                        0,
                        found.rollDegrees(),
                        found.confidence(),
                        manual.centreMm().isPresent()
                                ? "as given"
                                : found.moved()
                                        ? "found by correlation"
                                        : "in the middle of the image");
        return new QaReport(object.name(), place, modules, areas);
    }

    private static QaReport.Shown scale(Volume scan, DigitalObject object) {
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
        HuLinearity line = HuLinearity.of(inserts);
        return new QaReport.Shown(line.figures(), Response.of(line));
    }

    private static QaReport.Shown noise(Volume scan, DigitalObject object) {
        Mask even = null;
        for (Region region : object.regions()) {
            if (region.texture().isEmpty() && !sharp(region)
                    || region.shape() instanceof HalfSpace) {
                Mask mask = object.mask(region.name(), scan.geometry(), INSET_MM);
                even = even == null || mask.count() > even.count() ? mask : even;
            }
        }
        if (even == null) {
            throw new DataException(
                    "every region of the object "
                            + object.name()
                            + " has a texture, so its noise cannot be told from it.");
        }
        Nps nps = Nps.of(scan, even, SQUARE, 1);
        return new QaReport.Shown(
                nps.figures(object.quantity().unit()), Response.noise(nps.spectrum().sd()));
    }

    /** Contrast to noise of every rod over what it stands in, the spread of that. */
    private static List<Measured> contrast(Volume scan, DigitalObject object) {
        SortedMap<String, Sample> grounds = new TreeMap<>();
        List<Measured> all = new ArrayList<>();
        for (Region region : object.regions()) {
            if (contrasts(object, region)) {
                Cylinder rod = (Cylinder) region.shape();
                Sample below =
                        grounds.computeIfAbsent(
                                ground(object, region).name(),
                                name ->
                                        Sample.of(
                                                name,
                                                scan,
                                                object.mask(name, scan.geometry(), INSET_MM)));
                Mask core = object.mask(region.name(), scan.geometry(), rod.radiusMm() / 3);
                Sample seen = Sample.of(region.name(), scan, core);
                all.add(Contrast.cnr(region.name(), seen, below, Contrast.Spread.BACKGROUND));
            }
        }
        return all;
    }

    /**
     * Returns the last region drawn before another that holds its middle; null for the background.
     */
    private static Region ground(DigitalObject object, Region region) {
        Numbers at =
                region.shape() instanceof Sphere ball
                        ? ball.centreMm()
                        : ((Cylinder) region.shape()).centreMm();
        Region ground = null;
        for (Region other : object.regions()) {
            if (other.equals(region)) {
                break;
            }
            boolean holds = other.shape().distanceMm(at.get(0), at.get(1), at.get(2)) < 0;
            ground = holds ? other : ground;
        }
        return ground;
    }

    private static boolean contrasts(DigitalObject object, Region region) {
        return rod(region, LEAST_CONTRAST_MM) && ground(object, region) != null;
    }

    /** Says whether a region is a ball hotter than what it stands in. */
    private static boolean hot(DigitalObject object, Region region) {
        if (!(region.shape() instanceof Sphere)) {
            return false;
        }
        Region ground = ground(object, region);
        return ground != null && region.value() > ground.value();
    }

    private static Region hottest(DigitalObject object) {
        return object.regions().stream().filter(r -> hot(object, r)).findFirst().orElseThrow();
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

    private static QaReport.Shown sharpness(Volume scan, DigitalObject object, Region region) {
        List<Measured> found = new ArrayList<>();
        Response response;
        if (region.shape() instanceof Cylinder wire) {
            Mtf i = ScannerMtf.wire(scan, wire, 0, AROUND_MM);
            Mtf j = ScannerMtf.wire(scan, wire, 1, AROUND_MM);
            found.addAll(ScannerMtf.figures(i, "wire"));
            response = Response.inPlane(i, 0).or(Response.inPlane(j, 1));
        } else if (region.shape() instanceof Sphere bead) {
            Mtf i = ScannerMtf.point(scan, bead, 0, AROUND_MM);
            Mtf j = ScannerMtf.point(scan, bead, 1, AROUND_MM);
            Mtf k = ScannerMtf.point(scan, bead, 2, AROUND_MM);
            found.addAll(ScannerMtf.figures(i, "bead"));
            found.add(ScannerMtf.thickness(scan, bead, AROUND_MM));
            response =
                    Response.inPlane(i, 0).or(Response.inPlane(j, 1)).or(Response.throughPlane(k));
        } else {
            Box alone = alone(object, region);
            found.addAll(ScannerMtf.edgeFigures(scan, alone));
            response = Response.inPlane(ScannerMtf.edge(scan, alone), 0);
        }
        List<Measured> named =
                found.stream().map(m -> m.named(m.metric() + "." + region.name())).toList();
        return new QaReport.Shown(named, response);
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
        Sample background = around(scan, object, ground(object, region));
        return PetRecovery.of(
                        scan, ball.centreMm(), 2 * ball.radiusMm(), region.value(), background)
                .figures();
    }

    private static Sample around(Volume scan, DigitalObject object, Region body) {
        return Sample.of(body.name(), scan, object.mask(body.name(), scan.geometry(), CLEAR_MM));
    }

    /** Coefficient of variation of the background, and what it shows of its true value. */
    private static QaReport.Shown background(Volume scan, DigitalObject object, Region body) {
        Sample s = around(scan, object, body);
        if (!(s.mean() > 0) || !(body.value() > 0)) {
            throw new DataException(
                    "region " + body.name() + " shows nothing, so its variation is undefined.");
        }
        double cov = s.sd() / s.mean();
        String how = body.name() + ", " + Numbers.fixed(CLEAR_MM, 0) + " mm from everything else";
        return new QaReport.Shown(
                List.of(
                        Measured.of("background-cov", cov, "1", cov * s.spreadError(), how),
                        Measured.of(
                                "background-rc",
                                s.mean() / body.value(),
                                "1",
                                s.error() / body.value(),
                                how)),
                Response.noise(s.sd()));
    }

    /** Says whether recovery rises with the width of the spheres: its largest fall. */
    private static List<Measured> curve(List<QaReport.Module> modules) {
        List<Measured> all = new ArrayList<>();
        for (String kind : List.of("rc-a50", "rc-max", "rc-peak")) {
            TreeMap<Double, Double> byWidth = new TreeMap<>();
            for (QaReport.Module m : modules) {
                for (Measured f : m.figures()) {
                    if (f.metric().startsWith(kind + ".")) {
                        String width = f.metric().substring(kind.length() + 1);
                        byWidth.put(Double.parseDouble(width), f.value());
                    }
                }
            }
            if (byWidth.size() < 2) {
                throw new DataException(
                        "fewer than two spheres were measured, so there is no curve of recovery.");
            }
            double fall = 0;
            double before = Double.NEGATIVE_INFINITY;
            for (double rc : byWidth.values()) {
                fall = Math.max(fall, before - rc);
                before = rc;
            }
            all.add(
                    Measured.bare(
                            kind + "-fall",
                            fall,
                            "1",
                            "largest fall from a sphere to the next wider; 0 where it rises"));
        }
        return all;
    }
}
