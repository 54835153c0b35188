package org.diapason.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.diapason.phantom.lab.LabLesion;
import org.diapason.phantom.lab.LabLesion.Kind;
import org.diapason.phantom.lab.LabMethod;
import org.diapason.phantom.lab.LabPrior;
import org.diapason.phantom.lab.LabResult;
import org.diapason.phantom.lab.LabRow;
import org.diapason.report.Section;
import org.diapason.volume.Numbers;

/** The tables of the reconstruction experiment's page. */
record ReconLabTables(LabResult result) {
    private static String percent(LabRow.Spread s) {
        String mean = Words.number(100 * s.mean(), 1);
        return Double.isNaN(s.sd()) ? mean : mean + " ± " + Words.number(100 * s.sd(), 1);
    }

    static String millions(double trues) {
        return Numbers.plain(trues / 1e6);
    }

    private static List<String> condition(LabRow r) {
        return List.of(r.method().name(), millions(r.trues()), Numbers.plain(r.shiftMm()));
    }

    /** What every prior makes of the middle level, beside each other: the page's first table. */
    Section summary() {
        double trues = result.lab().middle();
        double off = result.lab().shiftsMm().get(result.lab().shiftsMm().size() - 1);
        List<List<String>> rows = new ArrayList<>();
        for (LabPrior p : LabPrior.values()) {
            LabRow after = result.row(new LabMethod(false, p), trues, 0);
            LabMethod shown = new LabMethod(!p.rule(), p);
            LabRow row = result.row(shown, trues, 0);
            LabRow moved = result.row(shown, trues, off);
            boolean led = p.guided() && off > 0;
            double gain = 1 - row.rmse().mean() / after.rmse().mean();
            rows.add(
                    List.of(
                            p.word() + (p.rule() ? " (a rule)" : ""),
                            percent(after.rmse()),
                            p.rule() ? Words.NONE : percent(row.rmse()),
                            p.rule() ? Words.NONE : Words.number(100 * gain, 1),
                            Words.number(100 * row.contrast(Kind.MATCHED).mean(), 1),
                            Words.number(100 * row.contrast(Kind.PET_ONLY).mean(), 1),
                            invented(row),
                            led ? Words.number(100 * moved.rmse().mean(), 1) : Words.NONE,
                            led ? invented(moved) : Words.NONE));
        }
        String moved = ", " + Numbers.plain(off) + " mm off";
        return new Section(
                "Every prior",
                millions(trues)
                        + " million counts, all in %. Gain: what of the error goes where the prior acts on"
                        + " the counts and not after. From there on the numbers are those on the counts, of"
                        + " rules those after. Matched, PET-only: contrast that is kept. Invented: contrast"
                        + " where MR alone shows a lesion, in brackets where nobody does. The last"
                        + " columns are with MR moved.",
                List.of(
                        "prior",
                        "RMSE after",
                        "on the counts",
                        "gain",
                        "matched",
                        "PET-only",
                        "invented",
                        "RMSE" + moved,
                        "invented" + moved),
                rows,
                Optional.empty());
    }

    private static String invented(LabRow row) {
        return Words.number(100 * row.size(Kind.MR_ONLY), 1)
                + " ("
                + Words.number(100 * row.size(Kind.CONTROL), 1)
                + ")";
    }

    /** What is left by the stop. */
    Section ends() {
        List<List<String>> rows = new ArrayList<>();
        for (LabResult.End e : result.ends()) {
            LabRow usual = result.usual(e);
            List<String> row = new ArrayList<>(List.of(e.method().name()));
            row.add(Words.number(100 * usual.rmse().mean(), 2));
            row.add(Words.number(100 * e.row().rmse().mean(), 2));
            double most = 0;
            for (LabLesion l : LabResult.lesions()) {
                double off = usual.contrast(l).mean() - e.row().contrast(l).mean();
                most = Math.max(most, Math.abs(off));
            }
            row.add(Words.number(100 * most, 2));
            rows.add(row);
        }
        return new Section(
                "What the stop leaves",
                "First realisation, "
                        + millions(result.lab().middle())
                        + " million counts, MR in its place, in %: RMSE as the run ends, and ended five times"
                        + " nearer to the least value; and by how much a lesion's contrast then differs. A"
                        + " method whose numbers are too coarse for that is left out.",
                List.of("method", "RMSE", "RMSE, ended nearer", "largest change of a contrast"),
                rows,
                Optional.empty());
    }

    Section results() {
        List<List<String>> rows = new ArrayList<>();
        for (LabRow r : result.rows()) {
            List<String> row = new ArrayList<>(condition(r));
            row.add(percent(r.rmse()));
            row.add(percent(r.biasGrey()));
            row.add(percent(r.biasWhite()));
            row.add(percent(r.contrast(Kind.MATCHED)));
            row.add(percent(r.contrast(Kind.PET_ONLY)));
            row.add(Words.number(100 * r.erased(), 1));
            row.add(Words.number(100 * r.size(Kind.MR_ONLY), 1));
            row.add(Words.number(100 * r.size(Kind.CONTROL), 1));
            row.add(r.method().prior().guided() ? Words.number(100 * r.rmseMr().mean(), 1) : "–");
            rows.add(row);
        }
        return new Section(
                "Results",
                "All in %, mean ± standard deviation over realisations. RMSE: of the head, of the"
                        + " brain's mean activity. Contrast: of what the lesion has in truth. Erased: what"
                        + " PET-only lesions lack. Invented: root of the mean squared contrast where MR"
                        + " alone shows a lesion; control: where nobody does. MR: RMSE of the MR image that led,"
                        + " of white matter's value.",
                List.of(
                        "method",
                        "million counts",
                        "MR off, mm",
                        "RMSE",
                        "bias grey",
                        "bias white",
                        "matched",
                        "PET-only",
                        "erased",
                        "invented",
                        "control",
                        "MR"),
                rows,
                Optional.empty());
    }

    Section lesions() {
        List<List<String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>(List.of("method", "million counts", "MR off, mm"));
        LabResult.lesions().forEach(l -> columns.add(l.name()));
        for (LabRow r : result.rows()) {
            List<String> row = new ArrayList<>(condition(r));
            for (LabLesion l : LabResult.lesions()) {
                row.add(percent(r.contrast(l)) + " | " + Words.number(r.cnr(l).mean(), 1));
            }
            rows.add(row);
        }
        return new Section(
                "Each lesion",
                "Contrast in % of a real lesion's, mean ± standard deviation, and CNR. Numbers in"
                        + " names are radii in mm.",
                columns,
                rows,
                Optional.empty());
    }

    Section settings() {
        List<List<String>> rows = new ArrayList<>();
        for (LabResult.Other o : result.others()) {
            LabMethod usual =
                    result.methods().stream()
                            .filter(m -> m.fromCounts() && m.prior() == o.method().prior())
                            .findFirst()
                            .orElseThrow();
            List<String> row = new ArrayList<>(List.of(usual.prior().word()));
            row.add(o.method().setting().words());
            row.add(Words.number(o.weight()));
            row.add(beside(o.there(), usual, r -> r.rmse().mean()));
            row.add(beside(o.there(), usual, r -> r.contrast(Kind.MATCHED).mean()));
            row.add(beside(o.there(), usual, r -> r.contrast(Kind.PET_ONLY).mean()));
            row.add(beside(o.there(), usual, r -> r.size(Kind.MR_ONLY)));
            row.add(beside(o.moved(), usual, r -> r.rmse().mean()));
            row.add(beside(o.moved(), usual, r -> r.size(Kind.MR_ONLY)));
            rows.add(row);
        }
        double shift = result.lab().shiftsMm().get(result.lab().shiftsMm().size() - 1);
        String moved = ", MR off " + Numbers.plain(shift) + " mm";
        return new Section(
                "Other settings",
                "Priors on the counts, set otherwise than above, weights chosen anew; in %, first"
                        + " realisation, and in brackets what the usual setting makes of the same data.",
                List.of(
                        "prior",
                        "setting",
                        "weight",
                        "RMSE",
                        "matched",
                        "PET-only",
                        "invented",
                        "RMSE" + moved,
                        "invented" + moved),
                rows,
                Optional.empty());
    }

    private String beside(LabRow other, LabMethod usual, ToDoubleFunction<LabRow> figure) {
        LabRow all = result.row(usual, other.trues(), other.shiftMm());
        return Words.number(100 * figure.applyAsDouble(other), 1)
                + " ("
                + Words.number(100 * figure.applyAsDouble(all.first()), 1)
                + ")";
    }

    Section weights() {
        List<List<String>> rows = new ArrayList<>();
        for (LabResult.Weight w : result.weights()) {
            rows.add(
                    List.of(
                            w.method().name(),
                            millions(w.trues()),
                            Words.number(w.weight()) + (w.atEnd() ? " (at the end)" : ""),
                            Words.number(100 * w.rmse(), 1),
                            String.valueOf(w.tried())));
        }
        return new Section(
                "Weights",
                "Of each method the weight of least RMSE on one realisation of the head without any"
                        + " lesion, MR in its place; steps by 2 (filter width in mm: by 1.41) until both"
                        + " neighbours are worse.",
                List.of("method", "million counts", "weight", "RMSE there, %", "tried"),
                rows,
                Optional.empty());
    }
}
