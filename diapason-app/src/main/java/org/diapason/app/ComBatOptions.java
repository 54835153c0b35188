package org.diapason.app;

import java.util.List;
import java.util.Optional;
import org.diapason.table.ComBat;
import picocli.CommandLine.Option;

/** The options of every command that fits ComBat: how what was found in a batch is shrunk. */
final class ComBatOptions {

    @Option(
            names = "--method",
            paramLabel = "M",
            description =
                    "How estimates are shrunk: parametric, nonparametric or none. Default: parametric.")
    ComBat.Method method = ComBat.Method.PARAMETRIC;

    @Option(
            names = "--mean-only",
            arity = "0..1",
            fallbackValue = "SVA",
            paramLabel = "FORM",
            description =
                    "Correct means only; a mean is shrunk as sva does (the default of the option) or, by"
                            + " consistent, with the weight of its rows.")
    ComBat.MeanOnly meanOnly = ComBat.MeanOnly.NO;

    @Option(
            names = "--reference",
            paramLabel = "BATCH",
            description = "The batch that stays as it is and that the others are brought to.")
    String reference;

    @Option(
            names = "--min-scale-exams",
            paramLabel = "N",
            description = "Rows that a batch needs for a scale of its own. Default: 3.")
    int minScaleExams = 3;

    @Option(
            names = "--original-stop",
            description = "Stop the iteration where sva does, to match its digits.")
    boolean originalStop;

    @Option(
            names = "--smoothing",
            paramLabel = "S",
            description =
                    "How smooth curves are, per feature: reml, gcv (one curve), or none. Default: reml.")
    ComBat.Smoothing smoothing = ComBat.Smoothing.REML;

    /** Returns the settings of a fit. */
    ComBat settings(String batch, List<String> protect, String features) {
        return new ComBat(
                        batch,
                        protect,
                        features,
                        method,
                        meanOnly,
                        Optional.ofNullable(reference),
                        minScaleExams,
                        originalStop)
                .by(smoothing);
    }
}
