package org.diapason.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diapason.catalogue.Settings;
import org.diapason.io.run.TreeFile;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.analysis.AcrMri;
import org.diapason.phantom.analysis.CtHead;
import org.diapason.phantom.analysis.Manual;
import org.diapason.phantom.analysis.Measured;
import org.diapason.phantom.analysis.ObjectQa;
import org.diapason.phantom.analysis.QaBlock;
import org.diapason.phantom.analysis.QaProtocol;
import org.diapason.phantom.analysis.QaReport;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;

/** The analyses of phantoms by name, their protocols, and the table they print. */
final class PhantomQa {
    /** Protocols that ship, by name. */
    static final List<String> PROTOCOLS = List.of("acr-ct", "acr-mri", "earl1", "earl2");

    private PhantomQa() {}

    /** What makes a report of a scan, or of two equal ones. */
    interface Analysis {
        QaReport of(Volume scan, Optional<Volume> second, Manual manual);
    }

    /** Returns the analysis of the phantom, or digital object, of a name or file. */
    static Analysis analysis(String as) {
        return switch (as) {
            case "acr-mri" -> AcrMri::analyse;
            case "qa" -> (scan, second, manual) -> QaBlock.analyse(alone(as, scan, second), manual);
            case "ct-head" ->
                    (scan, second, manual) -> CtHead.analyse(alone(as, scan, second), manual);
            default -> {
                DigitalObject object = object(as);
                yield (scan, second, manual) ->
                        ObjectQa.analyse(alone(as, scan, second), object, manual);
            }
        };
    }

    private static Volume alone(String as, Volume scan, Optional<Volume> second) {
        if (second.isPresent()) {
            throw new IllegalArgumentException(
                    "--second: the difference of two scans is measured as acr-mri, not as "
                            + as
                            + ". Leave it out.");
        }
        return scan;
    }

    private static DigitalObject object(String as) {
        if (!PhantomInputs.isFile(as) && !ObjectLibrary.names().contains(as)) {
            throw new IllegalArgumentException(
                    "--as: there is no phantom \""
                            + as
                            + "\", only qa, ct-head, acr-mri, a YAML file and the digital objects "
                            + String.join(", ", ObjectLibrary.names())
                            + ".");
        }
        return PhantomInputs.object(as);
    }

    /** Reads a protocol: a YAML file, or one that ships. */
    static QaProtocol protocol(String given) throws IOException {
        if (PhantomInputs.isFile(given)) {
            return Settings.read(QaProtocol.class, TreeFile.read(Path.of(given)));
        }
        if (!PROTOCOLS.contains(given)) {
            throw new IllegalArgumentException(
                    "--protocol: there is no protocol \""
                            + given
                            + "\", only a YAML file and "
                            + String.join(", ", PROTOCOLS)
                            + ".");
        }
        try (InputStream in = PhantomQa.class.getResourceAsStream("qa/" + given + ".yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Settings.read(QaProtocol.class, TreeFile.parse(given, text));
        }
    }

    /** Returns what a screen says of a calibration. */
    static String text(ScannerCalibration c) {
        List<String> parts = new ArrayList<>();
        c.fwhmMm().ifPresent(mm -> parts.add("FWHM " + mm.fixed(2) + " mm (i × j × k)"));
        c.mtfInPlane().ifPresent(m -> parts.add("MTF in plane"));
        c.mtfThroughPlane().ifPresent(m -> parts.add("MTF across slices"));
        if (c.gain().isPresent()) {
            parts.add(
                    "measured = "
                            + Numbers.fixed(c.gain().getAsDouble(), 4)
                            + " · true + "
                            + Numbers.fixed(c.offset().getAsDouble(), 2)
                            + " HU");
        }
        c.noiseSd().ifPresent(sd -> parts.add("noise " + Numbers.fixed(sd, 3)));
        return c.scanner() + ": " + String.join(", ", parts) + "\n";
    }

    /** Returns what a screen shows of a report. */
    static String text(QaReport report) {
        StringBuilder text = new StringBuilder();
        QaReport.Place p = report.place();
        text.append(report.phantom())
                .append(": ")
                .append(p.how())
                .append(", middle at ")
                .append(Numbers.of(p.uMm(), p.vMm()).fixed(1))
                .append(" mm of slice ")
                .append(p.slice() + 1)
                .append(", roll ")
                .append(Numbers.fixed(p.rollDegrees(), 1))
                .append("°, confidence ")
                .append(Numbers.fixed(p.confidence(), 2))
                .append('\n');
        for (QaReport.Module m : report.modules()) {
            m.failure()
                    .ifPresent(
                            f ->
                                    text.append(row(m.name()))
                                            .append("FAILED: ")
                                            .append(f)
                                            .append('\n'));
            for (Measured f : m.figures()) {
                text.append(row(f.metric())).append(f.text()).append("  [").append(f.how());
                text.append("]\n");
            }
        }
        text.append("modules: ")
                .append(report.done())
                .append(" done, ")
                .append(report.failed())
                .append(" failed\n");
        return text.toString();
    }

    /** Returns what a screen shows of the verdicts. */
    static String text(QaProtocol protocol, List<QaProtocol.Verdict> verdicts) {
        StringBuilder text = new StringBuilder();
        text.append("protocol ").append(protocol.name()).append(" (").append(protocol.source());
        text.append(")\n");
        for (QaProtocol.Verdict v : verdicts) {
            text.append(row(v.limit().metric()))
                    .append(v.level().name().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(v.figure().map(Measured::text).orElse("not measured"))
                    .append(", limits ")
                    .append(v.limit().text())
                    .append('\n');
        }
        return text.toString();
    }

    /** Returns a report and its verdicts as they are written to a file. */
    static Map<String, Object> written(QaReport report, List<QaProtocol.Verdict> verdicts) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("phantom", report.phantom());
        all.put("place", Settings.write(report.place()));
        List<Object> modules = new ArrayList<>();
        for (QaReport.Module m : report.modules()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", m.name());
            one.put("figures", m.figures().stream().map(PhantomQa::written).toList());
            m.failure().ifPresent(f -> one.put("failure", f));
            modules.add(one);
        }
        all.put("modules", modules);
        all.put("done", report.done());
        all.put("failed", report.failed());
        if (!verdicts.isEmpty()) {
            all.put("verdicts", verdicts(verdicts));
        }
        return all;
    }

    private static List<Map<String, Object>> verdicts(List<QaProtocol.Verdict> verdicts) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (QaProtocol.Verdict v : verdicts) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("metric", v.limit().metric());
            one.put("level", v.level().name().toLowerCase(Locale.ROOT));
            one.put("limits", v.limit().text());
            v.figure().ifPresent(f -> one.put("value", f.value()));
            all.add(one);
        }
        return all;
    }

    private static Map<String, Object> written(Measured f) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("metric", f.metric());
        one.put("value", f.value());
        one.put("unit", f.unit());
        if (!Double.isNaN(f.low())) {
            one.put("low", f.low());
            one.put("high", f.high());
        }
        one.put("how", f.how());
        return one;
    }

    private static String row(String word) {
        return "  " + Columns.left(word, 22);
    }
}
