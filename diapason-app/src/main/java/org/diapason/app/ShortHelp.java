package org.diapason.app;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Help that writes what an option takes as its label says it, {@code --covariates=COLUMNS} and not
 * {@code --covariates=COLUMNS[,COLUMNS...]}.
 */
final class ShortHelp extends Help {

    ShortHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public IParamLabelRenderer parameterLabelRenderer() {
        IParamLabelRenderer usual = super.parameterLabelRenderer();
        return new IParamLabelRenderer() {
            @Override
            public Ansi.Text renderParameterLabel(
                    ArgSpec argument, Ansi ansi, List<Ansi.IStyle> styles) {
                String label = argument.paramLabel();
                boolean several =
                        argument.isOption()
                                ? !argument.splitRegex().isEmpty()
                                : label.contains(" ");
                if (!several) {
                    return usual.renderParameterLabel(argument, ansi, styles);
                }
                boolean plural = label.endsWith("S") || label.contains(",");
                String before = argument.isOption() ? separator() : "";
                String after = argument.isOption() && !plural ? ",…" : "";
                return colorScheme().apply(before + label + after, styles);
            }

            @Override
            public String separator() {
                return usual.separator();
            }
        };
    }
}
