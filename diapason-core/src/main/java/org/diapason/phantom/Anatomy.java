package org.diapason.phantom;

import java.util.List;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * A head and a chest of ellipsoids: sizes and values of the right order, no more.
 *
 * <p>A head is one anatomy; only what a tissue shows depends on the contrast.
 */
final class Anatomy {
    private Anatomy() {}

    /** What shows the head, and the value of its tissues in the order of {@link Tissue}. */
    enum Contrast {
        CT(Quantity.HU, -1000, -60, 900, 8, 37, 29, 22),
        T1(Quantity.MR, 0, 900, 120, 250, 600, 850, 520),
        T2(Quantity.MR, 0, 450, 100, 1400, 700, 500, 1000),
        FLAIR(Quantity.MR, 0, 400, 80, 120, 700, 500, 1100),
        PET(Quantity.SUV_BW, 0, 0.6, 0.4, 0.2, 8, 3, 1.5);

        private final Quantity quantity;
        private final double[] values;

        Contrast(Quantity quantity, double... values) {
            this.quantity = quantity;
            this.values = values;
        }

        String objectName() {
            return "head-" + name().toLowerCase(java.util.Locale.ROOT);
        }

        Quantity quantity() {
            return quantity;
        }

        double of(Tissue tissue) {
            return values[tissue.ordinal()];
        }
    }

    enum Tissue {
        AIR,
        SCALP,
        SKULL,
        CSF,
        GREY,
        WHITE,
        LESION
    }

    /** An axial slab of a head as a contrast shows it, with a lesion in its white matter. */
    static DigitalObject head(Contrast c) {
        List<Region> regions =
                List.of(
                        part(c, "scalp", Tissue.SCALP, 0, 0, 78, 98, 95),
                        part(c, "skull", Tissue.SKULL, 0, 0, 73, 93, 90),
                        part(c, "csf", Tissue.CSF, 0, 0, 67, 87, 84),
                        part(c, "grey-matter", Tissue.GREY, 0, 0, 65, 85, 82),
                        part(c, "white-matter", Tissue.WHITE, 0, 0, 57, 76, 73),
                        part(c, "thalamus-right", Tissue.GREY, -14, 10, 8, 14, 9),
                        part(c, "thalamus-left", Tissue.GREY, 14, 10, 8, 14, 9),
                        part(c, "ventricle-right", Tissue.CSF, -11, -14, 6, 22, 14),
                        part(c, "ventricle-left", Tissue.CSF, 11, -14, 6, 22, 14),
                        Region.of(
                                "lesion",
                                c.of(Tissue.LESION),
                                new Sphere(Numbers.of(34, 22, 4), 7)));
        return new DigitalObject(
                c.objectName(), c.quantity, c.of(Tissue.AIR), Numbers.of(176, 216, 40), regions);
    }

    private static Region part(
            Contrast contrast,
            String name,
            Tissue tissue,
            double x,
            double y,
            double a,
            double b,
            double c) {
        Ellipsoid shape = new Ellipsoid(Numbers.of(x, y, 0), Numbers.of(a, b, c));
        return Region.of(name, contrast.of(tissue), shape);
    }

    /** An axial slab of a chest in HU: textured lungs with solid and ground-glass nodules. */
    static DigitalObject chest() {
        Texture right = new Texture.PowerLaw(35, 3, 1, 8, 1);
        Texture left = new Texture.PowerLaw(35, 3, 1, 8, 2);
        List<Region> regions =
                List.of(
                        ellipsoid("fat", -90, 0, 0, 0, 140, 98, 300),
                        ellipsoid("muscle", 50, 0, 0, 0, 130, 88, 300),
                        ellipsoid("lung-right", -840, -62, 0, 0, 52, 68, 120).with(right),
                        ellipsoid("lung-left", -840, 66, 4, 0, 48, 64, 120).with(left),
                        ellipsoid("heart", 45, 18, -20, 0, 42, 36, 50),
                        Region.of("aorta", 45, ObjectLibrary.rod(16, 36, 12)),
                        Region.of("spine", 250, ObjectLibrary.rod(0, 62, 18)),
                        Region.of("vessel-right", 40, vessel(-70, -6, 0.9, 0.3, 0.5, 2, 90)),
                        Region.of("vessel-left", 40, vessel(78, 18, 0.2, 0.9, 0.4, 1.5, 60)),
                        nodule("nodule-4", 30, -84, 24, 2, 4),
                        nodule("nodule-6", 30, -46, 40, -5, 6),
                        nodule("nodule-10", 30, -60, -38, 3, 10),
                        nodule("nodule-20", 30, 84, 40, 0, 20),
                        nodule("ground-glass-16", -620, 76, -24, 0, 16));
        return new DigitalObject("chest", Quantity.HU, -1000, Numbers.of(290, 206, 30), regions);
    }

    private static Region ellipsoid(
            String name, double value, double x, double y, double z, double a, double b, double c) {
        return Region.of(name, value, new Ellipsoid(Numbers.of(x, y, z), Numbers.of(a, b, c)));
    }

    private static Cylinder vessel(
            double x, double y, double a, double b, double c, double radiusMm, double lengthMm) {
        return new Cylinder(Numbers.of(x, y, 0), Numbers.of(a, b, c), radiusMm, lengthMm);
    }

    private static Region nodule(
            String name, double value, double x, double y, double z, double diameterMm) {
        return Region.of(name, value, new Sphere(Numbers.of(x, y, z), diameterMm / 2));
    }
}
