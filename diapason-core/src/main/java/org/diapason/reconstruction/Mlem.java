package org.diapason.reconstruction;

import org.diapason.reconstruction.Reconstruction.Course;

/**
 * Maximum likelihood by expectation maximisation, {@code u ← u/(Aᵀ1) · Aᵀ(y/(A u + r))}, and with a
 * prior De Pierro's form of it: what is minimised never rises.
 *
 * <p>Without prior {@code Σ A u_new = Σ y · A u_old/(A u_old + r)} after each step, which is Σ y
 * where there is no background. Slow: hundreds of iterations.
 *
 * <p>Method: Shepp and Vardi 1982, IEEE Trans. Med. Imaging 1:113–122,
 * doi:10.1109/TMI.1982.4307558; De Pierro 1995, the same 14:132–137, doi:10.1109/42.370409.
 *
 * @param stopping when it is done
 */
public record Mlem(Stopping stopping) implements CountAlgorithm {
    @Override
    public Reconstruction reconstruct(PoissonLikelihood data, Penalty penalty, float[] start) {
        float[] image = CountAlgorithm.from(data, start, 0);
        EmStep em = new EmStep(data, penalty, 1);
        Course course = null;
        float[] before = null;
        while (course == null || course.goesOn()) {
            float[] last = image.clone();
            double objective = em.step(image, true); // of the image before the step
            if (course == null) {
                course = new Course("MLEM", stopping, objective);
            } else {
                course.step(before, last, objective);
            }
            before = last;
        }
        return course.end(before);
    }
}
