package org.diapason.registration;

import java.util.List;
import java.util.Optional;
import org.diapason.volume.Affine;

/**
 * What is known of how good a registration is.
 *
 * @param status the worst of the findings, {@link Status#PASS} without any
 * @param findings what speaks against it, the worst first
 * @param overlap share of the fixed image, or of its mask, that lies in the moving image, 0 to 1
 * @param targetError expected distance between where places were put and where they belong
 * @param errorCovariance the same by place and direction, as far as the causes tell directions
 * @param inverse distance between a place and where the way there and back puts it
 * @param capture from how far away searches come back
 * @param folding whether space is folded over; empty for linear transforms, which cannot
 * @param stages the search, from the coarsest grid to the finest
 */
public record Certificate(
        Status status,
        List<Finding> findings,
        double overlap,
        Optional<ErrorMm> targetError,
        Optional<ErrorCovariance> errorCovariance,
        Optional<ErrorMm> inverse,
        List<CapturePoint> capture,
        Optional<Folding> folding,
        List<Stage> stages) {

    public Certificate {
        findings = List.copyOf(findings);
        capture = List.copyOf(capture);
        stages = List.copyOf(stages);
    }

    /** Returns the same of a fixed image that was moved by this, which changes no length. */
    Certificate seen(Affine frame) {
        return new Certificate(
                status,
                findings,
                overlap,
                targetError,
                errorCovariance.map(e -> e.seen(frame)),
                inverse,
                capture,
                folding,
                stages);
    }

    /**
     * Distances over the places of the fixed image (or of its mask).
     *
     * @param mean in mm
     * @param p95 not exceeded at 95 % of the places, in mm
     * @param max in mm
     * @param how it was found, a few words
     */
    public record ErrorMm(double mean, double p95, double max, String how) {}

    /**
     * One point of the capture curve: searches that started so far from what was found.
     *
     * @param awayMm mean distance of the start over the fixed image
     * @param starts how many
     * @param back how many came back
     */
    public record CapturePoint(double awayMm, int starts, int back) {}

    /**
     * One grid of the search.
     *
     * @param metric its name: {@code mutual-information} (nats), {@code lncc}, {@code ssd}; of a
     *     deformation the mean of a voxel, less what bending costs
     * @param spacingMm mean distance of its voxels
     * @param values of the metric, one for each step that was taken; the last one is the end
     * @param evaluations of the metric
     */
    public record Stage(String metric, double spacingMm, List<Double> values, int evaluations) {
        public Stage {
            values = List.copyOf(values);
        }
    }
}
