package org.diapason.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diapason.volume.RefusedException;

/** Where features of a model lie in a table. */
final class Columns {
    private Columns() {}

    /** Returns the index of each wanted name, −1 where the table lacks it. */
    static int[] places(List<String> wanted, List<String> present) {
        int[] places = new int[wanted.size()];
        if (wanted == present || wanted.equals(present)) {
            for (int f = 0; f < places.length; f++) {
                places[f] = f;
            }
            return places;
        }
        Map<String, Integer> index = new HashMap<>();
        for (int f = 0; f < present.size(); f++) {
            index.put(present.get(f), f);
        }
        for (int f = 0; f < places.length; f++) {
            places[f] = index.getOrDefault(wanted.get(f), -1);
        }
        return places;
    }

    /** Returns the values at the places; the row itself where that is all of it in order. */
    static double[] pick(double[] row, int[] places) {
        boolean same = row.length == places.length;
        for (int f = 0; same && f < places.length; f++) {
            same = places[f] == f;
        }
        if (same) {
            return row;
        }
        double[] picked = new double[places.length];
        for (int f = 0; f < places.length; f++) {
            picked[f] = row[places[f]];
        }
        return picked;
    }

    /** Returns the columns of a cohort, which must be those met before; null for none. */
    static List<String> same(List<String> known, List<String> met) {
        if (known != null && known != met && !known.equals(met)) {
            throw new RefusedException(
                    "ComBat needs the same features in every exam, but found "
                            + known.size()
                            + " and "
                            + met.size()
                            + " columns that differ. Extract all exams with the same recipe.");
        }
        return met;
    }
}
