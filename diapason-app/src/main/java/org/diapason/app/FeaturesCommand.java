package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Catalogue;
import org.diapason.io.Images;
import org.diapason.io.InputFile;
import org.diapason.io.Masks;
import org.diapason.io.Text;
import org.diapason.io.run.TraceFile;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.step.Extractor;
import org.diapason.step.FeatureInfo;
import org.diapason.step.Names;
import org.diapason.step.Trace;
import org.diapason.steps.units.Units;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diapason features}: the features of one image in one mask. */
@Command(
        name = "features",
        description =
                "Measure the features of one image in one mask. Beside the table stands a file with"
                        + " every setting, what each column means, and diagnostics.",
        footer = {
            "",
            "Example: diapason features ct/ rs.dcm#GTV-1 --config ibsi-c --out features.csv",
            "         diapason features ct.nii.gz gtv.nii.gz --quantity HU --config mine.yaml --out f.csv",
            "Settings that ship: ibsi-a … ibsi-e, ibsi-phantom, ibsi2-1-a … ibsi2-9-b, ibsi2-map-1-a-1 …",
            "A setting's meaning: diapason methods ibsi; docs/methods/ibsi.md and filters.md"
        })
final class FeaturesCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "IMAGE",
            description = "A DICOM folder or an image file (NIfTI, NRRD, MetaImage).")
    Path in;

    @Parameters(
            index = "1",
            paramLabel = "MASK",
            description = "A mask file; of a structure set, segmentation or label map FILE#NAME.")
    Path maskFile;

    @Option(
            names = "--config",
            paramLabel = "YAML",
            required = true,
            description =
                    "The part features of a recipe, the name of settings that ship, or the"
                            + " .settings.json of a measurement, for the same again.")
    Path config;

    @Option(
            names = "--out",
            paramLabel = "CSV",
            required = true,
            description = "The table to write.")
    Path out;

    @Option(
            names = "--json",
            paramLabel = "F",
            description =
                    "Where settings, dictionary and diagnostics go; - is standard output. Default:"
                            + " beside the table, .settings.json.")
    String json;

    @Option(
            names = "--quantity",
            description = "What the values of a file are that does not say: HU, SUVbw, MR, …")
    String quantity;

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "ibsi",
            description = "Whose rules to follow: ibsi (default), pyradiomics or mirp.")
    String profile;

    @Option(
            names = "--exam",
            paramLabel = "ID",
            defaultValue = "image",
            description = "What the row is called. Default: image.")
    String id;

    @Option(
            names = "--long",
            description =
                    "A row for every feature, with its IBSI code, name and unit, instead of a column.")
    boolean rows;

    @Mixin Common common = new Common();

    @Override
    public Integer call() throws Exception {
        common.start();
        FeatureSettings settings = FeatureSettings.read(config).by(Profiles.of(profile));
        Optional<Quantity> given = Optional.ofNullable(quantity).map(Quantity::of);
        Trace trace = new Trace("features", 1);
        Exam opened = open(in, maskFile, id, settings.image(), settings.mask(), given, trace);
        Exam exam = given.isPresent() ? opened : settings.said(opened);
        List<FeatureTable> tables = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.onTerminal(common.quiet)) {
            for (Extractor e : settings.features()) {
                progress.at("measuring", tables.size(), settings.features().size(), 0);
                tables.add(e.apply(exam, trace.child(Names.of(e))));
            }
        }
        FeatureTable table = FeatureTable.join(tables);
        List<FeatureInfo> dictionary = dictionary(settings, table);
        if (rows) {
            writeLong(table, dictionary);
        } else {
            Tables.write(out, table);
        }
        Summary.write(
                json == null ? beside(out).toString() : json,
                fields(settings, exam, dictionary, trace));
        trace.warnings().forEach(w -> System.err.println("warning: " + w));
        for (Trace child : trace.children()) {
            child.warnings().forEach(w -> System.err.println("warning: " + w));
        }
        if (exam.image(settings.image()).volume().quantity() == Quantity.UNKNOWN) {
            System.err.println(
                    "warning: "
                            + InputFile.name(in)
                            + ": does not say what its values are, so none are rounded as HU and"
                            + " customary levels are 32 bins. Give --quantity if they are HU, SUVbw or"
                            + " MR.");
        }
        if (!"-".equals(json)) {
            System.out.println(
                    table.features().size() + " features of " + table.size() + " region in " + out);
        }
        return CommandLines.DONE;
    }

    /** Opens image and mask; stored numbers of a DICOM series become HU or SUV. */
    static Exam open(
            Path in,
            Path maskFile,
            String id,
            String imageName,
            String maskName,
            Optional<Quantity> given,
            Trace trace) {
        Image image = Images.read(in);
        Quantity known = image.volume().quantity();
        if (given.isPresent() && known != Quantity.UNKNOWN) {
            throw new DataException(
                    InputFile.name(in)
                            + ": says itself what its values are ("
                            + known.label()
                            + "). Leave --quantity out.");
        }
        Mask mask = Masks.read(maskFile, image.volume().geometry(), Optional.of(in));
        mask.notes().forEach(trace::warn);
        image = image.withVolume(image.volume().withQuantity(given.orElse(known)));
        Exam exam = Exam.of(id, Map.of(imageName, image), Map.of(maskName, mask), Map.of());
        return known == Quantity.STORED ? new Units("*").apply(exam, trace.child("units")) : exam;
    }

    private static Path beside(Path table) {
        String name = table.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
        return table.resolveSibling(name + ".settings.json");
    }

    /** Returns what the columns of the table mean, in the order of the settings. */
    private static List<FeatureInfo> dictionary(FeatureSettings settings, FeatureTable table) {
        List<FeatureInfo> dictionary = new ArrayList<>();
        for (Extractor e : settings.features()) {
            for (FeatureInfo f : e.dictionary()) {
                if (table.features()
                        .contains(f.column())) { // not another quantity's customary levels
                    dictionary.add(f);
                }
            }
        }
        return dictionary;
    }

    private void writeLong(FeatureTable table, List<FeatureInfo> dictionary) {
        List<List<String>> lines = new ArrayList<>();
        for (FeatureInfo f : dictionary) {
            String value = Text.of(table.column(f.column())[0]);
            lines.add(
                    List.of(
                            table.exam(0),
                            table.region(0),
                            f.column(),
                            f.code(),
                            f.name(),
                            value,
                            f.unit(),
                            f.settings()));
        }
        Csv.write(
                out,
                List.of("exam", "region", "feature", "ibsi", "name", "value", "unit", "settings"),
                lines);
    }

    private static Map<String, Object> fields(
            FeatureSettings settings, Exam exam, List<FeatureInfo> dictionary, Trace trace) {
        List<Object> columns = new ArrayList<>();
        for (FeatureInfo f : dictionary) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("column", f.column());
            column.put("name", f.name());
            column.put("ibsi", f.code());
            column.put("unit", f.unit());
            column.put("settings", f.settings());
            columns.add(column);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", Version.NUMBER);
        fields.put("quantity", exam.image(settings.image()).volume().quantity().label());
        fields.put("features", settings.features().stream().map(Catalogue::writeEntry).toList());
        fields.put("diagnostics", TraceFile.write(trace));
        fields.put("dictionary", columns);
        return fields;
    }
}
