package org.diapason.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints processor seconds of all threads and elapsed seconds of one benchmark, for machines that
 * are too busy for elapsed times alone: {@code ProcessorTime GaussBench blurByTwoVoxels 20
 * size=512x512x300}.
 *
 * <p>The first third of the calls warms up and is not counted, but the very first is the cold one.
 */
public final class ProcessorTime {
    private ProcessorTime() {}

    /**
     * Takes the class, the method, the number of calls and its parameters as {@code name=value}.
     */
    public static void main(String[] args) throws Exception {
        Class<?> type = Class.forName(ProcessorTime.class.getPackageName() + "." + args[0]);
        Object bench = type.getConstructor().newInstance();
        for (String parameter : Arrays.asList(args).subList(3, args.length)) {
            String[] part = parameter.split("=", 2);
            Field field = type.getField(part[0]);
            field.set(bench, value(field.getType(), part[1]));
        }
        type.getMethod("setUp").invoke(bench);
        time(bench, type.getMethod(args[1]), Integer.parseInt(args[2]));
        if (Arrays.stream(type.getMethods()).anyMatch(m -> m.getName().equals("tearDown"))) {
            type.getMethod("tearDown").invoke(bench);
        }
    }

    private static Object value(Class<?> type, String text) {
        if (type == double.class) {
            return Double.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .filter(c -> c.toString().equals(text))
                        .findFirst()
                        .orElseThrow()
                : text;
    }

    private static void time(Object bench, Method method, int calls) throws Exception {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double[] processor = new double[calls];
        double[] elapsed = new double[calls];
        for (int c = 0; c < calls; c++) {
            long before = system.getProcessCpuTime();
            long start = System.nanoTime();
            if (method.invoke(bench) == null) {
                throw new IllegalStateException(method + " returned nothing");
            }
            elapsed[c] = (System.nanoTime() - start) / 1e9;
            processor[c] = (system.getProcessCpuTime() - before) / 1e9;
        }
        System.out.printf(
                Locale.ROOT,
                "first call: elapsed %.4f s, processor %.4f s%n",
                elapsed[0],
                processor[0]);
        double[] warm = sorted(elapsed);
        print("elapsed s, least, median, most", warm[0], warm[warm.length / 2], most(warm));
        warm = sorted(processor);
        print("processor s, least, median, most", warm[0], warm[warm.length / 2], most(warm));
        double mean = Arrays.stream(warm).sum() / warm.length;
        System.out.printf(Locale.ROOT, "processor s, mean: %.4f%n", mean);
        double load = system.getSystemLoadAverage();
        System.out.printf(Locale.ROOT, "load over the last minute %.1f%n", load);
    }

    private static double[] sorted(double[] all) {
        double[] warm = Arrays.copyOfRange(all, all.length / 3, all.length);
        Arrays.sort(warm);
        return warm;
    }

    private static double most(double[] sorted) {
        return sorted[sorted.length - 1];
    }

    private static void print(String what, double a, double b, double c) {
        System.out.printf(Locale.ROOT, "%s: %.4f %.4f %.4f%n", what, a, b, c);
    }
}
