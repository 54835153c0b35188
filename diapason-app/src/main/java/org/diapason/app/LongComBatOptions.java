package org.diapason.app;

import java.util.List;
import java.util.Optional;
import org.diapason.table.LongComBat;
import picocli.CommandLine.Option;

/** The options of {@code combat fit} for subjects who were measured several times. */
final class LongComBatOptions {

    @Option(
            names = "--subject",
            paramLabel = "COLUMN",
            description =
                    "The column that names the subject of a row, where subjects were measured several"
                            + " times: longitudinal ComBat, an intercept per subject.")
    String subject;

    @Option(
            names = "--random-slope",
            paramLabel = "TIME",
            description = "With --subject: a column whose effect varies between subjects, too.")
    String randomSlope;

    @Option(
            names = "--scale",
            paramLabel = "S",
            description =
                    "With --subject: the residual standard deviation, reml, or msr, the root mean square"
                            + " of what is left. Default: reml.")
    LongComBat.Scale scale;

    /** Says whether one of them was given. */
    boolean given() {
        return subject != null || randomSlope != null || scale != null;
    }

    /** Returns the settings of a fit. */
    LongComBat settings(
            ComBatOptions options, String batch, List<String> protect, String features) {
        if (subject == null) {
            throw new IllegalArgumentException(
                    (randomSlope == null ? "--scale" : "--random-slope")
                            + " needs --subject, the column that names who was measured several"
                            + " times.");
        }
        return new LongComBat(
                batch,
                subject,
                protect,
                Optional.ofNullable(randomSlope),
                features,
                scale == null ? LongComBat.Scale.REML : scale,
                options.minScaleExams,
                options.smoothing);
    }
}
