package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.phantom.lab.LabJudge.Judged;
import org.diapason.phantom.lab.LabMethod.Made;
import org.diapason.step.Progress;
import org.diapason.volume.RefusedException;

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
 * @param others whether settings of guided priors are tried beside the usual, and images ended
 *     later
 * @param seed makes all noise
 */
public record ReconLab(
        List<Double> trues, List<Double> shiftsMm, int realisations, boolean others, long seed) {

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
        return new ReconLab(
                List.of(3e5, 1e6, 3e6), List.of(0.0, 1.0, 2.0, 3.0, 4.0), 4, true, seed);
    }

    /** Returns one that is soon over and shows the way it goes, no more. */
    public static ReconLab quick(long seed) {
        return new ReconLab(List.of(1e6), List.of(0.0, 4.0), 1, false, seed);
    }

    /** Returns the count level at which MR is moved. */
    public double middle() {
        return trues.get(middleLevel());
    }

    private int middleLevel() {
        return trues.size() / 2;
    }

    /** One condition of one realisation. */
    private record Job(int level, int shift, int realisation) {}

    /** All that is measured, each once: counts by level, MR by shift, and by realisation. */
    private record Scans(LabData.Pet[] pets, LabData.Mr[] mrs, int realisations) {
        LabData of(Job job) {
            return new LabData(
                    pets[job.level * realisations + job.realisation],
                    mrs[job.shift * realisations + job.realisation]);
        }
    }

    /** Runs the experiment. */
    public LabResult run(Progress progress) {
        List<LabMethod> methods = LabMethod.all();
        List<LabTuning> tunings = tunings();
        LabTuning.Chosen[][] chosen = tune(methods, tunings, progress);
        LabScene scene = LabScene.withLesions();
        Scans scans = scans(new LabScanner(scene));
        List<LabJudge> judges = shiftsMm.stream().map(shift -> new LabJudge(scene, shift)).toList();
        List<Job> jobs = jobs();
        Made[][] images = new Made[jobs.size()][methods.size()];
        Judged[][] judged = new Judged[jobs.size()][methods.size()];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                jobs.size(),
                n -> {
                    Job job = jobs.get(n);
                    for (int m = 0; m < methods.size(); m++) {
                        LabMethod method = methods.get(m);
                        if (job.shift > 0 && !method.prior().guided()) {
                            continue;
                        }
                        Made made = method.made(chosen[job.level][m].weight(), scans.of(job));
                        judged[n][m] = judges.get(job.shift).judge(made);
                        images[n][m] = job.realisation == 0 ? made : null;
                    }
                    progress.at("reconstruct", done.incrementAndGet(), jobs.size(), 0);
                });
        return LabResult.of(
                this,
                methods,
                chosen,
                rows(methods, jobs, judged),
                others ? others(tunings.get(middleLevel()), scans, judges, progress) : List.of(),
                others ? ends(methods, chosen, scans, judges.get(0), progress) : List.of(),
                pictures(jobs, images));
    }

    private long seed(String what, int level, int realisation) {
        return Rng.seed(seed, what + " " + level + " " + realisation);
    }

    private Scans scans(LabScanner scanner) {
        LabData.Pet[] pets = new LabData.Pet[trues.size() * realisations];
        LabData.Mr[] mrs = new LabData.Mr[shiftsMm.size() * realisations];
        Parallel.forEach(
                pets.length + mrs.length,
                n -> {
                    int scan = n < pets.length ? n : n - pets.length;
                    int condition = scan / realisations;
                    int r = scan % realisations;
                    if (n < pets.length) {
                        long noise = seed("counts", condition, r);
                        pets[scan] = LabData.Pet.of(scanner.counts(trues.get(condition), noise));
                    } else { // one scan a realisation, moved with the head
                        long noise = seed("mr", 0, r);
                        mrs[scan] = LabData.Mr.of(scanner.mr(shiftsMm.get(condition), noise));
                    }
                });
        return new Scans(pets, mrs, realisations);
    }

    /** Returns what weights are chosen on: one for each level. */
    private List<LabTuning> tunings() {
        LabScene scene = LabScene.healthy();
        LabScanner scanner = new LabScanner(scene);
        LabJudge judge = new LabJudge(scene, 0);
        LabData.Mr mr = LabData.Mr.of(scanner.mr(0, Rng.seed(seed, "training mr")));
        List<LabTuning> tunings = new ArrayList<>();
        for (int level = 0; level < trues.size(); level++) {
            long noise = Rng.seed(seed, "training " + level);
            LabData.Pet pet = LabData.Pet.of(scanner.counts(trues.get(level), noise));
            tunings.add(new LabTuning(new LabData(pet, mr), judge));
        }
        return tunings;
    }

    private LabTuning.Chosen[][] tune(
            List<LabMethod> methods, List<LabTuning> tunings, Progress progress) {
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

    private List<LabResult.Other> others(
            LabTuning tuning, Scans scans, List<LabJudge> judges, Progress progress) {
        List<LabMethod> methods = LabMethod.others();
        LabResult.Other[] found = new LabResult.Other[methods.size()];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                found.length,
                n -> {
                    LabMethod m = methods.get(n);
                    double weight = tuning.choose(m, middle()).weight();
                    LabRow[] rows = new LabRow[2];
                    for (int k = 0; k < 2; k++) {
                        int shift = k * (shiftsMm.size() - 1);
                        Made made = m.made(weight, scans.of(new Job(middleLevel(), shift, 0)));
                        List<Judged> one = List.of(judges.get(shift).judge(made));
                        rows[k] = new LabRow(m, middle(), shiftsMm.get(shift), one);
                    }
                    found[n] = new LabResult.Other(m, weight, rows[0], rows[1]);
                    progress.at("other settings", done.incrementAndGet(), found.length, 0);
                });
        return List.of(found);
    }

    /** Ends the images of the first realisation at the middle level later. */
    private List<LabResult.End> ends(
            List<LabMethod> methods,
            LabTuning.Chosen[][] chosen,
            Scans scans,
            LabJudge judge,
            Progress progress) {
        // The slowest stand last in the list, and begin.
        List<LabMethod> all = new ArrayList<>(methods.stream().filter(m -> !m.filters()).toList());
        Collections.reverse(all);
        LabData data = scans.of(new Job(middleLevel(), 0, 0));
        LabResult.End[] found = new LabResult.End[all.size()];
        AtomicInteger done = new AtomicInteger();
        Parallel.forEach(
                found.length,
                n -> {
                    LabMethod m = all.get(n);
                    double weight = chosen[middleLevel()][methods.indexOf(m)].weight();
                    try {
                        Made made = m.made(weight, data, LabMethod.Stops.NEARER);
                        List<Judged> one = List.of(judge.judge(made));
                        found[n] = new LabResult.End(m, new LabRow(m, middle(), 0, one));
                    } catch (RefusedException e) {
                        found[n] = null; // floats end before that
                    }
                    progress.at("stops", done.incrementAndGet(), found.length, 0);
                });
        Collections.reverse(Arrays.asList(found));
        return Arrays.stream(found).filter(Objects::nonNull).toList();
    }

    /** Those of the middle level with MR moved come last. */
    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (int shift = 0; shift < shiftsMm.size(); shift++) {
            for (int level = 0; level < trues.size(); level++) {
                for (int r = 0; r < realisations; r++) {
                    if (shift == 0 || level == middleLevel()) {
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
    private List<Made[]> pictures(List<Job> jobs, Made[][] images) {
        List<Made[]> pictures = new ArrayList<>();
        for (int n = 0; n < jobs.size(); n++) {
            Job job = jobs.get(n);
            if (job.realisation == 0 && job.level == middleLevel()) {
                pictures.add(images[n]);
            }
        }
        return pictures;
    }
}
