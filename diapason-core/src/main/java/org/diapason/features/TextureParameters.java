package org.diapason.features;

import java.util.List;
import org.diapason.step.Default;

/**
 * Which voxels are neighbours, and what they count for.
 *
 * <p>The defaults are those of the consensus values. Runs follow the directions of Chebyshev
 * distance 1, zones are linked at Chebyshev distance 1 and their distance to the border is counted
 * in faces (Manhattan): these have no setting.
 *
 * <p>Reference: IBSI reference manual, arXiv:1612.07003, sections 3.6 to 3.11, and its reporting
 * guidelines, "texture parameters".
 *
 * @param norm how the distances below are measured
 * @param distance pairs of the co-occurrence matrix are more than this less 1 and at most this many
 *     voxels apart; 1 … 5
 * @param weighting what a direction counts for where co-occurrence and run length matrices of
 *     several directions are merged; averages do not change
 * @param weightingNorm how the step of a weighted direction is measured
 * @param ngtdmDistance neighbours of the grey tone difference matrix are at most this many voxels
 *     away; 1 … 5
 * @param ngldmDistance neighbours of the grey level dependence matrix are at most this many voxels
 *     away; 1 … 5
 * @param coarseness levels of the dependence matrix that differ by at most this much depend on each
 *     other (α); 0 … 4095
 */
public record TextureParameters(
        @Default("chebyshev") Norm norm,
        @Default("1") int distance,
        @Default("none") Weighting weighting,
        @Default("euclidean") Norm weightingNorm,
        @Default("1") int ngtdmDistance,
        @Default("1") int ngldmDistance,
        @Default("0") int coarseness) {

    /** The parameters of the consensus values. */
    public static final TextureParameters IBSI =
            new TextureParameters(Norm.CHEBYSHEV, 1, Weighting.NONE, Norm.EUCLIDEAN, 1, 1, 0);

    private static final int FURTHEST = 5;

    public TextureParameters {
        require("distance", distance, 1, FURTHEST);
        require("ngtdm-distance", ngtdmDistance, 1, FURTHEST);
        require("ngldm-distance", ngldmDistance, 1, FURTHEST);
        require("coarseness", coarseness, 0, Levels.MOST - 1);
    }

    /** Returns all families, in the order of the manual and by its rules. */
    public List<Texture> families() {
        return families(Rules.IBSI);
    }

    /** Returns all families, in the order of the manual. */
    public List<Texture> families(Rules rules) {
        return List.of(
                new Glcm(this, rules),
                new Glrlm(this, rules),
                new Glszm(rules),
                new Gldzm(rules),
                new Ngtdm(this, rules),
                new Ngldm(this, rules));
    }

    private static void require(String what, int found, int least, int most) {
        if (found < least || found > most) {
            String unit = what.endsWith("distance") ? " voxels" : " levels";
            throw new IllegalArgumentException(
                    what + " must be " + least + " … " + most + unit + ", got " + found);
        }
    }
}
