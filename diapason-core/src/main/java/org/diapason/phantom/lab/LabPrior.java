package org.diapason.phantom.lab;

import java.util.List;
import org.diapason.reconstruction.Bowsher;
import org.diapason.reconstruction.DirectionalTv;
import org.diapason.reconstruction.HuberTv;
import org.diapason.reconstruction.JointTv;
import org.diapason.reconstruction.ParallelLevelSets;
import org.diapason.reconstruction.Prior;
import org.diapason.reconstruction.RelativeDifference;
import org.diapason.reconstruction.SymmetricLevelSets;
import org.diapason.reconstruction.SymmetricLevelSets.Form;
import org.diapason.reconstruction.TotalVariation;
import org.diapason.volume.Geometry;

/**
 * A prior of the experiment, with all that is set but its weight, or a rule that fuses two images.
 * Activities are about 3 in white and 8 in grey matter, MR values 1 and 0.7.
 */
public enum LabPrior {
    /** No prior. */
    NONE(false),
    TV(false),
    HUBER_TV(false),
    RELATIVE_DIFFERENCE(false),
    JOINT_TV(true),
    DIRECTIONAL_TV(true),
    PARALLEL_LEVEL_SETS(true),
    /** The form that is one function of both images. */
    SYMMETRIC_LEVEL_SETS(true),
    BOWSHER(true),
    BOWSHER_L1(true),
    /** A rule: details of whichever image shows them more. */
    LAPLACIAN(true),
    /** A rule: PET plus detail of MR. */
    MTF_GLP(true);

    /** Smoothing of kinks, in units of activity per mm; an edge of grey matter has 2. */
    static final double KINK = 0.02;

    static final double HUBER = 0.2;

    /** Of edges of MR against those of PET: 0.3 against 5. */
    static final double JOINT_ETA = 10;

    /** Of the largest edge of MR. */
    static final double EDGE_ETA = 0.05;

    /** Of the symmetric form: edges well below count as none, per mm in PET and in MR. */
    static final double PET_EDGE = 0.2;

    static final double MR_EDGE = 0.02;

    static final double GAMMA = 0.95;

    /** Of the 8 neighbours in a plane. */
    static final int NEIGHBOURS = 4;

    private final boolean guided;

    LabPrior(boolean guided) {
        this.guided = guided;
    }

    /** Returns those that use an anatomy, or those that do not. */
    static List<LabPrior> all(boolean guided) {
        return java.util.Arrays.stream(values()).filter(p -> p.guided == guided).toList();
    }

    /** Says whether it uses the MR image. */
    public boolean guided() {
        return guided;
    }

    /** Says whether it is a rule that fuses images and no prior: it cannot act on counts. */
    public boolean rule() {
        return this == LAPLACIAN || this == MTF_GLP;
    }

    /** Returns what else might have been set: a quarter and four times η, and so on. */
    List<LabSetting> others() {
        return switch (this) {
            case JOINT_TV -> both("eta", JOINT_ETA / 4, JOINT_ETA * 4);
            case DIRECTIONAL_TV ->
                    List.of(
                            new LabSetting("eta", EDGE_ETA / 4),
                            new LabSetting("eta", EDGE_ETA * 4),
                            new LabSetting("gamma", 0.8),
                            new LabSetting("gamma", 1));
            case PARALLEL_LEVEL_SETS -> both("eta", EDGE_ETA / 4, EDGE_ETA * 4);
            case SYMMETRIC_LEVEL_SETS -> both("eta", MR_EDGE / 4, MR_EDGE * 4);
            case BOWSHER, BOWSHER_L1 -> both("neighbours", NEIGHBOURS - 2, NEIGHBOURS + 2);
            default -> List.of();
        };
    }

    private static List<LabSetting> both(String name, double low, double high) {
        return List.of(new LabSetting(name, low), new LabSetting(name, high));
    }

    /** Returns the name as it is written in tables. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Returns the prior of the activity under an anatomy, which unguided ones do not look at. */
    Prior of(Geometry grid, float[] anatomy, LabSetting set) {
        double eta = set.or("eta", EDGE_ETA);
        int near = (int) set.or("neighbours", NEIGHBOURS);
        return switch (this) {
            case NONE, LAPLACIAN, MTF_GLP -> throw new IllegalStateException(word());
            case TV -> new TotalVariation(grid, KINK);
            case HUBER_TV -> new HuberTv(grid, HUBER);
            case RELATIVE_DIFFERENCE -> new RelativeDifference(grid, 2, 0.05);
            case JOINT_TV -> new JointTv(grid, anatomy, set.or("eta", JOINT_ETA), KINK);
            case DIRECTIONAL_TV ->
                    new DirectionalTv(grid, anatomy, eta, set.or("gamma", GAMMA), KINK);
            case PARALLEL_LEVEL_SETS -> new ParallelLevelSets(grid, anatomy, eta, KINK);
            case SYMMETRIC_LEVEL_SETS ->
                    new SymmetricLevelSets(
                            Form.QUADRATIC, grid, anatomy, PET_EDGE, set.or("eta", MR_EDGE));
            case BOWSHER -> Bowsher.quadratic(grid, anatomy, near, false);
            case BOWSHER_L1 -> Bowsher.absolute(grid, anatomy, near, false, KINK);
        };
    }
}
