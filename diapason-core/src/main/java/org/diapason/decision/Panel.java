package org.diapason.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.diapason.stats.Calibration;
import org.diapason.stats.Clusters;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * The experts of a plan before the rows they speak of. What their words are worth is learned when a
 * rule first asks for it, so that a rule that only compares numbers needs no calibration.
 */
public final class Panel {
    /** How far beyond 0 and 1 a probability may lie that was stored in fewer digits. */
    private static final double ROUNDING = 1e-6;

    private final DecisionPlan plan;
    private final Readings readings;
    private final int[] calibrating;
    private final boolean[] event;

    /** How many rows of the calibration half have the finding. */
    private final int events;

    private final SortedMap<String, double[]> said = new TreeMap<>();

    /** Learned when first asked for, by several threads where slices of maps ask one teacher. */
    private final SortedMap<String, Evidence> evidence = new ConcurrentSkipListMap<>();

    private final SortedMap<String, double[]> ratios = new ConcurrentSkipListMap<>();
    private final Map<String, String[]> unreadable = new LinkedHashMap<>();
    private final Map<String, String[]> unusable = new LinkedHashMap<>();

    /** The panel that learned, before other rows; null where this one does. */
    private final Panel teacher;

    Panel(DecisionPlan plan, Readings readings, int[] calibrating, Panel teacher) {
        this.plan = plan;
        this.teacher = teacher;
        this.readings = readings;
        this.calibrating = calibrating;
        event = new boolean[calibrating.length];
        int found = 0;
        for (int n = 0; n < event.length; n++) {
            event[n] = readings.truth().get(calibrating[n]) == Answer.YES;
            found += event[n] ? 1 : 0;
        }
        events = found;
        plan.experts().forEach(this::read);
    }

    /** Keeps what can be used, high values for the finding, and why the rest cannot. */
    private void read(String name, Expert expert) {
        if (!readings.said().containsKey(name)) {
            throw new IllegalArgumentException("nothing was read of the expert " + name);
        }
        double[] own = readings.said().get(name).clone();
        String[] why = readings.problems().getOrDefault(name, new String[own.length]).clone();
        boolean low = expert instanceof Expert.Score s && s.low();
        for (int r = 0; r < own.length; r++) {
            if (expert instanceof Expert.Posterior) {
                double inside = Math.max(0, Math.min(1, own[r]));
                if (Math.abs(own[r] - inside) > ROUNDING) {
                    why[r] = "gives " + Numbers.plain(own[r]) + ", which is no probability";
                }
                own[r] = inside;
            }
            own[r] = why[r] != null ? Double.NaN : low ? -own[r] : own[r];
        }
        said.put(name, own);
        unreadable.put(name, why);
        unusable.put(name, why.clone());
    }

    /** Says whether there is an expert of a name. */
    boolean knows(String name) {
        return said.containsKey(name);
    }

    int size() {
        return readings.size();
    }

    Row row(int r) {
        return readings.rows().apply(r);
    }

    /** Returns the log odds of the finding where the decisions are to hold. */
    double logPrior() {
        if (teacher != null) {
            return teacher.logPrior();
        }
        return Calibration.logit(plan.prior().orElseGet(this::share));
    }

    private double share() {
        if (events == 0 || events == event.length) {
            throw new IllegalArgumentException(
                    "the probability of \""
                            + plan.finding()
                            + "\" where the decisions are to hold is not known: there is no"
                            + " calibration half to count it in. Add prior:.");
        }
        return (double) events / event.length;
    }

    /** Returns whether there are rows to learn from. */
    boolean learns() {
        return calibrating.length > 0;
    }

    /** Returns what there is to learn from of one number in every row. */
    EvidenceFit fit(String who, double[] values) {
        List<String> patients = readings.patients();
        Clusters clusters =
                patients.isEmpty()
                        ? Clusters.single(calibrating.length)
                        : Clusters.of(Arrays.stream(calibrating).mapToObj(patients::get).toList());
        return new EvidenceFit(who, calibrating(values), event, clusters);
    }

    /** Returns the values of the calibration half. */
    private double[] calibrating(double[] values) {
        return Arrays.stream(calibrating).mapToDouble(r -> values[r]).toArray();
    }

    /**
     * Returns the experts that a rule puts together.
     *
     * @throws RefusedException if they do not all speak of the finding of the plan
     */
    List<String> experts(DecisionRule rule) {
        List<String> names =
                rule.experts().isEmpty() ? List.copyOf(plan.experts().keySet()) : rule.experts();
        for (String name : names) {
            String finding = plan.experts().get(name).finding();
            if (!finding.equals(plan.finding())) {
                throw new RefusedException(
                        "expert "
                                + name
                                + " speaks of \""
                                + finding
                                + "\", and to be decided is \""
                                + plan.finding()
                                + "\": evidence for different findings is not put together. Name"
                                + " the experts of one finding (experts:), or join them by a logic"
                                + " rule.");
            }
        }
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(
                    names.isEmpty()
                            ? "a rule needs experts, and none are named"
                            : "a rule names an expert twice, whose evidence would count twice: "
                                    + String.join(", ", names));
        }
        return names;
    }

    /** Returns what an expert says in every row, high for the finding; do not write to it. */
    double[] said(String name) {
        return said.get(name);
    }

    /** Returns what an expert's words are worth. */
    Evidence evidence(String name) {
        if (teacher != null) {
            return teacher.evidence(name);
        }
        return evidence.computeIfAbsent(
                name,
                n -> {
                    Expert expert = plan.experts().get(n);
                    String who = "expert " + n;
                    return learns()
                            ? fit(who, said.get(n)).of(expert)
                            : EvidenceFit.stated(who, expert);
                });
    }

    /** Returns from which value on an expert votes yes. */
    double cut(String name) {
        Expert expert = plan.experts().get(name);
        if (expert instanceof Expert.Score s) {
            double cut = s.cut().orElseGet(() -> evidence(name).cut());
            return s.low() && s.cut().isPresent() ? -cut : cut;
        }
        return expert instanceof Expert.Posterior p ? p.cut() : 1;
    }

    /** Returns the log likelihood ratios of an expert, NaN where it says nothing of use. */
    double[] ratios(String name) {
        return ratios.computeIfAbsent(
                name,
                n -> {
                    Evidence worth = evidence(n);
                    double[] own = said.get(n).clone();
                    for (int r = 0; r < own.length; r++) {
                        try {
                            own[r] = worth.logRatio(own[r]);
                        } catch (RefusedException e) {
                            unusable.get(n)[r] = e.getMessage();
                            own[r] = Double.NaN;
                        }
                    }
                    return own;
                });
    }

    /** Returns why what one of these experts says in a row cannot be read, null where it can. */
    String unreadable(List<String> names, int row) {
        return first(unreadable, names, row);
    }

    /** Returns why it cannot be read or is no evidence, null where it is. */
    String unusable(List<String> names, int row) {
        return first(unusable, names, row);
    }

    private static String first(Map<String, String[]> why, List<String> names, int row) {
        for (String name : names) {
            if (why.get(name)[row] != null) {
                return name + " " + why.get(name)[row];
            }
        }
        return null;
    }

    /** Returns by what the log ratios of these experts are multiplied. */
    Discount discount(List<String> names, Dependence dependence) {
        if (teacher != null) {
            return teacher.discount(names, dependence);
        }
        if (dependence instanceof Dependence.Shrink s) {
            return Discount.factor(names.size(), s.factor());
        }
        if (dependence instanceof Dependence.Independent || names.size() == 1) {
            return Discount.factor(names.size(), 1);
        }
        if (!learns()) {
            throw new IllegalArgumentException(
                    "how far the experts repeat each other cannot be fitted without a calibration"
                            + " half. Name the column of the truth, or claim dependence:"
                            + " independent or dependence: {shrink: {factor: 0.7}}.");
        }
        double[][] own = new double[names.size()][];
        for (int e = 0; e < own.length; e++) {
            own[e] = calibrating(ratios(names.get(e)));
        }
        return Discount.fitted(own, event);
    }

    /** Returns what was learned so far. */
    SortedMap<String, Evidence> learned() {
        return teacher == null ? Collections.unmodifiableSortedMap(evidence) : teacher.learned();
    }

    /** Returns the experts that say nothing in a row. */
    List<String> missing(int row) {
        List<String> names = new ArrayList<>();
        said.forEach(
                (name, own) -> {
                    if (Double.isNaN(own[row]) && unreadable.get(name)[row] == null) {
                        names.add(name);
                    }
                });
        return names;
    }
}
