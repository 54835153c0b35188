package org.diapason.app;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.diapason.io.InputFile;
import org.diapason.volume.DataException;
import org.diapason.volume.RefusedException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Spec;

/** Knows every command and turns what they throw into a message and an exit code. */
final class CommandLines {

    /** Done; nothing failed or was refused. */
    static final int DONE = 0;

    /** Some exam failed or was refused, a verdict of harm, or a verification that missed. */
    static final int NOT_ALL = 1;

    /** Usage or settings; nothing was read. */
    static final int USAGE = 2;

    static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    /** What stands over a command in the list of all, and over those that follow it. */
    private static final Map<String, String> HEADINGS = new LinkedHashMap<>();

    static {
        HEADINGS.put("demo", "A cohort, from files to report");
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("apply", ApplyCommand.class);
        COMMANDS.put("replay", ReplayCommand.class);
        COMMANDS.put("step", StepCommand.class);
        COMMANDS.put("methods", MethodsCommand.class);
        HEADINGS.put("inspect", "Images, masks and features");
        COMMANDS.put("inspect", InspectCommand.class);
        COMMANDS.put("convert", ConvertCommand.class);
        COMMANDS.put("deidentify", DeidentifyCommand.class);
        COMMANDS.put("mask", MaskCommand.class);
        COMMANDS.put("features", FeaturesCommand.class);
        COMMANDS.put("features-explain", FeaturesExplainCommand.class);
        COMMANDS.put("ibsi-verify", IbsiVerifyCommand.class);
        COMMANDS.put("suv-verify", SuvVerifyCommand.class);
        COMMANDS.put("robustness", RobustnessCommand.class);
        HEADINGS.put("phantom", "Scanners, phantoms and proofs");
        COMMANDS.put("phantom", PhantomCommand.class);
        COMMANDS.put("phantom-render", PhantomRenderCommand.class);
        COMMANDS.put("phantom-cohort", PhantomCohortCommand.class);
        COMMANDS.put("detector-fit", DetectorFitCommand.class);
        COMMANDS.put("twin", TwinCommand.class);
        COMMANDS.put("known-difference", KnownDifferenceCommand.class);
        HEADINGS.put("register", "Registration");
        COMMANDS.put("register", RegisterCommand.class);
        COMMANDS.put("warp", WarpCommand.class);
        COMMANDS.put("transform-points", TransformPointsCommand.class);
        COMMANDS.put("transform-convert", TransformConvertCommand.class);
        COMMANDS.put("jacobian", JacobianCommand.class);
        COMMANDS.put("bias-map", BiasMapCommand.class);
        HEADINGS.put("fuse", "Fusion");
        COMMANDS.put("fuse", FuseCommand.class);
        COMMANDS.put("fuse-features", FuseFeaturesCommand.class);
        COMMANDS.put("pansharpen", PansharpenCommand.class);
        COMMANDS.put("map-fuse", MapFuseCommand.class);
        COMMANDS.put("partial-volume", PartialVolumeCommand.class);
        COMMANDS.put("overlay", OverlayCommand.class);
        COMMANDS.put("compare", CompareCommand.class);
        COMMANDS.put("fusion-quality", FusionQualityCommand.class);
        COMMANDS.put("lesion-detection", LesionDetectionCommand.class);
        COMMANDS.put("recon-lab", ReconLabCommand.class);
        HEADINGS.put("composite", "Compositing and surfaces");
        COMMANDS.put("composite", CompositeCommand.class);
        COMMANDS.put("blend", BlendCommand.class);
        COMMANDS.put("mosaic", MosaicCommand.class);
        COMMANDS.put("mesh", MeshCommand.class);
        COMMANDS.put("mesh-check", MeshCheckCommand.class);
        HEADINGS.put("combat", "Tables and judgement");
        COMMANDS.put("combat", ComBatCommand.class);
        COMMANDS.put("judge", JudgeCommand.class);
        COMMANDS.put("lmm", LmmCommand.class);
        COMMANDS.put("roc", RocCommand.class);
        COMMANDS.put("calibrate", CalibrateCommand.class);
        COMMANDS.put("threshold", ThresholdCommand.class);
        COMMANDS.put("readers", ReadersCommand.class);
        COMMANDS.put("agree", AgreeCommand.class);
        COMMANDS.put("decide", DecideCommand.class);
        HEADINGS.put("completion", "Help");
    }

    private CommandLines() {}

    @Command(
            name = "diapason",
            description =
                    "Makes medical images and radiomics features from many scanners comparable,"
                            + " proves that it worked, and refuses when it would do harm.",
            synopsisSubcommandLabel = "COMMAND",
            commandListHeading = "",
            footer = {"", "First steps:  diapason demo", "              diapason help run"})
    static final class Root implements Runnable {
        @Spec CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    static int execute(String[] arguments) {
        boolean known = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        CommandLine root = make(known ? Set.of(arguments[0]) : COMMANDS.keySet());
        try {
            return root.execute(arguments);
        } catch (OutOfMemoryError e) {
            root.getErr().println("diapason: " + outOfMemory());
            return NOT_ALL;
        }
    }

    private static String outOfMemory() {
        return "the heap of "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB is too small for the images. Give it more, as in"
                + " DIAPASON_JAVA_OPTIONS=-Xmx8g, or work on fewer at a time with --threads 1; a run"
                + " goes on with --resume.";
    }

    /** Returns the whole command line; the instances of commands are made when they are called. */
    static CommandLine make() {
        return make(COMMANDS.keySet());
    }

    /**
     * Returns one that knows some commands only: making all of them takes longer than many a
     * command.
     */
    private static CommandLine make(Set<String> names) {
        CommandLine root = new CommandLine(new Root());
        names.forEach(name -> root.addSubcommand(name, COMMANDS.get(name)));
        root.addSubcommand("completion", new GenerateCompletion());
        root.addSubcommand("help", new HelpCommand());
        root.getHelpSectionMap()
                .put(
                        CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        help -> underHeadings(help.commandList()));
        root.getCommandSpec().version(Version.line());
        root.getCommandSpec()
                .addOption(
                        CommandLine.Model.OptionSpec.builder("-V", "--version")
                                .versionHelp(true)
                                .description("Print the version and exit.")
                                .build());
        root.setHelpFactory(ShortHelp::new);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        withHelp(root);
        root.setExecutionExceptionHandler(CommandLines::explain);
        root.setParameterExceptionHandler(CommandLines::misuse);
        root.getSubcommands().values().forEach(CommandLines::withHelp);
        return root;
    }

    private static String underHeadings(String list) {
        String all = list;
        for (Map.Entry<String, String> e : HEADINGS.entrySet()) {
            String line = "  " + e.getKey() + " ";
            all = all.replaceFirst("(?m)^" + line, "\n" + e.getValue() + "\n" + line);
        }
        return all;
    }

    private static void withHelp(CommandLine command) {
        command.setUsageHelpWidth(HelpExamples.WIDTH);
        var help = command.getCommandSpec().usageMessage();
        help.footer(HelpExamples.folded(help.footer()));
        command.getSubcommands().values().forEach(CommandLines::withHelp);
        if (command.getCommandSpec().optionsMap().containsKey("--help")) {
            return;
        }
        command.getCommandSpec()
                .addOption(
                        CommandLine.Model.OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help and exit.")
                                .build());
    }

    private static int misuse(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("diapason: " + Misuse.words(e));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        int code = code(e);
        if (code < 0) {
            throw e;
        }
        String words = e instanceof FileSystemException f ? InputFile.words(f) : e.getMessage();
        command.getErr().println("diapason: " + words);
        return code;
    }

    private static int code(Exception e) {
        if (e instanceof IllegalArgumentException) {
            return USAGE;
        }
        boolean expected =
                e instanceof DataException
                        || e instanceof RefusedException
                        || e instanceof java.io.IOException
                        || e instanceof UncheckedIOException;
        return expected ? NOT_ALL : -1;
    }
}
