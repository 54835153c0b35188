package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.phantom.lab.LabJudge.Judged;
import org.diapason.reconstruction.Likelihood;
import org.diapason.step.Progress;

/**
 * Does anatomy help a reconstruction, and what does it invent or erase? An experiment on a head
 * whose truth is known, with lesions that PET and MR see, that PET alone sees and that MR alone
 * sees, and MR in its place or beside it.
 *
 * <p>Every {@link LabMethod} makes an image of every realisation at every count level with MR in
 * its place, and those that look at MR also with MR moved, at the middle level. Weights are chosen
 * by {@link LabTuning}, for each method and level, before any of these data are drawn.
 *
 * @param trues expected counts from the head, rising; 1 to 5 levels
 * @param shiftsMm how far MR is moved along x, from 0 up
 * @param realisations draws of the noise at each condition
 * @param seed makes all noise
 */
public record ReconLab(List<Double> trues, List<Double> shiftsMm, int realisations, long seed) {

    public ReconLab {
        trues = List.copyOf(trues);
        shiftsMm = List.copyOf(shiftsMm);
        requireRising("counts", trues, 1000, 1e9);
        requireRising("shifts", shiftsMm, 0, 20);
        if (shiftsMm.get(0) != 0) {
            throw new IllegalArgumentException("shifts must begin with 0 mm, got " + shiftsMm);
        }
        if (realisations < 1 || realisations > 1000) {
            throw new IllegalArgumentException(
                    "realisations must be 1 to 1000, got " + realisations);
        }
    }

    private static void requireRising(String what, List<Double> values, double low, double high) {
        boolean right = !values.isEmpty() && values.size() <= 9;
        double before = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            right &= v > before && v >= low && v <= high;
            before = v;
        }
        if (!right) {
            throw new IllegalArgumentException(
                    what
                            + " must be 1 to 9 rising numbers from "
                            + Math.round(low)
                            + " to "
                            + Math.round(high)
                            + ", got "
                            + values);
        }
    }

    /** Returns the experiment as it is usually run: a minute or two on two cores. */
    public static ReconLab usual(long seed) {
        return new ReconLab(List.of(3e5, 1e6, 3e6), List.of(0.0, 1.0, 2.0, 3.0, 4.0), 4, seed);
    }

    /** Returns one that is soon over and shows the way it goes, no more. */
    public static ReconLab quick(long seed) {
        return new ReconLab(List.of(1e6), List.of(0.0, 4.0), 1, seed);
    }

    /** Returns the count level at which MR is moved. */
    public double middle() {
        return trues.get(trues.size() / 2);
    }

    /** One condition of one realisation. */
    private record Job(int level, int shift, int realisation) {}

    /** Runs the experiment. */
    public LabResult run(Progress progress) {
        List<LabMethod> methods = LabMethod.all();
        LabTuning.Chosen[][] chosen = tune(methods, progress);
        LabScene scene = LabScene.withLesions();
        LabScanner scanner = new LabScanner(scene);
        float[] truth = LabScene.pixels(scene.activity());
        List<Job> jobs = jobs();
        float[][][] images = new float[jobs.size()][methods.size()][];
        Judged[][] judged = new Judged[jobs.size()][methods.size()];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                jobs.size(),
                n -> {
                    Job job = jobs.get(n);
                    double level = trues.get(job.level);
                    double shift = shiftsMm.get(job.shift);
                    LabScanner.Counts counts =
                            scanner.counts(level, seed("counts", job.level, job.realisation));
                    // One MR scan a realisation, moved with the head.
                    Likelihood mr = scanner.mr(shift, seed("mr", 0, job.realisation));
                    float[] plain = LabMethod.plain(counts).convergedImage();
                    float[] anatomy = LabMethod.anatomy(mr).convergedImage();
                    LabJudge judge = new LabJudge(truth, shift);
                    for (int m = 0; m < methods.size(); m++) {
                        LabMethod method = methods.get(m);
                        if (job.shift > 0 && !method.prior().guided()) {
                            continue;
                        }
                        double weight = chosen[job.level][m].weight();
                        float[] image = method.image(weight, counts, plain, anatomy, mr);
                        judged[n][m] = judge.judge(image);
                        images[n][m] = job.realisation == 0 ? image : null;
                    }
                    progress.at("reconstruct", done.incrementAndGet(), jobs.size(), 0);
                });
        return LabResult.of(
                this, methods, chosen, rows(methods, jobs, judged), pictures(jobs, images));
    }

    private long seed(String what, int level, int realisation) {
        return Rng.seed(seed, what + " " + level + " " + realisation);
    }

    private LabTuning.Chosen[][] tune(List<LabMethod> methods, Progress progress) {
        LabScene scene = LabScene.healthy();
        LabScanner scanner = new LabScanner(scene);
        LabJudge judge = new LabJudge(LabScene.pixels(scene.activity()), 0);
        Likelihood mr = scanner.mr(0, Rng.seed(seed, "training mr"));
        float[] anatomy = LabMethod.anatomy(mr).convergedImage();
        List<LabTuning> tunings = new ArrayList<>();
        for (int level = 0; level < trues.size(); level++) {
            LabScanner.Counts counts =
                    scanner.counts(trues.get(level), Rng.seed(seed, "training " + level));
            float[] plain = LabMethod.plain(counts).convergedImage();
            tunings.add(new LabTuning(counts, plain, anatomy, mr, judge));
        }
        int many = methods.size();
        LabTuning.Chosen[][] chosen = new LabTuning.Chosen[trues.size()][many];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                many * trues.size(),
                n -> {
                    int level = n % trues.size();
                    // The slowest stand last in the list, and begin.
                    int m = many - 1 - n / trues.size();
                    LabTuning tuning = tunings.get(level);
                    chosen[level][m] = tuning.choose(methods.get(m), trues.get(level));
                    progress.at("choose weights", done.incrementAndGet(), many * trues.size(), 0);
                });
        return chosen;
    }

    /** Those of the middle level with MR moved come last. */
    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (int shift = 0; shift < shiftsMm.size(); shift++) {
            for (int level = 0; level < trues.size(); level++) {
                for (int r = 0; r < realisations; r++) {
                    if (shift == 0 || level == trues.size() / 2) {
                        jobs.add(new Job(level, shift, r));
                    }
                }
            }
        }
        return jobs;
    }

    private List<LabRow> rows(List<LabMethod> methods, List<Job> jobs, Judged[][] judged) {
        List<LabRow> rows = new ArrayList<>();
        for (int n = 0; n < jobs.size(); n += realisations) {
            for (int m = 0; m < methods.size(); m++) {
                List<Judged> found = new ArrayList<>();
                for (int r = 0; r < realisations && judged[n][m] != null; r++) {
                    found.add(judged[n + r][m]);
                }
                if (!found.isEmpty()) {
                    Job job = jobs.get(n);
                    rows.add(
                            new LabRow(
                                    methods.get(m),
                                    trues.get(job.level),
                                    shiftsMm.get(job.shift),
                                    found));
                }
            }
        }
        return rows;
    }

    /** Returns the images of the first realisation at the middle level, by shift and method. */
    private List<float[][]> pictures(List<Job> jobs, float[][][] images) {
        List<float[][]> pictures = new ArrayList<>();
        for (int n = 0; n < jobs.size(); n++) {
            Job job = jobs.get(n);
            if (job.realisation == 0 && job.level == trues.size() / 2) {
                pictures.add(images[n]);
            }
        }
        return pictures;
    }
}
