package org.diapason.phantom.lab;

import org.diapason.reconstruction.Likelihood;
import org.diapason.reconstruction.Osem;
import org.diapason.reconstruction.Penalty;

/** What was measured of a head, and the images that are there before any prior acts. */
record LabData(Pet pet, Mr mr) {
    /**
     * Counts.
     *
     * @param plain image without prior, of the model that takes lines for thin; not to be modified
     * @param resolved the same of the model that knows the resolution; not to be modified
     */
    record Pet(LabScanner.Counts counts, float[] plain, float[] resolved) {
        static Pet of(LabScanner.Counts counts) {
            Osem osem = new Osem(LabMethod.SUBSETS, LabMethod.PLAIN);
            return new Pet(
                    counts,
                    osem.reconstruct(counts.sharp(), Penalty.NONE).convergedImage(),
                    osem.reconstruct(counts.blurred(), Penalty.NONE).convergedImage());
        }
    }

    /**
     * Samples of k-space.
     *
     * @param image of these data alone; not to be modified
     */
    record Mr(Likelihood data, float[] image) {
        static Mr of(Likelihood data) {
            float[] none = new float[data.model().pixels()];
            return new Mr(
                    data,
                    LabMethod.Stops.USUAL
                            .descent(Double.NEGATIVE_INFINITY)
                            .minimise(data, LabMethod.mrPenalty(), none)
                            .convergedImage());
        }
    }
}
