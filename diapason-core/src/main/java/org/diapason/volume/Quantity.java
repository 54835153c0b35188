package org.diapason.volume;

/** What the numbers of a volume mean, so that a step can refuse what it must not touch. */
public enum Quantity {
    /** Values as they stand in the file, before the tags gave them a meaning. */
    STORED("stored", "1", false),
    /** Hounsfield units: −1000 air, 0 water. */
    HU("HU", "HU", true),
    /** PET uptake normalised by dose and body weight. */
    SUV_BW("SUVbw", "g/ml", true),
    /** PET uptake normalised by dose and lean body mass, Morgan's form of James (120 for men). */
    SUV_LBM("SUVlbm", "g/ml", true),
    /** PET uptake normalised by dose and lean body mass after James (128 for men). */
    SUV_LBM_JAMES("SUVlbm-james", "g/ml", true),
    /** PET uptake normalised by dose and lean body mass after Janmahasatian. */
    SUV_LBM_JANMA("SUVlbm-janma", "g/ml", true),
    /** PET uptake normalised by dose and body surface. */
    SUV_BSA("SUVbsa", "cm2/ml", true),
    /** PET uptake normalised by dose and ideal body weight. */
    SUV_IBW("SUVibw", "g/ml", true),
    /** Activity concentration. */
    BQ_ML("Bq/ml", "Bq/ml", true),
    /** Magnetic resonance signal in arbitrary units. */
    MR("MR", "arbitrary", false),
    /** Mapped onto another scale (reference tissue, histogram): never a physical unit again. */
    MAPPED("mapped", "mapped", false),
    /** Standard scores: mean 0 and standard deviation 1 in a mask. */
    Z_SCORE("z-score", "SD", false),
    /**
     * Made of several images by a rule or on a scale after which values measure nothing: never a
     * physical unit again. Files say so, as far as their format has room for words.
     */
    FUSED("fused", "1", false),
    /** A colour or grey picture. */
    PICTURE("picture", "grey", false),
    /** Nothing is known; steps that need a quantity refuse. */
    UNKNOWN("unknown", "1", false);

    private final String label;
    private final String unit;
    private final boolean physical;

    Quantity(String label, String unit, boolean physical) {
        this.label = label;
        this.unit = unit;
        this.physical = physical;
    }

    /** Returns the word used in tables and recipes: {@code HU}, {@code SUVbw}, … */
    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }

    /** Says whether the values carry a physical scale that a nonlinear map would destroy. */
    public boolean physical() {
        return physical;
    }

    /**
     * Returns the quantity with the given label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the labels
     */
    public static Quantity of(String label) {
        StringBuilder known = new StringBuilder();
        for (Quantity q : values()) {
            if (q.label.equalsIgnoreCase(label)) {
                return q;
            }
            known.append(known.isEmpty() ? "" : ", ").append(q.label);
        }
        throw new IllegalArgumentException(
                "quantity \"" + label + "\" is not known; known are " + known);
    }
}
