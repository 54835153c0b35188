package org.diapason.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Settings;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.run.Json;
import org.diapason.phantom.DigitalObject;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.Region;
import org.diapason.phantom.ScannerLibrary;
import org.diapason.phantom.VirtualScanner;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason phantom-render}: a digital object as a virtual scanner images it. */
@Command(
        name = "phantom-render",
        description =
                "Image a digital object by a virtual scanner: the image, a mask of every region, and"
                        + " the truth.",
        footer = {
            "",
            "Example: diapason phantom-render nema-pet out/ --scanner pet-digital",
            "         diapason phantom-render --list",
            "Objects and scanners may be files, as truth.json describes them:",
            "  diapason phantom-render object.yaml out/ --scanner scanner.yaml"
        })
final class PhantomRenderCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "OBJECT",
            description = "A digital object: a name of --list or a YAML file.")
    String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT",
            description = "The folder to write: image.nii.gz, mask-REGION.nii.gz, truth.json.")
    Path out;

    @Option(
            names = "--scanner",
            paramLabel = "SCANNER",
            description = "A virtual scanner: a name of --list or a YAML file.")
    String scanner;

    @Option(names = "--seed", paramLabel = "N", description = "Makes the noise. Default: 1.")
    long seed = 1;

    @Option(names = "--list", description = "List the objects and scanners that have a name.")
    boolean list;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        if (list) {
            list();
            return CommandLines.DONE;
        }
        if (name == null || out == null || scanner == null) {
            throw new IllegalArgumentException(
                    "an OBJECT, a folder OUT and --scanner are needed; --list shows the names.");
        }
        DigitalObject object = PhantomInputs.object(name);
        VirtualScanner by = PhantomInputs.scanner(scanner);
        Volume image = by.scan(object, seed);
        write(object, by, image);
        System.out.println(
                object.name()
                        + " by "
                        + by.name()
                        + ": "
                        + image
                        + ", "
                        + out.resolve("image.nii.gz"));
        return CommandLines.DONE;
    }

    private void write(DigitalObject object, VirtualScanner by, Volume image) throws IOException {
        Files.createDirectories(out);
        Nifti.write(out.resolve("image.nii.gz"), image);
        Map<String, Object> regions = new LinkedHashMap<>();
        for (Map.Entry<String, Mask> e : object.masks(image.geometry(), 0).entrySet()) {
            String region = e.getKey();
            Nifti.writeMask(out.resolve("mask-" + region + ".nii.gz"), e.getValue());
            boolean background = region.equals(DigitalObject.BACKGROUND);
            Map<String, Object> truth = new LinkedHashMap<>();
            truth.put("value", background ? object.background() : object.region(region).value());
            if (!background) {
                Region r = object.region(region);
                r.texture().ifPresent(t -> truth.put("sd", t.sd()));
                truth.put("shapeMm3", r.shape().volumeMm3());
            }
            truth.put("voxels", e.getValue().count());
            regions.put(region, truth);
        }
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("object", Settings.write(object));
        truth.put("scanner", Settings.write(by));
        truth.put("seed", seed);
        truth.put("psfAndBoxFwhmMm", by.totalFwhmMm());
        truth.put("regions", regions);
        Files.writeString(out.resolve("truth.json"), Json.text(truth));
    }

    private static void list() {
        System.out.println("objects:");
        for (String object : ObjectLibrary.names()) {
            DigitalObject o = ObjectLibrary.of(object);
            System.out.println(
                    "  "
                            + Columns.left(object, 16)
                            + o.quantity().label()
                            + ", "
                            + o.fieldMm().fixed(0)
                            + " mm, "
                            + o.regions().size()
                            + (o.regions().size() == 1 ? " region" : " regions"));
        }
        System.out.println("scanners:");
        for (String each : ScannerLibrary.names()) {
            VirtualScanner s = ScannerLibrary.of(each);
            System.out.println(
                    "  "
                            + Columns.left(each, 16)
                            + "FWHM "
                            + s.totalFwhmMm().fixed(1)
                            + " mm, voxels "
                            + s.spacingMm().fixed(2)
                            + " mm");
        }
    }
}
