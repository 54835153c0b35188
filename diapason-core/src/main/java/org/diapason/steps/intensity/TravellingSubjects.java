package org.diapason.steps.intensity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diapason.math.StraightPieces;
import org.diapason.step.Default;
import org.diapason.step.Globs;
import org.diapason.step.Learner;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.RefusedException;

/**
 * Learns the map from one scanner or protocol to another from subjects that were scanned on both;
 * the learned {@link TravellingSubjectsModel} applies it. The only way from one contrast (T1) to
 * another (T2).
 *
 * <p>Rows of the cohort with the same text in the column {@code subject} are a pair, one with
 * {@code source} and one with {@code target} in the column {@code batch}; the first of each counts.
 * Rows without a subject are not learned from. The map is
 *
 * <ul>
 *   <li>affine: the line of Passing and Bablok through the means of all masks of all subjects,
 *       which allows error on both sides and resists outliers;
 *   <li>monotone: the mean quantiles of the first mask at one site onto those of the same subjects
 *       at the other, rising or falling as the paired voxels say, which must lie on one grid;
 *   <li>tissue-wise: straight between the mean values of two or more masks, in any order.
 * </ul>
 *
 * <p>Standard errors are jackknifed over subjects. Each subject is also mapped by what the others
 * teach: limits of agreement and ICC(2,1) of the mask means, before and after, are in the trace,
 * and of a monotone map what it explains of the paired voxels.
 *
 * <p>Refused: fewer than 10 subjects (affine, tissue-wise) or 20 (monotone); means whose rank
 * correlation may be 0; voxels that neither rise nor fall together, or that the map explains no
 * better than one value would; tissues that the source does not tell apart; two contrasts at one
 * site; and what every normalization refuses.
 *
 * <p>Method: Passing–Bablok by Bablok and others 1988, J. Clin. Chem. Clin. Biochem. 26:783–790,
 * doi:10.1515/cclm.1988.26.11.783; agreement by Bland and Altman 1999, Statistical Methods in
 * Medical Research 8(2):135–160, doi:10.1177/096228029900800204; travelling subjects as in
 * Yamashita and others 2019, PLoS Biology 17(4):e3000042, doi:10.1371/journal.pbio.3000042.
 *
 * @param image name of the image, at both sites; a T2 image may stand in the column of a T1
 * @param tissues names of the masks whose means are compared; a monotone map is that of the first
 * @param batch column of the cohort table that names the scanner or protocol
 * @param source the scanner or protocol whose images are mapped
 * @param target the scanner or protocol whose scale they get
 * @param subject column of the cohort table that names the travelling subject
 * @param mapping affine, monotone or tissue-wise
 * @param allowPhysical also give up the scale of HU, SUVbw and Bq/ml
 */
public record TravellingSubjects(
        String image,
        List<String> tissues,
        String batch,
        String source,
        String target,
        @Default("subject") String subject,
        Mapping mapping,
        @Default("false") boolean allowPhysical)
        implements Learner<Exam, TravellingSubjects.Sum> {

    static final String WHAT = "a map learned from travelling subjects";

    public TravellingSubjects {
        tissues = List.copyOf(tissues);
        if (Globs.isPattern(image)) {
            throw new IllegalArgumentException(
                    "image must be the plain name of one image, got \"" + image + "\"");
        }
        int least = mapping == Mapping.TISSUE_WISE ? 2 : 1;
        if (tissues.size() < least
                || tissues.contains("")
                || Set.copyOf(tissues).size() < tissues.size()) {
            throw new IllegalArgumentException(
                    "tissues must name at least " + least + " different masks, got " + tissues);
        }
        if (source.isBlank() || source.equals(target)) {
            throw new IllegalArgumentException(
                    "source and target must be two scanners, got \""
                            + source
                            + "\" and \""
                            + target
                            + "\"");
        }
    }

    /** What was seen of each subject at each site: means, shares and some voxels. */
    public static final class Sum {
        private final PairedScans scans = new PairedScans();
        private final Contrasts sources = new Contrasts();
        private final Contrasts targets = new Contrasts();
    }

    @Override
    public Set<String> images() {
        return Set.of(image);
    }

    @Override
    public Set<String> masks() {
        return Set.copyOf(tissues);
    }

    @Override
    public Set<String> cohortColumns() {
        return Set.of(batch, subject);
    }

    @Override
    public Sum empty() {
        return new Sum();
    }

    @Override
    public void add(Sum sum, Exam exam) {
        String site = exam.covariates().getOrDefault(batch, "").strip();
        String who = exam.covariates().getOrDefault(subject, "").strip();
        if (who.isEmpty() || !site.equals(source) && !site.equals(target)) {
            return;
        }
        Admission admitted = Admission.of(exam, image, WHAT, allowPhysical);
        admitted.requireSpread(admitted.values(tissues.get(0)), tissues.get(0));
        sum.scans.add(site.equals(source), who, PairedScans.Scan.of(admitted, tissues));
        (site.equals(source) ? sum.sources : sum.targets).add(admitted);
    }

    @Override
    public void merge(Sum into, Sum from) {
        into.scans.merge(from.scans);
        into.sources.merge(from.sources);
        into.targets.merge(from.targets);
    }

    /**
     * Returns the step that applies the map.
     *
     * @throws RefusedException if there are too few subjects, or they teach no map
     */
    @Override
    public TravellingSubjectsModel learn(Sum sum, Trace trace) {
        List<PairedScans.Pair> pairs = sum.scans.pairs();
        trace.note("pairs", pairs.size());
        if (pairs.size() < mapping.leastPairs()) {
            throw new RefusedException(
                    pairs.size()
                            + " subjects were scanned at both "
                            + source
                            + " and "
                            + target
                            + " (columns "
                            + subject
                            + " and "
                            + batch
                            + "), and this map needs at least "
                            + mapping.leastPairs()
                            + ". Scan more subjects at both"
                            + (mapping == Mapping.MONOTONE ? ", or choose affine." : "."));
        }
        if (sum.scans.repeated > 0) {
            trace.warn(
                    sum.scans.repeated
                            + " further scans of subjects at a site they had been scanned at were"
                            + " left out; the first of each counts.");
        }
        Optional<String> from = sum.sources.one(WHAT, trace.child("source " + source));
        Optional<String> to = sum.targets.one(WHAT, trace.child("target " + target));
        StraightPieces map = new PairedMap(mapping, tissues, source, target).learn(pairs, trace);
        return new TravellingSubjectsModel(
                image, batch, source, target, map.from(), map.to(), allowPhysical, from, to);
    }
}
