package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.Region;
import org.diapason.phantom.Shape;
import org.diapason.phantom.Sphere;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * One slice of the whole head: its activity, its attenuation and its MR image, with lesions that
 * both see, that one of them sees, or without any.
 *
 * <p>The truth is analytic. Data are made from {@value #FINER}² samples in each pixel, so that what
 * is reconstructed is not what was projected; the truth that images are judged by is their mean.
 */
final class LabScene {
    /** Pixels along a side of the images. */
    static final int SIDE = 96;

    static final double PIXEL_MM = 2.25;

    /** Samples along a side of a pixel. */
    static final int FINER = 4;

    /** The slice through the head: much white matter, and the ventricles. */
    private static final double Z_MM = 20;

    /** Activity of white matter and lesions, where grey matter has 8. */
    static final double WHITE = 3;

    static final double HOT = 7.5;

    /** T1 of white matter, which becomes 1, and of lesions. */
    private static final double MR_WHITE = 850;

    private static final double MR_LESION = 520;

    /** At 511 keV. */
    private static final double WATER_PER_MM = 0.0096;

    private static final double BONE_PER_MM = 0.0151;

    static final List<LabLesion> LESIONS =
            List.of(
                    new LabLesion(LabLesion.Kind.MATCHED, -22, 38, 8),
                    new LabLesion(LabLesion.Kind.MATCHED, 20, -40, 5),
                    new LabLesion(LabLesion.Kind.PET_ONLY, 24, 40, 8),
                    new LabLesion(LabLesion.Kind.PET_ONLY, -40, 6, 5),
                    new LabLesion(LabLesion.Kind.MR_ONLY, -20, -42, 8),
                    new LabLesion(LabLesion.Kind.MR_ONLY, 40, 0, 5),
                    new LabLesion(LabLesion.Kind.CONTROL, -32, -20, 8),
                    new LabLesion(LabLesion.Kind.CONTROL, 32, -22, 5));

    private final List<Region> pet = new ArrayList<>();
    private final List<Region> mr = new ArrayList<>();
    private final List<Region> ct = new ArrayList<>();

    private LabScene(boolean lesions) {
        take("whole-head-pet", pet);
        take("whole-head-t1", mr);
        take("whole-head-ct", ct);
        for (LabLesion l : LESIONS) {
            Shape ball = new Sphere(Numbers.of(l.xMm(), l.yMm(), Z_MM), l.radiusMm());
            if (lesions && l.kind().inPet()) {
                pet.add(Region.of(l.name(), HOT, ball));
            }
            if (lesions && l.kind().inMr()) {
                mr.add(Region.of(l.name(), MR_LESION, ball));
            }
        }
    }

    /** Returns the head with the lesions of {@link #LESIONS}. */
    static LabScene withLesions() {
        return new LabScene(true);
    }

    /** Returns the head in which nothing is to be found: what weights are chosen on. */
    static LabScene healthy() {
        return new LabScene(false);
    }

    private static void take(String object, List<Region> regions) {
        DigitalObject head = ObjectLibrary.of(object);
        for (Region r : head.regions()) {
            if (!r.name().startsWith("lesion")) {
                regions.add(r);
            }
        }
    }

    /** Returns the grid of the images. */
    static Geometry grid() {
        return grid(1);
    }

    /** Returns a grid with so many samples along a side of a pixel. */
    static Geometry grid(int finer) {
        double mm = PIXEL_MM / finer;
        return Geometry.of(SIDE * finer, SIDE * finer, 1, mm, mm, 1);
    }

    /** Returns the fine samples of the activity. */
    float[] activity() {
        return fine(pet, 0, 0, 1);
    }

    /** Returns the fine samples of the attenuation per mm. */
    float[] attenuationPerMm() {
        float[] hu = fine(ct, 0, -1000, 1);
        for (int v = 0; v < hu.length; v++) {
            // Straight from air to water, and from there to bone of 900 HU.
            double bone = (BONE_PER_MM - WATER_PER_MM) / 900;
            hu[v] =
                    (float)
                            (hu[v] < 0
                                    ? WATER_PER_MM * (1 + hu[v] / 1000)
                                    : WATER_PER_MM + bone * hu[v]);
        }
        return hu;
    }

    /** Returns the fine samples of the MR image, white matter 1, moved along x. */
    float[] anatomy(double shiftMm) {
        return fine(mr, shiftMm, 0, MR_WHITE);
    }

    private static float[] fine(List<Region> regions, double shiftMm, double outside, double unit) {
        int side = SIDE * FINER;
        double mm = PIXEL_MM / FINER;
        float[] values = new float[side * side];
        Parallel.forEach(
                side,
                j -> {
                    double y = (j - (side - 1) / 2.0) * mm;
                    for (int i = 0; i < side; i++) {
                        double x = (i - (side - 1) / 2.0) * mm - shiftMm;
                        values[j * side + i] = (float) (at(regions, x, y, outside) / unit);
                    }
                });
        return values;
    }

    private static double at(List<Region> regions, double x, double y, double outside) {
        for (int r = regions.size() - 1; r >= 0; r--) {
            if (regions.get(r).shape().distanceMm(x, y, Z_MM) <= 0) {
                return regions.get(r).value();
            }
        }
        return outside;
    }

    /** Returns the mean of the samples of each pixel. */
    static float[] pixels(float[] fine) {
        float[] mean = new float[SIDE * SIDE];
        for (int j = 0; j < SIDE * FINER; j++) {
            for (int i = 0; i < SIDE * FINER; i++) {
                mean[j / FINER * SIDE + i / FINER] += fine[j * SIDE * FINER + i] / (FINER * FINER);
            }
        }
        return mean;
    }
}
