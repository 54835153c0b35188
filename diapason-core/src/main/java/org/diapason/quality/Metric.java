package org.diapason.quality;

import java.util.ArrayList;
import java.util.List;
import org.diapason.step.Spelling;

/** Every figure: its name in JSON, which way it improves, its unit, what it is. */
public enum Metric {
    MSE("mse", Better.LOWER, "unit^2", "mean squared error"),
    PSNR("psnr", Better.HIGHER, "dB", "peak signal to noise ratio"),
    SSIM("ssim", Better.HIGHER, "1", "structural similarity, Gaussian of 11 taps"),
    SSIM_UNIFORM_7("ssimUniform7", Better.HIGHER, "1", "structural similarity, cube of 7"),
    MS_SSIM("msSsim", Better.HIGHER, "1", "structural similarity at five scales"),
    EPI("epi", Better.HIGHER, "1", "edge preservation, correlation of Laplacians"),
    EPI_RATIO("epiRatio", Better.HIGHER, "1", "edge preservation, ratio of slopes"),
    EPI_EDGES("epiEdges", Better.HIGHER, "1", "edge preservation, ratio of slopes at edges"),
    NCC("ncc", Better.HIGHER, "1", "correlation"),
    MI("mi", Better.HIGHER, "bit", "mutual information"),
    NMI("nmi", Better.HIGHER, "1", "normalised mutual information"),
    VIF("vif", Better.HIGHER, "1", "visual information fidelity, pixel domain"),
    UQI("uqi", Better.HIGHER, "1", "universal quality index Q"),
    ERGAS("ergas", Better.LOWER, "%", "relative error of all bands together"),
    SAM("sam", Better.LOWER, "degree", "angle between spectra"),
    KS("ks", Better.LOWER, "1", "largest distance of the distributions"),
    W1("w1", Better.LOWER, "unit", "mean distance of the distributions"),
    ENTROPY("entropy", Better.HIGHER, "bit", "entropy of the values"),
    SF("sf", Better.HIGHER, "unit", "spatial frequency"),
    AG("ag", Better.HIGHER, "unit", "average gradient"),
    QABF("qabf", Better.HIGHER, "1", "edges carried over from both sources"),
    SCD("scd", Better.HIGHER, "1", "correlations of the differences"),
    D_LAMBDA("dLambda", Better.LOWER, "1", "spectral distortion"),
    D_S("dS", Better.LOWER, "1", "spatial distortion"),
    QNR("qnr", Better.HIGHER, "1", "quality without reference");

    private final String label;
    private final Better better;
    private final String unit;
    private final String title;

    Metric(String label, Better better, String unit, String title) {
        this.label = label;
        this.better = better;
        this.unit = unit;
        this.title = title;
    }

    /** Returns the name of JSON and of {@code --metrics}. */
    public String label() {
        return label;
    }

    public Better better() {
        return better;
    }

    /** Returns the unit; {@code unit} is that of the images. */
    public String unit() {
        return unit;
    }

    /** Returns what it is, in a few words. */
    public String title() {
        return title;
    }

    /** Says whether it judges a fused image by both of its sources. */
    public boolean ofThree() {
        return ordinal() >= QABF.ordinal();
    }

    /** Says whether it is of one image alone. */
    public boolean ofOne() {
        return this == ENTROPY || this == SF || this == AG;
    }

    /**
     * Returns the figure of a name, in any case.
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest, or all
     */
    public static Metric of(String label) {
        for (Metric metric : values()) {
            if (metric.label.equalsIgnoreCase(label)) {
                return metric;
            }
        }
        List<String> known = new ArrayList<>(List.of("all"));
        for (Metric metric : values()) {
            known.add(metric.label);
        }
        throw new IllegalArgumentException(
                "metric \""
                        + label
                        + "\" is not known; "
                        + Spelling.nearest(label, known)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("known are " + String.join(", ", known)));
    }
}
