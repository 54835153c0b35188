package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.diapason.app.report.QaPicture;
import org.diapason.phantom.analysis.Manual;
import org.diapason.phantom.analysis.Measured;
import org.diapason.phantom.analysis.QaProtocol;
import org.diapason.phantom.analysis.QaReport;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason phantom}: what a scan of a quality phantom says about its scanner. */
@Command(
        name = "phantom",
        description = {
            "Measure a scanner on its scan of a phantom, and judge it by a protocol.",
            "As qa (the default) the result is a calibration file that a cohort table names."
        },
        footer = {
            "",
            "Example: diapason phantom scan/ --out calibration.json --valid-until 2027-03-31",
            "         diapason phantom acr/ --as acr-mri --protocol acr-mri --picture acr.png",
            "The exit code is 1 where a module failed or a figure asks for action."
        })
final class PhantomCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCAN", description = "A DICOM folder or a NIfTI file of the phantom.")
    Path scan;

    @Option(
            names = "--as",
            paramLabel = "PHANTOM",
            description =
                    "Which phantom: qa, ct-head, acr-mri, or a digital object by name (nema-pet,"
                            + " hu-rods, uniform-water …) or YAML file. Default: qa.")
    String as = "qa";

    @Option(
            names = "--out",
            paramLabel = "JSON",
            description = "The calibration file to write; needed as qa.")
    Path out;

    @Option(
            names = "--scanner",
            paramLabel = "NAME",
            description = "Name of the scanner. Default: its station name.")
    String scanner;

    @Option(
            names = "--date",
            paramLabel = "DAY",
            description = "Day of the scan, 2026-11-20. Default: as in the scan.")
    String date;

    @Option(
            names = "--valid-until",
            paramLabel = "DAY",
            description =
                    "Last day of the calibration; later exams refuse it. Default: valid-days of the"
                            + " protocol from the day of the scan, else no end.")
    String validUntil;

    @Option(
            names = "--protocol",
            paramLabel = "P",
            description =
                    "Limits to judge by: a YAML file, or acr-ct, acr-mri, earl1, earl2, which ship.")
    String protocol;

    @Option(
            names = "--centre",
            split = ",",
            paramLabel = "X,Y,Z",
            description = "The phantom's middle in mm as in the header, instead of looking for it.")
    double[] centre;

    @Option(
            names = "--roll",
            paramLabel = "DEGREES",
            description = "How far the phantom is turned from i towards j.")
    Double roll;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write figures, failures and verdicts as JSON; - is standard output.")
    String json;

    @Option(
            names = "--picture",
            paramLabel = "PNG",
            description = "Draw where things were measured.")
    Path picture;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        return as.equals("qa") ? calibrate() : report();
    }

    private int calibrate() throws Exception {
        if (out == null || json != null || picture != null || centre != null || roll != null) {
            throw new IllegalArgumentException(
                    "--as qa needs --out, and has no --json, --picture, --centre or --roll.");
        }
        Optional<QaProtocol> by = limits();
        ScannerCalibration c = Calibrations.measure(scan, scanner, date);
        c = c.withValidUntil(until(by, c.date()));
        Calibrations.write(out, c);
        System.out.println(
                c.scanner()
                        + ": FWHM "
                        + c.fwhmMm().fixed(2)
                        + " mm (i × j × k), measured = "
                        + Numbers.fixed(c.gain(), 4)
                        + " · true + "
                        + Numbers.fixed(c.offset(), 2)
                        + " HU");
        System.out.println(
                "calibration: " + out + c.validUntil().map(d -> ", valid until " + d).orElse(""));
        return mustAct(by, PhantomQa.figures(c)) ? CommandLines.NOT_ALL : CommandLines.DONE;
    }

    private int report() throws Exception {
        if (out != null || scanner != null || date != null || validUntil != null) {
            throw new IllegalArgumentException(
                    "--out, --scanner, --date and --valid-until are of the calibration that --as qa"
                            + " makes; as "
                            + as
                            + " there are --json and --picture.");
        }
        if (centre != null && centre.length != 3) {
            throw new IllegalArgumentException("--centre needs three numbers: X,Y,Z in mm.");
        }
        Optional<QaProtocol> by = limits();
        PhantomQa.Analysis analysis = PhantomQa.analysis(as);
        Volume volume = Calibrations.scan(scan).volume();
        Manual manual =
                new Manual(
                        Optional.ofNullable(centre).map(Numbers::of),
                        roll == null ? OptionalDouble.empty() : OptionalDouble.of(roll));
        QaReport found = analysis.of(volume, manual);
        List<QaProtocol.Verdict> said = by.map(p -> p.judge(found.figures())).orElse(List.of());
        if (!"-".equals(json)) {
            System.out.print(PhantomQa.text(found));
            by.ifPresent(p -> System.out.print(PhantomQa.text(p, said)));
        }
        if (json != null) {
            Summary.write(json, PhantomQa.written(found, said));
        }
        if (picture != null) {
            Files.write(picture, QaPicture.of(volume, found.areas()));
        }
        boolean wrong = found.failed() > 0 || QaProtocol.mustAct(said);
        return wrong ? CommandLines.NOT_ALL : CommandLines.DONE;
    }

    private Optional<QaProtocol> limits() throws Exception {
        return protocol == null ? Optional.empty() : Optional.of(PhantomQa.protocol(protocol));
    }

    private static boolean mustAct(Optional<QaProtocol> by, List<Measured> figures) {
        if (by.isEmpty()) {
            return false;
        }
        List<QaProtocol.Verdict> said = by.get().judge(figures);
        System.out.print(PhantomQa.text(by.get(), said));
        return QaProtocol.mustAct(said);
    }

    private Optional<String> until(Optional<QaProtocol> by, String day) {
        if (validUntil != null || by.isEmpty() || by.get().validDays().isEmpty()) {
            return Optional.ofNullable(validUntil);
        }
        try {
            return Optional.of(
                    LocalDate.parse(day).plusDays(by.get().validDays().getAsInt()).toString());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "the day of the scan is no date such as 2026-11-20, so valid-days cannot be"
                            + " counted from it. Add --date or --valid-until.",
                    e);
        }
    }
}
