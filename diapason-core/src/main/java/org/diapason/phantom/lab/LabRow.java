package org.diapason.phantom.lab;

import java.util.List;
import org.diapason.phantom.lab.LabJudge.Judged;

/**
 * What a method made of all realisations of one condition. Shares, not per cent.
 *
 * @param method the method
 * @param trues expected counts from the head
 * @param shiftMm how far MR was off
 * @param images what was found of each realisation
 */
public record LabRow(LabMethod method, double trues, double shiftMm, List<Judged> images) {

    /** A number of one image. */
    private interface Figure {
        double of(Judged judged);
    }

    /**
     * Mean and standard deviation over realisations.
     *
     * @param sd NaN of one realisation
     */
    public record Spread(double mean, double sd) {}

    private Spread spread(Figure figure) {
        double sum = 0;
        double square = 0;
        for (Judged j : images) {
            sum += figure.of(j);
        }
        double mean = sum / images.size();
        for (Judged j : images) {
            square += (figure.of(j) - mean) * (figure.of(j) - mean);
        }
        return new Spread(
                mean, images.size() > 1 ? Math.sqrt(square / (images.size() - 1)) : Double.NaN);
    }

    /** Returns the row of the first realisation alone. */
    public LabRow first() {
        return new LabRow(method, trues, shiftMm, images.subList(0, 1));
    }

    /** Returns the root of the mean square error as a share of the brain's mean activity. */
    public Spread rmse() {
        return spread(Judged::rmse);
    }

    /** Returns what grey matter has too much, as a share of it. */
    public Spread biasGrey() {
        return spread(Judged::biasGrey);
    }

    /** Returns what white matter has too much, as a share of it. */
    public Spread biasWhite() {
        return spread(Judged::biasWhite);
    }

    /** Returns the root of the mean square error of the MR image as a share of white matter's. */
    public Spread rmseMr() {
        return spread(Judged::rmseMr);
    }

    /** Returns the contrast of a lesion; 1 is what a lesion of PET has in truth. */
    public Spread contrast(LabLesion lesion) {
        return spread(j -> j.contrast().get(lesion));
    }

    /** Returns a lesion's contrast over noise. */
    public Spread cnr(LabLesion lesion) {
        return spread(j -> j.cnr().get(lesion));
    }

    /** Returns the mean contrast of the lesions of a kind. */
    public Spread contrast(LabLesion.Kind kind) {
        return spread(j -> mean(j, kind));
    }

    private static double mean(Judged judged, LabLesion.Kind kind) {
        double sum = 0;
        int n = 0;
        for (LabLesion l : LabScene.LESIONS) {
            if (l.kind() == kind) {
                sum += judged.contrast().get(l);
                n++;
            }
        }
        return sum / n;
    }

    /**
     * Returns the root of the mean squared contrast over the lesions of a kind and all
     * realisations: where in truth there is none, what was invented, of either sign.
     */
    public double size(LabLesion.Kind kind) {
        double sum = 0;
        int n = 0;
        for (Judged j : images) {
            for (LabLesion l : LabScene.LESIONS) {
                if (l.kind() == kind) {
                    sum += j.contrast().get(l) * j.contrast().get(l);
                    n++;
                }
            }
        }
        return Math.sqrt(sum / n);
    }

    /** Returns what the prior erased of lesions that PET alone shows: what is missing of 1. */
    public double erased() {
        return 1 - contrast(LabLesion.Kind.PET_ONLY).mean();
    }
}
