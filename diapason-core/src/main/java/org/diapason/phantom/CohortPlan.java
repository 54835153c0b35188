package org.diapason.phantom;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diapason.step.Default;

/**
 * What is planted in a cohort of lesions, and who images it.
 *
 * <p>Mean and texture of a lesion are {@code base + disease · ill + Σ slope · (covariate − middle)
 * + N(0, sd)} in HU, middle that of the covariate's range.
 *
 * @param sites the sites, each with its scanner
 * @param covariates columns of numbers that mean and texture may depend on
 * @param mean mean HU inside a lesion
 * @param texture standard deviation in HU inside a lesion
 * @param correlationMm correlation of the texture in mm
 * @param radiusMm mean radius of the lesions in mm; up to 20
 * @param heldOut further objects, half of them diseased, that every scanner images
 */
public record CohortPlan(
        List<Site> sites,
        @Default("") List<Covariate> covariates,
        Effect mean,
        Effect texture,
        @Default("2.5") double correlationMm,
        @Default("18") double radiusMm,
        @Default("0") int heldOut) {

    private static final Set<String> TAKEN = Set.of("exam", "object", "site", "disease");

    /**
     * The demo's: three scanners, disease more frequent the higher the offset, age from 40 to 80.
     */
    public static final CohortPlan DEMO =
            new CohortPlan(
                    List.of(
                            new Site(scanner("A", 0.97, -20, 3, 1.2, 1, 14), 20, 4),
                            new Site(scanner("B", 1.00, 6, 4, 1.0, 1.5, 10), 20, 10),
                            new Site(scanner("C", 1.03, 20, 5, 0.8, 2.5, 7), 20, 16)),
                    List.of(new Covariate("age", 40, 80, -0.15, 0.08)),
                    new Effect(60, 28, 3.8),
                    new Effect(36, 16, 1),
                    2.5,
                    18,
                    20);

    public CohortPlan {
        sites = List.copyOf(sites);
        covariates = List.copyOf(covariates);
        if (sites.isEmpty() || heldOut < 0) {
            throw new IllegalArgumentException(
                    "a cohort needs one site or more, and heldOut 0 or more");
        }
        Set<String> names = new HashSet<>();
        for (Site site : sites) {
            if (!names.add(site.scanner.name())) {
                throw new IllegalArgumentException(
                        "two sites have a scanner named \"" + site.scanner.name() + "\"");
            }
        }
        Set<String> columns = new HashSet<>(TAKEN);
        for (Covariate covariate : covariates) {
            if (!columns.add(covariate.name)) {
                throw new IllegalArgumentException(
                        "the column \"" + covariate.name + "\" is there twice; name it otherwise");
            }
        }
        new LesionObject(0, 0, 0, correlationMm, radiusMm);
    }

    /**
     * One site.
     *
     * @param scanner its scanner, whose name is the site's
     * @param exams how many objects it images
     * @param diseased how many of them have the disease
     */
    public record Site(VirtualScanner scanner, int exams, int diseased) {
        public Site {
            if (exams < 1 || diseased < 0 || diseased > exams) {
                throw new IllegalArgumentException(
                        "site "
                                + scanner.name()
                                + ": exams must be 1 or more and diseased 0 to exams, got "
                                + exams
                                + " and "
                                + diseased);
            }
        }
    }

    /**
     * One column of numbers, uniform over a range, in tenths.
     *
     * @param name the column
     * @param low least value
     * @param high largest value
     * @param meanHu what one of it adds to the mean, in HU
     * @param textureHu what one of it adds to the texture, in HU
     */
    public record Covariate(
            String name,
            double low,
            double high,
            @Default("0") double meanHu,
            @Default("0") double textureHu) {
        public Covariate {
            if (!name.matches("[A-Za-z][A-Za-z0-9_]*") || !(high > low)) {
                throw new IllegalArgumentException(
                        "covariate \"" + name + "\" needs a name of letters, and low below high");
            }
        }
    }

    /**
     * What is planted in one property.
     *
     * @param base without disease, covariates at the middle of their ranges; HU
     * @param disease what the disease adds; HU
     * @param sd standard deviation between objects that are alike; HU
     */
    public record Effect(double base, @Default("0") double disease, @Default("0") double sd) {
        public Effect {
            if (!(sd >= 0)) {
                throw new IllegalArgumentException("sd of an effect must not be negative");
            }
        }
    }

    /** Returns the scanners of the sites, in their order. */
    public List<VirtualScanner> scanners() {
        List<VirtualScanner> scanners = new ArrayList<>();
        sites.forEach(s -> scanners.add(s.scanner));
        return scanners;
    }

    private static VirtualScanner scanner(
            String name,
            double gain,
            double offset,
            double psf,
            double pixel,
            double slice,
            double sd) {
        return new VirtualScanner(name, gain, offset, psf, pixel, slice, slice, sd, true);
    }
}
