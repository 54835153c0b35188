package org.diapason.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Rng;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Volume;

/**
 * A cohort of digital objects with planted effects, imaged by the scanners of its sites.
 *
 * <p>The objects of a site are imaged once, by its scanner; those held out by all scanners. The
 * truth of each object is its image by a reference scanner. In the demo's cohort ({@link
 * CohortPlan#DEMO}) disease and the scanner's offset go together.
 *
 * @param seed makes every object and all noise
 * @param plan what is planted, and who images it
 */
public record PlantedCohort(long seed, CohortPlan plan) {

    /** The name of the image in each exam. */
    public static final String IMAGE = "ct";

    /** The name of the mask in each exam. */
    public static final String MASK = "lesion";

    /** The demo's scanners, in the order of rising prevalence of disease. */
    public static final List<VirtualScanner> SCANNERS = CohortPlan.DEMO.scanners();

    /** The demo's cohort. */
    public PlantedCohort(long seed) {
        this(seed, CohortPlan.DEMO);
    }

    /**
     * One exam that can be imaged.
     *
     * @param id the exam's name
     * @param object the object's name, which the exams of one object share
     * @param scanner what images it
     * @param disease whether the object has the disease
     * @param values the covariates by their names, in tenths
     */
    public record Visit(
            String id,
            String object,
            VirtualScanner scanner,
            boolean disease,
            SortedMap<String, Double> values) {

        /** Returns the columns of the cohort table: site, disease (0 or 1) and the covariates. */
        public Map<String, String> covariates() {
            Map<String, String> columns = new TreeMap<>();
            columns.put("site", scanner.name());
            columns.put("disease", disease ? "1" : "0");
            values.forEach((name, value) -> columns.put(name, Numbers.fixed(value, 1)));
            return columns;
        }
    }

    /** Returns the exams of the sites, which a run is fitted on. */
    public List<Visit> fitted() {
        List<Visit> visits = new ArrayList<>();
        int all = plan.sites().stream().mapToInt(CohortPlan.Site::exams).sum();
        for (int s = 0; s < plan.sites().size(); s++) {
            CohortPlan.Site site = plan.sites().get(s);
            boolean[] disease = diseased("fitted" + s, site.exams(), site.diseased());
            for (int n = 0; n < site.exams(); n++) {
                String id = name("P", visits.size() + 1, all);
                visits.add(new Visit(id, id, site.scanner(), disease[n], values(id)));
            }
        }
        return visits;
    }

    /** Returns the exams of further objects, one by each scanner, that no fit sees. */
    public List<Visit> heldOut() {
        List<Visit> visits = new ArrayList<>();
        int many = plan.heldOut();
        boolean[] disease = diseased("held out", many, many / 2);
        for (int n = 0; n < many; n++) {
            String object = name("H", n + 1, many);
            for (VirtualScanner scanner : plan.scanners()) {
                String id = object + "-" + scanner.name();
                visits.add(new Visit(id, object, scanner, disease[n], values(object)));
            }
        }
        return visits;
    }

    /** Returns the object of a visit. */
    public LesionObject object(Visit visit) {
        Rng rng = new Rng(Rng.seed(seed, "object " + visit.object));
        double mean = plan.mean().base() + (visit.disease ? plan.mean().disease() : 0);
        double texture = plan.texture().base() + (visit.disease ? plan.texture().disease() : 0);
        for (CohortPlan.Covariate c : plan.covariates()) {
            double away = visit.values.get(c.name()) - (c.low() + c.high()) / 2;
            mean += c.meanHu() * away;
            texture += c.textureHu() * away;
        }
        mean += plan.mean().sd() * rng.nextGaussian();
        texture += plan.texture().sd() * rng.nextGaussian();
        long own = rng.nextLong();
        return new LesionObject(
                own, mean, Math.max(0, texture), plan.correlationMm(), plan.radiusMm());
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

    private SortedMap<String, Double> values(String object) {
        SortedMap<String, Double> values = new TreeMap<>();
        for (CohortPlan.Covariate c : plan.covariates()) {
            double share = new Rng(Rng.seed(seed, c.name() + " " + object)).nextDouble();
            values.put(c.name(), Math.rint(10 * (c.low() + (c.high() - c.low()) * share)) / 10);
        }
        return values;
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

    /** Returns a name of two digits or more, as many as the last has. */
    private static String name(String letter, int number, int last) {
        int digits = Math.max(2, Integer.toString(last).length());
        String text = Integer.toString(number);
        return letter + "0".repeat(digits - text.length()) + text;
    }
}
