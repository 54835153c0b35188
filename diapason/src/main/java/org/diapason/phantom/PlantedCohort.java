package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diapason.math.Rng;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * A cohort of digital objects with a planted disease and age effect, imaged by three scanners that
 * differ in scale, sharpness and noise.
 *
 * <p>Sixty objects are imaged once, twenty a scanner, with disease in 4, 10 and 16 of the twenty,
 * so that the scanner's offset and prevalence go together. Twenty further objects, half of them
 * diseased, are imaged by all three scanners. The truth of each object is its image by a reference
 * scanner. {@code meanHu = 60 + 28 disease − 0.15 (age − 60) + N(0, 3.8)}; {@code textureSdHu = 36
 * + 16 disease + 0.08 (age − 60) + N(0, 1)}; age is uniform from 40 to 80 years.
 *
 * @param seed makes every object and all noise
 */
public record PlantedCohort(long seed) {

    /** The name of the image in each exam. */
    public static final String IMAGE = "ct";

    /** The name of the mask in each exam. */
    public static final String MASK = "lesion";

    /** The scanners, in the order of rising prevalence of disease. */
    public static final List<VirtualScanner> SCANNERS =
            List.of(
                    new VirtualScanner("A", 0.97, -20, 3, 1.2, 1, 1, 14, true),
                    new VirtualScanner("B", 1.00, 6, 4, 1.0, 1.5, 1.5, 10, true),
                    new VirtualScanner("C", 1.03, 20, 5, 0.8, 2.5, 2.5, 7, true));

    private static final int PER_SCANNER = 20;
    private static final int[] DISEASED = {4, 10, 16};
    private static final int HELD_OUT = 20;

    /**
     * One exam that can be imaged.
     *
     * @param id the exam's name
     * @param object the object's name, which the exams of one object share
     * @param scanner what images it
     * @param disease whether the object has the disease
     * @param age years, in tenths
     */
    public record Visit(
            String id, String object, VirtualScanner scanner, boolean disease, double age) {

        /** Returns the columns of the cohort table: site, disease (0 or 1) and age. */
        public Map<String, String> covariates() {
            return Map.of(
                    "site", scanner.name(),
                    "disease", disease ? "1" : "0",
                    "age", Numbers.fixed(age, 1));
        }
    }

    /** Returns the sixty exams that a run is fitted on. */
    public List<Visit> fitted() {
        List<Visit> visits = new ArrayList<>();
        for (int s = 0; s < SCANNERS.size(); s++) {
            boolean[] disease = diseased("fitted" + s, PER_SCANNER, DISEASED[s]);
            for (int n = 0; n < PER_SCANNER; n++) {
                String id = name("P", s * PER_SCANNER + n + 1);
                visits.add(new Visit(id, id, SCANNERS.get(s), disease[n], age(id)));
            }
        }
        return visits;
    }

    /** Returns the sixty exams of twenty further objects that no fit sees. */
    public List<Visit> heldOut() {
        List<Visit> visits = new ArrayList<>();
        boolean[] disease = diseased("held out", HELD_OUT, HELD_OUT / 2);
        for (int n = 0; n < HELD_OUT; n++) {
            String object = name("H", n + 1);
            for (VirtualScanner scanner : SCANNERS) {
                visits.add(
                        new Visit(
                                object + "-" + scanner.name(),
                                object,
                                scanner,
                                disease[n],
                                age(object)));
            }
        }
        return visits;
    }

    /** Returns the object of a visit. */
    public LesionObject object(Visit visit) {
        Rng rng = new Rng(Rng.seed(seed, "object " + visit.object));
        double ill = visit.disease ? 1 : 0;
        double mean = 60 + 28 * ill - 0.15 * (visit.age - 60) + 3.8 * rng.nextGaussian();
        double texture = 36 + 16 * ill + 0.08 * (visit.age - 60) + rng.nextGaussian();
        return new LesionObject(rng.nextLong(), mean, texture, 2.5, 18);
    }

    /** Returns the exam as its own scanner makes it, with the true lesion as its mask. */
    public Exam scan(Visit visit) {
        double field = LesionObject.FIELD_MM;
        return image(visit, visit.scanner, visit.scanner.grid(field, field), visit.covariates());
    }

    /**
     * Returns the exam's object as the reference scanner shows it: no noise, gain 1, offset 0.
     *
     * @param fwhmMm the cohort's target resolution
     * @param grid the cohort's target grid for this exam
     */
    public Exam planted(Visit visit, double fwhmMm, Geometry grid) {
        VirtualScanner reference = VirtualScanner.reference(fwhmMm, grid.spacing(0));
        return image(visit, reference, grid, visit.covariates());
    }

    /** Returns a scanner's image of the quality phantom. */
    public Volume phantomScan(VirtualScanner scanner) {
        Geometry grid = scanner.grid(QaPhantom.FIELD_MM, QaPhantom.DEPTH_MM);
        return scanner.scan(QaPhantom.truth(), grid, Rng.seed(seed, "phantom " + scanner.name()));
    }

    private Exam image(
            Visit visit, VirtualScanner scanner, Geometry grid, Map<String, String> columns) {
        LesionObject object = object(visit);
        Volume volume = scanner.scan(object.truth(), grid, Rng.seed(seed, "noise " + visit.id));
        Mask mask = object.mask(grid);
        return Exam.of(visit.id, Map.of(IMAGE, Image.of(volume)), Map.of(MASK, mask), columns);
    }

    private double age(String object) {
        double years = 40 + 40 * new Rng(Rng.seed(seed, "age " + object)).nextDouble();
        return Math.rint(10 * years) / 10;
    }

    private boolean[] diseased(String stream, int of, int many) {
        int[] order = new int[of];
        for (int n = 0; n < of; n++) {
            order[n] = n;
        }
        new Rng(Rng.seed(seed, stream)).shuffle(order);
        boolean[] disease = new boolean[of];
        for (int n = 0; n < many; n++) {
            disease[order[n]] = true;
        }
        return disease;
    }

    private static String name(String letter, int number) {
        return letter + (number < 10 ? "0" : "") + number;
    }
}
