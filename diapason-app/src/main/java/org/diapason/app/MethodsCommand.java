package org.diapason.app;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Help;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code diapason methods}: what a recipe can be made of. */
@Command(
        name = "methods",
        description =
                "List every method a recipe can name, or the settings of one, nested ones too.",
        footer = {
            "",
            "Example: diapason methods ibsi",
            "         diapason methods ibsi sampling         one setting",
            "         diapason methods ibsi filters gabor    one of a family"
        })
final class MethodsCommand implements Callable<Integer> {
    private static final int NAME = 21;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A method, to see its settings.")
    String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "SETTING",
            description = "One of its settings, and one nested in that.")
    List<String> path = List.of();

    @Override
    public Integer call() {
        if (name == null) {
            list();
        } else {
            Catalogue.Entry entry = Catalogue.entry(name, "diapason methods");
            System.out.print(SettingsHelp.of(entry.name(), entry.type(), path));
        }
        return CommandLines.DONE;
    }

    private static void list() {
        Catalogue.Station station = null;
        for (Catalogue.Entry entry : Catalogue.entries()) {
            if (!entry.written()) {
                continue;
            }
            if (entry.station() != station) {
                station = entry.station();
                System.out.println(station.name().toLowerCase(Locale.ROOT) + ":");
            }
            System.out.print(
                    SettingsHelp.wrapped(
                            "  "
                                    + Columns.left(entry.name(), NAME)
                                    + Help.of(entry.type()).summary(),
                            " ".repeat(NAME + 2)));
        }
    }
}
