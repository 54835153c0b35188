package org.diapason.volume;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The contrast class of an MR series by its tags; what lies between the classes is {@link
 * #UNKNOWN}.
 *
 * <p>TR, TE and TI in ms. Bounds for spin echo, T2, PD and FLAIR enclose those in clinical use
 * (MS-SMART: T1 TR 518–700 TE 7–20, T2 TR 2600–3300 TE 85–100, PD TE 11–26, FLAIR TE 100–128 TI
 * 2200–2400); they are rules of thumb and not a standard.
 */
public enum Contrast {
    /** Spin echo without inversion, TR under 1000, TE under 30. */
    T1("t1"),
    /** Spin echo without inversion, TR over 2000, TE from 70. */
    T2("t2"),
    /** Spin echo without inversion, TR over 2000, TE under 40. */
    PD("pd"),
    /** Inversion at 1400 to 2900, TE over 70, TR over 4000. */
    FLAIR("flair"),
    /** Inversion at 400 to 1200 before a spin echo, TE under 40. */
    T1_FLAIR("t1-flair"),
    /** Inversion at 80 to 250. */
    STIR("stir"),
    /** Gradient echo with TI 380 to 1300 and TE under 10: MPRAGE, IR-FSPGR, TFE. */
    T1_IR_GRE("t1-ir-gre"),
    /** One of the T1 classes with a contrast agent. */
    T1C("t1c"),
    /** Diffusion weighted. */
    DWI("dwi"),
    /** Apparent diffusion coefficient. */
    ADC("adc"),
    /** None of the above, or tags are missing or differ between slices. */
    UNKNOWN("unknown");

    private final String label;

    Contrast(String label) {
        this.label = label;
    }

    /** Returns the word used in traces and tables: {@code t1}, {@code flair}, … */
    public String label() {
        return label;
    }

    /** Says whether it is one of the T1 classes. */
    public boolean t1() {
        return this == T1 || this == T1_FLAIR || this == T1_IR_GRE || this == T1C;
    }

    /** Returns the class of an MR series. */
    public static Contrast of(Tags tags) {
        List<String> type = values(tags, "ImageType");
        if (type.contains("ADC")) {
            return ADC;
        }
        double b = number(tags, "DiffusionBValue");
        // the image without weighting lies under the same type as those with it
        if (b > 0 || type.contains("TRACEW") || b != 0 && type.contains("DIFFUSION")) {
            return DWI;
        }
        Contrast plain = plain(tags);
        boolean agent =
                tags.text("ContrastBolusAgent")
                        .map(t -> t.strip().toUpperCase(Locale.ROOT))
                        .filter(t -> !t.matches("NO|NONE|WITHOUT|N"))
                        .isPresent();
        return agent && plain.t1() ? T1C : plain;
    }

    private static Contrast plain(Tags tags) {
        double tr = number(tags, "RepetitionTime");
        double te = number(tags, "EchoTime");
        double ti = number(tags, "InversionTime");
        List<String> sequence = values(tags, "ScanningSequence");
        if (sequence.contains("EP") || Double.isNaN(te)) {
            return UNKNOWN;
        }
        if (sequence.contains("GR")) {
            return ti >= 380 && ti <= 1300 && te < 10 && !sequence.contains("SE")
                    ? T1_IR_GRE
                    : UNKNOWN;
        }
        boolean spinEcho = sequence.contains("SE");
        if (ti > 0) {
            return spinEcho || sequence.contains("IR") ? inverted(tr, te, ti) : UNKNOWN;
        }
        // "IR" without a TI, and TI under any other sequence, cannot be placed
        return spinEcho && !sequence.contains("IR") ? spinEcho(tr, te) : UNKNOWN;
    }

    private static Contrast inverted(double tr, double te, double ti) {
        if (ti >= 80 && ti <= 250) {
            return STIR;
        }
        if (ti >= 400 && ti <= 1200 && te < 40) {
            return T1_FLAIR;
        }
        return ti >= 1400 && ti <= 2900 && te > 70 && tr > 4000 ? FLAIR : UNKNOWN;
    }

    private static Contrast spinEcho(double tr, double te) {
        if (tr < 1000 && te < 30) {
            return T1;
        }
        return tr > 2000 && te >= 70 ? T2 : tr > 2000 && te < 40 ? PD : UNKNOWN;
    }

    /** Returns a number, NaN where it is missing or no number: an unknown class, not an error. */
    private static double number(Tags tags, String keyword) {
        return Numbers.parse(tags.text(keyword).orElse("").strip()).orElse(Double.NaN);
    }

    private static List<String> values(Tags tags, String keyword) {
        return Arrays.stream(tags.text(keyword).orElse("").toUpperCase(Locale.ROOT).split("\\\\"))
                .map(String::strip)
                .toList();
    }
}
