package org.diapason.app;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.diapason.catalogue.Help;
import org.diapason.catalogue.Settings;
import org.diapason.step.Default;
import org.diapason.step.Names;
import org.diapason.step.Spelling;
import org.diapason.volume.Numbers;

/**
 * The settings of a record in words: what each may be, its default and its meaning, with those of
 * nested records, of the members of families and the words of enumerations, for a terminal of 100
 * columns.
 */
final class SettingsHelp {
    private static final int WIDTH = 100;
    private static final int STEP = 4;

    private final StringBuilder out = new StringBuilder();

    /** Families whose members stand there already: one may hold another of its own. */
    private final Set<Class<?>> listed = new HashSet<>();

    private SettingsHelp() {}

    /**
     * Returns the settings of a method, or of what a path of names leads to.
     *
     * @throws IllegalArgumentException if a name of the path is none; the message has the nearest
     */
    static String of(String name, Class<?> type, List<String> path) {
        SettingsHelp help = new SettingsHelp();
        if (path.isEmpty()) {
            help.line("", name + ": " + Help.of(type).summary());
            help.nested(type, "  ");
            return help.out.toString();
        }
        Class<?> at = type;
        String where = "diapason methods " + name;
        for (int n = 0; n < path.size(); n++) {
            String asked = Names.kebab(path.get(n));
            boolean last = n == path.size() - 1;
            if (at.isSealed()) {
                Class<?> member = find(members(at), asked, where, Names::of);
                if (last) {
                    help.member(member, "");
                }
                at = member;
            } else {
                List<RecordComponent> known =
                        at.isRecord() ? List.of(at.getRecordComponents()) : List.of();
                Class<?> owner = at;
                RecordComponent c = find(known, asked, where, k -> Names.kebab(k.getName()));
                if (last) {
                    help.setting(owner, c, "");
                }
                at = held(c.getGenericType());
            }
            where += " " + asked;
        }
        return help.out.toString();
    }

    private static <T> T find(List<T> known, String asked, String where, Function<T, String> name) {
        List<String> names = known.stream().map(name).toList();
        int at = names.indexOf(asked);
        if (at < 0) {
            throw new IllegalArgumentException(
                    where
                            + ": there is no \""
                            + asked
                            + "\"; "
                            + (names.isEmpty()
                                    ? "it has no settings of its own."
                                    : Spelling.hint(asked, names)));
        }
        return known.get(at);
    }

    /** Writes what is nested in a type, if anything is. */
    private void nested(Class<?> type, String indent) {
        if (type.isSealed() && !listed.add(type)) {
            line(
                    indent,
                    "one of " + String.join(", ", members(type).stream().map(Names::of).toList()));
        } else if (type.isSealed()) {
            line(indent, "one of:");
            members(type).forEach(member -> member(member, indent + "  "));
        } else if (type.isRecord()) {
            for (RecordComponent c : type.getRecordComponents()) {
                setting(type, c, indent);
            }
        }
    }

    private void member(Class<?> member, String indent) {
        line(indent, Names.of(member) + ": " + Help.of(member).summary());
        nested(member, indent + " ".repeat(STEP));
    }

    private void setting(Class<?> owner, RecordComponent c, String indent) {
        Class<?> held = held(c.getGenericType());
        Default byDefault = c.getAnnotation(Default.class);
        String value =
                byDefault != null && !byDefault.value().isEmpty()
                        ? "default " + byDefault.value()
                        : needed(c, byDefault) ? "required" : "optional";
        line(
                indent,
                Names.kebab(c.getName())
                        + " ("
                        + kind(c.getType(), held)
                        + ", "
                        + value
                        + "): "
                        + Help.of(owner).component(c.getName()).orElse(""));
        if (held.isEnum()) {
            List<String> words =
                    Arrays.stream(held.getEnumConstants()).map(Settings::word).toList();
            line(indent + " ".repeat(STEP), "words: " + String.join(", ", words));
        } else {
            nested(held, indent + " ".repeat(STEP));
        }
    }

    /** Says whether a recipe must give it; what is optional or a list may be left out. */
    private static boolean needed(RecordComponent c, Default byDefault) {
        Class<?> raw = c.getType();
        boolean mayBeAbsent =
                List.of(Optional.class, OptionalDouble.class, OptionalInt.class, List.class)
                                .contains(raw)
                        || Map.class.isAssignableFrom(raw);
        return byDefault == null && !mayBeAbsent;
    }

    private static String kind(Class<?> raw, Class<?> held) {
        boolean many = raw == List.class;
        String one =
                held.isEnum()
                        ? "word"
                        : held == String.class
                                ? "text"
                                : held == double.class || held == Double.class
                                        ? "number"
                                        : held == boolean.class
                                                ? "true or false"
                                                : held.isSealed()
                                                        ? "name with settings"
                                                        : held.isRecord() && held != Numbers.class
                                                                ? "settings"
                                                                : held == Numbers.class
                                                                        ? "numbers"
                                                                        : "whole number";
        return Map.class.isAssignableFrom(raw) ? one + " by name" : many ? "list: " + one : one;
    }

    /** Returns the type that a setting holds, inside of lists and what may be absent. */
    private static Class<?> held(Type type) {
        if (type == OptionalDouble.class) {
            return double.class;
        }
        if (type == OptionalInt.class) {
            return int.class;
        }
        if (type instanceof ParameterizedType p) {
            Type[] arguments = p.getActualTypeArguments();
            return held(arguments[arguments.length - 1]);
        }
        return (Class<?>) type;
    }

    private static List<Class<?>> members(Class<?> family) {
        return List.of(family.getPermittedSubclasses());
    }

    private void line(String indent, String text) {
        out.append(wrapped(indent + text, indent + " ".repeat(STEP)));
    }

    /** Returns the text in lines of at most 100 columns, those after the first indented. */
    static String wrapped(String text, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = text.stripTrailing();
        int least = 0;
        while (rest.length() > WIDTH) {
            int cut = rest.lastIndexOf(' ', WIDTH);
            if (cut <= least) {
                break;
            }
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = indent + rest.substring(cut + 1);
            least = indent.length();
        }
        lines.add(rest);
        return String.join("\n", lines) + "\n";
    }
}
