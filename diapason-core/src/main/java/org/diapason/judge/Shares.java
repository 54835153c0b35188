package org.diapason.judge;

import org.diapason.volume.Numbers;

/**
 * Median site shares.
 *
 * @param of the features that the share at the start is of
 * @param limit what chance alone gives at the start
 * @param unseen whether the end is of halves that the fit has not seen
 */
record Shares(String of, double start, double limit, double end, boolean unseen) {

    String words() {
        return "the site explains "
                + share(start)
                + " of the "
                + of
                + " and "
                + (Double.isNaN(end)
                        ? "at the end a share that cannot be told of exams the fit has not"
                                + " seen"
                        : share(end)
                                + (unseen
                                        ? " at the end, on halves that the fit has not seen"
                                        : " at the end, on rows that the fit may have seen"))
                + (Double.isFinite(limit) ? "; chance alone gives up to " + share(limit) : "");
    }

    private static String share(double share) {
        return Numbers.fixed(share, 3).replace('-', '−');
    }
}
