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
import org.diapason.phantom.analysis.QaProtocol;
import org.diapason.phantom.analysis.QaReport;
import org.diapason.volume.Image;
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
            "The result is a calibration file, which a cohort table names in its column calibration."
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
                            + " hu-rods, resolution …) or YAML file. Default: qa.")
    String as = "qa";

    @Option(
            names = "--out",
            paramLabel = "JSON",
            description =
                    "The calibration file to write: sharpness, MTF, HU line and noise, as far as"
                            + " the phantom shows them.")
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
            names = "--second",
            paramLabel = "SCAN",
            description =
                    "The same scan once more, nothing moved: signal to noise by their difference"
                            + " (as acr-mri).")
    Path second;

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
        if (centre != null && centre.length != 3) {
            throw new IllegalArgumentException("--centre needs three numbers: X,Y,Z in mm.");
        }
        if (out == null && (scanner != null || date != null || validUntil != null)) {
            throw new IllegalArgumentException(
                    "--scanner, --date and --valid-until are written to the calibration: add --out.");
        }
        Optional<QaProtocol> by =
                protocol == null ? Optional.empty() : Optional.of(PhantomQa.protocol(protocol));
        PhantomQa.Analysis analysis = PhantomQa.analysis(as);
        Image image = Calibrations.scan(scan);
        String name = out == null ? "" : Calibrations.name(image, scanner);
        String day = out == null ? "" : Calibrations.day(image, date);
        Optional<String> until = out == null ? Optional.empty() : until(by, day);
        Manual manual =
                new Manual(
                        Optional.ofNullable(centre).map(Numbers::of),
                        roll == null ? OptionalDouble.empty() : OptionalDouble.of(roll));
        Optional<Volume> again =
                Optional.ofNullable(second).map(path -> Calibrations.scan(path).volume());
        QaReport found = analysis.of(image.volume(), again, manual);
        List<QaProtocol.Verdict> said = by.map(p -> p.judge(found.figures())).orElse(List.of());
        boolean loud = !"-".equals(json);
        if (loud) {
            System.out.print(PhantomQa.text(found));
            by.ifPresent(p -> System.out.print(PhantomQa.text(p, said)));
        }
        if (json != null) {
            Summary.write(json, PhantomQa.written(found, said));
        }
        if (picture != null) {
            Files.write(picture, QaPicture.of(image.volume(), found.areas()));
        }
        if (out != null) {
            ScannerCalibration c = found.response().calibration(name, day).withValidUntil(until);
            Calibrations.write(out, c);
            if (loud) {
                System.out.print(PhantomQa.text(c));
                System.out.println(
                        "calibration: " + out + until.map(d -> ", valid until " + d).orElse(""));
            }
        }
        boolean wrong = found.failed() > 0 || QaProtocol.mustAct(said);
        return wrong ? CommandLines.NOT_ALL : CommandLines.DONE;
    }

    private Optional<String> until(Optional<QaProtocol> by, String day) {
        if (validUntil == null && by.flatMap(PhantomCommand::days).isEmpty()) {
            return Optional.empty();
        }
        LocalDate from = parsed("the day of the scan", day, "Add --date");
        LocalDate last =
                validUntil == null
                        ? from.plusDays(by.flatMap(PhantomCommand::days).orElseThrow())
                        : parsed("--valid-until", validUntil, "Give a day");
        if (last.isBefore(from)) {
            throw new IllegalArgumentException(
                    "--valid-until "
                            + last
                            + " is before the day of the scan, "
                            + from
                            + ", so the calibration would be refused for every exam. Give a later"
                            + " day, or scan the phantom again.");
        }
        return Optional.of(last.toString());
    }

    private static Optional<Integer> days(QaProtocol by) {
        return by.validDays().isPresent()
                ? Optional.of(by.validDays().getAsInt())
                : Optional.empty();
    }

    private static LocalDate parsed(String what, String day, String remedy) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    what + ": \"" + day + "\" is no day such as 2026-11-20. " + remedy + ".", e);
        }
    }
}
