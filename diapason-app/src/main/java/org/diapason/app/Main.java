package org.diapason.app;

import org.diapason.io.WholeFile;

/** Starts the command line; answers {@code --version} before anything else is loaded. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1
                && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println(Version.line());
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(WholeFile::dropParts));
        int code = CommandLines.execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
