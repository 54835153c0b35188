package org.diapason.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Keeps the Javadoc of public records for run time, so that the command line, the recipe checker
 * and the docs say the same as the code: {@code META-INF/diapason/help/<class>.properties} holds
 * the first sentence, the paragraphs that name a source (with {@code doi:}) and the text of every
 * {@code @param}.
 */
@SupportedAnnotationTypes("*")
public final class HelpProcessor extends AbstractProcessor {
    private static final Pattern PARAM =
            Pattern.compile("@param\\s+(\\w+)\\s+(.*?)(?=\\n\\s*@|\\z)", Pattern.DOTALL);
    private static final Pattern SENTENCE = Pattern.compile("^(.*?\\.)(\\s|$)", Pattern.DOTALL);

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element root : round.getRootElements()) {
            // A package-info is a root too, and its package encloses every class: those come by
            // themselves.
            if (root instanceof TypeElement) {
                visit(root);
            }
        }
        return false;
    }

    private void visit(Element element) {
        if (element.getKind() == ElementKind.RECORD) {
            String doc = processingEnv.getElementUtils().getDocComment(element);
            if (doc != null) {
                write((TypeElement) element, texts(doc));
            }
        }
        for (Element inner : element.getEnclosedElements()) {
            if (inner instanceof TypeElement) {
                visit(inner);
            }
        }
    }

    private static Map<String, String> texts(String doc) {
        Map<String, String> texts = new TreeMap<>();
        int tags = doc.indexOf("\n @");
        String body = tags < 0 ? doc : doc.substring(0, tags);
        Matcher sentence = SENTENCE.matcher(body.strip());
        if (sentence.find()) {
            texts.put("summary", plain(sentence.group(1)));
        }
        int sources = 0;
        for (String paragraph : body.split("<p>")) {
            if (paragraph.contains("doi:")) {
                texts.put("reference." + sources++, plain(paragraph));
            }
        }
        Matcher param = PARAM.matcher(doc);
        while (param.find()) {
            texts.put("param." + param.group(1), plain(param.group(2)));
        }
        return texts;
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link|literal)\\s+([^}]*)\\}", "$1")
                .replaceAll("<[^>]+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void write(TypeElement type, Map<String, String> texts) {
        String name = processingEnv.getElementUtils().getBinaryName(type).toString();
        String file = "META-INF/diapason/help/" + name + ".properties";
        try (Writer out =
                processingEnv
                        .getFiler()
                        .createResource(StandardLocation.CLASS_OUTPUT, "", file, type)
                        .openWriter()) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                out.write(text.getKey() + "=" + text.getValue().replace("\\", "\\\\") + "\n");
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR, "cannot keep the help of " + name + ": " + e);
        }
    }
}
