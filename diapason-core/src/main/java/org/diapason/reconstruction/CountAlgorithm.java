package org.diapason.reconstruction;

/** Finds the image {@code u ≥ 0} of the least {@code L(u) + λ R(u)} from counts. */
public sealed interface CountAlgorithm permits Mlem, Osem, Bsrem, Svrg, EmTv, QuasiNewton {
    /**
     * Runs from an even image.
     *
     * @param data the counts
     * @param penalty the prior and its weight
     */
    default Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty) {
        return reconstruct(data, penalty, data.start());
    }

    /**
     * Runs from a given image.
     *
     * @param start no pixel negative; not modified
     */
    Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty, float[] start);

    /** Returns a copy of a start, with {@code least} where it has less. */
    static float[] from(PoissonLikelihood data, float[] start, float least) {
        if (start.length != data.model().pixels()) {
            throw new IllegalArgumentException(
                    "a start needs one number for each of "
                            + data.model().pixels()
                            + " pixels, got "
                            + start.length);
        }
        float[] image = start.clone();
        for (int v = 0; v < image.length; v++) {
            if (!(image[v] >= 0) || image[v] == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "a start must be finite and 0 or more, got " + image[v] + " in pixel " + v);
            }
            image[v] = Math.max(image[v], least);
        }
        return image;
    }
}
