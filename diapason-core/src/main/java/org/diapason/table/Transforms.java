package org.diapason.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diapason.step.Globs;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** The transforms of a model, feature by feature, and the settings that choose them. */
final class Transforms {
    private final List<String> columns;

    /** Per feature of the model, null where it stays as it is. */
    private final Transform[] of;

    private final boolean none;

    Transforms(List<Transform> transforms, List<String> columns) {
        this.columns = columns;
        none = transforms.isEmpty();
        of = new Transform[none ? 0 : columns.size()];
        Map<String, Integer> place = new HashMap<>();
        for (int f = 0; f < of.length; f++) {
            place.put(columns.get(f), f);
        }
        for (Transform t : transforms) {
            Integer at = place.get(t.feature());
            if (at == null) {
                throw new IllegalArgumentException(
                        "the model is damaged: it has a transform of "
                                + t.feature()
                                + ", which is none of its features. Restore it or fit anew.");
            }
            of[at] = t;
        }
    }

    /**
     * Returns the kind of each feature: of the first setting whose pattern fits it.
     *
     * @throws IllegalArgumentException if a setting is none
     */
    static List<Transform.Kind> kinds(ComBat settings, List<String> columns) {
        List<Transform.Kind> kinds = new ArrayList<>();
        for (String column : columns) {
            Transform.Kind kind = Transform.Kind.NONE;
            for (int n = settings.transform().size() - 1; n >= 0; n--) {
                String text = settings.transform().get(n);
                int colon = text.indexOf(':');
                String pattern = colon < 0 ? "*" : text.substring(colon + 1).strip();
                Transform.Kind said = kind(text);
                kind = Globs.matches(pattern, column) ? said : kind;
            }
            kinds.add(kind);
        }
        return kinds;
    }

    /** Returns the kind that a setting names, {@code log} or {@code log:shape_*}. */
    static Transform.Kind kind(String setting) {
        String word = setting.split(":", 2)[0].strip();
        for (Transform.Kind kind : Transform.Kind.values()) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "transform \""
                        + setting
                        + "\" is none. Write none, log, box-cox, yeo-johnson or rank-normal, for some"
                        + " features with a pattern after it: log:shape_*.");
    }

    static String word(Transform.Kind kind) {
        return kind.toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Refuses a row of a fit with a value that a transform does not take. */
    static void refuseOutside(
            String exam, double[] values, List<String> columns, List<Transform.Kind> kinds) {
        for (int f = 0; f < values.length; f++) {
            if (kinds.get(f).positive() && Double.isFinite(values[f]) && !(values[f] > 0)) {
                throw new RefusedException(
                        "exam "
                                + exam
                                + ": feature "
                                + columns.get(f)
                                + " is "
                                + Numbers.plain(values[f])
                                + ", and transform "
                                + word(kinds.get(f))
                                + " takes numbers above 0 only. Correct it, or give this feature"
                                + " another transform (yeo-johnson takes any number).");
            }
        }
    }

    boolean none() {
        return none;
    }

    boolean changes(int feature) {
        return !none && of[feature] != null;
    }

    /** Returns the value that the fit sees. */
    double forward(int feature, double y) {
        return changes(feature) && Double.isFinite(y) ? of[feature].forward(y) : y;
    }

    /** Returns the value that the user sees. */
    double back(int feature, double t) {
        return changes(feature) ? of[feature].back(t) : t;
    }

    /** Returns rows as the fit sees them; their features are in the order of the model. */
    HeldRows forward(HeldRows rows) {
        if (none) {
            return rows;
        }
        HeldRows changed = new HeldRows();
        for (int r = 0; r < rows.size(); r++) {
            double[] values = rows.values(r).clone();
            for (int f = 0; f < values.length; f++) {
                values[f] = forward(f, values[f]);
            }
            changed.add(rows.batch(r), rows.code(r), rows.scaleCode(r), values);
        }
        return changed;
    }

    /**
     * Warns of cells that a transform does not take, of results that no value leads to, and of
     * results beyond the values of the fit.
     */
    void warn(FeatureTable before, double[][] after, int[] place, Trace trace) {
        if (none) {
            return;
        }
        Tally untaken = new Tally();
        Tally unreachable = new Tally();
        Tally beyond = new Tally();
        for (int f = 0; f < of.length; f++) {
            if (of[f] == null || place[f] < 0) {
                continue;
            }
            for (int r = 0; r < after.length; r++) {
                double y = before.row(r)[place[f]];
                double result = after[r][place[f]];
                if (!Double.isFinite(y) || y == result) {
                    continue;
                }
                boolean inside = result >= of[f].low() && result <= of[f].high();
                if (inside) {
                    continue;
                }
                String where = before.exam(r) + ", " + columns.get(f);
                if (Double.isNaN(of[f].forward(y))) {
                    untaken.add(where + " " + Numbers.plain(y));
                } else if (!Double.isFinite(result)) {
                    unreachable.add(where);
                } else {
                    beyond.add(where + " " + Numbers.fixed(result, 3));
                }
            }
        }
        untaken.say(
                "not above 0, which the transform of the fit does not take: undefined (NaN) in the"
                        + " harmonized table",
                trace);
        unreachable.say(
                "brought beyond what the transform can change back: undefined (NaN) in the"
                        + " harmonized table",
                trace);
        beyond.say("brought beyond the smallest or largest value of the fit", trace);
    }

    /** Cells of one kind: how many, and the first. */
    private static final class Tally {
        private int count;
        private String first = "";

        void add(String where) {
            first = count++ == 0 ? where : first;
        }

        void say(String what, Trace trace) {
            if (count > 0) {
                trace.warn(
                        count
                                + (count == 1 ? " value is " : " values are ")
                                + what
                                + " (first: "
                                + first
                                + ").");
            }
        }
    }
}
