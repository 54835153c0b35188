package org.diapason.app.report;
import java.nio.file.Path;
import org.diapason.report.Report;
public final class HtmlReport { private HtmlReport() {} public static void write(Path file, Report report) {} }
