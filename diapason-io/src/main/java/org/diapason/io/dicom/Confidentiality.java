package org.diapason.io.dicom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What PS3.15 table E.1-1 does to each attribute: the basic profile with the options <i>retain
 * longitudinal temporal information with modified dates</i> and <i>retain patient
 * characteristics</i>.
 *
 * <p>Where the table leaves a choice by the type of the attribute in its object (X/Z, X/D, Z/D,
 * X/Z/D), the one is taken that every object can hold: a dummy before an empty value before
 * removal; sequences are removed or emptied, not filled with dummies.
 */
enum Confidentiality {
    /** As it is, if the value is what its representation allows; inside sequences, item by item. */
    KEEP,
    /** X: without it. */
    REMOVE,
    /** Z: without its value. */
    EMPTY,
    /** D: a value that says nothing. */
    DUMMY;

    private static final Map<Integer, Confidentiality> ACTIONS = new HashMap<>();
    private static final List<String> TIMES = List.of("DA", "DT", "TM");
    private static final int TIMEZONE_OFFSET = 0x00080201;

    static {
        for (String line : Dictionary.lines("confidentiality.txt")) {
            String[] cells = line.split(" ", 5);
            int tag = Integer.parseUnsignedInt(cells[0], 16);
            String vr = Dictionary.vr(tag, false).orElse("UN");
            ACTIONS.put(tag, of(tag, vr, cells[1], cells[2], cells[3]));
        }
    }

    private static Confidentiality of(
            int tag, String vr, String basic, String dates, String patient) {
        boolean time = dates.equals("C") && (TIMES.contains(vr) || tag == TIMEZONE_OFFSET);
        if (time || patient.equals("K") || basic.endsWith("U*") || basic.equals("U")) {
            return KEEP;
        }
        if (basic.endsWith("D") && (basic.equals("D") || !vr.equals("SQ"))) {
            return DUMMY;
        }
        return basic.equals("X") || basic.endsWith("D") ? REMOVE : EMPTY;
    }

    /** Returns the action for a standard attribute; those the table does not name are kept. */
    static Confidentiality of(int tag, String vr) {
        int family = tag >>> 24;
        if (family == 0x50 || family == 0x60) {
            return REMOVE; // curves; overlays as a whole, since their data go
        }
        Confidentiality action = ACTIONS.get(tag);
        if (action == null) {
            return vr.equals("PN") ? EMPTY : KEEP;
        }
        return action;
    }
}
