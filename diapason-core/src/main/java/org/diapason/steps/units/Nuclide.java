package org.diapason.steps.units;

import java.util.Optional;

/**
 * The positron emitters of PET with their half-lives and codes.
 *
 * <p>Half-lives in s, rounded from DDEP/NNDC; codes of DICOM PS3.16 CID 4020 in SCT and SRT.
 */
public enum Nuclide {
    C_11("C-11", 1223, "40565003", "C-105A1"),
    N_13("N-13", 598, "21576001", "C-107A1"),
    O_15("O-15", 122.2, "129504001", "C-B1038"),
    F_18("F-18", 6586.2, "77004003", "C-111A1"),
    CU_62("Cu-62", 580, "422934004", "C-127A5"),
    CU_64("Cu-64", 45724, "3932008", "C-127A2"),
    GA_66("Ga-66", 34164, "79477007", "C-131A1"),
    GA_68("Ga-68", 4062.6, "35337001", "C-131A3"),
    GE_68("Ge-68", 2.341e7, "53315004", "C-128A2"),
    BR_76("Br-76", 58320, "79523006", "C-113A2"),
    RB_82("Rb-82", 75.9, "79197006", "C-159A2"),
    Y_86("Y-86", 53064, "10738001", "C-162A3"),
    Y_90("Y-90", 230580, "14691008", "C-162A7"),
    ZR_89("Zr-89", 282280, "63360001", "C-168A4"),
    I_124("I-124", 360806, "40937006", "C-114A5");

    /** Half-lives further apart than this are not of one nuclide. */
    private static final double SAME = 0.01;

    private final String label;
    private final double halfLifeSeconds;
    private final String sct;
    private final String srt;

    Nuclide(String label, double halfLifeSeconds, String sct, String srt) {
        this.label = label;
        this.halfLifeSeconds = halfLifeSeconds;
        this.sct = sct;
        this.srt = srt;
    }

    String label() {
        return label;
    }

    double halfLifeSeconds() {
        return halfLifeSeconds;
    }

    boolean has(double seconds) {
        return Math.abs(seconds - halfLifeSeconds) <= SAME * halfLifeSeconds;
    }

    /** Returns the nuclide of a code in SCT or SRT. */
    public static Optional<Nuclide> ofCode(String code) {
        for (Nuclide n : values()) {
            if (n.sct.equals(code) || n.srt.equals(code)) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    static Optional<Nuclide> ofHalfLife(double seconds) {
        for (Nuclide n : values()) {
            if (n.has(seconds)) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }
}
