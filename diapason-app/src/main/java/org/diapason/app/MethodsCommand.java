package org.diapason.app;

import java.lang.reflect.RecordComponent;
import java.util.concurrent.Callable;
import org.diapason.catalogue.Catalogue;
import org.diapason.catalogue.Help;
import org.diapason.step.Default;
import org.diapason.step.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code diapason methods}: what a recipe can be made of. */
@Command(
        name = "methods",
        description = "List every method a recipe can name, or the settings of one.")
final class MethodsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A method, to see its settings.")
    String name;

    @Override
    public Integer call() {
        if (name == null) {
            Catalogue.Station station = null;
            for (Catalogue.Entry entry : Catalogue.entries()) {
                if (!entry.written()) {
                    continue;
                }
                if (entry.station() != station) {
                    station = entry.station();
                    System.out.println(station.name().toLowerCase(java.util.Locale.ROOT) + ":");
                }
                String gap = " ".repeat(Math.max(1, 21 - entry.name().length()));
                System.out.println("  " + entry.name() + gap + Help.of(entry.type()).summary());
            }
            return CommandLines.DONE;
        }
        Catalogue.Entry entry = Catalogue.entry(name, "diapason methods");
        System.out.println(entry.name() + ": " + Help.of(entry.type()).summary());
        for (RecordComponent component : entry.type().getRecordComponents()) {
            System.out.println("  " + setting(entry.type(), component));
        }
        return CommandLines.DONE;
    }

    static String setting(Class<?> type, RecordComponent component) {
        Default byDefault = component.getAnnotation(Default.class);
        String value =
                byDefault == null
                        ? "required"
                        : byDefault.value().isEmpty() ? "optional" : "default " + byDefault.value();
        return Names.kebab(component.getName())
                + " ("
                + value
                + "): "
                + Help.of(type).component(component.getName()).orElse("");
    }
}
