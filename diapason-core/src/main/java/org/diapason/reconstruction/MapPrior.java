package org.diapason.reconstruction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.diapason.step.Spelling;
import org.diapason.volume.Geometry;

/** The priors by which an image can be fused with another, by name. */
public enum MapPrior {
    TV(false),
    HUBER_TV(false),
    JTV(true),
    DTV(true),
    PLS(true),
    BOWSHER(true),
    BOWSHER_L1(true),
    RDP(false);

    /** What scales with noise is a tenth of it. */
    private static final double SMALL = 0.1;

    private final boolean guided;

    MapPrior(boolean guided) {
        this.guided = guided;
    }

    /** Says whether it takes edges or likeness from the other image. */
    public boolean guided() {
        return guided;
    }

    /** Says whether η is a setting of it. */
    public boolean hasEta() {
        return this == JTV || this == DTV || this == PLS;
    }

    /** Returns the name users write: {@code huber-tv}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the prior of a name.
     *
     * @throws IllegalArgumentException if there is none; the message offers the nearest
     */
    public static MapPrior of(String label) {
        List<String> known = Arrays.stream(values()).map(MapPrior::label).toList();
        int at = known.indexOf(label);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "prior \"" + label + "\" is not known; " + Spelling.hint(label, known));
        }
        return values()[at];
    }

    /** Returns how many neighbours a Bowsher prior takes unless told: a third. */
    static int usualNeighbours(Geometry grid) {
        return grid.ni() > 1 && grid.nj() > 1 && grid.nk() > 1 ? 9 : 3;
    }

    /**
     * Makes the prior.
     *
     * @param guide the other image; flat for the unguided twin
     * @param eta η
     * @param gamma γ of dtv
     * @param neighbours B of Bowsher
     * @param noise standard deviation of the image, from which smoothing is derived
     */
    Prior of(Geometry grid, float[] guide, double eta, double gamma, int neighbours, double noise) {
        double small = SMALL * noise / spacing(grid);
        return switch (this) {
            case TV -> new TotalVariation(grid, small);
            case HUBER_TV -> new HuberTv(grid, small);
            case JTV -> new JointTv(grid, guide, eta, small);
            case DTV -> new DirectionalTv(grid, guide, eta, gamma, small);
            case PLS -> new ParallelLevelSets(grid, guide, eta, small);
            case BOWSHER -> Bowsher.quadratic(grid, guide, neighbours, false);
            case BOWSHER_L1 -> Bowsher.absolute(grid, guide, neighbours, false, small);
            case RDP -> new RelativeDifference(grid, 2, SMALL * noise);
        };
    }

    /** Returns n where R(t u) = tⁿ R(u), kinks apart. */
    int degree() {
        return this == BOWSHER ? 2 : 1;
    }

    /** Returns a weight to begin a search at, where data have the given noise and mean. */
    double firstWeight(Geometry grid, double noise, double mean) {
        double h = spacing(grid);
        return switch (this) {
            case BOWSHER -> SMALL * h * h / (noise * noise);
            case BOWSHER_L1 -> SMALL * h / noise;
            case RDP -> SMALL * mean / (noise * noise);
            default -> 0.3 * h / noise;
        };
    }

    /** Returns the mean spacing in mm of axes with neighbours. */
    static double spacing(Geometry grid) {
        double sum = 0;
        int count = 0;
        for (int a = 0; a < 3; a++) {
            sum += grid.size(a) > 1 ? grid.spacing(a) : 0;
            count += grid.size(a) > 1 ? 1 : 0;
        }
        return count == 0 ? 1 : sum / count;
    }
}
