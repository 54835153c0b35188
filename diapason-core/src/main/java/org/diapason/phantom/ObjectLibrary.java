package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/** The digital objects that have a name. */
public final class ObjectLibrary {
    private static final Map<String, Supplier<DigitalObject>> OBJECTS = new TreeMap<>();
    private static final Numbers ALONG_Z = Numbers.of(0, 0, 1);
    private static final double THROUGH_MM = 400;

    static {
        OBJECTS.put("uniform-water", ObjectLibrary::uniformWater);
        OBJECTS.put("hu-rods", ObjectLibrary::huRods);
        OBJECTS.put("resolution", ObjectLibrary::resolution);
        OBJECTS.put("low-contrast", ObjectLibrary::lowContrast);
        OBJECTS.put("nema-pet", ObjectLibrary::nemaPet);
        OBJECTS.put("textures", ObjectLibrary::textures);
        OBJECTS.put("chest", Anatomy::chest);
        for (Anatomy.Contrast contrast : Anatomy.Contrast.values()) {
            OBJECTS.put(contrast.objectName(), () -> Anatomy.head(contrast));
            OBJECTS.put(WholeHead.name(contrast), () -> WholeHead.of(contrast));
        }
    }

    private ObjectLibrary() {}

    /** Returns the names of all objects, sorted. */
    public static List<String> names() {
        return List.copyOf(OBJECTS.keySet());
    }

    /**
     * Returns the object of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static DigitalObject of(String name) {
        Supplier<DigitalObject> object = OBJECTS.get(name);
        if (object == null) {
            throw new IllegalArgumentException(
                    "there is no digital object \""
                            + name
                            + "\", only "
                            + String.join(", ", OBJECTS.keySet()));
        }
        return object.get();
    }

    /** A cylinder of water in air: noise, uniformity and the noise power spectrum. */
    private static DigitalObject uniformWater() {
        return new DigitalObject(
                "uniform-water",
                Quantity.HU,
                -1000,
                Numbers.of(220, 220, 40),
                List.of(Region.of("water", 0, rod(0, 0, 100))));
    }

    /** Six rods of known HU in water. */
    private static DigitalObject huRods() {
        List<Region> regions = new ArrayList<>();
        regions.add(Region.of("water", 0, rod(0, 0, 90)));
        String[] names = {"air", "polyethylene", "acrylic", "delrin", "bone", "dense-bone"};
        double[] hu = {-1000, -90, 120, 340, 900, 1500};
        for (int n = 0; n < names.length; n++) {
            double[] at = ring(55, n, names.length);
            regions.add(Region.of(names[n], hu[n], rod(at[0], at[1], 12)));
        }
        return new DigitalObject(
                "hu-rods", Quantity.HU, -1000, Numbers.of(200, 200, 30), List.copyOf(regions));
    }

    /** An edge and a wire that are tilted against the grid, a bead, and bars, in water. */
    private static DigitalObject resolution() {
        double tilt = StrictMath.toRadians(5);
        Numbers across = Numbers.of(StrictMath.cos(tilt), StrictMath.sin(tilt), 0);
        List<Region> regions = new ArrayList<>();
        regions.add(Region.of("edge", 800, new HalfSpace(Numbers.of(-20, 0, 0), across)));
        Cylinder wire =
                new Cylinder(Numbers.of(5.2, 26.3, 0), Numbers.of(0.03, 0.02, 1), 0.14, THROUGH_MM);
        regions.add(Region.of("wire", 20_000, wire));
        regions.add(Region.of("bead", 60_000, new Sphere(Numbers.of(31.1, 26.2, 0.3), 0.25)));
        double[] linePairsPerCm = {1, 2, 3, 4, 5, 6, 8};
        double[] x = {6, 30, 6, 24, 38, 6, 22};
        double[] y = {-2, -2, -16, -16, -16, -30, -30};
        for (int n = 0; n < x.length; n++) {
            double width = 5 / linePairsPerCm[n];
            int count = n < 2 ? 2 + n : 5;
            Bars bars = new Bars(Numbers.of(x[n], y[n], 0), count, width, 9, 20);
            regions.add(Region.of("bars-" + Math.round(linePairsPerCm[n]), 800, bars));
        }
        return new DigitalObject(
                "resolution", Quantity.HU, 0, Numbers.of(100, 100, 36), List.copyOf(regions));
    }

    /** Rods of 3, 5 and 10 HU over a body of 50 HU, 2 to 15 mm wide. */
    private static DigitalObject lowContrast() {
        List<Region> regions = new ArrayList<>();
        regions.add(Region.of("body", 50, rod(0, 0, 80)));
        double[] contrast = {3, 5, 10};
        double[] diameter = {2, 3, 4, 5, 6, 7, 8, 9, 15};
        for (int c = 0; c < contrast.length; c++) {
            for (int d = 0; d < diameter.length; d++) {
                double[] at = ring(50, c * diameter.length + d, 27);
                regions.add(
                        Region.of(
                                "hu" + Math.round(contrast[c]) + "-mm" + Math.round(diameter[d]),
                                50 + contrast[c],
                                rod(at[0], at[1], diameter[d] / 2)));
            }
        }
        return new DigitalObject(
                "low-contrast", Quantity.HU, -1000, Numbers.of(180, 180, 30), regions);
    }

    /**
     * Six hot spheres around an empty lung insert in a warm body: diameters and circle of NEMA NU
     * 2-2018, section 7, in a round body and without glass walls; ten to one.
     */
    private static DigitalObject nemaPet() {
        List<Region> regions = new ArrayList<>();
        regions.add(Region.of("body", 1, new Cylinder(Numbers.of(0, 0, 0), ALONG_Z, 115, 180)));
        regions.add(Region.of("lung", 0, rod(0, 0, 25)));
        double[] diameter = {10, 13, 17, 22, 28, 37};
        for (int n = 0; n < diameter.length; n++) {
            double[] at = ring(57.2, n, diameter.length);
            Sphere sphere = new Sphere(Numbers.of(at[0], at[1], 0), diameter[n] / 2);
            regions.add(Region.of("sphere-" + Math.round(diameter[n]), 10, sphere));
        }
        return new DigitalObject(
                "nema-pet", Quantity.SUV_BW, 0, Numbers.of(250, 250, 120), List.copyOf(regions));
    }

    /** Balls of one mean and spread whose texture has other lengths. */
    private static DigitalObject textures() {
        double[] length = {1, 2, 4, 8};
        List<Region> regions = new ArrayList<>();
        for (int n = 0; n < length.length; n++) {
            Sphere ball = new Sphere(Numbers.of(n % 2 == 0 ? -50 : 0, n < 2 ? -25 : 25, 0), 20);
            regions.add(
                    Region.of("length-" + Math.round(length[n]), 60, ball)
                            .with(new Texture.GaussianField(30, length[n], n + 1)));
        }
        for (int n = 0; n < 2; n++) {
            Sphere ball = new Sphere(Numbers.of(50, n == 0 ? -25 : 25, 0), 20);
            regions.add(
                    Region.of("power-law-" + (2 + n), 60, ball)
                            .with(new Texture.PowerLaw(30, 2 + n, 1, 16, n + 5)));
        }
        return new DigitalObject(
                "textures", Quantity.HU, 40, Numbers.of(160, 110, 50), List.copyOf(regions));
    }

    static Cylinder rod(double x, double y, double radiusMm) {
        return new Cylinder(Numbers.of(x, y, 0), ALONG_Z, radiusMm, THROUGH_MM);
    }

    /** Returns place n of many on a circle, the first to the patient's left. */
    private static double[] ring(double radiusMm, int n, int many) {
        double angle = 2 * Math.PI * n / many;
        return new double[] {radiusMm * StrictMath.cos(angle), radiusMm * StrictMath.sin(angle)};
    }
}
