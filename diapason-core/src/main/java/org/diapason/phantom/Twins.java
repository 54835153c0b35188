package org.diapason.phantom;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Rng;
import org.diapason.step.Cohort;
import org.diapason.step.Fold;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/**
 * Two virtual scanners that image the same lesions, and the recipe that is to make them alike.
 *
 * <p>An exam holds the lesion's image under every image name that the recipe reads and the true
 * lesion under every mask name, with the scanner's true calibration. Image steps and extractors are
 * those of a run; what is learned is learned from the two. Table steps need a cohort and are left
 * out.
 *
 * @param a one scanner
 * @param b the other
 * @param recipe what both images go through
 * @param radiusMm mean radius of the lesions in mm
 * @param fieldMm edge of the cube that is imaged in mm
 */
public record Twins(
        VirtualScanner a, VirtualScanner b, Recipe recipe, double radiusMm, double fieldMm) {

    private static final double MEAN_HU = 80;
    private static final double TEXTURE_HU = 40;

    /** Correlations of the textures in mm: seed n has number n − 1, and round again. */
    public static final List<Double> CORRELATIONS_MM = List.of(2.5, 1.5, 5.0);

    /** Lesions of 14 mm in a field of 60 mm. */
    public Twins(VirtualScanner a, VirtualScanner b, Recipe recipe) {
        this(a, b, recipe, 14, LesionObject.FIELD_MM);
    }

    /** Returns the twins with other lesions. */
    public Twins of(double otherRadiusMm, double otherFieldMm) {
        return new Twins(a, b, recipe, otherRadiusMm, otherFieldMm);
    }

    /**
     * Returns the lesion of a seed: 80 HU, texture of 40 HU and one of {@link #CORRELATIONS_MM}, in
     * tissue of 40 HU.
     */
    public LesionObject object(long seed) {
        long own = Rng.seed(seed, "twins");
        int place = Math.floorMod(seed - 1, CORRELATIONS_MM.size());
        double length = CORRELATIONS_MM.get(place);
        return new LesionObject(own, MEAN_HU, TEXTURE_HU, length, radiusMm);
    }

    /** Returns a lesion as both show it, without noise and rounding. */
    public TwinPair quiet(long seed) {
        return see(seed, false, 1);
    }

    /**
     * Returns the same where the calibration of scanner b states widths that are wrong by a factor.
     */
    TwinPair quiet(long seed, double factor) {
        return see(seed, false, factor);
    }

    /** Returns a lesion as both show it, with their noise and rounding. */
    public TwinPair noisy(long seed) {
        return see(seed, true, 1);
    }

    TwinPair noisy(long seed, double factor) {
        return see(seed, true, factor);
    }

    private TwinPair see(long seed, boolean noise, double factor) {
        LesionObject object = object(seed);
        Volume truth = object.truth();
        long chance = Rng.seed(seed, "noise of twins");
        Exam one = scan("a", a, object, truth, noise, 1, Rng.seed(chance, "a"));
        Exam two = scan("b", b, object, truth, noise, factor, Rng.seed(chance, "b"));
        return TwinPair.of(this, one, two, seed);
    }

    private Exam scan(
            String id,
            VirtualScanner scanner,
            LesionObject object,
            Volume truth,
            boolean noise,
            double factor,
            long seed) {
        Geometry grid = scanner.grid(fieldMm, fieldMm);
        Volume image = (noise ? scanner : quiet(scanner)).scan(truth, grid, seed);
        return exam(id, recipe, scanner, image, object.mask(grid), factor);
    }

    /** Returns a scanner without noise and rounding. */
    static VirtualScanner quiet(VirtualScanner s) {
        return new VirtualScanner(
                s.name(),
                s.gain(),
                s.offset(),
                s.psfMm(),
                s.spacingMm(),
                s.boxMm(),
                s.kernel(),
                s.bias(),
                Optional.empty(),
                false);
    }

    /** Returns an image under all names that a recipe reads, with the truth about its scanner. */
    static Exam exam(
            String id,
            Recipe recipe,
            VirtualScanner scanner,
            Volume image,
            Mask mask,
            double factor) {
        double[] fwhm = scanner.totalFwhmMm().toArray();
        for (int axis = 0; axis < 3; axis++) {
            fwhm[axis] *= factor;
        }
        Numbers stated = Numbers.of(fwhm);
        ScannerCalibration truth =
                new ScannerCalibration(
                        scanner.name(),
                        "2026-01-01",
                        stated,
                        scanner.gain(),
                        scanner.offset(),
                        Map.of());
        Image one = new Image(image.withFwhmMm(stated), Tags.none(), Optional.of(truth));
        SortedMap<String, Image> images = new TreeMap<>();
        recipe.imageNames().forEach(name -> images.put(name, one));
        if (images.isEmpty()) {
            images.put(image.quantity() == Quantity.SUV_BW ? "pet" : "ct", one);
        }
        SortedMap<String, Mask> masks = new TreeMap<>();
        recipe.maskNames().forEach(name -> masks.put(name, mask));
        return Exam.of(id, images, masks, Map.of("scanner", scanner.name()));
    }

    /** Returns the image steps of a recipe, learned from some exams where they learn. */
    static List<Step<Exam>> learned(Recipe recipe, List<Exam> exams) {
        Cohort<Exam> cohort =
                new Cohort<>() {
                    @Override
                    public List<String> ids() {
                        return exams.stream().map(Exam::id).toList();
                    }

                    @Override
                    public Exam open(String id) {
                        return exams.stream().filter(e -> e.id().equals(id)).findFirst().get();
                    }
                };
        return Fold.learn(recipe.images(), cohort, new Trace("cohort", recipe.seed()));
    }
}
