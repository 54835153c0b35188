package org.diapason.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.diapason.volume.Numbers;
import org.diapason.volume.ScannerCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason phantom}: the calibration of a scanner from its scan of the quality phantom. */
@Command(
        name = "phantom",
        description =
                "Measure resolution, gain and offset of a scanner on its scan of the quality phantom.")
final class PhantomCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCAN", description = "A DICOM folder or a NIfTI file of the phantom.")
    Path scan;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "JSON",
            description = "The calibration file to write.")
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

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        ScannerCalibration c = Calibrations.measure(scan, scanner, date);
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
        System.out.println("calibration: " + out);
        return CommandLines.DONE;
    }
}
