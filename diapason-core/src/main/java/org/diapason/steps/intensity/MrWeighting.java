package org.diapason.steps.intensity;

import org.diapason.math.Bins;
import org.diapason.volume.Contrast;
import org.diapason.volume.Numbers;

/** How an MR image is weighted, which says which peak of its histogram is that of white matter. */
public enum MrWeighting {
    /** The last peak. */
    T1("last"),
    /** The highest peak. */
    T2("largest"),
    /** The highest peak. */
    FLAIR("largest"),
    /** The first peak. */
    PD("first");

    private final String rule;

    MrWeighting(String rule) {
        this.rule = rule;
    }

    /** Returns the word for the rule, as the trace says it. */
    String rule() {
        return rule;
    }

    /** Refuses an image whose tags tell another weighting. */
    void require(Admission image) {
        Contrast tags = Contrast.of(image.image().tags());
        boolean agrees =
                switch (this) {
                    case T1 -> tags.t1();
                    case T2 -> tags == Contrast.T2;
                    case FLAIR -> tags == Contrast.FLAIR;
                    case PD -> tags == Contrast.PD;
                };
        if (tags != Contrast.UNKNOWN && !agrees) {
            throw image.refused(
                    "its contrast is "
                            + tags.label()
                            + " by its tags, and contrast "
                            + name().toLowerCase(java.util.Locale.ROOT)
                            + " was asked for. Set contrast to what the image is, or name other"
                            + " images (image).");
        }
    }

    /**
     * Returns the peak of white matter between two values.
     *
     * @param prominence share of the highest bin by which a peak must rise
     * @param leastHeight share of the highest bin that the first or last peak must reach
     * @throws org.diapason.volume.RefusedException if there is none inside
     */
    Bins.Peak peak(
            Admission image,
            Bins smooth,
            double low,
            double high,
            double prominence,
            double leastHeight,
            String mask) {
        double highest = smooth.counts().max();
        Bins.Peak found = null;
        for (Bins.Peak peak : smooth.peaks()) {
            if (peak.at() < low
                    || peak.at() > high
                    || peak.prominence() < prominence * highest
                    || peak.height() < leastHeight * highest) {
                continue;
            }
            if (found == null
                    || rule.equals("last")
                    || rule.equals("largest") && peak.height() > found.height()) {
                found = peak;
            }
        }
        if (found == null) {
            throw image.refused(
                    "the smoothed histogram "
                            + Admission.where(mask)
                            + " has no peak between "
                            + Numbers.fixed(low, 3)
                            + " and "
                            + Numbers.fixed(high, 3)
                            + " that rises by "
                            + Numbers.fixed(100 * prominence, 1)
                            + " % of its highest"
                            + (leastHeight > 0
                                    ? " and reaches "
                                            + Numbers.fixed(100 * leastHeight, 0)
                                            + " % of it"
                                    : "")
                            + ", so white matter cannot be found. The mask must be"
                            + " the brain without skull; else lower prominence.");
        }
        return found;
    }
}
