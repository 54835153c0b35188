package org.diapason.table;

import java.util.List;
import org.diapason.volume.RefusedException;

/** Whether the sums of hospitals fit each other. */
final class FederatedMatch {
    private FederatedMatch() {}

    static void check(String who, FederatedSums a, String other, FederatedSums b) {
        FederatedSums.same("--batch", who, a.batch(), other, b.batch());
        FederatedSums.same(
                "--protect",
                who,
                String.join(",", a.protect()),
                other,
                String.join(",", b.protect()));
        FederatedSums.same("--features", who, a.features(), other, b.features());
        if (a.agreed() != b.agreed() || a.agreed() && !a.design().equals(b.design())) {
            throw new RefusedException(
                    who
                            + " and "
                            + other
                            + " were not made with the same --levels. Give all hospitals one"
                            + " levels.json and make the files anew.");
        }
        FederatedSums.same(
                "the numbers of --protect",
                who,
                String.join(",", a.design().names()),
                other,
                String.join(",", b.design().names()));
        if (!a.columns().equals(b.columns())) {
            throw new RefusedException(features(who, a.columns(), other, b.columns()));
        }
    }

    private static String features(String who, List<String> a, String other, List<String> b) {
        int n = 0;
        while (n < Math.min(a.size(), b.size()) && a.get(n).equals(b.get(n))) {
            n++;
        }
        return "the features differ: the "
                + (n + 1)
                + ". is "
                + at(a, n)
                + " in "
                + who
                + " and "
                + at(b, n)
                + " in "
                + other
                + " ("
                + a.size()
                + " and "
                + b.size()
                + " in all). Use the same --features on tables of the same columns.";
    }

    private static String at(List<String> names, int n) {
        return n < names.size() ? names.get(n) : "none";
    }
}
